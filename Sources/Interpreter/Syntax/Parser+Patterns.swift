extension Parser {
  /// A `match` statement; nil where `match` is a name like any other.
  mutating func matchStatement() throws(ParseFailure) -> Statement.Kind? {
    let first = tokens[index]
    guard nextKind.startsExpression || nextKind == .star else { return nil }
    let start = index
    let subject = try attempt { (parser) throws(ParseFailure) in
      parser.advance()
      let subject = try parser.matchSubject()
      if parser.isDiagnosing, parser.kind == .newline { throw parser.errorAtLast("expected ':'") }
      try parser.expect(.colon)
      try parser.expect(.newline)
      return subject
    }
    guard let subject else { return nil }
    let isIndented = take(.indent)
    guard isIndented, isName("case", at: index) else {
      if isDiagnosing, !isIndented {
        throw failure(
          indentationError(
            "expected an indented block after 'match' statement on line \(first.line)",
            at: tokens[max(index, furthest)]
          )
        )
      }
      back(to: start)
      return nil
    }
    var cases: [MatchCase] = []
    while isName("case", at: index) { cases.append(try matchCase()) }
    try expect(.dedent)
    return .match(subject, cases)
  }

  private mutating func matchSubject() throws(ParseFailure) -> Expression {
    let start = index
    let first = try starNamedExpression()
    if kind != .comma {
      if case .starred = first.kind { throw .mismatch }
      return first
    }
    var elements = [first]
    while take(.comma), kind.startsExpression || kind == .star {
      elements.append(try starNamedExpression())
    }
    return try expression(.tuple(elements), from: start)
  }

  private mutating func matchCase() throws(ParseFailure) -> MatchCase {
    let first = tokens[index]
    advance()
    let pattern = try openPattern()
    let condition = take(.if) ? try namedExpression() : nil
    if isDiagnosing, kind == .newline { throw errorAtLast("expected ':'") }
    try expect(.colon)
    let body = try block("'case' statement", first)
    return MatchCase(pattern: pattern, condition: condition, body: body)
  }

  /// `patterns`: a pattern or a sequence of them without brackets.
  private mutating func openPattern() throws(ParseFailure) -> Pattern {
    let start = index
    let first = try maybeStarPattern()
    if kind != .comma {
      if case .star = first.kind { throw .mismatch }
      return first
    }
    var elements = [first]
    while take(.comma), startsPattern { elements.append(try maybeStarPattern()) }
    return pattern(.sequence(elements), from: start)
  }

  private var startsPattern: Bool {
    switch kind {
    case .name, .number, .string, .minus, .none, .true, .false, .leftParenthesis, .leftBracket,
      .leftBrace, .star:
      true
    default: false
    }
  }

  private mutating func pattern(_ kind: Pattern.Kind, from start: Int) -> Pattern {
    Pattern(kind: kind, range: range(from: start))
  }

  private mutating func maybeStarPattern() throws(ParseFailure) -> Pattern {
    let start = index
    guard take(.star) else { return try asPattern() }
    let name = try name()
    return pattern(.star(name == "_" ? nil : name), from: start)
  }

  /// `as_pattern`: alternatives with a name for what matched.
  private mutating func asPattern() throws(ParseFailure) -> Pattern {
    depth += 1
    if depth > Self.depthLimit { throw .error(tooComplex) }
    defer { depth -= 1 }
    let start = index
    let first = try closedPattern()
    var found = first
    if kind == .bar {
      var alternatives = [first]
      while take(.bar) { alternatives.append(try closedPattern()) }
      found = pattern(.or(alternatives), from: start)
    }
    guard take(.as) else { return found }
    let target = index
    if isDiagnosing {
      if isName("_", at: target) {
        throw error("cannot use '_' as a target", range(tokens[target], tokens[target]))
      }
      if kind != .name {
        let value = try attempt { (parser) throws(ParseFailure) in try parser.expression() }
        if let value { throw error("invalid pattern target", value.range) }
      }
    }
    let name = try name()
    guard name != "_", kind != .dot, kind != .leftParenthesis, kind != .equal else {
      throw .mismatch
    }
    return pattern(.capture(found, name), from: start)
  }

  private mutating func closedPattern() throws(ParseFailure) -> Pattern {
    let start = index
    switch kind {
    case .none, .true, .false:
      guard case .constant(let value) = try atom().kind else { throw .mismatch }
      return pattern(.singleton(value), from: start)
    case .string: return pattern(.value(try atom()), from: start)
    case .number, .minus: return pattern(.value(try patternNumber()), from: start)
    case .name: return try namedPattern()
    case .leftParenthesis: return try groupPattern(closing: .rightParenthesis)
    case .leftBracket: return try groupPattern(closing: .rightBracket)
    case .leftBrace: return try mappingPattern()
    default: throw .mismatch
    }
  }

  /// A number, negative or complex.
  private mutating func patternNumber() throws(ParseFailure) -> Expression {
    let start = index
    let real = try signedNumber()
    guard kind == .plus || kind == .minus else { return real }
    let operation: BinaryOperator = kind == .plus ? .add : .subtract
    advance()
    guard kind == .number else { throw .mismatch }
    let imaginary = try atom()
    if real.isImaginary {
      throw error("real number required in complex literal", real.range)
    }
    if !imaginary.isImaginary {
      throw error("imaginary number required in complex literal", imaginary.range)
    }
    return try expression(.binary(real, operation, imaginary), from: start)
  }

  private mutating func signedNumber() throws(ParseFailure) -> Expression {
    let start = index
    guard take(.minus) else { return try atom() }
    guard kind == .number else { throw .mismatch }
    return try expression(.unary(.minus, try atom()), from: start)
  }

  /// A capture, a dotted name or a class pattern.
  private mutating func namedPattern() throws(ParseFailure) -> Pattern {
    let start = index
    let first = try name()
    var value = try expression(.name(first), from: start)
    while take(.dot) { value = try expression(.attribute(value, try name()), from: start) }
    if kind == .leftParenthesis { return try classPattern(value, from: start) }
    if case .attribute = value.kind { return pattern(.value(value), from: start) }
    guard kind != .equal else { throw .mismatch }
    return pattern(.capture(nil, first == "_" ? nil : first), from: start)
  }

  private mutating func groupPattern(closing: Token.Kind) throws(ParseFailure) -> Pattern {
    let start = index
    advance()
    var elements: [Pattern] = []
    var hasComma = false
    while kind != closing {
      elements.append(try maybeStarPattern())
      guard take(.comma) else { break }
      hasComma = true
    }
    try expect(closing)
    if closing == .rightParenthesis, !hasComma, let only = elements.first {
      if case .star = only.kind { throw .mismatch }
      return only
    }
    return pattern(.sequence(elements), from: start)
  }

  private mutating func mappingPattern() throws(ParseFailure) -> Pattern {
    let start = index
    advance()
    var keys: [Expression] = []
    var values: [Pattern] = []
    var rest: String?
    while kind != .rightBrace {
      if take(.doubleStar) {
        guard !isName("_", at: index) else { throw .mismatch }
        rest = try name()
        _ = take(.comma)
        break
      }
      keys.append(try patternKey())
      try expect(.colon)
      values.append(try asPattern())
      guard take(.comma) else { break }
    }
    try expect(.rightBrace)
    return pattern(.mapping(keys, values, rest), from: start)
  }

  private mutating func patternKey() throws(ParseFailure) -> Expression {
    switch kind {
    case .none, .true, .false, .string: return try atom()
    case .number, .minus: return try patternNumber()
    default:
      let start = index
      var value = try expression(.name(try name()), from: start)
      guard kind == .dot else { throw .mismatch }
      while take(.dot) { value = try expression(.attribute(value, try name()), from: start) }
      return value
    }
  }

  private mutating func classPattern(
    _ type: Expression,
    from start: Int
  ) throws(ParseFailure) -> Pattern {
    advance()
    var positional: [Pattern] = []
    var names: [String] = []
    var named: [Pattern] = []
    while kind != .rightParenthesis {
      if kind == .name, nextKind == .equal {
        names.append(try name())
        advance()
        named.append(try asPattern())
      } else {
        let value = try asPattern()
        guard names.isEmpty else {
          guard isDiagnosing else { throw .mismatch }
          throw error("positional patterns follow keyword patterns", value.range)
        }
        positional.append(value)
      }
      guard take(.comma) else { break }
    }
    try expect(.rightParenthesis)
    return pattern(.class(type, positional, names, named), from: start)
  }
}

extension Expression {
  /// Whether the expression is a number such as `2j`, with or without a sign.
  fileprivate var isImaginary: Bool {
    switch kind {
    case .constant(.imaginary): true
    case .unary(_, let operand): operand.isImaginary
    default: false
    }
  }
}
