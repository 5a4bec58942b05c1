/// How tightly an operator binds.
enum Precedence: UInt8, Comparable {
  case none, or, and, not, comparison, bitOr, bitXor, bitAnd, shift, sum, product, unary, power

  static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

  /// The next tighter one.
  var next: Self { Self(rawValue: rawValue + 1) ?? .power }
}

/// What a token means between two operands.
struct InfixOperator: Sendable {
  /// How tightly it binds; `none` for a token that is no operator.
  let precedence: Precedence
  /// What it makes.
  let form: Form

  /// The three kinds of expression with operands to the left and to the right.
  enum Form: Sendable {
    case binary(BinaryOperator)
    case boolean(BooleanOperator)
    case comparison(ComparisonOperator)
  }

  /// The operators, by token.
  static let rows: [(kind: Token.Kind, precedence: Precedence, form: Form)] = [
    (.or, .or, .boolean(.or)),
    (.and, .and, .boolean(.and)),
    (.doubleEqual, .comparison, .comparison(.equal)),
    (.notEqual, .comparison, .comparison(.notEqual)),
    (.less, .comparison, .comparison(.less)),
    (.lessEqual, .comparison, .comparison(.lessOrEqual)),
    (.greater, .comparison, .comparison(.greater)),
    (.greaterEqual, .comparison, .comparison(.greaterOrEqual)),
    // `is not` and `not in` are told apart by the next token.
    (.is, .comparison, .comparison(.is)),
    (.in, .comparison, .comparison(.in)),
    (.not, .comparison, .comparison(.notIn)),
    (.bar, .bitOr, .binary(.bitOr)),
    (.caret, .bitXor, .binary(.bitXor)),
    (.ampersand, .bitAnd, .binary(.bitAnd)),
    (.leftShift, .shift, .binary(.leftShift)),
    (.rightShift, .shift, .binary(.rightShift)),
    (.plus, .sum, .binary(.add)),
    (.minus, .sum, .binary(.subtract)),
    (.star, .product, .binary(.multiply)),
    (.at, .product, .binary(.matrixMultiply)),
    (.slash, .product, .binary(.divide)),
    (.doubleSlash, .product, .binary(.floorDivide)),
    (.percent, .product, .binary(.modulo)),
    (.doubleStar, .power, .binary(.power)),
  ]

  private static let byKind: [InfixOperator] = Token.Kind.allCases.map { kind in
    guard let row = rows.first(where: { $0.kind == kind }) else {
      return InfixOperator(precedence: .none, form: .boolean(.or))
    }
    return InfixOperator(precedence: row.precedence, form: row.form)
  }

  /// What a token means between two operands.
  @inline(__always)
  static func of(_ kind: Token.Kind) -> InfixOperator { byKind[Int(kind.rawValue)] }
}

extension Parser {
  /// `star_expressions`: an expression or a tuple without parentheses, starred elements allowed.
  mutating func starExpressions() throws(ParseFailure) -> Expression {
    let start = index
    let first = try starExpression()
    guard kind == .comma else { return first }
    var elements = [first]
    while take(.comma), kind.startsExpression || kind == .star {
      let next = try continuation { (parser) throws(ParseFailure) in try parser.starExpression() }
      guard let next else { break }
      elements.append(next)
    }
    return try expression(.tuple(elements), from: start)
  }

  private mutating func starExpression() throws(ParseFailure) -> Expression {
    kind == .star ? try starred(.bitOr) : try expression()
  }

  /// `star_named_expression`: an element of a display.
  mutating func starNamedExpression() throws(ParseFailure) -> Expression {
    kind == .star ? try starred(.bitOr) : try namedExpression()
  }

  /// `*` and what follows: an operand at a precedence or, at `none`, any expression.
  mutating func starred(_ precedence: Precedence) throws(ParseFailure) -> Expression {
    let start = index
    advance()
    let value = precedence == .none ? try expression() : try operation(precedence)
    return try expression(.starred(value), from: start)
  }

  /// `yield_expr` or `star_expressions`, as after an equals sign.
  mutating func yieldOrStarExpressions() throws(ParseFailure) -> Expression {
    kind == .yield ? try yieldExpression() : try starExpressions()
  }

  /// `yield`, `yield x`, `yield from x`.
  mutating func yieldExpression() throws(ParseFailure) -> Expression {
    let start = index
    try expect(.yield)
    if take(.from) { return try expression(.yieldFrom(try expression()), from: start) }
    guard kind.startsExpression || kind == .star else {
      return try expression(.yield(nil), from: start)
    }
    return try expression(.yield(try starExpressions()), from: start)
  }

  /// `named_expression`: an expression or `name := expression`.
  mutating func namedExpression() throws(ParseFailure) -> Expression {
    if kind == .name, nextKind == .colonEqual { return try assignmentExpression() }
    let start = index
    let value = try expression()
    if isDiagnosing { try diagnoseNamed(value, from: start) }
    if kind == .colonEqual { throw .mismatch }
    return value
  }

  /// `name := expression`.
  mutating func assignmentExpression() throws(ParseFailure) -> Expression {
    let start = index
    let target = try expression(.name(try name()), from: start)
    try expect(.colonEqual)
    return try expression(.namedExpression(target, try expression()), from: start)
  }

  /// `expression`: a conditional expression, an operation or a lambda.
  mutating func expression() throws(ParseFailure) -> Expression {
    depth += 1
    if depth > Self.depthLimit { throw .error(tooComplex) }
    defer { depth -= 1 }
    let start = index
    if kind == .lambda { return try lambda() }
    let value = try operation(.or)
    if isDiagnosing {
      let last = operand
      try diagnoseExpression(value, from: start)
      operand = last
    }
    guard kind == .if else { return value }
    let rest = try continuation { (parser) throws(ParseFailure) in
      try parser.conditional(after: value)
    }
    guard let (test, otherwise) = rest else { return value }
    return try expression(.conditional(test, value, otherwise), from: start)
  }

  /// The test and the other value of a conditional expression.
  private mutating func conditional(
    after value: Expression
  ) throws(ParseFailure) -> (Expression, Expression) {
    advance()
    let test = try operation(.or)
    guard kind == .else else {
      if isDiagnosing, kind != .colon {
        throw error("expected 'else' after 'if' expression", value.range, to: test.range)
      }
      throw .mismatch
    }
    advance()
    return (test, try expression())
  }

  /// Operands and the operators between them that bind at least so tightly.
  mutating func operation(_ minimum: Precedence) throws(ParseFailure) -> Expression {
    let start = index
    var left = try prefixed(minimum)
    var isOperand = tokens[start].kind != .not
    while true {
      let infix = InfixOperator.of(kind)
      if isOperand, infix.precedence < .bitOr {
        operand = (start, index)
        isOperand = false
      }
      guard infix.precedence >= minimum, infix.precedence != .none else { return left }
      let next: Expression?
      switch infix.form {
      case .binary(let name):
        let right = try continuation { (parser) throws(ParseFailure) in
          try parser.rightOperand(of: name, infix.precedence)
        }
        next = try right.flatMap { (right) throws(ParseFailure) in
          try expression(.binary(left, name, right), from: start)
        }
      case .boolean(let name): next = try boolean(name, left, infix.precedence, from: start)
      case .comparison: next = try comparison(left, from: start)
      }
      guard let next else { return left }
      left = next
    }
  }

  private mutating func rightOperand(
    of name: BinaryOperator,
    _ precedence: Precedence
  ) throws(ParseFailure) -> Expression {
    advance()
    guard name == .power else { return try operation(precedence.next) }
    return try nested { (parser) throws(ParseFailure) in try parser.operation(.unary) }
  }

  /// The operation of all operands that one `and` or `or` after another joins.
  private mutating func boolean(
    _ name: BooleanOperator,
    _ first: Expression,
    _ precedence: Precedence,
    from start: Int
  ) throws(ParseFailure) -> Expression? {
    var values = [first]
    let separator = kind
    while kind == separator {
      let next = try continuation { (parser) throws(ParseFailure) in
        parser.advance()
        return try parser.operation(precedence.next)
      }
      guard let next else { break }
      values.append(next)
    }
    return values.count == 1 ? nil : try expression(.boolean(name, values), from: start)
  }

  /// The chain of comparisons that starts with an operand.
  private mutating func comparison(
    _ first: Expression,
    from start: Int
  ) throws(ParseFailure) -> Expression? {
    var rest: [Comparison] = []
    while true {
      let before = index
      guard let comparator = comparisonOperator() else { break }
      let right = try continuation { (parser) throws(ParseFailure) in
        try parser.operation(.bitOr)
      }
      guard let right else {
        back(to: before)
        break
      }
      rest.append(Comparison(comparator: comparator, operand: right))
    }
    return rest.isEmpty ? nil : try expression(.comparison(first, rest), from: start)
  }

  /// Takes a comparison operator of one or two words.
  private mutating func comparisonOperator() -> ComparisonOperator? {
    guard case .comparison(let comparator) = InfixOperator.of(kind).form else { return nil }
    switch comparator {
    case .is:
      advance()
      return take(.not) ? .isNot : .is
    case .notIn:
      guard nextKind == .in else {
        furthest = max(furthest, index + 1)
        return nil
      }
      advance()
      advance()
      return .notIn
    default:
      advance()
      return comparator
    }
  }

  /// An operand with the operators before it.
  private mutating func prefixed(_ minimum: Precedence) throws(ParseFailure) -> Expression {
    let name: UnaryOperator
    switch kind {
    case .minus: name = .minus
    case .plus: name = .plus
    case .tilde: name = .invert
    case .not where minimum <= .not: name = .not
    default: return try primary()
    }
    let start = index
    advance()
    let value = try nested { (parser) throws(ParseFailure) in
      try parser.operation(name == .not ? .not : .unary)
    }
    return try expression(.unary(name, value), from: start)
  }

  /// Runs a rule one level deeper.
  private mutating func nested(
    _ rule: (inout Parser) throws(ParseFailure) -> Expression
  ) throws(ParseFailure) -> Expression {
    depth += 1
    if depth > Self.depthLimit { throw .error(tooComplex) }
    let value = try rule(&self)
    depth -= 1
    return value
  }

  /// `primary`: an atom with attributes, calls and subscripts; `await` before it.
  mutating func primary() throws(ParseFailure) -> Expression {
    let start = index
    if take(.await) {
      let value = try nested { (parser) throws(ParseFailure) in try parser.primary() }
      noteUnsupported("await", range(from: start))
      return try expression(.await(value), from: start)
    }
    var value = try atom()
    while kind == .dot || kind == .leftParenthesis || kind == .leftBracket {
      let next = try continuation { (parser) throws(ParseFailure) in
        try parser.trailer(of: value, from: start)
      }
      guard let next else { break }
      value = next
    }
    return value
  }

  /// A value with the attribute, call or subscript that stands next.
  private mutating func trailer(
    of value: Expression,
    from start: Int
  ) throws(ParseFailure) -> Expression {
    switch kind {
    case .dot:
      advance()
      return try expression(.attribute(value, try name()), from: start)
    case .leftParenthesis:
      let (arguments, keywords) = try callArguments()
      return try expression(.call(value, arguments, keywords), from: start)
    default:
      advance()
      let place = try slices()
      try expect(.rightBracket)
      return try expression(.subscription(value, place), from: start)
    }
  }

  /// What stands in the brackets of a subscript.
  private mutating func slices() throws(ParseFailure) -> Expression {
    let start = index
    let first = try sliceOrStarred()
    var isTuple = false
    if case .starred = first.kind { isTuple = true }
    guard kind == .comma || isTuple else { return first }
    var elements = [first]
    while take(.comma), kind.startsExpression || kind == .star || kind == .colon {
      elements.append(try sliceOrStarred())
    }
    return try expression(.tuple(elements), from: start)
  }

  private mutating func sliceOrStarred() throws(ParseFailure) -> Expression {
    let start = index
    if kind == .star { return try starred(.none) }
    var bounds: (lower: Expression?, upper: Expression?, step: Expression?)
    if kind != .colon {
      let isNamed = nextKind == .colonEqual
      let value = try namedExpression()
      guard kind == .colon, !isNamed else { return value }
      bounds.lower = value
    }
    try expect(.colon)
    if kind.startsExpression { bounds.upper = try expression() }
    if take(.colon), kind.startsExpression { bounds.step = try expression() }
    return try expression(.slice(bounds.lower, bounds.upper, bounds.step), from: start)
  }

  /// `lambda parameters: expression`.
  private mutating func lambda() throws(ParseFailure) -> Expression {
    let start = index
    try expect(.lambda)
    let parameters = try parameters(.lambda)
    try expect(.colon)
    return try expression(.lambda(parameters, try expression()), from: start)
  }
}
