extension Parser {
  /// A compound statement; nil where a simple one stands.
  mutating func compoundStatement() throws(ParseFailure) -> Statement? {
    let start = index
    let found: Statement.Kind
    switch kind {
    case .if: found = try ifStatement()
    case .while: found = try whileStatement()
    case .for: found = try forStatement()
    case .try: found = try tryStatement()
    case .with: found = try withStatement()
    case .def: found = try functionDefinition(decorators: [])
    case .class: found = try classDefinition(decorators: [])
    case .at: return try decorated()
    case .async: return try asynchronous(decorators: [])
    case .name where isName("match", at: index):
      guard let match = try matchStatement() else { return nil }
      found = match
    default: return nil
    }
    return Statement(kind: found, range: rangeOfCompound(from: start))
  }

  /// The range of a compound statement, which ends before the newline and the dedents after it.
  func rangeOfCompound(from start: Int) -> SourceRange {
    var last = index - 1
    while last > start {
      switch tokens[last].kind {
      case .newline, .dedent, .indent, .endMarker: last -= 1
      default: return range(tokens[start], tokens[last])
      }
    }
    return range(tokens[start], tokens[start])
  }

  /// `block`: an indented block or simple statements on the same line.
  ///
  /// `owner` names, in messages, the statement that starts at a token.
  mutating func block(_ owner: String, _ first: Token) throws(ParseFailure) -> [Statement] {
    var body: [Statement] = []
    guard take(.newline) else {
      try simpleStatements(&body)
      return body
    }
    guard kind == .indent else {
      guard isDiagnosing else { throw .mismatch }
      throw failure(
        indentationError(
          "expected an indented block after \(owner) on line \(first.line)",
          at: tokens[max(index, furthest)]
        )
      )
    }
    advance()
    repeat { try statement(&body) } while kind != .dedent && kind != .endMarker
    try expect(.dedent)
    return body
  }

  /// Takes the colon after the head of a compound statement.
  private mutating func expectColon() throws(ParseFailure) {
    if isDiagnosing, kind == .newline { throw errorAtLast("expected ':'") }
    try expect(.colon)
  }

  private mutating func ifStatement() throws(ParseFailure) -> Statement.Kind {
    var branches: [ConditionalBranch] = []
    var otherwise: [Statement] = []
    repeat {
      let first = tokens[index]
      let owner = kind == .if ? "'if' statement" : "'elif' statement"
      advance()
      let test = try namedExpression()
      try expectColon()
      branches.append(ConditionalBranch(test: test, body: try block(owner, first)))
    } while kind == .elif
    otherwise = try elseBlock()
    return .if(branches, otherwise)
  }

  private mutating func elseBlock() throws(ParseFailure) -> [Statement] {
    guard kind == .else else { return [] }
    let first = tokens[index]
    advance()
    try force(.colon)
    return try block("'else' statement", first)
  }

  private mutating func whileStatement() throws(ParseFailure) -> Statement.Kind {
    let first = tokens[index]
    advance()
    let test = try namedExpression()
    try expectColon()
    let body = try block("'while' statement", first)
    return .while(test, body, try elseBlock())
  }

  private mutating func forStatement() throws(ParseFailure) -> Statement.Kind {
    let first = tokens[index]
    advance()
    let target = try forTargets()
    let iterable = try starExpressions()
    try expectColon()
    let body = try block("'for' statement", first)
    return .for(target, iterable, body, try elseBlock())
  }
}

extension Parser {
  private mutating func tryStatement() throws(ParseFailure) -> Statement.Kind {
    let first = tokens[index]
    advance()
    try force(.colon)
    let body = try block("'try' statement", first)
    if isDiagnosing, kind != .except, kind != .finally {
      throw errorAtLast("expected 'except' or 'finally' block")
    }
    var handlers: [ExceptHandler] = []
    while kind == .except { handlers.append(try handler()) }
    let otherwise = handlers.isEmpty ? [] : try elseBlock()
    var last: [Statement] = []
    if kind == .finally {
      let first = tokens[index]
      advance()
      try force(.colon)
      last = try block("'finally' statement", first)
    } else if handlers.isEmpty {
      throw .mismatch
    }
    return .try(TryStatement(body: body, handlers: handlers, otherwise: otherwise, finally: last))
  }

  private mutating func handler() throws(ParseFailure) -> ExceptHandler {
    let start = index
    advance()
    let isStar = take(.star)
    if isStar { noteUnsupported("except*", range(from: start)) }
    var type: Expression?
    var bound: String?
    if isStar, isDiagnosing, kind == .colon || kind == .newline {
      throw errorAtLast("expected one or more exception types")
    }
    if isStar || kind != .colon {
      if isDiagnosing, kind == .newline { throw errorAtLast("expected ':'") }
      let caught = try expression()
      if isDiagnosing, kind == .comma { try diagnoseExceptionTypes(caught) }
      type = caught
      if take(.as) { bound = try name() }
    }
    try expectColon()
    let owner = isStar ? "'except*' statement" : "'except' statement"
    let body = try block(owner, tokens[start])
    return ExceptHandler(type: type, name: bound, body: body, range: rangeOfCompound(from: start))
  }

  /// `except A, B:`.
  private mutating func diagnoseExceptionTypes(_ first: Expression) throws(ParseFailure) {
    let start = index
    let isWhole = try attempt { (parser) throws(ParseFailure) in
      try parser.expect(.comma)
      _ = try parser.starExpressions()
      if parser.take(.as) { _ = try parser.name() }
      guard parser.kind == .colon else { throw .mismatch }
      return true
    }
    guard isWhole != nil else { return back(to: start) }
    throw errorStarting(at: first.range, "multiple exception types must be parenthesized")
  }
}

extension Parser {
  private mutating func withStatement() throws(ParseFailure) -> Statement.Kind {
    let first = tokens[index]
    advance()
    var items: [WithItem]?
    if kind == .leftParenthesis {
      items = try attempt { (parser) throws(ParseFailure) in
        parser.advance()
        let items = try parser.withItems(closing: .rightParenthesis)
        try parser.expect(.rightParenthesis)
        if parser.isDiagnosing, parser.kind == .newline {
          throw parser.errorAtLast("expected ':'")
        }
        guard parser.kind == .colon else { throw .mismatch }
        return items
      }
    }
    let found: [WithItem]
    if let items { found = items } else { found = try withItems(closing: nil) }
    try expectColon()
    return .with(found, try block("'with' statement", first))
  }

  private mutating func withItems(closing: Token.Kind?) throws(ParseFailure) -> [WithItem] {
    var items: [WithItem] = []
    repeat {
      if let closing, kind == closing, !items.isEmpty { break }
      let context = try expression()
      guard kind == .as else {
        items.append(WithItem(context: context, target: nil))
        continue
      }
      let before = index
      advance()
      let target = try attempt { (parser) throws(ParseFailure) in
        let target = try parser.starTarget()
        switch parser.kind {
        case .comma, .rightParenthesis, .colon: return target
        case .newline where parser.isDiagnosing: return target
        default: throw .mismatch
        }
      }
      if let target {
        items.append(WithItem(context: context, target: target))
        continue
      }
      if isDiagnosing { try diagnoseWithTarget() }
      index = max(index, furthest)
      if isDiagnosing { index = before }
      throw .mismatch
    } while take(.comma)
    return items
  }

  /// `with a as b + 1:`.
  private mutating func diagnoseWithTarget() throws(ParseFailure) {
    let target = try attempt { (parser) throws(ParseFailure) in try parser.expression() }
    guard let target else { return }
    if kind == .comma || kind == .rightParenthesis || kind == .colon {
      try diagnoseTarget(target, .assignment)
    }
  }
}

extension Parser {
  private mutating func decorated() throws(ParseFailure) -> Statement {
    var decorators: [Expression] = []
    while take(.at) {
      decorators.append(try namedExpression())
      try expect(.newline)
    }
    let start = index
    let found: Statement.Kind
    switch kind {
    case .def: found = try functionDefinition(decorators: decorators)
    case .class: found = try classDefinition(decorators: decorators)
    case .async: return try asynchronous(decorators: decorators)
    default: throw .mismatch
    }
    return Statement(kind: found, range: rangeOfCompound(from: start))
  }

  /// `async def`, `async for`, `async with`, which are parsed but not run.
  private mutating func asynchronous(decorators: [Expression]) throws(ParseFailure) -> Statement {
    let start = index
    advance()
    let found: Statement.Kind
    let word = text(of: tokens[index])
    switch kind {
    case .def: found = try functionDefinition(decorators: decorators)
    case .for where decorators.isEmpty: found = try forStatement()
    case .with where decorators.isEmpty: found = try withStatement()
    default: throw .mismatch
    }
    noteUnsupported("async \(word)", range(tokens[start], tokens[start + 1]))
    return Statement(kind: found, range: rangeOfCompound(from: start))
  }

  private mutating func functionDefinition(
    decorators: [Expression]
  ) throws(ParseFailure) -> Statement.Kind {
    let first = tokens[index]
    advance()
    let nameRange = range(tokens[index], tokens[index])
    let name = try name()
    try force(.leftParenthesis)
    let parameters = try parameters(.definition)
    try expect(.rightParenthesis)
    var returns: Expression?
    if kind == .arrow {
      returns = try attemptPlainly { (parser) throws(ParseFailure) in
        parser.advance()
        return try parser.expression()
      }
    }
    try force(.colon)
    let body = try block("function definition", first)
    return .function(
      FunctionDefinition(
        name: name,
        nameRange: nameRange,
        parameters: parameters,
        returns: returns,
        decorators: decorators,
        body: body
      )
    )
  }

  private mutating func classDefinition(
    decorators: [Expression]
  ) throws(ParseFailure) -> Statement.Kind {
    let first = tokens[index]
    advance()
    let nameRange = range(tokens[index], tokens[index])
    let name = try name()
    let (bases, keywords) = kind == .leftParenthesis ? try callArguments() : ([], [])
    try expectColon()
    let body = try block("class definition", first)
    return .class(
      ClassDefinition(
        name: name,
        nameRange: nameRange,
        bases: bases,
        keywords: keywords,
        decorators: decorators,
        body: body
      )
    )
  }
}
