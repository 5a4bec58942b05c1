import Interpreter
import Timeline

// Moving in time.
extension Explorer {
  /// Moves to a step, the nearest one if there is no such step.
  mutating func move(to step: Int) {
    cursor.move(to: step)
    settle()
  }

  /// Does what a command about time says; whether it is one.
  mutating func performInTime(_ command: Command.ID) -> Bool {
    let now = cursor.step
    switch command {
    case .stepForward: move(to: now + 1, else: "the end of the history")
    case .stepBack: move(to: now - 1, else: "the beginning of the history")
    case .statementForward:
      move(to: timeline.statementEnd(after: now) ?? lastStep, else: "the end of the history")
    case .statementBack:
      move(to: timeline.statementEnd(before: now) ?? 0, else: "the beginning of the history")
    case .first: move(to: 0)
    case .last: move(to: lastStep)
    case .play:
      isPlaying.toggle()
      if isPlaying, now == lastStep { move(to: 0) }
    case .faster: changeSpeed(by: 1)
    case .slower: changeSpeed(by: -1)
    case .nextEvent: jump(timeline.mark(after: now), "no event after this one")
    case .previousEvent: jump(timeline.mark(before: now), "no event before this one")
    case .breakpoint: toggleBreakpoint()
    case .runForward: run(by: 1)
    case .runBack: run(by: -1)
    case .lastWrite, .nextRead: follow(command)
    case .searchNext: searchOn(forward: true)
    case .searchPrevious: searchOn(forward: false)
    default: return false
    }
    return true
  }

  private mutating func move(to step: Int, else words: String) {
    isPlaying = false
    guard step >= 0, step <= lastStep, step != cursor.step else {
      note = words
      return
    }
    move(to: step)
  }

  private mutating func jump(_ step: Int?, _ words: String) {
    isPlaying = false
    guard let step else {
      note = words
      return
    }
    move(to: step)
  }

  private mutating func changeSpeed(by change: Int) {
    speed = min(max(0, speed + change), Self.speeds.count - 1)
    note = "a step every \(Self.speeds[speed]) ms"
  }

  /// Goes to `12`, a step, or `line 7`, the next step of that line.
  mutating func goTo(_ text: String) {
    let words = text.split(separator: " ")
    if words.count == 1, let step = Int(words[0]) {
      jump(step >= 0 && step <= lastStep ? step : nil, "the steps are 0 to \(lastStep)")
    } else if words.count == 2, words[0] == "line" || words[0] == "l", let line = Int(words[1]) {
      let step = timeline.step(ofLine: line, after: cursor.step) ?? timeline.step(ofLine: line)
      jump(step, "line \(line) never runs")
    } else {
      note = "say a step, 12, or a line, line 7"
    }
  }

  // MARK: Breakpoints

  private mutating func toggleBreakpoint() {
    let line = focus == .source ? sourceCursor : step.line ?? sourceCursor
    if breakpoints.remove(line) == nil { breakpoints.insert(line) }
    note =
      breakpoints.contains(line) ? "breakpoint on line \(line)" : "no breakpoint on line \(line)"
  }

  private mutating func run(by direction: Int) {
    isPlaying = false
    var index = cursor.step + direction
    while index > 0, index < lastStep {
      if isStop(index) { break }
      index += direction
    }
    move(to: index, else: direction > 0 ? "the end of the history" : "the beginning of the history")
  }

  /// Whether running stops at a step: it begins a line with a breakpoint, or something is wrong.
  private func isStop(_ index: Int) -> Bool {
    let marks = timeline.marks(at: index)
    if !marks.isDisjoint(with: [.error, .brokenSaved, .silentChange]) { return true }
    guard !breakpoints.isEmpty else { return false }
    let step = timeline.steps[index]
    guard let line = step.line, breakpoints.contains(line) else { return false }
    let before = timeline.steps[index - 1]
    return before.endsStatement || before.line != line
  }

  // MARK: Writes, reads, searching

  private mutating func follow(_ command: Command.ID) {
    guard let selection, let storage = selection.storage(in: moment) else {
      note = "no tensor is selected"
      return
    }
    pinned = selection
    if command == .lastWrite {
      let step = timeline.writes(of: storage).last { $0 < cursor.step }
      jump(step, "no write of \(storage) before this step")
    } else {
      let step = timeline.reads(of: storage).first { $0 > cursor.step }
      jump(step, "no read of \(storage) after this step")
    }
  }

  /// Goes to the next, or the last, step that the searched text fits.
  mutating func searchOn(forward: Bool) {
    guard !search.isEmpty else {
      note = "nothing was searched for"
      return
    }
    let query = search.lowercased()
    var index = cursor.step
    var probe = cursor
    while true {
      index += forward ? 1 : -1
      guard index >= 0, index <= lastStep else { break }
      probe.move(to: index)
      if fits(query, at: probe) {
        jump(index, "")
        return
      }
    }
    note = "no '\(search)' \(forward ? "after" : "before") this step"
  }

  private func fits(_ query: String, at probe: Cursor) -> Bool {
    if timeline.sentence(of: probe.moment).lowercased().contains(query) { return true }
    guard let line = timeline.steps[probe.step].line else { return false }
    return lines.text(ofLine: line).lowercased().contains(query)
  }
}
