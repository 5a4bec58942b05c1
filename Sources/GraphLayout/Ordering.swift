/// The third phase: the order of the vertices of each rank, so that few lines cross.
///
/// Needs the layered graph; leaves its slots. From several starts it sweeps down and up, sorting
/// every rank by the barycentre or the median of the neighbours in the rank before (Sugiyama, Tagawa
/// and Toda 1981; Eades and Wormald 1994), and then moves single nodes and whole long edges to
/// where they cross least, see ``GlobalSifting``. The best order stays. Ties are broken by the order
/// before, so the same graph gives the same picture on every machine.
///
/// - Complexity: O(segments log width) a sweep; the number of sweeps falls with the size.
struct Ordering {
  private let components: Components
  private let cancellation: CancellationToken

  /// An ordering of components one by one.
  init(_ components: Components, _ cancellation: CancellationToken) {
    self.components = components
    self.cancellation = cancellation
  }

  /// Orders every rank.
  func order(_ layered: inout LayeredGraph) throws(LayoutError) {
    var members = [[Int]](repeating: [], count: components.count)
    // Slots are sorted by rank, so are the members of a component.
    for v in layered.slots {
      members[components.component[layered.source(of: v)]].append(v)
    }
    var number = [Int](repeating: 0, count: layered.vertexCount)
    var next = layered.rankStart
    for vertices in members {
      let problem = OrderingProblem(layered, vertices, number: &number)
      for v in try best(problem) {
        let vertex = vertices[v]
        layered.slots[next[layered.rank[vertex]]] = vertex
        next[layered.rank[vertex]] += 1
      }
    }
  }

  /// The best order that was found for one component.
  private func best(_ problem: OrderingProblem) throws(LayoutError) -> [Int] {
    guard problem.vertices.count > 2 else { return Array(problem.vertices.indices) }
    let effort = Effort(segments: problem.up.neighbours.count)
    var best: [Int] = []
    var fewest = Int.max
    for start in effort.starts {
      var sweep = OrderingSweep(problem, start.order(problem))
      try sweep.run(sweeps: effort.sweeps, patience: effort.patience, cancellation)
      if sweep.fewest < fewest {
        fewest = sweep.fewest
        best = sweep.best
      }
      if fewest == 0 { break }
      var sifting = GlobalSifting(problem, sweep.best)
      try sifting.run(rounds: effort.rounds, cancellation)
      let crossings = sifting.crossings
      if crossings < fewest {
        fewest = crossings
        best = sifting.order
      }
      if fewest == 0 { break }
    }
    return isMirrored(problem, best) ? mirrored(problem, best) : best
  }

  /// Whether more arguments stand from right to left than from left to right.
  private func isMirrored(_ problem: OrderingProblem, _ order: [Int]) -> Bool {
    var slot = order
    for (i, v) in order.enumerated() { slot[v] = i }
    var balance = 0
    for v in order.indices where problem.up.degree(v) > 1 {
      let uppers = problem.up[v]
      for (a, b) in zip(uppers, uppers.dropFirst()) { balance += (slot[b] - slot[a]).signum() }
    }
    return balance < 0
  }

  /// Every rank from right to left.
  private func mirrored(_ problem: OrderingProblem, _ order: [Int]) -> [Int] {
    (0..<problem.rankCount).flatMap { order[problem.slots(ofRank: $0)].reversed() }
  }

  /// How much work an ordering is worth.
  private struct Effort {
    let starts: [OrderingStart]
    let sweeps: Int
    let patience: Int
    let rounds: Int

    /// Less for larger graphs; counted in sweeps and never in seconds, so that machines agree.
    init(segments: Int) {
      switch segments {
      case ..<400:
        starts = OrderingStart.walks + (1...12).map { .shuffled($0) }
        (sweeps, patience, rounds) = (12, 6, 20)
      case ..<1500:
        starts = [.depthFromBottom, .depthFromTop]
        (sweeps, patience, rounds) = (8, 4, 10)
      case ..<20_000:
        starts = [.depthFromBottom]
        (sweeps, patience, rounds) = (3, 2, 2)
      default:
        starts = [.depthFromBottom]
        (sweeps, patience, rounds) = (2, 2, 2)
      }
    }
  }
}
