/// A graph with a place for everything: boxes for the nodes, routes for the edges.
///
/// A value that knows where things are and draws no more of them than is asked for, see
/// `cells(in:showing:)`.
public struct LaidOutGraph: Sendable {
  /// The graph.
  public let graph: Graph
  /// The layout that was asked for.
  public let layout: Layout
  /// The rectangle of each node, and after those of the names at the ends of stubs.
  public let boxes: [Rect]
  /// The size of the whole drawing.
  public let size: Size
  /// The number of ranks.
  public let rankCount: Int
  /// The number of places where two lines cross.
  public let crossings: Int

  /// What is drawn for stubs.
  let stubs: Stubs
  /// The column of each vertex, the row of a drawing from left to right.
  let column: [Int]
  /// The layers from which the drawing was made.
  let layered: LayeredGraph
  /// The first row of each rank and the row after the last, as if edges pointed downwards.
  let rankTop: [Int]
  /// The number of rows of each rank.
  let rankHeight: [Int]
  /// How each wire is led.
  let wires: [WirePlace]
  /// Where each segment ends.
  let segments: [SegmentPlace]

  /// How a wire is led, as if edges pointed downwards.
  struct WirePlace: Sendable {
    /// The column where it starts.
    var column: Int
    /// The first row it takes.
    var row: Int
    /// The rest of its way.
    var way: Routing.Way
    /// The leftmost and the rightmost column.
    var columns: ClosedRange<Int>
  }

  /// Where a segment ends, as if edges pointed downwards.
  struct SegmentPlace: Sendable {
    /// The column.
    var column: Int
    /// The last row, that of the arrow if there is one.
    var row: Int
  }

  /// Puts the results of the phases together.
  init(
    _ graph: Graph,
    _ stubs: Stubs,
    _ layered: LayeredGraph,
    _ positions: Positioning,
    _ ports: Ports,
    _ routing: Routing,
    _ layout: Layout
  ) {
    self.graph = graph
    self.stubs = stubs
    self.layered = layered
    self.layout = layout
    let direction = layout.direction
    let extents = positions.extents
    let column = positions.column
    let drawn = layered.graph
    let rankTop = routing.rankTop
    self.column = column
    self.rankTop = rankTop
    rankCount = layered.rankCount
    crossings = routing.crossings
    rankHeight = routing.rankHeight
    let width = routing.width
    let height = rankTop[rankTop.count - 1]
    size =
      direction.isVertical ? Size(width: width, height: height) : Size(width: height, height: width)
    var flat: [Rect] = []
    for (v, node) in drawn.nodes.enumerated() {
      let r = layered.rank[v]
      let along = direction.along(node.size)
      // A leaf stands as near to what is below it as it can.
      let isLeaf = layered.upSegments(of: v).isEmpty
      let top = rankTop[r] + (isLeaf ? rankHeight[r] - along : 0)
      flat.append(
        Rect(x: column[v] - extents.before[v], y: top, width: extents.width(v), height: along)
      )
    }
    let boxes = flat
    let places = layered.segments.enumerated().map { s, segment in
      let v = segment.lower
      var row = rankTop[layered.rank[v]] - 1
      if layered.isNode(v) {
        row = drawn.nodes[v].style.hasBorder ? boxes[v].y : boxes[v].y - 1
      }
      return SegmentPlace(column: ports.into[s], row: row)
    }
    segments = places
    wires = layered.wires.enumerated().map { w, wire in
      let v = wire.upper
      var low = ports.out[w]
      var high = low
      if let jog = routing.ways[w].jog {
        low = min(low, jog.x)
        high = max(high, jog.x)
      }
      for s in wire.segments {
        low = min(low, places[s].column)
        high = max(high, places[s].column)
      }
      return WirePlace(
        column: ports.out[w],
        row: layered.isNode(v) ? boxes[v].endY : rankTop[layered.rank[v]],
        way: routing.ways[w],
        columns: low...high
      )
    }
    let flip = Flip(direction: direction, height: height)
    self.boxes = flat.map { flip.rect($0) }
  }
}

extension LaidOutGraph {
  /// Where its edges point.
  public var direction: Direction { layout.direction }

  /// The rank of a node, 0 for the first.
  public func rank(ofNode v: Int) -> Int { layered.rank[v] }

  /// The edges that a name at the ends of stubs stands for, by its position in `boxes`; none for
  /// a node.
  public func stubEdges(ofNode v: Int) -> [Int] {
    v < graph.nodes.count ? [] : stubs.ends[v - graph.nodes.count].edges
  }

  /// The corners of an edge's line, from the cell after the source to the arrow; of a stub, of its
  /// end at the target.
  public func route(of edge: Int) -> [Point] {
    var points: [Point] = []
    let flip = Flip(direction: direction, height: rankTop[rankTop.count - 1])
    var v = layered.graph.edges[edge].source
    while v != layered.graph.edges[edge].target {
      guard let s = segment(of: edge, from: v) else { break }
      for point in path(ofSegment: s) {
        let point = flip.point(point)
        if points.count >= 2 {
          let a = points[points.count - 2]
          let b = points[points.count - 1]
          let isStraight = (a.x == b.x && b.x == point.x) || (a.y == b.y && b.y == point.y)
          if isStraight { points.removeLast() }
        }
        if points.last != point { points.append(point) }
      }
      v = layered.segments[s].lower
    }
    return points
  }

  /// The segment of an edge's net that leaves a vertex on the way of the edge.
  private func segment(of edge: Int, from v: Int) -> Int? {
    for w in layered.wires(of: v) {
      for s in layered.wires[w].segments {
        for e in layered.segments[s].edges where layered.netEdges[e] == edge { return s }
      }
    }
    return nil
  }

  /// The corners of a segment, as if edges pointed downwards.
  func path(ofSegment s: Int) -> [Point] {
    let wire = wires[layered.segments[s].wire]
    let end = Point(x: segments[s].column, y: segments[s].row)
    var points = [Point(x: wire.column, y: wire.row)]
    if let row = wire.way.row {
      points.append(Point(x: wire.column, y: row))
      if let jog = wire.way.jog {
        points.append(Point(x: jog.x, y: row))
        points.append(jog)
        points.append(Point(x: end.x, y: jog.y))
      } else {
        points.append(Point(x: end.x, y: row))
      }
    }
    points.append(end)
    return points
  }
}

/// Turns places of a drawing whose edges point downwards into those of another direction.
struct Flip: Sendable {
  /// Where the edges are to point.
  let direction: Direction
  /// The number of rows as if edges pointed downwards.
  let height: Int

  /// The cell that takes the place of another.
  func point(_ point: Point) -> Point {
    switch direction {
    case .topToBottom: point
    case .bottomToTop: Point(x: point.x, y: height - 1 - point.y)
    case .leftToRight: Point(x: point.y, y: point.x)
    }
  }

  /// The rectangle that takes the place of another; turning twice gives the first again.
  func rect(_ rect: Rect) -> Rect {
    switch direction {
    case .topToBottom: rect
    case .bottomToTop:
      Rect(x: rect.x, y: height - rect.endY, width: rect.width, height: rect.height)
    case .leftToRight: Rect(x: rect.y, y: rect.x, width: rect.height, height: rect.width)
    }
  }

  /// The directions that take the place of others.
  func strokes(_ strokes: Strokes) -> Strokes {
    switch direction {
    case .topToBottom: return strokes
    case .bottomToTop: return Strokes.exchanged(strokes, [(.up, .down)])
    case .leftToRight: return Strokes.exchanged(strokes, [(.up, .left), (.down, .right)])
    }
  }
}
