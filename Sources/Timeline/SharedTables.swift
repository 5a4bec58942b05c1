import Autograd

/// What all moments of a timeline share: bytes, stacks of calls, rounds of loops.
struct SharedTables: Sendable {
  var contents = Contents()
  private var stackNodes = ChunkedArray<StackNode>()
  private var stackNumbers: [StackNode: CallStackID] = [:]
  private var loopNodes = ChunkedArray<LoopNode>()

  private struct StackNode: Sendable, Hashable {
    let parent: CallStackID
    let frame: CallFrame
  }

  private struct LoopNode: Sendable {
    let parent: LoopPathID
    let round: LoopRound
  }
}

extension SharedTables {
  /// The number of a stack with one more call on top.
  mutating func push(_ frame: CallFrame, on parent: CallStackID) -> CallStackID {
    let node = StackNode(parent: parent, frame: frame)
    if let known = stackNumbers[node] { return known }
    let id = CallStackID(index: Int32(truncatingIfNeeded: stackNodes.count))
    stackNodes.append(node)
    stackNumbers[node] = id
    return id
  }

  /// The calls of a stack, outermost first.
  func callStack(_ id: CallStackID) -> [CallFrame] {
    var frames: [CallFrame] = []
    var next = id
    while next != .none {
      let node = stackNodes[Int(next.index)]
      frames.append(node.frame)
      next = node.parent
    }
    return frames.reversed()
  }

  /// The number of a path with one more loop inside; every call makes a new one.
  mutating func enter(_ round: LoopRound, in parent: LoopPathID) -> LoopPathID {
    loopNodes.append(LoopNode(parent: parent, round: round))
    return LoopPathID(index: Int32(truncatingIfNeeded: loopNodes.count - 1))
  }

  /// The rounds of a path, outermost loop first.
  func loopPath(_ id: LoopPathID) -> [LoopRound] {
    var rounds: [LoopRound] = []
    var next = id
    while next != .none {
      let node = loopNodes[Int(next.index)]
      rounds.append(node.round)
      next = node.parent
    }
    return rounds.reversed()
  }
}

/// The bytes that storages had, each kept once and dropped when a budget is exceeded, oldest first.
struct Contents: Sendable {
  /// How many bytes to keep at most; small ones, which lie in the table itself, do not count.
  var budget = 256 << 20
  /// How many bytes are kept.
  private(set) var byteCount = 0

  private var buffers = ChunkedArray<Buffer?>()
  private var oldest = 0
}

extension Contents {
  /// The bytes; nil once dropped.
  subscript(id: ContentID) -> Buffer? { buffers[Int(id.index)] }

  /// Keeps bytes, and drops the oldest ones if the budget is exceeded.
  mutating func keep(_ buffer: Buffer) -> ContentID {
    buffers.append(buffer)
    if buffer.byteCount > 8 {
      byteCount += buffer.byteCount
      dropOldest()
    }
    return ContentID(index: buffers.count - 1)
  }

  private mutating func dropOldest() {
    while byteCount > budget, oldest < buffers.count {
      if let buffer = buffers[oldest], buffer.byteCount > 8 {
        byteCount -= buffer.byteCount
        buffers[oldest] = nil
      }
      oldest += 1
    }
  }
}
