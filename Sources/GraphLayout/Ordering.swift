/// The third phase: the order of the vertices of each rank, so that few lines cross.
///
/// Needs the layered graph; leaves its slots. From several starts it sweeps down and up, sorting
/// every rank by the barycentre or the median of the neighbours in the rank before (Sugiyama, Tagawa
/// and Toda 1981; Eades and Wormald 1994) and then swapping neighbours as long as that removes
/// crossings (Gansner and others 1993). The best order of all sweeps stays. Ties are broken by the
/// order before, so the same graph gives the same picture on every machine.
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
      let node =
        layered.isNode(v) ? v : layered.nets[layered.dummyNet[v - layered.graph.nodes.count]].source
      members[components.component[node]].append(v)
    }
    var number = [Int](repeating: 0, count: layered.vertexCount)
    var next = layered.rankStart
    for vertices in members {
      let problem = OrderingProblem(layered, vertices, number: &number)
      let order = try best(problem)
      for v in order {
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
    for start in OrderingStart.allCases.prefix(effort.starts) {
      var sweep = OrderingSweep(problem, start.order(problem))
      try sweep.run(sweeps: effort.sweeps, patience: effort.patience, cancellation)
      if sweep.fewest < fewest {
        fewest = sweep.fewest
        best = sweep.best
      }
      if fewest == 0 { break }
    }
    return best
  }

  /// How much work an ordering is worth.
  private struct Effort {
    let starts: Int
    let sweeps: Int
    let patience: Int

    /// Less for larger graphs; counted in sweeps and never in seconds, so that machines agree.
    init(segments: Int) {
      switch segments {
      case ..<3_000: (starts, sweeps, patience) = (4, 24, 8)
      case ..<200_000: (starts, sweeps, patience) = (2, 16, 6)
      default: (starts, sweeps, patience) = (1, 8, 4)
      }
    }
  }
}
