// The formulas of derivatives.yaml, in its words.
extension Derivative {
  static let index = Derivative(
    "IndexBackward0",
    saved: [.inputs(1..., "indices")],
    attributes: ["self_sym_sizes"]
  ) { (c) throws(AutogradError) in
    try c.session.indexPutInPlace(
      c.session.full(c.value(0).intsValue, .int(0), c.grad.dtype),
      c.savedIndices,
      c.grad,
      accumulate: true,
      .indexPutImpl
    )
  }

  static let indexPut = putting("IndexPutBackward0")
  static let indexPutImpl = putting("IndexPutImplBackward0")

  private static func putting(_ name: String) -> Derivative {
    Derivative(
      name,
      saved: [.inputs(2..., "indices")],
      attributes: ["accumulate"],
      { (c) throws(AutogradError) in
        if c.value(0).boolValue { return c.grad }
        let zero = try c.session.full([], .int(0), c.grad.dtype)
        return try c.session.indexPut(c.grad, c.savedIndices, zero, accumulate: false)
      },
      { (c) throws(AutogradError) in try c.session.index(c.grad, c.savedIndices) }
    )
  }

  static let scatter = Derivative(
    "ScatterBackward0",
    saved: [.input(2, "index")],
    attributes: ["dim"],
    { (c) throws(AutogradError) in
      let zeros = try c.session.full(c.saved(0).sizes, .int(0), c.grad.dtype)
      let copy = try c.session.clone(c.grad)
      return try c.session.scatterInPlace(copy, c.value(0).intValue, c.saved(0), zeros)
    },
    { (c) throws(AutogradError) in
      try c.session.gather(c.grad, c.value(0).intValue, c.saved(0))
    }
  )

  static let gather = Derivative(
    "GatherBackward0",
    saved: [.input(1, "index"), .input(0, "self")],
    attributes: ["dim", "sparse_grad"]
  ) { (c) throws(AutogradError) in
    let zeros = try c.session.full(c.saved(1).sizes, .int(0), c.grad.dtype)
    return try c.session.scatterAdd(zeros, c.value(0).intValue, c.saved(0), c.grad)
  }

  static let scatterAdd = Derivative(
    "ScatterAddBackward0",
    saved: [.input(2, "index", for: 1)],
    attributes: ["dim"],
    { c in c.grad },
    { (c) throws(AutogradError) in
      try c.session.gather(c.grad, c.value(0).intValue, c.saved(0))
    }
  )

  static let indexAdd = Derivative(
    "IndexAddBackward0",
    saved: [.input(2, "index", for: 1), .input(1, "source", for: 1)],
    attributes: ["alpha", "dim", "source_dim"],
    { c in c.grad },
    { (c) throws(AutogradError) in
      let dim = c.value(1).intValue
      let indices = Array(repeating: nil, count: dim) + [c.saved(0)]
      return try c.session.maybeMultiply(
        c.session.index(c.grad, indices),
        c.value(0).scalarValue
      )
    }
  )
}

extension BackwardContext {
  /// The saved index tensors; nil where a dimension is not indexed.
  var savedIndices: [Tensor?] {
    var indices: [Tensor?] = []
    for index in 0..<savedCount { indices.append(savedIfAny(index)) }
    return indices
  }
}

extension Session {
  /// `scatter_add(dim, index, src)`, a copy.
  ///
  /// - Throws: If the index does not fit.
  public func scatterAdd(
    _ x: Tensor,
    _ dim: Int,
    _ index: Tensor,
    _ source: Tensor
  ) throws(AutogradError) -> Tensor {
    try observing("scatter_add", [x, index, source]) { () throws(AutogradError) in
      let result = try unobserved { () throws(AutogradError) in
        try unrecorded { () throws(AutogradError) in try cloneSilently(x) }
      }
      try scatter(result, dim, index, source, accumulate: true)
      result.storage.writes = 0
      try record(
        .scatterAdd,
        inputs: [x, source, index],
        differentiable: 2,
        results: [result],
        [.int(dim)]
      )
      finished("scatter_add", [x, index, source], [result])
      return result
    }
  }
}
