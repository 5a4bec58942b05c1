import Timeline

// Explaining what is wrong at a moment.
extension Explorer {
  /// Shows what is wrong with what the graph has saved.
  mutating func explain() {
    let lines = explanation
    overlay = .text(title: "What is wrong here", lines: lines, scroll: 0)
  }

  private var explanation: [String] {
    var lines: [String] = []
    for node in moment.nodes {
      var told: Set<TensorID?> = []
      for saved in node.saved where saved.status.isBroken {
        guard told.insert(saved.tensor).inserted else { continue }
        let labels = node.saved.filter { $0.tensor == saved.tensor }.map(\.label)
        if !lines.isEmpty { lines.append("") }
        lines += words(saved, labels.joined(separator: " and "), of: node)
      }
    }
    if let error = moment.error {
      if !lines.isEmpty { lines.append("") }
      lines += TextFlow.wrapped("\(error.type): \(error.message)", columns: max(20, columns - 4))
    }
    return lines.isEmpty ? ["Nothing is wrong at this moment."] : lines
  }

  private func words(_ saved: SavedState, _ labels: String, of node: NodeState) -> [String] {
    let facts = Facts(moment: moment, timeline: timeline)
    let tensor = saved.tensor.map(facts.word) ?? "a tensor"
    let line = node.line.map { ", line \($0)" } ?? ""
    var text = [
      "\(node.name) (\(node.id)\(line)) saved \(tensor) as \(labels)"
        + " at version \(saved.savedVersion)."
    ]
    let writes = saved.storage.map { timeline.writes(of: $0) } ?? []
    for write in writes where write > node.createdAt && write <= cursor.step {
      let step = timeline.steps[write]
      let place = step.line.map { "Line \($0)" } ?? "A step"
      let source = step.line.map { self.lines.text(ofLine: $0) } ?? ""
      text.append("\(place) wrote it: \(source.drop { $0 == " " })")
    }
    switch saved.status {
    case .versionMoved:
      text.append(
        "It is at version \(saved.currentVersion) now: backward through \(node.name) will raise."
      )
    case .silentlyChanged:
      text.append("No version counter saw it: the gradient will be wrong, without an error.")
    default: break
    }
    return text.flatMap { TextFlow.wrapped($0, columns: max(20, columns - 4)) }
  }
}
