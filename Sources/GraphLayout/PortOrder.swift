/// The order of the ports of each vertex from left to right.
///
/// Needs the order of the ranks; arrows into a node stand in the order of their sources, lines of
/// several kinds that leave a node in the order of their targets, so that no two cross at the node.
struct PortOrder: Sendable {
  /// The segments into each vertex from left to right, as `LayeredGraph.upSegments`.
  private(set) var arrivals: [Int]
  /// The place of each segment among those into its vertex.
  private(set) var number: [Int]
  /// The wires of each vertex from left to right, as `LayeredGraph.wires`.
  private(set) var departures: [Int]

  /// Sorts the ports.
  ///
  /// - Complexity: O(segments log degree).
  init(_ layered: LayeredGraph) {
    arrivals = layered.upSegments
    number = [Int](repeating: 0, count: layered.segments.count)
    departures = Array(layered.wires.indices)
    var place = [Int](repeating: 0, count: layered.vertexCount)
    for (i, v) in layered.slots.enumerated() { place[v] = i }
    for v in layered.graph.nodes.indices where layered.wires(of: v).count > 1 {
      let range = layered.wires(of: v)
      let means = range.map { w in
        let segments = layered.wires[w].segments
        return segments.reduce(0) { $0 + (place[layered.segments[$1].lower] << 8) } / segments.count
      }
      departures[range].sort {
        (means[$0 - range.lowerBound], $0) < (means[$1 - range.lowerBound], $1)
      }
    }
    var departure = departures
    for (i, w) in departures.enumerated() { departure[w] = i }
    for v in 0..<layered.vertexCount {
      let range = layered.upStart[v]..<layered.upStart[v + 1]
      if range.count > 1 {
        arrivals[range].sort { a, b in
          let left = layered.segments[a].wire
          let right = layered.segments[b].wire
          if left == right { return a < b }
          let leftPlace = place[layered.wires[left].upper]
          let rightPlace = place[layered.wires[right].upper]
          if leftPlace != rightPlace { return leftPlace < rightPlace }
          return departure[left] < departure[right]
        }
      }
      for i in range { number[arrivals[i]] = i - range.lowerBound }
    }
  }
}
