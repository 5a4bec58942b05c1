/// The node of a leaf: it adds what arrives to the leaf's grad.
///
/// One exists for a leaf as long as some graph holds it; the leaf refers to it weakly.
public final class AccumulateGrad: Node {
  /// The leaf.
  public let variable: Tensor

  init(variable: Tensor, id: Int) {
    self.variable = variable
    super.init(id: id, sequenceNr: .max)
  }

  deinit {
    variable.meta?.forget(self)
  }

  /// `torch::autograd::AccumulateGrad`.
  public override var name: String { "torch::autograd::AccumulateGrad" }

  override func apply(
    _ gradients: inout ShortList<Tensor?>,
    _ session: Session
  ) throws(AutogradError) -> ShortList<Tensor?> {
    guard let gradient = gradients.take(0) else { return ShortList() }
    if try session.gradFn(of: variable) != nil {
      throw .runtime("leaf variable has been moved into the graph interior")
    }
    if !variable.requiresGrad { return ShortList() }
    // Moved, not copied: a gradient that nobody else holds is taken over.
    try accumulate(consume gradient, session)
    if let hooks = variable.meta?.postAccumulateHooks {
      for hook in hooks.hooks {
        guard case .postAccumulate(let body) = hook.action else { continue }
        try body(variable)
        if session.isObserved, let observer = session.observer {
          observer.hookRan(hook, tensor: variable, node: self)
        }
      }
    }
    return ShortList()
  }

  /// Takes the gradient over, copies it or adds it, as accumulate_grad.h does.
  private func accumulate(
    _ gradient: consuming Tensor,
    _ session: Session
  ) throws(AutogradError) {
    let meta = variable.materializeMeta()
    let old = meta.grad
    let new: Tensor
    if let old {
      new =
        session.gradMode
        ? try session.add(old, .tensor(gradient)) : try session.addInPlaceUnrecorded(old, gradient)
    } else if !session.gradMode && isKnownUniquelyReferenced(&gradient)
      && obeysLayoutContract(gradient)
    {
      new =
        gradient.viewInfo == nil && gradient.storedGradFn == nil && !gradient.requiresGradFlag
        ? gradient : try session.detachSilently(gradient)
    } else {
      new = try cloneObeyingContract(gradient, session)
    }
    meta.grad = new
    if session.isObserved, let observer = session.observer {
      observer.gradientAccumulated(variable, old: old, new: new, retained: false)
    }
  }

  /// A dense leaf wants its own strides, any other rows.
  private func obeysLayoutContract(_ gradient: Tensor) -> Bool {
    guard variable.isNonOverlappingAndDense else { return gradient.isContiguous }
    if variable.isContiguous && gradient.isContiguous { return true }
    for (index, size) in gradient.sizes.enumerated() where size != 1 {
      guard index < variable.dim, gradient.strides[index] == variable.strides[index] else {
        return false
      }
    }
    return true
  }

  private func cloneObeyingContract(
    _ gradient: Tensor,
    _ session: Session
  ) throws(AutogradError) -> Tensor {
    guard variable.isNonOverlappingAndDense else { return try session.cloneContiguous(gradient) }
    let copy = try session.emptyStrided(variable.sizes, variable.strides, gradient.dtype)
    return try session.copyInPlace(copy, gradient)
  }
}

/// The node that several roots hang on: it gives the gradients that backward was called with.
final class GraphRoot: Node {
  private var gradients: [Tensor?]

  init(gradients: [Tensor?], id: Int, sequenceNr: UInt64) {
    self.gradients = gradients
    super.init(id: id, sequenceNr: sequenceNr)
  }

  override var name: String { "GraphRoot" }

  override func apply(
    _ incoming: inout ShortList<Tensor?>,
    _ session: Session
  ) throws(AutogradError) -> ShortList<Tensor?> {
    ShortList(gradients)
  }
}

/// A node whose backward always fails, such as the derivative that is not there.
public final class ErrorNode: Node {
  private let ownName: String
  private let error: AutogradError

  init(_ name: String, _ error: AutogradError, id: Int, sequenceNr: UInt64) {
    ownName = name
    self.error = error
    super.init(id: id, sequenceNr: sequenceNr)
  }

  /// `torch::autograd::NotImplemented` or `torch::autograd::Error`.
  public override var name: String { ownName }

  override func apply(
    _ gradients: inout ShortList<Tensor?>,
    _ session: Session
  ) throws(AutogradError) -> ShortList<Tensor?> {
    throw error
  }
}
