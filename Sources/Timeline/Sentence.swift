import Interpreter

extension Timeline {
  /// What a step did, in words for people: `add_ writes t3 (w) in place: version 0 → 1`.
  public func sentence(at step: Int) -> String { sentence(of: moment(at: step)) }

  /// What the step of a moment did, in words for people.
  public func sentence(of moment: Moment) -> String {
    Sentence(step: steps[moment.step], moment: moment, timeline: self).text
  }
}

/// The words for one step.
private struct Sentence {
  let step: Step
  let moment: Moment
  let timeline: Timeline

  var text: String {
    switch step.kind {
    case .begin: "the script begins"
    case .end: "the script ends"
    case .statement: bindings ?? "runs \(code)"
    case .call(let function): "calls \(function)" + (bindings.map { ": " + $0 } ?? "")
    case .operation(let name): operation(name)
    case .detach(let inPlace): inPlace ? "detach_ cuts \(outputs) off its history" : alias("detach")
    case .dataRead: alias(".data")
    case .dataAssigned: "\(outputs).data = \(first(step.inputs)): takes its memory, same version"
    case .gradAssigned: "\(outputs).grad = \(first(step.inputs, else: "None"))"
    case .flagChanged(let flag): "\(flag) of \(outputs) is set"
    case .backwardBegan(let pass):
      "backward \(pass) begins at \(list(moment.passes.last?.state.roots ?? []))"
    case .backwardEnded(let pass): "backward \(pass) ends"
    case .nodeApplied(let node): applied(node)
    case .accumulated(let leaf): accumulated(leaf)
    case .released(let node): "\(shown(node)) drops its saved tensors"
    case .hook(let name): "hook \(name) runs"
    case .output: "prints \(said)"
    case .warning: "warns: \(said)"
    case .error: moment.error.map { "\($0.type): \($0.message)" } ?? "an exception is raised"
    }
  }
}

extension Sentence {
  /// The names that were bound.
  private var bindings: String? {
    var parts: [String] = []
    for change in moment.changes {
      guard change.field == .binding, case .name(let name, let frame) = change.entity else {
        continue
      }
      let binding =
        moment.frames.indices.contains(frame)
        ? moment.frames[frame].bindings.first { $0.name == name } : nil
      switch binding?.value {
      case .tensor(let id)?: parts.append("\(name) names \(id)")
      case let value?: parts.append("\(name) = \(value.shown)")
      case nil: parts.append("\(name) is no longer bound")
      }
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// The first line of the statement.
  private var code: String {
    guard let range = step.place?.statement else { return "nothing" }
    let bytes = timeline.source.bytes
    guard range.start.offset < bytes.count, range.start.offset <= range.end.offset else {
      return "line \(range.start.line)"
    }
    let text = bytes[range.start.offset..<min(range.end.offset, bytes.count)]
    let line = text.prefix { $0 != UInt8(ascii: "\n") }
    return String(decoding: line, as: UTF8.self)
  }

  private func operation(_ name: String) -> String {
    let isInPlace = step.outputs.count == 1 && step.inputs.first == step.outputs.first
    guard isInPlace, let target = step.outputs.first else {
      var text = name
      if !step.inputs.isEmpty { text += " of \(list(step.inputs))" }
      if !step.outputs.isEmpty { text += " makes \(outputs)" }
      if let view = step.outputs.first.flatMap(moment.tensor), view.isView, let base = view.base {
        text += ", a view of \(shown(base))"
      }
      return text + broken
    }
    return "\(name) writes \(shown(target)) in place" + version + broken
  }

  /// `: version 0 → 1`, or that no counter saw the write.
  private var version: String {
    for index in timeline.changeRange(step.index) {
      if case .version(_, let old, let new) = timeline.changeTable[index] {
        return ": version \(old) → \(new)"
      }
    }
    return ""
  }

  /// Whose saved tensors it breaks.
  private var broken: String {
    guard !step.marks.isDisjoint(with: [.brokenSaved, .silentChange]) else { return "" }
    let storages = moment.changes.compactMap { change in
      if case .storage(let id) = change.entity, change.field == .values { id } else { nil }
    }
    for storage in storages {
      for place in moment.holders(on: storage) {
        let status = moment.node(place.node)?.saved[place.index].status
        if status == .versionMoved {
          return "; \(shown(place.node)) had saved it: backward will fail"
        }
        if status == .silentlyChanged {
          return "; \(shown(place.node)) had saved it: the gradient will be silently wrong"
        }
      }
    }
    return ""
  }

  private func alias(_ name: String) -> String {
    "\(name) of \(first(step.inputs)) makes \(outputs) on the same memory, without history"
  }

  private func applied(_ node: NodeID) -> String {
    let incoming = moment.passes.last?.current.incoming.compactMap { $0 } ?? []
    return "\(shown(node)) takes \(list(incoming, else: "no gradient"))"
  }

  private func accumulated(_ leaf: TensorID) -> String {
    guard let grad = moment.tensor(leaf)?.grad else {
      return "a gradient arrives at \(shown(leaf))"
    }
    return "\(shown(leaf)).grad is \(grad)"
  }

  private var said: String {
    var index = moment.transcriptCount - 1
    guard index >= 0, index < timeline.entries.count else { return "" }
    if case .error = timeline.entries[index], index > 0 { index -= 1 }
    switch timeline.entries[index] {
    case .output(let text):
      let line = text.split(separator: "\n", maxSplits: 1).first.map(String.init) ?? ""
      return line.utf8.count + 1 < text.utf8.count ? line + " …" : line
    case .warning(let warning): return warning.message
    case .error(let error): return error.message
    }
  }

  private var outputs: String { list(step.outputs) }

  private func first(_ ids: [TensorID], else none: String = "it") -> String {
    ids.first.map(shown) ?? none
  }

  private func list(_ ids: [TensorID], else none: String = "nothing") -> String {
    if ids.isEmpty { return none }
    let words = ids.prefix(3).map(shown)
    return words.joined(separator: ", ") + (ids.count > 3 ? " and \(ids.count - 3) more" : "")
  }

  private func shown(_ id: TensorID) -> String {
    moment.names(of: id).first.map { "\(id) (\($0.name))" } ?? id.description
  }

  private func shown(_ id: NodeID) -> String {
    moment.node(id).map { "\($0.name) (\(id))" } ?? id.description
  }
}
