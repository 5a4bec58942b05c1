/// The keys and what they do, from the table of commands.
struct HelpPane: Sendable {
  /// How many lines are above the top.
  var scroll: Int
}

extension HelpPane {
  /// One line of the help.
  enum Line: Equatable, Sendable {
    case blank
    case heading(String)
    case row(keys: String, help: String)
  }

  /// The whole text, in one column.
  static let lines: [Line] = {
    var lines: [Line] = []
    for group in Command.Group.allCases {
      if !lines.isEmpty { lines.append(.blank) }
      lines.append(.heading(group.rawValue))
      for command in Command.all where command.group == group {
        lines.append(.row(keys: command.symbols, help: command.help))
      }
    }
    return lines
  }()

  /// How far one can scroll in a pane of so many rows.
  static func lastScroll(rows: Int) -> Int { max(0, lines.count + 1 - rows) }

  /// Draws the help over the whole of the canvas.
  func draw(into canvas: inout Canvas, glyphs: Glyphs) {
    canvas.fill(canvas.bounds, .text, on: .plain)
    let first = min(scroll, Self.lastScroll(rows: canvas.rows))
    canvas.put("Keys", row: 0, column: 1, .titleFocused)
    let hint = first < Self.lastScroll(rows: canvas.rows) ? "j more  Esc close" : "Esc close"
    canvas.put(hint, row: 0, column: canvas.columns - hint.count - 1, .muted)
    for (row, line) in Self.lines.dropFirst(first).prefix(max(0, canvas.rows - 1)).enumerated() {
      switch line {
      case .blank: break
      case .heading(let text): canvas.put(text, row: row + 1, column: 1, .heading)
      case .row(let keys, let help):
        canvas.put(keys, row: row + 1, column: 3, .key)
        canvas.put(
          glyphs.fitted(help, to: canvas.columns - 19),
          row: row + 1,
          column: 18,
          .keyHelp
        )
      }
    }
  }
}
