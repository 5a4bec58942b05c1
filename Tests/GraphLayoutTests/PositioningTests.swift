import GraphLayout
import Testing

@Suite struct PositioningTests {
  @Test(arguments: Direction.allCases)
  func `no two nodes touch`(direction: Direction) throws {
    for seed in 0..<30 {
      var random = RandomGraph(seed: UInt64(seed))
      let drawn = try Layout(direction: direction).layOut(random.graph(nodes: 30))
      let whole = Rect(x: 0, y: 0, width: drawn.size.width, height: drawn.size.height)
      for (a, box) in drawn.boxes.enumerated() {
        #expect(box.x >= 0 && box.y >= 0 && box.endX <= whole.endX && box.endY <= whole.endY)
        for other in drawn.boxes[..<a] { #expect(!box.intersects(other)) }
      }
    }
  }

  @Test func `a chain stands straight whatever else there is`() throws {
    let ops = (0..<20).map {
      Graph.Node(id: "op\($0)", lines: [String(repeating: "m", count: $0 % 7)])
    }
    let leaves = (0..<20).map { Graph.Node(id: "w\($0)", lines: ["weight \($0)"]) }
    let chain = (1..<20).map { Graph.Edge(source: $0 - 1, target: $0) }
    let uses = (1..<20).map { Graph.Edge(source: 20 + $0, target: $0) }
    let drawn = try Layout().layOut(Graph(nodes: ops + leaves, edges: chain + uses))
    for e in 0..<19 { #expect(drawn.route(of: e).count <= 2, "edge \(e) bends") }
    #expect(drawn.crossings == 0)
  }

  @Test func `boxes grow with their arguments`() throws {
    let nodes = (0..<13).map { Graph.Node(id: "n\($0)", lines: ["n"]) }
    let edges = (0..<12).map { Graph.Edge(source: $0, target: 12) }
    let drawn = try Layout().layOut(Graph(nodes: nodes, edges: edges))
    #expect(drawn.boxes[12].width == 25)
    let ends = edges.indices.compactMap { drawn.route(of: $0).last?.x }
    #expect(Set(ends).count == 12)
    for (a, b) in zip(ends, ends.dropFirst()) { #expect(b - a >= 2) }
  }

  @Test func `parts that nothing joins fill the width before they go below`() throws {
    let nodes = (0..<30).map { Graph.Node(id: "n\($0)", lines: ["leaf \($0)"]) }
    let drawn = try Layout(width: 60).layOut(Graph(nodes: nodes, edges: []))
    #expect(drawn.size.width <= 60)
    #expect(drawn.rankCount == 7)
  }
}
