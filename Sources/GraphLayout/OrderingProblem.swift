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
  /// For each vertex, the dummy below it of the same net if it is a dummy itself, else -1.
  private let next: [Int]

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
    var next = [Int](repeating: -1, count: vertices.count)
    for (i, v) in vertices.enumerated() where !layered.isNode(v) {
      let above = layered.upper(ofSegment: layered.upSegments(of: v)[layered.upStart[v]])
      if !layered.isNode(above) { next[number[above]] = i }
    }
    self.next = next
    up = Adjacency(count: vertices.count, of: lowers, to: uppers)
    down = Adjacency(count: vertices.count, of: uppers, to: lowers)
  }

  /// The dummy below a dummy of the same net.
  func continuation(of v: Int) -> Int? { next[v] < 0 ? nil : next[v] }

  /// The number of ranks.
  var rankCount: Int { rankStart.count - 1 }

  /// The slots of a rank.
  func slots(ofRank r: Int) -> Range<Int> { rankStart[r]..<rankStart[r + 1] }
}

extension OrderingProblem {
  /// The number of crossings of an order, by the vertex in each slot and the slot of each vertex.
  ///
  /// Barth, Jünger and Mutzel, "Simple and Efficient Bilayer Cross Counting" (2002).
  ///
  /// - Complexity: O(segments log width).
  func crossings(_ order: [Int], _ slot: [Int]) -> Int {
    var total = 0
    var sums: [Int] = []
    for r in 0..<max(0, rankCount - 1) {
      let below = slots(ofRank: r + 1)
      sums.removeAll(keepingCapacity: true)
      for _ in 0...below.count { sums.append(0) }
      var inserted = 0
      for i in slots(ofRank: r) {
        let lowers = down.start[order[i]]..<down.start[order[i] + 1]
        for n in lowers {
          // Those inserted at most as far to the left do not cross.
          var k = slot[down.neighbours[n]] - below.lowerBound + 1
          var before = 0
          while k > 0 {
            before += sums[k]
            k &= k - 1
          }
          total += inserted - before
        }
        for n in lowers {
          var k = slot[down.neighbours[n]] - below.lowerBound + 1
          while k <= below.count {
            sums[k] += 1
            k += k & -k
          }
        }
        inserted += lowers.count
      }
    }
    return total
  }
}
