// The formulas of derivatives.yaml, in its words.
extension Derivative {
  static let clone = Derivative("CloneBackward0") { c in c.grad }

  static let toCopy = Derivative("ToCopyBackward0") {
    (c) throws(AutogradError) in
    try c.session.to(c.grad, c.value(0).dtypeValue ?? c.grad.dtype)
  }

  static let copy = Derivative(
    "torch::autograd::CopyBackwards",
    { (c) throws(AutogradError) in try c.session.zerosLike(c.grad) },
    { (c) throws(AutogradError) in
      try c.session.to(c.grad, c.value(0).dtypeValue ?? c.grad.dtype)
    }
  )

  static let fillScalar = zero("FillBackward2")
  static let fill = Derivative(
    "FillBackward3",
    { (c) throws(AutogradError) in try c.session.zerosLike(c.grad) },
    { (c) throws(AutogradError) in try c.session.sum(c.grad) }
  )
  static let zeroInPlace = zero("ZeroBackward0")

  static let `where` = Derivative(
    "WhereBackward0",
    saved: [.input(2, "condition")],
    { (c) throws(AutogradError) in
      try c.session.where(c.saved(0), .tensor(c.grad), .number(.int(0)))
    },
    { (c) throws(AutogradError) in
      try c.session.where(c.saved(0), .number(.int(0)), .tensor(c.grad))
    }
  )

  static let maskedFillScalar = Derivative(
    "MaskedFillBackward0",
    saved: [.input(1, "mask")]
  ) { (c) throws(AutogradError) in
    try c.session.maskedFill(c.grad, c.saved(0), .number(.int(0)))
  }

  static let maskedFill = Derivative(
    "MaskedFillBackward1",
    saved: [.input(2, "mask")],
    { (c) throws(AutogradError) in
      try c.session.maskedFill(c.grad, c.saved(0), .number(.int(0)))
    },
    { (c) throws(AutogradError) in
      try c.session.sum(
        c.session.where(c.saved(0), .tensor(c.grad), .number(.int(0)))
      )
    }
  )

  static let clamp = Derivative(
    "ClampBackward1",
    saved: [.input(0, "self")],
    attributes: ["max", "min"]
  ) { (c) throws(AutogradError) in
    let session = c.session
    let x = c.saved(0)
    var mask: Tensor?
    if case .scalar(let lower) = c.value(1) { mask = try session.binary(.ge, x, .number(lower)) }
    if case .scalar(let upper) = c.value(0) {
      let below = try session.binary(.le, x, .number(upper))
      mask = if let mask { try session.binary(.logicalAnd, mask, .tensor(below)) } else { below }
    }
    guard let mask else { return c.grad }
    let zero = session.makeScalar(0, c.grad.dtype)
    return try session.where(mask, .tensor(c.grad), .tensor(zero))
  }

  static let cat = Derivative(
    "CatBackward0",
    attributes: ["dim"],
    inputs: .max,
    joint: {
      (c) throws(AutogradError) in
      guard case .intLists(let lists) = c.value(1) else { return [] }
      let dim = c.value(0).intValue
      let wrapped = dim < 0 ? dim + c.grad.dim : dim
      var start = 0
      var results: [Tensor?] = []
      for (index, sizes) in lists.enumerated() {
        if sizes == [0] && c.grad.dim != 1 {
          results.append(c.needs(index) ? try c.session.zeros([0], c.grad.dtype) : nil)
          continue
        }
        let length = sizes[wrapped]
        results.append(
          c.needs(index) ? try c.session.narrow(c.grad, wrapped, start, length) : nil
        )
        start += length
      }
      return results
    }
  )

  static let stack = Derivative(
    "StackBackward0",
    attributes: ["dim"],
    inputs: .max,
    joint: {
      (c) throws(AutogradError) in
      try c.session.unbind(c.grad, c.value(0).intValue)
    }
  )
}
