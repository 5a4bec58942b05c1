/// The methods and attributes of `object`.
extension Machine {
  static let objectRows: [BuiltinRow] = [
    BuiltinRow("__new__", keywords: true) { (machine, arguments) throws(PythonError) in
      try machine.newObject(arguments)
    },
    BuiltinRow("__init__", keywords: true) { (machine, arguments) throws(PythonError) in
      try machine.initializeObject(arguments)
    },
    BuiltinRow("__repr__", 0...0) { (machine, arguments) throws(PythonError) in
      machine.string(machine.defaultRepr(arguments[0]))
    },
    BuiltinRow("__str__", 0...0) { (machine, arguments) throws(PythonError) in
      machine.string(try machine.repr(arguments[0]))
    },
    BuiltinRow("__format__", 1...1) { (machine, arguments) throws(PythonError) in
      guard let spec = machine.text(arguments[1]) else {
        throw machine.typeError(
          "__format__() argument must be str, not \(machine.typeName(arguments[1]))"
        )
      }
      if !spec.isEmpty { throw machine.unsupportedFormat(arguments[0]) }
      return machine.string(try machine.str(arguments[0]))
    },
    BuiltinRow("__hash__", 0...0) { (machine, arguments) throws(PythonError) in
      .int(machine.identity(of: arguments[0]) >> 4)
    },
    BuiltinRow("__eq__", 1...1) { (machine, arguments) throws(PythonError) in
      arguments[0].isIdentical(to: arguments[1]) ? .bool(true) : .notImplemented
    },
    BuiltinRow("__ne__", 1...1) { (machine, arguments) throws(PythonError) in
      let equal = machine.type(of: arguments[0]).find(machine.names.dunderEq)
      let result = try machine.callMethod(equal, arguments[0], arguments[1])
      if case .notImplemented = result { return result }
      return .bool(!(try machine.isTrue(result)))
    },
    BuiltinRow("__getattribute__", 1...1) { (machine, arguments) throws(PythonError) in
      let name = try machine.attributeName(arguments[1])
      let value = arguments[0]
      let found = try machine.genericAttribute(value, machine.type(of: value), name)
      if found.isUnbound { throw machine.missingAttribute(value, name) }
      return found
    },
    BuiltinRow("__setattr__", 2...2) { (machine, arguments) throws(PythonError) in
      let name = try machine.attributeName(arguments[1])
      let value = arguments[0]
      try machine.plainSetAttribute(value, machine.type(of: value), name, arguments[2])
      return .none
    },
    BuiltinRow("__delattr__", 1...1) { (machine, arguments) throws(PythonError) in
      let name = try machine.attributeName(arguments[1])
      let value = arguments[0]
      try machine.plainSetAttribute(value, machine.type(of: value), name, .unbound)
      return .none
    },
    BuiltinRow("__dir__", 0...0) { (machine, arguments) throws(PythonError) in
      machine.list(machine.attributeNames(of: arguments[0]).map { machine.string($0) })
    },
    BuiltinRow("__init_subclass__", keywords: true, binding: .type) {
      (machine, arguments) throws(PythonError) in
      if !arguments.keywords.isEmpty {
        let name = arguments[0].object(TypeObject.self)?.qualifiedName ?? "object"
        throw machine.typeError("\(name).__init_subclass__() takes no keyword arguments")
      }
      return .none
    },
  ]

  static let objectAttributes: [AttributeRow] = [
    AttributeRow(
      "__class__",
      { (machine, value) throws(PythonError) in .object(machine.type(of: value)) },
      set: { (machine, value, new) throws(PythonError) in try machine.setClass(value, new) }
    ),
    AttributeRow(
      "__dict__",
      { (machine, value) throws(PythonError) in try machine.attributeDict(of: value) },
      set: { (machine, value, new) throws(PythonError) in
        try machine.setAttributeDict(of: value, new)
      }
    ),
    ownable("__doc__") { (_, _) in .none },
    ownable("__module__") { (machine, value) in
      machine.string(machine.type(of: value).module)
    },
  ]

  /// An attribute that instances with a `__dict__` may have of their own.
  private static func ownable(
    _ name: String,
    _ standard: @escaping @Sendable (Machine, Value) -> Value
  ) -> AttributeRow {
    AttributeRow(
      name,
      { (machine, value) throws(PythonError) in
        guard case .object(let object) = value else { return standard(machine, value) }
        return object.attributes?[machine.symbol(name)] ?? standard(machine, value)
      },
      set: { (machine, value, new) throws(PythonError) in
        guard case .object(let object) = value, object.type?.allowsAttributes ?? false else {
          throw machine.missingAttribute(value, machine.symbol(name))
        }
        let attributes = object.attributes ?? AttributeTable()
        attributes[machine.symbol(name)] = new
        object.attributes = attributes
      }
    )
  }

  /// The symbol of an attribute's name given as a string.
  func attributeName(_ value: Value) throws(PythonError) -> Symbol {
    guard let name = text(value) else {
      throw typeError("attribute name must be string, not '\(typeName(value))'")
    }
    return symbols.symbol(name)
  }

  /// The names that `dir` lists, sorted.
  func attributeNames(of value: Value) -> [String] {
    var found: Set<Symbol> = []
    if case .object(let object) = value {
      for key in object.attributes?.keys ?? [] { found.insert(key) }
      if object is ModuleObject { return found.map { symbols.name($0) }.sorted() }
      if let type = object as? TypeObject {
        for type in type.linearization { found.formUnion(type.members.keys) }
        return found.map { symbols.name($0) }.sorted()
      }
    }
    for type in type(of: value).linearization { found.formUnion(type.members.keys) }
    return found.map { symbols.name($0) }.sorted()
  }

  private func newObject(_ arguments: Arguments) throws(PythonError) -> Value {
    guard arguments.positionalCount > 0 else {
      throw typeError("object.__new__(): not enough arguments")
    }
    guard let type = arguments[0].object(TypeObject.self) else {
      throw typeError(
        "object.__new__(X): X is not a type object (\(typeName(arguments[0])))"
      )
    }
    if arguments.values.count > 1 {
      var new = type.find(names.dunderNew)
      if let wrapper = new.object(MethodWrapper.self) { new = wrapper.function }
      if !new.isIdentical(to: objectNew) {
        throw typeError(
          "object.__new__() takes exactly one argument (the type to instantiate)"
        )
      }
      if type.find(names.dunderInit).isIdentical(to: objectInit) {
        throw typeError("\(type.name)() takes no arguments")
      }
    }
    return try allocate(type)
  }

  private func initializeObject(_ arguments: Arguments) throws(PythonError) -> Value {
    guard arguments.values.count > 1 else { return .none }
    let type = type(of: arguments[0])
    if !type.find(names.dunderInit).isIdentical(to: objectInit) {
      throw typeError(
        "object.__init__() takes exactly one argument (the instance to initialize)"
      )
    }
    var new = type.find(names.dunderNew)
    if let wrapper = new.object(MethodWrapper.self) { new = wrapper.function }
    if new.isIdentical(to: objectNew) {
      throw typeError(
        "\(type.name).__init__() takes exactly one argument (the instance to initialize)"
      )
    }
    return .none
  }

  private func setClass(_ value: Value, _ new: Value) throws(PythonError) {
    guard let type = new.object(TypeObject.self) else {
      throw typeError(
        "__class__ must be set to a class, not '\(typeName(new))' object"
      )
    }
    guard case .object(let object) = value, let old = object.type, old.isUserDefined,
      type.isUserDefined, old.layout == type.layout
    else {
      throw typeError(
        "__class__ assignment only supported for mutable types or ModuleType subclasses"
      )
    }
    object.type = type
  }
}
