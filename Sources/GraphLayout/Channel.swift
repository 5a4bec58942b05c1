/// The gap between two ranks, where wires are led from the ports above to the ports below.
///
/// Every wire that is not straight gets a horizontal trunk in a row of its own or shared with trunks
/// that do not meet it: channel routing (Hashimoto and Stevens, "Wire Routing by Optimizing Channel
/// Assignment", 1971). Where one wire starts in the column where another ends, the first must lie
/// above the second; a cycle of such demands is broken by splitting a trunk in two, joined by a jog
/// in a free column (Deutsch, "A Dogleg Channel Router", 1976). Of two trunks that overlap, the one
/// whose being above makes fewer crossings lies above, as far as that does not contradict itself.
struct Channel {
  /// The trunks.
  private(set) var trunks: [Trunk] = []
  /// The number of rows they take.
  private(set) var rows = 0
  /// The columns where a line starts above, and whose: a trunk's number, or -1 for a straight one.
  private var tops: [Pin] = []
  /// The columns where a line ends below.
  private var bottoms: [Pin] = []

  /// A horizontal line with the columns where it is joined to the ranks above and below.
  struct Trunk {
    /// The wire.
    let wire: Int
    /// Where the wire comes from above.
    var top: Int
    /// Where it goes on below, sorted.
    var bottoms: [Int]
    /// The row, from the top of the gap.
    var row = 0
    /// The number of the trunk that goes on, if this one is the upper part of a split one.
    var lowerPart: Int?

    /// The leftmost column.
    var low: Int { min(top, bottoms[0]) }
    /// The rightmost column.
    var high: Int { max(top, bottoms[bottoms.count - 1]) }
  }

  private struct Pin {
    var column: Int
    var trunk: Int
  }

  /// Routes some wires of a gap.
  init(_ layered: LayeredGraph, _ ports: Ports, wires: [Int]) {
    self.init(
      wires.map { w in
        let ends = layered.wires[w].segments.map { ports.into[$0] }.sorted()
        return Trunk(wire: w, top: ports.out[w], bottoms: ends)
      }
    )
  }

  /// Routes wires, each as a trunk that has no row yet; those that are straight get none.
  init(_ wires: [Trunk]) {
    for trunk in wires {
      let isStraight = trunk.low == trunk.high
      let number = isStraight ? -1 : trunks.count
      for column in trunk.bottoms { bottoms.append(Pin(column: column, trunk: number)) }
      tops.append(Pin(column: trunk.top, trunk: number))
      if !isStraight { trunks.append(trunk) }
    }
    guard !trunks.isEmpty else { return }
    tops.sort { $0.column < $1.column }
    bottoms.sort { $0.column < $1.column }
    var demands = self.demands()
    splitCycles(&demands)
    let preferences = Preferences(trunks, tops.count + bottoms.count)
    assignRows(order(demands, preferences), demands, preferences)
  }
}

extension Channel {
  /// For each trunk, those that must lie below it.
  private func demands() -> [[Int]] {
    var demands = [[Int]](repeating: [], count: trunks.count)
    var i = 0
    for top in tops where top.trunk >= 0 {
      while i < bottoms.count, bottoms[i].column < top.column { i += 1 }
      guard i < bottoms.count, bottoms[i].column == top.column else { continue }
      if bottoms[i].trunk != top.trunk { demands[top.trunk].append(bottoms[i].trunk) }
    }
    return demands
  }

  /// Splits trunks until the demands have no cycle.
  private mutating func splitCycles(_ demands: inout [[Int]]) {
    var missing = [Int](repeating: 0, count: trunks.count)
    for below in demands { for b in below { missing[b] += 1 } }
    var isDone = [Bool](repeating: false, count: trunks.count)
    var ready = missing.indices.filter { missing[$0] == 0 }
    var left = trunks.count
    var candidate = 0
    while left > 0 {
      while let a = ready.popLast() {
        isDone[a] = true
        left -= 1
        for b in demands[a] {
          missing[b] -= 1
          if missing[b] == 0, !isDone[b] { ready.append(b) }
        }
      }
      guard left > 0 else { break }
      // A wire starts in one column, so a trunk holds at most one other: all that is left lies on
      // cycles. Splitting frees the upper part, which nothing holds, from the lower one, which
      // holds nothing.
      while isDone[candidate] { candidate += 1 }
      let a = candidate
      split(a, &demands)
      isDone.append(true)
      missing.append(0)
      // The lower part takes the trunk's number and waits; the upper part is done at once.
      for b in demands[trunks.count - 1] where b != a {
        missing[b] -= 1
        if missing[b] == 0, !isDone[b] { ready.append(b) }
      }
    }
  }

  /// Splits a trunk: the upper part becomes a new trunk, the lower part keeps the number.
  private mutating func split(_ a: Int, _ demands: inout [[Int]]) {
    let column = freeColumn(trunks[a])
    var upper = Trunk(wire: trunks[a].wire, top: trunks[a].top, bottoms: [column])
    upper.lowerPart = a
    for i in tops.indices where tops[i].trunk == a { tops[i].trunk = trunks.count }
    tops.append(Pin(column: column, trunk: a))
    bottoms.append(Pin(column: column, trunk: trunks.count))
    tops.sort { $0.column < $1.column }
    bottoms.sort { $0.column < $1.column }
    trunks[a].top = column
    trunks.append(upper)
    demands.append(demands[a] + [a])
    demands[a] = []
  }

  /// The column nearest to a trunk's start where no line starts or ends.
  private func freeColumn(_ trunk: Trunk) -> Int {
    let used = Set(tops.map { $0.column } + bottoms.map { $0.column })
    var distance = 1
    let step = trunk.bottoms[0] < trunk.top ? -1 : 1
    while true {
      for column in [trunk.top + step * distance, trunk.top - step * distance]
      where column >= 0 && !used.contains(column) {
        return column
      }
      distance += 1
    }
  }
}

extension Channel {
  /// Which of two trunks had better be above.
  private struct Preferences {
    let count: Int
    /// For each pair, the crossings saved by the first being above the second; empty when there
    /// are so many trunks that all pairs take too long.
    private(set) var saved: [Int32] = []

    init(_ trunks: [Trunk], _ pins: Int) {
      count = trunks.count
      guard count <= 600 else { return }
      saved = [Int32](repeating: 0, count: count * count)
      for a in 0..<count {
        for b in 0..<a where trunks[a].low < trunks[b].high && trunks[b].low < trunks[a].high {
          let gain =
            Preferences.crossings(trunks[b], above: trunks[a])
            - Preferences.crossings(trunks[a], above: trunks[b])
          saved[a * count + b] = Int32(gain)
          saved[b * count + a] = Int32(-gain)
        }
      }
    }

    private static func crossings(_ a: Trunk, above b: Trunk) -> Int {
      var crossings = a.low < b.top && b.top < a.high ? 1 : 0
      let low = b.low
      let high = b.high
      for column in a.bottoms where low < column && column < high { crossings += 1 }
      return crossings
    }
  }

  /// The trunks from above to below.
  private func order(_ demands: [[Int]], _ preferences: Preferences) -> [Int] {
    let count = trunks.count
    var missing = [Int](repeating: 0, count: count)
    for below in demands { for b in below { missing[b] += 1 } }
    guard !preferences.saved.isEmpty else { return longOrder(demands, &missing) }
    // What the trunks left would lose if this one came first, and what they would save.
    var loss = [Int](repeating: 0, count: count)
    for a in 0..<count {
      for b in 0..<count { loss[b] += Int(max(0, preferences.saved[a * count + b])) }
    }
    var left = Array(0..<count)
    var order: [Int] = []
    while !left.isEmpty {
      var best = -1
      for i in left.indices where missing[left[i]] == 0 {
        if best < 0 || loss[left[i]] < loss[left[best]] { best = i }
      }
      precondition(best >= 0, "Demands without cycles leave a trunk to begin with.")
      let a = left.remove(at: best)
      order.append(a)
      for b in demands[a] { missing[b] -= 1 }
      for b in left { loss[b] -= Int(max(0, preferences.saved[a * count + b])) }
    }
    return order
  }

  /// The order of very many trunks: those to the right from the right, those to the left from the
  /// left, which has no crossing to spare when every wire has one end.
  private func longOrder(_ demands: [[Int]], _ missing: inout [Int]) -> [Int] {
    func key(_ t: Int) -> (Int, Int) {
      let trunk = trunks[t]
      let goesRight = trunk.high - trunk.top >= trunk.top - trunk.low
      return goesRight ? (0, -trunk.top) : (1, trunk.top)
    }
    let wished = trunks.indices.sorted { key($0) < key($1) }
    var order: [Int] = []
    var isDone = [Bool](repeating: false, count: trunks.count)
    var stack: [Int] = []
    for first in wished where missing[first] == 0 && !isDone[first] {
      stack.append(first)
      isDone[first] = true
      while let a = stack.popLast() {
        order.append(a)
        for b in demands[a] {
          missing[b] -= 1
          if missing[b] == 0, !isDone[b] {
            isDone[b] = true
            stack.append(b)
          }
        }
      }
    }
    return order
  }

  /// Gives every trunk the first row that is free and below those that are to be above it.
  private mutating func assignRows(
    _ order: [Int],
    _ demands: [[Int]],
    _ preferences: Preferences
  ) {
    let count = trunks.count
    var least = [Int](repeating: 0, count: count)
    var rowTrunks: [[Int]] = []
    for a in order {
      var row = least[a]
      let low = trunks[a].low
      let high = trunks[a].high
      for (r, others) in rowTrunks.enumerated() {
        for b in others {
          // A free column between two trunks of a row keeps their corners apart.
          let meets = low <= trunks[b].high + 1 && trunks[b].low <= high + 1
          guard meets, r >= row else { continue }
          let isWished = preferences.saved.isEmpty || preferences.saved[b * count + a] > 0
          if isWished || r == row { row = r + 1 }
        }
      }
      // Rows above were looked at before a lower one was demanded: look again until it is free.
      while row < rowTrunks.count,
        rowTrunks[row].contains(where: { low <= trunks[$0].high + 1 && trunks[$0].low <= high + 1 })
      {
        row += 1
      }
      while rowTrunks.count <= row { rowTrunks.append([]) }
      rowTrunks[row].append(a)
      trunks[a].row = row
      for b in demands[a] { least[b] = max(least[b], row + 1) }
    }
    rows = rowTrunks.count
  }
}

extension Channel {
  /// The number of places where a trunk crosses the upright part of another wire.
  func crossings() -> Int {
    var total = 0
    for trunk in trunks {
      for pin in pins(tops, between: trunk.low, and: trunk.high) {
        if pin.trunk < 0 || trunks[pin.trunk].row > trunk.row { total += 1 }
      }
      for pin in pins(bottoms, between: trunk.low, and: trunk.high) where pin.trunk >= 0 {
        // The jog below an upper part is counted as the top of the lower one.
        guard trunks[pin.trunk].lowerPart == nil else { continue }
        if trunks[pin.trunk].row < trunk.row { total += 1 }
      }
    }
    // A jog begins at the upper part and not at the top of the gap.
    for trunk in trunks {
      guard let part = trunk.lowerPart else { continue }
      let column = trunks[part].top
      for other in trunks where other.low < column && column < other.high {
        if other.row < trunk.row { total -= 1 }
      }
    }
    return total
  }

  private func pins(_ pins: [Pin], between low: Int, and high: Int) -> ArraySlice<Pin> {
    var first = 0
    var end = pins.count
    while first < end {
      let middle = (first + end) / 2
      if pins[middle].column <= low { first = middle + 1 } else { end = middle }
    }
    var last = first
    while last < pins.count, pins[last].column < high { last += 1 }
    return pins[first..<last]
  }
}
