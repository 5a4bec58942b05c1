/// Which lines are to be straight: vertices joined by such lines form vertical blocks.
///
/// Needs the order of the ranks; leaves blocks of which no two cross, so that the blocks of a
/// rank, from left to right, contradict those of no other rank. The idea is that of Brandes and
/// Köpf ("Fast and Simple Horizontal Coordinate Assignment", 2001); but in every gap the heaviest
/// set of lines that do not cross is chosen, and a line weighs more the longer the block it goes on,
/// which keeps the spine of a computation straight where medians make a staircase.
struct Alignment {
  /// The block of each vertex.
  private(set) var block: [Int]
  /// The straight segment into each vertex, if there is one.
  private(set) var straight: [Int?]
  /// The number of blocks.
  private(set) var count = 0

  /// Chooses the lines gap by gap, from the first rank down, among those that need not be bent
  /// further than some columns from where a placement has them.
  ///
  /// - Complexity: O(segments log width).
  init(_ layered: LayeredGraph, _ placement: RankPlacement, bend: Int) {
    block = [Int](repeating: -1, count: layered.vertexCount)
    straight = [Int?](repeating: nil, count: layered.vertexCount)
    var place = [Int](repeating: 0, count: layered.vertexCount)
    for r in 0..<layered.rankCount {
      for (i, v) in layered.vertices(ofRank: r).enumerated() { place[v] = i }
    }
    var length: [Int] = []
    var chain = HeaviestChain()
    for r in 0..<layered.rankCount {
      let vertices = layered.vertices(ofRank: r)
      if r > 0 {
        chain.reset(columns: vertices.count)
        for u in layered.vertices(ofRank: r - 1) {
          chain.nextRow()
          for wire in layered.wires(of: u) {
            for s in layered.wires[wire].segments {
              let v = layered.segments[s].lower
              guard abs(placement.column[u] - placement.column[v]) >> 4 <= bend else { continue }
              let weight = Alignment.weight(layered, u, v, length[block[u]])
              chain.add(segment: s, column: place[v], weight: weight)
            }
          }
        }
        for s in chain.heaviest() {
          let u = layered.upper(ofSegment: s)
          let v = layered.segments[s].lower
          straight[v] = s
          block[v] = block[u]
          length[block[u]] += 1
        }
      }
      for v in vertices where block[v] < 0 {
        block[v] = count
        length.append(1)
        count += 1
      }
    }
  }

  /// How much a straight line is worth: a line in the middle of a long edge most.
  private static func weight(_ layered: LayeredGraph, _ u: Int, _ v: Int, _ length: Int) -> Int {
    switch (layered.isNode(u), layered.isNode(v)) {
    case (false, false): return 256
    case (false, true), (true, false): return 8
    case (true, true):
      let isOnly = layered.upSegments(of: v).count == 1 && layered.wires(of: u).count == 1
      return 16 + min(length, 16) + (isOnly ? 16 : 0)
    }
  }
}

/// The heaviest set of points that ascend in rows and columns: no two in a row or in a column.
private struct HeaviestChain {
  private var points: [(segment: Int, column: Int, weight: Int, before: Int)] = []
  /// The last point of the heaviest chain within the first columns, as a Fenwick tree of maxima.
  private var tree: [Int] = []
  private var rowStart = 0

  /// Forgets all points.
  mutating func reset(columns: Int) {
    points.removeAll(keepingCapacity: true)
    tree = [Int](repeating: -1, count: columns + 1)
    rowStart = 0
  }

  /// Ends a row: its points may now be followed by others.
  mutating func nextRow() {
    for p in rowStart..<points.count {
      var k = points[p].column + 1
      while k < tree.count {
        if tree[k] < 0 || points[tree[k]].weight < points[p].weight { tree[k] = p }
        k += k & -k
      }
    }
    rowStart = points.count
  }

  /// Adds a point to the row.
  mutating func add(segment: Int, column: Int, weight: Int) {
    var k = column
    var before = -1
    while k > 0 {
      let p = tree[k]
      if p >= 0, before < 0 || points[p].weight > points[before].weight { before = p }
      k &= k - 1
    }
    let total = weight + (before < 0 ? 0 : points[before].weight)
    points.append((segment, column, total, before))
  }

  /// The segments of the heaviest chain.
  func heaviest() -> [Int] {
    var last = -1
    for p in points.indices where last < 0 || points[p].weight > points[last].weight { last = p }
    var chain: [Int] = []
    while last >= 0 {
      chain.append(points[last].segment)
      last = points[last].before
    }
    return chain
  }
}
