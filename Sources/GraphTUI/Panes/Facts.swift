import Autograd
import Timeline

/// What there is to say about something at a moment.
struct Facts: Sendable {
  /// The moment.
  let moment: Moment
  /// The history, for the lines where things were made.
  let timeline: Timeline

  /// The facts about something, the most asked for first.
  func facts(about entity: Entity) -> [Fact] {
    switch entity {
    case .tensor(let id): moment.tensor(id).map(tensor) ?? []
    case .node(let id): moment.node(id).map(node) ?? []
    case .storage(let id): moment.storage(id).map(storage) ?? []
    }
  }

  /// The title: what it is and what it is called.
  func title(of entity: Entity) -> String {
    switch entity {
    case .tensor(let id):
      let names = moment.tensor(id)?.names.map(\.name) ?? []
      return names.isEmpty ? "tensor \(id)" : "tensor \(names[0]) (\(id))"
    case .node(let id): return "\(moment.node(id)?.name ?? "node") (\(id))"
    case .storage(let id): return "storage \(id)"
    }
  }

  /// A tensor in one word: its name or its identity.
  func word(_ id: TensorID) -> String {
    moment.names(of: id).first.map(\.name) ?? id.description
  }
}

// MARK: Tensors

extension Facts {
  private func tensor(_ tensor: TensorState) -> [Fact] {
    let id = tensor.id
    var facts: [Fact] = []
    if !tensor.isAlive {
      facts.append(Fact(label: "", value: "out of reach of the script now", role: .muted))
    }
    facts.append(
      Fact(
        label: "value",
        value: text(of: tensor.values),
        role: .tensor,
        isPreformatted: true,
        isChanged: changed(.storage(tensor.storage), .values) || changed(.tensor(id), .created)
      )
    )
    facts.append(Fact(label: "dtype", value: tensor.dtype.name))
    let shape = TensorFormatter.tuple(tensor.sizes)
    facts.append(Fact(label: "shape", value: tensor.sizes.isEmpty ? "() a number" : shape))
    if !tensor.sizes.isEmpty {
      var strides = TensorFormatter.tuple(tensor.strides)
      if tensor.storageOffset > 0 { strides += " from element \(tensor.storageOffset)" }
      facts.append(
        Fact(label: "strides", value: strides, isChanged: changed(.tensor(id), .geometry))
      )
    }
    facts.append(version(of: tensor))
    facts += sharing(of: tensor)
    facts.append(Fact(label: "is_leaf", value: tensor.isLeaf ? "True" : "False"))
    facts.append(
      Fact(
        label: "requires",
        value: "requires_grad=\(tensor.requiresGrad ? "True" : "False")"
          + (tensor.retainsGrad ? ", retains grad" : ""),
        isChanged: changed(.tensor(id), .flags)
      )
    )
    facts.append(gradFn(of: tensor))
    facts += grad(of: tensor)
    facts += holders(of: tensor)
    facts += names(of: tensor)
    return facts
  }

  /// The text as PyTorch prints it, without what it adds about autograd: other facts say that.
  private func text(of values: TensorValues) -> String {
    guard let buffer = values.buffer else { return "dropped to save memory" }
    let geometry = values.geometry
    let content = TensorFormatter.Content(
      buffer: buffer,
      dtype: geometry.dtype,
      sizes: geometry.sizes,
      strides: geometry.strides,
      offset: geometry.storageOffset
    )
    return TensorFormatter().text(content)
  }

  private func version(of tensor: TensorState) -> Fact {
    guard let version = tensor.version else {
      return Fact(label: "version", value: "none: an inference tensor")
    }
    let isChanged = tensor.versionCounter.map { changed(.versionCounter($0), .version) } ?? false
    return Fact(label: "version", value: String(version), role: .version, isChanged: isChanged)
  }

  private func sharing(of tensor: TensorState) -> [Fact] {
    guard let storage = moment.storage(tensor.storage) else { return [] }
    let writes = "\(storage.writes) write\(storage.writes == 1 ? "" : "s")"
    var facts = [
      Fact(
        label: "storage",
        value: "\(storage.id), \(storage.byteCount) bytes, \(writes)",
        role: .storage,
        reference: .storage(storage.id),
        isChanged: changed(.storage(storage.id), .writes)
      )
    ]
    for other in storage.tensors where other != tensor.id {
      guard let state = moment.tensor(other), state.isAlive else { continue }
      let counts = state.versionCounter == tensor.versionCounter
      let how = tensor.base == other ? "base" : state.base == tensor.id ? "view" : "same memory"
      let clock = counts ? "same version" : "a version of its own"
      facts.append(
        Fact(
          label: "",
          value: "shared with \(word(other)): \(how), \(clock)",
          role: counts ? .view : .finding,
          reference: .tensor(other)
        )
      )
    }
    return facts
  }

  private func gradFn(of tensor: TensorState) -> Fact {
    let isChanged = changed(.tensor(tensor.id), .gradFn)
    switch tensor.gradFn {
    case .none:
      return Fact(label: "grad_fn", value: "None", isChanged: isChanged)
    case .node(let node, let output):
      let name = moment.node(node)?.name ?? ""
      let nr = output > 0 ? ", output \(output)" : ""
      return Fact(
        label: "grad_fn",
        value: "\(name) (\(node))\(nr)",
        role: .node,
        reference: .node(node),
        isChanged: isChanged
      )
    case .outdated:
      return Fact(label: "grad_fn", value: "made anew when read: its base was written")
    case .invalid(let message):
      return Fact(label: "grad_fn", value: message, role: .broken)
    }
  }

  private func grad(of tensor: TensorState) -> [Fact] {
    let isChanged = changed(.tensor(tensor.id), .grad)
    guard let grad = tensor.grad, let values = moment.values(of: grad) else {
      let reason =
        !tensor.requiresGrad
        ? "" : tensor.isLeaf || tensor.retainsGrad ? "" : ": only leaves keep one"
      return [Fact(label: "grad", value: "None" + reason, isChanged: isChanged)]
    }
    return [
      Fact(
        label: "grad",
        value: text(of: values),
        role: .gradient,
        reference: .tensor(grad),
        isPreformatted: true,
        isChanged: isChanged
      )
    ]
  }

  private func holders(of tensor: TensorState) -> [Fact] {
    var facts: [Fact] = []
    for place in moment.holders(of: tensor.id) {
      guard let node = moment.node(place.node) else { continue }
      let saved = node.saved[place.index]
      facts.append(
        Fact(
          label: facts.isEmpty ? "saved by" : "",
          value: "\(node.name) (\(node.id)) as \(saved.label) at version \(saved.savedVersion)"
            + Self.verdict(saved),
          role: saved.status.isBroken ? .broken : .saved,
          reference: .node(node.id)
        )
      )
    }
    return facts
  }

  private func names(of tensor: TensorState) -> [Fact] {
    var facts: [Fact] = []
    for name in tensor.names {
      facts.append(
        Fact(
          label: facts.isEmpty ? "names" : "",
          value: "\(name.name) (line \(name.line))"
        )
      )
    }
    let step = timeline.steps[tensor.createdAt]
    if let line = step.line { facts.append(Fact(label: "made on", value: "line \(line)")) }
    return facts
  }

  /// What became of a saved tensor, in a few words.
  static func verdict(_ saved: SavedState) -> String {
    switch saved.status {
    case .intact: ""
    case .used: ", used"
    case .released: ", released"
    case .versionMoved: ", now \(saved.currentVersion): backward will fail"
    case .silentlyChanged: ", changed unseen: the gradient will be wrong"
    }
  }

  /// Whether this step changed something.
  private func changed(_ entity: FieldChange.Entity, _ field: FieldChange.Field) -> Bool {
    moment.changes.contains(FieldChange(entity, field))
  }
}

// MARK: Nodes and storages

extension Facts {
  private func node(_ node: NodeState) -> [Fact] {
    var facts: [Fact] = []
    if let backward = moment.backward, backward.node == node.id {
      for gradient in backward.incoming.compactMap({ $0 }) {
        guard let values = moment.values(of: gradient) else { continue }
        facts.append(
          Fact(
            label: "gradient",
            value: text(of: values),
            role: .gradient,
            reference: .tensor(gradient),
            isPreformatted: true,
            isChanged: true
          )
        )
      }
    }
    if let variable = node.variable {
      facts.append(
        Fact(label: "adds to", value: "\(word(variable)).grad", reference: .tensor(variable))
      )
    }
    for tensor in moment.tensors where tensor.gradFn.node == node.id {
      facts.append(
        Fact(
          label: "made",
          value: "\(tensor.label) \(Digest.text(tensor.values)) "
            + Digest.version(tensor.version),
          role: .tensor,
          reference: .tensor(tensor.id)
        )
      )
    }
    facts += saved(by: node)
    facts += next(of: node)
    for attribute in node.attributes {
      facts.append(Fact(label: attribute.label, value: Digest.attribute(attribute.value)))
    }
    if node.isReleased {
      facts.append(
        Fact(label: "", value: "saved tensors released: no second backward", role: .released)
      )
    }
    if let line = node.line { facts.append(Fact(label: "made on", value: "line \(line)")) }
    if let number = node.sequenceNr { facts.append(Fact(label: "sequence", value: "\(number)")) }
    return facts
  }

  private func saved(by node: NodeState) -> [Fact] {
    node.saved.enumerated().map { index, saved in
      var value: String
      if let tensor = saved.tensor {
        value = "\(saved.label) = \(word(tensor)) at version \(saved.savedVersion)"
        if let values = saved.values { value += ", " + Digest.text(values) }
        value += Self.verdict(saved)
      } else if let number = saved.number {
        value = "\(saved.label) = \(Digest.number(number))"
      } else {
        value = "\(saved.label) = None"
      }
      return Fact(
        label: index == 0 ? "saved" : "",
        value: value,
        role: saved.status.isBroken ? .broken : saved.status == .released ? .released : .saved,
        reference: saved.tensor.map { .tensor($0) },
        isChanged: changed(.node(node.id), .saved)
      )
    }
  }

  private func next(of node: NodeState) -> [Fact] {
    node.edges.enumerated().map { index, edge in
      let label = index == 0 ? "next" : ""
      guard let edge else { return Fact(label: label, value: "None", role: .muted) }
      let next = moment.node(edge.node)
      let leaf = next?.variable.map { " of \(word($0))" } ?? ""
      return Fact(
        label: label,
        value: "\(next?.name ?? "") (\(edge.node))\(leaf)",
        role: .node,
        reference: .node(edge.node),
        isChanged: changed(.node(node.id), .edges)
      )
    }
  }

  private func storage(_ storage: StorageState) -> [Fact] {
    var facts = [
      Fact(label: "bytes", value: String(storage.byteCount)),
      Fact(
        label: "writes",
        value: String(storage.writes),
        isChanged: changed(.storage(storage.id), .writes)
      ),
    ]
    for (index, id) in storage.tensors.enumerated() {
      guard let tensor = moment.tensor(id) else { continue }
      facts.append(
        Fact(
          label: index == 0 ? "tensors" : "",
          value: "\(tensor.label) \(Digest.shape(tensor.sizes)) "
            + Digest.version(tensor.version) + (tensor.isAlive ? "" : ", out of reach"),
          role: tensor.isAlive ? .tensor : .muted,
          reference: .tensor(id)
        )
      )
    }
    return facts
  }
}
