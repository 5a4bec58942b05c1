import Interpreter
import Timeline

/// What the script said up to now: what it printed, warnings, errors.
struct OutputPane: Sendable {
  /// A line and what it is.
  struct Line: Hashable, Sendable {
    var text: String
    var role: Role
  }

  /// The lines.
  var lines: [Line]
  /// How many lines are below the bottom.
  var scroll: Int
}

extension OutputPane {
  /// The lines of what was said, broken at a width.
  static func lines(of entries: some Sequence<TranscriptEntry>, columns: Int) -> [Line] {
    var lines: [Line] = []
    for entry in entries {
      let (text, role) = said(entry)
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        let parts =
          role == .output
          ? TextFlow.broken(String(line), columns: columns)
          : TextFlow.wrapped(String(line), columns: columns)
        for part in parts {
          lines.append(Line(text: part, role: role))
        }
      }
      if lines.last?.text.isEmpty ?? false { lines.removeLast() }
    }
    return lines
  }

  private static func said(_ entry: TranscriptEntry) -> (String, Role) {
    switch entry {
    case .output(let text): (text, .output)
    case .warning(let report): ("\(report.category): \(report.message)", .warning)
    case .error(let error): ("\(error.type): \(error.message)", .error)
    }
  }

  /// Draws the pane.
  func draw(into canvas: inout Canvas, glyphs: Glyphs) {
    if lines.isEmpty { canvas.put("nothing printed yet", row: 0, column: 1, .muted) }
    let hidden = max(0, lines.count - canvas.rows)
    let first = max(0, hidden - scroll)
    for (row, line) in lines.dropFirst(first).prefix(canvas.rows).enumerated() {
      canvas.put(line.text, row: row, column: 1, line.role)
    }
    if first > 0 {
      canvas.put(glyphs.above, row: 0, column: canvas.columns - 1, .muted)
    }
    if first < hidden {
      canvas.put(glyphs.below, row: canvas.rows - 1, column: canvas.columns - 1, .muted)
    }
  }
}
