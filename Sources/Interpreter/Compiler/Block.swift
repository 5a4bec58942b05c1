/// A block whose end has work to do when `return`, `break`, `continue` or an exception leaves it.
final class Block {
  /// What the block is.
  let kind: Kind
  /// The depth of the stack to which its exceptions cut.
  let depth: Int
  /// Where its exceptions are caught: stretches of instructions.
  private(set) var stretches: [Range<Int>] = []
  private var start: Int?

  /// The kinds of block.
  enum Kind {
    /// A loop: where `continue` and `break` lead; a `for` has its iterator on the stack.
    case loop(CodeUnit.Label, CodeUnit.Label, isFor: Bool)
    /// The body of a `try` with `except`.
    case tryExcept
    /// The body of a `try` with `finally`, whose block runs on every way out.
    case tryFinally([Statement])
    /// A `finally` block that runs because of an exception.
    case finallyBlock
    /// The body of a `with`.
    case with(SourceRange)
    /// An `except` clause and the name that it binds.
    case handler(String?, SourceRange)
  }

  init(_ kind: Kind, depth: Int) {
    self.kind = kind
    self.depth = depth
  }

  /// From here on exceptions are caught.
  func open(at position: Int) { start = position }

  /// From here on they are not.
  func close(at position: Int) {
    if let start, start < position { stretches.append(start..<position) }
    start = nil
  }
}

extension CodeUnit {
  /// Opens a block here.
  func push(_ kind: Block.Kind) -> Block {
    let block = Block(kind, depth: depth)
    block.open(at: position)
    blocks.append(block)
    return block
  }

  /// Closes the innermost block here.
  func popBlock() {
    blocks.removeLast().close(at: position)
  }

  /// What catches in a block's stretches starts here, with the stack cut to `depth`.
  func placeHandler(of block: Block, depth: Int) {
    for stretch in block.stretches {
      code.handlers.append(
        Code.Handler(
          start: stretch.lowerBound,
          end: stretch.upperBound,
          target: position,
          depth: depth
        )
      )
    }
    // Nothing can raise in a body that was never reached.
    if !block.stretches.isEmpty { startHandler(depth: depth) }
  }
}
