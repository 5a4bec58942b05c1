import Testing

@testable import GraphLayout

@Suite struct RoutingTests {
  private func channel(_ wires: [(Int, [Int])]) -> Channel {
    Channel(wires.enumerated().map { Channel.Trunk(wire: $0, top: $1.0, bottoms: $1.1) })
  }

  @Test func `a straight wire needs no row`() {
    let channel = channel([(3, [3]), (7, [7])])
    #expect(channel.rows == 0 && channel.trunks.isEmpty)
  }

  @Test func `wires that do not meet share a row`() {
    let channel = channel([(0, [4]), (8, [6])])
    #expect(channel.rows == 1 && channel.crossings() == 0)
  }

  @Test func `parallel wires do not cross`() {
    let right = channel([(0, [10]), (2, [12]), (4, [14]), (6, [16])])
    #expect(right.crossings() == 0 && right.rows == 4)
    let left = channel([(10, [0]), (12, [2]), (14, [4]), (16, [6])])
    #expect(left.crossings() == 0 && left.rows == 4)
  }

  @Test func `a wire that starts where another ends lies above it`() {
    let channel = channel([(0, [4]), (4, [8])])
    #expect(channel.trunks[1].row < channel.trunks[0].row)
    #expect(channel.crossings() == 0)
  }

  @Test func `two wires that change places are led around each other`() throws {
    let channel = channel([(2, [6]), (6, [2])])
    #expect(channel.trunks.count == 3)
    let upper = try #require(channel.trunks.first { $0.lowerPart != nil })
    let lower = channel.trunks[try #require(upper.lowerPart)]
    #expect(upper.bottoms == [lower.top] && upper.row < lower.row)
    #expect(![2, 6].contains(lower.top))
    #expect(channel.crossings() == 1)
  }

  @Test func `wires that change places in a ring are led around each other`() {
    let channel = channel([(2, [4]), (4, [6]), (6, [8]), (8, [2])])
    #expect(channel.trunks.filter { $0.lowerPart != nil }.count == 1)
  }

  /// Whether lines of different nodes lie on each other anywhere.
  private func overlaps(_ drawn: LaidOutGraph) -> Bool {
    var owners: [Point: [Bool: Int]] = [:]
    for (e, edge) in drawn.graph.edges.enumerated() {
      let route = drawn.route(of: e)
      for (a, b) in zip(route, route.dropFirst()) {
        let isLevel = a.y == b.y
        for y in min(a.y, b.y)...max(a.y, b.y) {
          for x in min(a.x, b.x)...max(a.x, b.x) {
            let point = Point(x: x, y: y)
            if let other = owners[point]?[isLevel], other != edge.source { return true }
            owners[point, default: [:]][isLevel] = edge.source
          }
        }
      }
    }
    return false
  }

  @Test func `hundreds of wires in one gap do not lie on each other`() throws {
    let nodes = (0..<652).map { Graph.Node(id: "n\($0)", lines: ["n"], style: .line) }
    var edges: [Graph.Edge] = []
    for v in 0..<650 {
      edges.append(Graph.Edge(source: v, target: 650))
      if v % 3 == 0 { edges.append(Graph.Edge(source: v, target: 651)) }
    }
    #expect(!overlaps(try Layout().layOut(Graph(nodes: nodes, edges: edges))))
  }

  @Test func `lines of random graphs do not lie on each other`() throws {
    for seed in 100..<130 {
      var random = RandomGraph(seed: UInt64(seed))
      var graph = random.graph(nodes: 60)
      for e in graph.edges.indices { graph.edges[e].line = .solid }
      #expect(!overlaps(try Layout().layOut(graph)), "seed \(seed)")
    }
  }
}
