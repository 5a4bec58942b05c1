/// One component of a layered graph as the ordering sees it: vertices numbered rank by rank, and
/// their neighbours above and below.
struct OrderingProblem: Sendable {
  /// The vertices of the layered graph.
  let vertices: [Int]
  /// Where each rank starts, with one more entry than ranks.
  ///
  /// A rank's vertices and its slots have the same numbers.
  let rankStart: [Int]
  /// The neighbours above, in the order of arguments.
  let up: Adjacency
  /// The neighbours below.
  let down: Adjacency

  /// The problem of all vertices of one component, which come sorted by rank.
  ///
  /// In `number` there is room for a number for each vertex of the layered graph.
  init(_ layered: LayeredGraph, _ vertices: [Int], number: inout [Int]) {
    self.vertices = vertices
    var rankStart: [Int] = []
    var segments = 0
    for (i, v) in vertices.enumerated() {
      number[v] = i
      if i == 0 || layered.rank[v] != layered.rank[vertices[i - 1]] { rankStart.append(i) }
      segments += layered.upSegments(of: v).count
    }
    rankStart.append(vertices.count)
    self.rankStart = rankStart
    var lowers: [Int] = []
    var uppers: [Int] = []
    lowers.reserveCapacity(segments)
    uppers.reserveCapacity(segments)
    for (i, v) in vertices.enumerated() {
      for s in layered.upSegments(of: v) {
        lowers.append(i)
        uppers.append(number[layered.upper(ofSegment: s)])
      }
    }
    up = Adjacency(count: vertices.count, of: lowers, to: uppers)
    down = Adjacency(count: vertices.count, of: uppers, to: lowers)
  }

  /// The number of ranks.
  var rankCount: Int { rankStart.count - 1 }

  /// The slots of a rank.
  func slots(ofRank r: Int) -> Range<Int> { rankStart[r]..<rankStart[r + 1] }
}
