/// What a view or an iterator of a dict gives.
enum DictPart {
  case keys
  case values
  case items
}

/// `d.keys()`, `d.values()` or `d.items()`.
final class DictViewObject: Object {
  /// The dict that is looked at.
  let dict: DictObject
  /// What of it.
  let part: DictPart

  init(_ dict: DictObject, _ part: DictPart, type: TypeObject?) {
    self.dict = dict
    self.part = part
    super.init(type: type)
  }

  /// The values shown, as they are now.
  func items(_ machine: Machine) -> [Value] {
    switch part {
    case .keys: return dict.table.keys
    case .values: return dict.table.values
    case .items:
      var items: [Value] = []
      items.reserveCapacity(dict.table.count)
      for entry in dict.table.entries where !entry.key.isUnbound {
        items.append(machine.tuple([entry.key, entry.value]))
      }
      return items
    }
  }
}

/// The iterator of a dict or of one of its views.
final class DictIterator: IteratorObject {
  private var dict: DictObject?
  private let part: DictPart
  private let backwards: Bool
  private var position: Int
  private let count: Int

  init(_ dict: DictObject, _ part: DictPart, backwards: Bool = false, type: TypeObject?) {
    self.dict = dict
    self.part = part
    self.backwards = backwards
    position = backwards ? dict.table.entries.count : 0
    count = dict.table.count
    super.init(type: type)
  }

  override func next(_ machine: Machine) throws(PythonError) -> Value? {
    guard let dict else { return nil }
    if dict.table.count != count {
      throw machine.runtimeError("dictionary changed size during iteration")
    }
    let place =
      backwards ? dict.table.previous(before: position) : dict.table.next(from: position)
    guard let place else {
      self.dict = nil
      return nil
    }
    position = backwards ? place : place + 1
    switch part {
    case .keys: return dict.table.entries[place].key
    case .values: return dict.table.entries[place].value
    case .items:
      let entry = dict.table.entries[place]
      return machine.tuple([entry.key, entry.value])
    }
  }
}

/// The methods of `dict_keys`, `dict_values` and `dict_items`.
enum DictViews {
  /// What all three have.
  static let commonRows: [BuiltinRow] = [
    BuiltinRow("__repr__", 0...0, repr),
    BuiltinRow("__len__", 0...0) { (machine, a) throws(PythonError) in
      .int(try machine.receiver(a, DictViewObject.self).dict.table.count)
    },
    BuiltinRow("__iter__", 0...0) { (machine, a) throws(PythonError) in
      try iterator(machine, a, backwards: false)
    },
    BuiltinRow("__reversed__", 0...0) { (machine, a) throws(PythonError) in
      try iterator(machine, a, backwards: true)
    },
  ]

  /// What keys and items have, as sets do.
  static let setRows: [BuiltinRow] =
    [
      BuiltinRow("__contains__", 1...1, contains),
      BuiltinRow("isdisjoint", 1...1, isDisjoint),
      BuiltinRow("__and__", 1...1, intersection),
      BuiltinRow("__rand__", 1...1, intersection),
      BuiltinRow("__or__", 1...1) { (machine, a) throws(PythonError) in
        try combined(machine, a[0], a[1]) { (left, right) throws(PythonError) in
          try SetType.update(left, from: right, machine)
        }
      },
      BuiltinRow("__ror__", 1...1) { (machine, a) throws(PythonError) in
        try combined(machine, a[1], a[0]) { (left, right) throws(PythonError) in
          try SetType.update(left, from: right, machine)
        }
      },
      BuiltinRow("__sub__", 1...1) { (machine, a) throws(PythonError) in
        try combined(machine, a[0], a[1]) { (left, right) throws(PythonError) in
          try SetType.subtract(right, from: left, machine)
        }
      },
      BuiltinRow("__rsub__", 1...1) { (machine, a) throws(PythonError) in
        try combined(machine, a[1], a[0]) { (left, right) throws(PythonError) in
          try SetType.subtract(right, from: left, machine)
        }
      },
      BuiltinRow("__xor__", 1...1) { (machine, a) throws(PythonError) in
        try combined(machine, a[0], a[1]) { (left, right) throws(PythonError) in
          try SetType.symmetricUpdate(left, from: right, machine)
        }
      },
      BuiltinRow("__rxor__", 1...1) { (machine, a) throws(PythonError) in
        try combined(machine, a[1], a[0]) { (left, right) throws(PythonError) in
          try SetType.symmetricUpdate(left, from: right, machine)
        }
      },
    ]
    + ComparisonOperator.methods.map { name, op in
      BuiltinRow(name, 1...1) { (machine, a) throws(PythonError) in
        guard let left = try members(a[0], machine), let right = try members(a[1], machine) else {
          return .notImplemented
        }
        return .bool(try SetType.compare(op, left, right, machine))
      }
    }

  private static func repr(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let view: DictViewObject = try machine.receiver(a)
    let name = machine.typeName(a[0])
    guard machine.enterRepr(view) else { return machine.string("...") }
    defer { machine.leaveRepr(view) }
    let items = machine.list(view.items(machine))
    return machine.string("\(name)(\(try machine.repr(items)))")
  }

  private static func iterator(
    _ machine: Machine,
    _ a: Arguments,
    backwards: Bool
  ) throws(PythonError) -> Value {
    let view: DictViewObject = try machine.receiver(a)
    let type =
      switch view.part {
      case .keys: machine.types.dictKeyIterator
      case .values: machine.types.dictValueIterator
      case .items: machine.types.dictItemIterator
      }
    return .object(DictIterator(view.dict, view.part, backwards: backwards, type: type))
  }

  private static func contains(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let view: DictViewObject = try machine.receiver(a)
    return .bool(try contains(a[1], in: view, machine))
  }

  private static func contains(
    _ item: Value,
    in view: DictViewObject,
    _ machine: Machine
  ) throws(PythonError) -> Bool {
    if view.part == .keys {
      return try machine.place(of: item, hash: machine.keyHash(item), in: view.dict) != nil
    }
    guard let pair = item.object(TupleObject.self), pair.items.count == 2 else { return false }
    guard let value = try machine.find(pair.items[0], in: view.dict) else { return false }
    return try machine.isSame(value, pair.items[1])
  }

  private static func isDisjoint(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let view: DictViewObject = try machine.receiver(a)
    for item in try machine.items(a[1]) {
      if try contains(item, in: view, machine) { return .bool(false) }
    }
    return .bool(true)
  }

  private static func intersection(
    _ machine: Machine,
    _ a: Arguments
  ) throws(PythonError) -> Value {
    let view: DictViewObject = try machine.receiver(a)
    let result = SetObject(type: machine.types.set)
    // As CPython: the longer view is asked for what the shorter operand gives.
    if let other = a[1].object(DictViewObject.self), other.part != .values,
      other.dict.table.count > view.dict.table.count
    {
      for item in view.items(machine) {
        if try contains(item, in: other, machine) { try machine.insert(item, into: result) }
      }
      return .object(result)
    }
    for item in try machine.items(a[1]) {
      if try contains(item, in: view, machine) { try machine.insert(item, into: result) }
    }
    return .object(result)
  }

  private static func combined(
    _ machine: Machine,
    _ left: Value,
    _ right: Value,
    _ change: (SetObject, Value) throws(PythonError) -> Void
  ) throws(PythonError) -> Value {
    let result = SetObject(type: machine.types.set)
    try SetType.update(result, from: left, machine)
    try change(result, right)
    return .object(result)
  }

  /// The members of a set or of a view that is like one; nil for anything else.
  private static func members(
    _ value: Value,
    _ machine: Machine
  ) throws(PythonError) -> SetObject? {
    if let set = value.object(SetObject.self) { return set }
    guard let view = value.object(DictViewObject.self), view.part != .values else { return nil }
    let set = SetObject(type: machine.types.set)
    for item in view.items(machine) { try machine.insert(item, into: set) }
    return set
  }
}
