/// New nodes and edges among old ones: the phases up to the ordering, for graphs that grow.
///
/// Needs a drawing and a graph that begins with the one that is drawn; leaves the layers with their
/// slots, and a column for every vertex from which the positions are made. As in the DynaDAG of
/// North ("Incremental Layout in DynaDAG", 1995), the order of what was there is never permuted: a
/// new vertex goes where its lines cross fewest others, between its neighbours in the rank.
struct Appending {
  /// The layers, old and new.
  private(set) var layered: LayeredGraph
  /// The column of each old vertex, and near which a new one should be.
  private(set) var column: [Int]
  /// Whether each vertex was in the old drawing.
  private(set) var isOld: [Bool]

  /// Ranks and orders what is new.
  ///
  /// - Throws: `LayoutError.cycle` when new edges close a cycle.
  /// - Complexity: O(vertices + segments log width), and the width for each new vertex.
  init(_ stubs: Stubs, to old: LaidOutGraph) throws(LayoutError) {
    let graph = stubs.graph
    let place = Appending.places(stubs, old)
    let kept = place.map { v in v.map { old.layered.rank[$0] } }
    layered = LayeredGraph(graph, rank: try Ranking(graph, kept: kept).rank)
    column = [Int](repeating: 0, count: layered.vertexCount)
    isOld = [Bool](repeating: false, count: layered.vertexCount)
    for (v, known) in place.enumerated() {
      guard let known else { continue }
      column[v] = old.column[known]
      isOld[v] = true
    }
    keepDummies(old, place)
    guess(right: (old.column.max() ?? 0) + 8)
    sortRanks()
    sift()
  }

  /// The node of the old drawing that each node to draw is.
  private static func places(_ stubs: Stubs, _ old: LaidOutGraph) -> [Int?] {
    var place = [Int?](repeating: nil, count: stubs.graph.nodes.count)
    for v in 0..<min(stubs.nodeCount, old.stubs.nodeCount) { place[v] = v }
    var ends: [[Int]: Int] = [:]
    for (i, end) in old.stubs.ends.enumerated() {
      ends[[end.edges[0], end.isAtTarget ? 1 : 0]] = old.stubs.nodeCount + i
    }
    for (i, end) in stubs.ends.enumerated() {
      place[stubs.nodeCount + i] = ends[[end.edges[0], end.isAtTarget ? 1 : 0]]
    }
    return place
  }
}

extension Appending {
  /// Gives the dummies of old nets their columns.
  private mutating func keepDummies(_ old: LaidOutGraph, _ place: [Int?]) {
    var nets: [[Int]: Int] = [:]
    for (n, net) in old.layered.nets.enumerated() {
      nets[[net.source, Int(net.line.rawValue)]] = n
    }
    for net in layered.nets {
      guard let source = place[net.source], let n = nets[[source, Int(net.line.rawValue)]] else {
        continue
      }
      let before = old.layered.nets[n]
      for d in net.firstDummy..<net.firstDummy + net.dummyCount {
        let step = layered.rank[d] - old.layered.rank[source] - 1
        guard step >= 0, step < before.dummyCount else { continue }
        column[d] = old.column[before.firstDummy + step]
        isOld[d] = true
      }
    }
  }

  /// Guesses a column for each new vertex: that of the middle one of its neighbours, those above
  /// first; to the right of everything if there are none.
  private mutating func guess(right: Int) {
    var isKnown = isOld
    var columns: [Int] = []
    for v in layered.slots where !isKnown[v] {
      columns.removeAll(keepingCapacity: true)
      for s in layered.upSegments(of: v) where isKnown[layered.upper(ofSegment: s)] {
        columns.append(column[layered.upper(ofSegment: s)])
      }
      guard !columns.isEmpty else { continue }
      columns.sort()
      column[v] = columns[(columns.count - 1) / 2]
      isKnown[v] = true
    }
    for v in layered.slots.reversed() where !isKnown[v] {
      columns.removeAll(keepingCapacity: true)
      for w in layered.wires(of: v) {
        for s in layered.wires[w].segments where isKnown[layered.segments[s].lower] {
          columns.append(column[layered.segments[s].lower])
        }
      }
      columns.sort()
      column[v] = columns.isEmpty ? right : columns[(columns.count - 1) / 2]
      isKnown[v] = true
    }
  }

  /// Orders every rank by columns.
  private mutating func sortRanks() {
    let column = column
    let isOld = isOld
    for r in 0..<layered.rankCount {
      layered.slots[layered.rankStart[r]..<layered.rankStart[r + 1]].sort { a, b in
        if column[a] != column[b] { return column[a] < column[b] }
        return isOld[a] == isOld[b] ? a < b : isOld[a]
      }
    }
  }

  /// Moves every new vertex to the slot of its rank where its lines cross fewest others.
  private mutating func sift() {
    var slot = [Int](repeating: 0, count: layered.vertexCount)
    for (i, v) in layered.slots.enumerated() { slot[v] = i }
    for _ in 0..<2 {
      for r in 0..<layered.rankCount {
        for v in Array(layered.vertices(ofRank: r)) where !isOld[v] { sift(v, r, &slot) }
      }
    }
  }

  private mutating func sift(_ v: Int, _ r: Int, _ slot: inout [Int]) {
    let slots = layered.rankStart[r]..<layered.rankStart[r + 1]
    let home = slot[v]
    var best = 0
    var target = home
    var change = 0
    for i in home + 1..<max(home + 1, slots.upperBound) {
      change += excess(v, layered.slots[i], slot)
      if change < best { (best, target) = (change, i) }
    }
    change = 0
    for i in (slots.lowerBound..<home).reversed() {
      change -= excess(v, layered.slots[i], slot)
      if change < best { (best, target) = (change, i) }
    }
    let step = target > home ? 1 : -1
    var i = home
    while i != target {
      layered.slots[i] = layered.slots[i + step]
      slot[layered.slots[i]] = i
      i += step
    }
    layered.slots[target] = v
    slot[v] = target
    // What stands beside it tells where it is now.
    if target != home {
      let beside = target > home ? target - 1 : target + 1
      column[v] = column[layered.slots[beside]]
    }
  }

  /// What it costs to move a vertex from the left to the right of another one, in crossings.
  private func excess(_ v: Int, _ w: Int, _ slot: [Int]) -> Int {
    var sum = 0
    for s in layered.upSegments(of: v) {
      let left = slot[layered.upper(ofSegment: s)]
      for t in layered.upSegments(of: w) {
        sum += (slot[layered.upper(ofSegment: t)] - left).signum()
      }
    }
    for s in lowers(v) {
      for t in lowers(w) { sum += (slot[t] - slot[s]).signum() }
    }
    return sum
  }

  private func lowers(_ v: Int) -> [Int] {
    layered.wires(of: v).flatMap { w in
      layered.wires[w].segments.map { layered.segments[$0].lower }
    }
  }
}
