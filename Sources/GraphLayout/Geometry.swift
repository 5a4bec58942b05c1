/// A cell of the drawing: column and row, from the upper left corner.
public struct Point: Sendable, Hashable {
  /// The column, counted to the right.
  public var x: Int
  /// The row, counted downwards.
  public var y: Int

  /// The cell at a column and a row.
  public init(x: Int, y: Int) {
    self.x = x
    self.y = y
  }
}

/// Columns and rows.
public struct Size: Sendable, Hashable {
  /// The number of columns.
  public var width: Int
  /// The number of rows.
  public var height: Int

  /// So many columns and rows.
  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }
}

/// A rectangle of cells.
public struct Rect: Sendable, Hashable {
  /// The leftmost column.
  public var x: Int
  /// The topmost row.
  public var y: Int
  /// The number of columns.
  public var width: Int
  /// The number of rows.
  public var height: Int

  /// The rectangle with its upper left cell at a column and a row.
  public init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// The column after the last.
  public var endX: Int { x + width }
  /// The row after the last.
  public var endY: Int { y + height }
  /// The cell in the middle; of two, the left and upper one.
  public var center: Point { Point(x: x + (width - 1) / 2, y: y + (height - 1) / 2) }

  /// Whether a cell lies in the rectangle.
  public func contains(_ point: Point) -> Bool {
    point.x >= x && point.x < endX && point.y >= y && point.y < endY
  }

  /// Whether two rectangles share a cell.
  public func intersects(_ other: Rect) -> Bool {
    x < other.endX && other.x < endX && y < other.endY && other.y < endY
  }
}
