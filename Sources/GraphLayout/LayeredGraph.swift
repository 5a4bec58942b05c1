/// What the phases after the ranking work on: a graph whose lines join neighbouring ranks only.
///
/// Its vertices are the nodes, by their positions in the graph, and after them the dummies: places
/// where a line passes a rank. All edges of one kind that leave a node form a net, drawn as one line
/// that forks; a net has at most one dummy in a rank, and an edge leaves it in the rank before its
/// target. So a graph has as many dummies as its nets are long, and not as its edges are.
struct LayeredGraph: Sendable {
  /// The graph that is laid out.
  let graph: Graph
  /// The rank of each vertex.
  private(set) var rank: [Int]
  /// The number of ranks.
  private(set) var rankCount = 0
  /// The nets, by source.
  private(set) var nets: [Net] = []
  /// The edges of all nets, a net's by the rank of the target.
  private(set) var netEdges: [Int] = []
  /// The net of each dummy, from the first dummy on.
  private(set) var dummyNet: [Int] = []
  /// The pieces of nets from one rank to the next, by upper vertex.
  private(set) var wires: [Wire] = []
  /// Where the wires of each vertex start; one more entry than vertices.
  private(set) var wireStart: [Int] = []
  /// The ends of wires, wire after wire.
  private(set) var segments: [Segment] = []
  /// Where the segments into each vertex start in `upSegments`; one more entry than vertices.
  private(set) var upStart: [Int] = []
  /// The segments into each vertex; into a node in the order of its arguments.
  private(set) var upSegments: [Int] = []
  /// The vertices of each rank from left to right, rank after rank.
  var slots: [Int] = []
  /// Where each rank starts in `slots`; one more entry than ranks.
  private(set) var rankStart: [Int] = []

  /// All edges of one kind from one node.
  struct Net: Sendable {
    /// The node.
    var source: Int
    /// The kind.
    var line: Graph.Edge.Line
    /// Where its edges are in `netEdges`.
    var edges: Range<Int>
    /// The first of its dummies, which follow each other rank by rank.
    var firstDummy: Int
    /// The number of its dummies.
    var dummyCount: Int
  }

  /// The part of a net between one rank and the next: one line down from a vertex, which forks.
  struct Wire: Sendable {
    /// Where it starts.
    var upper: Int
    /// Its net.
    var net: Int
    /// Where its ends are in `segments`.
    var segments: Range<Int>
  }

  /// One end of a wire.
  struct Segment: Sendable {
    /// The wire.
    var wire: Int
    /// The vertex where it ends.
    var lower: Int
    /// The edges that pass here, in `netEdges`.
    var edges: Range<Int>
  }

  /// Puts dummies where nets pass ranks.
  ///
  /// - Complexity: O(nodes + dummies + edges log edges).
  init(_ graph: Graph, rank: [Int]) {
    self.graph = graph
    self.rank = rank
    rankCount = (rank.max() ?? -1) + 1
    makeNets()
    makeWires()
    makeUpSegments()
    makeSlots()
  }
}

extension LayeredGraph {
  /// The number of nodes and dummies.
  var vertexCount: Int { rank.count }

  /// Whether a vertex is a node.
  func isNode(_ v: Int) -> Bool { v < graph.nodes.count }

  /// The node of a vertex, or the node whose net passes it.
  func source(of v: Int) -> Int {
    isNode(v) ? v : nets[dummyNet[v - graph.nodes.count]].source
  }

  /// The vertices of a rank from left to right.
  func vertices(ofRank r: Int) -> ArraySlice<Int> { slots[rankStart[r]..<rankStart[r + 1]] }

  /// The wires that leave a vertex.
  func wires(of v: Int) -> Range<Int> { wireStart[v]..<wireStart[v + 1] }

  /// The segments that enter a vertex.
  func upSegments(of v: Int) -> ArraySlice<Int> { upSegments[upStart[v]..<upStart[v + 1]] }

  /// The vertex where a segment starts.
  func upper(ofSegment s: Int) -> Int { wires[segments[s].wire].upper }
}

extension LayeredGraph {
  private mutating func makeNets() {
    let edges = graph.edges
    var sorted = Array(edges.indices)
    sorted.sort { a, b in
      let left = edges[a]
      let right = edges[b]
      if left.source != right.source { return left.source < right.source }
      if left.line != right.line { return left.line.rawValue < right.line.rawValue }
      let leftRank = rank[left.target]
      let rightRank = rank[right.target]
      return leftRank != rightRank ? leftRank < rightRank : a < b
    }
    netEdges = sorted
    var start = 0
    while start < sorted.count {
      let first = edges[sorted[start]]
      var end = start + 1
      while end < sorted.count, edges[sorted[end]].source == first.source,
        edges[sorted[end]].line == first.line
      {
        end += 1
      }
      let length = rank[edges[sorted[end - 1]].target] - rank[first.source]
      nets.append(
        Net(
          source: first.source,
          line: first.line,
          edges: start..<end,
          firstDummy: rank.count,
          dummyCount: length - 1
        )
      )
      for step in 1..<length {
        rank.append(rank[first.source] + step)
        dummyNet.append(nets.count - 1)
      }
      start = end
    }
  }

  private mutating func makeWires() {
    // The first edge of each net that has not left it yet.
    var next = nets.map { $0.edges.lowerBound }
    wireStart.reserveCapacity(rank.count + 1)
    var net = 0
    for v in graph.nodes.indices {
      wireStart.append(wires.count)
      while net < nets.count, nets[net].source == v {
        makeWire(from: v, net, &next)
        net += 1
      }
    }
    for v in graph.nodes.count..<rank.count {
      wireStart.append(wires.count)
      makeWire(from: v, dummyNet[v - graph.nodes.count], &next)
    }
    wireStart.append(wires.count)
  }

  private mutating func makeWire(from upper: Int, _ net: Int, _ next: inout [Int]) {
    let below = rank[upper] + 1
    let start = segments.count
    let end = nets[net].edges.upperBound
    while next[net] < end {
      let target = graph.edges[netEdges[next[net]]].target
      guard rank[target] == below else { break }
      segments.append(
        Segment(wire: wires.count, lower: target, edges: next[net]..<next[net] + 1)
      )
      next[net] += 1
    }
    if next[net] < end {
      let dummy = nets[net].firstDummy + below - rank[nets[net].source] - 1
      segments.append(Segment(wire: wires.count, lower: dummy, edges: next[net]..<end))
    }
    wires.append(Wire(upper: upper, net: net, segments: start..<segments.count))
  }

  private mutating func makeUpSegments() {
    upStart = [Int](repeating: 0, count: rank.count + 1)
    for segment in segments { upStart[segment.lower + 1] += 1 }
    for v in rank.indices { upStart[v + 1] += upStart[v] }
    upSegments = [Int](repeating: 0, count: segments.count)
    var next = upStart
    var last = [Int](repeating: 0, count: graph.edges.count)
    for (s, segment) in segments.enumerated() {
      if isNode(segment.lower) {
        last[netEdges[segment.edges.lowerBound]] = s
      } else {
        upSegments[next[segment.lower]] = s
      }
    }
    for (e, edge) in graph.edges.enumerated() {
      upSegments[next[edge.target]] = last[e]
      next[edge.target] += 1
    }
  }

  private mutating func makeSlots() {
    rankStart = [Int](repeating: 0, count: rankCount + 1)
    for r in rank { rankStart[r + 1] += 1 }
    for r in 0..<rankCount { rankStart[r + 1] += rankStart[r] }
    slots = [Int](repeating: 0, count: rank.count)
    var next = rankStart
    for (v, r) in rank.enumerated() {
      slots[next[r]] = v
      next[r] += 1
    }
  }
}
