/// The parts of a graph that no edge joins, each with the place it takes among the others.
///
/// Needs the ranks inside each part; leaves ranks that put the parts on shelves, side by side as
/// long as they fit the wished width, the next shelf below.
struct Components: Sendable {
  /// The component of each node, numbered by their first nodes.
  private(set) var component: [Int]
  /// The number of components.
  private(set) var count: Int

  /// Finds the components.
  ///
  /// - Complexity: O(nodes + edges α).
  init(_ graph: Graph) {
    var parent = Array(graph.nodes.indices)
    func root(_ v: Int) -> Int {
      var v = v
      while parent[v] != v {
        parent[v] = parent[parent[v]]
        v = parent[v]
      }
      return v
    }
    for edge in graph.edges {
      let a = root(edge.source)
      let b = root(edge.target)
      if a != b { parent[max(a, b)] = min(a, b) }
    }
    component = [Int](repeating: 0, count: parent.count)
    count = 0
    for v in parent.indices {
      let r = root(v)
      if r == v {
        component[v] = count
        count += 1
      } else {
        component[v] = component[r]
      }
    }
  }

  /// Moves whole components down to lower shelves.
  func shelve(_ rank: inout [Int], _ graph: Graph, _ layout: Layout) {
    guard count > 1 else { return }
    var first = [Int](repeating: Int.max, count: count)
    for v in rank.indices { first[component[v]] = min(first[component[v]], rank[v]) }
    var ranks = [Int](repeating: 0, count: count)
    for v in rank.indices {
      rank[v] -= first[component[v]]
      ranks[component[v]] = max(ranks[component[v]], rank[v] + 1)
    }
    let free = layout.spacing.nodes
    let extent = extents(rank, ranks, graph, layout)
    var offset = [Int](repeating: 0, count: count)
    var shelf = 0
    var used = 0
    var depth = 0
    for c in 0..<count {
      if used > 0, used + extent[c] - free > layout.width {
        shelf += depth
        used = 0
        depth = 0
      }
      offset[c] = shelf
      used += extent[c]
      depth = max(depth, ranks[c])
    }
    for v in rank.indices { rank[v] += offset[component[v]] }
  }

  /// How wide the widest rank of each component is, lines that pass not counted.
  private func extents(
    _ rank: [Int],
    _ ranks: [Int],
    _ graph: Graph,
    _ layout: Layout
  ) -> [Int] {
    var start = [Int](repeating: 0, count: count + 1)
    for c in 0..<count { start[c + 1] = start[c] + ranks[c] }
    var used = [Int](repeating: 0, count: start[count])
    for (v, node) in graph.nodes.enumerated() {
      used[start[component[v]] + rank[v]] +=
        layout.direction.across(node.size) + layout.spacing.nodes
    }
    return (0..<count).map { used[start[$0]..<start[$0 + 1]].max() ?? 0 }
  }
}
