// The formulas of derivatives.yaml, in its words.
extension Derivative {
  private static let alpha = ["alpha"]
  private static let both: [SavedSlot] = [.input(1, "other"), .input(0, "self")]

  static let add = Derivative(
    "AddBackward0",
    attributes: alpha,
    { c in c.grad },
    { (c) throws(AutogradError) in try c.session.maybeMultiply(c.grad, c.value(0).scalarValue) }
  )
  static let addScalar = Derivative("AddBackward1") { c in c.grad }
  static let sub = Derivative(
    "SubBackward0",
    attributes: alpha,
    { c in c.grad },
    { (c) throws(AutogradError) in
      try c.session.maybeMultiply(c.session.neg(c.grad), c.value(0).scalarValue)
    }
  )
  static let rsub = Derivative(
    "RsubBackward0",
    attributes: alpha,
    { (c) throws(AutogradError) in
      try c.session.maybeMultiply(c.session.neg(c.grad), c.value(0).scalarValue)
    },
    { c in c.grad }
  )
  static let rsubScalar = Derivative("RsubBackward1", attributes: alpha) {
    (c) throws(AutogradError) in
    try c.session.maybeMultiply(c.session.neg(c.grad), c.value(0).scalarValue)
  }
  static let mul = Derivative(
    "MulBackward0",
    saved: [.input(1, "other", for: 0), .input(0, "self", for: 1)],
    { (c) throws(AutogradError) in try c.session.mul(c.grad, c.operand(0)) },
    { (c) throws(AutogradError) in try c.session.mul(c.grad, c.operand(1)) }
  )
  static let mulScalar = Derivative("MulBackward1", attributes: ["other"]) {
    (c) throws(AutogradError) in try c.session.mulScalar(c.grad, c.value(0).scalarValue)
  }
  static let div = Derivative(
    "DivBackward0",
    saved: [.input(1, "other"), .input(0, "self", for: 1)],
    { (c) throws(AutogradError) in try c.session.div(c.grad, c.operand(0)) },
    { (c) throws(AutogradError) in
      let quotient = try c.session.div(c.session.div(c.saved(1), c.operand(0)), c.operand(0))
      return try c.session.mul(c.session.neg(c.grad), .tensor(quotient))
    }
  )
  static let divScalar = Derivative("DivBackward1", attributes: ["other"]) {
    (c) throws(AutogradError) in try c.session.divScalar(c.grad, c.value(0).scalarValue)
  }
  static let divMode = Derivative(
    "DivBackward2",
    saved: [.input(1, "other"), .input(0, "self", for: 1)],
    attributes: ["rounding_mode"],
    { (c) throws(AutogradError) in try c.session.zerosLike(c.grad) },
    { (c) throws(AutogradError) in try c.session.zerosLike(c.grad) }
  )
  static let remainder = Derivative(
    "RemainderBackward1",
    saved: [.input(1, "other", for: 1), .input(0, "self", for: 1)],
    { c in c.grad },
    { (c) throws(AutogradError) in
      let quotient = try c.session.div(c.saved(1), c.operand(0), roundingMode: "floor")
      return try c.session.mul(c.session.neg(c.grad), .tensor(quotient))
    }
  )
  static let fmod = Derivative(
    "FmodBackward1",
    saved: [.input(1, "other", for: 1), .input(0, "self", for: 1)],
    { c in c.grad },
    { (c) throws(AutogradError) in
      let quotient = try c.session.div(c.saved(1), c.operand(0), roundingMode: "trunc")
      return try c.session.mul(c.session.neg(c.grad), .tensor(quotient))
    }
  )
  static let remainderScalar = Derivative("RemainderBackward0") { c in c.grad }
  static let fmodScalar = Derivative("FmodBackward0") { c in c.grad }
  static let atan2 = Derivative(
    "Atan2Backward0",
    saved: both,
    { (c) throws(AutogradError) in
      try c.session.mul(
        c.grad,
        .tensor(c.session.mul(c.saved(0), .tensor(reciprocalOfSquares(c))))
      )
    },
    { (c) throws(AutogradError) in
      try c.session.mul(
        c.grad,
        .tensor(c.session.mul(c.session.neg(c.saved(1)), .tensor(reciprocalOfSquares(c))))
      )
    }
  )
  static let maximum = extremum("MaximumBackward0", .lt, .gt)
  static let minimum = extremum("MinimumBackward0", .gt, .lt)
  static let fmax = selected("FmaxBackward0", .ge)
  static let fmin = selected("FminBackward0", .le)

  /// A relation in place, whose derivative is zero.
  static func relationInPlace(_ name: String) -> Derivative {
    Derivative(
      name,
      { (c) throws(AutogradError) in try c.session.zerosLike(c.grad) },
      { (c) throws(AutogradError) in try c.session.zerosLike(c.grad) }
    )
  }

  /// Equal elements share the gradient.
  private static func extremum(
    _ name: String,
    _ lost: BinaryOperation,
    _ otherLost: BinaryOperation
  ) -> Derivative {
    Derivative(
      name,
      saved: both,
      { (c) throws(AutogradError) in try sharedGradient(c, lost) },
      { (c) throws(AutogradError) in try sharedGradient(c, otherLost) }
    )
  }

  private static func sharedGradient(
    _ c: BackwardContext,
    _ lost: BinaryOperation
  ) throws(AutogradError) -> Tensor {
    let session = c.session
    let equal = try session.binary(.eq, c.saved(1), c.operand(0))
    let shared = try session.where(
      equal,
      .tensor(session.divScalar(c.grad, .int(2))),
      .tensor(c.grad)
    )
    let mask = try session.binary(lost, c.saved(1), c.operand(0))
    return try session.maskedFill(shared, mask, .number(.int(0)))
  }

  private static func selected(_ name: String, _ wins: BinaryOperation) -> Derivative {
    Derivative(
      name,
      saved: both,
      { (c) throws(AutogradError) in try selectedGradient(c, wins, ofOther: false) },
      { (c) throws(AutogradError) in try selectedGradient(c, wins, ofOther: true) }
    )
  }

  private static func selectedGradient(
    _ c: BackwardContext,
    _ wins: BinaryOperation,
    ofOther: Bool
  ) throws(AutogradError) -> Tensor {
    let session = c.session
    let mask = try session.binary(
      .logicalOr,
      session.binary(wins, c.saved(1), c.operand(0)),
      .tensor(session.unary(.isNaN, c.saved(0)))
    )
    let lost = ofOther ? mask : try session.unary(.logicalNot, mask)
    return try session.maskedFill(c.grad, lost, .number(.int(0)))
  }

  private static func reciprocalOfSquares(
    _ c: BackwardContext
  ) throws(AutogradError) -> Tensor {
    let session = c.session
    let other = c.saved(0)
    let own = c.saved(1)
    let sum = try session.add(
      session.mul(own, .tensor(own)),
      .tensor(session.mul(other, .tensor(other)))
    )
    let reciprocal = try session.unary(.reciprocal, sum)
    return try session.maskedFill(
      reciprocal,
      session.binary(.eq, sum, .number(.int(0))),
      .number(.int(0))
    )
  }
}

// Powers.
extension Derivative {
  static let powScalar = Derivative(
    "PowBackward0",
    saved: [.input(0, "self")],
    attributes: ["exponent"]
  ) { (c) throws(AutogradError) in
    try powerGradient(c, c.saved(0), c.value(0).scalarValue)
  }

  static let powBase = Derivative(
    "PowBackward2",
    saved: [.input(0, "exponent"), .result()],
    attributes: ["self"]
  ) { (c) throws(AutogradError) in
    let session = c.session
    let base = c.value(0).scalarValue
    if base.double == 0 {
      let isPositive = try session.binary(.ge, c.saved(0), .number(.int(0)))
      let rest = try session.mul(
        c.grad,
        .tensor(session.mulScalar(c.saved(1), .float(-.infinity)))
      )
      return try session.where(isPositive, .number(.float(0)), .tensor(rest))
    }
    let log = session.makeScalar(
      c.grad.dtype.encode(.float(Kernel.Log.apply(base.double))),
      c.grad.dtype
    )
    return try session.mul(c.grad, .tensor(session.mul(c.saved(1), .tensor(log))))
  }

  static let pow = Derivative(
    "PowBackward1",
    saved: [.input(1, "exponent"), .result(), .input(0, "self")],
    { (c) throws(AutogradError) in
      let session = c.session
      let exponent = c.saved(0)
      let factor = try session.mul(
        exponent,
        .tensor(
          session.pow(c.saved(2), .tensor(session.sub(exponent, .number(.int(1)))))
        )
      )
      return try session.where(
        session.binary(.eq, exponent, .number(.float(0))),
        .number(.float(0)),
        .tensor(session.mul(c.grad, .tensor(factor)))
      )
    },
    { (c) throws(AutogradError) in
      let session = c.session
      let exponent = c.saved(0)
      let base = c.saved(2)
      let isLimit = try session.binary(
        .logicalAnd,
        session.binary(.eq, base, .number(.int(0))),
        .tensor(session.binary(.ge, exponent, .number(.int(0))))
      )
      let product = try session.mul(c.saved(1), .tensor(session.unary(.log, base)))
      return try session.mul(
        c.grad,
        .tensor(session.where(isLimit, .number(.float(0)), .tensor(product)))
      )
    }
  )

  /// `grad * (exponent * self ** (exponent - 1))`; zeros for exponent 0, also where self is 0.
  static func powerGradient(
    _ c: BackwardContext,
    _ x: Tensor,
    _ exponent: Scalar
  ) throws(AutogradError) -> Tensor {
    if exponent.double == 0 { return try c.session.zerosLike(x) }
    let power = try c.session.pow(x, .number(.float(exponent.double - 1)))
    return try c.session.mul(
      c.grad,
      .tensor(c.session.mulScalar(power, .float(exponent.double)))
    )
  }
}
