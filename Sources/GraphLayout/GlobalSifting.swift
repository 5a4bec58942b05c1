/// Crossing reduction in which a long edge moves as a whole.
///
/// Bachmaier, Brandenburg, Brunner and Hübner, "A Global k-Level Crossing Reduction Algorithm"
/// (WALCOM 2010): the dummies of a net form one block, a node another; all blocks have one order
/// from left to right, of which the order of every rank is a part. One block after the other is
/// moved to where it makes the fewest crossings. Sweeps rank by rank cannot do that: they never see
/// that a line of a hundred dummies had better be on the other side.
///
/// - Complexity: O(pairs of blocks that share a rank) a round.
struct GlobalSifting {
  private let problem: OrderingProblem
  /// The first and the last rank of each block.
  private var first: [Int] = []
  private var last: [Int] = []
  /// The vertex of a block in its first rank; those in the next ranks follow each other.
  private var vertices: [Int] = []
  private var start: [Int] = []
  /// The block of each vertex.
  private var block: [Int]
  /// The blocks of the neighbours above and below each vertex, as in `problem.up` and `.down`.
  private let up: [Int]
  private let down: [Int]
  /// The ranks of each block in which a line other than its own leaves it.
  private var exits: [Int] = []
  private var exitStart: [Int] = []
  /// The blocks from left to right, and the place of each.
  private var line: [Int]
  private var place: [Int]
  /// The vertex in each slot.
  private(set) var order: [Int]
  /// The slot of each vertex.
  private(set) var slot: [Int]
  /// The blocks that share a rank with the one that moves, from left to right.
  private var beside: [Int] = []

  /// Takes the blocks in the order of their mean places in an order of the ranks.
  init(_ problem: OrderingProblem, _ order: [Int]) {
    self.problem = problem
    var block = [Int](repeating: -1, count: order.count)
    for r in 0..<problem.rankCount {
      for v in problem.slots(ofRank: r) where block[v] < 0 {
        start.append(vertices.count)
        var w = v
        block[w] = first.count
        vertices.append(w)
        while let next = problem.continuation(of: w) {
          w = next
          block[w] = first.count
          vertices.append(w)
        }
        first.append(r)
        last.append(r + vertices.count - 1 - start[start.count - 1])
      }
    }
    start.append(vertices.count)
    self.block = block
    up = problem.up.neighbours.map { block[$0] }
    down = problem.down.neighbours.map { block[$0] }
    for b in first.indices {
      exitStart.append(exits.count)
      for i in start[b]..<start[b + 1] {
        let degree = problem.down.degree(vertices[i])
        let isLink = degree == 1 && i + 1 < start[b + 1]
        if degree > 0, !isLink { exits.append(first[b] + i - start[b]) }
      }
    }
    exitStart.append(exits.count)
    var mean = [Int](repeating: 0, count: first.count)
    for r in 0..<problem.rankCount {
      let slots = problem.slots(ofRank: r)
      for i in slots { mean[block[order[i]]] += (2 * i - slots.lowerBound - slots.upperBound) << 8 }
    }
    for b in first.indices { mean[b] /= start[b + 1] - start[b] }
    line = Array(first.indices)
    line.sort { (mean[$0], $0) < (mean[$1], $1) }
    place = line
    for (i, b) in line.enumerated() { place[b] = i }
    self.order = order
    slot = order
    var next = problem.rankStart
    for b in line {
      for i in start[b]..<start[b + 1] {
        let r = first[b] + i - start[b]
        self.order[next[r]] = vertices[i]
        slot[vertices[i]] = next[r]
        next[r] += 1
      }
    }
  }

  /// The number of crossings.
  var crossings: Int { problem.crossings(order, slot) }

  /// Moves blocks until a number of rounds is over or nothing is gained.
  mutating func run(rounds: Int, _ cancellation: CancellationToken) throws(LayoutError) {
    var idle = 0
    for round in 0..<rounds where idle < 2 {
      try cancellation.check()
      var saved = 0
      // Every other round a block moves also where it costs the same, which leads out of corners.
      for a in first.indices {
        if a % 64 == 0 { try cancellation.check() }
        saved += sift(a, movesEqual: round % 2 == 1)
      }
      idle = saved == 0 ? idle + 1 : 0
    }
  }
}

extension GlobalSifting {
  /// Moves a block to where it costs least, and returns the number of crossings saved.
  private mutating func sift(_ a: Int, movesEqual: Bool) -> Int {
    gather(a)
    guard beside.count > 1, let home = beside.firstIndex(of: a) else { return 0 }
    var best = 0
    var target = a
    var change = 0
    for i in home + 1..<beside.count {
      change += excess(a, beside[i])
      if change < best || movesEqual && change == best {
        best = change
        target = beside[i]
      }
    }
    change = 0
    for i in (0..<home).reversed() {
      change -= excess(a, beside[i])
      if change < best || movesEqual && change == best && target == a {
        best = change
        target = beside[i]
      }
    }
    if target != a { move(a, to: place[target]) }
    return -best
  }

  /// Collects the blocks that share a rank with a block.
  private mutating func gather(_ a: Int) {
    beside.removeAll(keepingCapacity: true)
    if first[a] == last[a] {
      for i in problem.slots(ofRank: first[a]) { beside.append(block[order[i]]) }
      return
    }
    let low = first[a]
    let high = last[a]
    if 8 * (problem.rankStart[high + 1] - problem.rankStart[low]) < line.count {
      for r in low...high {
        for i in problem.slots(ofRank: r) {
          let b = block[order[i]]
          if max(first[b], low) == r { beside.append(b) }
        }
      }
      let place = self.place
      beside.sort { place[$0] < place[$1] }
    } else {
      for b in line where first[b] <= high && low <= last[b] { beside.append(b) }
    }
  }

  private mutating func move(_ a: Int, to target: Int) {
    let step = target > place[a] ? 1 : -1
    var i = place[a]
    while i != target {
      line[i] = line[i + step]
      place[line[i]] = i
      i += step
    }
    line[target] = a
    place[a] = target
    for i in start[a]..<start[a + 1] {
      let v = vertices[i]
      let slots = problem.slots(ofRank: first[a] + i - start[a])
      var k = slot[v]
      while slots.contains(k + step) {
        let w = order[k + step]
        guard (place[block[w]] - target) * step < 0 else { break }
        order[k] = w
        slot[w] = k
        k += step
      }
      order[k] = v
      slot[v] = k
    }
  }
}

extension GlobalSifting {
  /// What it costs to move a block from the left to the right of another one, in crossings.
  private func excess(_ a: Int, _ b: Int) -> Int {
    let low = max(first[a], first[b])
    let high = min(last[a], last[b])
    // Below the later of the two first ranks, both have only their own lines from above.
    var sum = compare(a, b, problem.up.start, up, low)
    for i in exitStart[a]..<exitStart[a + 1] where exits[i] >= low && exits[i] <= high {
      sum += compare(a, b, problem.down.start, down, exits[i])
    }
    for i in exitStart[b]..<exitStart[b + 1] where exits[i] >= low && exits[i] <= high {
      if !exits(a, exits[i]) { sum += compare(a, b, problem.down.start, down, exits[i]) }
    }
    return sum
  }

  private func exits(_ a: Int, _ r: Int) -> Bool {
    for i in exitStart[a]..<exitStart[a + 1] where exits[i] == r { return true }
    return false
  }

  /// The pairs of neighbours in the order of two blocks, less those in the other order.
  private func compare(_ a: Int, _ b: Int, _ side: [Int], _ blocks: [Int], _ r: Int) -> Int {
    let v = vertices[start[a] + r - first[a]]
    let w = vertices[start[b] + r - first[b]]
    // The block that moves is beside the other one, wherever it was.
    let here = place[b]
    var sum = 0
    for x in side[v]..<side[v + 1] {
      let left = blocks[x] == a ? here : place[blocks[x]]
      for y in side[w]..<side[w + 1] {
        let right = blocks[y] == a ? here : place[blocks[y]]
        if left < right { sum += 1 } else if left > right { sum -= 1 }
      }
    }
    return sum
  }
}
