import Timeline

/// Something with a state that can be selected and inspected.
enum Entity: Hashable, Sendable {
  case tensor(TensorID)
  case node(NodeID)
  case storage(StorageID)
}

extension Entity {
  /// The identity as people see it, `t3`.
  var name: String {
    switch self {
    case .tensor(let id): id.description
    case .node(let id): id.description
    case .storage(let id): id.description
    }
  }

  /// The storage that it is, or lives in; of a node, that of the tensor that it made.
  func storage(in moment: Moment) -> StorageID? {
    switch self {
    case .tensor(let id): moment.tensor(id)?.storage
    case .storage(let id): id
    case .node(let id):
      moment.tensors.first { $0.gradFn.node == id }?.storage
    }
  }
}
