import Interpreter

// Questions that people have.
extension Timeline {
  /// The first step after `step` whose statement begins at a line; from the start unless given.
  public func step(ofLine line: Int, after step: Int = -1) -> Int? {
    firstStep(after: step) { $0.place?.statement.start.line == line }
  }

  /// The last step before `step` whose statement begins at a line.
  public func step(ofLine line: Int, before step: Int) -> Int? {
    lastStep(before: step) { $0.place?.statement.start.line == line }
  }

  /// The next step that completes a statement.
  public func statementEnd(after step: Int) -> Int? {
    firstStep(after: step) { $0.endsStatement }
  }

  /// The last step before `step` that completes a statement.
  public func statementEnd(before step: Int) -> Int? {
    lastStep(before: step) { $0.endsStatement }
  }

  /// The next step that has one of the marks.
  public func mark(_ marks: Step.Marks = .events, after step: Int) -> Int? {
    firstStep(after: step) { !$0.marks.isDisjoint(with: marks) }
  }

  /// The last step before `step` that has one of the marks.
  public func mark(_ marks: Step.Marks = .events, before step: Int) -> Int? {
    lastStep(before: step) { !$0.marks.isDisjoint(with: marks) }
  }

  /// The step that ended the script by an exception, or raised one last.
  public var errorStep: Int? { mark(.error, before: stepTable.count) }

  /// The steps that wrote the bytes of a storage, in order.
  public func writes(of storage: StorageID) -> [Int] {
    var steps: [Int] = []
    for step in 0..<stepTable.count {
      for index in changeRange(step) {
        if case .storageContent(let id, _, _) = changeTable[index], id == storage {
          steps.append(step)
          break
        }
      }
    }
    return steps
  }

  /// The steps that were given a tensor of a storage, or took one out of what a node saved, in order.
  public func reads(of storage: StorageID) -> [Int] {
    let last = moment(at: stepTable.count - 1)
    var tensors: Set<TensorID> = []
    if let state = last.storage(storage) { tensors.formUnion(state.tensors) }
    var steps: [Int] = []
    for step in 0..<stepTable.count where reads(step, tensors, storage, last) { steps.append(step) }
    return steps
  }

  private func reads(
    _ step: Int,
    _ tensors: Set<TensorID>,
    _ storage: StorageID,
    _ last: Moment
  ) -> Bool {
    let record = stepTable[step]
    let start = Int(record.operandStart)
    for operand in operandTable[start..<start + Int(record.inputCount)]
    where tensors.contains(operand) { return true }
    for index in changeRange(step) {
      if case .savedUsed(let node, let place) = changeTable[index],
        last.nodeTable[node.index].saved[Int(place)].reference?.storage == storage
      {
        return true
      }
    }
    return false
  }

  private func firstStep(after step: Int, _ matches: (StepRecord) -> Bool) -> Int? {
    var index = Swift.max(step + 1, 0)
    while index < stepTable.count {
      if matches(stepTable[index]) { return index }
      index += 1
    }
    return nil
  }

  private func lastStep(before step: Int, _ matches: (StepRecord) -> Bool) -> Int? {
    var index = Swift.min(step, stepTable.count) - 1
    while index >= 0 {
      if matches(stepTable[index]) { return index }
      index -= 1
    }
    return nil
  }
}

/// A saved tensor of a node, by its place in ``NodeState/saved``.
public struct SavedPlace: Sendable, Hashable {
  /// The node.
  public let node: NodeID
  /// The place among what the node saved.
  public let index: Int

  /// A saved tensor from its node and place.
  public init(_ node: NodeID, _ index: Int) {
    self.node = node
    self.index = index
  }
}

extension Moment {
  /// Who holds a tensor, or another one with the same elements, saved for backward: living nodes, not released.
  public func holders(of id: TensorID) -> [SavedPlace] {
    guard tensorTable.indices.contains(id.index) else { return [] }
    return holders(on: tensorTable[id.index].storage)
  }

  /// Who holds a tensor of a storage saved for backward: living nodes, not released.
  public func holders(on storage: StorageID) -> [SavedPlace] {
    var places: [SavedPlace] = []
    nodeTable.visit { index, node in
      guard node.isAlive, !node.isReleased else { return }
      for (place, saved) in node.saved.enumerated() where saved.reference?.storage == storage {
        places.append(SavedPlace(NodeID(index: index), place))
      }
    }
    return places
  }
}
