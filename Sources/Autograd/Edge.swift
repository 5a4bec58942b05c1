/// An input of a node: where a gradient flows to.
public struct Edge {
  /// The node that takes the gradient; nil where none is wanted.
  public internal(set) var function: Node?

  /// The input of that node, hence the number of the output of its forward call.
  public let inputNr: Int

  /// Creates an edge to an input of a node.
  public init(_ function: Node?, _ inputNr: Int = 0) {
    self.function = function
    self.inputNr = inputNr
  }

  /// Whether the edge leads to a node.
  public var isValid: Bool { function != nil }
}

/// What a node knows of the gradient it takes: that of an output of its forward call.
public struct InputMetadata {
  /// The sizes of the forward output, hence of the gradient.
  public let sizes: [Int]

  /// The type that the gradient is cast to; nil lets any type pass.
  public let dtype: DType?

  /// Whether the forward output was undefined or is no tensor; its gradient is never defined.
  public var isValid: Bool = true
}
