import Interpreter

/// The loops of a script: where a new round of each begins.
struct LoopTable: Sendable {
  /// A `for` or `while`.
  struct Loop: Sendable {
    /// The line of the loop itself.
    let line: Int
    /// The bytes of its body; a round begins when the first of them does.
    let body: Range<Int>
  }

  /// The loops in order of their bodies.
  private(set) var loops: [Loop] = []
  private var loopOfBodyStart: [Int: Int] = [:]

  init(_ loops: [Loop] = []) {
    self.loops = loops
    for (index, loop) in loops.enumerated() { loopOfBodyStart[loop.body.lowerBound] = index }
  }

  /// The loop whose body begins at a byte of the source.
  func loop(startingAt offset: Int) -> Int? { loopOfBodyStart[offset] }
}

/// Which rounds of which loops are going on.
struct LoopRounds {
  private let table: LoopTable
  private var entries: [Entry] = []

  private struct Entry {
    let loop: Int
    let depth: Int
    var iteration: Int
    var path: LoopPathID
  }

  init(_ table: LoopTable) {
    self.table = table
  }

  /// The rounds that are going on.
  var path: LoopPathID { entries.last?.path ?? .none }

  /// A statement begins at a byte of the source in a frame.
  mutating func begin(_ offset: Int, depth: Int, _ tables: inout SharedTables) {
    if table.loops.isEmpty { return }
    while let last = entries.last,
      last.depth > depth || (last.depth == depth && !table.loops[last.loop].body.contains(offset))
    {
      entries.removeLast()
    }
    guard let loop = table.loop(startingAt: offset) else { return }
    var iteration = 0
    if let last = entries.last, last.loop == loop, last.depth == depth {
      iteration = last.iteration + 1
      entries.removeLast()
    }
    let round = LoopRound(line: table.loops[loop].line, iteration: iteration)
    entries.append(
      Entry(
        loop: loop,
        depth: depth,
        iteration: iteration,
        path: tables.enter(round, in: path)
      )
    )
  }
}
