/// The fifth phase: the rows of everything, and the way every wire takes through its gap.
///
/// Needs the columns of vertices and ports; leaves the top row of every rank and, for every wire,
/// the row of its trunk. See ``Channel`` for the way through one gap.
struct Routing {
  /// The first row of each rank, and the row after the last.
  private(set) var rankTop: [Int] = []
  /// The number of rows of the nodes of each rank.
  private(set) var rankHeight: [Int]
  /// The way of each wire.
  private(set) var ways: [Way]
  /// The number of places where lines cross.
  private(set) var crossings = 0
  /// The number of columns that nodes and lines take.
  private(set) var width = 0

  /// How a wire gets from the column where it starts to those where it ends.
  struct Way: Sendable {
    /// The row of the trunk; nil if the wire is straight.
    var row: Int?
    /// The column and the row to which the trunk changes on the way, if it does.
    var jog: Point?
  }

  /// Routes every gap.
  ///
  /// - Complexity: O(segments log width) and the square of the trunks of one gap.
  init(
    _ layered: LayeredGraph,
    _ ports: Ports,
    _ positions: Positioning,
    _ direction: Direction,
    _ spacing: Spacing,
    _ cancellation: CancellationToken
  ) throws(LayoutError) {
    rankHeight = [Int](repeating: 1, count: layered.rankCount)
    ways = [Way](repeating: Way(), count: layered.wires.count)
    for (v, node) in layered.graph.nodes.enumerated() {
      let r = layered.rank[v]
      rankHeight[r] = max(rankHeight[r], direction.along(node.size))
    }
    for v in 0..<layered.vertexCount {
      width = max(width, positions.column[v] + positions.extents.after[v] + 1)
    }
    var top = 0
    for r in 0..<layered.rankCount {
      try cancellation.check()
      rankTop.append(top)
      let gap = top + rankHeight[r]
      var wires: [Int] = []
      var needsHeadRow = false
      for v in layered.vertices(ofRank: r) {
        wires += layered.wires(of: v)
        for w in layered.wires(of: v) {
          for s in layered.wires[w].segments {
            let lower = layered.segments[s].lower
            if layered.isNode(lower), !layered.graph.nodes[lower].style.hasBorder {
              needsHeadRow = true
            }
          }
        }
      }
      let channel = Channel(layered, ports, wires: wires)
      // Cells are narrow: beside a box a line needs a cell to be seen.
      let margin = direction.isVertical ? 0 : 1
      crossings += channel.crossings()
      for trunk in channel.trunks {
        width = max(width, trunk.high + 1)
        if let part = trunk.lowerPart {
          ways[trunk.wire].row = gap + margin + trunk.row
          ways[trunk.wire].jog = Point(
            x: channel.trunks[part].top,
            y: gap + margin + channel.trunks[part].row
          )
        } else if ways[trunk.wire].jog == nil {
          ways[trunk.wire].row = gap + margin + trunk.row
        }
      }
      top = gap
      if r < layered.rankCount - 1 {
        top += max(spacing.ranks, channel.rows + (needsHeadRow ? 1 : 0)) + 2 * margin
      }
    }
    rankTop.append(top)
  }
}
