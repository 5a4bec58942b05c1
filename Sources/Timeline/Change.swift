/// One change of the state, which can be made and taken back.
///
/// Where there is an old and a new value, both are kept. Rows of tables are only ever added at the
/// end; how they are after the step that adds them is in ``Births``.
enum Change: Sendable {
  // Tensors
  case tensorCreated
  case tensorFlags(TensorID, old: TensorFlags, new: TensorFlags)
  /// With the version at which the grad_fn of a view is right.
  indirect case tensorGradFn(TensorID, old: (GradFn, Int32?), new: (GradFn, Int32?))
  case tensorGrad(TensorID, old: TensorID?, new: TensorID?)
  case tensorCounter(TensorID, old: VersionCounterID?, new: VersionCounterID?)
  case tensorBase(TensorID, old: TensorID?, new: TensorID?)
  indirect case tensorMemory(
    TensorID,
    old: (StorageID, Geometry),
    new: (StorageID, Geometry)
  )
  // Version counters
  case counterCreated(version: Int32)
  case version(VersionCounterID, old: Int32, new: Int32)
  // Storages
  case storageCreated
  case storageContent(StorageID, old: ContentID, new: ContentID)
  case storageWrites(StorageID, old: Int32, new: Int32)
  /// The tensor is the last one of the storage.
  case storageJoined(StorageID, TensorID)
  case storageDied(StorageID)
  // Nodes
  case nodeCreated
  indirect case nodeEdges(NodeID, old: [NodeEdge?], new: [NodeEdge?])
  /// The saved tensor is the last one of the node.
  indirect case nodeSaved(NodeID, SavedRecord)
  case savedUsed(NodeID, Int32)
  case nodeReleased(NodeID)
  case nodeDied(NodeID)
  // Names; the frame is the number of the frame that the change is made in.
  case frameEntered(function: String)
  indirect case frameLeft(FrameState)
  /// The bindings are places in ``Births/bindings``, -1 for none.
  case binding(frame: Int32, slot: Int32, old: Int32, new: Int32)
  // The script
  case transcript(old: Int32, new: Int32)
  indirect case error(old: ScriptError?, new: ScriptError?)
  case modes(old: Modes, new: Modes)
  // Backward
  indirect case backwardBegan(BackwardState)
  indirect case backwardEnded(BackwardRecord)
  /// The positions are places in ``Births/positions``, -1 for none.
  case backwardNode(old: Int32, new: Int32)
  case waiting(WaitingInput, old: WaitingSum?, new: WaitingSum?)
}

/// The rows of tables as they are added.
struct Births: Sendable {
  var tensors = ChunkedArray<TensorRecord>()
  var nodes = ChunkedArray<NodeRecord>()
  var storages = ChunkedArray<StorageRecord>()
  /// What names were bound to.
  var bindings = ChunkedArray<Binding>()
  /// Where backward passes were.
  var positions = ChunkedArray<BackwardPosition>()
}

/// An input of a node that gradients wait for.
struct WaitingInput: Sendable, Hashable {
  let node: NodeID
  let inputNr: Int32
}

/// What waits there: the gradient that arrived last, and how many did.
struct WaitingSum: Sendable, Hashable {
  let tensor: TensorID
  let count: Int32
}

/// Where a backward pass is.
struct BackwardPosition: Sendable, Equatable {
  var node: NodeID?
  var incoming: [TensorID?] = []
  var outgoing: [TensorID?] = []
}
