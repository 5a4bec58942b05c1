/// The backward side of a custom Function, which the language provides.
public protocol FunctionImplementation: AnyObject {
  /// The gradients of the forward arguments, those that are no tensors included.
  ///
  /// - Throws: An error of kind ``AutogradError/Kind/raisedOutside`` if the language raised.
  func backward(
    _ gradients: [Tensor?],
    _ node: FunctionNode,
    _ session: Session
  ) throws(AutogradError) -> [Tensor?]
}

/// The node of a custom Function, PyTorch's `PyNode`.
public final class FunctionNode: Node {
  private let ownName: String

  /// The Function, kept alive by the node.
  public let implementation: any FunctionImplementation

  /// For every forward argument, whether it is a tensor; the others have no edge.
  public let isTensorInput: [Bool]

  /// For every forward argument, whether its gradient is wanted.
  public let needsInputGrad: [Bool]

  /// Whether the call is recorded: grad mode is on and an argument requires grad.
  public let isExecutable: Bool

  /// Whether an undefined gradient comes as zeros, `set_materialize_grads`.
  public var materializesGrads = true

  /// The shapes of the forward outputs; nil for one that is no tensor.
  var outputs: [InputMetadata?] = []

  init(
    _ name: String,
    _ implementation: any FunctionImplementation,
    inputs: [Tensor?],
    isExecutable: Bool,
    id: Int,
    sequenceNr: UInt64
  ) {
    ownName = name
    self.implementation = implementation
    isTensorInput = inputs.map { $0 != nil }
    needsInputGrad = inputs.map { $0?.requiresGrad ?? false }
    self.isExecutable = isExecutable
    super.init(id: id, sequenceNr: sequenceNr)
  }

  /// The name of the class with `Backward`.
  public override var name: String { ownName }

  /// All saved tensors have one label.
  public override var savedLabels: [String] {
    Array(repeating: "saved_tensors", count: saved.count)
  }

  override func apply(
    _ gradients: inout ShortList<Tensor?>,
    _ session: Session
  ) throws(AutogradError) -> ShortList<Tensor?> {
    var arguments: [Tensor?] = []
    for index in outputs.indices {
      var gradient = index < gradients.count ? gradients[index] : nil
      if gradient == nil, materializesGrads, let output = outputs[index] {
        gradient = try session.full(output.sizes, .int(0), output.dtype ?? session.defaultDType)
      }
      arguments.append(gradient)
    }
    let results = try implementation.backward(arguments, self, session)
    let count = isTensorInput.count
    if results.count < count || results.dropFirst(count).contains(where: { $0 != nil }) {
      throw .runtime(
        "function \(ownName) returned an incorrect number of gradients (expected \(count), got "
          + "\(results.count))"
      )
    }
    var outputs = ShortList<Tensor?>()
    for index in 0..<count {
      if isTensorInput[index] {
        outputs.append(results[index])
      } else if results[index] != nil {
        throw .runtime(
          "function \(ownName) returned a gradient different from None at position \(index + 1), but "
            + "the corresponding forward input was not a Variable"
        )
      }
    }
    return outputs
  }
}

extension Session {
  /// Makes the node of a call of a custom Function, before its forward runs with grad mode off.
  ///
  /// - Parameters:
  ///   - name: The name of the class with `Backward`.
  ///   - implementation: The Function.
  ///   - inputs: The arguments of forward; nil for one that is no tensor.
  /// - Returns: The node.
  /// - Throws: If the grad_fn of an argument is invalid.
  public func beginFunction(
    _ name: String,
    _ implementation: any FunctionImplementation,
    inputs: [Tensor?]
  ) throws(AutogradError) -> FunctionNode {
    let isExecutable = isRecording && inputs.contains { $0?.requiresGrad ?? false }
    let node = FunctionNode(
      name,
      implementation,
      inputs: inputs,
      isExecutable: isExecutable,
      id: makeNodeID(),
      sequenceNr: makeSequenceNr()
    )
    if isExecutable {
      for input in inputs {
        guard let input else { continue }
        node.edges.append(input.requiresGrad ? try gradientEdge(of: input) : Edge(nil))
      }
      created(node)
    }
    return node
  }

  /// What forward of a custom Function left behind.
  public struct FunctionResults {
    /// What forward returned; nil for a value that is no tensor.
    public var outputs: [Tensor?]
    /// The tensors of `ctx.mark_non_differentiable`.
    public var nonDifferentiable: [Tensor] = []
    /// The tensors of `ctx.mark_dirty`.
    public var dirty: [Tensor] = []
    /// The tensors of `ctx.save_for_backward`; nil for `None`.
    public var toSave: [Tensor?] = []
    /// Whether the Function has `setup_context`.
    public var usesSetupContext = false
    /// Whether a returned view may be written in place, `ctx._is_pure_view`.
    public var isPureView = false

    /// Creates the results of a forward that did nothing but return.
    public init(outputs: [Tensor?]) {
      self.outputs = outputs
    }
  }

  /// Gives the outputs of a custom Function their history, as custom_function.cpp does.
  ///
  /// - Returns: The outputs; an argument returned as it is becomes a view of itself.
  /// - Throws: If a tensor was marked dirty that may not be written or was not returned.
  public func finishFunction(
    _ node: FunctionNode,
    inputs: [Tensor?],
    _ results: FunctionResults
  ) throws(AutogradError) -> [Tensor?] {
    try observing(node.name, inputs.compactMap { $0 }) { () throws(AutogradError) in
      let outputs = try wrapOutputs(node, inputs: inputs, results)
      if node.isExecutable {
        for tensor in results.toSave {
          guard let tensor else {
            node.saved.append(SavedVariable())
            continue
          }
          let isOutput = tensor.storedGradFn === node
          let variable = try SavedVariable(tensor, isOutput: isOutput, self)
          node.saved.append(variable)
          if isObserved, let observer {
            observer.variableSaved(node, label: "saved_tensors", variable: variable)
          }
        }
      }
      finished(node.name, inputs.compactMap { $0 }, outputs.compactMap { $0 })
      return outputs
    }
  }

  private func wrapOutputs(
    _ node: FunctionNode,
    inputs: [Tensor?],
    _ results: FunctionResults
  ) throws(AutogradError) -> [Tensor?] {
    func holds(_ list: [Tensor?], _ tensor: Tensor) -> Bool { list.contains { $0 === tensor } }
    var outputs: [Tensor?] = []
    var differentiableCount = 0
    for (index, raw) in results.outputs.enumerated() {
      guard let raw else {
        node.metadata.append(InputMetadata(sizes: [], dtype: nil, isValid: false))
        node.outputs.append(nil)
        outputs.append(nil)
        continue
      }
      let isInput = holds(inputs, raw)
      let isModified = holds(results.dirty, raw)
      let isDifferentiable =
        node.isExecutable && !holds(results.nonDifferentiable, raw) && raw.dtype.isFloatingPoint
      node.outputs.append(InputMetadata(sizes: raw.sizes, dtype: raw.dtype))
      if isDifferentiable {
        node.addInputMetadata(raw)
        differentiableCount += 1
      } else {
        node.metadata.append(InputMetadata(sizes: [], dtype: nil, isValid: false))
      }
      let output = try wrap(
        raw,
        node,
        index,
        isInput: isInput,
        isModified: isModified,
        isDifferentiable: isDifferentiable,
        results
      )
      if !(isInput && isModified), let view = output.viewInfo {
        view.creationMeta = results.isPureView ? creationMeta(.default) : .inCustomFunction
      }
      outputs.append(output)
    }
    if differentiableCount > 1 {
      for output in outputs { output?.viewInfo?.creationMeta = .multiOutputNode }
    }
    for dirty in results.dirty where !holds(results.outputs, dirty) {
      throw .runtime(
        "Some elements marked as dirty during the forward method were not returned as output. The inputs "
          + "that are modified inplace must all be outputs of the Function."
      )
    }
    return outputs
  }

  private func wrap(
    _ raw: Tensor,
    _ node: FunctionNode,
    _ index: Int,
    isInput: Bool,
    isModified: Bool,
    isDifferentiable: Bool,
    _ results: FunctionResults
  ) throws(AutogradError) -> Tensor {
    if !isDifferentiable {
      if !raw.requiresGrad {
        if isModified { try bumpVersion(raw) }
        return isInput && !isModified ? try viewOfSelf(raw) : raw
      }
      if isInput { return detach(raw) }
      return raw.isView ? raw : try detachInPlace(raw)
    }
    if isModified {
      let isLeaf = try isLeaf(raw)
      if isLeaf && raw.requiresGrad { throw .runtime(Message.leafUsedInPlace) }
      if !isInput {
        try warn(
          "ctx.mark_dirty() received a tensor that was not an input. Only input Tensors that have been "
            + "mutated should be passed to ctx.mark_dirty()."
        )
      }
      if raw.isView && results.outputs.count > 1 { throw .runtime(Message.dirtyView) }
      try checkInPlace(raw, recorded: true)
      try bumpVersion(raw)
      try rebaseHistory(raw, node, index)
      return raw
    }
    if isInput {
      if results.usesSetupContext, results.toSave.contains(where: { $0 === raw }) {
        throw .runtime(Message.savedInputReturned)
      }
      let view = try viewOfSelf(raw)
      setGradientEdge(view, node, index)
      if isObserved, let observer {
        observer.gradFnChanged(view, from: nil, to: node, cause: .created)
      }
      return view
    }
    setGradientEdge(raw, node, index)
    if isObserved, let observer {
      observer.gradFnChanged(raw, from: nil, to: node, cause: .created)
    }
    return raw
  }

  private func viewOfSelf(_ x: Tensor) throws(AutogradError) -> Tensor {
    try unrecorded { () throws(AutogradError) in try view(x, x.sizes) }
  }
}

extension Session {
  /// The tensors of `ctx.saved_tensors`.
  ///
  /// - Throws: If they were released or changed in place.
  public func savedTensors(_ node: FunctionNode) throws(AutogradError) -> [Tensor?] {
    var tensors: [Tensor?] = []
    for index in node.saved.indices {
      tensors.append(try node.saved[index].unpack(node, self))
    }
    return tensors
  }

  /// A saved tensor of any node as `_saved_…` shows it.
  ///
  /// - Throws: If it was released or changed in place.
  public func unpack(_ node: Node, _ index: Int) throws(AutogradError) -> Tensor? {
    try node.saved[index].unpack(node, self)
  }

  /// Registers hooks on one saved tensor, `_raw_saved_….register_hooks`.
  ///
  /// - Throws: If it has hooks, was released or is `None`.
  public func registerHooks(
    _ node: Node,
    _ index: Int,
    _ hooks: SavedVariableHooks
  ) throws(AutogradError) {
    var variable = node.saved[index]
    try variable.register(hooks, self)
    node.saved[index] = variable
  }
}
