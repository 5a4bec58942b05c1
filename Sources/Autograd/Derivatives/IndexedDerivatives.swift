// The formulas of derivatives.yaml, in its words.
extension Derivative {
  static let indexSelect = Derivative(
    "IndexSelectBackward0",
    saved: [.input(1, "index")],
    attributes: ["dim", "self_sym_sizes"]
  ) { (c) throws(AutogradError) in
    let sizes = c.value(1).intsValue
    if sizes.isEmpty { return try c.session.sum(c.grad) }
    let zeros = try c.session.full(sizes, .int(0), c.grad.dtype)
    return try c.session.indexAdd(
      zeros,
      c.value(0).intValue,
      c.session.reshape(c.saved(0), [-1]),
      c.grad
    )
  }

  static let indexCopy = Derivative(
    "IndexCopyBackward0",
    saved: [.input(2, "index"), .input(1, "source", for: 1)],
    attributes: ["dim", "source_dim"],
    { (c) throws(AutogradError) in
      try c.session.indexFill(c.grad, c.value(0).intValue, c.saved(0), .number(.int(0)))
    },
    { (c) throws(AutogradError) in
      let picked = try c.session.indexSelect(c.grad, c.value(0).intValue, c.saved(0))
      return try c.session.expand(picked, c.saved(1).sizes)
    }
  )

  static let indexFillScalar = Derivative(
    "IndexFillBackward0",
    saved: [.input(1, "index")],
    attributes: ["dim"]
  ) { (c) throws(AutogradError) in
    try c.session.indexFill(c.grad, c.value(0).intValue, c.saved(0), .number(.int(0)))
  }

  static let indexFill = Derivative(
    "IndexFillBackward1",
    saved: [.input(2, "index")],
    attributes: ["dim"],
    { (c) throws(AutogradError) in
      try c.session.indexFill(c.grad, c.value(0).intValue, c.saved(0), .number(.int(0)))
    },
    { (c) throws(AutogradError) in
      try c.session.sum(c.session.indexSelect(c.grad, c.value(0).intValue, c.saved(0)))
    }
  )

  static let scatterValue = Derivative(
    "ScatterBackward1",
    saved: [.input(1, "index")],
    attributes: ["dim"]
  ) { (c) throws(AutogradError) in
    try c.session.scatter(c.grad, c.value(0).intValue, c.saved(0), .number(.int(0)))
  }

  static let take = Derivative(
    "TakeBackward0",
    saved: [.input(1, "index"), .input(0, "self")]
  ) { (c) throws(AutogradError) in
    let s = c.session
    let flat = try s.full([c.saved(1).numel], .int(0), c.grad.dtype)
    let filled = try s.indexPut(flat, [c.saved(0)], c.grad, accumulate: true)
    return try s.view(filled, c.saved(1).sizes)
  }

  static let maskedSelect = Derivative(
    "MaskedSelectBackward0",
    saved: [.input(1, "mask"), .input(0, "self")]
  ) { (c) throws(AutogradError) in
    let s = c.session
    let sizes = try Broadcast.sizes(c.saved(1).sizes, c.saved(0).sizes)
    let zeros = try s.full(sizes, .int(0), c.grad.dtype)
    return try s.maskedScatter(zeros, c.saved(0), c.grad)
  }

  static let maskedScatter = Derivative(
    "MaskedScatterBackward0",
    saved: [.input(2, "mask")],
    attributes: ["source_sym_sizes"],
    { (c) throws(AutogradError) in
      try c.session.maskedFill(c.grad, c.saved(0), .number(.int(0)))
    },
    { (c) throws(AutogradError) in
      let s = c.session
      let sizes = c.value(0).intsValue
      let picked = try s.maskedSelect(c.grad, c.saved(0))
      let missing = Shape.numel(sizes) - picked.numel
      if missing <= 0 { return try s.view(picked, sizes) }
      return try s.view(s.cat([picked, s.zeros([missing], picked.dtype)]), sizes)
    }
  )

  static let embedding = Derivative(
    "EmbeddingBackward0",
    saved: [.input(1, "indices")],
    attributes: ["padding_idx", "scale_grad_by_freq", "sparse", "weight_sym_argsize_0"]
  ) { (c) throws(AutogradError) in
    let s = c.session
    let zeros = try s.full([c.value(3).intValue, c.grad.sizes.last ?? 0], .int(0), c.grad.dtype)
    let grad = try s.indexPut(zeros, [c.saved(0)], c.grad, accumulate: true)
    let padding = c.value(0).intValue
    if padding < 0 { return grad }
    return try s.indexFill(grad, 0, s.tensor([.int(padding)], sizes: [1], .int64), .number(.int(0)))
  }
}
