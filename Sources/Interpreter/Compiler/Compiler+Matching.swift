extension Compiler {
  /// `match`, with patterns that compare, capture or choose; others are not supported.
  func matchStatement(
    _ subject: Expression,
    _ cases: [MatchCase],
    at range: SourceRange
  ) throws(PythonSyntaxError) {
    mark(head(range, to: subject.range), isSimple: false)
    try value(subject)
    let end = unit.label()
    for (place, matchCase) in cases.enumerated() {
      try check(
        matchCase.pattern,
        allowsAnything: place == cases.count - 1 || matchCase.condition != nil
      )
      let next = unit.label()
      let place = matchCase.pattern.range
      mark(place, isSimple: false)
      unit.emit(.copy, 1, at: place)
      try test(matchCase.pattern, failing: next)
      if let condition = matchCase.condition {
        try jump(to: next, if: condition, is: false)
      }
      unit.emit(.pop, at: place)
      try statements(matchCase.body)
      unit.jump(.jump, to: end, at: place)
      unit.place(next)
    }
    unit.emit(.pop, at: range)
    unit.place(end)
  }

  /// Pops a value and jumps where it does not match.
  private func test(
    _ pattern: Pattern,
    failing label: CodeUnit.Label
  ) throws(PythonSyntaxError) {
    let range = pattern.range
    switch pattern.kind {
    case .value(let expected):
      try value(expected)
      unit.emit(.compare, Int(ComparisonOperator.equal.rawValue), at: range)
      unit.jump(.popJumpIfFalse, to: label, at: range)
    case .singleton(let constant):
      loadConstant(constant, at: range)
      unit.emit(.compare, Int(ComparisonOperator.is.rawValue), at: range)
      unit.jump(.popJumpIfFalse, to: label, at: range)
    case .capture(nil, let name): try bind(name, at: range)
    case .capture(let inner?, let name):
      let mismatch = unit.label()
      let matched = unit.label()
      unit.emit(.copy, 1, at: range)
      try test(inner, failing: mismatch)
      try bind(name, at: range)
      unit.jump(.jump, to: matched, at: range)
      unit.place(mismatch)
      unit.emit(.pop, at: range)
      unit.jump(.jump, to: label, at: range)
      unit.place(matched)
    case .or(let alternatives): try test(alternatives, failing: label, at: range)
    case .sequence, .star: throw notSupported("sequence pattern", range)
    case .mapping: throw notSupported("mapping pattern", range)
    case .class: throw notSupported("class pattern", range)
    }
  }

  private func test(
    _ alternatives: [Pattern],
    failing label: CodeUnit.Label,
    at range: SourceRange
  ) throws(PythonSyntaxError) {
    let matched = unit.label()
    for alternative in alternatives {
      let next = unit.label()
      unit.emit(.copy, 1, at: range)
      try test(alternative, failing: next)
      unit.emit(.pop, at: range)
      unit.jump(.jump, to: matched, at: range)
      unit.place(next)
    }
    unit.emit(.pop, at: range)
    unit.jump(.jump, to: label, at: range)
    unit.place(matched)
  }

  private func bind(_ name: String?, at range: SourceRange) throws(PythonSyntaxError) {
    if let name { try store(name, at: range) } else { unit.emit(.pop, at: range) }
  }

  private func check(_ pattern: Pattern, allowsAnything: Bool) throws(PythonSyntaxError) {
    var names: [String] = []
    try check(pattern, allowsAnything, &names)
  }

  /// Refuses what CPython's compiler does: a pattern that matches everything before others, names bound twice.
  private func check(
    _ pattern: Pattern,
    _ allowsAnything: Bool,
    _ names: inout [String]
  ) throws(PythonSyntaxError) {
    switch pattern.kind {
    case .value(let value):
      guard case .formattedString = value.kind else { return }
      throw source.error(
        "patterns may only match literals and attribute lookups",
        pattern.range
      )
    case .capture(let inner, let name):
      if let inner {
        try check(inner, allowsAnything, &names)
      } else if !allowsAnything {
        let what = name.map { "name capture '\($0)'" } ?? "wildcard"
        throw source.error("\(what) makes remaining patterns unreachable", pattern.range)
      }
      guard let name else { return }
      if names.contains(name) {
        throw source.error("multiple assignments to name '\(name)' in pattern", pattern.range)
      }
      names.append(name)
    case .or(let alternatives):
      var bound: Set<String>?
      let before = names
      for (place, alternative) in alternatives.enumerated() {
        var inner = before
        let isLast = place == alternatives.count - 1
        try check(alternative, isLast && allowsAnything, &inner)
        let found = Set(inner.dropFirst(before.count))
        if let bound, bound != found {
          throw source.error("alternative patterns bind different names", pattern.range)
        }
        bound = found
        names = inner
      }
    default: break
    }
  }
}
