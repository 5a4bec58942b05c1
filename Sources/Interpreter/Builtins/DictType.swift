/// The methods of `dict`.
enum DictType {
  static let rows: [BuiltinRow] = [
    BuiltinRow("__new__", keywords: true, new),
    BuiltinRow("__init__", keywords: true, initialize),
    BuiltinRow("__repr__", 0...0, repr),
    BuiltinRow("__len__", 0...0, length),
    BuiltinRow("__getitem__", 1...1, getItem),
    BuiltinRow("__setitem__", 2...2, setItem),
    BuiltinRow("__delitem__", 1...1, deleteItem),
    BuiltinRow("__contains__", 1...1, contains),
    BuiltinRow("__iter__", 0...0, iterator),
    BuiltinRow("__reversed__", 0...0, reversed),
    BuiltinRow("__eq__", 1...1, equal),
    BuiltinRow("__ne__", 1...1, notEqual),
    BuiltinRow("__or__", 1...1, union),
    BuiltinRow("__ror__", 1...1, reflectedUnion),
    BuiltinRow("__ior__", 1...1, unionInPlace),
    BuiltinRow("__class_getitem__", 1...1, binding: .type, GenericAliasObject.make),
    BuiltinRow("fromkeys", 1...2, binding: .type, fromKeys),
    BuiltinRow("get", 1...2, get),
    BuiltinRow("setdefault", 1...2, setDefault),
    BuiltinRow("pop", 1...2, pop),
    BuiltinRow("popitem", 0...0, popItem),
    BuiltinRow("update", keywords: true, update),
    BuiltinRow("clear", 0...0, clear),
    BuiltinRow("copy", 0...0, copy),
    BuiltinRow("keys", 0...0) { (machine, a) throws(PythonError) in
      .object(DictViewObject(try machine.receiver(a), .keys, type: machine.types.dictKeys))
    },
    BuiltinRow("values", 0...0) { (machine, a) throws(PythonError) in
      .object(DictViewObject(try machine.receiver(a), .values, type: machine.types.dictValues))
    },
    BuiltinRow("items", 0...0) { (machine, a) throws(PythonError) in
      .object(DictViewObject(try machine.receiver(a), .items, type: machine.types.dictItems))
    },
  ]

  private static func new(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    .object(DictObject(type: a[0].object(TypeObject.self)))
  }

  private static func initialize(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    try fill(machine.receiver(a), a, "dict", machine)
    return .none
  }

  private static func repr(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let dict: DictObject = try machine.receiver(a)
    guard machine.enterRepr(dict) else { return machine.string("{...}") }
    defer { machine.leaveRepr(dict) }
    var text = "{"
    var position = 0
    while let place = dict.table.next(from: position) {
      let entry = dict.table.entries[place]
      if text.utf8.count > 1 { text += ", " }
      text += try machine.repr(entry.key) + ": "
      text += try machine.repr(entry.value)
      position = place + 1
    }
    return machine.string(text + "}")
  }

  private static func length(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    .int(try machine.receiver(a, DictObject.self).table.count)
  }

  private static func contains(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let dict: DictObject = try machine.receiver(a)
    return .bool(try machine.place(of: a[1], hash: machine.keyHash(a[1]), in: dict) != nil)
  }

  private static func iterator(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    .object(
      DictIterator(try machine.receiver(a), .keys, type: machine.types.dictKeyIterator)
    )
  }

  private static func reversed(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    .object(
      DictIterator(
        try machine.receiver(a),
        .keys,
        backwards: true,
        type: machine.types.dictKeyIterator
      )
    )
  }
}

// MARK: - Items

extension DictType {
  private static func getItem(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let dict: DictObject = try machine.receiver(a)
    if let value = try machine.find(a[1], in: dict) { return value }
    if let type = dict.type, type !== machine.types.dict {
      let missing = type.find(machine.names.dunderMissing)
      if !missing.isUnbound { return try machine.callMethod(missing, a[0], a[1]) }
    }
    throw machine.keyError(a[1])
  }

  private static func setItem(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    try machine.set(a[1], to: a[2], in: machine.receiver(a))
    return .none
  }

  private static func deleteItem(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    if try machine.remove(a[1], from: machine.receiver(a)) == nil { throw machine.keyError(a[1]) }
    return .none
  }

  private static func get(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    if let value = try machine.find(a[1], in: machine.receiver(a)) { return value }
    return a.optional(2) ?? .none
  }

  private static func setDefault(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let dict: DictObject = try machine.receiver(a)
    let hash = try machine.keyHash(a[1])
    if let place = try machine.place(of: a[1], hash: hash, in: dict) {
      return dict.table.entries[place].value
    }
    let value = a.optional(2) ?? .none
    dict.table.append(a[1], value, hash: hash)
    return value
  }

  private static func pop(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    if let value = try machine.remove(a[1], from: machine.receiver(a)) { return value }
    if let standard = a.optional(2) { return standard }
    throw machine.keyError(a[1])
  }

  private static func popItem(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let dict: DictObject = try machine.receiver(a)
    guard let place = dict.table.previous(before: Int.max) else {
      throw machine.keyError(machine.string("popitem(): dictionary is empty"))
    }
    let entry = dict.table.remove(at: place)
    return machine.tuple([entry.key, entry.value])
  }

  private static func clear(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    try machine.receiver(a, DictObject.self).table.removeAll()
    return .none
  }

  private static func copy(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let copy = DictObject(type: machine.types.dict)
    copy.table = try machine.receiver(a, DictObject.self).table
    return .object(copy)
  }

  private static func fromKeys(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let value = a.optional(2) ?? .none
    let made = try machine.call(a[0])
    let iterator = try machine.iterator(a[1])
    let plain = made.object(DictObject.self)
    while let key = try iterator.next(machine) {
      if let plain, plain.type === machine.types.dict {
        try machine.set(key, to: value, in: plain)
      } else {
        try machine.setItem(made, key, value)
      }
    }
    return made
  }
}

// MARK: - Update and union

extension DictType {
  private static func update(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    try fill(machine.receiver(a), a, "update", machine)
    return .none
  }

  /// Puts what `dict(…)` or `update(…)` was given into `dict`.
  static func fill(
    _ dict: DictObject,
    _ arguments: Arguments,
    _ function: String,
    _ machine: Machine
  ) throws(PythonError) {
    let given = arguments.positionalCount - 1
    if given > 1 {
      throw machine.typeError("\(function) expected at most 1 argument, got \(given)")
    }
    if given == 1 { try merge(arguments[1], into: dict, machine) }
    for (i, name) in arguments.keywords.enumerated() {
      try machine.set(
        machine.string(machine.symbols.name(name)),
        to: arguments.values[arguments.positionalCount + i],
        in: dict
      )
    }
  }

  /// Takes over the entries of a mapping or the pairs of an iterable.
  static func merge(
    _ source: Value,
    into dict: DictObject,
    _ machine: Machine
  ) throws(PythonError) {
    if let other = source.object(DictObject.self), hasPlainIteration(other, machine) {
      if other === dict { return }
      if dict.table.count == 0, dict.table.entries.isEmpty {
        dict.table = other.table
        return
      }
      for entry in other.table.entries where !entry.key.isUnbound {
        if let place = try machine.place(of: entry.key, hash: entry.hash, in: dict) {
          dict.table.setValue(entry.value, at: place)
        } else {
          dict.table.append(entry.key, entry.value, hash: entry.hash)
        }
      }
      return
    }
    if let keys = try machine.attributeIfAny(source, machine.names.keys) {
      let iterator = try machine.iterator(try machine.call(keys))
      while let key = try iterator.next(machine) {
        try machine.set(key, to: machine.item(source, key), in: dict)
      }
      return
    }
    let iterator = try machine.iterator(source)
    var index = 0
    while let element = try iterator.next(machine) {
      let type = machine.type(of: element)
      if type.find(machine.names.dunderIter).isUnbound,
        type.find(machine.names.dunderGetitem).isUnbound
      {
        throw machine.typeError(
          "cannot convert dictionary update sequence element #\(index) to a sequence"
        )
      }
      let pair = try machine.items(element)
      guard pair.count == 2 else {
        throw machine.valueError(
          "dictionary update sequence element #\(index) has length \(pair.count); 2 is required"
        )
      }
      try machine.set(pair[0], to: pair[1], in: dict)
      index += 1
    }
  }

  private static func hasPlainIteration(_ dict: DictObject, _ machine: Machine) -> Bool {
    guard let type = dict.type, type !== machine.types.dict else { return true }
    return type.find(machine.names.dunderIter)
      .isIdentical(to: machine.types.dict.find(machine.names.dunderIter))
  }

  private static func union(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    guard let left = a[0].object(DictObject.self), a[1].object(DictObject.self) != nil else {
      return .notImplemented
    }
    let result = DictObject(type: machine.types.dict)
    result.table = left.table
    try merge(a[1], into: result, machine)
    return .object(result)
  }

  private static func reflectedUnion(
    _ machine: Machine,
    _ a: Arguments
  ) throws(PythonError) -> Value {
    guard let left = a[1].object(DictObject.self), a[0].object(DictObject.self) != nil else {
      return .notImplemented
    }
    let result = DictObject(type: machine.types.dict)
    result.table = left.table
    try merge(a[0], into: result, machine)
    return .object(result)
  }

  private static func unionInPlace(
    _ machine: Machine,
    _ a: Arguments
  ) throws(PythonError) -> Value {
    try merge(a[1], into: machine.receiver(a), machine)
    return a[0]
  }

  private static func equal(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    guard let left = a[0].object(DictObject.self), let right = a[1].object(DictObject.self) else {
      return .notImplemented
    }
    return .bool(try areEqual(left, right, machine))
  }

  private static func notEqual(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    guard let left = a[0].object(DictObject.self), let right = a[1].object(DictObject.self) else {
      return .notImplemented
    }
    return .bool(try !areEqual(left, right, machine))
  }

  private static func areEqual(
    _ left: DictObject,
    _ right: DictObject,
    _ machine: Machine
  ) throws(PythonError) -> Bool {
    guard left.table.count == right.table.count else { return false }
    for entry in left.table.entries where !entry.key.isUnbound {
      guard let place = try machine.place(of: entry.key, hash: entry.hash, in: right) else {
        return false
      }
      if try !machine.isSame(entry.value, right.table.entries[place].value) { return false }
    }
    return true
  }
}
