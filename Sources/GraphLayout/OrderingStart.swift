/// Where an ordering begins: the order in which a walk of the graph meets the vertices of each rank.
///
/// The first one is what people expect of a computation, arguments from left to right.
enum OrderingStart: Sendable, Hashable {
  /// Depth first from the results to their arguments.
  case depthFromBottom
  /// Depth first from the leaves to what is made of them.
  case depthFromTop
  /// Breadth first from the results.
  case breadthFromBottom
  /// Breadth first from the leaves.
  case breadthFromTop
  /// None: vertices in an order that looks random and depends on the number alone.
  case shuffled(Int)

  /// The four walks.
  static let walks: [OrderingStart] = [
    .depthFromBottom, .depthFromTop, .breadthFromBottom, .breadthFromTop,
  ]

  /// The order of the vertices, rank by rank.
  func order(_ problem: OrderingProblem) -> [Int] {
    if case .shuffled(let number) = self { return OrderingStart.shuffled(problem, number) }
    let isUpward = self == .depthFromBottom || self == .breadthFromBottom
    let next = isUpward ? problem.up : problem.down
    let back = isUpward ? problem.down : problem.up
    let walked =
      self == .depthFromBottom || self == .depthFromTop
      ? OrderingStart.depthFirst(next, back) : OrderingStart.breadthFirst(next, back)
    var slot = problem.rankStart
    var rank = [Int](repeating: 0, count: problem.vertices.count)
    for r in 0..<problem.rankCount {
      for v in problem.slots(ofRank: r) { rank[v] = r }
    }
    var order = [Int](repeating: 0, count: problem.vertices.count)
    for v in walked {
      order[slot[rank[v]]] = v
      slot[rank[v]] += 1
    }
    return order
  }

  private static func shuffled(_ problem: OrderingProblem, _ number: Int) -> [Int] {
    var state = UInt64(number)
    var order = Array(problem.vertices.indices)
    for r in 0..<problem.rankCount {
      let slots = problem.slots(ofRank: r)
      for i in slots {
        // Knuth's linear congruential generator (MMIX).
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        order.swapAt(i, slots.lowerBound + Int((state >> 33) % UInt64(i - slots.lowerBound + 1)))
      }
    }
    return order
  }

  private static func depthFirst(_ next: Adjacency, _ back: Adjacency) -> [Int] {
    let count = next.start.count - 1
    var isMet = [Bool](repeating: false, count: count)
    var met: [Int] = []
    met.reserveCapacity(count)
    var stack: [(vertex: Int, index: Int)] = []
    for root in 0..<count where back.degree(root) == 0 {
      isMet[root] = true
      met.append(root)
      stack.append((root, next.start[root]))
      while let top = stack.last {
        guard top.index < next.start[top.vertex + 1] else {
          stack.removeLast()
          continue
        }
        stack[stack.count - 1].index += 1
        let w = next.neighbours[top.index]
        if !isMet[w] {
          isMet[w] = true
          met.append(w)
          stack.append((w, next.start[w]))
        }
      }
    }
    return met
  }

  private static func breadthFirst(_ next: Adjacency, _ back: Adjacency) -> [Int] {
    let count = next.start.count - 1
    var isMet = [Bool](repeating: false, count: count)
    var met = (0..<count).filter { back.degree($0) == 0 }
    for v in met { isMet[v] = true }
    var first = 0
    while first < met.count {
      for w in next[met[first]] where !isMet[w] {
        isMet[w] = true
        met.append(w)
      }
      first += 1
    }
    return met
  }
}
