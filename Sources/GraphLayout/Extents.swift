/// How many cells each vertex of a layered graph takes along its rank, on both sides of the cell in
/// its middle.
struct Extents: Sendable {
  /// The cells before the middle.
  private(set) var before: [Int]
  /// The cells after the middle.
  private(set) var after: [Int]
  private let nodeCount: Int
  private let spacing: Spacing

  /// Measures nodes, widened where their ports need more room.
  init(_ layered: LayeredGraph, _ direction: Direction, _ spacing: Spacing) {
    nodeCount = layered.graph.nodes.count
    self.spacing = spacing
    before = [Int](repeating: 0, count: layered.vertexCount)
    after = before
    for (v, node) in layered.graph.nodes.enumerated() {
      let ports = max(layered.upSegments(of: v).count, layered.wires(of: v).count)
      let border = node.style.hasBorder ? 2 : 0
      let width = max(direction.across(node.size), 2 * ports - 1 + border)
      before[v] = (width - 1) / 2
      after[v] = width - 1 - before[v]
    }
  }

  /// The least distance of the middles of two neighbours in a rank.
  func distance(_ left: Int, _ right: Int) -> Int {
    let free = left < nodeCount && right < nodeCount ? spacing.nodes : spacing.lines
    return after[left] + 1 + free + before[right]
  }

  /// The number of cells of a vertex.
  func width(_ v: Int) -> Int { before[v] + 1 + after[v] }
}
