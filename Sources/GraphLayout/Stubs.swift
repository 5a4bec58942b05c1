/// What becomes of edges of which only the ends are drawn.
///
/// Needs a graph; leaves one that is drawn in its place, in which a stub is a short edge to or from
/// a node that holds the name of the other end: `▷ name` below the source, one for all stubs of a
/// source, and `name ▷` above the target, one for each.
struct Stubs: Sendable {
  /// The graph to draw: first the nodes and edges of the given graph, then those of the stubs.
  private(set) var graph: Graph
  /// What each node after the given ones stands for.
  private(set) var ends: [End] = []
  /// The edges that each edge after the given ones stands for.
  private(set) var edgeEdges: [[Int]] = []
  /// The number of nodes of the given graph.
  let nodeCount: Int
  /// The number of edges of the given graph.
  let edgeCount: Int

  /// A node that stands for the other ends of stubs.
  struct End: Sendable {
    /// The edges.
    var edges: [Int]
    /// Whether it stands before the target and names the source.
    var isAtTarget: Bool
  }

  /// Replaces the stubs.
  init(_ graph: Graph) {
    self.graph = graph
    nodeCount = graph.nodes.count
    edgeCount = graph.edges.count
    var leaving: [Int: [Int]] = [:]
    var sources: [Int] = []
    for (e, edge) in graph.edges.enumerated() where edge.isStub {
      if leaving[edge.source] == nil { sources.append(edge.source) }
      leaving[edge.source, default: []].append(e)
      self.graph.edges[e].source = self.graph.nodes.count
      append(
        Stubs.name(graph.nodes[edge.source]) + " \(LineGlyphs.stubMark)",
        End(edges: [e], isAtTarget: true)
      )
    }
    for source in sources {
      let edges = leaving[source] ?? []
      let names = edges.map { Stubs.name(graph.nodes[graph.edges[$0].target]) }
      self.graph.edges.append(
        Graph.Edge(
          source: source,
          target: self.graph.nodes.count,
          line: graph.edges[edges[0]].line
        )
      )
      edgeEdges.append(edges)
      append(
        "\(LineGlyphs.stubMark) " + names.joined(separator: ", "),
        End(edges: edges, isAtTarget: false)
      )
    }
  }

  private mutating func append(_ text: String, _ end: End) {
    graph.nodes.append(Graph.Node(id: text, lines: [text], style: .line))
    ends.append(end)
  }

  /// How a stub calls the node at its other end.
  private static func name(_ node: Graph.Node) -> String { node.lines.first ?? node.id }

  /// The edges of the given graph that an edge of the drawn one stands for.
  func edges(ofDrawn e: Int) -> [Int] { e < edgeCount ? [e] : edgeEdges[e - edgeCount] }
}
