/// The notes that a recorder leaves on what it has seen: they say who it is, and when it dies.
final class TensorNote {
  let id: TensorID
  private let graveyard: Graveyard

  init(_ id: TensorID, _ graveyard: Graveyard) {
    self.id = id
    self.graveyard = graveyard
  }

  deinit { graveyard.tensors.append(id) }
}

/// The note on a node.
final class NodeNote {
  let id: NodeID
  private let graveyard: Graveyard

  init(_ id: NodeID, _ graveyard: Graveyard) {
    self.id = id
    self.graveyard = graveyard
  }

  deinit { graveyard.nodes.append(id) }
}

/// The note on a storage.
final class StorageNote {
  let id: StorageID
  private let graveyard: Graveyard

  init(_ id: StorageID, _ graveyard: Graveyard) {
    self.id = id
    self.graveyard = graveyard
  }

  deinit { graveyard.storages.append(id) }
}

/// The note on a version counter.
final class CounterNote {
  let id: VersionCounterID

  init(_ id: VersionCounterID) {
    self.id = id
  }
}

/// What died and was not recorded as dead yet.
final class Graveyard {
  var tensors: [TensorID] = []
  var nodes: [NodeID] = []
  var storages: [StorageID] = []

  init() {}

  var isEmpty: Bool { tensors.isEmpty && nodes.isEmpty && storages.isEmpty }
}
