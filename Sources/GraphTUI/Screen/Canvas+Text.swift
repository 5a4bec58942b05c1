extension Canvas {
  /// The screen as lines of text, without blanks at their ends, each ended by a line feed.
  var text: String {
    var result = ""
    for row in 0..<totalRows {
      var line = ""
      var pending = 0
      for cell in self[row: row] where cell.width > 0 {
        if cell.text == " " {
          pending += 1
        } else {
          line += String(repeating: " ", count: pending) + cell.text
          pending = 0
        }
      }
      result += line + "\n"
    }
    return result
  }

  /// The screen as lines of text with the colours and attributes of a theme as escape sequences.
  ///
  /// Each line begins and ends in the terminal's own colours, so that lines can be cut and joined.
  func ansi(theme: Theme, depth: ColorDepth) -> String {
    let normal = Appearance()
    var result = ""
    for row in 0..<totalRows {
      let cells = self[row: row]
      let end = cells.lastIndex { cell in
        cell.text != " " || theme.appearance(of: cell.style, depth: depth) != normal
      }
      var current = normal
      for cell in cells.prefix(through: end ?? cells.startIndex) where cell.width > 0 {
        if end == nil { break }
        let look = theme.appearance(of: cell.style, depth: depth)
        if look != current {
          result += look.escapeSequence
          current = look
        }
        result += cell.text
      }
      if current != normal { result += normal.escapeSequence }
      result += "\n"
    }
    return result
  }

  /// What looks like some characters that texts are fond of.
  private static let likeness = [
    "→": ">", "←": "<", "↑": "^", "↓": "v", "…": "~", "–": "-", "—": "-", "×": "x", "·": ".",
    "‘": "'", "’": "'", "“": "\"", "”": "\"", "≠": "#", "≤": "<", "≥": ">",
  ]

  /// The screen in ASCII alone.
  ///
  /// Any other character becomes one that looks like it, or a question mark for each of its cells.
  var inASCII: Self {
    var result = Self(rows: totalRows, columns: totalColumns)
    for row in 0..<totalRows {
      for (column, cell) in self[row: row].enumerated() where cell.width > 0 {
        let isASCII = cell.text.utf8.count == 1
        let text =
          isASCII
          ? cell.text : Self.likeness[cell.text] ?? String(repeating: "?", count: Int(cell.width))
        result.put(text, row: row, column: column, cell.style.role, on: cell.style.ground)
      }
    }
    if let cursor {
      result.place(cursorAtRow: cursor.row, column: cursor.column, visible: cursor.isVisible)
    }
    return result
  }
}
