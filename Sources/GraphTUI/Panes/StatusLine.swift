/// What the step did, in words.
struct StatusLine: Sendable {
  /// The present step and the last one.
  var step: Int
  var last: Int
  /// The line of the script.
  var line: Int?
  /// What the step did.
  var words: String
  /// How it is shown.
  var role: Role
  /// Whether time is running.
  var isPlaying: Bool
}

extension StatusLine {
  /// Draws the line, or lines.
  func draw(into canvas: inout Canvas, glyphs: Glyphs) {
    canvas.fill(canvas.bounds, .text, on: .bar)
    let width = String(last).count
    let number = String(repeating: " ", count: max(0, width - String(step).count)) + String(step)
    var column = canvas.put(
      " \(isPlaying ? glyphs.play : " ") step \(number) of \(last)",
      row: 0,
      column: 0,
      .text
    )
    if let line { column = canvas.put("  line \(line)", row: 0, column: column, .text) }
    column += 2
    let room = canvas.columns - column - 1
    let lines = TextFlow.wrapped(words, columns: max(8, room))
    for row in 0..<min(canvas.rows, lines.count) {
      let isLast = row == canvas.rows - 1
      let text = isLast ? lines[row...].joined(separator: " ") : lines[row]
      canvas.put(glyphs.fitted(text, to: room), row: row, column: column, role)
    }
  }
}

/// The keys that matter now, from the table of commands.
struct KeyHints: Sendable {
  /// The commands and the word that is shown for them.
  static let everywhere: [([Command.ID], String)] = [
    ([.stepBack, .stepForward], "step"), ([.statementBack, .statementForward], "statement"),
    ([.previousEvent, .nextEvent], "event"), ([.nextPane], "pane"), ([.play], "play"),
    ([.search], "search"), ([.help], "help"), ([.quit], "quit"),
    ([.lastWrite], "last write"), ([.nextRead], "next read"), ([.center], "centre"),
    ([.zoom], "zoom"), ([.explain], "explain"), ([.commandLine], "command"),
  ]

  /// Draws as many as fit.
  static func draw(into canvas: inout Canvas, note: String) {
    var column = 1
    if !note.isEmpty { column = canvas.put(note, row: 0, column: column, .muted) + 2 }
    for (ids, word) in everywhere {
      let keys = ids.compactMap { Command[$0]?.keys.first?.symbol }.joined(separator: " ")
      guard column + keys.count + 1 + word.count <= canvas.columns else { continue }
      column = canvas.put(keys, row: 0, column: column, .key)
      column = canvas.put(" " + word, row: 0, column: column, .muted) + 2
    }
  }
}
