/// The selected tensor, node or storage in full.
struct TensorPane: Sendable {
  /// What is known.
  var facts: [Fact]
  /// The fact under the pane's own cursor, while the pane has the focus.
  var cursor: Int?
  /// The first line shown.
  var top: Int
}

extension TensorPane {
  /// A line of the pane.
  private struct Line {
    var fact: Int
    var label: String
    var value: String
  }

  /// The columns of labels.
  private static let labelWidth = 10

  /// The line on which a fact begins, when the pane has so many columns.
  static func line(of fact: Int, _ facts: [Fact], columns: Int) -> Int {
    lines(of: facts, columns: columns).firstIndex { $0.fact == fact } ?? 0
  }

  /// The number of lines when the pane has so many columns.
  static func lineCount(_ facts: [Fact], columns: Int) -> Int {
    lines(of: facts, columns: columns).count
  }

  private static func lines(of facts: [Fact], columns: Int) -> [Line] {
    var lines: [Line] = []
    let room = max(4, columns - labelWidth - 2)
    for (index, fact) in facts.enumerated() {
      let rows = fact.value.split(separator: "\n", omittingEmptySubsequences: false)
      var label = fact.label
      for row in rows {
        let parts =
          fact.isPreformatted
          ? TextFlow.broken(String(row), columns: room)
          : TextFlow.wrapped(String(row), columns: room)
        for part in parts {
          lines.append(Line(fact: index, label: label, value: part))
          label = ""
        }
      }
    }
    return lines
  }

  /// Draws the pane.
  func draw(into canvas: inout Canvas, glyphs: Glyphs) {
    let lines = Self.lines(of: facts, columns: canvas.columns)
    for (row, line) in lines.dropFirst(top).prefix(canvas.rows).enumerated() {
      let fact = facts[line.fact]
      canvas.put(line.label, row: row, column: 1, .muted, limit: Self.labelWidth)
      let role: Role = fact.isChanged && fact.role == .text ? .changed : fact.role
      canvas.put(line.value, row: row, column: Self.labelWidth + 1, role)
      if fact.isChanged {
        let rest = Rect(
          row: row,
          column: Self.labelWidth + 1,
          rows: 1,
          columns: line.value.count
        )
        canvas.lay(.changed, under: rest)
      }
      if cursor == line.fact {
        let rest = Rect(row: row, column: 1, rows: 1, columns: canvas.columns - 1)
        canvas.lay(.selected, under: rest)
      }
    }
    if top > 0 { canvas.put(glyphs.above, row: 0, column: canvas.columns - 1, .muted) }
    if lines.count > top + canvas.rows {
      canvas.put(glyphs.below, row: canvas.rows - 1, column: canvas.columns - 1, .muted)
    }
  }
}
