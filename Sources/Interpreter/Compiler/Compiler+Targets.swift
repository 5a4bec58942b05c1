extension Compiler {
  /// Pops the value on the stack into a target.
  func store(_ target: Expression) throws(PythonSyntaxError) {
    switch target.kind {
    case .name(let name): try store(name, at: target.range)
    case .attribute(let object, let name):
      try value(object)
      unit.emit(.storeAttribute, attribute(name), at: target.range)
    case .subscription(let container, let place):
      try value(container)
      try value(place)
      unit.emit(.storeSubscript, at: target.range)
    case .tuple(let elements), .list(let elements): try unpack(elements, at: target.range)
    case .starred:
      throw source.error("starred assignment target must be in a list or tuple", target.range)
    default: throw source.error("cannot assign to \(target.description)", target.range)
    }
  }

  private func unpack(
    _ elements: [Expression],
    at range: SourceRange
  ) throws(PythonSyntaxError) {
    let stars = elements.indices.filter { elements[$0].isStarred }
    if stars.count > 1 {
      throw source.error("multiple starred expressions in assignment", range)
    }
    if let star = stars.first {
      let after = elements.count - star - 1
      if star > 255 || after > Int(UInt16.max) {
        throw source.error("too many expressions in star-unpacking assignment", range)
      }
      unit.emit(.unpackStarred, star, b: after, at: range)
    } else {
      unit.emit(.unpackSequence, elements.count, at: range)
    }
    for element in elements {
      if case .starred(let rest) = element.kind { try store(rest) } else { try store(element) }
    }
  }

  /// Deletes a target.
  func delete(_ target: Expression) throws(PythonSyntaxError) {
    switch target.kind {
    case .name(let name): try delete(name, at: target.range)
    case .attribute(let object, let name):
      try value(object)
      unit.emit(.deleteAttribute, attribute(name), at: target.range)
    case .subscription(let container, let place):
      try value(container)
      try value(place)
      unit.emit(.deleteSubscript, at: target.range)
    case .tuple(let elements), .list(let elements):
      for element in elements { try delete(element) }
    default: throw source.error("cannot delete \(target.description)", target.range)
    }
  }

  /// `target += value`.
  func augmentedAssign(
    _ target: Expression,
    _ name: BinaryOperator,
    _ operand: Expression,
    at range: SourceRange
  ) throws(PythonSyntaxError) {
    let operation = Int(name.rawValue)
    switch target.kind {
    case .attribute(let object, let attribute):
      try value(object)
      unit.emit(.copy, 1, at: target.range)
      unit.emit(.loadAttribute, self.attribute(attribute), at: target.range)
      try value(operand)
      unit.emit(.binary, operation, b: 1, at: range)
      unit.emit(.swap, 2, at: target.range)
      unit.emit(.storeAttribute, self.attribute(attribute), at: target.range)
    case .subscription(let container, let place):
      try value(container)
      try value(place)
      unit.emit(.copy, 2, at: target.range)
      unit.emit(.copy, 2, at: target.range)
      unit.emit(.loadSubscript, at: target.range)
      try value(operand)
      unit.emit(.binary, operation, b: 1, at: range)
      unit.emit(.swap, 3, at: target.range)
      unit.emit(.swap, 2, at: target.range)
      unit.emit(.storeSubscript, at: target.range)
    default:
      try value(target)
      try value(operand)
      unit.emit(.binary, operation, b: 1, at: range)
      try store(target)
    }
  }

  /// `target: annotation = value`.
  func annotatedAssign(
    _ target: Expression,
    _ annotation: Expression,
    _ assigned: Expression?,
    _ isSimple: Bool,
    at range: SourceRange
  ) throws(PythonSyntaxError) {
    if let assigned {
      try value(assigned)
      try store(target)
    }
    let keepsAnnotations = unit.scope.kind == .module || unit.scope.kind == .classBody
    switch target.kind {
    case .name(let name) where isSimple && keepsAnnotations:
      try self.annotation(annotation)
      load("__annotations__", at: range)
      loadConstant(.string(unit.scope.mangled(name)), at: range)
      return unit.emit(.storeSubscript, at: range)
    case .attribute(let object, _) where assigned == nil: try evaluate(object)
    case .subscription(let container, let place) where assigned == nil:
      try evaluate(container)
      try evaluate(place)
    default: break
    }
    if !isSimple, keepsAnnotations, !postponesAnnotations { try evaluate(annotation) }
  }

  /// Pushes an annotation, or its text where annotations are postponed.
  private func annotation(_ annotation: Expression) throws(PythonSyntaxError) {
    if postponesAnnotations {
      loadConstant(.string(source.text(annotation.range)), at: annotation.range)
    } else {
      try value(annotation)
    }
  }

  /// Evaluates an expression for its effect.
  func evaluate(_ expression: Expression) throws(PythonSyntaxError) {
    try value(expression)
    unit.emit(.pop, at: expression.range)
  }

  /// Makes `__annotations__` at the start of a body that has annotated names.
  func startAnnotations(at range: SourceRange) {
    guard unit.scope.hasAnnotations else { return }
    unit.scope.note("__annotations__", [.read, .bound])
    unit.scope.storage["__annotations__"] = unit.scope.kind == .module ? .global : .name
    unit.emit(.buildDict, 0, at: range)
    let symbol = machine.symbol("__annotations__")
    if unit.scope.kind == .module {
      unit.emit(.storeGlobal, globals.slot(symbol), at: range)
    } else {
      unit.emit(.storeName, Int(symbol.number), at: range)
    }
  }
}
