import Timeline

/// The whole history as a line, with what happened on it and where we are.
struct TimelinePane: Sendable {
  /// The marks of every step.
  var marks: [Step.Marks]
  /// The present step.
  var step: Int
}

extension TimelinePane {
  /// The step at a column of a line of so many columns.
  func step(atColumn column: Int, columns: Int) -> Int {
    let count = marks.count
    guard columns > 1, count > 1 else { return 0 }
    return min(max(0, (column * (count - 1) + (columns - 1) / 2) / (columns - 1)), count - 1)
  }

  /// The column of a step.
  func column(of step: Int, columns: Int) -> Int {
    let count = marks.count
    guard count > 1 else { return 0 }
    return (step * (columns - 1) + (count - 1) / 2) / (count - 1)
  }

  /// Draws the line, and above it, if there is room, the events.
  func draw(into canvas: inout Canvas, glyphs: Glyphs) {
    guard canvas.rows > 0 else { return }
    let columns = canvas.columns
    let bar = canvas.rows - 1
    let now = column(of: step, columns: columns)
    for (column, marks) in summary(columns: columns).enumerated() {
      let isBackward = marks.contains(.backward)
      let glyph =
        isBackward ? glyphs.timeBackward : column <= now ? glyphs.timePast : glyphs.timeFuture
      let role: Role = column > now ? .timeFuture : isBackward ? .timeBackward : .timePast
      canvas.put(glyph, row: bar, column: column, role)
      guard let event = Self.event(of: marks, glyphs) else { continue }
      canvas.put(event.glyph, row: 0, column: column, event.role)
    }
    canvas.put(glyphs.timeNow, row: bar, column: now, .timeNow)
  }

  /// The marks of the steps under each column.
  private func summary(columns: Int) -> [Step.Marks] {
    var sums = [Step.Marks](repeating: [], count: columns)
    let count = marks.count
    for step in 0..<count where !marks[step].isEmpty {
      sums[column(of: step, columns: columns)].formUnion(marks[step])
    }
    // With fewer steps than columns, what lies between two steps belongs to the first.
    guard count < columns, count > 1 else { return sums }
    for step in 0..<count - 1 where marks[step].contains(.backward) {
      guard marks[step + 1].contains(.backward) else { continue }
      let start = column(of: step, columns: columns)
      for column in start..<column(of: step + 1, columns: columns) {
        sums[column].insert(.backward)
      }
    }
    return sums
  }

  /// The worst event among some marks.
  static func event(of marks: Step.Marks, _ glyphs: Glyphs) -> (glyph: String, role: Role)? {
    if marks.contains(.error) { return (glyphs.error, .error) }
    if marks.contains(.silentChange) { return (glyphs.finding, .finding) }
    if marks.contains(.brokenSaved) { return (glyphs.finding, .finding) }
    if marks.contains(.warning) { return (glyphs.warning, .warning) }
    if marks.contains(.detach) { return (glyphs.detach, .view) }
    if marks.contains(.uncountedWrite) { return (glyphs.bump, .finding) }
    if marks.contains(.versionBump) { return (glyphs.bump, .version) }
    return nil
  }
}
