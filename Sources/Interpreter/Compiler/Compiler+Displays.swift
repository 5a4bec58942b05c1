extension Compiler {
  /// The elements that are pushed before a display is built; a longer one grows piece by piece.
  private static let pieceLimit = 30

  /// Pushes a tuple.
  func tuple(_ elements: [Expression], at range: SourceRange) throws(PythonSyntaxError) {
    if let value = constantTuple(elements) {
      return unit.emit(.loadConstant, unit.constant(value), at: range)
    }
    if elements.count > Self.pieceLimit || elements.contains(where: \.isStarred) {
      try unpackedList(elements, at: range)
      return unit.emit(.listToTuple, at: range)
    }
    for element in elements { try value(element) }
    unit.emit(.buildTuple, elements.count, at: range)
  }

  /// Pushes a list.
  func list(_ elements: [Expression], at range: SourceRange) throws(PythonSyntaxError) {
    if elements.count > 2, let value = constantTuple(elements) {
      unit.emit(.buildList, 0, at: range)
      unit.emit(.loadConstant, unit.constant(value), at: range)
      return unit.emit(.listExtend, 1, at: range)
    }
    if elements.count > Self.pieceLimit || elements.contains(where: \.isStarred) {
      return try unpackedList(elements, at: range)
    }
    for element in elements { try value(element) }
    unit.emit(.buildList, elements.count, at: range)
  }

  /// Pushes a set.
  func set(_ elements: [Expression], at range: SourceRange) throws(PythonSyntaxError) {
    let start = elements.prefix(Self.pieceLimit).prefix { !$0.isStarred }
    for element in start { try value(element) }
    // CPython makes a set of three or more constants from a frozenset.
    let isConstant =
      start.count > 2 && start.count == elements.count && constantTuple(elements) != nil
    unit.emit(.buildSet, start.count, b: isConstant ? 1 : 0, at: range)
    for element in elements.dropFirst(start.count) {
      if case .starred(let iterable) = element.kind {
        try value(iterable)
        unit.emit(.setUpdate, 1, at: range)
      } else {
        try value(element)
        unit.emit(.setAdd, 1, at: range)
      }
    }
  }

  /// Pushes a list of elements some of which are unpacked; `given` more are on the stack.
  func unpackedList(
    _ elements: [Expression],
    at range: SourceRange,
    given: Int = 0
  ) throws(PythonSyntaxError) {
    let start = elements.prefix(Self.pieceLimit).prefix { !$0.isStarred }
    for element in start { try value(element) }
    unit.emit(.buildList, given + start.count, at: range)
    for element in elements.dropFirst(start.count) {
      if case .starred(let iterable) = element.kind {
        try value(iterable)
        unit.emit(.listExtend, 1, at: range)
      } else {
        try value(element)
        unit.emit(.listAppend, 1, at: range)
      }
    }
  }

  /// Pushes a dictionary.
  func dictionary(_ items: [DictionaryItem], at range: SourceRange) throws(PythonSyntaxError) {
    var rest = items[...]
    var hasDictionary = false
    while let first = rest.first {
      if first.key == nil {
        if !hasDictionary { unit.emit(.buildDict, 0, at: range) }
        try value(first.value)
        unit.emit(.dictUpdate, 1, at: range)
        rest.removeFirst()
      } else {
        let run = rest.prefix(Self.pieceLimit).prefix { $0.key != nil }
        for item in run {
          if let key = item.key { try value(key) }
          try value(item.value)
          if hasDictionary { unit.emit(.dictSet, 1, at: range) }
        }
        if !hasDictionary { unit.emit(.buildDict, run.count, at: range) }
        rest.removeFirst(run.count)
      }
      hasDictionary = true
    }
    if !hasDictionary { unit.emit(.buildDict, 0, at: range) }
  }

  /// The tuple of elements that are all constants.
  private func constantTuple(_ elements: [Expression]) -> Value? {
    var items: [Value] = []
    for element in elements {
      guard let item = constantValue(element) else { return nil }
      items.append(item)
    }
    return machine.tuple(items)
  }

  private func constantValue(_ element: Expression) -> Value? {
    switch element.kind {
    case .constant(.imaginary): nil
    case .constant(let constant): value(constant)
    case .unary(.minus, let operand):
      switch operand.constant {
      case .integer(let number)?: .int(-number)
      case .float(let number)?: .float(-number)
      default: nil
      }
    case .tuple(let inner): constantTuple(inner)
    default: nil
    }
  }
}

// Comprehensions.
extension Compiler {
  /// Pushes the result of a comprehension, which is a function called with the outermost iterator.
  func comprehension(
    _ parts: Comprehension,
    at range: SourceRange
  ) throws(PythonSyntaxError) {
    guard let first = parts.clauses.first else { return }
    let scope = scope(at: range)
    let code = try body(scope, at: range) { () throws(PythonSyntaxError) in
      unit.code.parameters.positional = 1
      try comprehensionBody(parts, at: range)
    }
    makeFunction(code, scope, at: range)
    unit.emit(.pushUnbound, at: range)
    try value(first.iterable)
    unit.emit(.getIterator, at: range)
    unit.emit(.call, 1, at: range)
  }

  private func comprehensionBody(
    _ parts: Comprehension,
    at range: SourceRange
  ) throws(PythonSyntaxError) {
    switch parts.form {
    case .list: unit.emit(.buildList, 0, at: range)
    case .set: unit.emit(.buildSet, 0, at: range)
    case .dictionary: unit.emit(.buildDict, 0, at: range)
    case .generator: break
    }
    var loops: [(head: CodeUnit.Label, end: CodeUnit.Label)] = []
    for (place, clause) in parts.clauses.enumerated() {
      if place == 0 {
        load(".0", at: range)
      } else {
        try value(clause.iterable)
        unit.emit(.getIterator, at: clause.iterable.range)
      }
      let loop = (head: unit.label(), end: unit.label())
      loops.append(loop)
      unit.place(loop.head)
      unit.jump(.forIterate, to: loop.end, at: clause.iterable.range)
      try store(clause.target)
      for condition in clause.conditions { try jump(to: loop.head, if: condition, is: false) }
    }
    try comprehensionElement(parts, loops.count, at: range)
    while let loop = loops.popLast() {
      unit.emit(.pulse, at: range)
      unit.jump(.jump, to: loop.head, at: range)
      unit.place(loop.end)
    }
    if parts.form != .generator { unit.emit(.returnValue, at: range) }
  }

  private func comprehensionElement(
    _ parts: Comprehension,
    _ loops: Int,
    at range: SourceRange
  ) throws(PythonSyntaxError) {
    try value(parts.element)
    switch parts.form {
    case .list: unit.emit(.listAppend, loops + 1, at: parts.element.range)
    case .set: unit.emit(.setAdd, loops + 1, at: parts.element.range)
    case .dictionary:
      if let mapped = parts.value { try value(mapped) }
      unit.emit(.dictSet, loops + 1, at: parts.element.range)
    case .generator:
      unit.emit(.yieldValue, at: parts.element.range)
      unit.emit(.pop, at: parts.element.range)
    }
  }
}
