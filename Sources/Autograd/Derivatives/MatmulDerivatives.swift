// The formulas of derivatives.yaml, in its words.
extension Derivative {
  static let mm = Derivative(
    "MmBackward0",
    saved: [.input(1, "mat2", for: 0), .input(0, "self", for: 1)],
    attributes: ["mat2_sym_sizes", "mat2_sym_strides", "self_sym_sizes", "self_sym_strides"],
    { (c) throws(AutogradError) in
      try c.session.firstGradient(
        c.grad,
        c.saved(0),
        c.value(2).intsValue,
        c.value(3).intsValue,
        .int(1)
      )
    },
    { (c) throws(AutogradError) in
      try c.session.secondGradient(
        c.grad,
        c.saved(1),
        c.value(0).intsValue,
        c.value(1).intsValue,
        .int(1)
      )
    }
  )

  static let addmm = Derivative(
    "AddmmBackward0",
    saved: [.input(1, "mat1", for: 2), .input(2, "mat2", for: 1)],
    attributes: [
      "alpha", "beta", "mat1_sym_sizes", "mat1_sym_strides", "mat2_sym_sizes", "mat2_sym_strides",
    ],
    { (c) throws(AutogradError) in try c.session.maybeMultiply(c.grad, c.value(1).scalarValue) },
    { (c) throws(AutogradError) in
      try c.session.firstGradient(
        c.grad,
        c.saved(1),
        c.value(2).intsValue,
        c.value(3).intsValue,
        c.value(0).scalarValue
      )
    },
    { (c) throws(AutogradError) in
      try c.session.secondGradient(
        c.grad,
        c.saved(0),
        c.value(4).intsValue,
        c.value(5).intsValue,
        c.value(0).scalarValue
      )
    }
  )

  static let mv = Derivative(
    "MvBackward0",
    saved: [.input(0, "self", for: 1), .input(1, "vec", for: 0)],
    { (c) throws(AutogradError) in try c.session.outer(c.grad, c.saved(1)) },
    { (c) throws(AutogradError) in try c.session.mv(c.session.t(c.saved(0)), c.grad) }
  )

  static let dot = Derivative(
    "DotBackward0",
    saved: [.input(0, "self", for: 1), .input(1, "tensor", for: 0)],
    { (c) throws(AutogradError) in try c.session.mul(c.grad, .tensor(c.saved(1))) },
    { (c) throws(AutogradError) in try c.session.mul(c.grad, .tensor(c.saved(0))) }
  )

  static let bmm = Derivative(
    "BmmBackward0",
    saved: [.input(1, "mat2", for: 0), .input(0, "self", for: 1)],
    { (c) throws(AutogradError) in
      try c.session.bmm(c.grad, c.session.transpose(c.saved(0), 1, 2))
    },
    { (c) throws(AutogradError) in
      try c.session.bmm(c.session.transpose(c.saved(1), 1, 2), c.grad)
    }
  )
}

extension Session {
  /// The gradient of the first factor, laid out like it.
  fileprivate func firstGradient(
    _ grad: Tensor,
    _ other: Tensor,
    _ sizes: [Int],
    _ strides: [Int],
    _ alpha: Scalar
  ) throws(AutogradError) -> Tensor {
    if strides[0] == 1 && strides[1] == sizes[0] {
      return try maybeMultiply(t(mm(other, t(grad))), alpha)
    }
    return try maybeMultiply(mm(grad, t(other)), alpha)
  }

  /// The gradient of the second factor, laid out like it.
  fileprivate func secondGradient(
    _ grad: Tensor,
    _ other: Tensor,
    _ sizes: [Int],
    _ strides: [Int],
    _ alpha: Scalar
  ) throws(AutogradError) -> Tensor {
    if strides[0] == 1 && strides[1] == sizes[0] {
      return try maybeMultiply(t(mm(t(grad), other)), alpha)
    }
    return try maybeMultiply(mm(t(other), grad), alpha)
  }
}
