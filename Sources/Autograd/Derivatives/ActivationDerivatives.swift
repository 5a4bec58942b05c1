// The formulas of derivatives.yaml, in its words; the kernels of backward are written out.
extension Derivative {
  private static let inputSelf: [SavedSlot] = [.input(0, "self")]

  static let leakyRelu = leaky("LeakyReluBackward0", inputSelf)
  static let leakyReluInPlace = leaky("LeakyReluBackward1", [.result()])

  private static func leaky(_ name: String, _ saved: [SavedSlot]) -> Derivative {
    Derivative(name, saved: saved, attributes: ["negative_slope"]) { (c) throws(AutogradError) in
      try c.pick(
        c.session.binary(.gt, c.saved(0), .number(.int(0))),
        c.grad,
        c.session.mulScalar(c.grad, c.value(0).scalarValue)
      )
    }
  }

  private static let eluAttributes = ["alpha", "input_scale", "scale"]

  static let elu = Derivative("EluBackward0", saved: inputSelf, attributes: eluAttributes) {
    (c) throws(AutogradError) in
    let s = c.session
    let (alpha, inner, scale) = c.eluValues
    let powers = try s.unary(.exp, s.mulScalar(c.saved(0), .float(inner)))
    let negative = try s.mul(
      s.mulScalar(c.grad, .float(alpha * scale * inner)),
      .tensor(powers)
    )
    return try c.pick(
      s.binary(.gt, c.saved(0), .number(.int(0))),
      s.mulScalar(c.grad, .float(scale)),
      negative
    )
  }

  static let eluInPlace = Derivative(
    "EluBackward1",
    saved: [.result()],
    attributes: eluAttributes
  ) { (c) throws(AutogradError) in
    let s = c.session
    let (alpha, inner, scale) = c.eluValues
    let shifted = try s.addScalar(c.saved(0), .float(alpha * scale))
    return try c.pick(
      s.binary(.gt, c.saved(0), .number(.int(0))),
      s.mulScalar(c.grad, .float(scale)),
      s.mul(s.mulScalar(c.grad, .float(inner)), .tensor(shifted))
    )
  }

  static let softplus = Derivative(
    "SoftplusBackward0",
    saved: inputSelf,
    attributes: ["beta", "threshold"]
  ) { (c) throws(AutogradError) in
    let s = c.session
    let scaled = try s.mulScalar(c.saved(0), c.value(0).scalarValue)
    return try c.pick(
      s.binary(.gt, scaled, .number(c.value(1).scalarValue)),
      c.grad,
      s.mul(c.grad, .tensor(s.unary(.sigmoid, scaled)))
    )
  }

  static let gelu = Derivative("GeluBackward0", saved: inputSelf, attributes: ["approximate"]) {
    (c) throws(AutogradError) in
    let s = c.session
    let x = c.saved(0)
    if c.value(0).stringValue == "tanh" {
      let factor = (2 / Double.pi).squareRoot()
      let square = try s.mul(x, .tensor(x))
      let inner = try s.mulScalar(
        s.mul(x, .tensor(s.addScalar(s.mulScalar(square, .float(0.044715)), .int(1)))),
        .float(factor)
      )
      let tanh = try s.unary(.tanh, inner)
      let slope = try s.mulScalar(
        s.addScalar(s.mulScalar(square, .float(3 * 0.044715)), .int(1)),
        .float(factor)
      )
      let left = try s.mulScalar(s.addScalar(tanh, .int(1)), .float(0.5))
      let flat = try s.rsub(s.mul(tanh, .tensor(tanh)), .number(.int(1)))
      let right = try s.mulScalar(s.mul(s.mul(x, .tensor(flat)), .tensor(slope)), .float(0.5))
      return try s.mul(c.grad, .tensor(s.add(left, .tensor(right))))
    }
    let cdf = try s.mulScalar(
      s.addScalar(s.unary(.erf, s.mulScalar(x, .float(0.5.squareRoot()))), .int(1)),
      .float(0.5)
    )
    let pdf = try s.mulScalar(
      s.unary(.exp, s.mulScalar(s.mul(x, .tensor(x)), .float(-0.5))),
      .float(1 / (2 * Double.pi).squareRoot())
    )
    return try s.mul(c.grad, .tensor(s.add(cdf, .tensor(s.mul(x, .tensor(pdf))))))
  }

  static let silu = Derivative("SiluBackward0", saved: inputSelf) { (c) throws(AutogradError) in
    let s = c.session
    let sigmoid = try s.unary(.sigmoid, c.saved(0))
    let rest = try s.rsub(sigmoid, .number(.int(1)))
    let slope = try s.addScalar(s.mul(c.saved(0), .tensor(rest)), .int(1))
    return try s.mul(c.grad, .tensor(s.mul(sigmoid, .tensor(slope))))
  }

  static let mish = Derivative("MishBackward0", saved: inputSelf) { (c) throws(AutogradError) in
    let s = c.session
    let x = c.saved(0)
    let sigmoid = try s.unary(.sigmoid, x)
    let tanh = try s.unary(.tanh, s.unary(.log1p, s.unary(.exp, x)))
    let flat = try s.rsub(s.mul(tanh, .tensor(tanh)), .number(.int(1)))
    let slope = try s.mul(s.mul(x, .tensor(sigmoid)), .tensor(flat))
    return try s.mul(c.grad, .tensor(s.add(tanh, .tensor(slope))))
  }

  static let hardtanh = Derivative(
    "HardtanhBackward0",
    saved: inputSelf,
    attributes: ["max_val", "min_val"]
  ) { (c) throws(AutogradError) in
    let s = c.session
    let above = try s.binary(.gt, c.saved(0), .number(c.value(1).scalarValue))
    let below = try s.binary(.lt, c.saved(0), .number(c.value(0).scalarValue))
    return try c.pick(s.binary(.logicalAnd, above, .tensor(below)), c.grad, nil)
  }

  static let logSigmoid = Derivative("LogSigmoidBackward0", saved: inputSelf) {
    (c) throws(AutogradError) in
    try c.session.mul(c.grad, .tensor(c.session.unary(.sigmoid, c.session.neg(c.saved(0)))))
  }

  static let threshold = thresholding("ThresholdBackward0")
  static let thresholdInPlace = thresholding("ThresholdBackward1")

  private static func thresholding(_ name: String) -> Derivative {
    Derivative(name, saved: inputSelf, attributes: ["threshold"]) { (c) throws(AutogradError) in
      try c.pick(
        c.session.binary(.gt, c.saved(0), .number(c.value(0).scalarValue)),
        c.grad,
        nil
      )
    }
  }

  static let hardsigmoid = Derivative("HardsigmoidBackward0", saved: inputSelf) {
    (c) throws(AutogradError) in
    let s = c.session
    let inside = try s.binary(.lt, s.unary(.abs, c.saved(0)), .number(.int(3)))
    return try c.pick(inside, s.divScalar(c.grad, .int(6)), nil)
  }

  static let hardswish = Derivative("HardswishBackward0", saved: inputSelf) {
    (c) throws(AutogradError) in
    let s = c.session
    let x = c.saved(0)
    let slope = try s.addScalar(s.divScalar(x, .int(3)), .float(0.5))
    let inside = try s.mul(c.grad, .tensor(slope))
    let low = try s.binary(.le, x, .number(.int(-3)))
    let high = try s.binary(.ge, x, .number(.int(3)))
    let middle = try c.pick(high, c.grad, inside)
    return try c.pick(low, s.zerosLike(c.grad), middle)
  }

  static let hardshrink = Derivative(
    "HardshrinkBackward0",
    saved: inputSelf,
    attributes: ["lambd"]
  ) { (c) throws(AutogradError) in try c.outside(c.value(0).scalarValue) }

  static let softshrink = Derivative(
    "SoftshrinkBackward0",
    saved: inputSelf,
    attributes: ["lambd"]
  ) { (c) throws(AutogradError) in try c.outside(c.value(0).scalarValue) }

  static let glu = Derivative("GluBackward0", saved: inputSelf, attributes: ["dim"]) {
    (c) throws(AutogradError) in
    let s = c.session
    let x = c.saved(0)
    let dim = try s.wrapDim(c.value(0).intValue, x.dim)
    let halves = try s.split(x, x.sizes[dim] / 2, dim)
    let gate = try s.unary(.sigmoid, halves[1])
    let first = try s.mul(c.grad, .tensor(gate))
    let rest = try s.rsub(gate, .number(.int(1)))
    let second = try s.mul(s.mul(first, .tensor(halves[0])), .tensor(rest))
    return try s.cat([first, second], dim)
  }

  static let preluKernel = Derivative(
    "PreluKernelBackward0",
    saved: [.input(0, "self"), .input(1, "weight")],
    { (c) throws(AutogradError) in
      let positive = try c.session.binary(.gt, c.saved(0), .number(.int(0)))
      return try c.pick(positive, c.grad, c.session.mul(c.grad, .tensor(c.saved(1))))
    },
    { (c) throws(AutogradError) in
      let negative = try c.session.binary(.le, c.saved(0), .number(.int(0)))
      return try c.pick(negative, c.session.mul(c.grad, .tensor(c.saved(0))), nil)
    }
  )

  static let softmax = Derivative(
    "SoftmaxBackward0",
    saved: [.result()],
    attributes: ["dim", "self_dtype"]
  ) { (c) throws(AutogradError) in
    let s = c.session
    let product = try s.mul(c.grad, .tensor(c.saved(0)))
    let total = try s.sum(product, dims: [c.value(0).intValue], keepdim: true)
    return try s.sub(product, .tensor(s.mul(c.saved(0), .tensor(total))))
  }

  static let logSoftmax = Derivative(
    "LogSoftmaxBackward0",
    saved: [.result()],
    attributes: ["dim", "self_dtype"]
  ) { (c) throws(AutogradError) in
    let s = c.session
    let total = try s.sum(c.grad, dims: [c.value(0).intValue], keepdim: true)
    return try s.sub(c.grad, .tensor(s.mul(s.unary(.exp, c.saved(0)), .tensor(total))))
  }

  static let logSumExp = Derivative(
    "LogsumexpBackward0",
    saved: [.result(), .input(0, "self")],
    attributes: ["dim", "keepdim"]
  ) { (c) throws(AutogradError) in
    let s = c.session
    let x = c.saved(1)
    let (dims, keepdim) = (c.value(0).intsValue, c.value(1).boolValue)
    let grad = try s.restoreDims(c.grad, x.sizes, dims, keepdim)
    let result = try s.restoreDims(c.saved(0), x.sizes, dims, keepdim)
    return try s.mul(grad, .tensor(s.unary(.exp, s.sub(x, .tensor(result)))))
  }
}

extension BackwardContext {
  /// One tensor where a mask is true, else another or zero.
  fileprivate func pick(
    _ mask: Tensor,
    _ a: Tensor,
    _ b: Tensor?
  ) throws(AutogradError) -> Tensor {
    try session.where(mask, .tensor(a), b.map { .tensor($0) } ?? .number(.int(0)))
  }

  /// The gradient where the input lies outside of `-limit ... limit`.
  fileprivate func outside(_ limit: Scalar) throws(AutogradError) -> Tensor {
    try pick(session.binary(.gt, session.unary(.abs, saved(0)), .number(limit)), grad, nil)
  }

  fileprivate var eluValues: (alpha: Double, inner: Double, scale: Double) {
    (value(0).scalarValue.double, value(1).scalarValue.double, value(2).scalarValue.double)
  }
}
