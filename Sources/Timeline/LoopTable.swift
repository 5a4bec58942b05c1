import Interpreter

/// The loops of a script: where a new round of each begins.
struct LoopTable: Sendable {
  /// A `for` or `while`.
  struct Loop: Sendable {
    /// The line of the loop itself.
    let line: Int
    /// The byte where it begins.
    let start: Int
    /// Whether its head runs again before every round.
    let isWhile: Bool
    /// The bytes of its body; a round begins when the first of them does.
    let body: Range<Int>
  }

  /// The loops in order of their bodies.
  private(set) var loops: [Loop] = []
  /// The loop whose body begins at a byte, -1 for none; up to the last such byte.
  private var loopOfBodyStart: ContiguousArray<Int32> = []

  init(_ loops: [Loop] = []) {
    self.loops = loops
    let end = loops.map(\.body.lowerBound).max() ?? -1
    loopOfBodyStart = ContiguousArray(repeating: -1, count: end + 1)
    for (index, loop) in loops.enumerated() {
      loopOfBodyStart[loop.body.lowerBound] = Int32(truncatingIfNeeded: index)
    }
  }

  /// The loops of a script; none if it cannot be parsed.
  init(of source: SourceText) {
    guard let module = try? Parser(source: source).parse() else {
      self.init()
      return
    }
    var loops: [Loop] = []
    var pending = module.body
    while let statement = pending.popLast() {
      if let body = statement.loopBody, let first = body.first, let last = body.last {
        let end = last.range.end.offset
        loops.append(
          Loop(
            line: statement.range.start.line,
            start: statement.range.start.offset,
            isWhile: statement.isWhile,
            body: first.range.start.offset..<end
          )
        )
      }
      pending += statement.inner
    }
    self.init(loops.sorted { $0.body.lowerBound < $1.body.lowerBound })
  }

  /// The loop whose body begins at a byte of the source.
  func loop(startingAt offset: Int) -> Int? {
    guard offset < loopOfBodyStart.count, loopOfBodyStart[offset] >= 0 else { return nil }
    return Int(loopOfBodyStart[offset])
  }
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

  /// Whether a loop goes on with a statement: one of its body, its own head, or one of an inner call.
  private func goesOn(_ entry: Entry, _ offset: Int, depth: Int) -> Bool {
    let loop = table.loops[entry.loop]
    return entry.depth < depth || loop.body.contains(offset) || loop.start == offset
  }

  /// Whether going from one statement to another may be another round of a `while`.
  func isRepeated(_ statement: SourceRange, after last: SourceRange) -> Bool {
    table.loops.contains {
      $0.isWhile && $0.start == statement.start.offset && $0.body.contains(last.start.offset)
    }
  }

  /// A statement begins at a byte of the source in a frame.
  mutating func begin(_ offset: Int, depth: Int, _ tables: inout SharedTables) {
    if table.loops.isEmpty { return }
    while let last = entries.last, last.depth > depth || !goesOn(last, offset, depth: depth) {
      entries.removeLast()
    }
    // The head of the innermost loop, which may stand first in another one, begins no round of that.
    if let last = entries.last, last.depth == depth, table.loops[last.loop].start == offset {
      return
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

extension Statement {
  /// The body of a loop.
  fileprivate var loopBody: [Statement]? {
    switch kind {
    case .for(_, _, let body, _), .while(_, let body, _): body
    default: nil
    }
  }

  fileprivate var isWhile: Bool { if case .while = kind { true } else { false } }

  /// The statements of its blocks.
  fileprivate var inner: [Statement] {
    switch kind {
    case .if(let branches, let otherwise): branches.flatMap(\.body) + otherwise
    case .for(_, _, let body, let otherwise), .while(_, let body, let otherwise): body + otherwise
    case .try(let parts):
      parts.body + parts.handlers.flatMap(\.body) + parts.otherwise + parts.finally
    case .with(_, let body): body
    case .function(let definition): definition.body
    case .class(let definition): definition.body
    case .match(_, let cases): cases.flatMap(\.body)
    default: []
    }
  }
}
