/// The built-in functions about names in scope.
enum ScopeFunctions {
  static let rows: [BuiltinRow] = [
    BuiltinRow("globals", 0...0) { (machine, _) throws(PythonError) in
      guard let frame = machine.frame else { return try machine.dict([(Value, Value)]()) }
      return .object(
        NamespaceDict(frame.pointee.function.globals, type: machine.namespaceDictType)
      )
    },
    BuiltinRow("locals", 0...0) { (machine, _) throws(PythonError) in
      try locals(machine)
    },
    BuiltinRow("vars", 0...1) { (machine, a) throws(PythonError) in
      guard let object = a.optional(0) else { return try locals(machine) }
      guard let dict = try machine.attributeIfAny(object, machine.names.dunderDict) else {
        throw machine.typeError("vars() argument must have __dict__ attribute")
      }
      return dict
    },
    BuiltinRow("dir", 0...1) { (machine, a) throws(PythonError) in
      if let object = a.optional(0) {
        let method = machine.type(of: object).find(machine.names.dunderDir)
        let names: [Value]
        if object.object(TypeObject.self) != nil || method.isUnbound {
          names = machine.attributeNames(of: object).map(machine.string)
        } else {
          names = try machine.items(try machine.callMethod(method, object))
        }
        var sorting = Sorting(machine)
        return machine.list(try sorting.sorted(names, key: .none, reverse: false))
      }
      var names: [String] = []
      for key in try machine.items(try locals(machine)) { names.append(machine.text(key) ?? "") }
      return machine.list(names.sorted { $0.precedes($1) }.map(machine.string))
    },
  ]

  private static func locals(_ machine: Machine) throws(PythonError) -> Value {
    guard let frame = machine.frame else { return try machine.dict([(Value, Value)]()) }
    let code = frame.pointee.code
    if let names = frame.pointee.classNames {
      return .object(AttributeDict(names, type: machine.attributeDictType))
    }
    if code.kind == .module {
      return .object(
        NamespaceDict(frame.pointee.function.globals, type: machine.namespaceDictType)
      )
    }
    var pairs: [(Symbol, Value)] = []
    var slot = 0
    func add(_ name: Symbol) {
      var value = frame.pointee.locals[slot]
      if let cell = value.object(CellObject.self) { value = cell.value }
      slot += 1
      if value.isUnbound || pairs.contains(where: { $0.0 == name }) { return }
      if machine.symbols.name(name).hasPrefix(".") { return }
      pairs.append((name, value))
    }
    for name in code.localNames { add(name) }
    for cell in code.cells { add(cell.name) }
    for name in code.freeNames { add(name) }
    return try machine.dict(pairs)
  }
}

/// Python's `globals()`: a dict that reads and writes the live variables of a module.
final class NamespaceDict: Object {
  /// The variables.
  let namespace: Namespace

  init(_ namespace: Namespace, type: TypeObject?) {
    self.namespace = namespace
    super.init(type: type)
  }

  /// The methods: reading ones work on a copy, writing ones on the variables.
  static let rows: [BuiltinRow] =
    [
      "__len__", "__iter__", "__contains__", "__repr__", "__eq__", "__ne__", "__or__",
      "__reversed__", "keys", "values", "items", "copy",
    ].map(reading)
    + [
      BuiltinRow("__getitem__", 1...1) { (machine, a) throws(PythonError) in
        if let value = try value(machine, a) { return value }
        throw machine.keyError(a[1])
      },
      BuiltinRow("get", 1...2) { (machine, a) throws(PythonError) in
        try value(machine, a) ?? a.optional(2) ?? .none
      },
      BuiltinRow("setdefault", 1...2) { (machine, a) throws(PythonError) in
        if let value = try value(machine, a) { return value }
        let standard = a.optional(2) ?? .none
        try machine.receiver(a, NamespaceDict.self).namespace[machine.attributeName(a[1])] =
          standard
        return standard
      },
      BuiltinRow("__setitem__", 2...2) { (machine, a) throws(PythonError) in
        try machine.receiver(a, NamespaceDict.self).namespace[machine.attributeName(a[1])] = a[2]
        return .none
      },
      BuiltinRow("__delitem__", 1...1) { (machine, a) throws(PythonError) in
        guard try value(machine, a) != nil else { throw machine.keyError(a[1]) }
        try machine.receiver(a, NamespaceDict.self).namespace[machine.attributeName(a[1])] = nil
        return .none
      },
      BuiltinRow("pop", 1...2) { (machine, a) throws(PythonError) in
        guard let value = try value(machine, a) else {
          if let standard = a.optional(2) { return standard }
          throw machine.keyError(a[1])
        }
        try machine.receiver(a, NamespaceDict.self).namespace[machine.attributeName(a[1])] = nil
        return value
      },
      BuiltinRow("update", keywords: true) { (machine, a) throws(PythonError) in
        let namespace = try machine.receiver(a, NamespaceDict.self).namespace
        let source = DictObject(type: machine.types.dict)
        try DictType.fill(source, a, "update", machine)
        for entry in source.table.entries where !entry.key.isUnbound {
          namespace[try machine.attributeName(entry.key)] = entry.value
        }
        return .none
      },
    ]

  private static func value(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value? {
    guard let name = machine.text(a[1]) else { return nil }
    return try machine.receiver(a, NamespaceDict.self).namespace[machine.symbol(name)]
  }

  private static func reading(_ name: String) -> BuiltinRow {
    BuiltinRow(name, 0...1) { (machine, a) throws(PythonError) in
      let bindings = try machine.receiver(a, NamespaceDict.self).namespace.bindings
      let copy = try machine.dict(bindings.map { ($0.name, $0.value) })
      let method = machine.types.dict.find(machine.symbol(name))
      return try machine.callMethod(method, copy, a.positional(from: 1))
    }
  }
}
