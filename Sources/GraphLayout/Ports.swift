/// Where lines leave and enter the borders of nodes.
///
/// Needs the columns of the vertices and the order of the ports; leaves a column for the start of
/// every wire and the end of every segment. A line is made straight where the two nodes overlap far
/// enough; otherwise it leaves in the middle, and ends two columns from the next arrow.
struct Ports {
  /// The column where each wire starts.
  private(set) var out: [Int]
  /// The column where each segment ends.
  private(set) var into: [Int]
  private let layered: LayeredGraph
  private let order: PortOrder
  private let extents: Extents
  private let column: [Int]

  /// Chooses the ports.
  ///
  /// - Complexity: O(segments).
  init(_ layered: LayeredGraph, _ order: PortOrder, _ extents: Extents, _ column: [Int]) {
    self.layered = layered
    self.order = order
    self.extents = extents
    self.column = column
    out = [Int](repeating: 0, count: layered.wires.count)
    into = [Int](repeating: 0, count: layered.segments.count)
    for u in 0..<layered.vertexCount { leave(u) }
    for v in 0..<layered.vertexCount { enter(v) }
  }

  /// The columns a port may take so that its fellows have room on both sides.
  private func room(_ v: Int, _ number: Int, of count: Int) -> ClosedRange<Int> {
    let border = extents.border(v)
    let first = column[v] - extents.before[v] + border + 2 * number
    let last = column[v] + extents.after[v] - border - 2 * (count - 1 - number)
    return first...max(first, last)
  }

  /// Chooses where the wires of a vertex start: in the middle, or beside it if that makes the line
  /// to a target straight.
  private mutating func leave(_ u: Int) {
    let wires = layered.wires(of: u)
    for i in wires {
      let w = order.departures[i]
      let from = room(u, i - wires.lowerBound, of: wires.count)
      let middle = min(max(column[u], from.lowerBound), from.upperBound)
      var best = Int.max
      out[w] = middle
      for s in layered.wires[w].segments {
        let v = layered.segments[s].lower
        let to = room(v, order.number[s], of: layered.upSegments(of: v).count)
        let candidate = min(max(middle, to.lowerBound), to.upperBound)
        if from.contains(candidate), abs(candidate - middle) < best {
          best = abs(candidate - middle)
          out[w] = candidate
        }
      }
    }
    guard wires.count > 1 else { return }
    let whole = room(u, 0, of: 1)
    for (a, b) in zip(order.departures[wires], order.departures[wires].dropFirst()) {
      out[b] = max(out[b], out[a] + 2)
    }
    var most = whole.upperBound
    for w in order.departures[wires].reversed() {
      out[w] = min(out[w], most)
      most = out[w] - 2
    }
  }

  /// Chooses where the segments into a vertex end: arrows of straight lines stay below them, the
  /// others stand as near to those as they may.
  private mutating func enter(_ v: Int) {
    let range = layered.upStart[v]..<layered.upStart[v + 1]
    let arrivals = order.arrivals
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
    let start = fixed.map { into[arrivals[$0]] - 2 * ($0 - range.lowerBound) }
    for i in (fixed.map { $0 + 1 } ?? range.lowerBound)..<range.upperBound {
      let to = room(v, i - range.lowerBound, of: range.count)
      let wished = (start ?? column[v] - (range.count - 1)) + 2 * (i - range.lowerBound)
      into[arrivals[i]] = min(max(wished, to.lowerBound), to.upperBound)
    }
  }
}
