/// The methods and attributes of exceptions.
extension Machine {
  static let exceptionRows: [BuiltinRow] = [
    BuiltinRow("__new__", keywords: true) { (machine, arguments) throws(PythonError) in
      let type = arguments[0].object(TypeObject.self) ?? machine.types.exception
      return .object(ExceptionObject(arguments.positional(from: 1), type: type))
    },
    BuiltinRow("__init__", keywords: true) { (machine, arguments) throws(PythonError) in
      try machine.initialize(exception: arguments)
    },
    BuiltinRow("__str__", 0...0) { (machine, arguments) throws(PythonError) in
      guard let exception = arguments[0].object(ExceptionObject.self) else { return .none }
      switch exception.arguments.count {
      case 0: return machine.string("")
      case 1: return machine.string(try machine.str(exception.arguments[0]))
      default: return machine.string(try machine.repr(machine.tuple(exception.arguments)))
      }
    },
    BuiltinRow("__repr__", 0...0) { (machine, arguments) throws(PythonError) in
      guard let exception = arguments[0].object(ExceptionObject.self) else { return .none }
      let name = machine.typeName(arguments[0])
      if exception.arguments.count == 1 {
        return machine.string("\(name)(\(try machine.repr(exception.arguments[0])))")
      }
      return machine.string(name + (try machine.repr(machine.tuple(exception.arguments))))
    },
    BuiltinRow("with_traceback", 1...1) { (machine, arguments) throws(PythonError) in
      if arguments[1].isNone { arguments[0].object(ExceptionObject.self)?.traceback = [] }
      return arguments[0]
    },
    BuiltinRow("add_note", 1...1) { (machine, arguments) throws(PythonError) in
      guard case .object(let object) = arguments[0] else { return .none }
      guard machine.text(arguments[1]) != nil else {
        throw machine.typeError("note must be a str, not '\(machine.typeName(arguments[1]))'")
      }
      let table = object.attributes ?? AttributeTable()
      object.attributes = table
      if let notes = table[machine.names.dunderNotes]?.object(ListObject.self) {
        notes.items.append(arguments[1])
      } else {
        table[machine.names.dunderNotes] = machine.list([arguments[1]])
      }
      return .none
    },
  ]

  static let exceptionAttributes: [AttributeRow] = [
    AttributeRow(
      "args",
      { (machine, value) throws(PythonError) in
        machine.tuple(value.object(ExceptionObject.self)?.arguments ?? [])
      },
      set: { (machine, value, new) throws(PythonError) in
        value.object(ExceptionObject.self)?.arguments = try machine.items(new)
      }
    ),
    AttributeRow(
      "__cause__",
      { (_, value) throws(PythonError) in
        value.object(ExceptionObject.self)?.cause.map { .object($0) } ?? .none
      },
      set: { (machine, value, new) throws(PythonError) in
        guard new.isNone || new.object(ExceptionObject.self) != nil else {
          throw machine.typeError("exception cause must be None or derive from BaseException")
        }
        value.object(ExceptionObject.self)?.cause = new.object(ExceptionObject.self)
        value.object(ExceptionObject.self)?.suppressesContext = true
      }
    ),
    AttributeRow(
      "__context__",
      { (_, value) throws(PythonError) in
        value.object(ExceptionObject.self)?.context.map { .object($0) } ?? .none
      },
      set: { (_, value, new) throws(PythonError) in
        value.object(ExceptionObject.self)?.context = new.object(ExceptionObject.self)
      }
    ),
    AttributeRow(
      "__suppress_context__",
      { (_, value) throws(PythonError) in
        .bool(value.object(ExceptionObject.self)?.suppressesContext ?? false)
      },
      set: { (machine, value, new) throws(PythonError) in
        value.object(ExceptionObject.self)?.suppressesContext = try machine.isTrue(new)
      }
    ),
    AttributeRow(
      "__traceback__",
      { (machine, value) throws(PythonError) in
        guard let exception = value.object(ExceptionObject.self) else { return .none }
        return machine.traceback(of: exception)
      },
      set: { (_, value, new) throws(PythonError) in
        if new.isNone { value.object(ExceptionObject.self)?.traceback = [] }
      }
    ),
  ]

  /// The attributes that classes of exceptions compute from their arguments.
  func installExceptions() {
    install(rows: Self.exceptionRows, in: types.baseException)
    install(attributes: Self.exceptionAttributes, in: types.baseException)
    install(rows: [Self.keyErrorText], in: types.keyError)
    install(attributes: [Self.firstArgument("value")], in: types.stopIteration)
    install(attributes: [Self.exitCode], in: types.systemExit)
    for type in [types.importError, types.syntaxError] {
      install(attributes: [Self.firstArgument("msg")], in: type)
    }
    let named = [types.nameError, types.attributeError, types.importError]
    for type in named { type.members[names.name] = Value.none }
    types.attributeError.members[names.obj] = Value.none
    types.importError.members[names.path] = Value.none
    for (i, name) in ["errno", "strerror", "filename"].enumerated() {
      install(attributes: [Self.argument(name, i, of: 2)], in: types.osError)
    }
    install(rows: [Self.osErrorText], in: types.osError)
    install(attributes: Self.tracebackAttributes, in: types.traceback)
  }

  /// Python's `e.__traceback__`.
  func traceback(of exception: ExceptionObject) -> Value {
    if exception.traceback.isEmpty { return .none }
    return .object(
      TracebackObject(exception, exception.traceback.count - 1, type: types.traceback)
    )
  }

  private func initialize(exception arguments: Arguments) throws(PythonError) -> Value {
    guard let exception = arguments[0].object(ExceptionObject.self), let type = exception.type
    else { return .none }
    exception.arguments = arguments.positional(from: 1)
    if arguments.keywords.isEmpty { return .none }
    var known: [Symbol] = []
    if type.isSubtype(of: types.attributeError) { known = [names.name, names.obj] }
    if type.isSubtype(of: types.nameError) { known = [names.name] }
    if type.isSubtype(of: types.importError) { known = [names.name, names.path] }
    for (i, keyword) in arguments.keywords.enumerated() {
      guard known.contains(keyword) else {
        if known.isEmpty { throw typeError("\(type.name)() takes no keyword arguments") }
        throw typeError(
          "'\(symbols.name(keyword))' is an invalid keyword argument for \(type.name)()"
        )
      }
      let table = exception.attributes ?? AttributeTable()
      table[keyword] = arguments.values[arguments.positionalCount + i]
      exception.attributes = table
    }
    return .none
  }

  private static func firstArgument(_ name: String) -> AttributeRow { argument(name, 0, of: 1) }

  private static func argument(_ name: String, _ index: Int, of least: Int) -> AttributeRow {
    AttributeRow(name) { (_, value) throws(PythonError) in
      let arguments = value.object(ExceptionObject.self)?.arguments ?? []
      return arguments.count >= least && index < arguments.count ? arguments[index] : .none
    }
  }

  private static let exitCode = AttributeRow("code") { (machine, value) throws(PythonError) in
    let arguments = value.object(ExceptionObject.self)?.arguments ?? []
    return arguments.count > 1 ? machine.tuple(arguments) : arguments.first ?? .none
  }

  private static let keyErrorText = BuiltinRow("__str__", 0...0) {
    (machine, arguments) throws(PythonError) in
    let values = arguments[0].object(ExceptionObject.self)?.arguments ?? []
    switch values.count {
    case 0: return machine.string("")
    case 1: return machine.string(try machine.repr(values[0]))
    default: return machine.string(try machine.repr(machine.tuple(values)))
    }
  }

  private static let osErrorText = BuiltinRow("__str__", 0...0) {
    (machine, arguments) throws(PythonError) in
    let values = arguments[0].object(ExceptionObject.self)?.arguments ?? []
    switch values.count {
    case 0: return machine.string("")
    case 1: return machine.string(try machine.str(values[0]))
    case 2, 3:
      var text = "[Errno \(try machine.str(values[0]))] \(try machine.str(values[1]))"
      if values.count == 3 { text += ": \(try machine.repr(values[2]))" }
      return machine.string(text)
    default: return machine.string(try machine.repr(machine.tuple(values)))
    }
  }

  private static let tracebackAttributes: [AttributeRow] = [
    AttributeRow("tb_lineno") { (_, value) throws(PythonError) in
      guard let traceback = value.object(TracebackObject.self) else { return .none }
      return .int(traceback.exception.traceback[traceback.position].range.start.line)
    },
    AttributeRow("tb_next") { (machine, value) throws(PythonError) in
      guard let traceback = value.object(TracebackObject.self), traceback.position > 0 else {
        return .none
      }
      return .object(
        TracebackObject(
          traceback.exception,
          traceback.position - 1,
          type: machine.types.traceback
        )
      )
    },
    AttributeRow("tb_frame") { (machine, _) throws(PythonError) in
      throw machine.notSupported("traceback.tb_frame")
    },
  ]
}

/// One entry of an exception's traceback as a Python object.
final class TracebackObject: Object {
  /// The exception.
  let exception: ExceptionObject
  /// The entry, an index into the exception's traceback.
  let position: Int

  init(_ exception: ExceptionObject, _ position: Int, type: TypeObject?) {
    self.exception = exception
    self.position = position
    super.init(type: type)
  }
}
