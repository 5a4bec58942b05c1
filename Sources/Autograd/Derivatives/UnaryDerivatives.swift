// The formulas of derivatives.yaml, in its words.
extension Derivative {
  private static let inputSelf: [SavedSlot] = [.input(0, "self")]
  private static let result: [SavedSlot] = [.result()]

  /// A function whose derivative is zero everywhere.
  static func zero(_ name: String) -> Derivative {
    Derivative(name) { (c) throws(AutogradError) in try c.session.zerosLike(c.grad) }
  }

  /// A function whose derivative nobody has written; backward raises.
  static func notDerived(_ name: String, _ what: String) -> Derivative {
    Derivative(name) { (c) throws(AutogradError) in
      throw .notImplemented("the derivative for '\(what)' is not implemented.")
    }
  }

  static let neg = Derivative("NegBackward0") { (c) throws(AutogradError) in
    try c.session.neg(c.grad)
  }
  static let abs = Derivative("AbsBackward0", saved: inputSelf) { (c) throws(AutogradError) in
    try c.session.mul(c.grad, .tensor(c.session.unary(.sgn, c.saved(0))))
  }
  static let sign = zero("SignBackward0")
  static let sgn = zero("SgnBackward0")
  static let square = Derivative("PowBackward0", saved: inputSelf) { (c) throws(AutogradError) in
    try powerGradient(c, c.saved(0), .int(2))
  }
  static let exp = Derivative("ExpBackward0", saved: result) { (c) throws(AutogradError) in
    try c.session.mul(c.grad, .tensor(c.saved(0)))
  }
  static let exp2 = Derivative("Exp2Backward0", saved: result) { (c) throws(AutogradError) in
    try c.session.mulScalar(
      c.session.mul(c.grad, .tensor(c.saved(0))),
      .float(0.693_147_180_559_945_3)
    )
  }
  static let expm1 = Derivative("Expm1Backward0", saved: result) { (c) throws(AutogradError) in
    try c.session.mul(c.grad, .tensor(c.session.addScalar(c.saved(0), .int(1))))
  }
  static let log = Derivative("LogBackward0", saved: inputSelf) { (c) throws(AutogradError) in
    try c.session.div(c.grad, .tensor(c.saved(0)))
  }
  static let log2 = Derivative("Log2Backward0", saved: inputSelf) { (c) throws(AutogradError) in
    try c.session.div(
      c.grad,
      .tensor(c.session.mulScalar(c.saved(0), .float(0.693_147_180_559_945_3)))
    )
  }
  static let log10 = Derivative("Log10Backward0", saved: inputSelf) { (c) throws(AutogradError) in
    try c.session.div(
      c.grad,
      .tensor(c.session.mulScalar(c.saved(0), .float(2.302_585_092_994_045_7)))
    )
  }
  static let log1p = Derivative("Log1PBackward0", saved: inputSelf) { (c) throws(AutogradError) in
    try c.session.div(c.grad, .tensor(c.session.addScalar(c.saved(0), .int(1))))
  }
  static let sqrt = Derivative("SqrtBackward0", saved: result) { (c) throws(AutogradError) in
    try c.session.div(c.grad, .tensor(c.session.mulScalar(c.saved(0), .int(2))))
  }
  static let rsqrt = Derivative("RsqrtBackward0", saved: result) { (c) throws(AutogradError) in
    try c.session.mul(
      c.session.mulScalar(c.grad, .float(-0.5)),
      .tensor(c.session.pow(c.saved(0), .number(.int(3))))
    )
  }
  static let reciprocal = Derivative("ReciprocalBackward0", saved: result) {
    (c) throws(AutogradError) in
    let result = c.saved(0)
    return try c.session.mul(
      c.session.neg(c.grad),
      .tensor(c.session.mul(result, .tensor(result)))
    )
  }
  static let relu = Derivative("ReluBackward0", saved: result) { (c) throws(AutogradError) in
    try c.session.thresholdBackward(c.grad, c.saved(0), .int(0))
  }
  static let tanh = Derivative("TanhBackward0", saved: result) { (c) throws(AutogradError) in
    try c.session.tanhBackward(c.grad, c.saved(0))
  }
  static let sigmoid = Derivative("SigmoidBackward0", saved: result) { (c) throws(AutogradError) in
    try c.session.sigmoidBackward(c.grad, c.saved(0))
  }
  static let frac = Derivative("FracBackward0") { c in c.grad }
}

// Trigonometry.
extension Derivative {
  static let sin: Derivative = Derivative("SinBackward0", saved: inputSelf) {
    (c) throws(AutogradError) in
    try c.session.mul(c.grad, .tensor(c.session.unary(.cos, c.saved(0))))
  }
  static let cos: Derivative = Derivative("CosBackward0", saved: inputSelf) {
    (c) throws(AutogradError) in
    try c.session.mul(c.grad, .tensor(c.session.neg(c.session.unary(.sin, c.saved(0)))))
  }
  static let tan = Derivative("TanBackward0", saved: result) { (c) throws(AutogradError) in
    let square = try c.session.pow(c.saved(0), .number(.int(2)))
    return try c.session.mul(c.grad, .tensor(c.session.addScalar(square, .int(1))))
  }
  static let asin = Derivative("AsinBackward0", saved: inputSelf) { (c) throws(AutogradError) in
    try c.session.mul(c.grad, .tensor(c.session.oneMinusSquareRsqrt(c.saved(0))))
  }
  static let acos = Derivative("AcosBackward0", saved: inputSelf) { (c) throws(AutogradError) in
    try c.session.mul(
      c.grad,
      .tensor(c.session.neg(c.session.oneMinusSquareRsqrt(c.saved(0))))
    )
  }
  static let atan = Derivative("AtanBackward0", saved: inputSelf) { (c) throws(AutogradError) in
    let x = c.saved(0)
    return try c.session.div(
      c.grad,
      .tensor(c.session.addScalar(c.session.mul(x, .tensor(x)), .int(1)))
    )
  }
  static let sinh: Derivative = Derivative("SinhBackward0", saved: inputSelf) {
    (c) throws(AutogradError) in
    try c.session.mul(c.grad, .tensor(c.session.unary(.cosh, c.saved(0))))
  }
  static let cosh: Derivative = Derivative("CoshBackward0", saved: inputSelf) {
    (c) throws(AutogradError) in
    try c.session.mul(c.grad, .tensor(c.session.unary(.sinh, c.saved(0))))
  }
  static let asinh = Derivative("AsinhBackward0", saved: inputSelf) { (c) throws(AutogradError) in
    let square = try c.session.pow(c.saved(0), .number(.int(2)))
    return try c.session.mul(
      c.grad,
      .tensor(c.session.unary(.rsqrt, c.session.addScalar(square, .int(1))))
    )
  }
  static let acosh = Derivative("AcoshBackward0", saved: inputSelf) { (c) throws(AutogradError) in
    let x = c.saved(0)
    let square = try c.session.mul(x, .tensor(x))
    return try c.session.mul(
      c.grad,
      .tensor(c.session.unary(.rsqrt, c.session.addScalar(square, .int(-1))))
    )
  }
  static let atanh = Derivative("AtanhBackward0", saved: inputSelf) { (c) throws(AutogradError) in
    let square = try c.session.pow(c.saved(0), .number(.int(2)))
    return try c.session.div(
      c.session.mulScalar(c.grad, .int(1)),
      .tensor(c.session.rsub(square, .number(.int(1))))
    )
  }
  static let erf = Derivative("ErfBackward0", saved: inputSelf) { (c) throws(AutogradError) in
    try c.session.errorFunctionGradient(c.grad, c.saved(0), 1.128_379_167_095_512_6)
  }
  static let erfc = Derivative("ErfcBackward0", saved: inputSelf) { (c) throws(AutogradError) in
    try c.session.errorFunctionGradient(c.grad, c.saved(0), -1.128_379_167_095_512_6)
  }
}

extension Session {
  /// `1 / sqrt(1 - x * x)`.
  fileprivate func oneMinusSquareRsqrt(_ x: Tensor) throws(AutogradError) -> Tensor {
    try unary(.rsqrt, addScalar(mul(neg(x), .tensor(x)), .int(1)))
  }

  fileprivate func errorFunctionGradient(
    _ grad: Tensor,
    _ x: Tensor,
    _ factor: Double
  ) throws(AutogradError) -> Tensor {
    let bell = try unary(.exp, neg(pow(x, .number(.int(2)))))
    return try mul(mulScalar(bell, .float(factor)), .tensor(grad))
  }
}

// Gradients that are operations themselves, with derivatives of their own.
extension Session {
  /// The gradient of `tanh` from its result.
  func tanhBackward(_ grad: Tensor, _ output: Tensor) throws(AutogradError) -> Tensor {
    try activationBackward(.tanhBackward, grad, output)
  }

  /// The gradient of `sigmoid` from its result.
  func sigmoidBackward(_ grad: Tensor, _ output: Tensor) throws(AutogradError) -> Tensor {
    try activationBackward(.sigmoidBackward, grad, output)
  }

  /// The gradient where a tensor is above a threshold, zero elsewhere.
  func thresholdBackward(
    _ grad: Tensor,
    _ x: Tensor,
    _ threshold: Scalar
  ) throws(AutogradError) -> Tensor {
    let common = grad.dtype
    let limit = threshold.double
    let loop: BinaryLoop =
      common == .float64
      ? Loops.thresholdBackward(Double.self, limit) : Loops.thresholdBackward(Float.self, limit)
    let result = try zipElements(grad, .tensor(x), loop, common, common)
    try record(
      .thresholdBackward,
      inputs: [grad, x],
      results: [result],
      [.scalar(threshold)]
    )
    finished("threshold_backward", [grad, x], [result], [("threshold", .scalar(threshold))])
    return result
  }

  private func activationBackward(
    _ operation: BinaryOperation,
    _ grad: Tensor,
    _ output: Tensor
  ) throws(AutogradError) -> Tensor {
    try binary(operation, grad, .tensor(output))
  }
}

extension Loops {
  static func thresholdBackward<F: FloatElement>(_: F.Type, _ threshold: Double) -> BinaryLoop {
    let limit = F(threshold)
    return { out, grad, x, count, so, sg, sx in
      let out = out.assumingMemoryBound(to: F.self)
      let grad = grad.assumingMemoryBound(to: F.self)
      let x = x.assumingMemoryBound(to: F.self)
      for i in 0..<count { out[i &* so] = x[i &* sx] <= limit ? 0 : grad[i &* sg] }
    }
  }
}

extension BinaryOperation {
  static let tanhBackward = BinaryOperation(
    "tanh_backward",
    .elements(Kernel.TanhBackward.self, bool: false),
    .tanhBackward
  )
  static let sigmoidBackward = BinaryOperation(
    "sigmoid_backward",
    .elements(Kernel.SigmoidBackward.self, bool: false),
    .sigmoidBackward
  )
}

extension Kernel {
  enum TanhBackward: BinaryKernel {
    static func apply<E: Element>(_ grad: E, _ y: E) -> E { E.mul(grad, E.sub(.one, E.mul(y, y))) }
  }
  enum SigmoidBackward: BinaryKernel {
    static func apply<E: Element>(_ grad: E, _ y: E) -> E { E.mul(E.mul(grad, E.sub(.one, y)), y) }
  }
}

extension Derivative {
  private static let gradientAndOutput: [SavedSlot] = [
    .input(0, "grad_output", for: 1), .input(1, "output"),
  ]

  static let tanhBackward = Derivative(
    "TanhBackwardBackward0",
    saved: gradientAndOutput,
    { (c) throws(AutogradError) in try c.session.tanhBackward(c.grad, c.saved(1)) },
    { (c) throws(AutogradError) in
      let inner = try c.session.mul(
        c.session.mulScalar(c.saved(1), .int(-2)),
        .tensor(c.saved(0))
      )
      return try c.session.mul(c.grad, .tensor(inner))
    }
  )
  static let sigmoidBackward = Derivative(
    "SigmoidBackwardBackward0",
    saved: gradientAndOutput,
    { (c) throws(AutogradError) in try c.session.sigmoidBackward(c.grad, c.saved(1)) },
    { (c) throws(AutogradError) in
      let factor = try c.session.addScalar(c.session.mulScalar(c.saved(1), .int(-2)), .int(1))
      return try c.session.mul(
        c.session.mul(c.grad, .tensor(c.saved(0))),
        .tensor(factor)
      )
    }
  )
  static let thresholdBackward = Derivative(
    "ThresholdBackwardBackward0",
    saved: [.input(1, "self", for: 0)],
    attributes: ["threshold"],
    { (c) throws(AutogradError) in
      try c.session.thresholdBackward(c.grad, c.saved(0), c.value(0).scalarValue)
    },
    { (c) throws(AutogradError) in try c.session.zerosLike(c.grad) }
  )
}
