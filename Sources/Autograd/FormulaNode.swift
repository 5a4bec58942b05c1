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

  /// The labels in the row and their values.
  public override var attributes: [(label: String, value: AttributeValue)] {
    zip(derivative.attributeLabels, values).map { ($0, $1) }
  }
}
