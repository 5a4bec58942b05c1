extension Compiler {
  /// Pushes the value of an expression.
  func value(_ expression: Expression) throws(PythonSyntaxError) {
    switch expression.kind {
    case .name(let name): load(name, at: expression.range)
    case .constant(let constant): try literal(constant, at: expression.range)
    case .binary, .attribute, .subscription, .call: try chain(expression)
    default: try part(expression)
    }
  }

  /// A chain that leans to the left, such as `a + b + c` or `a.b().c`, without recursion along it.
  private func chain(_ expression: Expression) throws(PythonSyntaxError) {
    var links: [Expression] = []
    var current = expression
    walk: while true {
      switch current.kind {
      case .binary(let left, _, _):
        links.append(current)
        current = left
      case .attribute(let value, _), .subscription(let value, _):
        links.append(current)
        current = value
      case .call(let function, _, _):
        links.append(current)
        current = receiver(of: function) ?? function
      default: break walk
      }
    }
    try value(current)
    while let link = links.popLast() { try finish(link) }
  }

  /// The object of a method call, `x` in `x.f()`.
  func receiver(of function: Expression) -> Expression? {
    guard case .attribute(let value, _) = function.kind else { return nil }
    return value
  }

  /// What follows the leftmost part of a link of a chain.
  private func finish(_ link: Expression) throws(PythonSyntaxError) {
    switch link.kind {
    case .binary(_, let name, let right):
      try value(right)
      unit.emit(.binary, Int(name.rawValue), at: link.range)
    case .attribute(_, let name): unit.emit(.loadAttribute, attribute(name), at: link.range)
    case .subscription(let container, let place):
      warnAboutSubscript(container, place, at: link.range)
      try value(place)
      unit.emit(.loadSubscript, at: link.range)
    case .call(let function, let arguments, let keywords):
      try finishCall(link, function, arguments, keywords)
    default: break
    }
  }

  private func literal(_ constant: Constant, at range: SourceRange) throws(PythonSyntaxError) {
    switch constant {
    case .imaginary: throw notSupported("complex number", range)
    default: loadConstant(constant, at: range)
    }
  }

  private func part(_ expression: Expression) throws(PythonSyntaxError) {
    let range = expression.range
    switch expression.kind {
    case .formattedString(let parts): try formattedString(parts, at: range)
    case .slice(let lower, let upper, let step): try slice(lower, upper, step, at: range)
    case .unary(let name, let operand): try unary(name, operand, at: range)
    case .boolean(let name, let values): try boolean(name, values, at: range)
    case .comparison(let first, let rest): try comparison(first, rest, at: range)
    case .conditional(let test, let yes, let no): try conditional(test, yes, no, at: range)
    case .lambda(let parameters, let body): try lambda(parameters, body, at: range)
    case .namedExpression(let target, let assigned):
      try value(assigned)
      unit.emit(.copy, 1, at: range)
      try store(target)
    case .tuple(let elements): try tuple(elements, at: range)
    case .list(let elements): try list(elements, at: range)
    case .set(let elements): try set(elements, at: range)
    case .dictionary(let items): try dictionary(items, at: range)
    case .comprehension(let parts): try comprehension(parts, at: range)
    case .starred: throw source.error("can't use starred expression here", range)
    case .yield(let yielded):
      try checkYield(range)
      if let yielded { try value(yielded) } else { loadConstant(.none, at: range) }
      unit.emit(.yieldValue, at: range)
    case .yieldFrom(let iterable):
      try checkYield(range)
      try value(iterable)
      unit.emit(.getIterator, at: range)
      loadConstant(.none, at: range)
      unit.emit(.yieldFrom, at: range)
    case .await: throw notSupported("await", range)
    case .name, .constant, .binary, .attribute, .subscription, .call: break
    }
  }

  private func checkYield(_ range: SourceRange) throws(PythonSyntaxError) {
    if !unit.scope.isFunction { throw source.error("'yield' outside function", range) }
  }

  private func slice(
    _ lower: Expression?,
    _ upper: Expression?,
    _ step: Expression?,
    at range: SourceRange
  ) throws(PythonSyntaxError) {
    for bound in [lower, upper] {
      if let bound { try value(bound) } else { loadConstant(.none, at: range) }
    }
    if let step { try value(step) }
    unit.emit(.buildSlice, step == nil ? 2 : 3, at: range)
  }

  private func unary(
    _ name: UnaryOperator,
    _ operand: Expression,
    at range: SourceRange
  ) throws(PythonSyntaxError) {
    if name == .minus, case .constant(let constant) = operand.kind,
      let negative = constant.negative
    {
      return unit.emit(.loadConstant, unit.constant(negative), at: range)
    }
    // Signs may stand in a long row.
    var signs = [(name, range)]
    var inner = operand
    while case .unary(let next, let value) = inner.kind {
      signs.append((next, inner.range))
      inner = value
    }
    try value(inner)
    while let (sign, range) = signs.popLast() {
      unit.emit(.unary, Int(sign.rawValue), at: range)
    }
  }

  private func boolean(
    _ name: BooleanOperator,
    _ values: [Expression],
    at range: SourceRange
  ) throws(PythonSyntaxError) {
    let end = unit.label()
    for (place, operand) in values.enumerated() {
      try value(operand)
      if place < values.count - 1 {
        unit.jump(name == .and ? .jumpIfFalseOrPop : .jumpIfTrueOrPop, to: end, at: range)
      }
    }
    unit.place(end)
  }

  private func comparison(
    _ first: Expression,
    _ rest: [Comparison],
    at range: SourceRange
  ) throws(PythonSyntaxError) {
    warnAboutIdentity(first, rest, at: range)
    try value(first)
    let failed = unit.label()
    for (place, link) in rest.enumerated() {
      try value(link.operand)
      guard place < rest.count - 1 else {
        unit.emit(.compare, Int(link.comparator.rawValue), at: range)
        break
      }
      unit.emit(.swap, 2, at: range)
      unit.emit(.copy, 2, at: range)
      unit.emit(.compare, Int(link.comparator.rawValue), at: range)
      unit.jump(.jumpIfFalseOrPop, to: failed, at: range)
    }
    guard rest.count > 1 else { return }
    let end = unit.label()
    unit.jump(.jump, to: end, at: range)
    unit.place(failed)
    unit.emit(.swap, 2, at: range)
    unit.emit(.pop, at: range)
    unit.place(end)
  }

  private func conditional(
    _ test: Expression,
    _ yes: Expression,
    _ no: Expression,
    at range: SourceRange
  ) throws(PythonSyntaxError) {
    let otherwise = unit.label()
    let end = unit.label()
    try jump(to: otherwise, if: test, is: false)
    try value(yes)
    unit.jump(.jump, to: end, at: range)
    unit.place(otherwise)
    try value(no)
    unit.place(end)
  }
}

extension Constant {
  /// The number with the other sign, for numbers that have one.
  fileprivate var negative: Value? {
    switch self {
    case .integer(let value): .int(-value)
    case .float(let value): .float(-value)
    default: nil
    }
  }

  /// The truth of the value, known without running.
  var truth: Bool {
    switch self {
    case .none: false
    case .bool(let value): value
    case .ellipsis: true
    case .integer(let value): value != 0
    case .bigInteger: true
    case .float(let value): value != 0
    case .imaginary(let value): value != 0
    case .string(let text): !text.isEmpty
    case .bytes(let bytes): !bytes.isEmpty
    }
  }
}

// F-strings.
extension Compiler {
  /// Pushes the text of an f-string.
  private func formattedString(
    _ parts: [FormattedPart],
    at range: SourceRange
  ) throws(PythonSyntaxError) {
    for part in parts {
      switch part {
      case .literal(let text): loadConstant(.string(text), at: range)
      case .field(let field): try formattedField(field, at: range)
      }
    }
    if parts.isEmpty { return loadConstant(.string(""), at: range) }
    if parts.count > 1 { unit.emit(.buildString, parts.count, at: range) }
  }

  private func formattedField(
    _ field: FormattedField,
    at range: SourceRange
  ) throws(PythonSyntaxError) {
    try value(field.value)
    var flags =
      switch field.conversion {
      case nil: 0
      case .str: 1
      case .repr: 2
      case .ascii: 3
      }
    if let format = field.format {
      try formattedString(format, at: range)
      flags |= 4
    }
    unit.emit(.formatValue, b: flags, at: range)
  }
}

// Tests.
extension Compiler {
  /// Jumps where the truth of a test is `wanted`, and goes on where it is not.
  func jump(
    to label: CodeUnit.Label,
    if test: Expression,
    is wanted: Bool
  ) throws(PythonSyntaxError) {
    switch test.kind {
    case .unary(.not, let operand): return try jump(to: label, if: operand, is: !wanted)
    case .constant(let constant):
      if constant.truth == wanted { unit.jump(.jump, to: label, at: test.range) }
      return
    case .boolean(let name, let values):
      return try jump(to: label, if: values, name, is: wanted)
    case .conditional(let inner, let yes, let no):
      let otherwise = unit.label()
      let end = unit.label()
      try jump(to: otherwise, if: inner, is: false)
      try jump(to: label, if: yes, is: wanted)
      unit.jump(.jump, to: end, at: test.range)
      unit.place(otherwise)
      try jump(to: label, if: no, is: wanted)
      unit.place(end)
      return
    default: break
    }
    try value(test)
    unit.jump(wanted ? .popJumpIfTrue : .popJumpIfFalse, to: label, at: test.range)
  }

  private func jump(
    to label: CodeUnit.Label,
    if values: [Expression],
    _ name: BooleanOperator,
    is wanted: Bool
  ) throws(PythonSyntaxError) {
    // `and` is decided by the first false operand, `or` by the first true one.
    let deciding = name == .or
    let end = unit.label()
    for operand in values.dropLast() {
      try jump(to: deciding == wanted ? label : end, if: operand, is: deciding)
    }
    if let last = values.last { try jump(to: label, if: last, is: wanted) }
    unit.place(end)
  }
}
