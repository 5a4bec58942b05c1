/// The node of a leaf: it adds what arrives to the leaf's grad.
///
/// One exists for a leaf as long as some graph holds it.
public final class AccumulateGrad: Node {
  /// The leaf.
  public let variable: Tensor

  init(variable: Tensor, id: Int) {
    self.variable = variable
    super.init(id: id, sequenceNr: .max)
  }

  /// `torch::autograd::AccumulateGrad`.
  public override var name: String { "torch::autograd::AccumulateGrad" }
}
