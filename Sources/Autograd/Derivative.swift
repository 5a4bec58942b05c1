/// A row of a table of derivatives: what a node of the kind is called, saves and computes.
///
/// The formulas are written in differentiable operations of the session, so the backward of a backward
/// comes free. See <doc:AddingAnOperation>.
public final class Derivative: Sendable {
  /// The gradient of one input.
  public typealias Formula = @Sendable (BackwardContext) throws(AutogradError) -> Tensor?

  /// The gradients of all inputs at once.
  public typealias JointFormula =
    @Sendable (BackwardContext) throws(AutogradError) -> [Tensor?]

  /// The name of the node, `MulBackward0`.
  public let name: String

  /// What is saved, in PyTorch's order, which is that of the labels.
  public let saved: [SavedSlot]

  /// The names of the values other than tensors.
  public let attributeLabels: [String]

  let first: Formula?
  let second: Formula?
  let third: Formula?
  let joint: JointFormula?

  /// How many inputs have an edge; a joint formula may serve any number.
  let inputCount: Int

  /// Creates a row with a formula for each of up to three inputs.
  public init(
    _ name: String,
    saved: [SavedSlot] = [],
    attributes: [String] = [],
    _ first: @escaping Formula,
    _ second: Formula? = nil,
    _ third: Formula? = nil
  ) {
    self.name = name
    self.saved = saved
    attributeLabels = attributes
    // A variadic parameter of closures with typed errors crashes the compiler.
    self.first = first
    self.second = second
    self.third = third
    joint = nil
    inputCount = third != nil ? 3 : second != nil ? 2 : 1
  }

  /// Creates a row with one formula for all inputs, of which there may be any number.
  public init(
    _ name: String,
    saved: [SavedSlot] = [],
    attributes: [String] = [],
    inputs: Int,
    joint: @escaping JointFormula
  ) {
    self.name = name
    self.saved = saved
    attributeLabels = attributes
    first = nil
    second = nil
    third = nil
    self.joint = joint
    inputCount = inputs
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
    /// All inputs from a number on, a list of tensors such as indices.
    case inputs(PartialRangeFrom<Int>)
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

  /// All inputs from a number on.
  public static func inputs(_ range: PartialRangeFrom<Int>, _ label: String) -> SavedSlot {
    SavedSlot(label: label, source: .inputs(range), neededFor: 0)
  }

  private static func mask(_ inputs: [Int]) -> UInt32 {
    var mask: UInt32 = 0
    for input in inputs { mask |= 1 << UInt32(input) }
    return mask
  }
}

/// What a formula works with.
public struct BackwardContext {
  /// The session, whose operations make the gradient.
  public let session: Session

  /// The node.
  public let node: FormulaNode

  let gradients: ShortList<Tensor?>
  let unpacked: ShortList<Tensor?>
}

extension BackwardContext {
  /// The gradient of the first output; a formula with one output runs only if it is there.
  public var grad: Tensor {
    @inline(__always) get {
      guard let grad = gradients[0] else { preconditionFailure("the gradient is defined") }
      return grad
    }
  }

  /// The gradient of an output, if there is one.
  public func grad(_ index: Int) -> Tensor? { gradients[index] }

  /// A saved tensor; a number of the language comes wrapped.
  public func saved(_ index: Int) -> Tensor {
    if let tensor = unpacked[index] { return tensor }
    if let number = node.savedNumber(index) { return session.wrap(number) }
    preconditionFailure("the row saves what its formulas use")
  }

  /// A saved tensor, if it was saved.
  public func savedIfAny(_ index: Int) -> Tensor? { unpacked[index] }

  /// A saved tensor or number.
  @inline(__always)
  public func operand(_ index: Int) -> Operand {
    if let tensor = unpacked[index] { return .tensor(tensor) }
    return .number(node.savedNumber(index) ?? .int(0))
  }

  /// How many tensors were saved.
  public var savedCount: Int { unpacked.count }

  /// The value of an attribute.
  public func value(_ index: Int) -> AttributeValue { node.values[index] }

  /// Whether the gradient of an input is wanted.
  public func needs(_ input: Int) -> Bool { session.shouldCompute(node, input) }
}
