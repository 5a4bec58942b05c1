/// The first phase: gives every node a rank so that all edges point to higher ranks.
///
/// Needs a graph; leaves ranks from 0 without gaps, with the edges short. Longest paths first, then
/// nodes move towards their neighbours as long as that shortens edges: the greedy tightening that
/// reaches the total length of the network simplex of Gansner, Koutsofios, North and Vo ("A
/// Technique for Drawing Directed Graphs", IEEE TSE 19(3), 1993) on computation graphs, in linear
/// time a pass.
struct Ranking {
  /// The rank of each node.
  private(set) var rank: [Int]

  /// Ranks the nodes.
  ///
  /// - Throws: `LayoutError.cycle` when there is no such ranking.
  /// - Complexity: O(nodes + edges) for each of a few passes.
  init(_ graph: Graph) throws(LayoutError) {
    try self.init(graph, kept: [Int?](repeating: nil, count: graph.nodes.count))
    closeGaps()
  }

  /// Ranks the nodes of a graph of which some have ranks; those become higher only where edges
  /// ask for it.
  ///
  /// - Throws: `LayoutError.cycle` when there is no such ranking.
  init(_ graph: Graph, kept: [Int?]) throws(LayoutError) {
    let sources = graph.edges.map { $0.source }
    let targets = graph.edges.map { $0.target }
    let inputs = Adjacency(count: graph.nodes.count, of: targets, to: sources)
    let outputs = Adjacency(count: graph.nodes.count, of: sources, to: targets)
    let sorted = try Ranking.sorted(inputs, outputs)
    rank = [Int](repeating: 0, count: graph.nodes.count)
    for v in sorted {
      var least = kept[v] ?? 0
      for u in inputs[v] { least = max(least, rank[u] + 1) }
      rank[v] = least
    }
    tighten(sorted.filter { kept[$0] == nil }, inputs, outputs)
  }

  /// The number of ranks.
  var count: Int { (rank.max() ?? -1) + 1 }
}

extension Ranking {
  /// The nodes, every one after its inputs.
  private static func sorted(
    _ inputs: Adjacency,
    _ outputs: Adjacency
  ) throws(LayoutError) -> [Int] {
    var missing = (0..<inputs.start.count - 1).map { inputs.degree($0) }
    var sorted: [Int] = []
    sorted.reserveCapacity(missing.count)
    for v in missing.indices where missing[v] == 0 { sorted.append(v) }
    var next = 0
    while next < sorted.count {
      for w in outputs[sorted[next]] {
        missing[w] -= 1
        if missing[w] == 0 { sorted.append(w) }
      }
      next += 1
    }
    guard sorted.count == missing.count else {
      throw .cycle(cycle(inputs, missing))
    }
    return sorted
  }

  /// One cycle among the nodes that still miss inputs.
  private static func cycle(_ inputs: Adjacency, _ missing: [Int]) -> [Int] {
    // Every node that misses an input has an input that misses one: walking back must repeat.
    var place = [Int](repeating: -1, count: missing.count)
    var path: [Int] = []
    var v = missing.firstIndex { $0 > 0 } ?? 0
    while place[v] < 0 {
      place[v] = path.count
      path.append(v)
      guard let u = inputs[v].first(where: { missing[$0] > 0 }) else { break }
      v = u
    }
    var cycle = Array(path[max(0, place[v])...].reversed())
    // Told from its first node, so that the message does not depend on where the walk began.
    if let least = cycle.indices.min(by: { cycle[$0] < cycle[$1] }) {
      cycle = Array(cycle[least...] + cycle[..<least])
    }
    return cycle
  }

  /// The number of inputs of each node that would be left behind if it moved down.
  ///
  /// A leaf that nothing else uses moves along, and so does what is made of such leaves only: a
  /// step of a recurrent network stays together.
  private static func pulls(_ sorted: [Int], _ inputs: Adjacency, _ outputs: Adjacency) -> [Int] {
    var pull = [Int](repeating: 0, count: inputs.start.count - 1)
    for v in sorted {
      for u in inputs[v] where pull[u] > 0 || outputs.degree(u) > 1 { pull[v] += 1 }
    }
    return pull
  }

  /// Moves nodes towards their neighbours until no move shortens an edge.
  private mutating func tighten(_ sorted: [Int], _ inputs: Adjacency, _ outputs: Adjacency) {
    let pull = Ranking.pulls(sorted, inputs, outputs)
    for _ in 0..<16 {
      var moved = false
      for v in sorted.reversed() where outputs.degree(v) >= max(1, pull[v]) {
        var most = Int.max
        for w in outputs[v] { most = min(most, rank[w] - 1) }
        if most > rank[v] {
          rank[v] = most
          moved = true
        }
      }
      for v in sorted where pull[v] > outputs.degree(v) {
        var least = 0
        for u in inputs[v] { least = max(least, rank[u] + 1) }
        if least < rank[v] {
          rank[v] = least
          moved = true
        }
      }
      if !moved { break }
    }
  }

  /// Numbers the ranks that have nodes from 0.
  private mutating func closeGaps() {
    guard let last = rank.max() else { return }
    var number = [Int](repeating: 0, count: last + 1)
    for r in rank { number[r] = 1 }
    var next = 0
    for r in number.indices where number[r] == 1 {
      number[r] = next
      next += 1
    }
    for v in rank.indices { rank[v] = number[rank[v]] }
  }
}
