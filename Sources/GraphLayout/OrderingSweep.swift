/// An order of one component that is swept down and up, and the best order so far.
///
/// A sweep sorts every rank by where the neighbours in the rank before are and then swaps
/// neighbours as long as that removes crossings. Swaps that change nothing are made too: they lead
/// across plateaus to swaps that gain (Gansner and others 1993), a tenth of the crossings in wide
/// graphs.
struct OrderingSweep {
  private let problem: OrderingProblem
  /// The vertex in each slot.
  private var order: [Int]
  /// The slot of each vertex.
  private var slot: [Int]
  /// The best order so far.
  private(set) var best: [Int]
  /// Its crossings.
  private(set) var fewest: Int
  private var keys: [Int] = []
  private var free: [Int] = []
  private var old: [Int] = []

  /// Starts with an order.
  init(_ problem: OrderingProblem, _ order: [Int]) {
    self.problem = problem
    self.order = order
    slot = [Int](repeating: 0, count: order.count)
    for (i, v) in order.enumerated() { slot[v] = i }
    best = order
    fewest = problem.crossings(order, slot)
  }

  /// Sweeps until nothing was gained for a while.
  mutating func run(
    sweeps: Int,
    patience: Int,
    _ cancellation: CancellationToken
  ) throws(LayoutError) {
    var last = 0
    for sweep in 0..<sweeps where fewest > 0 && sweep - last <= patience {
      try cancellation.check()
      let usesMedian = sweep % 4 >= 2
      if sweep % 2 == 0 {
        for r in 1..<problem.rankCount { sort(r, problem.up, usesMedian) }
      } else {
        for r in (0..<problem.rankCount - 1).reversed() { sort(r, problem.down, usesMedian) }
      }
      transpose()
      let count = problem.crossings(order, slot)
      if count < fewest {
        fewest = count
        best = order
        last = sweep
      }
    }
  }
}

extension OrderingSweep {
  /// Sorts a rank by where the neighbours on one side are; vertices without any keep their slots.
  private mutating func sort(_ r: Int, _ neighbours: Adjacency, _ usesMedian: Bool) {
    let slots = problem.slots(ofRank: r)
    keys.removeAll(keepingCapacity: true)
    free.removeAll(keepingCapacity: true)
    old.removeAll(keepingCapacity: true)
    for i in slots {
      let v = order[i]
      old.append(v)
      let range = neighbours.start[v]..<neighbours.start[v + 1]
      guard !range.isEmpty else { continue }
      let key = usesMedian ? median(neighbours, range) : barycentre(neighbours, range)
      // The old place decides between equal keys.
      keys.append(key << 24 | (i - slots.lowerBound))
      free.append(i)
    }
    keys.sort()
    for k in keys.indices {
      let v = old[keys[k] & 0xFF_FFFF]
      order[free[k]] = v
      slot[v] = free[k]
    }
  }

  /// The mean slot of some neighbours, in 1/256.
  private func barycentre(_ neighbours: Adjacency, _ range: Range<Int>) -> Int {
    var sum = 0
    for i in range { sum += slot[neighbours.neighbours[i]] }
    return (sum << 8) / range.count
  }

  /// The median slot of some neighbours, in 1/256; of an even number, the middle two weighted by
  /// how close the others lie (Gansner and others 1993).
  private func median(_ neighbours: Adjacency, _ range: Range<Int>) -> Int {
    guard range.count > 2 else { return barycentre(neighbours, range) }
    let places = range.map { slot[neighbours.neighbours[$0]] }.sorted()
    let middle = places.count / 2
    if places.count % 2 == 1 { return places[middle] << 8 }
    let left = places[middle - 1] - places[0]
    let right = places[places.count - 1] - places[middle]
    guard left + right > 0 else { return (places[middle - 1] + places[middle]) << 7 }
    return ((places[middle - 1] * right + places[middle] * left) << 8) / (left + right)
  }

  /// Swaps neighbours that cross more as they stand, or as much, until nothing is gained.
  private mutating func transpose() {
    for _ in 0..<40 {
      var gain = 0
      for r in 0..<problem.rankCount {
        for i in problem.slots(ofRank: r).dropLast() {
          let u = order[i]
          let v = order[i + 1]
          let change = excess(problem.up, u, v) + excess(problem.down, u, v)
          guard change >= 0 else { continue }
          order[i] = v
          order[i + 1] = u
          slot[v] = i
          slot[u] = i + 1
          gain += change
        }
      }
      if gain == 0 { break }
    }
  }

  /// The crossings of the lines of two vertices as they stand, less those if they were swapped.
  private func excess(_ side: Adjacency, _ u: Int, _ v: Int) -> Int {
    var excess = 0
    for i in side.start[u]..<side.start[u + 1] {
      let left = slot[side.neighbours[i]]
      for j in side.start[v]..<side.start[v + 1] {
        let right = slot[side.neighbours[j]]
        if left > right { excess += 1 } else if left < right { excess -= 1 }
      }
    }
    return excess
  }
}
