extension Compiler {
  /// A call whose callable, or the receiver of whose method, is on the stack.
  func finishCall(
    _ call: Expression,
    _ function: Expression,
    _ arguments: [Expression],
    _ keywords: [Keyword]
  ) throws(PythonSyntaxError) {
    warnAboutCall(function)
    var range = call.range
    if case .attribute(let receiver, let name) = function.kind {
      range = lineOfMethod(call, function, receiver, name)
      unit.emit(.loadMethod, attribute(name), at: range)
    } else {
      unit.emit(.pushUnbound, at: range)
    }
    try finishCall(arguments, keywords, at: range)
  }

  /// The range of a method call, which in a call over several lines starts at the method's name.
  private func lineOfMethod(
    _ call: Expression,
    _ function: Expression,
    _ receiver: Expression,
    _ name: String
  ) -> SourceRange {
    let end = function.range.end
    guard function.range.start.line != end.line else { return call.range }
    let width = name.utf8.count
    return SourceRange(
      start: SourcePosition(
        line: end.line,
        column: end.column - width,
        offset: end.offset - width
      ),
      end: call.range.end
    )
  }

  /// The arguments and the call itself, callable and receiver being on the stack.
  func finishCall(
    _ arguments: [Expression],
    _ keywords: [Keyword],
    at range: SourceRange,
    given: Int = 0
  ) throws(PythonSyntaxError) {
    try refuseRepeated(keywords)
    let isSpread =
      keywords.contains { $0.name == nil } || arguments.contains(where: \.isStarred)
    if isSpread { return try spreadCall(arguments, keywords, at: range, given: given) }
    for argument in arguments { try value(argument) }
    for keyword in keywords { try value(keyword.value) }
    var names = 0
    if !keywords.isEmpty {
      names = keywordIndex(keywords.map { symbol($0.name ?? "") })
    }
    unit.emit(.call, given + arguments.count + keywords.count, b: names, at: range)
  }

  private func refuseRepeated(_ keywords: [Keyword]) throws(PythonSyntaxError) {
    for (place, keyword) in keywords.enumerated() {
      guard let name = keyword.name else { continue }
      if name == "__debug__" { throw source.error("cannot assign to __debug__", keyword.range) }
      for later in keywords.dropFirst(place + 1) where later.name == name {
        throw source.error("keyword argument repeated: \(name)", later.range)
      }
    }
  }

  /// A call with `*` or `**`: a list of the positional arguments, a dict of the others.
  private func spreadCall(
    _ arguments: [Expression],
    _ keywords: [Keyword],
    at range: SourceRange,
    given: Int
  ) throws(PythonSyntaxError) {
    if given == 0, arguments.count == 1, case .starred(let only) = arguments[0].kind {
      try value(only)
    } else {
      try unpackedList(arguments, at: range, given: given)
    }
    if keywords.isEmpty {
      unit.emit(.pushUnbound, at: range)
    } else {
      try keywordDictionary(keywords, at: range)
    }
    unit.emit(.callSpread, at: range)
  }

  /// The named arguments as a dict; a repeated name is an error at run time.
  private func keywordDictionary(
    _ keywords: [Keyword],
    at range: SourceRange
  ) throws(PythonSyntaxError) {
    var rest = keywords[...]
    var hasDictionary = false
    while let first = rest.first {
      if first.name == nil {
        if !hasDictionary { unit.emit(.buildDict, 0, at: range) }
        try value(first.value)
        unit.emit(.dictMerge, 1, at: range)
        rest.removeFirst()
      } else {
        let run = rest.prefix { $0.name != nil }
        for keyword in run {
          loadConstant(.string(unit.scope.mangled(keyword.name ?? "")), at: keyword.range)
          try value(keyword.value)
        }
        unit.emit(.buildDict, run.count, at: range)
        if hasDictionary { unit.emit(.dictMerge, 1, at: range) }
        rest.removeFirst(run.count)
      }
      hasDictionary = true
    }
  }
}

extension Expression {
  /// Whether the expression is `*x`.
  var isStarred: Bool {
    if case .starred = kind { return true }
    return false
  }

  /// The literal that the expression is.
  var constant: Constant? {
    if case .constant(let constant) = kind { return constant }
    return nil
  }
}
