/// Whoever watches a session: told synchronously, with live objects, of everything that happens.
///
/// An observer copies what it needs at once and changes nothing. Every requirement has an empty
/// implementation. Events come in the order in which things happen: nodes and saved tensors of an
/// operation before ``operationFinished(_:)``.
public protocol Observer: AnyObject {
  /// An operation returned.
  func operationFinished(_ operation: Operation)
  /// An operation raised.
  func operationFailed(_ name: String, inputs: [Tensor], error: AutogradError)
  /// The version counter of a tensor and of all that share it moved.
  func versionBumped(_ tensor: Tensor, from old: Int, to new: Int)
  /// The bytes of a storage were written through a tensor.
  func storageWritten(_ storage: Storage, through tensor: Tensor)
  /// A node was made.
  func nodeCreated(_ node: Node)
  /// A node saved a tensor or a number.
  func variableSaved(_ node: Node, label: String, variable: SavedVariable)
  /// The grad_fn of a tensor changed.
  func gradFnChanged(_ tensor: Tensor, from old: Node?, to new: Node?, cause: GradFnChange)
  /// The flag of a tensor changed.
  func requiresGradChanged(_ tensor: Tensor, to value: Bool)
  /// A tensor was detached in place.
  func detachedInPlace(_ tensor: Tensor, from old: Node?)
  /// `.data` was read: an alias that shares the storage but no version.
  func dataRead(_ tensor: Tensor, alias: Tensor)
  /// `.data` was assigned: a tensor has another storage now.
  func dataAssigned(_ tensor: Tensor, from source: Tensor, oldStorage: Storage)
  /// `.grad` was assigned.
  func gradAssigned(_ tensor: Tensor, from old: Tensor?, to new: Tensor?)
  /// A backward pass begins.
  func backwardBegan(_ pass: BackwardPass)
  /// A backward pass ended, by an error if there is one; ``Session/currentNode`` is its place.
  func backwardEnded(_ pass: BackwardPass, error: AutogradError?)
  /// A node is about to be applied to gradients.
  func nodeWillApply(_ node: Node, gradients: [Tensor?])
  /// A node was applied.
  func nodeApplied(_ node: Node, gradients: [Tensor?])
  /// The gradient of a leaf, or of a tensor that retains its gradient, was set or added to.
  ///
  /// If the old and the new gradient are one tensor, it was added to in place.
  func gradientAccumulated(_ tensor: Tensor, old: Tensor?, new: Tensor?, retained: Bool)
  /// A node took a saved tensor out.
  func variableUnpacked(_ node: Node, index: Int, variable: SavedVariable)
  /// A node could not take a saved tensor out.
  func unpackFailed(_ node: Node, index: Int, variable: SavedVariable, error: AutogradError)
  /// A node dropped its saved tensors.
  func nodeReleased(_ node: Node)
  /// A hook ran on a tensor or a node.
  func hookRan(_ hook: Hook, tensor: Tensor?, node: Node?)
  /// A warning was given.
  func warned(_ warning: Session.Warning)
}

/// An operation that returned.
public struct Operation {
  /// The name, `mul` or `add_`.
  public let name: String
  /// The tensors that it was called with.
  public let inputs: [Tensor]
  /// The tensors that it returned; the written one for an operation in place.
  public let outputs: [Tensor]
  /// What it was called with beside tensors.
  public let attributes: [(label: String, value: AttributeValue)]
  /// The tensor that it wrote in place.
  public let target: Tensor?
  /// The tensor that its outputs are views or aliases of.
  public let viewOf: Tensor?

  init(
    _ name: String,
    inputs: [Tensor],
    outputs: [Tensor],
    attributes: [(label: String, value: AttributeValue)] = [],
    target: Tensor? = nil,
    viewOf: Tensor? = nil
  ) {
    self.name = name
    self.inputs = inputs
    self.outputs = outputs
    self.attributes = attributes
    self.target = target
    self.viewOf = viewOf
  }
}

/// Why the grad_fn of a tensor changed.
public enum GradFnChange: Sendable, Hashable {
  /// The tensor is new.
  case created
  /// The tensor was written in place.
  case rebased
  /// The tensor is the base of a view that was written in place.
  case rebasedThroughView
  /// The tensor is a view whose base or sibling was written.
  case regenerated
  /// The tensor was detached in place.
  case detached
}

/// A call of `backward()` or `torch.autograd.grad()`.
public struct BackwardPass {
  /// The number in order of the calls, from 1.
  public let id: Int
  /// The tensors that backward started from.
  public let roots: [Tensor]
  /// The gradients given for them, or made.
  public let gradients: [Tensor]
  /// Whether the saved tensors stay.
  public let keepGraph: Bool
  /// Whether the pass itself is recorded.
  public let createGraph: Bool
  /// The tensors that gradients are wanted for; empty for all leaves.
  public let inputs: [Tensor]
  /// Whether gradients go to `.grad`, not back to the caller.
  public let accumulates: Bool
  /// How many passes this one runs inside.
  public let depth: Int
}

extension Observer {
  /// Does nothing.
  public func operationFinished(_ operation: Operation) {}
  /// Does nothing.
  public func operationFailed(_ name: String, inputs: [Tensor], error: AutogradError) {}
  /// Does nothing.
  public func versionBumped(_ tensor: Tensor, from old: Int, to new: Int) {}
  /// Does nothing.
  public func storageWritten(_ storage: Storage, through tensor: Tensor) {}
  /// Does nothing.
  public func nodeCreated(_ node: Node) {}
  /// Does nothing.
  public func variableSaved(_ node: Node, label: String, variable: SavedVariable) {}
  /// Does nothing.
  public func gradFnChanged(_ tensor: Tensor, from old: Node?, to new: Node?, cause: GradFnChange) {
  }
  /// Does nothing.
  public func requiresGradChanged(_ tensor: Tensor, to value: Bool) {}
  /// Does nothing.
  public func detachedInPlace(_ tensor: Tensor, from old: Node?) {}
  /// Does nothing.
  public func dataRead(_ tensor: Tensor, alias: Tensor) {}
  /// Does nothing.
  public func dataAssigned(_ tensor: Tensor, from source: Tensor, oldStorage: Storage) {}
  /// Does nothing.
  public func gradAssigned(_ tensor: Tensor, from old: Tensor?, to new: Tensor?) {}
  /// Does nothing.
  public func backwardBegan(_ pass: BackwardPass) {}
  /// Does nothing.
  public func backwardEnded(_ pass: BackwardPass, error: AutogradError?) {}
  /// Does nothing.
  public func nodeWillApply(_ node: Node, gradients: [Tensor?]) {}
  /// Does nothing.
  public func nodeApplied(_ node: Node, gradients: [Tensor?]) {}
  /// Does nothing.
  public func gradientAccumulated(_ tensor: Tensor, old: Tensor?, new: Tensor?, retained: Bool) {}
  /// Does nothing.
  public func variableUnpacked(_ node: Node, index: Int, variable: SavedVariable) {}
  /// Does nothing.
  public func unpackFailed(
    _ node: Node,
    index: Int,
    variable: SavedVariable,
    error: AutogradError
  ) {}
  /// Does nothing.
  public func nodeReleased(_ node: Node) {}
  /// Does nothing.
  public func hookRan(_ hook: Hook, tensor: Tensor?, node: Node?) {}
  /// Does nothing.
  public func warned(_ warning: Session.Warning) {}
}
