import GraphLayout

/// The keys and what they do, from the table of commands.
struct HelpPane: Sendable {
  /// How many lines are above the top.
  var scroll: Int
}

extension HelpPane {
  /// One line of the help.
  enum Line: Hashable, Sendable {
    case blank
    case heading(String)
    case row(keys: String, help: String)
  }

  /// The lines of a group.
  private static func lines(of group: Command.Group) -> [Line] {
    var lines = [Line.heading(group.rawValue)]
    for command in Command.all where command.group == group {
      lines.append(.row(keys: command.symbols, help: command.help))
    }
    return lines
  }

  /// The text in one or two columns, whatever fits.
  private static func columns(_ columns: Int) -> [[Line]] {
    var parts: [[Line]] = []
    for group in Command.Group.allCases {
      let lines = lines(of: group)
      if columns >= 140, let last = parts.last, parts.count == 2 {
        parts[1] = last + [.blank] + lines
      } else if columns >= 140 {
        parts.append(lines)
      } else {
        parts = [(parts.first.map { $0 + [.blank] } ?? []) + lines]
      }
    }
    return parts
  }

  /// How far one can scroll in a pane of so many rows.
  static func lastScroll(rows: Int, columns: Int) -> Int {
    let longest = Self.columns(columns).map(\.count).max() ?? 0
    return max(0, longest + 4 - rows)
  }

  /// Draws the help over the whole of the canvas.
  func draw(into canvas: inout Canvas, glyphs: Glyphs) {
    let parts = Self.columns(canvas.columns)
    let width = canvas.columns / max(1, parts.count)
    canvas.put("Keys", row: 0, column: 1, .titleFocused)
    canvas.put("j k scroll  Esc close", row: 0, column: 8, .muted)
    for (index, lines) in parts.enumerated() {
      let left = index * width
      for (row, line) in lines.dropFirst(scroll).prefix(max(0, canvas.rows - 1)).enumerated() {
        switch line {
        case .blank: break
        case .heading(let text): canvas.put(text, row: row + 1, column: left + 1, .heading)
        case .row(let keys, let help):
          canvas.put(keys, row: row + 1, column: left + 3, .key)
          let text = glyphs.fitted(help, to: width - 17)
          canvas.put(text, row: row + 1, column: left + 17, .keyHelp)
        }
      }
    }
  }
}
