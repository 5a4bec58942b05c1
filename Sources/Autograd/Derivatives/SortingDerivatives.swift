// The formulas of derivatives.yaml, in its words: gradients go back to where the values were.
extension Derivative {
  static let sort = keeping("SortBackward0")
  static let topk = keeping("TopkBackward0")
  static let kthvalue = choosing("KthvalueBackward0")
  static let medianDim = choosing("MedianBackward1")
  static let mode = choosing("ModeBackward0")
  static let unique = notDerived("Unique2Backward0", "_unique2")

  static let medianAll = Derivative("MedianBackward0", saved: [.result(), .input(0, "self")]) {
    (c) throws(AutogradError) in
    let s = c.session
    let mask = try s.binary(.eq, c.saved(1), .tensor(c.saved(0)))
    let share = try s.div(c.grad, .tensor(s.sum(mask)))
    return try s.mul(share, .tensor(mask))
  }

  private static func keeping(_ name: String) -> Derivative {
    Derivative(name, saved: [.result(1, "indices")], attributes: ["dim", "self_sym_sizes"]) {
      (c) throws(AutogradError) in
      let zeros = try c.session.full(c.value(1).intsValue, .int(0), c.grad.dtype)
      return try c.session.scatterInPlace(zeros, c.value(0).intValue, c.saved(0), c.grad)
    }
  }

  private static func choosing(_ name: String) -> Derivative {
    Derivative(
      name,
      saved: [.result(1, "indices")],
      attributes: ["dim", "keepdim", "self_sym_sizes"]
    ) { (c) throws(AutogradError) in
      let s = c.session
      var (grad, indices) = (c.grad, c.saved(0))
      let dim = c.value(0).intValue
      let sizes = c.value(2).intsValue
      if !c.value(1).boolValue && !sizes.isEmpty {
        grad = try s.unsqueeze(grad, dim)
        indices = try s.unsqueeze(indices, dim)
      }
      return try s.scatterInPlace(s.full(sizes, .int(0), grad.dtype), dim, indices, grad)
    }
  }
}
