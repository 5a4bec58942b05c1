/// The methods and attributes of generators.
extension Machine {
  static let generatorRows: [BuiltinRow] = [
    BuiltinRow("__iter__", 0...0) { (_, arguments) throws(PythonError) in arguments[0] },
    BuiltinRow("__next__", 0...0) { (machine, arguments) throws(PythonError) in
      try machine.resume(arguments[0]) { (generator) throws(PythonError) in
        try generator.send(.none)
      }
    },
    BuiltinRow("send", 1...1) { (machine, arguments) throws(PythonError) in
      let value = arguments[1]
      return try machine.resume(arguments[0]) { (generator) throws(PythonError) in
        try generator.send(value)
      }
    },
    BuiltinRow("throw", 1...3) { (machine, arguments) throws(PythonError) in
      let exception = try machine.thrown(arguments)
      return try machine.resume(arguments[0]) { (generator) throws(PythonError) in
        try generator.throw(exception)
      }
    },
    BuiltinRow("close", 0...0) { (machine, arguments) throws(PythonError) in
      try arguments[0].object(GeneratorObject.self)?.close()
      return .none
    },
    BuiltinRow("__repr__", 0...0) { (machine, arguments) throws(PythonError) in
      let name = arguments[0].object(GeneratorObject.self)?.qualifiedName ?? ""
      return machine.string("<generator object \(name) at \(machine.address(of: arguments[0]))>")
    },
  ]

  static let generatorAttributes: [AttributeRow] = [
    AttributeRow("__name__") { (machine, value) throws(PythonError) in
      machine.string(value.object(GeneratorObject.self)?.name ?? "")
    },
    AttributeRow("__qualname__") { (machine, value) throws(PythonError) in
      machine.string(value.object(GeneratorObject.self)?.qualifiedName ?? "")
    },
    AttributeRow("gi_running") { (_, value) throws(PythonError) in
      .bool(value.object(GeneratorObject.self)?.state == .running)
    },
  ]

  private func resume(
    _ value: Value,
    _ step: (GeneratorObject) throws(PythonError) -> Value?
  ) throws(PythonError) -> Value {
    guard let generator = value.object(GeneratorObject.self) else { return .none }
    if let yielded = try step(generator) { return yielded }
    let result = generator.result
    generator.result = .none
    throw stopIteration(result)
  }

  /// The exception of `throw(exception)` or `throw(type, value)`.
  private func thrown(_ arguments: Arguments) throws(PythonError) -> ExceptionObject {
    let message = "exceptions must be classes or instances deriving from BaseException, not "
    if arguments[1].object(TypeObject.self) != nil, let value = arguments.optional(2),
      !value.isNone
    {
      if let exception = value.object(ExceptionObject.self) { return exception }
      return try exception(try call(arguments[1], [value]), message + typeName(arguments[1]))
    }
    return try exception(arguments[1], message + typeName(arguments[1]))
  }
}
