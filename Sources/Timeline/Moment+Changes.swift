// Making a change and taking it back.
extension Moment {
  mutating func apply(_ change: Change, _ births: borrowing Births) {
    switch change {
    case .tensorCreated: tensorTable.append(births.tensors[tensorTable.count])
    case .tensorFlags(let id, _, let new): tensorTable[id.index].flags = new
    case .tensorGradFn(let id, _, let new): setGradFn(id, new)
    case .tensorGrad(let id, _, let new): tensorTable[id.index].grad = new
    case .tensorCounter(let id, _, let new): tensorTable[id.index].counter = new
    case .tensorBase(let id, _, let new): tensorTable[id.index].base = new
    case .tensorMemory(let id, _, let new): setMemory(id, new)
    case .counterCreated(let version): counterTable.append(version)
    case .version(let id, _, let new): counterTable[id.index] = new
    case .storageCreated: storageTable.append(births.storages[storageTable.count])
    case .storageContent(let id, _, let new): storageTable[id.index].content = new
    case .storageWrites(let id, _, let new): storageTable[id.index].writes = new
    case .storageJoined(let id, let tensor): join(id, tensor)
    case .storageDied(let id): storageTable[id.index].isAlive = false
    case .nodeCreated: nodeTable.append(births.nodes[nodeTable.count])
    case .nodeEdges(let id, _, let new): nodeTable[id.index].edges = new
    case .nodeSaved(let id, let saved): nodeTable[id.index].saved.append(saved)
    case .savedUsed(let id, let place): nodeTable[id.index].saved[Int(place)].isUsed = true
    case .nodeReleased(let id): nodeTable[id.index].isReleased = true
    case .nodeDied(let id): nodeTable[id.index].isAlive = false
    case .frameEntered(let function): frames.append(FrameState(function: function))
    case .frameLeft: frames.removeLast()
    case .binding(let frame, let slot, let old, let new):
      bind(frame, slot, from: old, to: new, births)
    case .transcript(_, let new): transcriptCount = Int(new)
    case .error(_, let new): error = new
    case .modes(_, let new): modes = new
    case .backwardBegan(let state): passes.append(BackwardRecord(state: state))
    case .backwardEnded: passes.removeLast()
    case .backwardNode(_, let new): setPosition(new, births)
    case .waiting(let node, _, let new): passes[passes.count - 1].waiting[node] = new
    }
  }

  mutating func revert(_ change: Change, _ births: borrowing Births) {
    switch change {
    case .tensorCreated: tensorTable.removeLast()
    case .tensorFlags(let id, let old, _): tensorTable[id.index].flags = old
    case .tensorGradFn(let id, let old, _): setGradFn(id, old)
    case .tensorGrad(let id, let old, _): tensorTable[id.index].grad = old
    case .tensorCounter(let id, let old, _): tensorTable[id.index].counter = old
    case .tensorBase(let id, let old, _): tensorTable[id.index].base = old
    case .tensorMemory(let id, let old, _): setMemory(id, old)
    case .counterCreated: counterTable.removeLast()
    case .version(let id, let old, _): counterTable[id.index] = old
    case .storageCreated: storageTable.removeLast()
    case .storageContent(let id, let old, _): storageTable[id.index].content = old
    case .storageWrites(let id, let old, _): storageTable[id.index].writes = old
    case .storageJoined(let id, _): part(id)
    case .storageDied(let id): storageTable[id.index].isAlive = true
    case .nodeCreated: nodeTable.removeLast()
    case .nodeEdges(let id, let old, _): nodeTable[id.index].edges = old
    case .nodeSaved(let id, _): nodeTable[id.index].saved.removeLast()
    case .savedUsed(let id, let place): nodeTable[id.index].saved[Int(place)].isUsed = false
    case .nodeReleased(let id): nodeTable[id.index].isReleased = false
    case .nodeDied(let id): nodeTable[id.index].isAlive = true
    case .frameEntered: frames.removeLast()
    case .frameLeft(let frame): frames.append(frame)
    case .binding(let frame, let slot, let old, let new):
      bind(frame, slot, from: new, to: old, births)
    case .transcript(let old, _): transcriptCount = Int(old)
    case .error(let old, _): error = old
    case .modes(let old, _): modes = old
    case .backwardBegan: passes.removeLast()
    case .backwardEnded(let record): passes.append(record)
    case .backwardNode(let old, _): setPosition(old, births)
    case .waiting(let node, let old, _): passes[passes.count - 1].waiting[node] = old
    }
  }

  private mutating func setGradFn(_ id: TensorID, _ gradFn: (GradFn, Int32?)) {
    tensorTable[id.index].gradFn = gradFn.0
    tensorTable[id.index].attrVersion = gradFn.1
  }

  private mutating func setMemory(_ id: TensorID, _ memory: (StorageID, Geometry)) {
    tensorTable[id.index].storage = memory.0
    tensorTable[id.index].geometry = memory.1
  }

  private mutating func join(_ id: StorageID, _ tensor: TensorID) {
    if storageTable[id.index].first == nil {
      storageTable[id.index].first = tensor
    } else {
      storageTable[id.index].others.append(tensor)
    }
  }

  private mutating func part(_ id: StorageID) {
    if storageTable[id.index].others.popLast() == nil { storageTable[id.index].first = nil }
  }

  private mutating func setPosition(_ place: Int32, _ births: borrowing Births) {
    passes[passes.count - 1].position = place
    passes[passes.count - 1].current =
      place < 0 ? BackwardPosition() : births.positions[Int(place)]
  }

  /// A name is inserted at its slot, replaced there, or removed from it.
  private mutating func bind(
    _ frame: Int32,
    _ slot: Int32,
    from old: Int32,
    to new: Int32,
    _ births: borrowing Births
  ) {
    if new < 0 {
      frames[Int(frame)].bindings.remove(at: Int(slot))
    } else if old < 0 {
      frames[Int(frame)].bindings.insert(births.bindings[Int(new)], at: Int(slot))
    } else {
      frames[Int(frame)].bindings[Int(slot)] = births.bindings[Int(new)]
    }
  }
}
