import GraphLayout
import Testing

@Suite struct AppendingTests {
  /// The graph of the first nodes and the edges among them.
  private func prefix(_ graph: Graph, _ count: Int) -> Graph {
    Graph(
      nodes: Array(graph.nodes.prefix(count)),
      edges: graph.edges.filter { max($0.source, $0.target) < count }
    )
  }

  /// A graph whose edges come in the order of the node that is later.
  private func growing(_ seed: Int) -> Graph {
    var random = RandomGraph(seed: UInt64(seed))
    var graph = random.graph(nodes: 24)
    graph.edges.sort {
      (max($0.source, $0.target), $0.source) < (max($1.source, $1.target), $1.source)
    }
    return graph
  }

  @Test(arguments: 0..<30)
  func `what stands keeps its sides while a graph grows`(seed: Int) throws {
    let graph = growing(seed)
    let layout = Layout()
    var drawn = try layout.layOut(prefix(graph, 1))
    for count in graph.nodes.indices.dropFirst() {
      let before = drawn
      drawn = try layout.layOut(prefix(graph, count + 1), after: before)
      for a in 0..<count {
        for b in 0..<count where a != b {
          let (oldA, oldB) = (before.boxes[a], before.boxes[b])
          let (newA, newB) = (drawn.boxes[a], drawn.boxes[b])
          if before.rank(ofNode: a) == before.rank(ofNode: b), oldA.x < oldB.x,
            drawn.rank(ofNode: a) == drawn.rank(ofNode: b)
          {
            #expect(newA.x < newB.x, "seed \(seed): \(a) and \(b) changed sides at \(count)")
          }
        }
      }
    }
    let text = Picture(drawn).text
    let reader = PictureReader(text, nodes: graph.nodes, ascii: false)
    #expect(reader.edges == PictureReader.edges(graph) && reader.faults.isEmpty, "\(text)")
  }

  @Test func `a new operation at the end moves nothing`() throws {
    var graph = Graph(
      nodes: ["x", "w", "mul", "sum"].map { Graph.Node(id: $0, lines: [$0]) },
      edges: [(0, 2), (1, 2), (2, 3)].map { Graph.Edge(source: $0.0, target: $0.1) }
    )
    let before = try Layout().layOut(graph)
    graph.nodes.append(Graph.Node(id: "exp", lines: ["exp"]))
    graph.edges.append(Graph.Edge(source: 3, target: 4))
    let after = try Layout().layOut(graph, after: before)
    #expect(Array(after.boxes.prefix(4)) == before.boxes)
    #expect(after.boxes[4].center.x == before.boxes[3].center.x)
  }

  @Test func `an edge that closes a cycle is refused`() throws {
    var graph = Graph(
      nodes: ["a", "b"].map { Graph.Node(id: $0, lines: [$0]) },
      edges: [Graph.Edge(source: 0, target: 1)]
    )
    let before = try Layout().layOut(graph)
    graph.edges.append(Graph.Edge(source: 1, target: 0))
    #expect(throws: LayoutError.cycle([0, 1])) { try Layout().layOut(graph, after: before) }
  }
}
