/// A node that follows a row of a table of derivatives.
public final class FormulaNode: Node {
  /// The row.
  public let derivative: Derivative

  /// The values of ``Derivative/attributeLabels``.
  let values: [AttributeValue]

  init(_ derivative: Derivative, _ values: [AttributeValue], id: Int, sequenceNr: UInt64) {
    self.derivative = derivative
    self.values = values
    super.init(id: id, sequenceNr: sequenceNr)
  }

  /// The name in the row.
  public override var name: String { derivative.name }

  /// The labels in the row; a list of tensors repeats its label.
  public override var savedLabels: [String] {
    let slots = derivative.saved
    return saved.indices.map { slots[min($0, slots.count - 1)].label }
  }

  /// Whether the slot with the label takes all inputs from a number on.
  public override func hasListSlot(_ label: String) -> Bool {
    for slot in derivative.saved {
      if case .inputs = slot.source, slot.label == label { return true }
    }
    return false
  }

  /// The labels in the row and their values.
  public override var attributes: [(label: String, value: AttributeValue)] {
    zip(derivative.attributeLabels, values).map { ($0, $1) }
  }

  override func apply(
    _ gradients: inout ShortList<Tensor?>,
    _ session: Session
  ) throws(AutogradError) -> ShortList<Tensor?> {
    var unpacked = ShortList<Tensor?>()
    for index in saved.indices { unpacked.append(try unpackSaved(index, session)) }
    var isDefined = gradients.first != nil || gradients.second != nil
    for gradient in gradients.rest where gradient != nil { isDefined = true }
    guard isDefined else { return ShortList(count: edges.count) }
    let context = BackwardContext(
      session: session,
      node: self,
      gradients: gradients,
      unpacked: unpacked
    )
    gradients.removeAll()
    if let joint = derivative.joint { return ShortList(try joint(context)) }
    var outputs = ShortList<Tensor?>(count: edges.count)
    if let formula = derivative.first, session.shouldCompute(self, 0) {
      outputs.first = try formula(context)
    }
    if let formula = derivative.second, session.shouldCompute(self, 1) {
      outputs.second = try formula(context)
    }
    if let formula = derivative.third, session.shouldCompute(self, 2) {
      outputs[2] = try formula(context)
    }
    return outputs
  }
}
