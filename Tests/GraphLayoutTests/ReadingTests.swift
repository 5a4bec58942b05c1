import Glibc
import GraphLayout
import Testing

@Suite struct ReadingTests {
  /// How many random graphs are drawn; `GRAPHS=5000` draws more of them.
  static let count = getenv("GRAPHS").flatMap { Int(String(cString: $0)) } ?? 60

  @Test func `a picture reads back as its graph, whatever the graph`() throws {
    for seed in 0..<Self.count {
      var random = RandomGraph(seed: UInt64(seed))
      var graph = random.graph(nodes: seed % 10 == 9 ? 40 : 14)
      let direction = Direction.allCases[random.next(3)]
      for v in graph.nodes.indices where !direction.isVertical && graph.nodes[v].style == .line {
        graph.nodes[v] = Graph.Node(id: graph.nodes[v].id, lines: graph.nodes[v].lines)
      }
      let spacing = Spacing(nodes: 1 + random.next(3), lines: 1 + random.next(2), ranks: 1)
      let laidOut = try Layout(direction: direction, spacing: spacing, width: 60).layOut(graph)
      for glyphs in direction.isVertical ? [LineGlyphs.unicode, .ascii] : [.unicode] {
        let text = Picture(laidOut, glyphs: glyphs).text
        let reader = PictureReader(text, nodes: graph.nodes, ascii: glyphs == .ascii)
        #expect(
          reader.edges == PictureReader.edges(graph) && reader.faults.isEmpty,
          "seed \(seed), \(direction): \(reader.faults)\n\(reader.edges) is not \(PictureReader.edges(graph))\n\(text)"
        )
        if !reader.faults.isEmpty || reader.edges != PictureReader.edges(graph) { return }
      }
    }
  }
}
