/// A rectangle of cells: where it begins and how many rows and columns it has.
struct Rect: Hashable, Sendable {
  /// The first row.
  var row: Int
  /// The first column.
  var column: Int
  /// How many rows it has, not negative.
  var rows: Int
  /// How many columns it has, not negative.
  var columns: Int

  /// A rectangle; sizes below nothing count as nothing.
  init(row: Int, column: Int, rows: Int, columns: Int) {
    self.row = row
    self.column = column
    self.rows = max(0, rows)
    self.columns = max(0, columns)
  }
}

extension Rect {
  /// The row after the last.
  var endRow: Int { row + rows }

  /// The column after the last.
  var endColumn: Int { column + columns }

  /// Whether it has no cells.
  var isEmpty: Bool { rows == 0 || columns == 0 }

  /// Whether a cell lies in it.
  func contains(row: Int, column: Int) -> Bool {
    row >= self.row && row < endRow && column >= self.column && column < endColumn
  }

  /// The cells that two rectangles share.
  func intersection(_ other: Self) -> Self {
    let top = max(row, other.row)
    let left = max(column, other.column)
    return Self(
      row: top,
      column: left,
      rows: min(endRow, other.endRow) - top,
      columns: min(endColumn, other.endColumn) - left
    )
  }

  /// The rectangle without a margin.
  func inset(top: Int = 0, left: Int = 0, bottom: Int = 0, right: Int = 0) -> Self {
    Self(
      row: row + top,
      column: column + left,
      rows: rows - top - bottom,
      columns: columns - left - right
    )
  }
}
