/// The lines between panes, joined where they meet.
struct Frame {
  private var arms: [UInt8]
  private let rows: Int
  private let columns: Int

  /// No lines yet.
  init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    arms = Array(repeating: 0, count: rows * columns)
  }

  /// Adds a level line.
  mutating func addLevel(row: Int, from column: Int, columns count: Int) {
    for place in column..<column + count {
      var arm: UInt8 = 0
      // A line that ends at the edge of the window goes on beyond it.
      if place > column || place == 0 { arm |= 4 }
      if place < column + count - 1 || place == columns - 1 { arm |= 8 }
      add(row: row, column: place, arm)
    }
  }

  /// Adds an upright line.
  mutating func addUpright(column: Int, from row: Int, rows count: Int) {
    for place in row..<row + count {
      var arm: UInt8 = 0
      if place > row { arm |= 1 }
      arm |= 2
      add(row: place, column: column, arm)
    }
  }

  /// Draws the lines.
  func draw(into canvas: inout Canvas, glyphs: Glyphs) {
    for row in 0..<rows {
      for column in 0..<columns where arms[row * columns + column] != 0 {
        let stroke = glyphs.strokes[Int(arms[row * columns + column])]
        canvas.put(stroke, row: row, column: column, .border)
      }
    }
  }

  private mutating func add(row: Int, column: Int, _ arm: UInt8) {
    guard row >= 0, row < rows, column >= 0, column < columns else { return }
    arms[row * columns + column] |= arm
  }
}
