extension Session {
  /// The grad_fn of a tensor, made anew for a view whose base or sibling was written.
  ///
  /// - Throws: If the base of a view that may not be written was.
  @inline(__always)
  public func gradFn(of tensor: Tensor) throws(AutogradError) -> Node? {
    guard let view = tensor.viewInfo else { return tensor.storedGradFn }
    return try gradFn(ofView: tensor, view)
  }

  private func gradFn(ofView tensor: Tensor, _ view: ViewInfo) throws(AutogradError) -> Node? {
    if tensor.storedGradFn == nil && !view.base.requiresGrad { return nil }
    let version = tensor.version
    if version == view.attrVersion { return tensor.storedGradFn }
    try checkViewMayBeWritten(tensor, view, indirect: true)
    let old = tensor.storedGradFn
    let node = FormulaNode(
      .asStrided,
      AsStrided.values(base: view.base, tensor),
      id: makeNodeID(),
      sequenceNr: makeSequenceNr()
    )
    node.edges = ShortList(try gradientEdge(of: view.base))
    node.addInputMetadata(tensor)
    created(node)
    tensor.storedGradFn = node
    tensor.outputNr = 0
    view.attrVersion = version
    moveHooks(tensor, from: old, to: node)
    if isObserved, let observer {
      observer.gradFnChanged(tensor, from: old, to: node, cause: .regenerated)
    }
    return node
  }

  /// Whether a tensor has no grad_fn, Python's `is_leaf`.
  ///
  /// - Throws: As ``gradFn(of:)``.
  public func isLeaf(_ tensor: Tensor) throws(AutogradError) -> Bool {
    try gradFn(of: tensor) == nil
  }

  /// Where the gradient of a tensor goes: to its grad_fn, or to the accumulator of a leaf.
  ///
  /// - Throws: As ``gradFn(of:)``.
  @inline(__always)
  public func gradientEdge(of tensor: Tensor) throws(AutogradError) -> Edge {
    if let node = try gradFn(of: tensor) { return Edge(node, tensor.outputNr) }
    if !tensor.requiresGradFlag { return Edge(nil) }
    return Edge(gradAccumulator(of: tensor))
  }

  /// The accumulator of a leaf that requires grad.
  func gradAccumulator(of tensor: Tensor) -> AccumulateGrad {
    let meta = tensor.materializeMeta()
    if let existing = meta.gradAccumulator { return existing }
    let node = AccumulateGrad(variable: tensor, id: makeNodeID())
    switch meta.gradDType {
    case .own: node.metadata = ShortList(InputMetadata(sizes: tensor.sizes, dtype: tensor.dtype))
    case .any: node.metadata = ShortList(InputMetadata(sizes: tensor.sizes, dtype: nil))
    case .only(let dtype):
      node.metadata = ShortList(InputMetadata(sizes: tensor.sizes, dtype: dtype))
    }
    meta.gradAccumulator = node
    if isObserved, let observer { observer.nodeCreated(node) }
    return node
  }

  /// Makes a tensor an output of a node.
  func setGradientEdge(_ tensor: Tensor, _ node: Node?, _ outputNr: Int) {
    tensor.storedGradFn = node
    tensor.outputNr = outputNr
    if let view = tensor.viewInfo { view.attrVersion = tensor.version }
  }

  /// Makes a fresh tensor an output of a node, which learns of its shape.
  @inline(__always)
  func setHistory(_ tensor: Tensor, _ node: Node) {
    let outputNr = node.addInputMetadata(tensor)
    setGradientEdge(tensor, node, outputNr)
    if isObserved, let observer {
      observer.gradFnChanged(tensor, from: nil, to: node, cause: .created)
    }
  }

  /// Makes a tensor that was written in place an output of the node of the write.
  ///
  /// A view's base becomes the output of a ``CopySlices`` around the node, and the view's grad_fn is
  /// made anew. See <doc:Views>.
  func rebaseHistory(_ tensor: Tensor, _ node: Node) throws(AutogradError) {
    let outputNr = node.addInputMetadata(tensor)
    try rebaseHistory(tensor, node, outputNr)
  }

  /// As above, for a node that knows the tensor's shape already.
  func rebaseHistory(_ tensor: Tensor, _ node: Node, _ outputNr: Int) throws(AutogradError) {
    if let view = tensor.viewInfo {
      guard node.inputCount == 1 else {
        throw .runtime("Functions which modify views in-place must return a single Variable")
      }
      tensor.outputNr = outputNr
      let base = view.base
      let old = try gradFn(of: base)
      let slices = CopySlices(
        base: base,
        view: tensor,
        function: node,
        id: makeNodeID(),
        sequenceNr: makeSequenceNr()
      )
      slices.edges = ShortList(try gradientEdge(of: base))
      for index in node.edges.indices where index > 0 { slices.edges.append(node.edges[index]) }
      slices.addInputMetadata(base)
      created(slices)
      if tensor.requiresGrad { moveHooks(base, from: old, to: slices) }
      setGradientEdge(base, slices, 0)
      if isObserved, let observer {
        observer.gradFnChanged(base, from: old, to: slices, cause: .rebasedThroughView)
      }
      _ = try gradFn(of: tensor)
      return
    }
    let old = tensor.storedGradFn
    let oldOutputNr = tensor.outputNr
    setGradientEdge(tensor, node, outputNr)
    moveHooks(tensor, from: old, oldOutputNr, to: node)
    if isObserved, let observer {
      observer.gradFnChanged(tensor, from: old, to: node, cause: .rebased)
    }
  }

  /// Leaves the hooks of a tensor with its old grad_fn, but takes the wish to retain the gradient along.
  private func moveHooks(
    _ tensor: Tensor,
    from old: Node?,
    _ oldOutputNr: Int = 0,
    to new: Node
  ) {
    guard let meta = tensor.meta else { return }
    meta.hooks = nil
    if meta.retainsGrad, let hook = old?.hooks?.retainsGrad.removeValue(forKey: oldOutputNr) {
      new.materializeHooks().retainsGrad[tensor.outputNr] = hook
    }
  }

  /// Throws if a view came to be in a way that forbids writing it.
  func checkViewMayBeWritten(
    _ tensor: Tensor,
    _ view: ViewInfo,
    indirect: Bool
  ) throws(AutogradError) {
    if view.creationMeta == .default { return }
    throw .runtime(
      Message.viewInPlace(
        view.creationMeta,
        output: tensor.storedGradFn.map { (tensor.outputNr, $0.forwardName) },
        indirect: indirect
      )
    )
  }

  @inline(__always)
  func makeNodeID() -> Int {
    nextNodeID &+= 1
    return nextNodeID
  }

  @inline(__always)
  func makeSequenceNr() -> UInt64 {
    defer { nextSequenceNr &+= 1 }
    return nextSequenceNr
  }

  /// Tells of a node that has its edges.
  @inline(__always)
  func created(_ node: Node) {
    if anomalyMode, let forwardTracer { node.forwardTrace = forwardTracer() }
    if isObserved, let observer { observer.nodeCreated(node) }
  }
}

extension Session {
  /// An alias that shares storage and version but has no history.
  func tensorData(_ tensor: Tensor) -> Tensor {
    let alias = makeAlias(tensor)
    if !tensor.isInference { alias.versionCounter = tensor.materializeVersionCounter() }
    return alias
  }

  /// An alias that shares storage and version and has a history of its own.
  func alias(_ tensor: Tensor, gradFn: Node?, outputNr: Int, requiresGrad: Bool) -> Tensor {
    let alias = tensorData(tensor)
    alias.storedGradFn = gradFn
    alias.outputNr = outputNr
    alias.requiresGradFlag = requiresGrad
    return alias
  }

  /// Moves the version of a tensor and of all that share it.
  ///
  /// - Throws: If it is an inference tensor and inference mode is off.
  @inline(__always)
  func bumpVersion(_ tensor: Tensor) throws(AutogradError) {
    if tensor.isInference {
      if inferenceMode { return }
      throw .runtime(Message.inferenceInPlace)
    }
    let counter = tensor.materializeVersionCounter()
    counter.current &+= 1
    if isObserved, let observer {
      observer.versionBumped(tensor, from: counter.current - 1, to: counter.current)
    }
  }

  /// Throws if a tensor may not be written in place by an operation that is recorded.
  @inline(__always)
  func checkInPlace(_ tensor: Tensor, recorded: Bool) throws(AutogradError) {
    if recorded { try checkRecordedWrite(tensor) }
  }

  private func checkRecordedWrite(_ tensor: Tensor) throws(AutogradError) {
    if let view = tensor.viewInfo {
      try checkViewMayBeWritten(tensor, view, indirect: false)
      let isBaseLeaf = try isLeaf(view.base)
      if tensor.requiresGrad && isBaseLeaf { throw .runtime(Message.viewOfLeafInPlace) }
    }
    let isLeaf = try isLeaf(tensor)
    if tensor.requiresGrad && isLeaf { throw .runtime(Message.leafInPlace) }
  }
}
