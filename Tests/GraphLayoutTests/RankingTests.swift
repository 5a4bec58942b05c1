import Testing

@testable import GraphLayout

@Suite struct RankingTests {
  private func ranks(_ count: Int, _ edges: [(Int, Int)]) throws -> [Int] {
    let nodes = (0..<count).map { Graph.Node(id: "n\($0)", lines: []) }
    let edges = edges.map { Graph.Edge(source: $0.0, target: $0.1) }
    return try Ranking(Graph(nodes: nodes, edges: edges)).rank
  }

  @Test func `edges point to higher ranks, and no rank is empty`() throws {
    for seed in 0..<50 {
      var random = RandomGraph(seed: UInt64(seed))
      let graph = random.graph(nodes: 30)
      let rank = try Ranking(graph).rank
      for edge in graph.edges { #expect(rank[edge.source] < rank[edge.target]) }
      #expect(Set(rank) == Set(0...(rank.max() ?? 0)))
    }
  }

  @Test func `a leaf stands right above what uses it`() throws {
    #expect(try ranks(5, [(0, 1), (1, 2), (2, 3), (4, 3)]) == [0, 1, 2, 3, 2])
  }

  @Test func `what is made of own leaves only moves along with them`() throws {
    // x -> t -> mm, after a chain of three: all of it near mm.
    let rank = try ranks(6, [(0, 1), (1, 2), (2, 5), (3, 4), (4, 5)])
    #expect(rank == [0, 1, 2, 1, 2, 3])
  }

  @Test func `a step of a recurrent network stays together`() throws {
    // 0: the shared weight; 1, 2, 3 the products of the steps, 4 and 5 their leaves.
    let edges = [(0, 1), (0, 2), (0, 3), (4, 2), (5, 3), (1, 6), (2, 7), (6, 7), (3, 8), (7, 8)]
    let rank = try ranks(9, edges)
    #expect(rank[2] == rank[7] - 1 && rank[3] == rank[8] - 1)
    #expect(rank[4] == rank[2] - 1 && rank[5] == rank[3] - 1)
  }

  @Test func `a cycle is named from its first node`() {
    #expect(throws: LayoutError.cycle([2, 3, 4])) {
      try ranks(5, [(0, 1), (3, 4), (4, 2), (2, 3), (1, 2)])
    }
    #expect(throws: LayoutError.cycle([0])) { try ranks(1, [(0, 0)]) }
  }

  @Test func `nodes that stand move only where a new edge asks for it`() throws {
    let nodes = (0..<5).map { Graph.Node(id: "n\($0)", lines: []) }
    let edges = [(0, 1), (1, 2), (3, 2), (4, 1)].map { Graph.Edge(source: $0.0, target: $0.1) }
    let ranking = try Ranking(Graph(nodes: nodes, edges: edges), kept: [0, 1, 2, 0, 1])
    #expect(ranking.rank == [0, 2, 3, 0, 1])
  }
}
