/// The module `_collections`: what `collections` has in Swift.
enum CollectionsModule {
  static let row = ModuleRow(name: "_collections") { (machine) throws(PythonError) in
    let deque = machine.makeType("deque", module: "collections", rows: DequeType.rows)
    deque.members[machine.names.dunderHash] = Value.none
    machine.install(attributes: DequeType.attributes, in: deque)
    let ordered = machine.makeType(
      "OrderedDict",
      module: "collections",
      base: machine.types.dict,
      layout: .dict,
      rows: orderedRows
    )
    ordered.allowsAttributes = true
    let defaults = machine.makeType(
      "defaultdict",
      module: "collections",
      base: machine.types.dict,
      layout: .dict,
      rows: defaultRows
    )
    defaults.allowsAttributes = true
    let getter = machine.makeType("_tuplegetter", module: "collections", rows: getterRows)
    return machine.module(
      "_collections",
      [],
      values: [
        ("_tuplegetter", .object(getter)), ("deque", .object(deque)),
        ("OrderedDict", .object(ordered)),
        ("defaultdict", .object(defaults)),
      ]
    )
  }
}

// MARK: - The fields of named tuples

/// The attribute of a named tuple: the item at a place.
private final class TupleGetter: Object {
  let place: Int
  let documentation: Value

  init(_ place: Int, _ documentation: Value, type: TypeObject?) {
    self.place = place
    self.documentation = documentation
    super.init(type: type)
  }
}

extension CollectionsModule {
  private static let getterRows: [BuiltinRow] = [
    BuiltinRow("__new__", 2...2) { (machine, a) throws(PythonError) in
      .object(TupleGetter(try machine.index(a[1]), a[2], type: a[0].object(TypeObject.self)))
    },
    BuiltinRow("__get__", 1...2) { (machine, a) throws(PythonError) in
      guard let tuple = a[1].object(TupleObject.self) else { return a[0] }
      let place = try machine.receiver(a, TupleGetter.self).place
      guard place < tuple.items.count else { throw machine.indexError("tuple index out of range") }
      return tuple.items[place]
    },
    BuiltinRow("__set__", 2...2) { (machine, _) throws(PythonError) in
      throw machine.attributeError("can't set attribute")
    },
    BuiltinRow("__delete__", 1...1) { (machine, _) throws(PythonError) in
      throw machine.attributeError("can't delete attribute")
    },
  ]
}

// MARK: - OrderedDict

extension CollectionsModule {
  private static let popSignature = Signature("popitem", ["last"])
  private static let moveSignature = Signature("move_to_end", ["key", "last"], required: 1)

  private static let orderedRows: [BuiltinRow] = [
    BuiltinRow("__repr__", 0...0) { (machine, a) throws(PythonError) in
      let dict: DictObject = try machine.receiver(a)
      let name = machine.typeName(a[0])
      if dict.table.count == 0 { return machine.string("\(name)()") }
      guard machine.enterRepr(dict) else { return machine.string("...") }
      defer { machine.leaveRepr(dict) }
      var pairs: [Value] = []
      for entry in dict.table.entries where !entry.key.isUnbound {
        pairs.append(machine.tuple([entry.key, entry.value]))
      }
      return machine.string("\(name)(\(try machine.repr(machine.list(pairs))))")
    },
    BuiltinRow("popitem", keywords: true) { (machine, a) throws(PythonError) in
      let dict: DictObject = try machine.receiver(a)
      let given = try popSignature.bind(a, skipping: 1, machine)
      let last = try given[0].map(machine, true)
      let place = last ? dict.table.previous(before: Int.max) : dict.table.next(from: 0)
      guard let place else { throw machine.keyError(machine.string("dictionary is empty")) }
      let entry = dict.table.remove(at: place)
      return machine.tuple([entry.key, entry.value])
    },
    BuiltinRow("move_to_end", keywords: true) { (machine, a) throws(PythonError) in
      let dict: DictObject = try machine.receiver(a)
      let given = try moveSignature.bind(a, skipping: 1, machine)
      let key = given[0] ?? .none
      let hash = try machine.keyHash(key)
      guard let place = try machine.place(of: key, hash: hash, in: dict) else {
        throw machine.keyError(key)
      }
      dict.table.move(from: place, toEnd: try given[1].map(machine, true))
      return .none
    },
    BuiltinRow("__eq__", 1...1) { (machine, a) throws(PythonError) in
      try equal(machine, a)
    },
    BuiltinRow("__ne__", 1...1) { (machine, a) throws(PythonError) in
      let result = try equal(machine, a)
      if case .bool(let truth) = result { return .bool(!truth) }
      return result
    },
    BuiltinRow("copy", 0...0) { (machine, a) throws(PythonError) in
      let dict: DictObject = try machine.receiver(a)
      let copy = DictObject(type: dict.type)
      copy.table = dict.table
      return .object(copy)
    },
    BuiltinRow("__or__", 1...1) { (machine, a) throws(PythonError) in
      guard let dict = a[0].object(DictObject.self), a[1].object(DictObject.self) != nil else {
        return .notImplemented
      }
      let result = DictObject(type: dict.type)
      result.table = dict.table
      try DictType.merge(a[1], into: result, machine)
      return .object(result)
    },
  ]

  /// Two ordered dicts are equal when their items are, in order.
  private static func equal(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let plain = machine.types.dict.find(machine.names.dunderEq)
    let same = try machine.callMethod(plain, a[0], a[1])
    guard case .bool(true) = same, let left = a[0].object(DictObject.self),
      let right = a[1].object(DictObject.self), let type = right.type,
      type !== machine.types.dict,
      !type.find(machine.symbol("move_to_end")).isUnbound
    else { return same }
    return .bool(try machine.areEqual(left.table.keys, right.table.keys))
  }
}

// MARK: - defaultdict

extension CollectionsModule {
  private static let defaultRows: [BuiltinRow] = [
    BuiltinRow("__init__", keywords: true) { (machine, a) throws(PythonError) in
      let dict: DictObject = try machine.receiver(a)
      let factory = a.optional(1) ?? .none
      guard factory.isNone || machine.isCallable(factory) else {
        throw machine.typeError("first argument must be callable or None")
      }
      try machine.setAttribute(a[0], machine.symbol("default_factory"), factory)
      if let source = a.optional(2) { try DictType.merge(source, into: dict, machine) }
      for (i, name) in a.keywords.enumerated() {
        let value = a.values[a.positionalCount + i]
        try machine.set(machine.string(machine.symbols.name(name)), to: value, in: dict)
      }
      return .none
    },
    BuiltinRow("__missing__", 1...1) { (machine, a) throws(PythonError) in
      let factory = factory(of: a[0], machine)
      if factory.isNone { throw machine.keyError(a[1]) }
      let value = try machine.call(factory)
      try machine.set(a[1], to: value, in: machine.receiver(a))
      return value
    },
    BuiltinRow("__repr__", 0...0) { (machine, a) throws(PythonError) in
      let plain = machine.types.dict.find(machine.names.dunderRepr)
      let text = try machine.str(try machine.callMethod(plain, a[0]))
      let factory = try machine.repr(factory(of: a[0], machine))
      return machine.string("\(machine.typeName(a[0]))(\(factory), \(text))")
    },
    BuiltinRow("copy", 0...0) { (machine, a) throws(PythonError) in try copy(machine, a) },
    BuiltinRow("__copy__", 0...0) { (machine, a) throws(PythonError) in try copy(machine, a) },
    BuiltinRow("__or__", 1...1) { (machine, a) throws(PythonError) in
      guard a[0].object(DictObject.self) != nil, a[1].object(DictObject.self) != nil else {
        return .notImplemented
      }
      let result = try copy(machine, a)
      if let dict = result.object(DictObject.self) {
        try DictType.merge(a[1], into: dict, machine)
      }
      return result
    },
  ]

  private static func factory(of value: Value, _ machine: Machine) -> Value {
    guard case .object(let object) = value else { return .none }
    return object.attributes?[machine.symbol("default_factory")] ?? .none
  }

  private static func copy(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let dict: DictObject = try machine.receiver(a)
    let copy = DictObject(type: dict.type)
    copy.table = dict.table
    let value = Value.object(copy)
    try machine.setAttribute(
      value,
      machine.symbol("default_factory"),
      factory(of: a[0], machine)
    )
    return value
  }
}
