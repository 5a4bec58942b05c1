/// The methods and attributes of `type`.
extension Machine {
  static let typeRows: [BuiltinRow] = [
    BuiltinRow("__new__", keywords: true) { (machine, arguments) throws(PythonError) in
      try machine.newType(arguments)
    },
    BuiltinRow("__init__", keywords: true) { (_, _) throws(PythonError) in .none },
    BuiltinRow("__call__", keywords: true) { (machine, arguments) throws(PythonError) in
      try machine.callType(arguments)
    },
    BuiltinRow("__repr__", 0...0) { (machine, arguments) throws(PythonError) in
      guard let type = arguments[0].object(TypeObject.self) else { return .none }
      return machine.string("<class '\(machine.qualifiedName(type))'>")
    },
    BuiltinRow("__or__", 1...1) { (machine, arguments) throws(PythonError) in
      try GenericAliasObject.union(machine, arguments[0], arguments[1])
    },
    BuiltinRow("__ror__", 1...1) { (machine, arguments) throws(PythonError) in
      try GenericAliasObject.union(machine, arguments[1], arguments[0])
    },
    BuiltinRow("mro", 0...0) { (machine, arguments) throws(PythonError) in
      machine.list(
        (arguments[0].object(TypeObject.self)?.linearization ?? []).map { .object($0) }
      )
    },
    BuiltinRow("__subclasses__", 0...0) { (machine, arguments) throws(PythonError) in
      machine.list(
        (arguments[0].object(TypeObject.self)?.liveSubclasses ?? []).map { .object($0) }
      )
    },
    BuiltinRow("__instancecheck__", 1...1) { (machine, arguments) throws(PythonError) in
      guard let type = arguments[0].object(TypeObject.self) else { return .bool(false) }
      return .bool(machine.type(of: arguments[1]).isSubtype(of: type))
    },
    BuiltinRow("__subclasscheck__", 1...1) { (machine, arguments) throws(PythonError) in
      guard let type = arguments[0].object(TypeObject.self),
        let other = arguments[1].object(TypeObject.self)
      else { return .bool(false) }
      return .bool(other.isSubtype(of: type))
    },
  ]

  static let typeAttributes: [AttributeRow] = [
    AttributeRow(
      "__name__",
      reading { (machine, type) in machine.string(type.name) },
      set: { (machine, value, new) throws(PythonError) in
        guard let text = machine.text(new) else {
          throw machine.typeError(
            "can only assign string to type.__name__, not '\(machine.typeName(new))'"
          )
        }
        value.object(TypeObject.self)?.name = text
      }
    ),
    AttributeRow(
      "__qualname__",
      reading { (machine, type) in machine.string(type.qualifiedName) },
      set: { (machine, value, new) throws(PythonError) in
        value.object(TypeObject.self)?.qualifiedName = machine.text(new) ?? ""
      }
    ),
    AttributeRow(
      "__module__",
      reading { (machine, type) in
        type.members[machine.names.dunderModule] ?? machine.string(type.module)
      },
      set: { (machine, value, new) throws(PythonError) in
        guard let type = value.object(TypeObject.self) else { return }
        type.members[machine.names.dunderModule] = new
        if let text = machine.text(new) { type.module = text }
      }
    ),
    AttributeRow(
      "__doc__",
      reading { (machine, type) in
        let own = type.members[machine.names.dunderDoc] ?? .none
        return own.object(GetSetObject.self) == nil ? own : .none
      },
      set: { (machine, value, new) throws(PythonError) in
        value.object(TypeObject.self)?.members[machine.names.dunderDoc] = new
      }
    ),
    AttributeRow("__mro__", reading { $0.tuple($1.linearization.map { .object($0) }) }),
    AttributeRow("__bases__", reading { $0.tuple($1.bases.map { .object($0) }) }),
    AttributeRow("__base__", reading { $1.bases.first.map { .object($0) } ?? .none }),
    AttributeRow("__dict__") { (machine, value) throws(PythonError) in
      guard let type = value.object(TypeObject.self) else { return .none }
      return .object(AttributeDict(type.members, type: machine.typeDictType))
    },
    AttributeRow(
      "__annotations__",
      { (machine, value) throws(PythonError) in
        guard let type = value.object(TypeObject.self) else { return .none }
        if let own = type.members[machine.names.dunderAnnotations] { return own }
        let made = try machine.dict([(Value, Value)]())
        type.members[machine.names.dunderAnnotations] = made
        return made
      },
      set: { (machine, value, new) throws(PythonError) in
        value.object(TypeObject.self)?.members[machine.names.dunderAnnotations] = new
      }
    ),
  ]

  private static func reading(
    _ get: @escaping @Sendable (Machine, TypeObject) -> Value
  ) -> AttributeRow.Get {
    { (machine, value) throws(PythonError) in
      guard let type = value.object(TypeObject.self) else { return .none }
      return get(machine, type)
    }
  }

  /// `type(name, bases, namespace)`, also called by metaclasses.
  private func newType(_ arguments: Arguments) throws(PythonError) -> Value {
    if arguments.positionalCount == 2, arguments.keywords.isEmpty {
      return .object(type(of: arguments[1]))
    }
    guard arguments.positionalCount == 4 else {
      throw typeError("type() takes 1 or 3 arguments")
    }
    guard let meta = arguments[0].object(TypeObject.self) else {
      throw typeError("type.__new__(X): X is not a type object")
    }
    guard let name = text(arguments[1]) else {
      throw typeError("type.__new__() argument 1 must be str, not \(typeName(arguments[1]))")
    }
    guard let bases = arguments[2].object(TupleObject.self) else {
      throw typeError("type.__new__() argument 2 must be tuple, not \(typeName(arguments[2]))")
    }
    guard let pairs = try pairs(of: arguments[3]) else {
      throw typeError("type.__new__() argument 3 must be dict, not \(typeName(arguments[3]))")
    }
    let namespace = AttributeTable()
    for (key, value) in pairs { namespace[try attributeName(key)] = value }
    var keywords: [(Symbol, Value)] = []
    for (i, keyword) in arguments.keywords.enumerated() where keyword != names.metaclass {
      keywords.append((keyword, arguments.values[arguments.positionalCount + i]))
    }
    return .object(
      try makeType(name, bases.items, namespace, keywords: keywords, metatype: meta)
    )
  }

  private func callType(_ arguments: Arguments) throws(PythonError) -> Value {
    guard let type = arguments[0].object(TypeObject.self) else { return .none }
    let count = arguments.values.count - 1
    let base = stack.reserve(count + 2)
    base.initialize(to: .object(type))
    (base + 1).initialize(to: .unbound)
    for i in 0..<count { (base + 2 + i).initialize(to: arguments.values[i + 1]) }
    defer { stack.release(base, initialized: count + 2, reserved: count + 2) }
    return try makeInstance(type, base, count, arguments.keywords)
  }
}
