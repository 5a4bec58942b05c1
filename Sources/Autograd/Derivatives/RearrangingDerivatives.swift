// The formulas of derivatives.yaml, in its words.
extension Derivative {
  static let flip = Derivative("FlipBackward0", attributes: ["dims"]) { (c) throws(AutogradError) in
    try c.session.flip(c.grad, c.value(0).intsValue)
  }
}
