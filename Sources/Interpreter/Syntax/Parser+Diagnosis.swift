// The rules that know common mistakes inside expressions, switched on in the second parse.
// Each names the rule of CPython's grammar that it does the work of.
extension Parser {
  /// `invalid_expression`, `invalid_legacy_expression`.
  mutating func diagnoseExpression(
    _ value: Expression,
    from start: Int
  ) throws(ParseFailure) {
    let end = index
    if kind.startsExpression, !startsLikeStatement(start) {
      let next = try attemptPlainly { (parser) throws(ParseFailure) in try parser.expression() }
      let other =
        next != nil
        ? next : try attemptPlainly { (parser) throws(ParseFailure) in try parser.operation(.or) }
      if let other {
        let isInside = tokens[index - 1].level > 0
        back(to: end)
        if isInside, !isLegacyStatement(value) {
          throw error(
            "invalid syntax. Perhaps you forgot a comma?",
            value.range,
            to: other.range
          )
        }
      }
    }
    try diagnoseLegacyStatement(from: start)
  }

  /// Whether a string follows a name, as an unknown prefix does, or a soft keyword stands here.
  ///
  /// CPython takes a name for a soft keyword that is the beginning of one.
  private func startsLikeStatement(_ start: Int) -> Bool {
    guard tokens[start].kind == .name else { return false }
    if tokens[start + 1].kind == .string { return true }
    let word = text(of: tokens[start])
    return ["match", "case", "_"].contains { $0.hasPrefix(word) }
  }

  private func isLegacyStatement(_ value: Expression) -> Bool {
    guard case .name(let name) = value.kind else { return false }
    return name == "print" || name == "exec"
  }

  /// `print x`, and what is wrong behind any other name with a value behind it.
  private mutating func diagnoseLegacyStatement(from start: Int) throws(ParseFailure) {
    guard tokens[start].kind == .name else { return }
    let next = tokens[min(start + 1, tokens.count - 1)].kind
    let isLegacy = isName("print", at: start) || isName("exec", at: start)
    guard next != .leftParenthesis, next.startsExpression || next == .star else { return }
    // What lies behind a name is looked at once, however many rules come by.
    guard lookedBehind.insert(start).inserted else { return }
    let end = index
    back(to: start + 1)
    let rest = try attempt { (parser) throws(ParseFailure) in try parser.starExpressions() }
    back(to: end)
    guard let rest, isLegacy else { return }
    let name = text(of: tokens[start])
    throw error(
      "Missing parentheses in call to '\(name)'. Did you mean \(name)(...)?",
      range(tokens[start], tokens[start]),
      to: rest.range
    )
  }

  /// `invalid_named_expression`: `=` or `:=` where a value is wanted.
  mutating func diagnoseNamed(_ value: Expression, from start: Int) throws(ParseFailure) {
    let end = index
    if take(.colonEqual) {
      let right = try attempt { (parser) throws(ParseFailure) in try parser.expression() }
      back(to: end)
      if right != nil {
        throw error("cannot use assignment expressions with \(value.description)", value.range)
      }
    }
    guard kind == .equal, operand == (start, end) else { return }
    let isName = tokens[start].kind == .name && end == start + 1
    if !isName, try startsWithDisplay(at: start) { return }
    advance()
    let right = try attempt { (parser) throws(ParseFailure) in try parser.operation(.bitOr) }
    let isChained = kind == .equal || kind == .colonEqual
    back(to: end)
    guard let right, !isChained else { return }
    if isName {
      throw error(
        "invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
        value.range,
        to: right.range
      )
    }
    throw error(
      "cannot assign to \(value.description) here. Maybe you meant '==' instead of '='?",
      value.range
    )
  }

  /// Whether a list, a tuple, a generator expression or a named constant stands at an index.
  private mutating func startsWithDisplay(at start: Int) throws(ParseFailure) -> Bool {
    switch tokens[start].kind {
    case .true, .false, .none: return true
    case .leftBracket, .leftParenthesis:
      let end = index
      back(to: start)
      let first = try attemptPlainly { (parser) throws(ParseFailure) in try parser.atom() }
      // An atom in parentheses of its own is a group, which is none of these.
      let isGroup = first.map { Int(tokens[start].start) < $0.range.start.offset } ?? false
      back(to: end)
      switch first?.kind {
      case .list, .tuple: return !isGroup
      case .comprehension(let comprehension): return !isGroup && comprehension.form == .generator
      default: return false
      }
    default: return false
    }
  }

  /// Refuses what cannot be assigned to or deleted (`RAISE_SYNTAX_ERROR_INVALID_TARGET`).
  func diagnoseTarget(
    _ target: Expression,
    _ use: Expression.TargetUse
  ) throws(ParseFailure) {
    guard let invalid = target.invalidTarget(use) else { return }
    let verb = use == .deletion ? "delete" : "assign to"
    throw error("cannot \(verb) \(invalid.description)", invalid.range)
  }

  /// `invalid_comprehension`: `[x, y for x, y in z]`.
  mutating func diagnoseComprehensionTarget(_ elements: [Expression]) throws(ParseFailure) {
    guard startsComprehension, let first = elements.first, let last = elements.last else { return }
    let mark = tokens[index - 1]
    let clauses = try attempt { (parser) throws(ParseFailure) in
      try parser.comprehensionClauses()
    }
    guard clauses != nil else { return }
    throw error(
      "did you forget parentheses around the comprehension target?",
      first.range,
      to: elements.count == 1 ? range(mark, mark) : last.range
    )
  }

  /// `invalid_group`: `(**x)`.
  mutating func diagnoseDoubleStarredGroup() throws(ParseFailure) {
    let start = index
    advance()
    let value = try attempt { (parser) throws(ParseFailure) in try parser.expression() }
    let isClosed = kind == .rightParenthesis
    back(to: start)
    guard value != nil, isClosed else { return }
    throw error(
      "cannot use double starred expression here",
      range(tokens[start], tokens[start])
    )
  }

  /// `invalid_double_starred_kvpairs`, `invalid_kvpair`: what follows a key's colon.
  mutating func diagnoseDictionaryValue(colon: Token) throws(ParseFailure) {
    if kind == .rightBrace || kind == .comma {
      throw error("expression expected after dictionary key and ':'", range(colon, colon))
    }
    guard kind == .star else { return }
    let star = index
    advance()
    let value = try attempt { (parser) throws(ParseFailure) in try parser.operation(.bitOr) }
    guard value != nil else { return back(to: star) }
    throw errorStarting(
      at: range(tokens[star], tokens[star]),
      "cannot use a starred expression in a dictionary value"
    )
  }

  /// `invalid_kvpair`: a key without a colon after the first item.
  func missingColon(after key: Expression) -> ParseFailure {
    let end = key.range.end
    let line = end.offset - end.column
    return failure(
      PythonSyntaxError(
        kind: .syntaxError,
        message: "':' expected after dictionary key",
        line: key.range.start.line,
        offset: source.characterCount(from: line, to: end.offset - 1) + 1,
        endLine: end.line,
        endOffset: 0,
        text: source.line(key.range.start.line)
      )
    )
  }

  /// An error from a place to where reading stands (`RAISE_SYNTAX_ERROR_STARTING_FROM`).
  func errorStarting(at start: SourceRange, _ message: String) -> ParseFailure {
    let last = tokens[max(index, furthest)]
    let line = source.start(ofLine: Int(last.endLine))
    let first = source.error(message, start)
    return failure(
      PythonSyntaxError(
        kind: .syntaxError,
        message: message,
        line: first.line,
        offset: first.offset,
        endLine: Int(last.endLine),
        endOffset: source.characterCount(from: line, to: Int(last.end)),
        text: first.text
      )
    )
  }
}
