import Timeline

/// What happened where in a history, gathered once so that a frame costs the same at any length.
struct HistoryMarks: Sendable {
  /// The marks of every step.
  let marks: [Step.Marks]
  private var events: [Event] = []

  private struct Event {
    var step: Int
    var line: Int
    var mark: SourcePane.Mark
  }

  /// The marks of a history.
  init(_ timeline: Timeline) {
    let count = timeline.steps.count
    marks = (0..<count).map { timeline.marks(at: $0) }
    for step in 0..<count where !marks[step].isDisjoint(with: .events) {
      guard let mark = Self.mark(of: marks[step]), let line = timeline.steps[step].line else {
        continue
      }
      events.append(Event(step: step, line: line, mark: mark))
    }
  }

  /// The worst that happened on each line of the script up to a step.
  func worst(upTo step: Int) -> [Int: SourcePane.Mark] {
    var worst: [Int: SourcePane.Mark] = [:]
    for event in events {
      if event.step > step { break }
      worst[event.line] = max(worst[event.line] ?? event.mark, event.mark)
    }
    return worst
  }

  private static func mark(of marks: Step.Marks) -> SourcePane.Mark? {
    if marks.contains(.error) { return .error }
    if !marks.isDisjoint(with: [.brokenSaved, .silentChange]) { return .finding }
    if marks.contains(.warning) { return .warning }
    if marks.contains(.versionBump) { return .bump }
    return nil
  }
}
