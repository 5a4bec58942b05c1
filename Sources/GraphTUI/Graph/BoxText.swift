import Timeline

/// What a box of the graph says at a moment.
struct BoxText: Sendable {
  /// A stretch of text and what it means.
  struct Run: Hashable, Sendable {
    var text: String
    var role: Role
  }

  /// The lines.
  var lines: [[Run]]
  /// The role of the outline.
  var outline: Role
  /// Whether something in it is broken.
  var isBroken = false
}

/// Makes the texts of boxes at one moment.
struct BoxWriter: Sendable {
  /// The moment.
  let moment: Moment
  /// How much boxes say.
  let detail: GraphMap.Detail
  private var made: [NodeID: [TensorID]] = [:]
  private var accumulators: [TensorID: NodeID] = [:]
  private var shared: Set<StorageID> = []

  /// A writer for a moment.
  init(moment: Moment, timeline: Timeline, detail: GraphMap.Detail, glyphs: Glyphs) {
    self.moment = moment
    self.timeline = timeline
    self.detail = detail
    self.glyphs = glyphs
    var seen: Set<StorageID> = []
    for tensor in moment.tensors {
      if let node = tensor.gradFn.node { made[node, default: []].append(tensor.id) }
      if !seen.insert(tensor.storage).inserted { shared.insert(tensor.storage) }
    }
    for id in moment.liveNodes {
      if let variable = moment.node(id)?.variable { accumulators[variable] = id }
    }
  }

  private let glyphs: Glyphs
  private let timeline: Timeline

  /// The text of a box.
  func text(of entity: Entity, kind: GraphMap.Kind) -> BoxText {
    switch entity {
    case .tensor(let id): tensor(id, kind)
    case .node(let id): node(id)
    case .storage: BoxText(lines: [], outline: .storage)
    }
  }
}

extension BoxWriter {
  private func tensor(_ id: TensorID, _ kind: GraphMap.Kind) -> BoxText {
    guard let tensor = moment.tensor(id) else { return BoxText(lines: [], outline: .muted) }
    let role: Role = kind == .leaf ? .leaf : .tensor
    var lines = [name(of: tensor, role)]
    if kind == .leaf {
      if detail == .full {
        lines.append([
          accumulators[id] == nil
            ? BoxText.Run(text: "leaf", role: .muted)
            : BoxText.Run(text: "AccumulateGrad", role: .accumulateGrad)
        ])
        lines.append(grad(of: tensor))
      } else if tensor.grad != nil {
        lines[0].append(BoxText.Run(text: " " + glyphs.gradient, role: .gradient))
      }
    }
    return BoxText(lines: lines, outline: role)
  }

  private func grad(of tensor: TensorState) -> [BoxText.Run] {
    guard let grad = tensor.grad, let values = moment.values(of: grad) else {
      return [BoxText.Run(text: "grad None", role: .muted)]
    }
    return [BoxText.Run(text: "grad " + Digest.text(values), role: .gradient)]
  }

  /// Name, value or shape, version: `w 2.0 v0`.
  private func name(of tensor: TensorState, _ role: Role) -> [BoxText.Run] {
    var runs = [BoxText.Run(text: tensor.label, role: role)]
    let digest = Digest.text(tensor.values)
    if !digest.isEmpty { runs.append(BoxText.Run(text: " " + digest, role: .text)) }
    if let version = tensor.version {
      runs.append(BoxText.Run(text: " v\(version)", role: version > 0 ? .version : .muted))
    }
    return runs
  }

  private func node(_ id: NodeID) -> BoxText {
    guard let node = moment.node(id) else { return BoxText(lines: [], outline: .muted) }
    let broken = node.saved.contains { $0.status.isBroken }
    let role: Role = broken ? .broken : node.isReleased ? .released : .node
    var head = [BoxText.Run(text: node.name, role: role)]
    let outputs = made[id] ?? []
    if detail == .brief {
      if let first = outputs.first, let tensor = moment.tensor(first) {
        let text = " \(tensor.label) " + Digest.version(tensor.version)
        head.append(BoxText.Run(text: text, role: .tensor))
      }
      if broken { head.append(BoxText.Run(text: " " + glyphs.error, role: .broken)) }
      return BoxText(lines: [head], outline: role, isBroken: broken)
    }
    var lines = [head]
    lines.append(output(of: node, outputs))
    if node.saved.contains(where: { $0.tensor != nil }) { lines.append(saved(by: node)) }
    return BoxText(lines: lines, outline: role, isBroken: broken)
  }

  /// What the operation made, or during backward the gradient that the node was given.
  private func output(of node: NodeState, _ outputs: [TensorID]) -> [BoxText.Run] {
    if let gradient = gradient(of: node.id) {
      return [BoxText.Run(text: glyphs.gradient + " " + gradient, role: .gradient)]
    }
    guard let first = outputs.first, let tensor = moment.tensor(first) else {
      return [BoxText.Run(text: former(of: node), role: .muted)]
    }
    var runs = [BoxText.Run(text: glyphs.becomes + " ", role: .muted)]
    runs += name(of: tensor, .tensor)
    if shared.contains(tensor.storage) {
      runs.append(BoxText.Run(text: " \(tensor.storage)", role: .storage))
    }
    return runs
  }

  /// What became of what the operation made, when it is not the node's any more.
  private func former(of node: NodeState) -> String {
    guard let id = timeline.steps[node.createdAt].outputs.first, let tensor = moment.tensor(id)
    else { return "" }
    return tensor.isAlive ? "\(tensor.label) until rewritten" : "\(glyphs.becomes) \(id)"
  }

  /// The gradient that a node is being given, or that waits for it.
  private func gradient(of node: NodeID) -> String? {
    guard let backward = moment.backward else { return nil }
    if backward.node == node, let first = backward.incoming.compactMap({ $0 }).first {
      return moment.values(of: first).map(Digest.text)
    }
    guard let waiting = backward.waiting.first(where: { $0.node == node })?.gradients.first
    else { return nil }
    return moment.values(of: waiting.tensor).map(Digest.text)
  }

  private func saved(by node: NodeState) -> [BoxText.Run] {
    if node.isReleased { return [BoxText.Run(text: "released", role: .released)] }
    var runs = [BoxText.Run(text: "saved", role: .muted)]
    for saved in node.saved {
      guard let tensor = saved.tensor else { continue }
      let word = moment.names(of: tensor).first?.name ?? tensor.description
      switch saved.status {
      case .versionMoved:
        let text = " \(word)@\(saved.savedVersion)\(glyphs.error)\(saved.currentVersion)"
        runs.append(BoxText.Run(text: text, role: .broken))
      case .silentlyChanged:
        let text = " \(word)@\(saved.savedVersion)\(glyphs.finding)"
        runs.append(BoxText.Run(text: text, role: .finding))
      case .intact, .used, .released:
        runs.append(BoxText.Run(text: " \(word)@\(saved.savedVersion)", role: .saved))
      }
    }
    return runs
  }
}
