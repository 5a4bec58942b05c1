import GraphLayout
import Testing

@Suite struct DrawingTests {
  private func drawn(_ seed: Int, _ direction: Direction = .topToBottom) throws -> LaidOutGraph {
    var random = RandomGraph(seed: UInt64(seed))
    return try Layout(direction: direction).layOut(random.graph(nodes: 16))
  }

  @Test(arguments: 0..<12)
  func `a window shows the cells of the whole`(seed: Int) throws {
    let drawn = try drawn(seed, Direction.allCases[seed % 3])
    let size = drawn.size
    let whole = drawn.cells(in: Rect(x: 0, y: 0, width: size.width, height: size.height))
    let window = Rect(x: size.width / 3, y: size.height / 4, width: 17, height: 9)
    let cells = drawn.cells(in: window)
    for y in window.y..<window.endY {
      for x in window.x..<window.endX {
        guard x < size.width, y < size.height else {
          #expect(cells[x, y].isEmpty)
          continue
        }
        #expect(cells[x, y] == whole[x, y])
        #expect(cells.edges(x: x, y: y) == whole.edges(x: x, y: y))
      }
    }
  }

  @Test(arguments: 0..<12)
  func `every cell of a route names its edge`(seed: Int) throws {
    let drawn = try drawn(seed, Direction.allCases[seed % 3])
    let cells = drawn.cells(
      in: Rect(x: 0, y: 0, width: drawn.size.width, height: drawn.size.height)
    )
    for (e, edge) in drawn.graph.edges.enumerated() {
      let route = drawn.route(of: e)
      let end = try #require(route.last)
      #expect(!cells[end.x, end.y].head.isEmpty)
      let style = drawn.graph.nodes[edge.target].style
      #expect(cells[end.x, end.y].node == (style.hasBorder ? edge.target : -1))
      for (a, b) in zip(route, route.dropFirst()) {
        #expect(a.x == b.x || a.y == b.y)
        for y in min(a.y, b.y)...max(a.y, b.y) {
          for x in min(a.x, b.x)...max(a.x, b.x) {
            #expect(cells.edges(x: x, y: y).contains(e))
          }
        }
      }
    }
  }

  @Test(arguments: 0..<20)
  func `a moment shows its own nodes and edges, and nothing moves`(seed: Int) throws {
    let drawn = try drawn(seed)
    let graph = drawn.graph
    for moment in graph.nodes.indices {
      let reveal = Reveal(
        nodes: graph.nodes.indices.map { $0 <= moment },
        edges: graph.edges.map { max($0.source, $0.target) <= moment }
      )
      let shown = Graph(
        nodes: Array(graph.nodes[...moment]),
        edges: graph.edges.indices.filter { reveal.edges[$0] }.map { graph.edges[$0] }
      )
      let text = Picture(drawn, showing: reveal).text
      let reader = PictureReader(text, nodes: shown.nodes, ascii: false)
      #expect(reader.edges == PictureReader.edges(shown) && reader.faults.isEmpty, "\(text)")
    }
  }

  @Test func `the crossings counted are those to be seen`() throws {
    for seed in 0..<30 {
      let drawn = try drawn(seed)
      let cells = drawn.cells(
        in: Rect(x: 0, y: 0, width: drawn.size.width, height: drawn.size.height)
      )
      #expect(cells.cells.filter { $0.isCrossing }.count == drawn.crossings)
    }
  }

  @Test func `the edges of stubs are named at both ends`() throws {
    let nodes = ["x", "mm", "dmm"].map { Graph.Node(id: $0, lines: [$0]) }
    let edges = [
      Graph.Edge(source: 0, target: 1), Graph.Edge(source: 0, target: 2, isStub: true),
    ]
    let drawn = try Layout().layOut(Graph(nodes: nodes, edges: edges))
    #expect(drawn.boxes.count == 5)
    #expect(drawn.stubEdges(ofNode: 3) == [1] && drawn.stubEdges(ofNode: 4) == [1])
    #expect(drawn.texts(ofNode: 3).map { $0.1 } == ["x ▷"])
    #expect(drawn.texts(ofNode: 4).map { $0.1 } == ["▷ dmm"])
    let hidden = Reveal(nodes: [true, true, true], edges: [true, false])
    #expect(!Picture(drawn, showing: hidden).text.contains("▷"))
  }
}
