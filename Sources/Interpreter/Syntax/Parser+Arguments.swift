extension Parser {
  /// The arguments of a call or the bases of a class, their parentheses included.
  mutating func callArguments() throws(ParseFailure) -> ([Expression], [Keyword]) {
    let opening = index
    try expect(.leftParenthesis)
    var list = ArgumentList()
    while kind != .rightParenthesis {
      try argument(&list, opening: opening)
      guard take(.comma) else { break }
    }
    try expect(.rightParenthesis)
    return (list.arguments, list.keywords)
  }

  private mutating func argument(
    _ list: inout ArgumentList,
    opening: Int
  ) throws(ParseFailure) {
    let start = index
    switch kind {
    case .star:
      if list.hasUnpacking {
        if isDiagnosing {
          throw error(
            "iterable argument unpacking follows keyword argument unpacking",
            range(tokens[start], tokens[start])
          )
        }
        throw .mismatch
      }
      let value = try starred(.none)
      if isDiagnosing, startsComprehension, start == opening + 1 { try refuseStarred(value) }
      list.arguments.append(value)
    case .doubleStar:
      advance()
      let value = try expression()
      list.keywords.append(Keyword(name: nil, value: value, range: range(from: start)))
      list.hasUnpacking = true
    case .name where nextKind == .equal:
      let name = try name()
      advance()
      let value = try expression()
      if isDiagnosing, startsComprehension { try diagnoseKeywordGenerator(name: start) }
      list.keywords.append(Keyword(name: name, value: value, range: range(from: start)))
    default: try positional(&list, opening: opening)
    }
  }

  private mutating func positional(
    _ list: inout ArgumentList,
    opening: Int
  ) throws(ParseFailure) {
    let start = index
    if isDiagnosing { try diagnoseConstantKeyword() }
    if !list.keywords.isEmpty, !isDiagnosing { throw .mismatch }
    let value: Expression
    if kind == .name, nextKind == .colonEqual {
      value = try assignmentExpression()
    } else {
      value = try expression()
      if isDiagnosing, kind == .equal { throw keywordIsNoName(value) }
      if kind == .equal || kind == .colonEqual { throw .mismatch }
    }
    if !list.keywords.isEmpty { try diagnosePositional(value, list) }
    let isOnly = start == opening + 1
    guard kind == .for || (isOnly || isDiagnosing) && startsComprehension else {
      list.arguments.append(value)
      return
    }
    if !isDiagnosing, start != opening + 1 { throw .mismatch }
    let clauses = try comprehensionClauses()
    guard start == opening + 1, kind == .rightParenthesis else {
      if isDiagnosing {
        try diagnoseGenerator(value, clauses, isFirst: start == opening + 1)
      }
      throw .mismatch
    }
    // The parentheses of the call are also those of the generator expression.
    let element = Comprehension(form: .generator, element: value, value: nil, clauses: clauses)
    let generator = Expression(.comprehension(element), range(tokens[opening], tokens[index]))
    list.arguments.append(generator)
  }
}

/// The arguments of a call that were read so far.
struct ArgumentList {
  /// Those given by position.
  var arguments: [Expression] = []
  /// Those given by name.
  var keywords: [Keyword] = []
  /// Whether one of them was `**value`.
  var hasUnpacking = false
}

extension Parser {
  /// `f(True=1)`.
  private func diagnoseConstantKeyword() throws(ParseFailure) {
    guard kind == .true || kind == .false || kind == .none, nextKind == .equal else { return }
    let name = text(of: tokens[index])
    throw error("cannot assign to \(name)", range(tokens[index], tokens[index + 1]))
  }

  /// `f(a.b=1)`: what stands before the equals sign is not a name.
  private func keywordIsNoName(_ value: Expression) -> ParseFailure {
    error(
      "expression cannot contain assignment, perhaps you meant \"==\"?",
      value.range,
      to: range(tokens[index], tokens[index])
    )
  }

  /// `f(a=1, b)`: an argument by position after one by name.
  private mutating func diagnosePositional(
    _ value: Expression,
    _ list: ArgumentList
  ) throws(ParseFailure) {
    if startsComprehension {
      let clauses = try attempt { (parser) throws(ParseFailure) in
        try parser.comprehensionClauses()
      }
      if let target = clauses?.last?.target {
        throw error("Generator expression must be parenthesized", value.range, to: target.range)
      }
    }
    // CPython reads the arguments that follow before it complains.
    var rest = ArgumentList()
    _ = try attempt { (parser) throws(ParseFailure) in
      while parser.take(.comma), parser.kind != .rightParenthesis {
        try parser.argument(&rest, opening: -2)
      }
    }
    throw errorAtLast(
      list.hasUnpacking
        ? "positional argument follows keyword argument unpacking"
        : "positional argument follows keyword argument"
    )
  }

  /// `f(a=x for x in y)`.
  private mutating func diagnoseKeywordGenerator(name: Int) throws(ParseFailure) {
    let clauses = try attempt { (parser) throws(ParseFailure) in
      try parser.comprehensionClauses()
    }
    guard clauses != nil else { return }
    throw error(
      "invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
      range(tokens[name], tokens[name + 1])
    )
  }

  /// `f(x for x in y, 1)`, `f(1, x for x in y)`.
  private func diagnoseGenerator(
    _ element: Expression,
    _ clauses: [ComprehensionClause],
    isFirst: Bool
  ) throws(ParseFailure) {
    guard !isFirst || kind == .comma, let last = clauses.last else { return }
    let end = last.conditions.last ?? last.iterable
    throw error("Generator expression must be parenthesized", element.range, to: end.range)
  }
}
