extension Compiler {
  /// `def`.
  func function(
    _ definition: FunctionDefinition,
    at range: SourceRange
  ) throws(PythonSyntaxError) {
    let head = head(range, to: definition.nameRange)
    mark(head, isSimple: false)
    try decorators(definition.decorators)
    let flags = try defaults(definition.parameters, at: head)
    try annotations(definition)
    let scope = scope(at: range)
    let code = try body(scope, at: range) { () throws(PythonSyntaxError) in
      unit.code.parameters = definition.parameters.counts
      unit.code.documentation = definition.body.documentation
      try statements(definition.body)
    }
    makeFunction(code, scope, flags: flags, at: head)
    applyDecorators(definition.decorators)
    try store(definition.name, at: definition.nameRange)
  }

  /// `lambda`.
  func lambda(
    _ parameters: Parameters,
    _ result: Expression,
    at range: SourceRange
  ) throws(PythonSyntaxError) {
    let flags = try defaults(parameters, at: range)
    let scope = scope(at: range)
    let code = try body(scope, at: range) { () throws(PythonSyntaxError) in
      unit.code.parameters = parameters.counts
      try value(result)
      unit.emit(.returnValue, at: result.range)
    }
    makeFunction(code, scope, flags: flags, at: range)
  }

  /// `class`.
  func classDefinition(
    _ definition: ClassDefinition,
    at range: SourceRange
  ) throws(PythonSyntaxError) {
    let head = head(range, to: definition.nameRange)
    mark(head, isSimple: false)
    try decorators(definition.decorators)
    unit.emit(.loadBuildClass, at: head)
    unit.emit(.pushUnbound, at: head)
    let scope = scope(at: range)
    let code = try body(scope, at: range) { () throws(PythonSyntaxError) in
      unit.code.documentation = definition.body.documentation
      startAnnotations(at: head)
      try statements(definition.body)
    }
    makeFunction(code, scope, at: head)
    loadConstant(.string(definition.name), at: head)
    try finishCall(definition.bases, definition.keywords, at: head, given: 2)
    applyDecorators(definition.decorators)
    try store(definition.name, at: definition.nameRange)
  }

  /// Pushes decorators, each ready to be called.
  private func decorators(_ decorators: [Expression]) throws(PythonSyntaxError) {
    for decorator in decorators {
      try value(decorator)
      unit.emit(.pushUnbound, at: decorator.range)
    }
  }

  /// Calls the decorators on the stack, the last one first.
  private func applyDecorators(_ decorators: [Expression]) {
    for decorator in decorators.reversed() { unit.emit(.call, 1, at: decorator.range) }
  }

  /// Pushes the defaults of parameters; the flags of ``Opcode/makeFunction`` say which there are.
  private func defaults(
    _ parameters: Parameters,
    at range: SourceRange
  ) throws(PythonSyntaxError) -> Int {
    var flags = 0
    let positional = parameters.positionalOnly + parameters.positional
    let values = positional.compactMap(\.defaultValue)
    if !values.isEmpty {
      try tuple(values, at: range)
      flags |= 1
    }
    let named = parameters.keywordOnly.filter { $0.defaultValue != nil }
    for parameter in named {
      guard let defaultValue = parameter.defaultValue else { continue }
      loadConstant(.string(unit.scope.mangled(parameter.name)), at: parameter.range)
      try value(defaultValue)
    }
    if !named.isEmpty {
      unit.emit(.buildDict, named.count, at: range)
      flags |= 2
    }
    return flags
  }

  /// Evaluates the annotations of a function for their errors; the machine does not keep them.
  private func annotations(_ definition: FunctionDefinition) throws(PythonSyntaxError) {
    guard !postponesAnnotations else { return }
    var annotations = definition.parameters.inSlotOrder.compactMap(\.annotation)
    if let returns = definition.returns { annotations.append(returns) }
    for annotation in annotations where annotation.constant == nil {
      if case .starred(let value) = annotation.kind {
        try evaluate(value)
      } else {
        try evaluate(annotation)
      }
    }
  }
}

extension Parameters {
  /// How many parameters of which kind.
  fileprivate var counts: Code.Parameters {
    var counts = Code.Parameters()
    counts.positionalOnly = positionalOnly.count
    counts.positional = positionalOnly.count + positional.count
    counts.keywordOnly = keywordOnly.count
    counts.hasRest = variadic != nil
    counts.hasKeywordRest = keywordVariadic != nil
    return counts
  }
}
