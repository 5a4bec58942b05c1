/// What a differentiable view knows of its origin.
///
/// All views of a tensor hang off the root: the base of a view of a view is never a view itself.
/// See <doc:Views>.
public final class ViewInfo {
  /// The tensor at the root.
  public let base: Tensor

  /// How the view came to be, which decides whether it may be written.
  public internal(set) var creationMeta: CreationMeta

  /// The version at which ``Tensor/storedGradFn`` was right.
  public internal(set) var attrVersion: Int

  init(base: Tensor, creationMeta: CreationMeta, attrVersion: Int) {
    self.base = base
    self.creationMeta = creationMeta
    self.attrVersion = attrVersion
  }
}

/// How a view came to be, PyTorch's `CreationMeta`.
public enum CreationMeta: Sendable, Hashable {
  /// An ordinary view.
  case `default`
  /// Made inside a custom Function, or an input that it returned.
  case inCustomFunction
  /// One of several outputs of one node.
  case multiOutputNode
  /// Made while grad mode was off.
  case noGradMode
  /// Made in inference mode.
  case inferenceMode

  /// The origin of a view of a view: the latest that is not ordinary.
  func propagated(from earlier: CreationMeta) -> CreationMeta {
    self == .default ? earlier : self
  }
}
