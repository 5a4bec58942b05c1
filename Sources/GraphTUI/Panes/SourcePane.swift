import Interpreter

/// The script, with the statement that runs and the expression that this step evaluates.
struct SourcePane: Sendable {
  /// The lines.
  var lines: SourceLines
  /// Where the script is.
  var place: ScriptPlace?
  /// The first line shown, counted from 1.
  var top: Int
  /// The first column shown.
  var left: Int
  /// The line under the pane's own cursor, while the pane has the focus.
  var cursorLine: Int?
  /// The lines with breakpoints.
  var breakpoints: Set<Int>
  /// The worst that happened on a line up to now.
  var marks: [Int: Mark]

  /// What the margin says of a line.
  enum Mark: Int, Comparable, Sendable {
    case bump
    case warning
    case finding
    case error

    /// Orders marks by how bad they are.
    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }
}

extension SourcePane {
  /// The columns before the text.
  static func gutter(lines: Int) -> Int { max(2, String(lines).count) + 4 }

  /// Draws the pane.
  func draw(into canvas: inout Canvas, glyphs: Glyphs) {
    let gutter = Self.gutter(lines: lines.count)
    for row in 0..<canvas.rows {
      let line = top + row
      guard line <= lines.count else { break }
      let isCurrent = place.map { range(of: $0.statement).contains(line) } ?? false
      let isFirst = place?.statement.start.line == line
      if isCurrent {
        let rest = Rect(row: row, column: gutter - 1, rows: 1, columns: canvas.columns)
        canvas.fill(rest, .code, on: .currentLine)
      }
      drawMargin(line, row: row, gutter: gutter, isFirst: isFirst, into: &canvas, glyphs)
      drawText(line, row: row, gutter: gutter, into: &canvas)
      if cursorLine == line {
        canvas.lay(.selected, under: Rect(row: row, column: 2, rows: 1, columns: gutter - 3))
      }
    }
  }

  private func drawMargin(
    _ line: Int,
    row: Int,
    gutter: Int,
    isFirst: Bool,
    into canvas: inout Canvas,
    _ glyphs: Glyphs
  ) {
    if breakpoints.contains(line) {
      canvas.put(glyphs.breakpoint, row: row, column: 0, .breakpoint)
    }
    if isFirst {
      canvas.put(glyphs.current, row: row, column: 1, .sourceCurrent)
    } else if let mark = marks[line] {
      let (glyph, role) = Self.look(of: mark, glyphs)
      canvas.put(glyph, row: row, column: 1, role)
    }
    let number = String(line)
    let role: Role = isFirst ? .lineNumberCurrent : .lineNumber
    canvas.put(number, row: row, column: gutter - 2 - number.count, role)
  }

  private func drawText(_ line: Int, row: Int, gutter: Int, into canvas: inout Canvas) {
    var column = gutter - left
    for piece in lines.pieces(ofLine: line) {
      defer { column += piece.width }
      guard column >= gutter else { continue }
      guard column < canvas.columns else { break }
      let isInside =
        place.map {
          piece.offset >= $0.expression.start.offset && piece.offset < $0.expression.end.offset
            && $0.expression != $0.statement
        } ?? false
      canvas.put(
        piece.text,
        row: row,
        column: column,
        piece.role,
        on: isInside ? .currentExpression : nil
      )
    }
  }

  private func range(of statement: SourceRange) -> ClosedRange<Int> {
    statement.start.line...max(statement.start.line, statement.end.line)
  }

  /// What a mark looks like.
  static func look(of mark: Mark, _ glyphs: Glyphs) -> (String, Role) {
    switch mark {
    case .bump: (glyphs.bump, .version)
    case .warning: (glyphs.warning, .warning)
    case .finding: (glyphs.finding, .finding)
    case .error: (glyphs.error, .error)
    }
  }
}
