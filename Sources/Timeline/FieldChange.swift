/// A change that a person can see: what of which thing changed in a step.
public struct FieldChange: Sendable, Hashable {
  /// What changed.
  public let entity: Entity
  /// What of it.
  public let field: Field

  /// A change from its parts.
  public init(_ entity: Entity, _ field: Field) {
    self.entity = entity
    self.field = field
  }

  /// A thing with a state.
  public enum Entity: Sendable, Hashable {
    /// A tensor.
    case tensor(TensorID)
    /// A node of the backward graph.
    case node(NodeID)
    /// A storage.
    case storage(StorageID)
    /// A version counter, hence every tensor that shares it.
    case versionCounter(VersionCounterID)
    /// A name of a frame, 0 for the module.
    case name(String, frame: Int)
    /// The frames: a function was entered or left.
    case frames
    /// The script as a whole: what it said, its modes.
    case script
    /// The backward pass.
    case backward
  }

  /// What of a thing changed.
  public enum Field: Sendable, Hashable {
    /// It came to be.
    case created
    /// It went out of reach.
    case died
    /// The flags of a tensor: requires_grad, retains_grad.
    case flags
    /// The grad_fn of a tensor.
    case gradFn
    /// The grad of a tensor.
    case grad
    /// Where a tensor lies: storage, sizes, strides, offset.
    case geometry
    /// The version counter of a tensor, or its base.
    case sharing
    /// The version.
    case version
    /// The bytes of a storage.
    case values
    /// The write count of a storage.
    case writes
    /// The tensors of a storage.
    case tensors
    /// The edges of a node.
    case edges
    /// What a node saved.
    case saved
    /// A saved tensor was taken out.
    case used
    /// The saved tensors of a node were dropped.
    case released
    /// What a name is bound to; nothing if it was deleted.
    case binding
    /// Text, a warning or an error was added.
    case transcript
    /// The exception.
    case error
    /// The modes of autograd.
    case modes
    /// Which node is applied, and to what.
    case position
    /// The gradients that wait for a node.
    case waiting
  }
}

extension FieldChange {
  /// What people see of the changes of one step; `moment` is the state after them.
  static func shown(
    _ changes: some Collection<Change>,
    in moment: Moment,
    _ births: borrowing Births
  ) -> [FieldChange] {
    // Rows are added at the end, so the first new one follows from how many there are.
    var tensor = moment.tensorTable.count
    var node = moment.nodeTable.count
    var storage = moment.storageTable.count
    for change in changes {
      switch change {
      case .tensorCreated: tensor -= 1
      case .nodeCreated: node -= 1
      case .storageCreated: storage -= 1
      default: break
      }
    }
    var shown: [FieldChange] = []
    for change in changes {
      switch change {
      case .tensorCreated:
        shown.append(FieldChange(.tensor(TensorID(index: tensor)), .created))
        tensor += 1
      case .nodeCreated:
        shown.append(FieldChange(.node(NodeID(index: node)), .created))
        node += 1
      case .storageCreated:
        shown.append(FieldChange(.storage(StorageID(index: storage)), .created))
        storage += 1
      default:
        if let field = FieldChange(change, births) { shown.append(field) }
      }
    }
    return shown
  }

  /// What people see of a change that adds no row; nil where that is nothing.
  private init?(_ change: Change, _ births: borrowing Births) {
    switch change {
    case .tensorCreated, .nodeCreated, .storageCreated, .counterCreated: return nil
    case .tensorFlags(let id, _, let new):
      self.init(.tensor(id), new.contains(.alive) ? .flags : .died)
    case .tensorGradFn(let id, _, _): self.init(.tensor(id), .gradFn)
    case .tensorGrad(let id, _, _): self.init(.tensor(id), .grad)
    case .tensorCounter(let id, _, _), .tensorBase(let id, _, _): self.init(.tensor(id), .sharing)
    case .tensorMemory(let id, _, _): self.init(.tensor(id), .geometry)
    case .version(let id, _, _): self.init(.versionCounter(id), .version)
    case .storageContent(let id, _, _): self.init(.storage(id), .values)
    case .storageWrites(let id, _, _): self.init(.storage(id), .writes)
    case .storageJoined(let id, _): self.init(.storage(id), .tensors)
    case .storageDied(let id): self.init(.storage(id), .died)
    case .nodeEdges(let id, _, _): self.init(.node(id), .edges)
    case .nodeSaved(let id, _): self.init(.node(id), .saved)
    case .savedUsed(let id, _): self.init(.node(id), .used)
    case .nodeReleased(let id): self.init(.node(id), .released)
    case .nodeDied(let id): self.init(.node(id), .died)
    case .frameEntered, .frameLeft: self.init(.frames, .binding)
    case .binding(let frame, _, let old, let new):
      let name = births.bindings[Int(new < 0 ? old : new)].name
      self.init(.name(name, frame: Int(frame)), .binding)
    case .transcript: self.init(.script, .transcript)
    case .error: self.init(.script, .error)
    case .modes: self.init(.script, .modes)
    case .backwardBegan: self.init(.backward, .created)
    case .backwardEnded: self.init(.backward, .died)
    case .backwardNode: self.init(.backward, .position)
    case .waiting: self.init(.backward, .waiting)
    }
  }
}
