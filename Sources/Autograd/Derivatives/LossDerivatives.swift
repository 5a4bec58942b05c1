// The formulas of derivatives.yaml, in its words; the kernels of backward are written out.
extension Derivative {
  private static let both: [SavedSlot] = [.input(0, "self"), .input(1, "target")]

  static let mseLoss = symmetric("MseLossBackward0", ["reduction"], reduction: 0) {
    (c, difference) throws(AutogradError) in try c.session.mulScalar(difference, .int(2))
  }

  static let smoothL1Loss = symmetric(
    "SmoothL1LossBackward0",
    ["beta", "reduction"],
    reduction: 1
  ) { (c, difference) throws(AutogradError) in
    let s = c.session
    let beta = c.value(0).scalarValue
    let isClose = try s.binary(.lt, s.unary(.abs, difference), .number(beta))
    return try s.where(
      isClose,
      .tensor(s.divScalar(difference, beta)),
      .tensor(s.unary(.sign, difference))
    )
  }

  static let huberLoss = symmetric("HuberLossBackward0", ["delta", "reduction"], reduction: 1) {
    (c, difference) throws(AutogradError) in
    let delta = c.value(0).scalarValue
    return try c.session.clamp(difference, delta.negated, delta)
  }

  /// A loss of the difference, whose two gradients are each other's negative.
  private static func symmetric(
    _ name: String,
    _ attributes: [String],
    reduction: Int,
    _ slope:
      @escaping @Sendable (BackwardContext, Tensor) throws(AutogradError) -> Tensor
  ) -> Derivative {
    Derivative(
      name,
      saved: both,
      attributes: attributes,
      { (c) throws(AutogradError) in
        let difference = try c.session.sub(c.saved(0), .tensor(c.saved(1)))
        return try c.scaled(slope(c, difference), reduction)
      },
      { (c) throws(AutogradError) in
        let difference = try c.session.sub(c.saved(0), .tensor(c.saved(1)))
        return try c.session.neg(c.scaled(slope(c, difference), reduction))
      }
    )
  }

  static let softMarginLoss = Derivative(
    "SoftMarginLossBackward0",
    saved: both,
    attributes: ["reduction"],
    { (c) throws(AutogradError) in try c.softMargin(times: c.saved(1)) },
    { (c) throws(AutogradError) in try c.softMargin(times: c.saved(0)) }
  )

  static let binaryCrossEntropy = Derivative(
    "BinaryCrossEntropyBackward0",
    saved: [.input(0, "self"), .input(1, "target"), .input(2, "weight")],
    attributes: ["reduction"],
    { (c) throws(AutogradError) in
      let s = c.session
      let x = c.saved(0)
      let spread = try s.mul(s.rsub(x, .number(.int(1))), .tensor(x))
      let slope = try s.div(
        s.sub(x, .tensor(c.saved(1))),
        .tensor(s.clamp(spread, .float(1e-12), nil))
      )
      return try c.weighted(c.scaled(slope, 0), 2)
    },
    { (c) throws(AutogradError) in
      let s = c.session
      let x = c.saved(0)
      let odds = try s.sub(
        s.unary(.log, s.rsub(x, .number(.int(1)))),
        .tensor(s.unary(.log, x))
      )
      return try c.weighted(c.scaled(odds, 0), 2)
    }
  )

  static let binaryCrossEntropyWithLogits = Derivative(
    "BinaryCrossEntropyWithLogitsBackward0",
    saved: [
      .input(3, "pos_weight"), .input(0, "self"), .input(1, "target"), .input(2, "weight"),
    ],
    attributes: ["reduction"],
    { (c) throws(AutogradError) in
      let s = c.session
      let sigmoid = try s.unary(.sigmoid, c.saved(1))
      var slope: Tensor
      if let positive = c.savedIfAny(0) {
        let target = try s.mul(positive, .tensor(c.saved(2)))
        let scale = try s.sub(s.addScalar(target, .int(1)), .tensor(c.saved(2)))
        slope = try s.sub(s.mul(scale, .tensor(sigmoid)), .tensor(target))
      } else {
        slope = try s.sub(sigmoid, .tensor(c.saved(2)))
      }
      slope = try c.scaled(slope, 0)
      return try c.weighted(slope, 3)
    },
    { (c) throws(AutogradError) in
      let s = c.session
      let x = c.saved(1)
      var slope: Tensor
      if let positive = c.savedIfAny(0) {
        let logs = try s.logSigmoid(x)
        let rest = try s.logSigmoid(s.neg(x))
        slope = try s.sub(rest, .tensor(s.mul(positive, .tensor(logs))))
      } else {
        slope = try s.neg(x)
      }
      slope = try c.scaled(slope, 0)
      return try c.weighted(slope, 3)
    }
  )

  static let nllLoss = Derivative(
    "NllLossBackward0",
    saved: [
      .input(0, "self"), .input(1, "target"), .result(1, "total_weight"), .input(2, "weight"),
    ],
    attributes: ["ignore_index", "reduction"]
  ) { (c) throws(AutogradError) in
    try c.session.nllBackward(
      c.grad,
      c.saved(0),
      c.saved(1),
      c.savedIfAny(3),
      c.saved(2),
      Reduction(rawValue: c.value(1).intValue) ?? .mean,
      c.value(0).intValue
    )
  }
}

extension BackwardContext {
  /// A slope times the gradient, divided by the number of elements where the loss is a mean.
  fileprivate func scaled(_ slope: Tensor, _ reduction: Int) throws(AutogradError) -> Tensor {
    let product = try session.mul(slope, .tensor(grad))
    if value(reduction).intValue != Reduction.mean.rawValue { return product }
    return try session.divScalar(product, .int(slope.numel))
  }

  /// A gradient times the weight that may have been saved.
  fileprivate func weighted(_ gradient: Tensor, _ slot: Int) throws(AutogradError) -> Tensor {
    guard let weight = savedIfAny(slot) else { return gradient }
    return try session.mul(gradient, .tensor(weight))
  }

  fileprivate func softMargin(times other: Tensor) throws(AutogradError) -> Tensor {
    let s = session
    let odds = try s.unary(.exp, s.neg(s.mul(saved(0), .tensor(saved(1)))))
    let slope = try s.div(odds, .tensor(s.addScalar(odds, .int(1))))
    return try scaled(s.neg(s.mul(other, .tensor(slope))), 0)
  }
}
