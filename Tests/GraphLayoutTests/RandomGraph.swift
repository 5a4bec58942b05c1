import GraphLayout

/// Graphs by the number of a seed, the same on every machine.
struct RandomGraph {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678 }

  /// The next number below a bound (SplitMix64).
  mutating func next(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(bound))
  }

  private static let words = [
    "x", "w", "bias", "AddBackward0", "MulBackward0", "权重", "テンソル", "텐서", "e\u{301}té", "σ(x)", "v",
    "矩阵 🙂", "o^v", "mm_1.weight", "a b", "loss",
  ]

  /// A graph of up to so many nodes: a random one, a chain with skips, or a few of both apart.
  mutating func graph(nodes limit: Int) -> Graph {
    var graph = Graph()
    let count = 1 + next(limit)
    let reach = 1 + next(count)
    let density = next(4)
    for v in 0..<count {
      var lines = ["\(Self.words[next(Self.words.count)])#\(v)"]
      for _ in 0..<max(0, next(5) - 2) { lines.append(Self.words[next(Self.words.count)]) }
      let styles: [Graph.Node.Style] = [.box, .box, .box, .rounded, .double, .dashed, .line]
      let style = styles[next(styles.count)]
      graph.nodes.append(
        Graph.Node(id: "n\(v)", lines: style == .line ? [lines[0]] : lines, style: style)
      )
      guard v > 0 else { continue }
      for _ in 0..<next(density + 2) {
        let source = v - 1 - next(min(v, reach))
        let line: Graph.Edge.Line = next(6) == 0 ? .dashed : .solid
        graph.edges.append(Graph.Edge(source: source, target: v, line: line))
      }
      if next(8) == 0 {
        graph.edges.append(Graph.Edge(source: next(v), target: v))
      }
    }
    // Numbers need not follow the edges.
    if next(3) == 0 {
      let last = count - 1
      for e in graph.edges.indices {
        let edge = graph.edges[e]
        graph.edges[e].source = last - edge.source
        graph.edges[e].target = last - edge.target
      }
    }
    return graph
  }
}
