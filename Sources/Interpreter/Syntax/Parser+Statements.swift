extension Parser {
  /// A whole script.
  mutating func file() throws(ParseFailure) -> [Statement] {
    var body: [Statement] = []
    while kind != .endMarker { try statement(&body) }
    return body
  }

  /// A compound statement, or the simple statements of a line.
  mutating func statement(_ body: inout [Statement]) throws(ParseFailure) {
    if let compound = try compoundStatement() {
      body.append(compound)
    } else {
      try simpleStatements(&body)
    }
  }

  /// `simple_stmts`: statements between semicolons, up to the end of the line.
  mutating func simpleStatements(_ body: inout [Statement]) throws(ParseFailure) {
    repeat {
      if kind == .newline { break }
      body.append(try simpleStatement())
    } while take(.semicolon)
    try expect(.newline)
  }

  private mutating func simpleStatement() throws(ParseFailure) -> Statement {
    let start = index
    let statement = try simpleStatementKind()
    return Statement(kind: statement, range: range(from: start))
  }

  private mutating func simpleStatementKind() throws(ParseFailure) -> Statement.Kind {
    switch kind {
    case .pass:
      advance()
      return .pass
    case .break:
      advance()
      return .break
    case .continue:
      advance()
      return .continue
    case .return:
      advance()
      let hasValue = kind.startsExpression || kind == .star
      return .return(hasValue ? try starExpressions() : nil)
    case .raise: return try raiseStatement()
    case .assert:
      advance()
      let test = try expression()
      return .assert(test, take(.comma) ? try expression() : nil)
    case .del: return try deleteStatement()
    case .global: return .global(try namesAfterKeyword())
    case .nonlocal: return .nonlocal(try namesAfterKeyword())
    case .import:
      advance()
      return .import(try dottedAliases())
    case .from: return try importFrom()
    default: return try expressionOrAssignment()
    }
  }

  private mutating func raiseStatement() throws(ParseFailure) -> Statement.Kind {
    advance()
    guard kind.startsExpression else { return .raise(nil, nil) }
    let exception = try expression()
    return .raise(exception, take(.from) ? try expression() : nil)
  }

  private mutating func namesAfterKeyword() throws(ParseFailure) -> [String] {
    advance()
    var names = [try name()]
    while take(.comma) { names.append(try name()) }
    return names
  }

  private mutating func deleteStatement() throws(ParseFailure) -> Statement.Kind {
    let start = index
    advance()
    let targets = try attempt { (parser) throws(ParseFailure) in
      var targets: [Expression] = []
      repeat {
        if !targets.isEmpty, !parser.kind.startsExpression { break }
        targets.append(try parser.primary())
      } while parser.take(.comma)
      guard targets.allSatisfy(\.isDeletable),
        parser.kind == .semicolon || parser.kind == .newline
      else { throw .mismatch }
      return targets
    }
    if let targets { return .delete(targets) }
    guard isDiagnosing else {
      index = furthest
      throw .mismatch
    }
    back(to: start)
    advance()
    try diagnoseTarget(try starExpressions(), .deletion)
    throw .mismatch
  }
}

extension Parser {
  private mutating func dottedName() throws(ParseFailure) -> String {
    var dotted = try name()
    while take(.dot) { dotted += "." + (try name()) }
    return dotted
  }

  private mutating func dottedAliases() throws(ParseFailure) -> [ImportAlias] {
    var aliases: [ImportAlias] = []
    repeat {
      let start = index
      let dotted = try dottedName()
      let asName = take(.as) ? try name() : nil
      aliases.append(ImportAlias(name: dotted, asName: asName, range: range(from: start)))
    } while take(.comma)
    return aliases
  }

  private mutating func importFrom() throws(ParseFailure) -> Statement.Kind {
    advance()
    var level = 0
    while kind == .dot || kind == .ellipsis {
      level += kind == .dot ? 1 : 3
      advance()
    }
    let module = level > 0 && kind == .import ? nil : try dottedName()
    try expect(.import)
    let start = index
    if take(.star) {
      return .importFrom(
        module,
        [ImportAlias(name: "*", asName: nil, range: range(from: start))],
        level
      )
    }
    let isParenthesised = take(.leftParenthesis)
    var aliases: [ImportAlias] = []
    repeat {
      if isParenthesised, kind == .rightParenthesis, !aliases.isEmpty { break }
      if !isParenthesised, kind == .newline, !aliases.isEmpty {
        guard isDiagnosing else { throw .mismatch }
        throw errorAtLast("trailing comma not allowed without surrounding parentheses")
      }
      let start = index
      let imported = try name()
      let asName = take(.as) ? try name() : nil
      aliases.append(ImportAlias(name: imported, asName: asName, range: range(from: start)))
    } while take(.comma)
    if isParenthesised { try expect(.rightParenthesis) }
    return .importFrom(module, aliases, level)
  }
}

extension Parser {
  /// The augmented assignments, by token.
  private static let augmented: [(kind: Token.Kind, operation: BinaryOperator)] = [
    (.plusEqual, .add), (.minusEqual, .subtract), (.starEqual, .multiply),
    (.atEqual, .matrixMultiply), (.slashEqual, .divide), (.percentEqual, .modulo),
    (.ampersandEqual, .bitAnd), (.barEqual, .bitOr), (.caretEqual, .bitXor),
    (.leftShiftEqual, .leftShift), (.rightShiftEqual, .rightShift),
    (.doubleStarEqual, .power), (.doubleSlashEqual, .floorDivide),
  ]

  private static let augmentedByKind: [BinaryOperator?] = Token.Kind.allCases.map { kind in
    augmented.first { $0.kind == kind }?.operation
  }

  private mutating func expressionOrAssignment() throws(ParseFailure) -> Statement.Kind {
    guard isDiagnosing else { return try assignment(orExpression: true) }
    let found = try attempt { (parser) throws(ParseFailure) in
      try parser.assignment(orExpression: false)
    }
    if let found { return found }
    try diagnoseAssignment()
    return .expression(try yieldOrStarExpressions())
  }

  /// An assignment of any form or, where wanted, an expression alone.
  private mutating func assignment(
    orExpression: Bool
  ) throws(ParseFailure) -> Statement.Kind {
    let start = index
    let first = try yieldOrStarExpressions()
    if kind == .equal { return try plainAssignment(first) }
    if let operation = Self.augmentedByKind[Int(kind.rawValue)] {
      guard first.isSingleTarget else { throw .mismatch }
      advance()
      return .augmentedAssign(first, operation, try yieldOrStarExpressions())
    }
    if kind == .colon, first.isSingleTarget {
      let isSimple = tokens[start].kind == .name && index == start + 1
      advance()
      let annotation = try expression()
      guard kind == .equal else { return .annotatedAssign(first, annotation, nil, isSimple) }
      let value = try continuation { (parser) throws(ParseFailure) in
        parser.advance()
        return try parser.yieldOrStarExpressions()
      }
      return .annotatedAssign(first, annotation, value, isSimple)
    }
    guard orExpression else { throw .mismatch }
    return .expression(first)
  }

  /// The targets and the value after the first target.
  private mutating func plainAssignment(
    _ first: Expression
  ) throws(ParseFailure) -> Statement.Kind {
    var targets: [Expression] = []
    var value = first
    while kind == .equal {
      guard value.isAssignable else { throw .mismatch }
      targets.append(value)
      advance()
      value = try yieldOrStarExpressions()
    }
    return .assign(targets, value)
  }

  /// `invalid_assignment`: its alternatives, in order.
  private mutating func diagnoseAssignment() throws(ParseFailure) {
    let start = index
    defer { back(to: start) }
    try diagnoseAnnotation(from: start)
    back(to: start)
    while true {
      let before = index
      let target = try attemptPlainly { (parser) throws(ParseFailure) in
        try parser.starExpressions()
      }
      guard let target, target.isAssignable, take(.equal) else {
        back(to: before)
        break
      }
    }
    let after = index
    let value = try attempt { (parser) throws(ParseFailure) in try parser.starExpressions() }
    if let value, kind == .equal { try diagnoseTarget(value, .assignment) }
    back(to: after)
    if kind == .yield {
      let value = try attempt { (parser) throws(ParseFailure) in try parser.yieldExpression() }
      if let value, kind == .equal {
        throw error("assignment to yield expression not possible", value.range)
      }
    }
    back(to: start)
    let target = try attempt { (parser) throws(ParseFailure) in try parser.starExpressions() }
    guard let target, Self.augmentedByKind[Int(kind.rawValue)] != nil else { return }
    advance()
    let right = try attempt { (parser) throws(ParseFailure) in
      try parser.yieldOrStarExpressions()
    }
    guard right != nil else { return }
    throw error(
      "'\(target.description)' is an illegal expression for augmented assignment",
      target.range
    )
  }

  /// The alternatives of `invalid_assignment` with a colon.
  private mutating func diagnoseAnnotation(from start: Int) throws(ParseFailure) {
    if kind == .leftParenthesis || kind == .leftBracket {
      let target = try attempt { (parser) throws(ParseFailure) in try parser.atom() }
      if let target, try takeAnnotation() {
        switch target.kind {
        case .list, .tuple:
          throw error(
            "only single target (not \(target.description)) can be annotated",
            target.range
          )
        default: break
        }
      }
      back(to: start)
    }
    let first = try attempt { (parser) throws(ParseFailure) in
      try parser.starNamedExpression()
    }
    if let first, take(.comma) {
      _ = try attempt { (parser) throws(ParseFailure) in
        while parser.kind.startsExpression || parser.kind == .star {
          _ = try parser.starNamedExpression()
          _ = parser.take(.comma)
        }
      }
      if try takeAnnotation() {
        throw error("only single target (not tuple) can be annotated", first.range)
      }
    }
    back(to: start)
    let target = try attempt { (parser) throws(ParseFailure) in try parser.expression() }
    if let target, try takeAnnotation() {
      throw error("illegal target for annotation", target.range)
    }
  }

  /// Takes a colon and an expression.
  private mutating func takeAnnotation() throws(ParseFailure) -> Bool {
    guard take(.colon) else { return false }
    let annotation = try attempt { (parser) throws(ParseFailure) in try parser.expression() }
    return annotation != nil
  }
}

extension Expression {
  /// Whether the expression is a name, an attribute or a subscript.
  fileprivate var isSingleTarget: Bool {
    switch kind {
    case .name, .attribute, .subscription: true
    default: false
    }
  }

  /// Whether the expression can stand before an equals sign.
  fileprivate var isAssignable: Bool {
    guard case .starred(let value) = kind else { return isTarget }
    return value.isTarget
  }
}
