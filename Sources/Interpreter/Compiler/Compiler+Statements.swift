extension Compiler {
  /// Compiles statements.
  func statements(_ body: [Statement]) throws(PythonSyntaxError) {
    for statement in body { try self.statement(statement) }
  }

  private func statement(_ statement: Statement) throws(PythonSyntaxError) {
    let range = statement.range
    switch statement.kind {
    case .expression(let value):
      try recorded(range) { () throws(PythonSyntaxError) in try effect(value) }
    case .assign(let targets, let value):
      try recorded(range) { () throws(PythonSyntaxError) in try assign(targets, value, at: range) }
    case .augmentedAssign(let target, let name, let value):
      try recorded(range) { () throws(PythonSyntaxError) in
        try augmentedAssign(target, name, value, at: range)
      }
    case .annotatedAssign(let target, let annotation, let value, let isSimple):
      try recorded(range) { () throws(PythonSyntaxError) in
        try annotatedAssign(target, annotation, value, isSimple, at: range)
      }
    case .delete(let targets):
      try recorded(range) { () throws(PythonSyntaxError) in
        for target in targets { try delete(target) }
      }
    case .assert(let test, let message):
      try recorded(range) { () throws(PythonSyntaxError) in
        try assertion(test, message, at: range)
      }
    case .pass, .global, .nonlocal: mark(range)
    case .return, .raise, .break, .continue, .import, .importFrom:
      mark(range)
      try plain(statement)
    default: try compound(statement)
    }
  }

  /// Marks where a statement begins.
  func mark(_ range: SourceRange, isSimple: Bool = true) {
    lastStatement = range
    unit.emit(.statement, unit.mark(range, isSimple: isSimple), at: range)
  }

  /// A statement that a snapshot follows at module level.
  private func recorded(
    _ range: SourceRange,
    _ compile: () throws(PythonSyntaxError) -> Void
  ) throws(PythonSyntaxError) {
    mark(range)
    try compile()
    guard unit.scope.kind == .module else { return }
    unit.emit(.completed, unit.mark(range, isSimple: true), at: range)
  }

  private func effect(_ expression: Expression) throws(PythonSyntaxError) {
    switch expression.constant {
    case nil: try evaluate(expression)
    // A constant has no effect; bytes and the like still cannot be run, but are not.
    default: break
    }
  }

  private func assign(
    _ targets: [Expression],
    _ assigned: Expression,
    at range: SourceRange
  ) throws(PythonSyntaxError) {
    try value(assigned)
    for (place, target) in targets.enumerated() {
      if place < targets.count - 1 { unit.emit(.copy, 1, at: range) }
      try store(target)
    }
  }

  private func assertion(
    _ test: Expression,
    _ message: Expression?,
    at range: SourceRange
  ) throws(PythonSyntaxError) {
    warnAboutAssertion(test, at: range)
    let end = unit.label()
    try jump(to: end, if: test, is: true)
    unit.emit(.loadAssertionError, at: range)
    if let message {
      unit.emit(.pushUnbound, at: range)
      try value(message)
      unit.emit(.call, 1, at: range)
    }
    unit.emit(.raise, b: 1, at: range)
    unit.place(end)
  }

  private func plain(_ statement: Statement) throws(PythonSyntaxError) {
    let range = statement.range
    switch statement.kind {
    case .return(let value): try returnStatement(value, at: range)
    case .raise(let exception, let cause):
      if let exception { try value(exception) }
      if let cause { try value(cause) }
      let count = exception == nil ? 0 : cause == nil ? 1 : 2
      unit.emit(.raise, b: count, at: range)
    case .break: try breakStatement(at: range)
    case .continue: try continueStatement(at: range)
    case .import(let aliases): try importStatement(aliases)
    case .importFrom(let module, let aliases, let level):
      try importFrom(module, aliases, level, at: range)
    default: break
    }
  }

  private func compound(_ statement: Statement) throws(PythonSyntaxError) {
    let range = statement.range
    switch statement.kind {
    case .if(let branches, let otherwise): try ifStatement(branches, otherwise, at: range)
    case .while(let test, let body, let otherwise):
      try whileStatement(test, body, otherwise, at: range)
    case .for(let target, let iterable, let body, let otherwise):
      try forStatement(target, iterable, body, otherwise, at: range)
    case .try(let parts): try tryStatement(parts, at: range)
    case .with(let items, let body): try withStatement(items[...], body, at: range)
    case .function(let definition): try function(definition, at: range)
    case .class(let definition): try classDefinition(definition, at: range)
    case .match(let subject, let cases): try matchStatement(subject, cases, at: range)
    default: break
    }
  }

  /// The head of a compound statement: from its keyword to the end of an expression in its first line.
  func head(_ range: SourceRange, to last: SourceRange) -> SourceRange {
    SourceRange(start: range.start, end: last.end)
  }
}

// Imports.
extension Compiler {
  private func importStatement(_ aliases: [ImportAlias]) throws(PythonSyntaxError) {
    for alias in aliases {
      let module = unit.importIndex(alias.name)
      unit.emit(.importName, module, b: alias.asName == nil ? 0 : 1, at: alias.range)
      try store(alias.boundName, at: alias.range)
    }
  }

  private func importFrom(
    _ module: String?,
    _ aliases: [ImportAlias],
    _ level: Int,
    at range: SourceRange
  ) throws(PythonSyntaxError) {
    // What `__future__` switches on was decided before.
    if module == "__future__", level == 0 { return }
    let name = String(repeating: ".", count: level) + (module ?? "")
    unit.emit(.importName, unit.importIndex(name), b: 1, at: range)
    for alias in aliases {
      unit.emit(.importFrom, Int(machine.symbol(alias.name).number), at: range)
      if alias.name == "*" {
        // The machine has bound the names.
        unit.emit(.pop, at: range)
      } else {
        try store(alias.asName ?? alias.name, at: alias.range)
      }
    }
    unit.emit(.pop, at: range)
  }
}
