// The formulas of derivatives.yaml, in its words.
extension Derivative {
  private static let inputSelf: [SavedSlot] = [.input(0, "self")]
  private static let both: [SavedSlot] = [.input(1, "other"), .input(0, "self")]

  static let lgamma = Derivative("LgammaBackward0", saved: inputSelf) { (c) throws(AutogradError) in
    try c.session.mul(c.grad, .tensor(c.session.unary(.digamma, c.saved(0))))
  }
  static let digamma = notDerived("DigammaBackward0", "digamma")
  static let erfinv: Derivative = Derivative("ErfinvBackward0", saved: inputSelf) {
    (c) throws(AutogradError) in
    let s = c.session
    let root = try s.unary(.erfinv, c.saved(0))
    let slope = try s.unary(.exp, s.mul(root, .tensor(root)))
    return try s.mul(s.mulScalar(c.grad, .float(0.5 * Double.pi.squareRoot())), .tensor(slope))
  }
  static let sinc = Derivative("SincBackward0", saved: inputSelf) { (c) throws(AutogradError) in
    let s = c.session
    let angle = try s.mulScalar(c.saved(0), .float(.pi))
    let square = try s.mulScalar(s.mul(c.saved(0), .tensor(c.saved(0))), .float(.pi))
    let top = try s.sub(
      s.mul(angle, .tensor(s.unary(.cos, angle))),
      .tensor(s.unary(.sin, angle))
    )
    let slope = try s.div(s.mul(c.grad, .tensor(top)), .tensor(square))
    let isZero = try s.binary(.eq, square, .number(.int(0)))
    return try s.maskedFill(slope, isZero, .number(.int(0)))
  }
  static let deg2rad = Derivative("Deg2RadBackward0") { (c) throws(AutogradError) in
    try c.session.mulScalar(c.grad, .float(.pi / 180))
  }
  static let rad2deg = Derivative("Rad2DegBackward0") { (c) throws(AutogradError) in
    try c.session.mulScalar(c.grad, .float(180 / .pi))
  }
  static let logit = Derivative("LogitBackward0", saved: inputSelf, attributes: ["eps"]) {
    (c) throws(AutogradError) in
    let s = c.session
    let x = c.saved(0)
    let spread = try s.mul(x, .tensor(s.rsub(x, .number(.int(1)))))
    return try s.div(c.grad, .tensor(spread))
  }
  static let nanToNum = Derivative("NanToNumBackward0", saved: inputSelf) {
    (c) throws(AutogradError) in
    try c.session.mul(c.grad, .tensor(c.session.unary(.isFinite, c.saved(0))))
  }
  static let xlogy = Derivative(
    "XlogyBackward0",
    saved: both,
    { (c) throws(AutogradError) in
      let s = c.session
      let product = try s.mul(c.grad, .tensor(s.unary(.log, s.wrapIfNumber(c.operand(0)))))
      let isZero = try s.binary(.eq, s.wrapIfNumber(c.operand(1)), .number(.int(0)))
      return try s.maskedFill(product, isZero, .number(.int(0)))
    },
    { (c) throws(AutogradError) in
      try c.session.div(c.session.mul(c.grad, c.operand(1)), c.operand(0))
    }
  )
  static let hypot = Derivative(
    "HypotBackward0",
    saved: [.input(1, "other", for: 1), .result(), .input(0, "self", for: 0)],
    { (c) throws(AutogradError) in
      try c.session.mul(c.grad, .tensor(c.session.div(c.saved(2), .tensor(c.saved(1)))))
    },
    { (c) throws(AutogradError) in
      try c.session.mul(c.grad, .tensor(c.session.div(c.saved(0), .tensor(c.saved(1)))))
    }
  )
  static let logaddexp = Derivative(
    "LogaddexpBackward0",
    saved: both,
    { (c) throws(AutogradError) in
      let s = c.session
      let share = try s.unary(.sigmoid, s.sub(c.saved(1), .tensor(c.saved(0))))
      return try s.mul(c.grad, .tensor(share))
    },
    { (c) throws(AutogradError) in
      let s = c.session
      let share = try s.unary(.sigmoid, s.sub(c.saved(0), .tensor(c.saved(1))))
      return try s.mul(c.grad, .tensor(share))
    }
  )
  static let copysign = Derivative(
    "CopysignBackward0",
    saved: [.result(), .input(0, "self", for: 0)],
    { (c) throws(AutogradError) in
      let s = c.session
      let ratio = try s.div(c.saved(0), .tensor(c.saved(1)))
      let isZero = try s.binary(.eq, c.saved(1), .number(.int(0)))
      return try s.mul(c.grad, .tensor(s.maskedFill(ratio, isZero, .number(.int(0)))))
    },
    { (c) throws(AutogradError) in try c.session.zerosLike(c.saved(0)) }
  )
}

extension Session {
  /// The tensor of an operand, a number wrapped.
  func wrapIfNumber(_ operand: Operand) -> Tensor {
    switch operand {
    case .tensor(let tensor): tensor
    case .number(let number): wrap(number)
    }
  }
}
