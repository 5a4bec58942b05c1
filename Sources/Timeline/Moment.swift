/// The whole state of a script at one step: names, tensors, nodes, storages, what it said.
///
/// A moment is a value; copies share what they have in common. Two moments are equal when everything in
/// them is, whichever way one got there.
public struct Moment: Sendable {
  /// The step that the moment is right after.
  public internal(set) var step = 0
  /// What the step changed, in order.
  public internal(set) var changes: [FieldChange] = []
  /// The frames and their names: the module first, then the functions being called.
  public internal(set) var frames = [FrameState(function: "<module>")]
  /// How many entries of ``Timeline/transcript`` have been said by now.
  public internal(set) var transcriptCount = 0
  /// The exception raised last: by this step, or the one that ended the script.
  public internal(set) var error: ScriptError?
  /// The modes of autograd.
  public internal(set) var modes = Modes()

  var tensorTable = ChunkedArray<TensorRecord>()
  var nodeTable = ChunkedArray<NodeRecord>()
  var storageTable = ChunkedArray<StorageRecord>()
  var counterTable = ChunkedArray<Int32>()
  var passes: [BackwardRecord] = []
  /// What all moments of a timeline share.
  var tables = SharedTables()

  init() {}
}

extension Moment {
  /// The tensor with an identity; nil if it does not exist yet.
  public func tensor(_ id: TensorID) -> TensorState? {
    tensorTable.indices.contains(id.index) ? state(of: id, tensorTable[id.index]) : nil
  }

  /// The node with an identity; nil if it does not exist yet.
  public func node(_ id: NodeID) -> NodeState? {
    nodeTable.indices.contains(id.index) ? state(of: id, nodeTable[id.index]) : nil
  }

  /// The storage with an identity; nil if it does not exist yet.
  public func storage(_ id: StorageID) -> StorageState? {
    storageTable.indices.contains(id.index) ? state(of: id, storageTable[id.index]) : nil
  }

  /// The tensors that the program can reach, in order of creation.
  public var tensors: [TensorState] {
    liveTensors.map { state(of: $0, tensorTable[$0.index]) }
  }

  /// The nodes that the program can reach, in order of creation.
  public var nodes: [NodeState] {
    liveNodes.map { state(of: $0, nodeTable[$0.index]) }
  }

  /// The storages that the program can reach, in order of creation.
  public var storages: [StorageState] {
    liveStorages.map { state(of: $0, storageTable[$0.index]) }
  }

  /// The identities of ``tensors``.
  public var liveTensors: [TensorID] {
    var live: [TensorID] = []
    tensorTable.visit { index, record in
      if record.flags.contains(.alive) { live.append(TensorID(index: index)) }
    }
    return live
  }

  /// The identities of ``nodes``.
  public var liveNodes: [NodeID] {
    var live: [NodeID] = []
    nodeTable.visit { index, record in
      if record.isAlive { live.append(NodeID(index: index)) }
    }
    return live
  }

  /// The identities of ``storages``.
  public var liveStorages: [StorageID] {
    var live: [StorageID] = []
    storageTable.visit { index, record in
      if record.isAlive { live.append(StorageID(index: index)) }
    }
    return live
  }

  /// Number of tensors created so far, dead ones included: `t1` to `t` and this number exist.
  public var tensorCount: Int { tensorTable.count }

  /// Number of nodes created so far, dead ones included.
  public var nodeCount: Int { nodeTable.count }

  /// Number of storages created so far, dead ones included.
  public var storageCount: Int { storageTable.count }

  /// The names of the module, in the order in which they were bound first.
  public var bindings: [Binding] { frames.first?.bindings ?? [] }

  /// The innermost backward pass in progress.
  public var backward: BackwardState? { passes.last?.shown }
}

extension Moment: Equatable {
  /// Whether two moments have the same state in everything.
  public static func == (a: Moment, b: Moment) -> Bool {
    a.step == b.step && a.changes == b.changes && a.frames == b.frames
      && a.transcriptCount == b.transcriptCount && a.error == b.error && a.modes == b.modes
      && a.passes == b.passes && a.counterTable == b.counterTable
      && a.tensorTable == b.tensorTable && a.nodeTable == b.nodeTable
      && a.storageTable == b.storageTable
  }
}
