/// The methods of `list`.
enum ListType {
  static let rows: [BuiltinRow] =
    [
      BuiltinRow("__new__", keywords: true, new),
      BuiltinRow("__init__", 0...1, initialize),
      BuiltinRow("__repr__", 0...0, repr),
      BuiltinRow("__len__", 0...0, length),
      BuiltinRow("__getitem__", 1...1, getItem),
      BuiltinRow("__setitem__", 2...2, setItem),
      BuiltinRow("__delitem__", 1...1, deleteItem),
      BuiltinRow("__contains__", 1...1, contains),
      BuiltinRow("__iter__", 0...0, iterator),
      BuiltinRow("__reversed__", 0...0, reversed),
      BuiltinRow("__add__", 1...1, add),
      BuiltinRow("__iadd__", 1...1, extendInPlace),
      BuiltinRow("__mul__", 1...1, multiply),
      BuiltinRow("__rmul__", 1...1, multiply),
      BuiltinRow("__imul__", 1...1, multiplyInPlace),
      BuiltinRow("__class_getitem__", 1...1, binding: .type, GenericAliasObject.make),
      BuiltinRow("append", 1...1, append),
      BuiltinRow("extend", 1...1, extend),
      BuiltinRow("insert", 2...2, insert),
      BuiltinRow("remove", 1...1, remove),
      BuiltinRow("pop", 0...1, pop),
      BuiltinRow("clear", 0...0, clear),
      BuiltinRow("index", 1...3, index),
      BuiltinRow("count", 1...1, count),
      BuiltinRow("sort", keywords: true, sort),
      BuiltinRow("reverse", 0...0, reverse),
      BuiltinRow("copy", 0...0, copy),
    ]
    + ComparisonOperator.methods.map { name, op in
      BuiltinRow(name, 1...1) { (machine, arguments) throws(PythonError) in
        let list: ListObject = try machine.receiver(arguments)
        guard let other = arguments[1].object(ListObject.self) else { return .notImplemented }
        if list.items.count != other.items.count {
          if op == .equal { return .bool(false) }
          if op == .notEqual { return .bool(true) }
        }
        return try machine.compare(op, list, other)
      }
    }

  private static func new(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    .object(ListObject([], type: a[0].object(TypeObject.self)))
  }

  private static func initialize(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let list: ListObject = try machine.receiver(a)
    list.items = []
    if let iterable = a.optional(1) { list.items = try machine.items(iterable) }
    return .none
  }

  private static func repr(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let list: ListObject = try machine.receiver(a)
    return machine.string(
      try machine.repr(list.items, of: list, open: "[", close: "]", recursive: "[...]")
    )
  }

  private static func length(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    .int(try machine.receiver(a, ListObject.self).items.count)
  }

  private static func contains(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let list: ListObject = try machine.receiver(a)
    var i = 0
    while i < list.items.count {
      if try machine.isSame(list.items[i], a[1]) { return .bool(true) }
      i += 1
    }
    return .bool(false)
  }

  private static func iterator(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    .object(ListIterator(try machine.receiver(a), type: machine.types.listIterator))
  }

  private static func reversed(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    .object(
      ListReverseIterator(try machine.receiver(a), type: machine.types.listReverseIterator)
    )
  }
}

// MARK: - Items

extension ListType {
  private static func getItem(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let list: ListObject = try machine.receiver(a)
    if let slice = a[1].object(SliceObject.self) {
      let picked = try slice.picked(from: list.items.count, machine)
      if picked.step == 1 {
        return machine.list(Array(list.items[picked.start..<picked.start + picked.count]))
      }
      return machine.list(picked.indices().map { list.items[$0] })
    }
    guard let place = try machine.position(a[1], count: list.items.count, indexMessage) else {
      throw machine.indexError("list index out of range")
    }
    return list.items[place]
  }

  private static func setItem(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let list: ListObject = try machine.receiver(a)
    if let slice = a[1].object(SliceObject.self) {
      try assign(a[2], to: slice, of: list, machine)
      return .none
    }
    guard let place = try machine.position(a[1], count: list.items.count, indexMessage) else {
      throw machine.indexError("list assignment index out of range")
    }
    list.items[place] = a[2]
    return .none
  }

  private static func assign(
    _ value: Value,
    to slice: SliceObject,
    of list: ListObject,
    _ machine: Machine
  ) throws(PythonError) {
    let isPlain = slice.step.isNone
    if isPlain, machine.type(of: value).find(machine.names.dunderIter).isUnbound,
      machine.type(of: value).find(machine.names.dunderGetitem).isUnbound
    {
      throw machine.typeError("can only assign an iterable")
    }
    let items = try machine.items(value)
    let picked = try slice.picked(from: list.items.count, machine)
    if picked.step == 1 {
      list.items.replaceSubrange(picked.start..<picked.start + picked.count, with: items)
      return
    }
    guard items.count == picked.count else {
      throw machine.valueError(
        "attempt to assign sequence of size \(items.count) to extended slice of size "
          + "\(picked.count)"
      )
    }
    for (i, item) in items.enumerated() { list.items[picked.start + i * picked.step] = item }
  }

  private static func deleteItem(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let list: ListObject = try machine.receiver(a)
    if let slice = a[1].object(SliceObject.self) {
      let picked = try slice.picked(from: list.items.count, machine)
      if picked.step == 1 {
        list.items.removeSubrange(picked.start..<picked.start + picked.count)
      } else {
        var doomed = [Bool](repeating: false, count: list.items.count)
        for i in picked.indices() { doomed[i] = true }
        var kept: [Value] = []
        for (i, item) in list.items.enumerated() where !doomed[i] { kept.append(item) }
        list.items = kept
      }
      return .none
    }
    guard let place = try machine.position(a[1], count: list.items.count, indexMessage) else {
      throw machine.indexError("list assignment index out of range")
    }
    list.items.remove(at: place)
    return .none
  }

  private static func indexMessage(_ name: String) -> String {
    "list indices must be integers or slices, not \(name)"
  }
}

// MARK: - Operators

extension ListType {
  private static func add(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let list: ListObject = try machine.receiver(a)
    guard let other = a[1].object(ListObject.self) else {
      throw machine.typeError(
        "can only concatenate list (not \"\(machine.typeName(a[1]))\") to list"
      )
    }
    return machine.list(list.items + other.items)
  }

  private static func extendInPlace(
    _ machine: Machine,
    _ a: Arguments
  ) throws(PythonError) -> Value {
    let list: ListObject = try machine.receiver(a)
    list.items += try machine.items(a[1])
    return a[0]
  }

  private static func multiply(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let list: ListObject = try machine.receiver(a)
    guard let times = try machine.repetitions(a[1]) else { return try nonInteger(machine, a[1]) }
    return machine.list(try machine.repeated(list.items, times))
  }

  private static func multiplyInPlace(
    _ machine: Machine,
    _ a: Arguments
  ) throws(PythonError) -> Value {
    let list: ListObject = try machine.receiver(a)
    guard let times = try machine.repetitions(a[1]) else { return try nonInteger(machine, a[1]) }
    list.items = try machine.repeated(list.items, times)
    return a[0]
  }

  /// What `sequence * value` does for a value that is no whole number.
  static func nonInteger(_ machine: Machine, _ value: Value) throws(PythonError) -> Value {
    if !machine.type(of: value).find(machine.names.dunderRmul).isUnbound { return .notImplemented }
    throw machine.typeError(
      "can't multiply sequence by non-int of type '\(machine.typeName(value))'"
    )
  }
}

// MARK: - Methods

extension ListType {
  private static func append(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    try machine.receiver(a, ListObject.self).items.append(a[1])
    return .none
  }

  private static func extend(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let list: ListObject = try machine.receiver(a)
    if a[1].object(ListObject.self) != nil || a[1].object(TupleObject.self) != nil {
      list.items += try machine.items(a[1])
      return .none
    }
    // Item by item: what came before an error stays.
    let iterator = try machine.iterator(a[1])
    while let item = try iterator.next(machine) {
      list.items.append(item)
      if list.items.count & 0xfff == 0 { try machine.pulse() }
    }
    return .none
  }

  private static func insert(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let list: ListObject = try machine.receiver(a)
    var place = try machine.index(a[1])
    if place < 0 { place = max(0, place + list.items.count) }
    list.items.insert(a[2], at: min(place, list.items.count))
    return .none
  }

  private static func remove(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let list: ListObject = try machine.receiver(a)
    var i = 0
    while i < list.items.count {
      if try machine.isSame(list.items[i], a[1]) {
        if i < list.items.count { list.items.remove(at: i) }
        return .none
      }
      i += 1
    }
    throw machine.valueError("list.remove(x): x not in list")
  }

  private static func pop(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let list: ListObject = try machine.receiver(a)
    var place = -1
    if let key = a.optional(1) { place = try machine.index(key) }
    if list.items.isEmpty { throw machine.indexError("pop from empty list") }
    if place < 0 { place += list.items.count }
    guard place >= 0, place < list.items.count else {
      throw machine.indexError("pop index out of range")
    }
    return list.items.remove(at: place)
  }

  private static func clear(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    try machine.receiver(a, ListObject.self).items.removeAll()
    return .none
  }

  private static func index(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let list: ListObject = try machine.receiver(a)
    let place = try machine.firstIndex(of: a, among: { list.items })
    if let place { return .int(place) }
    throw machine.valueError("\(try machine.repr(a[1])) is not in list")
  }

  private static func count(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let list: ListObject = try machine.receiver(a)
    var count = 0
    var i = 0
    while i < list.items.count {
      if try machine.isSame(list.items[i], a[1]) { count += 1 }
      i += 1
    }
    return .int(count)
  }

  private static let sortSignature = Signature("sort", ["key", "reverse"], positional: 0)

  private static func sort(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let list: ListObject = try machine.receiver(a)
    let options = try sortSignature.bind(a, skipping: 1, machine)
    let reverse = try options[1].map(machine, false)
    let items = list.items
    list.items = []
    var sorting = Sorting(machine)
    do throws(PythonError) {
      let sorted = try sorting.sorted(items, key: options[0] ?? .none, reverse: reverse)
      if !list.items.isEmpty { throw machine.valueError("list modified during sort") }
      list.items = sorted
    } catch {
      list.items = items
      throw error
    }
    return .none
  }

  private static func reverse(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    try machine.receiver(a, ListObject.self).items.reverse()
    return .none
  }

  private static func copy(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    machine.list(try machine.receiver(a, ListObject.self).items)
  }
}

extension Machine {
  /// The index of `arguments[1]` among items that may change meanwhile, between the bounds in `arguments[2...]`.
  func firstIndex(
    of arguments: Arguments,
    among items: () -> [Value]
  ) throws(PythonError) -> Int? {
    var start = 0
    var stop = Int.max
    if let value = arguments.optional(2) { start = try clampedIndex(value) }
    if let value = arguments.optional(3) { stop = try clampedIndex(value) }
    let count = items().count
    if start < 0 { start = max(0, start + count) }
    if stop < 0 { stop = max(0, stop + count) }
    var i = start
    while i < stop {
      let current = items()
      guard i < current.count else { break }
      if try isSame(current[i], arguments[1]) { return i }
      i += 1
    }
    return nil
  }
}

extension Value? {
  /// The truth of an optional argument.
  func map(_ machine: Machine, _ standard: Bool) throws(PythonError) -> Bool {
    guard let value = self else { return standard }
    return try machine.isTrue(value)
  }
}

/// The iterator of a list from its end.
final class ListReverseIterator: IteratorObject {
  private var list: ListObject?
  private var position: Int

  init(_ list: ListObject, type: TypeObject?) {
    self.list = list
    position = list.items.count
    super.init(type: type)
  }

  override func next(_ machine: Machine) throws(PythonError) -> Value? {
    guard let list, position > 0, position <= list.items.count else {
      list = nil
      return nil
    }
    position -= 1
    return list.items[position]
  }
}
