/// A hook: a closure of the language side with the name that messages use.
public final class Hook {
  /// What a hook is called with and may return.
  public enum Action {
    /// On a tensor: the gradient in, a replacement or nil out.
    case tensor((Tensor?) throws(AutogradError) -> Tensor?)
    /// On a leaf after accumulation: the leaf.
    case postAccumulate((Tensor) throws(AutogradError) -> Void)
    /// Before a node: its incoming gradients; a replacement or nil.
    case pre(([Tensor?]) throws(AutogradError) -> [Tensor?]?)
    /// After a node: its outgoing and incoming gradients; a replacement of the outgoing or nil.
    case post(([Tensor?], [Tensor?]) throws(AutogradError) -> [Tensor?]?)
  }

  /// The name of the callable, `<lambda>`.
  public let name: String

  /// What it does.
  let action: Action

  /// Creates a hook.
  public init(name: String, _ action: Action) {
    self.name = name
    self.action = action
  }
}

/// Hooks in the order of registration, shared by a tensor and the node that calls them.
public final class HookList {
  /// The hooks.
  public internal(set) var hooks: [Hook] = []

  init() {}

  /// Takes a hook out; one that is not there is ignored, as `RemovableHandle.remove()` does.
  public func remove(_ hook: Hook) {
    hooks.removeAll { $0 === hook }
  }
}

/// The hooks of a node.
final class NodeHooks {
  /// Hooks of the tensors that this node made, by output number.
  var tensorPreHooks: [(outputNr: Int, list: HookList)] = []

  /// Tensors that keep their gradient, by output number; weak, since the tensor holds the node.
  var retainsGrad: [Int: RetainsGradHook] = [:]

  /// Before the node.
  let preHooks = HookList()

  /// After the node.
  let postHooks = HookList()
}

/// The hook that `retain_grad()` makes: the gradient of an output goes into a tensor's grad.
final class RetainsGradHook {
  weak var tensor: Tensor?

  init(tensor: Tensor) {
    self.tensor = tensor
  }
}
