// The formulas of derivatives.yaml, in its words.
extension Derivative {
  static let lerpScalar = Derivative(
    "LerpBackward0",
    attributes: ["weight"],
    { (c) throws(AutogradError) in
      try c.session.mulScalar(c.grad, .float(1 - c.value(0).scalarValue.double))
    },
    { (c) throws(AutogradError) in try c.session.mulScalar(c.grad, c.value(0).scalarValue) }
  )

  static let lerp = Derivative(
    "LerpBackward1",
    saved: [.input(1, "end", for: 2), .input(0, "self", for: 2), .input(2, "weight", for: 0, 1)],
    { (c) throws(AutogradError) in
      try c.session.mul(c.grad, .tensor(c.session.rsub(c.saved(2), .number(.int(1)))))
    },
    { (c) throws(AutogradError) in try c.session.mul(c.grad, .tensor(c.saved(2))) },
    { (c) throws(AutogradError) in
      try c.session.mul(c.grad, .tensor(c.session.sub(c.saved(0), .tensor(c.saved(1)))))
    }
  )

  static let addcmul = Derivative(
    "AddcmulBackward0",
    saved: [.input(1, "tensor1", for: 2), .input(2, "tensor2", for: 1)],
    attributes: ["value"],
    { c in c.grad },
    { (c) throws(AutogradError) in
      let factor = try c.session.maybeMultiply(c.saved(1), c.value(0).scalarValue)
      return try c.session.mul(c.grad, .tensor(factor))
    },
    { (c) throws(AutogradError) in
      let factor = try c.session.maybeMultiply(c.saved(0), c.value(0).scalarValue)
      return try c.session.mul(c.grad, .tensor(factor))
    }
  )

  static let addcdiv = Derivative(
    "AddcdivBackward0",
    saved: [.input(1, "tensor1", for: 2), .input(2, "tensor2", for: 1, 2)],
    attributes: ["value"],
    { c in c.grad },
    { (c) throws(AutogradError) in
      let scaled = try c.session.maybeMultiply(c.grad, c.value(0).scalarValue)
      return try c.session.div(scaled, .tensor(c.saved(1)))
    },
    { (c) throws(AutogradError) in
      let s = c.session
      let square = try s.mul(c.saved(1), .tensor(c.saved(1)))
      let slope = try s.div(s.maybeMultiply(c.saved(0), c.value(0).scalarValue), .tensor(square))
      return try s.mul(s.neg(c.grad), .tensor(slope))
    }
  )

  static let addmv = blending(
    "AddmvBackward0",
    [.input(1, "mat", for: 2), .input(2, "vec", for: 1)],
    { (c) throws(AutogradError) in try c.session.outer(c.grad, c.saved(1)) },
    { (c) throws(AutogradError) in try c.session.mv(c.session.t(c.saved(0)), c.grad) }
  )

  static let addr = blending(
    "AddrBackward0",
    [.input(1, "vec1", for: 2), .input(2, "vec2", for: 1)],
    { (c) throws(AutogradError) in try c.session.mv(c.grad, c.saved(1)) },
    { (c) throws(AutogradError) in try c.session.mv(c.session.t(c.grad), c.saved(0)) }
  )

  static let baddbmm = blending(
    "BaddbmmBackward0",
    [.input(1, "batch1", for: 2), .input(2, "batch2", for: 1)],
    { (c) throws(AutogradError) in
      try c.session.bmm(c.grad, c.session.transpose(c.saved(1), 1, 2))
    },
    { (c) throws(AutogradError) in
      try c.session.bmm(c.session.transpose(c.saved(0), 1, 2), c.grad)
    }
  )

  /// `beta * self + alpha * product`, with the gradients of the product's operands.
  private static func blending(
    _ name: String,
    _ saved: [SavedSlot],
    _ first: @escaping @Sendable (BackwardContext) throws(AutogradError) -> Tensor,
    _ second: @escaping @Sendable (BackwardContext) throws(AutogradError) -> Tensor
  ) -> Derivative {
    Derivative(
      name,
      saved: saved,
      attributes: ["alpha", "beta"],
      { (c) throws(AutogradError) in
        try c.session.maybeMultiply(c.grad, c.value(1).scalarValue)
      },
      { (c) throws(AutogradError) in
        try c.session.maybeMultiply(first(c), c.value(0).scalarValue)
      },
      { (c) throws(AutogradError) in
        try c.session.maybeMultiply(second(c), c.value(0).scalarValue)
      }
    )
  }

  static let trace = Derivative("TraceBackward0", attributes: ["self_sym_sizes"]) {
    (c) throws(AutogradError) in
    let sizes = c.value(0).intsValue
    return try c.session.mul(c.session.eye(sizes[0], sizes[1], c.grad.dtype), .tensor(c.grad))
  }
}
