/// The parts of the window that can have the focus.
enum Pane: Int, CaseIterable, Sendable {
  case source
  case graph
  case tensor
  case output

  /// The word in its title.
  var title: String {
    switch self {
    case .source: "Source"
    case .graph: "Graph"
    case .tensor: "Inspector"
    case .output: "Output"
    }
  }
}

/// Where everything is in a window of some size.
///
/// A pane begins with its title, which is part of the line that separates it from what is above;
/// columns are separated by one line.
struct PaneLayout: Hashable, Sendable {
  /// How much room there is.
  enum Kind: Sendable {
    /// Nothing can be shown.
    case tooSmall
    /// One pane at a time.
    case single
    /// Panes below each other.
    case portrait
    /// Two columns.
    case columns
    /// Three columns.
    case wide
  }

  /// How much room there is.
  let kind: Kind
  /// The panes that are shown, title line included.
  private(set) var panes: [Pane: Rect] = [:]
  /// The columns of the lines between columns, and the rows where they begin and end.
  private(set) var separators: [Rect] = []
  /// The time line.
  private(set) var timeline: Rect
  /// What the step did.
  private(set) var status: Rect
  /// The keys, or a prompt.
  private(set) var hints: Rect

  /// The least window in which one pane can be read.
  static let leastRows = 6
  /// The least columns.
  static let leastColumns = 24

  /// The layout of a window.
  init(rows: Int, columns: Int, focus: Pane, isMaximized: Bool) {
    let timelineRows = rows >= 28 ? 2 : 1
    let statusRows = rows >= 20 ? 2 : 1
    let body = max(0, rows - timelineRows - statusRows - 1)
    timeline = Rect(row: body, column: 0, rows: timelineRows, columns: columns)
    status = Rect(row: timeline.endRow, column: 0, rows: statusRows, columns: columns)
    hints = Rect(row: status.endRow, column: 0, rows: 1, columns: columns)
    let area = Rect(row: 0, column: 0, rows: body, columns: columns)
    guard rows >= Self.leastRows, columns >= Self.leastColumns else {
      kind = .tooSmall
      return
    }
    if isMaximized || (columns < 72 && rows < 36) || rows < 16 {
      kind = .single
      panes[focus] = area
    } else if columns < 100, rows >= 40 {
      kind = .portrait
      stack([.source, .graph, .tensor, .output], in: area, shares: [28, 40, 22, 10])
    } else if columns < 150 {
      kind = .columns
      split(area, at: min(columns * 46 / 100, 60)) { layout, left, right in
        layout.stack([.source, .tensor, .output], in: left, shares: [45, 37, 18])
        layout.panes[.graph] = right
      }
    } else {
      kind = .wide
      split(area, at: columns * 30 / 100) { layout, left, rest in
        layout.stack([.source, .output], in: left, shares: [70, 30])
        layout.split(rest, at: rest.columns * 64 / 100) { layout, middle, right in
          layout.panes[.graph] = middle
          layout.panes[.tensor] = right
        }
      }
    }
  }

  /// The pane at a place.
  func pane(row: Int, column: Int) -> Pane? {
    panes.first { $0.value.contains(row: row, column: column) }?.key
  }

  /// The inside of a pane, without its title.
  func inside(_ pane: Pane) -> Rect? { panes[pane]?.inset(top: 1) }

  private mutating func split(
    _ area: Rect,
    at column: Int,
    _ body: (inout Self, Rect, Rect) -> Void
  ) {
    let left = Rect(row: area.row, column: area.column, rows: area.rows, columns: column)
    let line = Rect(row: area.row, column: left.endColumn, rows: area.rows, columns: 1)
    let right = Rect(
      row: area.row,
      column: line.endColumn,
      rows: area.rows,
      columns: area.endColumn - line.endColumn
    )
    separators.append(line)
    body(&self, left, right)
  }

  private mutating func stack(_ order: [Pane], in area: Rect, shares: [Int]) {
    var row = area.row
    let total = shares.reduce(0, +)
    var sum = 0
    for (pane, share) in zip(order, shares) {
      sum += share
      let end = area.row + area.rows * sum / total
      panes[pane] = Rect(row: row, column: area.column, rows: end - row, columns: area.columns)
      row = end
    }
  }
}
