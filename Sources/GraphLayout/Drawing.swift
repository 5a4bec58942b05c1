/// The last phase: the cells of a part of the drawing.
///
/// Needs a laid out graph; leaves the strokes of every cell of a rectangle. It looks only at the
/// ranks and the wires that reach into the rectangle, so scrolling costs what is seen and not what
/// there is.
struct Drawing {
  private let graph: LaidOutGraph
  private let reveal: Reveal?
  private let notesEdges: Bool
  private let flip: Flip
  private(set) var cells: Cells

  /// Draws a rectangle.
  init(_ graph: LaidOutGraph, _ rect: Rect, _ reveal: Reveal?, notesEdges: Bool) {
    self.graph = graph
    self.reveal = reveal
    self.notesEdges = notesEdges
    flip = Flip(direction: graph.direction, height: graph.rankTop[graph.rankTop.count - 1])
    cells = Cells(rect: rect)
    guard graph.rankCount > 0 else { return }
    let flat = flip.rect(rect)
    let last = rank(atRow: flat.endY - 1)
    for r in max(0, rank(atRow: flat.y) - 1)...last {
      for v in graph.layered.vertices(ofRank: r) {
        if graph.layered.isNode(v), graph.boxes[v].intersects(rect) { draw(node: v) }
      }
    }
    for r in max(0, rank(atRow: flat.y) - 1)...last {
      for v in graph.layered.vertices(ofRank: r) {
        for w in graph.layered.wires(of: v)
        where graph.wires[w].columns.overlaps(flat.x - 1...flat.endX) {
          draw(wire: w)
        }
      }
    }
    if notesEdges { cells.sortPassing() }
  }

  /// The rank with a row, or with the gap above it.
  private func rank(atRow row: Int) -> Int {
    var low = 0
    var high = graph.rankCount - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if graph.rankTop[middle] <= row { low = middle } else { high = middle - 1 }
    }
    return low
  }
}

extension Drawing {
  private mutating func draw(node v: Int) {
    guard shows(node: v) else { return }
    let box = graph.boxes[v]
    let hasBorder = graph.layered.graph.nodes[v].style.hasBorder
    let rule = hasBorder ? 0..<0 : graph.textColumns(ofNode: v)
    for y in max(box.y, cells.rect.y)..<min(box.endY, cells.rect.endY) {
      for x in max(box.x, cells.rect.x)..<min(box.endX, cells.rect.endX) {
        guard let i = cells.index(Point(x: x, y: y)) else { continue }
        cells.cells[i].node = v
        if hasBorder {
          cells.cells[i].strokes = border(box, x, y)
        } else if graph.direction.isVertical {
          // A rule beside the text shows how far the node reaches when its arrows need more room.
          if y == box.y, !rule.contains(x) { cells.cells[i].strokes = [.left, .right] }
        } else if x == box.x, y != box.center.y {
          cells.cells[i].strokes = [.up, .down]
        }
      }
    }
  }

  private func border(_ box: Rect, _ x: Int, _ y: Int) -> Strokes {
    var strokes: Strokes = []
    if y == box.y || y == box.endY - 1 {
      if x > box.x { strokes.insert(.left) }
      if x < box.endX - 1 { strokes.insert(.right) }
    }
    if x == box.x || x == box.endX - 1 {
      if y > box.y { strokes.insert(.up) }
      if y < box.endY - 1 { strokes.insert(.down) }
    }
    return strokes
  }

  private mutating func draw(wire w: Int) {
    let wire = graph.layered.wires[w]
    for s in wire.segments {
      let edges = graph.layered.segments[s].edges
      if reveal == nil || edges.contains(where: { shows(graph.layered.netEdges[$0]) }) {
        draw(segment: s, of: wire)
      }
    }
  }

  private func shows(node v: Int) -> Bool {
    guard let reveal else { return true }
    if v < graph.graph.nodes.count { return reveal.nodes[v] }
    return graph.stubEdges(ofNode: v).contains { reveal.edges[$0] }
  }

  private func shows(_ edge: Int) -> Bool {
    guard let reveal else { return true }
    return graph.stubs.edges(ofDrawn: edge).contains { reveal.edges[$0] }
  }

  private mutating func draw(segment s: Int, of wire: LayeredGraph.Wire) {
    let points = graph.path(ofSegment: s)
    let pen = Pen(
      net: Int32(wire.net),
      isDashed: graph.layered.graph.edges[
        graph.layered.netEdges[graph.layered.segments[s].edges.lowerBound]
      ]
      .line == .dashed,
      segment: s
    )
    let upper = wire.upper
    let first = points[0]
    // The border from which the line comes, and the line above it.
    if graph.layered.isNode(upper) {
      if graph.layered.graph.nodes[upper].style.hasBorder {
        add(Point(x: first.x, y: first.y - 1), .down, nil)
      }
    }
    let last = points[points.count - 1]
    let endsInNode = graph.layered.isNode(graph.layered.segments[s].lower)
    if first != last || !endsInNode { add(first, .up, pen) }
    for (a, b) in zip(points, points.dropFirst()) { line(a, b, pen) }
    if endsInNode {
      head(last, pen)
    } else {
      add(last, .down, pen)
    }
  }

  /// What a line is drawn with.
  private struct Pen {
    let net: Int32
    let isDashed: Bool
    let segment: Int
  }

  /// Draws a line between two cells.
  private mutating func line(_ a: Point, _ b: Point, _ pen: Pen) {
    guard a != b else { return }
    let flat = flip.rect(cells.rect)
    if a.x == b.x {
      let top = min(a.y, b.y)
      let end = max(a.y, b.y)
      for y in max(top, flat.y)..<max(max(top, flat.y), min(end + 1, flat.endY)) {
        var strokes: Strokes = []
        if y > top { strokes.insert(.up) }
        if y < end { strokes.insert(.down) }
        add(Point(x: a.x, y: y), strokes, pen)
      }
    } else {
      let left = min(a.x, b.x)
      let end = max(a.x, b.x)
      for x in max(left, flat.x)..<max(max(left, flat.x), min(end + 1, flat.endX)) {
        var strokes: Strokes = []
        if x > left { strokes.insert(.left) }
        if x < end { strokes.insert(.right) }
        add(Point(x: x, y: a.y), strokes, pen)
      }
    }
  }

  private mutating func add(_ point: Point, _ strokes: Strokes, _ pen: Pen?) {
    guard let i = cells.index(flip.point(point)) else { return }
    cells.cells[i].strokes.formUnion(flip.strokes(strokes))
    guard let pen else { return }
    // Whether a stroke is upright is told before the drawing is turned.
    if strokes.contains(.up) || strokes.contains(.down) { cells.cells[i].upright = pen.net }
    if strokes.contains(.left) || strokes.contains(.right) { cells.cells[i].level = pen.net }
    if pen.isDashed { cells.cells[i].isDashed = true }
    note(i, pen)
  }

  private mutating func head(_ point: Point, _ pen: Pen) {
    guard let i = cells.index(flip.point(point)) else { return }
    cells.cells[i].head = flip.strokes(.down)
    cells.cells[i].upright = pen.net
    note(i, pen)
  }

  private mutating func note(_ cell: Int, _ pen: Pen) {
    guard notesEdges else { return }
    for e in graph.layered.segments[pen.segment].edges {
      let edge = graph.layered.netEdges[e]
      for edge in graph.stubs.edges(ofDrawn: edge) where reveal?.edges[edge] != false {
        cells.pass(cell, edge)
      }
    }
  }
}

extension LaidOutGraph {
  /// The cells of a rectangle.
  ///
  /// - Parameters:
  ///   - rect: The rectangle; it may reach beyond the drawing.
  ///   - reveal: The nodes and edges to draw; all if nil.
  ///   - notesEdges: Whether `Cells.edges(x:y:)` is to be answered.
  /// - Returns: The cells, empty ones outside the drawing.
  public func cells(in rect: Rect, showing reveal: Reveal? = nil, notesEdges: Bool = true) -> Cells
  {
    Drawing(self, rect, reveal, notesEdges: notesEdges).cells
  }
}
