import Testing

@testable import GraphLayout

@Suite struct OrderingTests {
  private func layered(_ graph: Graph) throws -> LayeredGraph {
    LayeredGraph(graph, rank: try Ranking(graph).rank)
  }

  private func problem(_ layered: LayeredGraph) -> OrderingProblem {
    var number = [Int](repeating: 0, count: layered.vertexCount)
    return OrderingProblem(layered, layered.slots, number: &number)
  }

  private func crossings(_ problem: OrderingProblem, _ order: [Int]) -> Int {
    var slot = order
    for (i, v) in order.enumerated() { slot[v] = i }
    return problem.crossings(order, slot)
  }

  /// A connected graph of a few small ranks.
  private func graph(_ seed: Int) -> Graph {
    var random = RandomGraph(seed: UInt64(seed))
    var graph = Graph()
    for v in 0..<9 {
      graph.nodes.append(Graph.Node(id: "n\(v)", lines: []))
      guard v >= 3 else { continue }
      let first = v - v % 3 - 3
      graph.edges.append(Graph.Edge(source: first + random.next(3), target: v))
      graph.edges.append(Graph.Edge(source: random.next(first + 3), target: v))
    }
    return graph
  }

  /// The fewest crossings of all orders of all ranks.
  private func fewest(_ problem: OrderingProblem) -> Int {
    var best = Int.max
    var orders: [[Int]] = [[]]
    for r in 0..<problem.rankCount {
      var next: [[Int]] = []
      for order in orders {
        for permutation in permutations(Array(problem.slots(ofRank: r))) {
          next.append(order + permutation)
        }
      }
      orders = next
    }
    for order in orders { best = min(best, crossings(problem, order)) }
    return best
  }

  private func permutations(_ items: [Int]) -> [[Int]] {
    guard let first = items.first else { return [[]] }
    return permutations(Array(items.dropFirst())).flatMap { rest in
      (0...rest.count).map { Array(rest[..<$0]) + [first] + Array(rest[$0...]) }
    }
  }

  @Test func `small graphs have as few crossings as there can be`() throws {
    var tried = 0
    for seed in 0..<80 {
      var layered = try layered(graph(seed))
      let problem = problem(layered)
      let widths = (0..<problem.rankCount).map { problem.slots(ofRank: $0).count }
      let orders = widths.reduce(1) { $0 * (1...$1).reduce(1, *) }
      guard Components(layered.graph).count == 1, orders <= 4000 else { continue }
      tried += 1
      let components = Components(layered.graph)
      try Ordering(components, CancellationToken()).order(&layered)
      let after = self.problem(layered)
      #expect(crossings(after, Array(after.vertices.indices)) == fewest(problem), "seed \(seed)")
    }
    #expect(tried > 10)
  }

  @Test func `sifting counts what it saves`() throws {
    for seed in 0..<20 {
      var random = RandomGraph(seed: UInt64(seed))
      let graph = random.graph(nodes: 30)
      guard Components(graph).count == 1 else { continue }
      let problem = problem(try layered(graph))
      var sifting = GlobalSifting(problem, Array(problem.vertices.indices))
      let before = sifting.crossings
      try sifting.run(rounds: 6, CancellationToken())
      #expect(sifting.crossings <= before)
      #expect(sifting.order.sorted() == Array(problem.vertices.indices))
      for r in 0..<problem.rankCount {
        let slots = problem.slots(ofRank: r)
        #expect(sifting.order[slots].sorted() == Array(slots))
      }
    }
  }

  @Test func `long edges do not cross each other along their way`() throws {
    // A chain of twelve with edges from each of the first five to each of the last five.
    var edges = (1..<12).map { Graph.Edge(source: $0 - 1, target: $0) }
    for v in 0..<5 { edges.append(Graph.Edge(source: v, target: 7 + (v * 3) % 5)) }
    let nodes = (0..<12).map { Graph.Node(id: "n\($0)", lines: []) }
    let layered = try layered(Graph(nodes: nodes, edges: edges))
    let problem = problem(layered)
    let sifting = GlobalSifting(problem, Array(problem.vertices.indices))
    for v in problem.vertices.indices {
      for w in problem.vertices.indices where sifting.slot[v] < sifting.slot[w] {
        guard let below = problem.continuation(of: v), let other = problem.continuation(of: w)
        else { continue }
        if layered.rank[problem.vertices[v]] == layered.rank[problem.vertices[w]] {
          #expect(sifting.slot[below] < sifting.slot[other])
        }
      }
    }
  }

  @Test func `arguments stand from left to right where crossings allow`() throws {
    let nodes = ["w", "x", "mul"].map { Graph.Node(id: $0, lines: [$0]) }
    let edges = [Graph.Edge(source: 1, target: 2), Graph.Edge(source: 0, target: 2)]
    let drawn = try Layout().layOut(Graph(nodes: nodes, edges: edges))
    #expect(drawn.boxes[1].x < drawn.boxes[0].x)
  }
}
