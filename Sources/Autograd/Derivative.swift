/// A row of a table of derivatives: what a node of the kind is called, saves and computes.
///
/// The formulas are written in differentiable operations of the session, so the backward of a backward
/// comes free. See <doc:AddingAnOperation>.
public final class Derivative: Sendable {
  /// The gradient of one input.
  public typealias Formula = @Sendable (borrowing BackwardContext) throws(AutogradError) -> Tensor?

  /// The gradients of all inputs at once.
  public typealias JointFormula =
    @Sendable (borrowing BackwardContext) throws(AutogradError) -> [Tensor?]

  /// The name of the node, `MulBackward0`.
  public let name: String

  /// What is saved, in PyTorch's order, which is that of the labels.
  public let saved: [SavedSlot]

  /// The names of the values other than tensors.
  public let attributeLabels: [String]

  let formulas: [Formula]
  let joint: JointFormula?

  /// Creates a row with a formula for each input.
  public init(
    _ name: String,
    saved: [SavedSlot] = [],
    attributes: [String] = [],
    _ formulas: Formula...
  ) {
    self.name = name
    self.saved = saved
    attributeLabels = attributes
    self.formulas = formulas
    joint = nil
  }

  /// Creates a row with one formula for all inputs, of which there may be any number.
  public init(
    _ name: String,
    saved: [SavedSlot] = [],
    attributes: [String] = [],
    joint: @escaping JointFormula
  ) {
    self.name = name
    self.saved = saved
    attributeLabels = attributes
    formulas = []
    self.joint = joint
  }
}

/// Something that a node saves.
public struct SavedSlot: Sendable {
  /// Where it comes from.
  public enum Source: Sendable {
    /// An input of the operation, by number.
    case input(Int)
    /// An output of the operation, by number.
    case result(Int)
  }

  /// PyTorch's name for it, `self` or `result`; Python shows `_saved_self`.
  public let label: String

  /// Where it comes from.
  public let source: Source

  /// The inputs of which one must require grad for it to be saved, a bit each; 0 for any.
  public let neededFor: UInt32

  /// An input, saved if one of the inputs that need it requires grad.
  public static func input(_ index: Int, _ label: String, for inputs: Int...) -> SavedSlot {
    SavedSlot(label: label, source: .input(index), neededFor: mask(inputs))
  }

  /// An output, saved if one of the inputs that need it requires grad.
  public static func result(
    _ index: Int = 0,
    _ label: String = "result",
    for inputs: Int...
  ) -> SavedSlot {
    SavedSlot(label: label, source: .result(index), neededFor: mask(inputs))
  }

  private static func mask(_ inputs: [Int]) -> UInt32 {
    var mask: UInt32 = 0
    for input in inputs { mask |= 1 << UInt32(input) }
    return mask
  }
}

/// What a formula works with.
public struct BackwardContext: ~Copyable {
  /// The session, whose operations make the gradient.
  public let session: Session

  /// The node.
  public let node: FormulaNode

  let gradients: ShortList<Tensor?>
  let unpacked: ShortList<Tensor?>
}
