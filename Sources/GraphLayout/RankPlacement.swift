/// A first column for every vertex that keeps each rank as narrow as it may be.
///
/// Every rank in turn is placed as near as possible to the mean of the neighbours in the ranks before
/// it, with the pool-adjacent-violators algorithm of isotonic regression (Ayer and others 1955): the
/// least sum of squares under the distances that neighbours must keep. Lines are not straight yet.
struct RankPlacement {
  /// The column of each vertex, in 1/16.
  private(set) var column: [Int]
  /// The number of columns the widest rank needs.
  private(set) var need = 0
  private let layered: LayeredGraph
  private let extents: Extents
  private var pools: [Pool] = []

  /// Vertices of a rank that touch each other, and the mean of their wishes.
  private struct Pool {
    var sum: Int
    var weight: Int
    var count: Int

    var mean: Int { sum / weight }
  }

  /// Takes columns that are known.
  init(_ layered: LayeredGraph, _ extents: Extents, columns: [Int]) {
    self.layered = layered
    self.extents = extents
    column = columns.map { $0 << 4 }
  }

  /// Places all ranks for some sweeps down and up.
  ///
  /// - Complexity: O(segments) a sweep.
  init(_ layered: LayeredGraph, _ extents: Extents, sweeps: Int) {
    self.layered = layered
    self.extents = extents
    column = [Int](repeating: 0, count: layered.vertexCount)
    for r in 0..<layered.rankCount { pack(r) }
    for sweep in 0..<sweeps {
      if sweep % 2 == 0 {
        for r in 1..<max(1, layered.rankCount) { place(r, usesUp: true, usesDown: sweep > 2) }
      } else {
        for r in (0..<layered.rankCount).dropLast().reversed() {
          place(r, usesUp: sweep > 2, usesDown: true)
        }
      }
    }
  }

  /// Puts the vertices of a rank side by side around column 0.
  private mutating func pack(_ r: Int) {
    let vertices = layered.vertices(ofRank: r)
    var width = 0
    var before = -1
    for v in vertices {
      width += before < 0 ? extents.before[v] : extents.distance(before, v)
      column[v] = width << 4
      before = v
    }
    let whole = before < 0 ? 0 : width + extents.after[before] + 1
    need = max(need, whole)
    for v in vertices { column[v] -= whole << 3 }
  }

  private mutating func place(_ r: Int, usesUp: Bool, usesDown: Bool) {
    pools.removeAll(keepingCapacity: true)
    let vertices = layered.vertices(ofRank: r)
    var offset = 0
    var before = -1
    for v in vertices {
      if before >= 0 { offset += extents.distance(before, v) << 4 }
      before = v
      var pool = wish(v, usesUp, usesDown)
      pool.sum -= offset * pool.weight
      while let last = pools.last, last.mean >= pool.mean {
        pools.removeLast()
        pool.sum += last.sum
        pool.weight += last.weight
        pool.count += last.count
      }
      pools.append(pool)
    }
    offset = 0
    var i = vertices.startIndex
    before = -1
    for pool in pools {
      let mean = pool.mean
      for _ in 0..<pool.count {
        let v = vertices[i]
        if before >= 0 { offset += extents.distance(before, v) << 4 }
        before = v
        column[v] = mean + offset
        i += 1
      }
    }
  }

  /// Where the neighbours of a vertex want it to be, and how much.
  private func wish(_ v: Int, _ usesUp: Bool, _ usesDown: Bool) -> Pool {
    var pool = Pool(sum: 0, weight: 0, count: 1)
    let isNode = layered.isNode(v)
    func add(_ w: Int) {
      let weight =
        switch (isNode, layered.isNode(w)) {
        case (true, true): 2
        case (false, false): 8
        default: 3
        }
      pool.sum += weight * column[w]
      pool.weight += weight
    }
    if usesUp {
      for s in layered.upSegments(of: v) { add(layered.upper(ofSegment: s)) }
    }
    if usesDown {
      for w in layered.wires(of: v) {
        for s in layered.wires[w].segments { add(layered.segments[s].lower) }
      }
    }
    if pool.weight == 0 { pool = Pool(sum: column[v], weight: 1, count: 1) }
    return pool
  }
}
