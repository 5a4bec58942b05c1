/// The built-in functions about objects, their attributes and their text.
enum ObjectFunctions {
  static let rows: [BuiltinRow] = [
    BuiltinRow("isinstance", 2...2) { (machine, a) throws(PythonError) in
      .bool(try machine.isInstance(a[0], of: a[1]))
    },
    BuiltinRow("issubclass", 2...2) { (machine, a) throws(PythonError) in
      .bool(try machine.isSubclass(a[0], of: a[1]))
    },
    BuiltinRow("callable", 1...1) { (machine, a) throws(PythonError) in
      .bool(machine.isCallable(a[0]))
    },
    BuiltinRow("getattr", 2...3) { (machine, a) throws(PythonError) in
      let name = try name(a[1], "getattr", machine)
      guard let standard = a.optional(2) else { return try machine.attribute(a[0], name) }
      return try machine.attributeIfAny(a[0], name) ?? standard
    },
    BuiltinRow("hasattr", 2...2) { (machine, a) throws(PythonError) in
      let name = try name(a[1], "hasattr", machine)
      return .bool(try machine.attributeIfAny(a[0], name) != nil)
    },
    BuiltinRow("setattr", 3...3) { (machine, a) throws(PythonError) in
      try machine.setAttribute(a[0], name(a[1], "setattr", machine), a[2])
      return .none
    },
    BuiltinRow("delattr", 2...2) { (machine, a) throws(PythonError) in
      try machine.deleteAttribute(a[0], name(a[1], "delattr", machine))
      return .none
    },
    BuiltinRow("id", 1...1) { (machine, a) throws(PythonError) in
      .int(machine.identity(of: a[0]))
    },
    BuiltinRow("hash", 1...1) { (machine, a) throws(PythonError) in
      .int(try machine.hash(a[0]))
    },
    BuiltinRow("repr", 1...1) { (machine, a) throws(PythonError) in
      machine.string(try machine.repr(a[0]))
    },
    BuiltinRow("ascii", 1...1) { (machine, a) throws(PythonError) in
      machine.string(try machine.ascii(a[0]))
    },
    BuiltinRow("format", 1...2) { (machine, a) throws(PythonError) in
      var spec = ""
      if let value = a.optional(1) {
        spec = try machine.requireText(value, "format() argument 2 must be str, not ")
      }
      return machine.string(try machine.format(a[0], spec: spec))
    },
    BuiltinRow("print", keywords: true, print),
  ]

  /// The functions that a script must not have: they reach files, or run text as code.
  static let unsupported: [BuiltinRow] = [
    "open", "exec", "__import__", "eval", "compile", "input", "breakpoint", "memoryview", "help",
    "aiter",
    "anext",
  ].map { name in
    BuiltinRow(name, keywords: true) { (machine, _) throws(PythonError) in
      throw machine.notSupported("\(name)()")
    }
  }

  private static func name(
    _ value: Value,
    _ function: String,
    _ machine: Machine
  ) throws(PythonError) -> Symbol {
    if let text = machine.text(value) { return machine.symbol(text) }
    if function == "getattr" || function == "hasattr" || function == "setattr"
      || function == "delattr"
    {
      throw machine.typeError("attribute name must be string, not '\(machine.typeName(value))'")
    }
    throw machine.typeError("\(function)(): attribute name must be string")
  }

  private static func print(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    var separator = " "
    var end = "\n"
    var file = Value.none
    for (i, symbol) in a.keywords.enumerated() {
      let value = a.values[a.positionalCount + i]
      switch symbol {
      case machine.names.sep:
        if !value.isNone {
          separator = try machine.requireText(value, "sep must be None or a string, not ")
        }
      case machine.names.end:
        if !value.isNone {
          end = try machine.requireText(value, "end must be None or a string, not ")
        }
      case machine.names.file: file = value
      case machine.names.flush: _ = try machine.isTrue(value)
      default:
        throw machine.typeError(
          "'\(machine.symbols.name(symbol))' is an invalid keyword argument for print()"
        )
      }
    }
    var text = ""
    for i in 0..<a.positionalCount {
      if i > 0 { text += separator }
      text += try machine.str(a[i])
    }
    text += end
    try machine.write(text, to: file.isNone ? machine.standardOutput : file)
    return .none
  }
}

extension Machine {
  /// What `print` writes to: `sys.stdout`, which a script may have replaced; None for the host itself.
  var standardOutput: Value {
    guard let sys = modules["sys"] else { return .none }
    return sys.attributes?[symbol("stdout")] ?? .none
  }

  /// Writes `text` to a file object, or to the host's output for None.
  func write(_ text: String, to file: Value) throws(PythonError) {
    if file.isNone {
      host.write(text)
    } else if let stream = file.object(StreamObject.self) {
      stream.write(text, host)
    } else {
      _ = try call(try attribute(file, symbol("write")), [string(text)])
    }
  }

  /// Whether a value can be called.
  func isCallable(_ value: Value) -> Bool {
    !type(of: value).find(names.dunderCall).isUnbound
      || value.object(FunctionObject.self) != nil || value.object(BuiltinFunction.self) != nil
      || value.object(BoundMethod.self) != nil || value.object(TypeObject.self) != nil
  }
}

/// `sys.stdout` or `sys.stderr`.
final class StreamObject: Object {
  /// Whether it is `sys.stderr`.
  let isError: Bool

  init(isError: Bool, type: TypeObject?) {
    self.isError = isError
    super.init(type: type)
  }

  /// Hands `text` to the host.
  func write(_ text: String, _ host: any Host) {
    if isError { host.writeError(text) } else { host.write(text) }
  }
}
