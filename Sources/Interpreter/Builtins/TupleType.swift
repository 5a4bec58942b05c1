/// The methods of `tuple`.
enum TupleType {
  static let rows: [BuiltinRow] =
    [
      BuiltinRow("__new__", 0...1, new),
      BuiltinRow("__repr__", 0...0, repr),
      BuiltinRow("__len__", 0...0, length),
      BuiltinRow("__hash__", 0...0, hash),
      BuiltinRow("__getitem__", 1...1, getItem),
      BuiltinRow("__contains__", 1...1, contains),
      BuiltinRow("__iter__", 0...0, iterator),
      BuiltinRow("__add__", 1...1, add),
      BuiltinRow("__mul__", 1...1, multiply),
      BuiltinRow("__rmul__", 1...1, multiply),
      BuiltinRow("__class_getitem__", 1...1, binding: .type, GenericAliasObject.make),
      BuiltinRow("__getnewargs__", 0...0) { (machine, a) throws(PythonError) in
        machine.tuple([machine.tuple(try machine.receiver(a, TupleObject.self).items)])
      },
      BuiltinRow("index", 1...3, index),
      BuiltinRow("count", 1...1, count),
    ]
    + ComparisonOperator.methods.map { name, op in
      BuiltinRow(name, 1...1) { (machine, arguments) throws(PythonError) in
        let tuple: TupleObject = try machine.receiver(arguments)
        guard let other = arguments[1].object(TupleObject.self) else { return .notImplemented }
        if tuple.items.count != other.items.count {
          if op == .equal { return .bool(false) }
          if op == .notEqual { return .bool(true) }
        }
        return try machine.compare(op, tuple, other)
      }
    }

  private static func new(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    guard let type = a[0].object(TypeObject.self) else {
      throw machine.typeError("tuple.__new__(X): X is not a type object")
    }
    guard let iterable = a.optional(1) else {
      return type === machine.types.tuple
        ? machine.emptyTuple : .object(TupleObject([], type: type))
    }
    if type === machine.types.tuple, machine.type(of: iterable) === type { return iterable }
    let items = try machine.items(iterable)
    return type === machine.types.tuple
      ? machine.tuple(items) : .object(TupleObject(items, type: type))
  }

  private static func repr(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let tuple: TupleObject = try machine.receiver(a)
    return machine.string(
      try machine.repr(
        tuple.items,
        of: tuple,
        open: "(",
        close: tuple.items.count == 1 ? ",)" : ")",
        recursive: "(...)"
      )
    )
  }

  private static func length(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    .int(try machine.receiver(a, TupleObject.self).items.count)
  }

  private static func hash(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    var hash = Hashing.OfTuple()
    for item in try machine.receiver(a, TupleObject.self).items {
      hash.add(try machine.keyHash(item))
    }
    return .int(hash.result)
  }

  private static func getItem(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let tuple: TupleObject = try machine.receiver(a)
    if let slice = a[1].object(SliceObject.self) {
      let picked = try slice.picked(from: tuple.items.count, machine)
      if picked.step == 1 {
        if picked.count == tuple.items.count, tuple.type === machine.types.tuple { return a[0] }
        return machine.tuple(Array(tuple.items[picked.start..<picked.start + picked.count]))
      }
      return machine.tuple(picked.indices().map { tuple.items[$0] })
    }
    let place = try machine.position(a[1], count: tuple.items.count) { name in
      "tuple indices must be integers or slices, not \(name)"
    }
    guard let place else { throw machine.indexError("tuple index out of range") }
    return tuple.items[place]
  }

  private static func contains(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    for item in try machine.receiver(a, TupleObject.self).items {
      if try machine.isSame(item, a[1]) { return .bool(true) }
    }
    return .bool(false)
  }

  private static func iterator(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    .object(TupleIterator(try machine.receiver(a), type: machine.types.tupleIterator))
  }

  private static func add(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let tuple: TupleObject = try machine.receiver(a)
    guard let other = a[1].object(TupleObject.self) else {
      throw machine.typeError(
        "can only concatenate tuple (not \"\(machine.typeName(a[1]))\") to tuple"
      )
    }
    return machine.tuple(tuple.items + other.items)
  }

  private static func multiply(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let tuple: TupleObject = try machine.receiver(a)
    guard let times = try machine.repetitions(a[1]) else {
      return try ListType.nonInteger(machine, a[1])
    }
    return machine.tuple(try machine.repeated(tuple.items, times))
  }

  private static func index(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let items = try machine.receiver(a, TupleObject.self).items
    if let place = try machine.firstIndex(of: a, among: { items }) { return .int(place) }
    throw machine.valueError("tuple.index(x): x not in tuple")
  }

  private static func count(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    var count = 0
    for item in try machine.receiver(a, TupleObject.self).items {
      if try machine.isSame(item, a[1]) { count += 1 }
    }
    return .int(count)
  }
}
