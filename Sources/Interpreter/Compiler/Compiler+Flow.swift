extension Compiler {
  /// `if`, `elif`, `else`.
  func ifStatement(
    _ branches: [ConditionalBranch],
    _ otherwise: [Statement],
    at range: SourceRange
  ) throws(PythonSyntaxError) {
    let end = unit.label()
    for (place, branch) in branches.enumerated() {
      let next = unit.label()
      let test = branch.test.range
      mark(place == 0 ? head(range, to: test) : test, isSimple: false)
      try jump(to: next, if: branch.test, is: false)
      try statements(branch.body)
      let isLast = place == branches.count - 1 && otherwise.isEmpty
      if !isLast { unit.jump(.jump, to: end, at: test) }
      unit.place(next)
    }
    try statements(otherwise)
    unit.place(end)
  }

  /// `while`.
  func whileStatement(
    _ test: Expression,
    _ body: [Statement],
    _ otherwise: [Statement],
    at range: SourceRange
  ) throws(PythonSyntaxError) {
    let loop = (head: unit.label(), otherwise: unit.label(), end: unit.label())
    unit.place(loop.head)
    mark(head(range, to: test.range), isSimple: false)
    try jump(to: loop.otherwise, if: test, is: false)
    try push(.loop(loop.head, loop.end, isFor: false), at: range)
    try statements(body)
    unit.popBlock()
    unit.jump(.jump, to: loop.head, at: test.range)
    unit.place(loop.otherwise)
    try statements(otherwise)
    unit.place(loop.end)
  }

  /// `for`.
  func forStatement(
    _ target: Expression,
    _ iterable: Expression,
    _ body: [Statement],
    _ otherwise: [Statement],
    at range: SourceRange
  ) throws(PythonSyntaxError) {
    let loop = (head: unit.label(), otherwise: unit.label(), end: unit.label())
    let head = head(range, to: iterable.range)
    mark(head, isSimple: false)
    try value(iterable)
    unit.emit(.getIterator, at: iterable.range)
    let next = unit.label()
    try push(.loop(next, loop.end, isFor: true), at: range)
    unit.place(loop.head)
    unit.jump(.forIterate, to: loop.otherwise, at: iterable.range)
    try store(target)
    try statements(body)
    // What the next item costs is the loop's, not that of the last statement in it.
    unit.place(next)
    mark(head, isSimple: false)
    unit.jump(.jump, to: loop.head, at: iterable.range)
    unit.popBlock()
    unit.place(loop.otherwise)
    try statements(otherwise)
    unit.place(loop.end)
  }

  /// Opens a block.
  @discardableResult
  func push(_ kind: Block.Kind, at range: SourceRange) throws(PythonSyntaxError) -> Block {
    if unit.blocks.count >= Self.blockLimit {
      throw source.error("too many statically nested blocks", range)
    }
    return unit.push(kind)
  }

  /// `return`.
  func returnStatement(
    _ returned: Expression?,
    at range: SourceRange
  ) throws(PythonSyntaxError) {
    guard unit.scope.isFunction else { throw source.error("'return' outside function", range) }
    // A constant is pushed after the blocks are left, as in CPython.
    let isConstant = returned == nil || returned?.constant != nil
    if !isConstant, let returned { try value(returned) }
    try leave(from: 0, keepingTop: !isConstant, at: range) { () throws(PythonSyntaxError) in
      if isConstant {
        if let returned { try value(returned) } else { loadConstant(.none, at: range) }
      }
      unit.emit(.returnValue, at: range)
    }
  }

  /// `break`.
  func breakStatement(at range: SourceRange) throws(PythonSyntaxError) {
    guard let place = innermostLoop, case .loop(_, let end, _) = unit.blocks[place].kind else {
      throw source.error("'break' outside loop", range)
    }
    try leave(from: place, keepingTop: false, at: range) { () throws(PythonSyntaxError) in
      unit.jump(.jump, to: end, at: range)
    }
  }

  /// `continue`.
  func continueStatement(at range: SourceRange) throws(PythonSyntaxError) {
    guard let place = innermostLoop, case .loop(let next, _, _) = unit.blocks[place].kind else {
      throw source.error("'continue' not properly in loop", range)
    }
    try leave(from: place + 1, keepingTop: false, at: range) { () throws(PythonSyntaxError) in
      unit.jump(.jump, to: next, at: range)
    }
  }

  private var innermostLoop: Int? {
    unit.blocks.lastIndex { block in
      if case .loop = block.kind { return true }
      return false
    }
  }

  /// Leaves the blocks from a place on, innermost first, and then goes where `last` leads.
  ///
  /// While the work of one is done, neither it nor those inside it are open.
  private func leave(
    from place: Int,
    keepingTop: Bool,
    at range: SourceRange,
    _ last: () throws(PythonSyntaxError) -> Void
  ) throws(PythonSyntaxError) {
    let all = unit.blocks
    let depth = unit.depth
    for block in all[place...].reversed() {
      unit.blocks.removeLast()
      block.close(at: unit.position)
      try leave(block, keepingTop: keepingTop, at: range)
    }
    try last()
    unit.blocks = all
    for block in all[place...] { block.open(at: unit.position) }
    unit.restoreDepth(depth)
  }

  /// The work of leaving one block; the value on top is kept where it is wanted.
  private func leave(
    _ block: Block,
    keepingTop: Bool,
    at range: SourceRange
  ) throws(PythonSyntaxError) {
    switch block.kind {
    case .loop(_, _, isFor: false), .tryExcept: break
    case .loop(_, _, isFor: true):
      if keepingTop { unit.emit(.swap, 2, at: range) }
      unit.emit(.pop, at: range)
    case .tryFinally(let body): try statements(body)
    case .finallyBlock:
      if keepingTop { unit.emit(.swap, 2, at: range) }
      unit.emit(.pop, at: range)
      if keepingTop { unit.emit(.swap, 2, at: range) }
      unit.emit(.popException, at: range)
    case .with(let head):
      if keepingTop { unit.emit(.swap, 2, at: range) }
      exitWith(at: head)
    case .handler(let name, _):
      // Handling ends here, which is also the end of what the clauses around it catch.
      unit.blocks.last?.close(at: unit.position)
      if keepingTop { unit.emit(.swap, 2, at: range) }
      unit.emit(.popException, at: range)
      if let name { try unbind(name, at: range) }
    }
  }
}
