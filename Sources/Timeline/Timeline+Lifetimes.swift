/// How long things lived and what they were called, over a whole history.
///
/// A picture that must not move reserves its places by this.
public struct Lifetimes: Sendable {
  let nodeEnds: [Int]
  let tensorEnds: [Int]
  let namesOfTensors: [[String]]
  let versions: [Int]
}

extension Lifetimes {
  /// The step with which a node went out of reach; `Int.max` if it never did.
  public func end(of node: NodeID) -> Int { nodeEnds[node.index] }

  /// The step with which a tensor went out of reach; `Int.max` if it never did.
  public func end(of tensor: TensorID) -> Int { tensorEnds[tensor.index] }

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
          if let new, let id = new.value.tensor, !names[id.index].contains(new.name) {
            names[id.index].append(new.name)
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
    return Lifetimes(
      nodeEnds: nodeEnds,
      tensorEnds: tensorEnds,
      namesOfTensors: names,
      versions: versions
    )
  }
}
