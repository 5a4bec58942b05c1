/// Where lines leave and enter the borders of nodes.
///
/// Needs the columns of the vertices; leaves a column for the start of every wire and the end of
/// every segment. A line is made straight where the two nodes overlap far enough; otherwise it
/// leaves in the middle, and ends two columns from the next arrow.
struct Ports {
  /// The column where each wire starts.
  private(set) var out: [Int]
  /// The column where each segment ends.
  private(set) var into: [Int]

  /// Chooses the ports from the first rank down.
  ///
  /// - Complexity: O(segments log degree).
  init(_ layered: LayeredGraph, _ extents: Extents, _ column: [Int]) {
    out = [Int](repeating: 0, count: layered.wires.count)
    into = [Int](repeating: 0, count: layered.segments.count)
    // The segments into each vertex from left to right, and the port's number for each.
    var arrivals = layered.upSegments
    var number = [Int](repeating: 0, count: layered.segments.count)
    var place = [Int](repeating: 0, count: layered.vertexCount)
    for (i, v) in layered.slots.enumerated() { place[v] = i }
    var departures = Array(layered.wires.indices)
    for v in 0..<layered.vertexCount where layered.wires(of: v).count > 1 {
      let range = layered.wires(of: v)
      let means = range.map { w in
        let segments = layered.wires[w].segments
        return segments.reduce(0) { $0 + (column[layered.segments[$1].lower] << 8) }
          / segments.count
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
          return leftPlace != rightPlace
            ? leftPlace < rightPlace : departure[left] < departure[right]
        }
      }
      for i in range { number[arrivals[i]] = i - range.lowerBound }
    }

    /// The columns a port may take so that its fellows have room on both sides.
    func room(_ v: Int, _ number: Int, of count: Int) -> ClosedRange<Int> {
      let border = layered.isNode(v) && layered.graph.nodes[v].style.hasBorder ? 1 : 0
      let first = column[v] - extents.before[v] + border + 2 * number
      let last = column[v] + extents.after[v] - border - 2 * (count - 1 - number)
      return first...max(first, last)
    }

    for u in layered.slots {
      let wires = layered.wires(of: u)
      for i in wires {
        let w = departures[i]
        let from = room(u, i - wires.lowerBound, of: wires.count)
        let middle = min(max(column[u], from.lowerBound), from.upperBound)
        var best = Int.max
        var nearest = middle
        for s in layered.wires[w].segments {
          let v = layered.segments[s].lower
          let to = room(v, number[s], of: layered.upSegments(of: v).count)
          guard from.overlaps(to) else { continue }
          let candidate = min(max(middle, to.lowerBound), to.upperBound)
          if from.contains(candidate), abs(candidate - middle) < best {
            best = abs(candidate - middle)
            nearest = candidate
          }
        }
        out[w] = nearest
      }
      if wires.count > 1 { Ports.space(departures[wires].map { $0 }, &out, room(u, 0, of: 1)) }
    }
    for v in 0..<layered.vertexCount {
      let range = layered.upStart[v]..<layered.upStart[v + 1]
      // The arrows of straight lines stay below them, the others stand as near to them as they may.
      var fixed: Int?
      for i in range {
        let s = arrivals[i]
        let from = out[layered.segments[s].wire]
        guard room(v, i - range.lowerBound, of: range.count).contains(from) else { continue }
        if let fixed, from - into[arrivals[fixed]] < 2 * (i - fixed) { continue }
        into[s] = from
        let first = fixed.map { $0 + 1 } ?? range.lowerBound
        for k in first..<i {
          // Between two straight lines, half on each side.
          let isLeft = fixed != nil && k - first < (i - first) / 2
          into[arrivals[k]] =
            isLeft ? into[arrivals[first - 1]] + 2 * (k - first + 1) : from - 2 * (i - k)
        }
        fixed = i
      }
      let middle = fixed.map { into[arrivals[$0]] - 2 * ($0 - range.lowerBound) }
      for i in (fixed.map { $0 + 1 } ?? range.lowerBound)..<range.upperBound {
        let to = room(v, i - range.lowerBound, of: range.count)
        let wished = (middle ?? column[v] - (range.count - 1)) + 2 * (i - range.lowerBound)
        into[arrivals[i]] = min(max(wished, to.lowerBound), to.upperBound)
      }
    }
  }

  /// Moves ports, which are sorted, until they are two columns apart.
  private static func space(_ ports: [Int], _ column: inout [Int], _ room: ClosedRange<Int>) {
    for (a, b) in zip(ports, ports.dropFirst()) { column[b] = max(column[b], column[a] + 2) }
    var most = room.upperBound
    for p in ports.reversed() {
      column[p] = min(column[p], most)
      most = column[p] - 2
    }
  }
}
