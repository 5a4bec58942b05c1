/// The fourth phase: the column of every vertex.
///
/// Needs the order of the ranks; leaves the columns of the middles, so that straight lines are
/// straight, nothing overlaps and the picture is narrow. Every rank is placed by itself first, see
/// ``RankPlacement``; then the vertices on lines that can be straight move as blocks, see
/// ``Alignment``, to the median of their neighbours. Where straight lines would make the picture
/// much wider than its widest rank, fewer of them are asked for.
struct Positioning {
  /// The column of each vertex.
  private(set) var column: [Int]
  /// The cells of each vertex on both sides of its column.
  private(set) var extents: Extents

  /// Places every vertex.
  ///
  /// - Complexity: O(segments log width) for each of a few tries.
  init(
    _ layered: LayeredGraph,
    _ order: PortOrder,
    _ extents: Extents,
    _ cancellation: CancellationToken
  ) throws(LayoutError) {
    self.extents = extents
    let placement = RankPlacement(layered, extents, sweeps: 8)
    column = []
    var narrowest = Int.max
    for bend in [Int.max, 12, 4] {
      let alignment = Alignment(layered, placement, bend: bend)
      var shifted = extents
      shifted.follow(alignment, order)
      var blocks = Blocks(layered, alignment, shifted, placement)
      for _ in 0..<8 {
        try cancellation.check()
        if !blocks.relax() { break }
      }
      var columns = alignment.block.map { blocks.column[$0] }
      let width = Positioning.justify(&columns, shifted)
      if width < narrowest {
        narrowest = width
        column = columns
        self.extents = shifted
      }
      if width <= placement.need * 5 / 4 + 16 { break }
    }
  }

  /// Places new vertices among old ones, which move only to make room.
  init(_ appending: Appending, _ order: PortOrder, _ extents: Extents) {
    let layered = appending.layered
    let placement = RankPlacement(layered, extents, columns: appending.column)
    let alignment = Alignment(layered, placement, bend: 0)
    self.extents = extents
    self.extents.follow(alignment, order)
    var blocks = Blocks(layered, alignment, self.extents, placement)
    var isOld = [Bool](repeating: false, count: alignment.count)
    for (v, b) in alignment.block.enumerated() where appending.isOld[v] { isOld[b] = true }
    blocks.hold(isOld)
    for _ in 0..<8 where blocks.relax() {}
    column = alignment.block.map { blocks.column[$0] }
    var least = 0
    for v in column.indices { least = min(least, column[v] - self.extents.before[v]) }
    for v in column.indices { column[v] -= least }
  }

  /// Moves everything so that the leftmost cell is in column 0, and returns the width.
  private static func justify(_ columns: inout [Int], _ extents: Extents) -> Int {
    guard !columns.isEmpty else { return 0 }
    var least = Int.max
    var most = Int.min
    for v in columns.indices {
      least = min(least, columns[v] - extents.before[v])
      most = max(most, columns[v] + extents.after[v])
    }
    for v in columns.indices { columns[v] -= least }
    return most - least + 1
  }
}

/// Blocks of aligned vertices, each with a column.
private struct Blocks {
  /// The column of each block.
  private(set) var column: [Int]
  /// The neighbours to the right of each block and the distances to them.
  private var right: Adjacency
  private var rightDistance: [Int]
  private var left: Adjacency
  private var leftDistance: [Int]
  /// The blocks at the other ends of the lines of each block that are not straight.
  private var linked: Adjacency
  private var linkWeight: [Int]
  /// The blocks, every one after those to its left.
  private var sorted: [Int] = []
  private var places: [(column: Int, weight: Int)] = []
  /// The blocks that may move.
  private var moving: [Int] = []

  /// Puts blocks as near to the placement of their vertices as they may stand.
  init(
    _ layered: LayeredGraph,
    _ alignment: Alignment,
    _ extents: Extents,
    _ placement: RankPlacement
  ) {
    let count = alignment.count
    let block = alignment.block
    column = [Int](repeating: 0, count: count)
    var lefts: [Int] = []
    var rights: [Int] = []
    var distances: [Int] = []
    for r in 0..<layered.rankCount {
      let vertices = layered.vertices(ofRank: r)
      for (u, v) in zip(vertices, vertices.dropFirst()) {
        lefts.append(block[u])
        rights.append(block[v])
        distances.append(extents.distance(u, v))
      }
    }
    right = Adjacency(count: count, of: lefts, to: rights)
    rightDistance = Adjacency(count: count, of: lefts, to: distances).neighbours
    left = Adjacency(count: count, of: rights, to: lefts)
    leftDistance = Adjacency(count: count, of: rights, to: distances).neighbours
    var ends: [Int] = []
    var others: [Int] = []
    var weights: [Int] = []
    for segment in layered.segments {
      let u = layered.wires[segment.wire].upper
      let v = segment.lower
      guard block[u] != block[v] else { continue }
      let weight = layered.isNode(u) && layered.isNode(v) ? 2 : 1
      ends += [block[u], block[v]]
      others += [block[v], block[u]]
      weights += [weight, weight]
    }
    linked = Adjacency(count: count, of: ends, to: others)
    linkWeight = Adjacency(count: count, of: ends, to: weights).neighbours
    sort()
    settle(wishes(block, placement))
  }

  private mutating func sort() {
    var missing = column.indices.map { left.degree($0) }
    sorted = column.indices.filter { missing[$0] == 0 }
    var next = 0
    while next < sorted.count {
      for b in right[sorted[next]] {
        missing[b] -= 1
        if missing[b] == 0 { sorted.append(b) }
      }
      next += 1
    }
    precondition(sorted.count == column.count, "Blocks that do not cross have an order.")
    moving = sorted
  }

  /// Leaves some blocks where they are from now on.
  mutating func hold(_ isHeld: [Bool]) { moving = sorted.filter { !isHeld[$0] } }

  /// The mean column of the vertices of each block.
  private func wishes(_ block: [Int], _ placement: RankPlacement) -> [Int] {
    var sums = [Int](repeating: 0, count: column.count)
    var counts = sums
    for (v, b) in block.enumerated() {
      sums[b] += placement.column[v]
      counts[b] += 1
    }
    return sums.indices.map { sums[$0] / (counts[$0] << 4) }
  }

  /// Puts blocks midway between two ways to make room: pushing to the right and to the left.
  private mutating func settle(_ wishes: [Int]) {
    for b in sorted {
      var least = wishes[b]
      for i in left.start[b]..<left.start[b + 1] {
        least = max(least, column[left.neighbours[i]] + leftDistance[i])
      }
      column[b] = least
    }
    var most = column
    for b in sorted.reversed() {
      var greatest = wishes[b]
      for i in right.start[b]..<right.start[b + 1] {
        greatest = min(greatest, most[right.neighbours[i]] - rightDistance[i])
      }
      most[b] = greatest
    }
    for b in column.indices { column[b] = (column[b] + most[b]) >> 1 }
  }

  /// Moves every block to the median of its neighbours, once from the left and once from the
  /// right, and says whether any block moved.
  mutating func relax() -> Bool {
    var moved = false
    for b in moving where move(b) { moved = true }
    for b in moving.reversed() where move(b) { moved = true }
    return moved
  }

  private mutating func move(_ b: Int) -> Bool {
    var least = Int.min
    var greatest = Int.max
    for i in left.start[b]..<left.start[b + 1] {
      least = max(least, column[left.neighbours[i]] + leftDistance[i])
    }
    for i in right.start[b]..<right.start[b + 1] {
      greatest = min(greatest, column[right.neighbours[i]] - rightDistance[i])
    }
    let links = linked.start[b]..<linked.start[b + 1]
    guard !links.isEmpty, least < greatest else { return false }
    places.removeAll(keepingCapacity: true)
    var total = 0
    for i in links {
      places.append((column[linked.neighbours[i]], linkWeight[i]))
      total += linkWeight[i]
    }
    places.sort { $0.column < $1.column }
    // Every column between the lower and the upper median is as good as any other.
    var low = places[0].column
    var high = low
    var sum = 0
    for place in places {
      if 2 * sum < total { low = place.column }
      if 2 * sum <= total { high = place.column }
      sum += place.weight
    }
    let wished = min(max(column[b], low), high)
    let column = min(max(wished, least), greatest)
    guard column != self.column[b] else { return false }
    self.column[b] = column
    return true
  }
}
