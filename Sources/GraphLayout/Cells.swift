/// The directions in which lines leave the middle of a cell.
public struct Strokes: OptionSet, Sendable, Hashable {
  /// One bit a direction.
  public let rawValue: UInt8

  /// The directions of some bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// To the cell above.
  public static let up = Strokes(rawValue: 1)
  /// To the cell below.
  public static let down = Strokes(rawValue: 2)
  /// To the cell on the left.
  public static let left = Strokes(rawValue: 4)
  /// To the cell on the right.
  public static let right = Strokes(rawValue: 8)
  /// To all four.
  public static let all: Strokes = [.up, .down, .left, .right]

  /// Directions with some pairs of them exchanged.
  static func exchanged(_ strokes: Strokes, _ pairs: [(Strokes, Strokes)]) -> Strokes {
    var result = strokes
    for (a, b) in pairs {
      result.subtract([a, b])
      if strokes.contains(a) { result.insert(b) }
      if strokes.contains(b) { result.insert(a) }
    }
    return result
  }
}

/// What is drawn in one cell.
public struct Cell: Sendable, Hashable {
  /// The lines of the cell.
  public internal(set) var strokes: Strokes = []
  /// The direction in which an arrow in the cell points; empty if there is none.
  public internal(set) var head: Strokes = []
  /// Whether the lines are broken.
  public internal(set) var isDashed = false
  /// The position of the node whose border or inside the cell is, or -1.
  public internal(set) var node = -1
  /// The net of the upright line and that of the level line, or -1.
  var upright: Int32 = -1
  var level: Int32 = -1

  /// Whether neither a node nor a line has the cell.
  public var isEmpty: Bool { strokes.isEmpty && head.isEmpty && node < 0 }

  /// Whether two lines cross without touching; four strokes otherwise are a junction of one line.
  public var isCrossing: Bool { strokes == .all && upright != level }
}

/// Which nodes and edges are drawn, so that a drawing of a whole history shows one moment of it.
public struct Reveal: Sendable, Hashable {
  /// Whether each node is shown.
  public var nodes: [Bool]
  /// Whether each edge is shown.
  public var edges: [Bool]

  /// Nodes and edges by position.
  public init(nodes: [Bool], edges: [Bool]) {
    self.nodes = nodes
    self.edges = edges
  }
}

/// The cells of a rectangle of a drawing.
public struct Cells: Sendable {
  /// The rectangle.
  public let rect: Rect
  /// The cells, row after row.
  public internal(set) var cells: [Cell]
  /// Pairs of a cell's position and an edge, sorted.
  private var passing: [(cell: Int, edge: Int)] = []

  /// Empty cells.
  init(rect: Rect) {
    self.rect = rect
    cells = [Cell](repeating: Cell(), count: max(0, rect.width) * max(0, rect.height))
  }

  /// The cell in a column and a row of the whole drawing.
  public subscript(x: Int, y: Int) -> Cell {
    cells[(y - rect.y) * rect.width + x - rect.x]
  }

  /// The edges whose lines pass a cell of the whole drawing.
  public func edges(x: Int, y: Int) -> [Int] {
    let cell = (y - rect.y) * rect.width + x - rect.x
    var first = 0
    var end = passing.count
    while first < end {
      let middle = (first + end) / 2
      if passing[middle].cell < cell { first = middle + 1 } else { end = middle }
    }
    var edges: [Int] = []
    while first < passing.count, passing[first].cell == cell {
      if edges.last != passing[first].edge { edges.append(passing[first].edge) }
      first += 1
    }
    return edges
  }

  /// The position of a cell, if it is one of these.
  func index(_ point: Point) -> Int? {
    rect.contains(point) ? (point.y - rect.y) * rect.width + point.x - rect.x : nil
  }

  /// Notes that an edge passes a cell.
  mutating func pass(_ cell: Int, _ edge: Int) { passing.append((cell, edge)) }

  /// Sorts what was noted.
  mutating func sortPassing() { passing.sort { ($0.cell, $0.edge) < ($1.cell, $1.edge) } }
}
