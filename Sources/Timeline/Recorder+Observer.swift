public import Autograd

// What the engine tells.
extension Recorder: Observer {
  /// Completes the step of an operation.
  public func operationFinished(_ operation: Operation) {
    if isApplyingNode {
      for tensor in operation.outputs { adopt(tensor) }
      return
    }
    open()
    builder.beginOperands()
    for tensor in operation.inputs { builder.addInput(sync(tensor)) }
    for tensor in operation.outputs {
      let id = sync(tensor)
      builder.addOutput(id)
      adopt(tensor)
    }
    savedResults.removeAll(keepingCapacity: true)
    if let base = operation.viewOf { sync(base) }
    switch operation.name {
    case "detach": close(.detach(inPlace: false), marks: .detach)
    case "detach_": close(.detach(inPlace: true), marks: .detach)
    default: close(.operation(operation.name))
    }
  }

  /// A saved result whose tensor was not known belongs to an output.
  private func adopt(_ tensor: Tensor) {
    if savedResults.isEmpty { return }
    let storage = id(of: tensor.storage)
    for place in savedResults
    where builder.now.nodeTable[place.node.index].saved[place.index].reference?.storage == storage {
      builder.setTensor(id(of: tensor), of: place)
    }
  }

  /// Records an operation that raised.
  public func operationFailed(_ name: String, inputs: [Tensor], error: AutogradError) {
    if isApplyingNode { return }
    open()
    builder.beginOperands()
    for tensor in inputs { builder.addInput(sync(tensor)) }
    close(.error)
    raise(error)
  }

  /// Notes that a version moved.
  public func versionBumped(_ tensor: Tensor, from old: Int, to new: Int) {
    open()
    let id = id(of: tensor)
    guard let counter = self.id(of: tensor.versionCounter, firstSeenAt: old) else { return }
    builder.setCounter(of: id, to: counter)
    builder.setVersion(counter, to: new)
    disturbed.append(self.id(of: tensor.storage))
    if !isApplyingNode { builder.mark(.versionBump) }
  }

  /// Notes that bytes are about to be written.
  public func storageWritten(_ storage: Storage, through tensor: Tensor) {
    open()
    let id = id(of: storage)
    if !written.contains(where: { $0 === storage }) { written.append(storage) }
    let writer = self.id(of: tensor)
    if builder.isCountedElsewhere(id, than: writer) {
      builder.mark(.uncountedWrite)
    }
  }

  /// Records a node.
  public func nodeCreated(_ node: Node) {
    open()
    _ = id(of: node)
  }

  /// Records what a node saved.
  public func variableSaved(_ node: Node, label: String, variable: SavedVariable) {
    open()
    let node = id(of: node)
    guard let tensor = variable.tensor else {
      builder.save(variable.number, as: label, by: node)
      return
    }
    let place = SavedPlace(node, builder.now.nodeTable[node.index].saved.count)
    let storage = id(of: tensor.storage)
    // A saved result is an alias of its own; the tensor that people know comes with the operation's end.
    let isAlias = variable.isResult && tensor.note == nil
    let known = isAlias ? nil : id(of: tensor)
    builder.add(
      SavedRecord(
        label: label,
        tensor: known,
        reference: SavedRecord.Reference(
          counter: id(of: tensor.versionCounter),
          storage: storage,
          content: builder.content(of: storage, tensor.storage),
          geometry: Geometry(tensor)
        ),
        savedVersion: variable.savedVersion,
        savedWrites: variable.savedWrites
      ),
      to: node
    )
    if isAlias { savedResults.append(place) }
    savers.add(place, on: storage)
  }

  /// Records a new grad_fn.
  public func gradFnChanged(
    _ tensor: Tensor,
    from old: Node?,
    to new: Node?,
    cause: GradFnChange
  ) {
    if cause == .created && tensor.note == nil { return }
    open()
    sync(tensor)
  }

  /// Records a flag that was set.
  public func requiresGradChanged(_ tensor: Tensor, to value: Bool) {
    // `torch.tensor(…, requires_grad=True)` makes and flags in one.
    if !isOpen, builder.isCreation(of: id(of: tensor)) {
      sync(tensor)
      return
    }
    record(.flagChanged("requires_grad"), of: tensor)
  }

  /// Records `detach_()`.
  public func detachedInPlace(_ tensor: Tensor, from old: Node?) {
    record(.detach(inPlace: true), of: tensor, marks: .detach)
  }

  /// Records a read of `.data`.
  public func dataRead(_ tensor: Tensor, alias: Tensor) {
    if isApplyingNode { return }
    open()
    builder.setOperands(inputs: [sync(tensor)], outputs: [sync(alias)])
    close(.dataRead, marks: .detach)
  }

  /// Records an assignment to `.data`.
  public func dataAssigned(_ tensor: Tensor, from source: Tensor, oldStorage: Storage) {
    if isApplyingNode { return }
    open()
    builder.setOperands(inputs: [sync(source)], outputs: [sync(tensor)])
    close(.dataAssigned, marks: .uncountedWrite)
  }

  /// Records an assignment to `.grad`.
  public func gradAssigned(_ tensor: Tensor, from old: Tensor?, to new: Tensor?) {
    if isApplyingNode { return }
    open()
    builder.setOperands(inputs: new.map { [sync($0)] } ?? [], outputs: [sync(tensor)])
    close(.gradAssigned)
  }

  private func record(_ kind: Step.Kind, of tensor: Tensor, marks: Step.Marks = []) {
    if isApplyingNode {
      sync(tensor)
      return
    }
    open()
    let id = sync(tensor)
    builder.setOperands(inputs: [id], outputs: [id])
    close(kind, marks: marks)
  }

  /// Puts an error of the engine into the present step.
  func raise(_ error: AutogradError) {
    builder.raise(
      ScriptError(
        type: error.kind.exception,
        message: error.message,
        place: script?.place ?? statements.last?.place,
        node: passes.last?.node,
        saved: failedSaved.flatMap { $0.node == passes.last?.node ? $0.index : nil }
      )
    )
  }
}

extension AutogradError.Kind {
  /// The exception that Python sees.
  var exception: String {
    switch self {
    case .runtime: "RuntimeError"
    case .type: "TypeError"
    case .value: "ValueError"
    case .index: "IndexError"
    case .notImplemented: "NotImplementedError"
    case .linAlg: "torch.linalg.LinAlgError"
    case .memory: "MemoryError"
    case .interrupted: "KeyboardInterrupt"
    case .raisedOutside: "Exception"
    }
  }
}
