/// A screen as a value: rows of cells that panes draw into and that anything can show.
///
/// Drawing is clipped: text past an edge is cut, a wide character that does not fit leaves a blank,
/// half of a wide character never stays behind. Positions are relative to the part drawn into,
/// which is the whole canvas or, inside ``inset(_:_:)``, a rectangle of it.
struct Canvas: Sendable {
  /// The rows of the whole canvas.
  let totalRows: Int
  /// The columns of the whole canvas.
  let totalColumns: Int
  /// Where the terminal's cursor belongs, in rows and columns of the whole canvas.
  private(set) var cursor: Cursor?
  private var cells: [Cell]
  private var window: Rect
  private var clip: Rect

  /// The place of the cursor.
  struct Cursor: Hashable, Sendable {
    /// The row.
    var row: Int
    /// The column.
    var column: Int
    /// Whether it is shown; hidden, it only tells a screen reader where the attention is.
    var isVisible: Bool
  }

  /// A blank canvas.
  init(rows: Int, columns: Int) {
    let whole = Rect(row: 0, column: 0, rows: rows, columns: columns)
    totalRows = whole.rows
    totalColumns = whole.columns
    cells = Array(repeating: .blank, count: whole.rows * whole.columns)
    window = whole
    clip = whole
  }
}

extension Canvas: Equatable {
  /// Whether two canvases show the same.
  static func == (left: Self, right: Self) -> Bool {
    left.totalColumns == right.totalColumns && left.cursor == right.cursor
      && left.cells == right.cells
  }
}

// MARK: Reading

extension Canvas {
  /// The rows of the part drawn into.
  var rows: Int { window.rows }

  /// The columns of the part drawn into.
  var columns: Int { window.columns }

  /// The part drawn into, as a rectangle that begins at 0, 0.
  var bounds: Rect { Rect(row: 0, column: 0, rows: window.rows, columns: window.columns) }

  /// The cells of a row of the whole canvas.
  subscript(row row: Int) -> ArraySlice<Cell> {
    cells[row * totalColumns..<(row + 1) * totalColumns]
  }

  /// The cell at a place of the whole canvas.
  subscript(row: Int, column: Int) -> Cell { cells[row * totalColumns + column] }
}

// MARK: Drawing

extension Canvas {
  /// Draws into a rectangle of the present part, which is its whole world while `body` runs.
  mutating func inset(_ rect: Rect, _ body: (inout Self) -> Void) {
    let outer = (window, clip)
    window = Rect(
      row: window.row + rect.row,
      column: window.column + rect.column,
      rows: rect.rows,
      columns: rect.columns
    )
    clip = clip.intersection(window)
    body(&self)
    (window, clip) = outer
  }

  /// Writes a text of one line.
  ///
  /// - Parameters:
  ///   - text: The text; control characters are shown as pictures.
  ///   - row: The row.
  ///   - column: The column of the first character.
  ///   - role: What the text means.
  ///   - ground: What it stands on; without one, what is there already stays beneath it.
  ///   - limit: The columns that it may take.
  /// - Returns: The column after the last character.
  @discardableResult
  mutating func put(
    _ text: some StringProtocol,
    row: Int,
    column: Int,
    _ role: Role = .text,
    on ground: Ground? = nil,
    limit: Int = .max
  ) -> Int {
    let end = limit == .max ? Int.max : column + limit
    var column = column
    var last: Int?
    for scalar in text.unicodeScalars {
      switch Cell.piece(of: scalar) {
      case .base(let picture, let width):
        guard column + width <= end else { return column }
        last = set(picture, width: width, row: row, column: column, role, on: ground)
        column += width
      case .mark(let mark):
        guard let last, cells[last].text.utf8.count < 12 else { continue }
        cells[last].text.unicodeScalars.append(mark)
      case .nothing:
        continue
      }
    }
    return column
  }

  /// Fills a rectangle with a character of one column.
  mutating func fill(
    _ rect: Rect,
    with picture: String = " ",
    _ role: Role = .text,
    on ground: Ground? = nil
  ) {
    for row in rect.row..<rect.endRow {
      for column in rect.column..<rect.endColumn {
        set(picture, width: 1, row: row, column: column, role, on: ground)
      }
    }
  }

  /// Lays a ground under what is drawn in a rectangle.
  mutating func lay(_ ground: Ground, under rect: Rect) {
    let area = absolute(rect).intersection(clip)
    for row in area.row..<area.endRow {
      for column in area.column..<area.endColumn {
        cells[row * totalColumns + column].style.ground = ground
      }
    }
  }

  /// Draws the outline of a rectangle.
  mutating func box(
    _ rect: Rect,
    _ lines: Glyphs.Lines,
    _ role: Role = .border,
    on ground: Ground? = nil
  ) {
    guard rect.rows > 0, rect.columns > 0 else { return }
    let (top, bottom) = (rect.row, rect.endRow - 1)
    let (left, right) = (rect.column, rect.endColumn - 1)
    for column in rect.column..<rect.endColumn {
      for row in [top, bottom] {
        set(lines.horizontal, width: 1, row: row, column: column, role, on: ground)
      }
    }
    for row in rect.row..<rect.endRow {
      for column in [left, right] {
        set(lines.vertical, width: 1, row: row, column: column, role, on: ground)
      }
    }
    set(lines.topLeft, width: 1, row: top, column: left, role, on: ground)
    set(lines.topRight, width: 1, row: top, column: right, role, on: ground)
    set(lines.bottomLeft, width: 1, row: bottom, column: left, role, on: ground)
    set(lines.bottomRight, width: 1, row: bottom, column: right, role, on: ground)
  }

  /// Puts the terminal's cursor at a place of the present part.
  mutating func place(cursorAtRow row: Int, column: Int, visible: Bool) {
    let place = (row: row + window.row, column: column + window.column)
    guard clip.contains(row: place.row, column: place.column) else { return }
    cursor = Cursor(row: place.row, column: place.column, isVisible: visible)
  }
}

// MARK: Cells

extension Canvas {
  private func absolute(_ rect: Rect) -> Rect {
    Rect(
      row: rect.row + window.row,
      column: rect.column + window.column,
      rows: rect.rows,
      columns: rect.columns
    )
  }

  /// Sets a cell, or two for a wide character; the index of the cell if it is on the canvas.
  @discardableResult
  private mutating func set(
    _ picture: String,
    width: Int,
    row: Int,
    column: Int,
    _ role: Role,
    on ground: Ground?
  ) -> Int? {
    let (row, column) = (row + window.row, column + window.column)
    guard row >= clip.row, row < clip.endRow else { return nil }
    let isFirstInside = column >= clip.column && column < clip.endColumn
    guard width == 2 else {
      return isFirstInside ? store(picture, width: 1, row, column, role, ground) : nil
    }
    let isSecondInside = column + 1 >= clip.column && column + 1 < clip.endColumn
    guard isFirstInside, isSecondInside else {
      if isFirstInside { store(" ", width: 1, row, column, role, ground) }
      if isSecondInside { store(" ", width: 1, row, column + 1, role, ground) }
      return nil
    }
    // The right half first: it blanks a wide character that begins there.
    store("", width: 1, row, column + 1, role, ground)
    let index = store(picture, width: 2, row, column, role, ground)
    cells[index + 1].text = ""
    cells[index + 1].width = 0
    return index
  }

  @discardableResult
  private mutating func store(
    _ picture: String,
    width: UInt8,
    _ row: Int,
    _ column: Int,
    _ role: Role,
    _ ground: Ground?
  ) -> Int {
    let index = row * totalColumns + column
    let old = cells[index].width
    if old == 0, column > 0, cells[index - 1].width == 2 {
      cells[index - 1].text = " "
      cells[index - 1].width = 1
    } else if old == 2, column + 1 < totalColumns {
      cells[index + 1].text = " "
      cells[index + 1].width = 1
    }
    let style = Style(role, on: ground ?? cells[index].style.ground)
    cells[index] = Cell(text: picture, width: width, style: style)
    return index
  }
}
