public import Autograd

// What the engine tells of backward passes.
extension Recorder {
  /// Begins a pass.
  public func backwardBegan(_ pass: BackwardPass) {
    begin(.backwardBegan(pass.id))
    let roots = pass.roots.map { sync($0) }
    builder.setOperands(inputs: roots, outputs: [])
    builder.beginBackward(
      BackwardState(
        pass: pass.id,
        roots: roots,
        keepsGraph: pass.keepGraph,
        createsGraph: pass.createGraph,
        accumulates: pass.accumulates
      )
    )
    builder.mark(.backward)
    for (root, gradient) in zip(pass.roots, pass.gradients) {
      let gradient = id(of: gradient)
      if let node = root.storedGradFn {
        builder.wait(gradient, for: NodeEdge(id(of: node), root.outputNr))
      } else if let node = root.gradAccumulator {
        builder.wait(gradient, for: NodeEdge(id(of: node)))
      }
    }
    passes.append(RecordedPass(id: pass.id, depth: script?.callDepth ?? 0))
  }

  /// Ends a pass; one that failed stays in view until the next step.
  public func backwardEnded(_ pass: BackwardPass, error: AutogradError?) {
    guard let error else {
      passes.removeLast()
      begin(.backwardEnded(pass.id), marks: .backward)
      builder.endBackward()
      return
    }
    if let last = passes.last, last.node != nil, !last.hasInnerSteps {
      builder.setKind(.error)
    } else {
      begin(.error)
    }
    raise(error)
    passes.removeLast()
    failedPasses += 1
    failedSaved = nil
  }

  /// Begins the step of a node.
  public func nodeWillApply(_ node: Node, gradients: [Tensor?]) {
    guard !passes.isEmpty else { return }
    passes[passes.count - 1].node = nil
    let id = id(of: node)
    begin(.nodeApplied(id))
    builder.apply(id, to: gradients.map { $0.map { self.id(of: $0) } })
    passes[passes.count - 1].node = id
    passes[passes.count - 1].hasInnerSteps = false
  }

  /// Completes the step of a node.
  public func nodeApplied(_ node: Node, gradients: [Tensor?]) {
    guard let pass = passes.last else { return }
    let id = id(of: node)
    if pass.hasInnerSteps { begin(.nodeApplied(id)) }
    let outgoing = gradients.map { $0.map { self.id(of: $0) } }
    builder.give(outgoing)
    for (edge, gradient) in zip(node.nextEdges, outgoing) {
      if let gradient, let next = edge.function {
        builder.wait(gradient, for: NodeEdge(self.id(of: next), edge.inputNr))
      }
    }
    settle()
    savedResults.removeAll(keepingCapacity: true)
    passes[passes.count - 1].node = nil
    failedSaved = nil
  }

  /// Records the gradient of a leaf; it is what the step of an accumulator is about.
  public func gradientAccumulated(_ tensor: Tensor, old: Tensor?, new: Tensor?, retained: Bool) {
    let id = sync(tensor)
    builder.setGrad(of: id, to: new.map { self.id(of: $0) })
    if retained { return }
    if let pass = passes.last, pass.node != nil, !pass.hasInnerSteps {
      builder.setKind(.accumulated(id))
    }
    builder.setOperands(
      inputs: builder.now.passes.last?.current.incoming.compactMap { $0 } ?? [],
      outputs: [id]
    )
    builder.mark(.accumulated)
  }

  /// Notes that a saved tensor was taken out.
  public func variableUnpacked(_ node: Node, index: Int, variable: SavedVariable) {
    builder.use(index, of: id(of: node))
  }

  /// Remembers which saved tensor could not be taken out.
  public func unpackFailed(
    _ node: Node,
    index: Int,
    variable: SavedVariable,
    error: AutogradError
  ) {
    failedSaved = SavedPlace(id(of: node), index)
  }

  /// Records that saved tensors were dropped.
  public func nodeReleased(_ node: Node) {
    builder.release(id(of: node))
    builder.mark(.released)
  }

  /// Records that a hook ran.
  public func hookRan(_ hook: Hook, tensor: Tensor?, node: Node?) {
    guard let pass = passes.last, !pass.hasInnerSteps else { return }
    builder.mark(.backward)
  }
}
