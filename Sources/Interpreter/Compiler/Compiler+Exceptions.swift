extension Compiler {
  /// `try`.
  func tryStatement(_ parts: TryStatement, at range: SourceRange) throws(PythonSyntaxError) {
    if parts.finally.isEmpty { return try tryExcept(parts, at: range) }
    let block = try push(.tryFinally(parts.finally), at: range)
    if parts.handlers.isEmpty {
      try statements(parts.body)
    } else {
      try tryExcept(parts, at: range)
    }
    unit.popBlock()
    try statements(parts.finally)
    let end = unit.label()
    unit.jump(.jump, to: end, at: range)

    unit.placeHandler(of: block, depth: block.depth)
    unit.emit(.pushException, at: range)
    let cleanup = try push(.finallyBlock, at: range)
    try statements(parts.finally)
    unit.emit(.reraise, at: range)
    unit.popBlock()
    endHandling(cleanup, depth: block.depth, at: range)
    unit.place(end)
  }

  /// `try` and `except`, without `finally`.
  private func tryExcept(_ parts: TryStatement, at range: SourceRange) throws(PythonSyntaxError) {
    let block = try push(.tryExcept, at: range)
    try statements(parts.body)
    unit.popBlock()
    try statements(parts.otherwise)
    let end = unit.label()
    unit.jump(.jump, to: end, at: range)

    unit.placeHandler(of: block, depth: block.depth)
    unit.emit(.pushException, at: range)
    let cleanup = try push(.tryExcept, at: range)
    for (place, handler) in parts.handlers.enumerated() {
      if handler.type == nil, place < parts.handlers.count - 1 {
        throw source.error("default 'except:' must be last", handler.range)
      }
      try self.handler(handler, in: cleanup, end: end, depth: block.depth)
    }
    // None of them wants the exception.
    unit.emit(.reraise, at: range)
    unit.popBlock()
    endHandling(cleanup, depth: block.depth, at: range)
    unit.place(end)
  }

  /// One `except` clause; `[previously handled, exception]` is on the stack.
  private func handler(
    _ handler: ExceptHandler,
    in cleanup: Block,
    end: CodeUnit.Label,
    depth: Int
  ) throws(PythonSyntaxError) {
    let next = unit.label()
    let range = handler.type?.range ?? handler.range
    if let type = handler.type {
      mark(head(handler.range, to: type.range), isSimple: false)
      try value(type)
      unit.emit(.matchException, at: range)
      unit.jump(.popJumpIfFalse, to: next, at: range)
    }
    if let name = handler.name {
      try store(name, at: range)
    } else {
      unit.emit(.pop, at: range)
    }
    let body = try push(.handler(handler.name, range), at: range)
    try statements(handler.body)
    unit.popBlock()
    // Handling ends here, so that nothing from here on is the cleanup's.
    cleanup.close(at: unit.position)
    unit.emit(.popException, at: range)
    if let name = handler.name { try unbind(name, at: range) }
    unit.jump(.jump, to: end, at: range)
    cleanup.open(at: unit.position)
    if let name = handler.name {
      unit.placeHandler(of: body, depth: depth + 1)
      try unbind(name, at: range)
      unit.emit(.reraise, at: range)
    }
    unit.place(next)
  }

  /// What an exception in a handler does: the one handled before is handled again.
  private func endHandling(_ block: Block, depth: Int, at range: SourceRange) {
    unit.placeHandler(of: block, depth: depth + 1)
    unit.emit(.swap, 2, at: range)
    unit.emit(.popException, at: range)
    unit.emit(.reraise, at: range)
  }

  /// Unbinds the name of an `except` clause, which the clause may have deleted itself.
  func unbind(_ name: String, at range: SourceRange) throws(PythonSyntaxError) {
    loadConstant(.none, at: range)
    try store(name, at: range)
    try delete(name, at: range)
  }

  /// `with`.
  func withStatement(
    _ items: ArraySlice<WithItem>,
    _ body: [Statement],
    at range: SourceRange
  ) throws(PythonSyntaxError) {
    guard let last = items.last else { return }
    let head = head(range, to: (last.target ?? last.context).range)
    mark(head, isSimple: false)
    try with(items, body, head)
  }

  private func with(
    _ items: ArraySlice<WithItem>,
    _ body: [Statement],
    _ range: SourceRange
  ) throws(PythonSyntaxError) {
    guard let item = items.first else { return try statements(body) }
    let place = item.context.range
    try value(item.context)
    unit.emit(.beforeWith, at: place)
    let block = try push(.with(place), at: range)
    let depth = block.depth - 1
    if let target = item.target { try store(target) } else { unit.emit(.pop, at: place) }
    try with(items.dropFirst(), body, range)
    unit.popBlock()
    exitWith(at: place)
    let end = unit.label()
    unit.jump(.jump, to: end, at: place)

    unit.placeHandler(of: block, depth: depth)
    unit.emit(.pushException, at: place)
    let cleanup = try push(.tryExcept, at: range)
    unit.emit(.withException, at: place)
    let suppressed = unit.label()
    unit.jump(.popJumpIfTrue, to: suppressed, at: place)
    unit.emit(.reraise, at: place)
    unit.popBlock()
    unit.place(suppressed)
    unit.emit(.pop, at: place)
    unit.emit(.popException, at: place)
    unit.emit(.pop, at: place)
    unit.jump(.jump, to: end, at: place)
    endHandling(cleanup, depth: depth, at: place)
    unit.place(end)
  }

  /// Calls the exit method on the stack without an exception.
  func exitWith(at range: SourceRange) {
    unit.emit(.pushUnbound, at: range)
    for _ in 0..<3 { loadConstant(.none, at: range) }
    unit.emit(.call, 3, at: range)
    unit.emit(.pop, at: range)
  }
}
