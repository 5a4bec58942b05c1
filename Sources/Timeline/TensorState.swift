public import Autograd

/// A tensor at one moment.
public struct TensorState: Sendable, Equatable, Identifiable {
  /// Which tensor it is.
  public let id: TensorID
  /// Whether the program can still reach it; a dead one keeps its last state.
  public let isAlive: Bool
  /// The names bound to it now, innermost frame last.
  public let names: [Binding]
  /// The type of the elements and how they lie in the storage.
  public let geometry: Geometry
  /// The memory that it lives in.
  public let storage: StorageID
  /// The version counter that it shares with its base, its views and what `detach()` returned; nil for an inference tensor.
  public let versionCounter: VersionCounterID?
  /// The version; nil for an inference tensor, which has none.
  public let version: Int?
  /// Whether gradients flow to or through it.
  public let requiresGrad: Bool
  /// Whether its gradient is kept although it is no leaf.
  public let retainsGrad: Bool
  /// Whether it was made in inference mode.
  public let isInference: Bool
  /// Whether it is a differentiable view of another tensor.
  public let isView: Bool
  /// The tensor at the root of the views.
  public let base: TensorID?
  /// The node that made it.
  public let gradFn: GradFn
  /// The gradient.
  public let grad: TensorID?
  /// The step that created it, or that showed it first.
  public let createdAt: Int
  /// The elements.
  public let values: TensorValues
}

extension TensorState {
  /// The type of the elements.
  public var dtype: DType { geometry.dtype }

  /// Number of elements in every dimension.
  public var sizes: [Int] { geometry.sizes }

  /// Distance of neighbours in every dimension, in elements.
  public var strides: [Int] { geometry.strides }

  /// The first element's place in the storage, in elements.
  public var storageOffset: Int { geometry.storageOffset }

  /// Whether it is a leaf: it requires no grad, or no operation made it.
  public var isLeaf: Bool {
    guard requiresGrad else { return true }
    return gradFn == .none
  }

  /// The name to call it by: the first name bound to it, else its identity.
  public var label: String { names.first?.name ?? id.description }
}

/// What a tensor's `grad_fn` is.
public enum GradFn: Sendable, Hashable {
  /// `None`: a leaf.
  case none
  /// A node, and which of its outputs the tensor is.
  case node(NodeID, outputNr: Int)
  /// The tensor is a view whose base was written since; reading `grad_fn` makes a node anew.
  case outdated(NodeID?)
  /// Reading it raises, with this message.
  case invalid(String)

  /// The node, also one that is out of date.
  public var node: NodeID? {
    switch self {
    case .node(let node, _): node
    case .outdated(let node): node
    case .none, .invalid: nil
    }
  }
}
