import GraphLayout

/// Reads a picture back as a careful person does, knowing only the labels of the nodes.
///
/// Lines join where both cells point at each other, run straight on where two cross, fork at
/// junctions, and end at an arrow that touches a node.
struct PictureReader {
  /// The edges that were read, as often as there are arrows at their ends.
  private(set) var edges: [Edge: Int] = [:]
  /// What was found wrong.
  private(set) var faults: [String] = []
  private let rows: [[Character]]
  private var owner: [Point: Int] = [:]
  private var boxes: [Int: Rect] = [:]
  private let isAscii: Bool
  private let nodes: [Graph.Node]

  /// A source and a target.
  struct Edge: Hashable, CustomStringConvertible {
    let source: Int
    let target: Int
    var description: String { "\(source)->\(target)" }
  }

  /// The edges of a graph as often as they are there.
  static func edges(_ graph: Graph) -> [Edge: Int] {
    var edges: [Edge: Int] = [:]
    for edge in graph.edges {
      edges[Edge(source: edge.source, target: edge.target), default: 0] += 1
    }
    return edges
  }

  init(_ text: String, nodes: [Graph.Node], ascii: Bool) {
    rows = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      var cells: [Character] = []
      for character in line {
        let width = CellWidth.of(String(character))
        if width == 0 { continue }
        cells.append(character)
        // A cell that a wide character takes too.
        for _ in 1..<width { cells.append("\u{FFFF}") }
      }
      return cells
    }
    self.nodes = nodes
    isAscii = ascii
    for v in nodes.indices { find(v) }
    for v in nodes.indices { follow(v) }
  }
}

extension PictureReader {
  private func at(_ point: Point) -> Character {
    guard rows.indices.contains(point.y), rows[point.y].indices.contains(point.x) else {
      return " "
    }
    return rows[point.y][point.x]
  }

  /// Finds a node by the first line of its label and the border around it.
  private mutating func find(_ v: Int) {
    let node = nodes[v]
    let lines = node.lines.map { line in line.map { $0 } }
    for y in rows.indices {
      let row = rows[y]
      var x = 0
      while x < row.count {
        defer { x += 1 }
        let start = Point(x: x, y: y)
        guard owner[start] == nil, let end = match(lines[0], start) else { continue }
        let before = at(Point(x: x - 1, y: y))
        let after = at(Point(x: end, y: y))
        var box = Rect(x: x, y: y, width: end - x, height: lines.count)
        if node.style.hasBorder {
          guard before == " " || isWall(before), after == " " || isWall(after) else { continue }
          guard let found = border(around: box) else { continue }
          box = found
        } else {
          guard before == " " || isRule(before), after == " " || isRule(after) else { continue }
          while isRule(at(Point(x: box.x - 1, y: y))) {
            box.x -= 1
            box.width += 1
          }
          while isRule(at(Point(x: box.endX, y: y))) { box.width += 1 }
        }
        boxes[v] = box
        for y in box.y..<box.endY {
          for x in box.x..<box.endX {
            if owner[Point(x: x, y: y)] != nil { faults.append("\(node.id) overlaps") }
            owner[Point(x: x, y: y)] = v
          }
        }
        for y in box.y + 1..<max(box.y + 1, box.endY - 1) where node.style.hasBorder {
          let inside = rows[y][box.x + 1..<box.endX - 1].filter { $0 != " " && $0 != "\u{FFFF}" }
          if !inside.isEmpty,
            !node.lines.contains(where: { $0.filter { $0 != " " } == String(inside) })
          {
            faults.append("\(node.id) has \(String(inside)) inside")
          }
        }
        return
      }
    }
    faults.append("\(node.id) is not there")
  }

  /// The column after a label that starts in a cell.
  private func match(_ label: [Character], _ start: Point) -> Int? {
    var x = start.x
    for character in label {
      guard at(Point(x: x, y: start.y)) == character else { return nil }
      x += CellWidth.of(String(character))
    }
    return x
  }

  private func isWall(_ character: Character) -> Bool { "│║┆|:├┤╟╢▶".contains(character) }

  private func isSide(_ x: Int, _ y: Int) -> Bool { isWall(at(Point(x: x, y: y))) }

  private func isRule(_ character: Character) -> Bool { character == (isAscii ? "-" : "─") }

  /// The box whose border is the first around some text.
  private func border(around text: Rect) -> Rect? {
    var left = text.x - 1
    while left >= 0, !isWall(at(Point(x: left, y: text.y))) { left -= 1 }
    var right = text.endX
    while right < rows[text.y].count, !isWall(at(Point(x: right, y: text.y))) { right += 1 }
    var top = text.y - 1
    while top > 0, isSide(left, top), isSide(right, top) { top -= 1 }
    var bottom = text.endY
    while bottom < rows.count - 1, isSide(left, bottom), isSide(right, bottom) { bottom += 1 }
    let corners = [(left, top), (right, top), (left, bottom), (right, bottom)]
    for (x, y) in corners where !"┌┐└┘╭╮╰╯╔╗╚╝+.'".contains(at(Point(x: x, y: y))) { return nil }
    return Rect(x: left, y: top, width: right - left + 1, height: bottom - top + 1)
  }
}

extension PictureReader {
  private static let unicode: [Character: Strokes] = [
    "│": [.up, .down], "┆": [.up, .down], "║": [.up, .down],
    "─": [.left, .right], "┄": [.left, .right], "═": [.left, .right],
    "┌": [.down, .right], "┐": [.down, .left], "└": [.up, .right], "┘": [.up, .left],
    "├": [.up, .down, .right], "┤": [.up, .down, .left], "╟": [.up, .down, .right],
    "╢": [.up, .down, .left], "┬": [.left, .right, .down], "┴": [.left, .right, .up],
    "╤": [.left, .right, .down], "╧": [.left, .right, .up], "┼": .all, "╋": .all,
  ]

  private static let heads: [Character: Strokes] = [
    "▼": .down, "▲": .up, "◀": .left, "▶": .right, "v": .down, "^": .up, "<": .left, ">": .right,
  ]

  private func step(_ point: Point, _ direction: Strokes) -> Point {
    switch direction {
    case .up: Point(x: point.x, y: point.y - 1)
    case .down: Point(x: point.x, y: point.y + 1)
    case .left: Point(x: point.x - 1, y: point.y)
    default: Point(x: point.x + 1, y: point.y)
    }
  }

  private func opposite(_ direction: Strokes) -> Strokes {
    switch direction {
    case .up: .down
    case .down: .up
    case .left: .right
    default: .left
    }
  }

  /// The directions in which a line leaves a cell that no node has.
  private func strokes(_ point: Point) -> Strokes {
    let character = at(point)
    guard isAscii else { return Self.unicode[character] ?? [] }
    var sides: Strokes = []
    for side in [Strokes.left, .right] {
      let neighbour = step(point, side)
      if owner[neighbour] == nil, "-.'+*".contains(at(neighbour)) { sides.insert(side) }
    }
    switch character {
    case "|", ":": return [.up, .down]
    case "-": return [.left, .right]
    case ".": return sides.union(.down)
    case "'": return sides.union(.up)
    case "+": return sides.union([.up, .down])
    case "*": return .all
    default: return []
    }
  }

  private func isCrossing(_ point: Point) -> Bool {
    let character = at(point)
    return isAscii ? character == "+" && strokes(point) == .all : character == "┼"
  }

  private func head(_ point: Point) -> Strokes? {
    let character = at(point)
    guard let head = Self.heads[character] else { return nil }
    if let v = owner[point] {
      // A letter of a label is none; an arrow stands in the border.
      guard nodes[v].style.hasBorder, let box = boxes[v] else { return nil }
      let isInside =
        point.x > box.x && point.x < box.endX - 1 && point.y > box.y && point.y < box.endY - 1
      return isInside ? nil : head
    }
    return isAscii == character.isASCII ? head : nil
  }

  /// Follows every line that leaves a node.
  private mutating func follow(_ v: Int) {
    guard let box = boxes[v] else { return }
    var stack: [(Point, Strokes)] = []
    for x in box.x..<box.endX {
      for (y, side) in [(box.y, Strokes.up), (box.endY - 1, .down)] {
        leave(Point(x: x, y: y), side, &stack)
      }
    }
    for y in box.y..<box.endY {
      for (x, side) in [(box.x, Strokes.left), (box.endX - 1, .right)] {
        leave(Point(x: x, y: y), side, &stack)
      }
    }
    var seen: [Point: Strokes] = [:]
    while let (point, direction) = stack.popLast() {
      if seen[point, default: []].contains(direction) { continue }
      seen[point, default: []].insert(direction)
      if let head = head(point) {
        let target = owner[point] ?? owner[step(point, head)]
        guard head == direction, let target else {
          faults.append("a line meets an arrow at \(point)")
          continue
        }
        edges[Edge(source: v, target: target), default: 0] += 1
        continue
      }
      guard owner[point] == nil else {
        faults.append("a line runs into \(nodes[owner[point] ?? 0].id)")
        continue
      }
      let strokes = strokes(point)
      guard strokes.contains(opposite(direction)) else {
        faults.append("a line ends at \(point)")
        continue
      }
      if isCrossing(point) {
        stack.append((step(point, direction), direction))
        continue
      }
      for next in [Strokes.up, .down, .left, .right]
      where strokes.contains(next) && next != opposite(direction) {
        stack.append((step(point, next), next))
      }
    }
  }

  /// Starts where a border points outwards, or where a line touches a node without border.
  private func leave(_ point: Point, _ side: Strokes, _ stack: inout [(Point, Strokes)]) {
    guard head(point) == nil else { return }
    let next = step(point, side)
    if owner[next] != nil, let head = head(next), head == side {
      // Two nodes that touch: the border tells whether a line leaves.
      if !isAscii, Self.unicode[at(point)]?.contains(side) == true { stack.append((next, side)) }
      return
    }
    guard owner[next] == nil, strokes(next).contains(opposite(side)) || head(next) == side else {
      return
    }
    stack.append((next, side))
  }
}
