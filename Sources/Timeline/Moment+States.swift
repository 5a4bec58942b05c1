// How the rows of the tables become the states that people see.
extension Moment {
  /// The names bound to a tensor, outermost frame first.
  public func names(of id: TensorID) -> [Binding] {
    var names: [Binding] = []
    for frame in frames {
      for binding in frame.bindings where binding.value == .tensor(id) { names.append(binding) }
    }
    return names
  }

  /// The elements of a tensor now; nil if it does not exist yet.
  public func values(of id: TensorID) -> TensorValues? {
    guard tensorTable.indices.contains(id.index) else { return nil }
    let record = tensorTable[id.index]
    return values(storageTable[record.storage.index].content, record.geometry)
  }

  func values(_ content: ContentID, _ geometry: Geometry) -> TensorValues {
    TensorValues(geometry: geometry, buffer: tables.contents[content])
  }

  func state(of id: TensorID, _ record: TensorRecord) -> TensorState {
    let isInference = record.flags.contains(.inference)
    return TensorState(
      id: id,
      isAlive: record.flags.contains(.alive),
      names: names(of: id),
      geometry: record.geometry,
      storage: record.storage,
      versionCounter: isInference ? nil : record.counter,
      version: isInference ? nil : Int(version(of: record)),
      requiresGrad: requiresGrad(record),
      retainsGrad: record.flags.contains(.retainsGrad),
      isInference: isInference,
      isView: record.flags.contains(.view),
      base: record.base,
      gradFn: gradFn(of: record),
      grad: record.grad,
      createdAt: Int(record.createdAt),
      values: values(storageTable[record.storage.index].content, record.geometry)
    )
  }

  func state(of id: NodeID, _ record: NodeRecord) -> NodeState {
    NodeState(
      id: id,
      isAlive: record.isAlive,
      name: record.name,
      edges: record.edges,
      sequenceNr: record.sequenceNr,
      variable: record.variable,
      saved: record.saved.map { state(of: $0, in: record) },
      attributes: record.attributes,
      isReleased: record.isReleased,
      createdAt: Int(record.createdAt),
      line: record.line.map(Int.init),
      callPath: tables.callStack(record.callStack).map(\.function),
      loops: tables.loopPath(record.loops)
    )
  }

  func state(of id: StorageID, _ record: StorageRecord) -> StorageState {
    StorageState(
      id: id,
      isAlive: record.isAlive,
      byteCount: record.byteCount,
      writes: Int(record.writes),
      tensors: (record.first.map { [$0] } ?? []) + record.others
    )
  }

  private func state(of saved: SavedRecord, in node: NodeRecord) -> SavedState {
    let reference = saved.reference
    let version = currentVersion(of: saved)
    let writes = reference.map { storageTable[$0.storage.index].writes } ?? saved.savedWrites
    return SavedState(
      label: saved.label,
      tensor: saved.tensor,
      storage: reference?.storage,
      number: saved.number?.scalar,
      savedVersion: Int(saved.savedVersion),
      currentVersion: Int(version),
      writesThen: Int(saved.savedWrites),
      writesNow: Int(writes),
      wasUsed: saved.isUsed,
      status: status(of: saved, in: node),
      values: reference.map { values($0.content, $0.geometry) }
    )
  }

  /// The version of a saved tensor now; one whose tensor shared no counter looks at the tensor's own.
  func currentVersion(of saved: SavedRecord) -> Int32 {
    guard let reference = saved.reference else { return saved.savedVersion }
    if let counter = reference.counter { return counterTable[counter.index] }
    return saved.tensor.map { version(of: tensorTable[$0.index]) } ?? saved.savedVersion
  }

  private func version(of record: TensorRecord) -> Int32 {
    record.counter.map { counterTable[$0.index] } ?? 0
  }

  /// A view requires grad as soon as its base does.
  private func requiresGrad(_ record: TensorRecord) -> Bool {
    if record.flags.contains(.requiresGrad) { return true }
    return record.base.map { tensorTable[$0.index].flags.contains(.requiresGrad) } ?? false
  }

  private func gradFn(of record: TensorRecord) -> GradFn {
    guard let attrVersion = record.attrVersion, attrVersion != version(of: record) else {
      return record.gradFn
    }
    if record.gradFn == .none && !requiresGrad(record) { return .none }
    return .outdated(record.gradFn.node)
  }

  /// What became of a saved tensor.
  func status(of saved: SavedRecord, in node: NodeRecord) -> SavedState.Status {
    if node.isReleased { return .released }
    guard let reference = saved.reference else { return saved.isUsed ? .used : .intact }
    if currentVersion(of: saved) != saved.savedVersion { return .versionMoved }
    let storage = storageTable[reference.storage.index]
    if storage.writes != saved.savedWrites, storage.content != reference.content,
      values(reference.content, reference.geometry) != values(storage.content, reference.geometry)
    {
      return .silentlyChanged
    }
    return saved.isUsed ? .used : .intact
  }
}
