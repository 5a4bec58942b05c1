/// How long things lived and what they were called, over a whole history.
///
/// A picture that must not move reserves its places by this.
public struct Lifetimes: Sendable {
  let nodeEnds: [Int]
  let tensorEnds: [Int]
  let namesOfTensors: [[String]]
  let versions: [Int]
  let spent: [Int]
}

extension Lifetimes {
  /// The step with which a node went out of reach; `Int.max` if it never did.
  public func end(of node: NodeID) -> Int { nodeEnds[node.index] }

  /// The step with which a tensor went out of reach; `Int.max` if it never did.
  public func end(of tensor: TensorID) -> Int { tensorEnds[tensor.index] }

  /// The step with which a node is of no more use, although it may still be in reach: backward went
  /// through it and dropped the graph, and nothing was made of it since; else ``end(of:)``.
  public func lastUse(of node: NodeID) -> Int { spent[node.index] }

  /// Every name that was ever bound to a tensor, in order.
  public func names(of tensor: TensorID) -> [String] { namesOfTensors[tensor.index] }

  /// The highest version that a tensor ever had.
  public func highestVersion(of tensor: TensorID) -> Int { versions[tensor.index] }
}

extension Timeline {
  /// The lifetimes of everything in the history.
  ///
  /// - Complexity: O(changes).
  public func lifetimes() -> Lifetimes {
    let last = moment(at: stepTable.count - 1)
    var nodeEnds = [Int](repeating: .max, count: last.nodeCount)
    var tensorEnds = [Int](repeating: .max, count: last.tensorCount)
    var names = [[String]](repeating: [], count: last.tensorCount)
    var highest = last.counterTable.map { Int($0) }
    for step in 0..<stepTable.count {
      for index in changeRange(step) {
        switch changeTable[index] {
        case .nodeDied(let id): nodeEnds[id.index] = step
        case .tensorFlags(let id, let old, let new):
          if old.contains(.alive), !new.contains(.alive) { tensorEnds[id.index] = step }
        case .binding(_, _, _, let new):
          guard new >= 0 else { break }
          let binding = births.bindings[Int(new)]
          if let id = binding.value.tensor, !names[id.index].contains(binding.name) {
            names[id.index].append(binding.name)
          }
        case .version(let id, _, let new):
          highest[id.index] = Swift.max(highest[id.index], Int(new))
        default: break
        }
      }
    }
    var versions: [Int] = []
    for index in 0..<last.tensorCount {
      versions.append(last.tensorTable[index].counter.map { highest[$0.index] } ?? 0)
    }
    let spent = spentNodes(last, nodeEnds)
    return Lifetimes(
      nodeEnds: nodeEnds,
      tensorEnds: tensorEnds,
      namesOfTensors: names,
      versions: versions,
      spent: spent
    )
  }

  /// The steps after which nodes are of no more use.
  private func spentNodes(_ last: Moment, _ ends: [Int]) -> [Int] {
    var spent = ends
    var keepsGraph: [Bool] = []
    for step in 0..<stepTable.count {
      for index in changeRange(step) {
        switch changeTable[index] {
        case .backwardBegan(let state): keepsGraph.append(state.keepsGraph)
        case .backwardEnded: keepsGraph.removeLast()
        default: break
        }
      }
      if case .nodeApplied(let id) = stepTable[step].kind, keepsGraph.last == false {
        // Applied again, it was of use after all.
        let isFirst = spent[id.index] == ends[id.index]
        spent[id.index] = isFirst ? Swift.min(step + 1, ends[id.index]) : ends[id.index]
      }
    }
    last.nodeTable.visit { _, node in
      for case let edge? in node.edges where Int(node.createdAt) > spent[edge.node.index] {
        spent[edge.node.index] = ends[edge.node.index]
      }
    }
    return spent
  }
}
