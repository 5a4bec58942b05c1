import Autograd

// Who is who: each tensor, node, storage and counter carries a note once it was seen.
extension Recorder {
  func id(of tensor: Tensor) -> TensorID {
    if let note = tensor.note { return unsafeDowncast(note, to: TensorNote.self).id }
    return register(tensor)
  }

  func id(of node: Node) -> NodeID {
    if let note = node.note { return unsafeDowncast(note, to: NodeNote.self).id }
    return register(node)
  }

  func id(of storage: Storage) -> StorageID {
    if let note = storage.note { return unsafeDowncast(note, to: StorageNote.self).id }
    let id = builder.createStorage(storage.buffer, writes: storage.writes)
    storage.note = StorageNote(id, graveyard)
    return id
  }

  /// The identity of a counter, and the version that it has if it is new.
  func id(of counter: VersionCounter?, firstSeenAt version: Int? = nil) -> VersionCounterID? {
    guard let counter else { return nil }
    if let note = counter.note { return unsafeDowncast(note, to: CounterNote.self).id }
    let id = builder.createCounter(version: version ?? counter.current)
    counter.note = CounterNote(id)
    return id
  }

  /// The grad_fn of a tensor as it was last set; a view's may be out of date.
  func gradFn(of tensor: Tensor) -> GradFn {
    guard let node = tensor.storedGradFn else { return .none }
    return .node(id(of: node), outputNr: tensor.outputNr)
  }

  private func register(_ tensor: Tensor) -> TensorID {
    // The base comes first, so that it has the lower number.
    let base = tensor.base.map { id(of: $0) }
    let gradFn = self.gradFn(of: tensor)
    let storage = id(of: tensor.storage)
    let counter = id(of: tensor.versionCounter)
    let created = builder.createTensor(
      Geometry(tensor),
      on: storage,
      counter: counter,
      requiresGrad: tensor.requiresGrad,
      gradFn: gradFn,
      base: base,
      attrVersion: tensor.viewInfo?.attrVersion,
      isInference: tensor.isInference
    )
    tensor.note = TensorNote(created, graveyard)
    if tensor.meta != nil {
      builder.setRetainsGrad(of: created, to: tensor.retainsGrad)
      let grad = tensor.grad.map { id(of: $0) }
      builder.setGrad(of: created, to: grad)
    }
    return created
  }

  /// Brings a known tensor up to date.
  @discardableResult
  func sync(_ tensor: Tensor) -> TensorID {
    guard tensor.note != nil else { return register(tensor) }
    let id = self.id(of: tensor)
    let record = builder.now.tensorTable[id.index]
    if let counter = tensor.versionCounter {
      let counterID = self.id(of: counter)
      builder.setCounter(of: id, to: counterID)
      if let counterID { builder.setVersion(counterID, to: counter.current) }
    }
    builder.setGradFn(
      of: id,
      to: gradFn(of: tensor),
      attrVersion: tensor.viewInfo?.attrVersion
    )
    builder.setRequiresGrad(of: id, to: tensor.requiresGrad)
    if tensor.meta != nil || record.grad != nil {
      builder.setRetainsGrad(of: id, to: tensor.retainsGrad)
      builder.setGrad(of: id, to: tensor.grad.map { self.id(of: $0) })
    }
    if record.geometry.storageOffset != tensor.storageOffset
      || record.geometry.sizes != tensor.sizes || record.geometry.strides != tensor.strides
      || record.storage != self.id(of: tensor.storage)
    {
      builder.setMemory(of: id, to: Geometry(tensor), on: self.id(of: tensor.storage))
    }
    return id
  }

  private func register(_ node: Node) -> NodeID {
    var edges: [NodeEdge?] = []
    var variable: TensorID?
    var name = node.name
    if let accumulate = node as? AccumulateGrad {
      name = "AccumulateGrad"
      variable = id(of: accumulate.variable)
    } else {
      for edge in node.nextEdges {
        edges.append(edge.function.map { NodeEdge(self.id(of: $0), edge.inputNr) })
      }
      if name.utf8.contains(UInt8(ascii: ":")) { name = node.typeName }
    }
    let given = node.attributes
    let attributes = given.isEmpty ? [] : given.map { NodeAttribute($0.label, $0.value) }
    let id = builder.createNode(
      name,
      edges: edges,
      sequenceNr: node.sequenceNr == .max ? nil : Int(truncatingIfNeeded: node.sequenceNr),
      variable: variable,
      attributes: attributes
    )
    node.note = NodeNote(id, graveyard)
    return id
  }
}

extension Geometry {
  /// How a tensor lies in its storage.
  init(_ tensor: Tensor) {
    self.init(
      dtype: tensor.dtype,
      sizes: tensor.sizes,
      strides: tensor.strides,
      storageOffset: tensor.storageOffset
    )
  }
}
