/// An order of one component that is swept down and up, and the best order so far.
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
  private var sums: [Int]
  private var keys: [Int] = []
  private var free: [Int] = []

  /// Starts with an order.
  init(_ problem: OrderingProblem, _ order: [Int]) {
    self.problem = problem
    self.order = order
    slot = [Int](repeating: 0, count: order.count)
    for (i, v) in order.enumerated() { slot[v] = i }
    best = order
    sums = [Int](repeating: 0, count: order.count + 1)
    fewest = 0
    fewest = crossings()
  }

  /// Sweeps until nothing was gained for a while.
  mutating func run(
    sweeps: Int,
    patience: Int,
    _ cancellation: CancellationToken
  ) throws(LayoutError) {
    transpose(false)
    keep()
    var last = 0
    for sweep in 0..<sweeps where fewest > 0 {
      if sweep - last > patience { break }
      try cancellation.check()
      let isDownward = sweep % 2 == 0
      let usesMedian = sweep % 4 >= 2
      let reverses = sweep % 8 >= 4
      let ranks = 0..<problem.rankCount
      if isDownward {
        for r in ranks.dropFirst() { sort(r, problem.up, usesMedian, reverses) }
      } else {
        for r in ranks.dropLast().reversed() { sort(r, problem.down, usesMedian, reverses) }
      }
      transpose(reverses)
      if keep() { last = sweep }
    }
  }

  /// Keeps the order if it is the best, and says whether it is.
  @discardableResult
  private mutating func keep() -> Bool {
    let count = crossings()
    guard count < fewest else { return false }
    fewest = count
    best = order
    return true
  }
}

extension OrderingSweep {
  /// Sorts a rank by where the neighbours on one side are; vertices without any keep their slots.
  private mutating func sort(
    _ r: Int,
    _ neighbours: Adjacency,
    _ usesMedian: Bool,
    _ reverses: Bool
  ) {
    let slots = problem.slots(ofRank: r)
    keys.removeAll(keepingCapacity: true)
    free.removeAll(keepingCapacity: true)
    for i in slots {
      let v = order[i]
      let degree = neighbours.degree(v)
      guard degree > 0 else { continue }
      let key = usesMedian ? median(neighbours[v]) : barycentre(neighbours[v])
      let tie = reverses ? slots.upperBound - i : i - slots.lowerBound
      keys.append(key << 24 | tie)
      free.append(i)
    }
    keys.sort()
    let old = Array(order[slots])
    for (place, key) in zip(free, keys) {
      let tie = key & 0xFF_FFFF
      let v = old[reverses ? slots.count - tie : tie]
      order[place] = v
      slot[v] = place
    }
  }

  /// The mean slot of some vertices, in 1/256.
  private func barycentre(_ vertices: ArraySlice<Int>) -> Int {
    var sum = 0
    for v in vertices { sum += slot[v] }
    return (sum << 8) / vertices.count
  }

  /// The median slot of some vertices, in 1/256; of an even number, the middle two weighted by
  /// how close the others lie (Gansner and others 1993).
  private func median(_ vertices: ArraySlice<Int>) -> Int {
    switch vertices.count {
    case 1: return slot[vertices[vertices.startIndex]] << 8
    case 2:
      return (slot[vertices[vertices.startIndex]] + slot[vertices[vertices.startIndex + 1]]) << 7
    default:
      let places = vertices.map { slot[$0] }.sorted()
      let middle = places.count / 2
      if places.count % 2 == 1 { return places[middle] << 8 }
      let left = places[middle - 1] - places[0]
      let right = places[places.count - 1] - places[middle]
      guard left + right > 0 else { return (places[middle - 1] + places[middle]) << 7 }
      return ((places[middle - 1] * right + places[middle] * left) << 8) / (left + right)
    }
  }
}

extension OrderingSweep {
  /// Swaps neighbours as long as that removes crossings.
  private mutating func transpose(_ swapsEqual: Bool) {
    for round in 0..<8 {
      var gain = 0
      for r in 0..<problem.rankCount {
        let slots = problem.slots(ofRank: r)
        guard slots.count > 1 else { continue }
        for i in slots.dropLast() {
          let u = order[i]
          let v = order[i + 1]
          let change =
            Self.excess(problem.up[u], problem.up[v], slot)
            + Self.excess(problem.down[u], problem.down[v], slot)
          if change > 0 || (change == 0 && swapsEqual && round == 0) {
            order[i] = v
            order[i + 1] = u
            slot[v] = i
            slot[u] = i + 1
            gain += change
          }
        }
      }
      if gain == 0 { break }
    }
  }

  /// The crossings of the lines of two vertices as they stand, less those if they were swapped.
  private static func excess(
    _ left: ArraySlice<Int>,
    _ right: ArraySlice<Int>,
    _ slot: [Int]
  ) -> Int {
    var excess = 0
    for a in left {
      let x = slot[a]
      for b in right {
        let y = slot[b]
        if x > y { excess += 1 } else if x < y { excess -= 1 }
      }
    }
    return excess
  }

  /// The number of crossings (Barth, Jünger and Mutzel, "Simple and Efficient Bilayer Cross
  /// Counting", 2002).
  private mutating func crossings() -> Int {
    var total = 0
    for r in 0..<max(0, problem.rankCount - 1) {
      let below = problem.slots(ofRank: r + 1)
      for i in 0...below.count { sums[i] = 0 }
      var inserted = 0
      for i in problem.slots(ofRank: r) {
        let lowers = problem.down[order[i]]
        for w in lowers {
          // Those inserted at most as far left do not cross.
          var k = slot[w] - below.lowerBound + 1
          var before = 0
          while k > 0 {
            before += sums[k]
            k &= k - 1
          }
          total += inserted - before
        }
        for w in lowers {
          var k = slot[w] - below.lowerBound + 1
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
