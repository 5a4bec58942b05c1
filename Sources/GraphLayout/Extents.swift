/// How many cells each vertex of a layered graph takes along its rank, on both sides of its column.
///
/// The column of a node is where its straight lines run: the middle, unless its ports need all of
/// the width.
struct Extents: Sendable {
  /// The cells before the column.
  private(set) var before: [Int]
  /// The cells after the column.
  private(set) var after: [Int]
  private let layered: LayeredGraph
  private let spacing: Spacing

  /// Measures nodes, widened where their ports need more room.
  init(_ layered: LayeredGraph, _ direction: Direction, _ spacing: Spacing) {
    self.layered = layered
    self.spacing = spacing
    before = [Int](repeating: 0, count: layered.vertexCount)
    after = before
    for (v, node) in layered.graph.nodes.enumerated() {
      let ports = max(layered.upSegments(of: v).count, layered.wires(of: v).count)
      let width = max(direction.across(node.size), 2 * ports - 1 + 2 * border(v))
      before[v] = (width - 1) / 2
      after[v] = width - 1 - before[v]
    }
  }

  /// The number of cells at each end of a vertex where no port can be.
  func border(_ v: Int) -> Int {
    layered.isNode(v) && layered.graph.nodes[v].style.hasBorder ? 1 : 0
  }

  /// The least distance of the columns of two neighbours in a rank.
  func distance(_ left: Int, _ right: Int) -> Int {
    let free = layered.isNode(left) && layered.isNode(right) ? spacing.nodes : spacing.lines
    return after[left] + 1 + free + before[right]
  }

  /// The number of cells of a vertex.
  func width(_ v: Int) -> Int { before[v] + 1 + after[v] }

  /// Moves the columns of nodes to the ports of the straight lines into them.
  mutating func follow(_ alignment: Alignment, _ order: PortOrder) {
    for v in layered.graph.nodes.indices {
      let count = layered.upSegments(of: v).count
      guard count > 1, let s = alignment.straight[v] else { continue }
      let first = border(v) + 2 * order.number[s]
      let last = width(v) - 1 - border(v) - 2 * (count - 1 - order.number[s])
      let column = min(max((width(v) - 1) / 2, first), last)
      after[v] = width(v) - 1 - column
      before[v] = column
    }
  }
}
