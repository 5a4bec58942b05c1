package import Autograd
import Interpreter

// What can change, in the words of the engine; each is a change of the present step.
extension TimelineBuilder {
  /// A storage with its bytes.
  package func createStorage(_ buffer: Buffer, writes: Int = 0) -> StorageID {
    timeline.births.storages.append(
      StorageRecord(
        byteCount: buffer.byteCount,
        content: keep(buffer),
        writes: Int32(truncatingIfNeeded: writes)
      )
    )
    change(.storageCreated)
    return StorageID(now.storageTable.count)
  }

  /// A version counter.
  package func createCounter(version: Int = 0) -> VersionCounterID {
    change(.counterCreated(version: Int32(truncatingIfNeeded: version)))
    return VersionCounterID(now.counterTable.count)
  }

  /// A tensor, a leaf unless `gradFn` says otherwise.
  package func createTensor(
    _ geometry: Geometry,
    on storage: StorageID,
    counter: VersionCounterID?,
    requiresGrad: Bool = false,
    gradFn: GradFn = .none,
    base: TensorID? = nil,
    attrVersion: Int? = nil,
    isInference: Bool = false
  ) -> TensorID {
    var flags: TensorFlags = [.alive]
    if requiresGrad { flags.insert(.requiresGrad) }
    if isInference { flags.insert(.inference) }
    if base != nil { flags.insert(.view) }
    timeline.births.tensors.append(
      TensorRecord(
        geometry: geometry,
        storage: storage,
        counter: counter,
        gradFn: gradFn,
        base: base,
        grad: nil,
        flags: flags,
        attrVersion: attrVersion.map { Int32(truncatingIfNeeded: $0) },
        createdAt: Int32(truncatingIfNeeded: count - 1)
      )
    )
    change(.tensorCreated)
    let id = TensorID(now.tensorTable.count)
    change(.storageJoined(storage, id))
    return id
  }

  /// A backward node; its step tells where it was made.
  package func createNode(
    _ name: String,
    edges: [NodeEdge?],
    sequenceNr: Int?,
    variable: TensorID? = nil,
    attributes: [NodeAttribute] = []
  ) -> NodeID {
    let step = timeline.stepTable[count - 1]
    timeline.births.nodes.append(
      NodeRecord(
        name: name,
        edges: edges,
        sequenceNr: sequenceNr,
        variable: variable,
        saved: [],
        attributes: attributes,
        createdAt: Int32(truncatingIfNeeded: count - 1),
        callStack: step.callStack,
        loops: step.loops,
        line: step.place.map { Int32(truncatingIfNeeded: $0.statement.start.line) }
      )
    )
    change(.nodeCreated)
    return NodeID(now.nodeTable.count)
  }

  /// A tensor that a node saves as it is now.
  package func save(_ tensor: TensorID, as label: String, by node: NodeID) {
    let record = now.tensorTable[tensor.index]
    let storage = now.storageTable[record.storage.index]
    add(
      SavedRecord(
        label: label,
        tensor: tensor,
        reference: SavedRecord.Reference(
          counter: record.counter,
          storage: record.storage,
          content: storage.content,
          geometry: record.geometry
        ),
        savedVersion: record.counter.map { now.counterTable[$0.index] } ?? 0,
        savedWrites: storage.writes
      ),
      to: node
    )
  }

  /// A number that a node saves.
  package func save(_ number: Scalar?, as label: String, by node: NodeID) {
    add(SavedRecord(label: label, number: number.map(SavedNumber.init)), to: node)
  }

  /// A version that moved.
  package func setVersion(_ counter: VersionCounterID, to version: Int) {
    let old = now.counterTable[counter.index]
    let new = Int32(truncatingIfNeeded: version)
    if old != new { change(.version(counter, old: old, new: new)) }
  }

  /// New bytes of a storage and how often it was written by now.
  package func write(_ buffer: Buffer, to storage: StorageID, writes: Int) {
    let old = now.storageTable[storage.index]
    change(.storageContent(storage, old: old.content, new: keep(buffer)))
    let count = Int32(truncatingIfNeeded: writes)
    if old.writes != count { change(.storageWrites(storage, old: old.writes, new: count)) }
  }

  /// The grad_fn of a tensor, and for a view the version at which it is right.
  package func setGradFn(
    of tensor: TensorID,
    to gradFn: GradFn,
    attrVersion: Int? = nil
  ) {
    let record = now.tensorTable[tensor.index]
    let version = attrVersion.map { Int32(truncatingIfNeeded: $0) }
    if record.gradFn == gradFn && record.attrVersion == version { return }
    if record.createdAt == count - 1 {
      now.tensorTable[tensor.index].gradFn = gradFn
      now.tensorTable[tensor.index].attrVersion = version
      timeline.births.tensors[tensor.index].gradFn = gradFn
      timeline.births.tensors[tensor.index].attrVersion = version
    } else {
      change(
        .tensorGradFn(
          tensor,
          old: (record.gradFn, record.attrVersion),
          new: (gradFn, version)
        )
      )
    }
  }

  /// The version counter of a tensor, once it has one.
  package func setCounter(of tensor: TensorID, to counter: VersionCounterID?) {
    let old = now.tensorTable[tensor.index].counter
    if old != counter { change(.tensorCounter(tensor, old: old, new: counter)) }
  }

  /// Where a tensor lies: another storage, other sizes.
  package func setMemory(of tensor: TensorID, to geometry: Geometry, on storage: StorageID) {
    let record = now.tensorTable[tensor.index]
    if record.storage == storage && record.geometry == geometry { return }
    change(
      .tensorMemory(
        tensor,
        old: (record.storage, record.geometry),
        new: (storage, geometry)
      )
    )
    if record.storage != storage { change(.storageJoined(storage, tensor)) }
  }

  /// The gradient of a tensor.
  package func setGrad(of tensor: TensorID, to grad: TensorID?) {
    let old = now.tensorTable[tensor.index].grad
    if old != grad { change(.tensorGrad(tensor, old: old, new: grad)) }
  }

  /// Whether a tensor requires grad.
  package func setRequiresGrad(of tensor: TensorID, to value: Bool) {
    set(.requiresGrad, of: tensor, to: value)
  }

  /// Whether a tensor keeps its gradient although it is no leaf.
  package func setRetainsGrad(of tensor: TensorID, to value: Bool) {
    set(.retainsGrad, of: tensor, to: value)
  }

  /// A tensor, node or storage that the program can no longer reach.
  package func kill(_ tensor: TensorID) { set(.alive, of: tensor, to: false) }

  /// A node that the program can no longer reach.
  package func kill(_ node: NodeID) {
    if now.nodeTable[node.index].isAlive { change(.nodeDied(node)) }
  }

  /// A storage that the program can no longer reach.
  package func kill(_ storage: StorageID) {
    if now.storageTable[storage.index].isAlive { change(.storageDied(storage)) }
  }

  /// The saved tensors of a node were dropped.
  package func release(_ node: NodeID) {
    if !now.nodeTable[node.index].isReleased { change(.nodeReleased(node)) }
  }

  /// A saved tensor was taken out by backward.
  package func use(_ saved: Int, of node: NodeID) {
    let record = now.nodeTable[node.index]
    guard record.saved.indices.contains(saved), !record.saved[saved].isUsed else { return }
    change(.savedUsed(node, Int32(truncatingIfNeeded: saved)))
  }

  func keep(_ buffer: Buffer) -> ContentID { timeline.tables.contents.keep(buffer) }

  /// A node that was made in this very step is completed; another one changes.
  func add(_ saved: SavedRecord, to node: NodeID) {
    guard now.nodeTable[node.index].createdAt == count - 1 else {
      change(.nodeSaved(node, saved))
      return
    }
    // One array for both, so the first of them lets go of it while it grows.
    timeline.births.nodes[node.index].saved = []
    now.nodeTable[node.index].saved.append(saved)
    timeline.births.nodes[node.index].saved = now.nodeTable[node.index].saved
  }

  private func set(_ flag: TensorFlags, of tensor: TensorID, to value: Bool) {
    let old = now.tensorTable[tensor.index].flags
    var new = old
    if value { new.insert(flag) } else { new.remove(flag) }
    if old != new { change(.tensorFlags(tensor, old: old, new: new)) }
  }
}

// What a recorder asks and sets in particular.
extension TimelineBuilder {
  /// The state now with all that moments share, for questions about values.
  var present: Moment {
    var moment = now
    moment.tables = timeline.tables
    return moment
  }

  /// The marks of the step.
  var marks: Step.Marks { timeline.stepTable[count - 1].marks }

  /// Whether a tensor was made in this very step, by a statement that is not over.
  func isCreation(of tensor: TensorID) -> Bool {
    now.tensorTable[tensor.index].createdAt == count - 1
      && !timeline.stepTable[count - 1].endsStatement
  }

  /// The bytes of a storage now, kept anew if they were written since they were kept last.
  func content(of id: StorageID, _ storage: Storage) -> ContentID {
    let record = now.storageTable[id.index]
    if Int(record.writes) != storage.writes {
      write(storage.buffer, to: id, writes: storage.writes)
    }
    return now.storageTable[id.index].content
  }

  /// The tensor of something saved in this step, known only at its end.
  func setTensor(_ tensor: TensorID, of place: SavedPlace) {
    guard now.nodeTable[place.node.index].createdAt == count - 1 else { return }
    timeline.births.nodes[place.node.index].saved = []
    now.nodeTable[place.node.index].saved[place.index].tensor = tensor
    timeline.births.nodes[place.node.index].saved = now.nodeTable[place.node.index].saved
  }

  /// Whether another living tensor of a storage does not share the version of the one that writes it.
  func isCountedElsewhere(_ storage: StorageID, than writer: TensorID) -> Bool {
    let record = now.storageTable[storage.index]
    if record.others.isEmpty { return false }
    let counter = now.tensorTable[writer.index].counter
    for id in [record.first].compactMap(\.self) + record.others where id != writer {
      let other = now.tensorTable[id.index]
      guard other.flags.contains(.alive), other.storage == storage else { continue }
      if counter == nil || other.counter != counter { return true }
    }
    return false
  }
}

// Names, frames, modes, errors.
extension TimelineBuilder {
  /// A function was entered.
  package func enterFrame(_ function: String) { change(.frameEntered(function: function)) }

  /// The innermost function was left.
  package func leaveFrame() {
    guard now.frames.count > 1, let frame = now.frames.last else { return }
    if bindingPlaces.count == now.frames.count { bindingPlaces.removeLast() }
    change(.frameLeft(frame))
  }

  /// A name of a frame was bound, or deleted when there is no binding.
  package func bind(_ name: String, in frame: Int = 0, to binding: Binding?) {
    while bindingPlaces.count <= frame { bindingPlaces.append([]) }
    let bound = now.frames[frame].bindings.firstIndex { $0.name == name }
    let slot = bound ?? now.frames[frame].bindings.count
    let old = bound.map { bindingPlaces[frame][$0] } ?? -1
    var new: Int32 = -1
    if let binding {
      new = Int32(truncatingIfNeeded: timeline.births.bindings.count)
      timeline.births.bindings.append(binding)
    } else if bound == nil {
      return
    }
    if new < 0 {
      bindingPlaces[frame].remove(at: slot)
    } else if bound == nil {
      bindingPlaces[frame].append(new)
    } else {
      bindingPlaces[frame][slot] = new
    }
    change(
      .binding(
        frame: Int32(truncatingIfNeeded: frame),
        slot: Int32(truncatingIfNeeded: slot),
        old: old,
        new: new
      )
    )
  }

  /// The modes of autograd.
  package func setModes(_ modes: Modes) {
    if now.modes != modes { change(.modes(old: now.modes, new: modes)) }
  }

  /// An exception.
  package func raise(_ error: ScriptError) {
    change(.error(old: now.error, new: error))
    mark(.error)
  }
}

// Backward.
extension TimelineBuilder {
  /// A backward pass begins.
  package func beginBackward(_ pass: BackwardState) { change(.backwardBegan(pass)) }

  /// The innermost backward pass ended.
  package func endBackward() {
    if let pass = now.passes.last { change(.backwardEnded(pass)) }
  }

  /// A node is about to be applied to gradients, which no longer wait.
  package func apply(_ node: NodeID, to gradients: [TensorID?]) {
    guard let pass = now.passes.last else { return }
    for inputNr in gradients.indices {
      let input = WaitingInput(node: node, inputNr: Int32(truncatingIfNeeded: inputNr))
      if let waiting = pass.waiting[input] { change(.waiting(input, old: waiting, new: nil)) }
    }
    setPosition(BackwardPosition(node: node, incoming: gradients))
  }

  /// The node gave gradients.
  package func give(_ gradients: [TensorID?]) {
    guard var position = now.passes.last?.current else { return }
    position.outgoing = gradients
    setPosition(position)
  }

  private func setPosition(_ position: BackwardPosition) {
    guard let old = now.passes.last?.position else { return }
    timeline.births.positions.append(position)
    let new = Int32(truncatingIfNeeded: timeline.births.positions.count - 1)
    change(.backwardNode(old: old, new: new))
  }

  /// A gradient waits for a node.
  package func wait(_ gradient: TensorID, for edge: NodeEdge) {
    guard let pass = now.passes.last else { return }
    let input = WaitingInput(
      node: edge.node,
      inputNr: Int32(truncatingIfNeeded: edge.inputNr)
    )
    let old = pass.waiting[input]
    let new = WaitingSum(tensor: gradient, count: (old?.count ?? 0) + 1)
    change(.waiting(input, old: old, new: new))
  }
}
