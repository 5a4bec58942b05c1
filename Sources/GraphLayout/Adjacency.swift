/// The neighbours of each node on one side, in the order of the edges, in two arrays.
struct Adjacency: Sendable {
  /// Where the neighbours of each node start in `neighbours`; one more entry than nodes.
  private(set) var start: [Int]
  /// The neighbours, node after node.
  private(set) var neighbours: [Int]

  /// The neighbours by two parallel arrays: of each of the ends, the others.
  init(count: Int, of ends: [Int], to others: [Int]) {
    start = [Int](repeating: 0, count: count + 1)
    neighbours = [Int](repeating: 0, count: ends.count)
    for v in ends { start[v + 1] += 1 }
    for v in 0..<count { start[v + 1] += start[v] }
    var next = start
    for e in ends.indices {
      neighbours[next[ends[e]]] = others[e]
      next[ends[e]] += 1
    }
  }

  /// The neighbours of one node.
  subscript(_ v: Int) -> ArraySlice<Int> { neighbours[start[v]..<start[v + 1]] }

  /// The number of neighbours of one node.
  func degree(_ v: Int) -> Int { start[v + 1] - start[v] }
}
