/// A backward pass in progress at one moment.
public struct BackwardState: Sendable, Hashable {
  /// The number of the pass in order of the calls, from 1.
  public let pass: Int
  /// The tensors that it started from.
  public let roots: [TensorID]
  /// Whether the saved tensors stay.
  public let keepsGraph: Bool
  /// Whether the pass itself is recorded.
  public let createsGraph: Bool
  /// Whether gradients go to `.grad`, as with `backward()`, not back to the caller, as with `torch.autograd.grad()`.
  public let accumulates: Bool
  /// The node being applied, or applied last.
  public var node: NodeID?
  /// The gradients that arrived at ``node``.
  public var incoming: [TensorID?] = []
  /// The gradients that ``node`` gave, one for each of its edges; empty until it has.
  public var outgoing: [TensorID?] = []
  /// The gradients that wait for nodes still to be applied, in the order of the nodes.
  public var waiting: [WaitingGradients] = []

  /// A pass that has not applied a node yet.
  public init(
    pass: Int,
    roots: [TensorID],
    keepsGraph: Bool = false,
    createsGraph: Bool = false,
    accumulates: Bool = true
  ) {
    self.pass = pass
    self.roots = roots
    self.keepsGraph = keepsGraph
    self.createsGraph = createsGraph
    self.accumulates = accumulates
  }
}

/// The gradients that wait for a node.
public struct WaitingGradients: Sendable, Hashable {
  /// The node.
  public let node: NodeID
  /// What arrived so far, by input.
  public var gradients: [Arrived]

  /// What arrived at an input of a node.
  public struct Arrived: Sendable, Hashable {
    /// The input of the node.
    public let inputNr: Int
    /// The gradient that arrived last.
    public let tensor: TensorID
    /// How many arrived; they are summed.
    public let count: Int

    /// What arrived at an input, from its parts.
    public init(inputNr: Int, tensor: TensorID, count: Int = 1) {
      self.inputNr = inputNr
      self.tensor = tensor
      self.count = count
    }
  }

  /// Gradients that wait for a node.
  public init(node: NodeID, gradients: [Arrived]) {
    self.node = node
    self.gradients = gradients
  }
}
