extension Parser {
  /// `atom`: a name, a literal, a display or something in parentheses.
  mutating func atom() throws(ParseFailure) -> Expression {
    let start = index
    switch kind {
    case .name: return try expression(.name(try name()), from: start)
    case .number:
      let value = try number(tokens[index])
      advance()
      return try expression(.constant(value), from: start)
    case .string: return try strings()
    case .leftParenthesis: return try parenthesised()
    case .leftBracket: return try listDisplay()
    case .leftBrace: return try braceDisplay()
    case .none: return try constant(.none)
    case .true: return try constant(.bool(true))
    case .false: return try constant(.bool(false))
    case .ellipsis: return try constant(.ellipsis)
    default: throw .mismatch
    }
  }

  private mutating func constant(_ value: Constant) throws(ParseFailure) -> Expression {
    let start = index
    advance()
    return try expression(.constant(value), from: start)
  }

  /// A group, a tuple or a generator expression.
  private mutating func parenthesised() throws(ParseFailure) -> Expression {
    let start = index
    advance()
    if take(.rightParenthesis) { return try expression(.tuple([]), from: start) }
    if kind == .yield {
      let value = try yieldExpression()
      try expect(.rightParenthesis)
      return value
    }
    if isDiagnosing, kind == .doubleStar { try diagnoseDoubleStarredGroup() }
    let first = try starNamedExpression()
    if startsComprehension {
      try refuseStarred(first)
      let clauses = try comprehensionClauses()
      try expect(.rightParenthesis)
      return try comprehension(.generator, first, nil, clauses, from: start)
    }
    guard kind == .comma else {
      try expect(.rightParenthesis)
      if case .starred = first.kind {
        if isDiagnosing { throw error("cannot use starred expression here", first.range) }
        throw .mismatch
      }
      return first
    }
    var elements = [first]
    try moreElements(&elements)
    try expect(.rightParenthesis)
    return try expression(.tuple(elements), from: start)
  }

  /// `[a, *b]` or a list comprehension.
  private mutating func listDisplay() throws(ParseFailure) -> Expression {
    let start = index
    advance()
    if take(.rightBracket) { return try expression(.list([]), from: start) }
    let first = try starNamedExpression()
    if startsComprehension {
      try refuseStarred(first)
      let clauses = try comprehensionClauses()
      try expect(.rightBracket)
      return try comprehension(.list, first, nil, clauses, from: start)
    }
    var elements = [first]
    try moreElements(&elements)
    if isDiagnosing { try diagnoseComprehensionTarget(elements) }
    try expect(.rightBracket)
    return try expression(.list(elements), from: start)
  }

  /// `{a, *b}`, `{a: b, **c}` or a comprehension of either kind.
  private mutating func braceDisplay() throws(ParseFailure) -> Expression {
    let start = index
    advance()
    if take(.rightBrace) { return try expression(.dictionary([]), from: start) }
    if kind == .doubleStar { return try dictionaryDisplay(from: start, firstKey: nil) }
    let isPlain = kind != .star && nextKind != .colonEqual
    let first = try starNamedExpression()
    if kind == .colon, isPlain { return try dictionaryDisplay(from: start, firstKey: first) }
    if startsComprehension {
      try refuseStarred(first)
      let clauses = try comprehensionClauses()
      try expect(.rightBrace)
      return try comprehension(.set, first, nil, clauses, from: start)
    }
    var elements = [first]
    try moreElements(&elements)
    if isDiagnosing { try diagnoseComprehensionTarget(elements) }
    try expect(.rightBrace)
    return try expression(.set(elements), from: start)
  }

  /// The elements after the first one of a display.
  private mutating func moreElements(_ elements: inout [Expression]) throws(ParseFailure) {
    while take(.comma), kind.startsExpression || kind == .star {
      elements.append(try starNamedExpression())
    }
  }

  private mutating func dictionaryDisplay(
    from start: Int,
    firstKey: Expression?
  ) throws(ParseFailure) -> Expression {
    var items: [DictionaryItem] = []
    repeat {
      if kind == .rightBrace { break }
      items.append(try dictionaryItem(key: items.isEmpty ? firstKey : nil, items.isEmpty))
      if items.count == 1, startsComprehension {
        return try dictionaryComprehension(items[0], from: start)
      }
    } while take(.comma)
    try expect(.rightBrace)
    return try expression(.dictionary(items), from: start)
  }

  private mutating func dictionaryItem(
    key first: Expression?,
    _ isFirst: Bool
  ) throws(ParseFailure) -> DictionaryItem {
    if first == nil, take(.doubleStar) {
      return DictionaryItem(key: nil, value: try operation(.bitOr))
    }
    let key: Expression
    if let first { key = first } else { key = try isFirst ? expression() : laterKey() }
    let colon = index
    guard take(.colon) else {
      if isDiagnosing, !isFirst { throw missingColon(after: key) }
      throw .mismatch
    }
    if isDiagnosing { try diagnoseDictionaryValue(colon: tokens[colon]) }
    return DictionaryItem(key: key, value: try expression())
  }

  /// A key after the first item: CPython misses its colon before any mistake inside it.
  private mutating func laterKey() throws(ParseFailure) -> Expression {
    let start = index
    do throws(ParseFailure) {
      return try expression()
    } catch {
      guard isDiagnosing, case .error = error else { throw error }
      back(to: start)
      let key = try attemptPlainly { (parser) throws(ParseFailure) in try parser.expression() }
      guard let key, kind != .colon else { throw error }
      throw missingColon(after: key)
    }
  }

  private mutating func dictionaryComprehension(
    _ item: DictionaryItem,
    from start: Int
  ) throws(ParseFailure) -> Expression {
    let clauses = try comprehensionClauses()
    guard let key = item.key else {
      if isDiagnosing, kind == .rightBrace {
        let mark = tokens[start + 1]
        throw error("dict unpacking cannot be used in dict comprehension", range(mark, mark))
      }
      throw .mismatch
    }
    try expect(.rightBrace)
    return try comprehension(.dictionary, key, item.value, clauses, from: start)
  }
}

extension Parser {
  /// Whether a comprehension's `for` stands next.
  var startsComprehension: Bool {
    mutating get {
      guard kind == .async else { return kind == .for }
      furthest = max(furthest, index + 1)
      return nextKind == .for
    }
  }

  /// A comprehension that reaches to the last token taken.
  mutating func comprehension(
    _ form: Comprehension.Form,
    _ element: Expression,
    _ value: Expression?,
    _ clauses: [ComprehensionClause],
    from start: Int
  ) throws(ParseFailure) -> Expression {
    try expression(
      .comprehension(
        Comprehension(form: form, element: element, value: value, clauses: clauses)
      ),
      from: start
    )
  }

  /// `for_if_clauses`: the `for` and `if` clauses of a comprehension.
  mutating func comprehensionClauses() throws(ParseFailure) -> [ComprehensionClause] {
    var clauses: [ComprehensionClause] = []
    while startsComprehension {
      let start = index
      let isAsync = take(.async)
      try expect(.for)
      if isAsync { noteUnsupported("asynchronous comprehension", range(from: start)) }
      let target = try forTargets()
      let iterable = try operation(.or)
      var conditions: [Expression] = []
      while take(.if) { conditions.append(try operation(.or)) }
      clauses.append(
        ComprehensionClause(target: target, iterable: iterable, conditions: conditions)
      )
    }
    return clauses
  }

  /// Refuses `*a` as the element of a comprehension.
  mutating func refuseStarred(_ element: Expression) throws(ParseFailure) {
    guard case .starred = element.kind else { return }
    if isDiagnosing {
      let clauses = try attempt { (parser) throws(ParseFailure) in
        try parser.comprehensionClauses()
      }
      if clauses != nil {
        throw error("iterable unpacking cannot be used in comprehension", element.range)
      }
    }
    throw .mismatch
  }
}

extension Parser {
  /// The value of strings that stand side by side.
  private mutating func strings() throws(ParseFailure) -> Expression {
    let start = index
    while kind == .string { advance() }
    var isBytes = false
    var isFormatted = false
    for (place, token) in tokens[start..<index].enumerated() {
      let literal = StringLiteral(token, in: bytes)
      if place > 0, literal.isBytes != isBytes {
        throw errorAtLast("cannot mix bytes and nonbytes literals")
      }
      isBytes = literal.isBytes
      isFormatted = isFormatted || literal.isFormatted
    }
    if isBytes { return try bytesLiteral(from: start) }
    if isFormatted { return try formattedString(from: start) }
    var text = ""
    for token in tokens[start..<index] {
      let literal = StringLiteral(token, in: bytes)
      let part = try decoded { () throws(Escapes.Failure) in
        try Escapes.text(bytes[literal.content], isRaw: literal.isRaw)
      }
      if text.isEmpty { text = part } else { text += part }
    }
    return try expression(.constant(.string(text)), from: start)
  }

  private mutating func bytesLiteral(from start: Int) throws(ParseFailure) -> Expression {
    var value: [UInt8] = []
    for token in tokens[start..<index] {
      let literal = StringLiteral(token, in: bytes)
      let content = bytes[literal.content]
      if content.contains(where: { $0 >= 0x80 }) {
        throw error("bytes can only contain ASCII literal characters", range(token, token))
      }
      value += try decoded { () throws(Escapes.Failure) in
        try Escapes.bytes(content, isRaw: literal.isRaw)
      }
    }
    return try expression(.constant(.bytes(value)), from: start)
  }

  private mutating func formattedString(from start: Int) throws(ParseFailure) -> Expression {
    var parts: [FormattedPart] = []
    for token in tokens[start..<index] {
      let literal = StringLiteral(token, in: bytes)
      var added: [FormattedPart]
      if literal.isFormatted {
        added = try formattedParts(literal)
      } else {
        let text = try decoded { () throws(Escapes.Failure) in
          try Escapes.text(bytes[literal.content], isRaw: literal.isRaw)
        }
        added = text.isEmpty ? [] : [.literal(text)]
      }
      parts += added
    }
    return try expression(.formattedString(Self.joined(parts)), from: start)
  }

  /// Parts in which no literal follows a literal.
  static func joined(_ parts: [FormattedPart]) -> [FormattedPart] {
    var joined: [FormattedPart] = []
    for part in parts {
      if case .literal(let text) = part, case .literal(let before)? = joined.last {
        joined[joined.count - 1] = .literal(before + text)
      } else {
        joined.append(part)
      }
    }
    return joined
  }

  /// The value of a number.
  private func number(_ token: Token) throws(ParseFailure) -> Constant {
    let text = bytes[Int(token.start)..<Int(token.end)]
    let digits = text.contains(0x5F) ? text.filter { $0 != 0x5F }[...] : text
    if digits.first == 0x30, digits.count > 2 {
      switch digits[digits.startIndex + 1] | 0x20 {
      case UInt8(ascii: "x"): return Self.integer(digits.dropFirst(2), radix: 16)
      case UInt8(ascii: "o"): return Self.integer(digits.dropFirst(2), radix: 8)
      case UInt8(ascii: "b"): return Self.integer(digits.dropFirst(2), radix: 2)
      default: break
      }
    }
    if digits.allSatisfy(isDigit) {
      if digits.count > 4300 {
        throw errorAtLast(
          "Exceeds the limit (4300 digits) for integer string conversion: value has "
            + "\(digits.count) digits; use sys.set_int_max_str_digits() to increase the limit "
            + "- Consider hexadecimal for huge integer literals to avoid decimal conversion limits."
        )
      }
      return Self.integer(digits, radix: 10)
    }
    let isImaginary = (digits.last ?? 0) | 0x20 == UInt8(ascii: "j")
    let real = isImaginary ? digits.dropLast() : digits
    let value = Double(String(decoding: real, as: UTF8.self)) ?? .infinity
    return isImaginary ? .imaginary(value) : .float(value)
  }

  private static func integer(_ digits: ArraySlice<UInt8>, radix: Int) -> Constant {
    let text = String(decoding: digits, as: UTF8.self)
    guard let value = Int(text, radix: radix) else { return .bigInteger(text, radix: radix) }
    return .integer(value)
  }
}
