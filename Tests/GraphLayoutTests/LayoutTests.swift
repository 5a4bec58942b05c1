import GraphLayout
import Testing

@Suite struct LayoutTests {
  private func graph(_ count: Int, _ edges: [(Int, Int)]) -> Graph {
    Graph(
      nodes: (0..<count).map { Graph.Node(id: "n\($0)", lines: ["n\($0)"]) },
      edges: edges.map { Graph.Edge(source: $0.0, target: $0.1) }
    )
  }

  @Test func `an empty graph is drawn as nothing`() throws {
    let drawn = try Layout().layOut(Graph())
    #expect(drawn.size == Size(width: 0, height: 0))
    #expect(Picture(drawn).text.isEmpty)
  }

  @Test func `a cancelled layout stops`() {
    let token = CancellationToken()
    token.cancel()
    #expect(throws: LayoutError.cancelled) {
      try Layout().layOut(graph(2, [(0, 1)]), cancellation: token)
    }
  }

  @Test func `a chain of twenty thousand is laid out and drawn where one looks`() throws {
    let count = 20_000
    let drawn = try Layout().layOut(graph(count, (1..<count).map { ($0 - 1, $0) }))
    #expect(drawn.size.height == 4 * count - 1)
    #expect(drawn.crossings == 0)
    let cells = drawn.cells(in: Rect(x: 0, y: 40_000, width: 80, height: 24))
    #expect(Set(cells.cells.map { $0.node }.filter { $0 >= 0 }) == Set(10_000...10_005))
  }

  @Test func `nested skips and trees have no crossing`() throws {
    let skips = (1..<40).map { ($0 - 1, $0) } + (0..<15).map { ($0, 39 - $0) }
    #expect(try Layout().layOut(graph(40, skips)).crossings == 0)
    let tree = (1..<63).map { ($0, ($0 - 1) / 2) }
    #expect(try Layout().layOut(graph(63, tree)).crossings == 0)
  }

  @Test func `the same graph gives the same cells`() throws {
    var random = RandomGraph(seed: 7)
    let graph = random.graph(nodes: 40)
    let first = Picture(try Layout().layOut(graph)).text
    #expect(Picture(try Layout().layOut(graph)).text == first)
  }
}
