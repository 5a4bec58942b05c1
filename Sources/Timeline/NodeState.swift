public import Autograd

/// A node of the backward graph at one moment.
public struct NodeState: Sendable, Equatable, Identifiable {
  /// Which node it is.
  public let id: NodeID
  /// Whether the program can still reach it; a dead one keeps its last state.
  public let isAlive: Bool
  /// The name as PyTorch prints it, `MulBackward0`.
  public let name: String
  /// Where the gradients of the forward inputs go, `next_functions`; nil where none is wanted.
  public let edges: [NodeEdge?]
  /// The order of the forward calls; nil for an AccumulateGrad, which always runs first.
  public let sequenceNr: Int?
  /// The leaf that an AccumulateGrad adds to.
  public let variable: TensorID?
  /// What it keeps for backward.
  public let saved: [SavedState]
  /// The values other than tensors that it keeps, such as `dim` or `alpha`.
  public let attributes: [NodeAttribute]
  /// Whether backward dropped what it kept.
  public let isReleased: Bool
  /// The step that created it, which knows the statement, the expression and the call stack.
  public let createdAt: Int
  /// The line of the innermost statement of the script that created it; nil if there is none.
  public let line: Int?
  /// The functions and modules that were being called when it was created, outermost first.
  public let callPath: [String]
  /// The loops and their rounds in which it was created, outermost first.
  public let loops: [LoopRound]
}

/// Where a gradient goes: an input of a node.
public struct NodeEdge: Sendable, Hashable {
  /// The node that takes the gradient.
  public let node: NodeID
  /// Which of its inputs.
  public let inputNr: Int

  /// An edge from its parts.
  public init(_ node: NodeID, _ inputNr: Int = 0) {
    self.node = node
    self.inputNr = inputNr
  }
}

/// A value other than a tensor that a node keeps.
public struct NodeAttribute: Sendable, Hashable {
  /// PyTorch's name for it, `dim`; Python shows `_saved_dim`.
  public let label: String
  /// The value.
  public let value: AttributeValue

  /// An attribute from its parts.
  public init(_ label: String, _ value: AttributeValue) {
    self.label = label
    self.value = value
  }
}

extension NodeAttribute {
  /// Whether both are the same, floats bit for bit.
  public static func == (a: NodeAttribute, b: NodeAttribute) -> Bool {
    guard a.label == b.label else { return false }
    switch (a.value, b.value) {
    case (.double(let a), .double(let b)): return a.bitPattern == b.bitPattern
    case (.scalar(let a), .scalar(let b)): return a.hasSameBits(as: b)
    case (let a, let b): return a == b
    }
  }

  /// Hashes the label.
  public func hash(into hasher: inout Hasher) { hasher.combine(label) }
}

extension Scalar {
  /// Whether both are the same, floats bit for bit, so that a NaN equals itself.
  func hasSameBits(as other: Scalar) -> Bool {
    switch (self, other) {
    case (.float(let a), .float(let b)): a.bitPattern == b.bitPattern
    default: self == other
    }
  }
}

/// A round of a loop of the script.
public struct LoopRound: Sendable, Hashable {
  /// The line of the `for` or `while`.
  public let line: Int
  /// The round, counted from 0.
  public let iteration: Int

  /// A round from its parts.
  public init(line: Int, iteration: Int) {
    self.line = line
    self.iteration = iteration
  }
}

/// What a node keeps of one tensor for backward, at one moment.
public struct SavedState: Sendable, Equatable {
  /// PyTorch's name for it, `self` or `result`; Python shows `_saved_self`.
  public let label: String
  /// The tensor; nil for a number or nothing.
  public let tensor: TensorID?
  /// The memory that it lives in.
  public let storage: StorageID?
  /// The number, where a number was saved.
  public let number: Scalar?
  /// The version when it was saved.
  public let savedVersion: Int
  /// The version now.
  public let currentVersion: Int
  /// How often the storage had been written when it was saved.
  public let writesThen: Int
  /// How often the storage has been written by now.
  public let writesNow: Int
  /// Whether a backward pass took it out.
  public let wasUsed: Bool
  /// What became of it.
  public let status: Status
  /// The elements when it was saved; nil for a number or nothing.
  public let values: TensorValues?
}

extension SavedState {
  /// What became of a saved tensor.
  public enum Status: Sendable, Hashable {
    /// It is as it was saved.
    case intact
    /// Its version has moved on: backward will raise.
    case versionMoved
    /// Its elements changed and its version did not: the gradient will be wrong, and PyTorch says nothing.
    case silentlyChanged
    /// It was dropped after backward.
    case released
    /// It is as it was saved, and a backward pass took it out.
    case used

    /// Whether a backward pass that needs it goes wrong.
    public var isBroken: Bool { self == .versionMoved || self == .silentlyChanged }
  }
}
