/// The attributes of functions and methods.
extension Machine {
  static let functionAttributes: [AttributeRow] = [
    AttributeRow(
      "__name__",
      of { (machine, function) in machine.string(function.name) },
      set: { (machine, value, new) throws(PythonError) in
        guard let text = machine.text(new) else {
          throw machine.typeError("__name__ must be set to a string object")
        }
        value.object(FunctionObject.self)?.name = text
      }
    ),
    AttributeRow(
      "__qualname__",
      of { (machine, function) in machine.string(function.qualifiedName) },
      set: { (machine, value, new) throws(PythonError) in
        guard let text = machine.text(new) else {
          throw machine.typeError("__qualname__ must be set to a string object")
        }
        value.object(FunctionObject.self)?.qualifiedName = text
      }
    ),
    AttributeRow(
      "__module__",
      of { (machine, function) in machine.string(function.module) },
      set: { (machine, value, new) throws(PythonError) in
        value.object(FunctionObject.self)?.module = machine.text(new) ?? "__main__"
      }
    ),
    AttributeRow(
      "__doc__",
      of { (_, function) in function.documentation },
      set: { (_, value, new) throws(PythonError) in
        value.object(FunctionObject.self)?.documentation = new.isUnbound ? .none : new
      }
    ),
    AttributeRow(
      "__defaults__",
      of { (machine, function) in
        function.defaults.isEmpty ? .none : machine.tuple(function.defaults)
      },
      set: { (machine, value, new) throws(PythonError) in
        value.object(FunctionObject.self)?.defaults =
          new.object(TupleObject.self)?.items ?? []
      }
    ),
    AttributeRow("__kwdefaults__") { (machine, value) throws(PythonError) in
      let defaults = value.object(FunctionObject.self)?.keywordDefaults ?? []
      if defaults.isEmpty { return .none }
      return try machine.dict(defaults.map { ($0.name, $0.value) })
    },
    AttributeRow(
      "__annotations__",
      { (machine, value) throws(PythonError) in
        guard case .object(let object) = value else { return .none }
        if let own = object.attributes?[machine.names.dunderAnnotations] { return own }
        return try machine.dict([(Value, Value)]())
      },
      set: { (machine, value, new) throws(PythonError) in
        guard case .object(let object) = value else { return }
        let table = object.attributes ?? AttributeTable()
        table[machine.names.dunderAnnotations] = new
        object.attributes = table
      }
    ),
    AttributeRow("__closure__") { (machine, value) throws(PythonError) in
      let closure = value.object(FunctionObject.self)?.closure ?? []
      return closure.isEmpty ? .none : machine.tuple(closure.map { .object($0) })
    },
    AttributeRow("__code__") { (machine, value) throws(PythonError) in
      guard let function = value.object(FunctionObject.self) else { return .none }
      return .object(CodeObject(function.code, type: machine.types.code))
    },
  ]

  private static func of(
    _ get: @escaping @Sendable (Machine, FunctionObject) -> Value
  ) -> AttributeRow.Get {
    { (machine, value) throws(PythonError) in
      guard let function = value.object(FunctionObject.self) else { return .none }
      return get(machine, function)
    }
  }

  static let functionRows: [BuiltinRow] = [
    BuiltinRow("__call__", keywords: true) { (machine, arguments) throws(PythonError) in
      try machine.forwardCall(arguments[0], arguments)
    },
    BuiltinRow("__get__", 1...2) { (machine, arguments) throws(PythonError) in
      if arguments[1].isNone { return arguments[0] }
      return .object(
        BoundMethod(
          function: arguments[0],
          receiver: arguments[1],
          type: machine.types.method
        )
      )
    },
    BuiltinRow("__repr__", 0...0) { (machine, arguments) throws(PythonError) in
      let name = arguments[0].object(FunctionObject.self)?.qualifiedName ?? ""
      return machine.string("<function \(name) at \(machine.address(of: arguments[0]))>")
    },
  ]

  static let methodAttributes: [AttributeRow] =
    ["__name__", "__qualname__", "__module__", "__doc__"].map { name in
      AttributeRow(name) { (machine, value) throws(PythonError) in
        let function = value.object(BoundMethod.self)?.function ?? Value.none
        return try machine.attribute(function, machine.symbol(name))
      }
    } + [
      AttributeRow("__self__") { (_, value) throws(PythonError) in
        value.object(BoundMethod.self)?.receiver ?? .none
      },
      AttributeRow("__func__") { (_, value) throws(PythonError) in
        value.object(BoundMethod.self)?.function ?? .none
      },
    ]

  static let methodRows: [BuiltinRow] = [
    BuiltinRow("__call__", keywords: true) { (machine, arguments) throws(PythonError) in
      try machine.forwardCall(arguments[0], arguments)
    },
    BuiltinRow("__eq__", 1...1) { (machine, arguments) throws(PythonError) in
      guard let a = arguments[0].object(BoundMethod.self),
        let b = arguments[1].object(BoundMethod.self)
      else { return .notImplemented }
      return .bool(
        a.function.isIdentical(to: b.function) && a.receiver.isIdentical(to: b.receiver)
      )
    },
    BuiltinRow("__hash__", 0...0) { (machine, arguments) throws(PythonError) in
      guard let method = arguments[0].object(BoundMethod.self) else { return .int(0) }
      return .int(
        machine.identity(of: method.function) >> 4 ^ machine.identity(of: method.receiver)
      )
    },
    BuiltinRow("__repr__", 0...0) { (machine, arguments) throws(PythonError) in
      guard let method = arguments[0].object(BoundMethod.self) else { return .none }
      if let builtin = method.function.object(BuiltinFunction.self) {
        return machine.string(
          "<built-in method \(builtin.row.name) of \(machine.typeName(method.receiver)) object at "
            + "\(machine.address(of: method.receiver))>"
        )
      }
      let name =
        method.function.object(FunctionObject.self)?.qualifiedName
        ?? machine.typeName(method.function)
      return machine.string("<bound method \(name) of \(try machine.repr(method.receiver))>")
    },
  ]

  static let builtinAttributes: [AttributeRow] = [
    AttributeRow("__name__") { (machine, value) throws(PythonError) in
      machine.string(machine.builtin(value)?.row.name ?? "")
    },
    AttributeRow("__qualname__") { (machine, value) throws(PythonError) in
      machine.string(machine.builtin(value).map { machine.qualifiedName($0) } ?? "")
    },
    AttributeRow("__module__") { (machine, value) throws(PythonError) in
      guard let builtin = machine.builtin(value), builtin.owner == nil else { return .none }
      return machine.string(builtin.module)
    },
    AttributeRow("__self__") { (machine, value) throws(PythonError) in
      value.object(BoundMethod.self)?.receiver ?? .none
    },
    AttributeRow("__objclass__") { (machine, value) throws(PythonError) in
      machine.builtin(value)?.owner.map { .object($0) } ?? .none
    },
    AttributeRow("__doc__") { (machine, value) throws(PythonError) in .none },
  ]

  static let builtinRows: [BuiltinRow] = [
    BuiltinRow("__call__", keywords: true) { (machine, arguments) throws(PythonError) in
      try machine.forwardCall(arguments[0], arguments)
    },
    BuiltinRow("__get__", 1...2) { (machine, arguments) throws(PythonError) in
      if arguments[1].isNone { return arguments[0] }
      return try machine.bind(
        arguments[0],
        to: arguments[1],
        machine.type(of: arguments[1])
      )
    },
    BuiltinRow("__repr__", 0...0) { (machine, arguments) throws(PythonError) in
      guard let builtin = machine.builtin(arguments[0]) else { return .none }
      if let method = arguments[0].object(BoundMethod.self) {
        return machine.string(
          "<built-in method \(builtin.row.name) of \(machine.typeName(method.receiver)) object at "
            + "\(machine.address(of: method.receiver))>"
        )
      }
      if let owner = builtin.owner, builtin.type === machine.types.methodDescriptor {
        let kind = builtin.row.name.hasPrefix("__") ? "slot wrapper" : "method"
        return machine.string("<\(kind) '\(builtin.row.name)' of '\(owner.name)' objects>")
      }
      return machine.string("<built-in function \(builtin.row.name)>")
    },
    BuiltinRow("__eq__", 1...1) { (machine, arguments) throws(PythonError) in
      if arguments[0].isIdentical(to: arguments[1]) { return .bool(true) }
      guard let a = arguments[0].object(BoundMethod.self),
        let b = arguments[1].object(BoundMethod.self)
      else { return .notImplemented }
      return .bool(
        a.function.isIdentical(to: b.function) && a.receiver.isIdentical(to: b.receiver)
      )
    },
    BuiltinRow("__hash__", 0...0) { (machine, arguments) throws(PythonError) in
      guard let method = arguments[0].object(BoundMethod.self) else {
        return .int(machine.identity(of: arguments[0]) >> 4)
      }
      return .int(
        machine.identity(of: method.function) >> 4 ^ machine.identity(of: method.receiver)
      )
    },
  ]

  /// The built-in function that `value` is or is bound from.
  func builtin(_ value: Value) -> BuiltinFunction? {
    value.object(BuiltinFunction.self)
      ?? value.object(BoundMethod.self)?.function.object(BuiltinFunction.self)
  }

  /// Calls `callable` with the arguments after the first.
  func forwardCall(_ callable: Value, _ arguments: Arguments) throws(PythonError) -> Value {
    var keywords: [(Symbol, Value)] = []
    for (i, keyword) in arguments.keywords.enumerated() {
      keywords.append((keyword, arguments.values[arguments.positionalCount + i]))
    }
    try enterCall()
    defer { leaveCall() }
    return try call(callable, arguments.positional(from: 1), keywords: keywords)
  }
}

/// The `__code__` of a function.
final class CodeObject: Object {
  let code: Code

  init(_ code: Code, type: TypeObject?) {
    self.code = code
    super.init(type: type)
  }
}

extension Machine {
  static let codeAttributes: [AttributeRow] = [
    AttributeRow("co_name") { (machine, value) throws(PythonError) in
      machine.string(value.object(CodeObject.self)?.code.name ?? "")
    },
    AttributeRow("co_argcount") { (_, value) throws(PythonError) in
      .int(value.object(CodeObject.self)?.code.parameters.positional ?? 0)
    },
    AttributeRow("co_varnames") { (machine, value) throws(PythonError) in
      let names = value.object(CodeObject.self)?.code.localNames ?? []
      return machine.tuple(names.map { machine.string(machine.symbols.name($0)) })
    },
    AttributeRow("co_filename") { (machine, value) throws(PythonError) in
      machine.string(value.object(CodeObject.self)?.code.source.name ?? "")
    },
    AttributeRow("co_firstlineno") { (_, value) throws(PythonError) in
      .int(value.object(CodeObject.self)?.code.firstLine ?? 0)
    },
  ]

  static let cellAttributes: [AttributeRow] = [
    AttributeRow("cell_contents") { (machine, value) throws(PythonError) in
      guard let cell = value.object(CellObject.self), !cell.value.isUnbound else {
        throw machine.valueError("Cell is empty")
      }
      return cell.value
    }
  ]
}
