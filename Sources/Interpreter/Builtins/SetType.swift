/// The methods of `set` and `frozenset`.
enum SetType {
  /// What both have.
  static let commonRows: [BuiltinRow] =
    [
      BuiltinRow("__repr__", 0...0, repr),
      BuiltinRow("__len__", 0...0) { (machine, a) throws(PythonError) in
        .int(try machine.receiver(a, SetObject.self).table.count)
      },
      BuiltinRow("__contains__", 1...1) { (machine, a) throws(PythonError) in
        .bool(try machine.contains(a[1], in: machine.receiver(a)))
      },
      BuiltinRow("__iter__", 0...0) { (machine, a) throws(PythonError) in
        .object(SetIterator(try machine.receiver(a), type: machine.types.setIterator))
      },
      BuiltinRow("__class_getitem__", 1...1, binding: .type, GenericAliasObject.make),
      BuiltinRow("copy", 0...0) { (machine, a) throws(PythonError) in
        let set: SetObject = try machine.receiver(a)
        if set.type === machine.types.frozenset { return a[0] }
        return .object(try copy(of: set, machine))
      },
      BuiltinRow("union") { (machine, a) throws(PythonError) in
        let result = try copy(of: machine.receiver(a), machine)
        for other in a.positional(from: 1) { try update(result, from: other, machine) }
        return .object(result)
      },
      BuiltinRow("intersection") { (machine, a) throws(PythonError) in
        var result: SetObject = try machine.receiver(a)
        if a.positionalCount == 1 { return .object(try copy(of: result, machine)) }
        for other in a.positional(from: 1) {
          result = try intersection(result, other, machine)
        }
        return .object(result)
      },
      BuiltinRow("difference") { (machine, a) throws(PythonError) in
        let others = a.positional(from: 1)
        guard let first = others.first else {
          return .object(try copy(of: machine.receiver(a), machine))
        }
        let result = try difference(machine.receiver(a), first, machine)
        for other in others.dropFirst() { try subtract(other, from: result, machine) }
        return .object(result)
      },
      BuiltinRow("symmetric_difference", 1...1) { (machine, a) throws(PythonError) in
        try symmetricDifference(machine.receiver(a), a[1], machine)
      },
      BuiltinRow("isdisjoint", 1...1) { (machine, a) throws(PythonError) in
        let set: SetObject = try machine.receiver(a)
        for item in try machine.items(a[1]) {
          if try machine.contains(item, in: set) { return .bool(false) }
        }
        return .bool(true)
      },
      BuiltinRow("issubset", 1...1) { (machine, a) throws(PythonError) in
        let other = try asSet(a[1], machine)
        return .bool(try compare(.lessOrEqual, machine.receiver(a), other, machine))
      },
      BuiltinRow("issuperset", 1...1) { (machine, a) throws(PythonError) in
        let other = try asSet(a[1], machine)
        return .bool(try compare(.greaterOrEqual, machine.receiver(a), other, machine))
      },
      BuiltinRow("__and__", 1...1) { (machine, a) throws(PythonError) in
        try operate(machine, a[0], a[1]) { (left, right) throws(PythonError) in
          try intersection(left, .object(right), machine)
        }
      },
      BuiltinRow("__or__", 1...1) { (machine, a) throws(PythonError) in
        try operate(machine, a[0], a[1]) { (left, right) throws(PythonError) in
          let result = try copy(of: left, machine)
          try update(result, from: .object(right), machine)
          return result
        }
      },
      BuiltinRow("__sub__", 1...1) { (machine, a) throws(PythonError) in
        try operate(machine, a[0], a[1]) { (left, right) throws(PythonError) in
          try difference(left, .object(right), machine)
        }
      },
      BuiltinRow("__xor__", 1...1) { (machine, a) throws(PythonError) in
        guard a[0].object(SetObject.self) != nil, a[1].object(SetObject.self) != nil else {
          return .notImplemented
        }
        return try symmetricDifference(machine.receiver(a), a[1], machine)
      },
    ]
    + ComparisonOperator.methods.map { name, op in
      BuiltinRow(name, 1...1) { (machine, a) throws(PythonError) in
        let set: SetObject = try machine.receiver(a)
        guard let other = a[1].object(SetObject.self) else { return .notImplemented }
        return .bool(try compare(op, set, other, machine))
      }
    }

  /// What `set` alone has.
  static let rows: [BuiltinRow] = [
    BuiltinRow("__new__", keywords: true) { (machine, a) throws(PythonError) in
      .object(SetObject(type: a[0].object(TypeObject.self)))
    },
    BuiltinRow("__init__", 0...1) { (machine, a) throws(PythonError) in
      let set: SetObject = try machine.receiver(a)
      set.table.removeAll()
      if let iterable = a.optional(1) { try update(set, from: iterable, machine) }
      return .none
    },
    BuiltinRow("add", 1...1) { (machine, a) throws(PythonError) in
      try machine.insert(a[1], into: machine.receiver(a))
      return .none
    },
    BuiltinRow("discard", 1...1) { (machine, a) throws(PythonError) in
      try machine.remove(a[1], from: machine.receiver(a, SetObject.self))
      return .none
    },
    BuiltinRow("remove", 1...1) { (machine, a) throws(PythonError) in
      if try !machine.remove(a[1], from: machine.receiver(a, SetObject.self)) {
        throw machine.keyError(a[1])
      }
      return .none
    },
    BuiltinRow("pop", 0...0) { (machine, a) throws(PythonError) in
      if let member = try machine.receiver(a, SetObject.self).table.pop() { return member }
      throw machine.keyError(machine.string("pop from an empty set"))
    },
    BuiltinRow("clear", 0...0) { (machine, a) throws(PythonError) in
      try machine.receiver(a, SetObject.self).table.removeAll()
      return .none
    },
    BuiltinRow("update") { (machine, a) throws(PythonError) in
      let set: SetObject = try machine.receiver(a)
      for other in a.positional(from: 1) { try update(set, from: other, machine) }
      return .none
    },
    BuiltinRow("intersection_update") { (machine, a) throws(PythonError) in
      let set: SetObject = try machine.receiver(a)
      var result = try copy(of: set, machine)
      for other in a.positional(from: 1) { result = try intersection(result, other, machine) }
      set.table = result.table
      return .none
    },
    BuiltinRow("difference_update") { (machine, a) throws(PythonError) in
      let set: SetObject = try machine.receiver(a)
      for other in a.positional(from: 1) { try subtract(other, from: set, machine) }
      return .none
    },
    BuiltinRow("symmetric_difference_update", 1...1) { (machine, a) throws(PythonError) in
      try symmetricUpdate(machine.receiver(a), from: a[1], machine)
      return .none
    },
    BuiltinRow("__ior__", 1...1) { (machine, a) throws(PythonError) in
      guard a[1].object(SetObject.self) != nil else { return .notImplemented }
      try update(machine.receiver(a), from: a[1], machine)
      return a[0]
    },
    BuiltinRow("__iand__", 1...1) { (machine, a) throws(PythonError) in
      guard a[1].object(SetObject.self) != nil else { return .notImplemented }
      let set: SetObject = try machine.receiver(a)
      set.table = try intersection(set, a[1], machine).table
      return a[0]
    },
    BuiltinRow("__isub__", 1...1) { (machine, a) throws(PythonError) in
      guard a[1].object(SetObject.self) != nil else { return .notImplemented }
      try subtract(a[1], from: machine.receiver(a), machine)
      return a[0]
    },
    BuiltinRow("__ixor__", 1...1) { (machine, a) throws(PythonError) in
      guard a[1].object(SetObject.self) != nil else { return .notImplemented }
      try symmetricUpdate(machine.receiver(a), from: a[1], machine)
      return a[0]
    },
  ]

  /// What `frozenset` alone has.
  static let frozenRows: [BuiltinRow] = [
    BuiltinRow("__new__", 0...1) { (machine, a) throws(PythonError) in
      let type = a[0].object(TypeObject.self)
      if let iterable = a.optional(1), type === machine.types.frozenset,
        machine.type(of: iterable) === type
      {
        return iterable
      }
      let set = SetObject(type: type)
      if let iterable = a.optional(1) { try update(set, from: iterable, machine) }
      return .object(set)
    },
    BuiltinRow("__hash__", 0...0) { (machine, a) throws(PythonError) in
      .int(try machine.receiver(a, SetObject.self).table.hash)
    },
  ]

  private static func repr(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let set: SetObject = try machine.receiver(a)
    let name = machine.typeName(a[0])
    if set.table.count == 0 { return machine.string("\(name)()") }
    let isPlain = set.type === machine.types.set
    return machine.string(
      try machine.repr(
        set.table.keys,
        of: set,
        open: isPlain ? "{" : "\(name)({",
        close: isPlain ? "}" : "})",
        recursive: "\(name)(...)"
      )
    )
  }
}

// MARK: - Operations

extension SetType {
  /// A set with the same members, a `frozenset` of a `frozenset`.
  static func copy(of set: SetObject, _ machine: Machine) throws(PythonError) -> SetObject {
    let result = empty(like: set, machine)
    try update(result, from: .object(set), machine)
    return result
  }

  private static func empty(like set: SetObject, _ machine: Machine) -> SetObject {
    let isFrozen = set.type?.isSubtype(of: machine.types.frozenset) ?? false
    return SetObject(type: isFrozen ? machine.types.frozenset : machine.types.set)
  }

  /// Adds the members that `source` gives.
  static func update(
    _ set: SetObject,
    from source: Value,
    _ machine: Machine
  ) throws(PythonError) {
    if let other = source.object(SetObject.self) {
      if other === set || other.table.count == 0 { return }
      set.table.makeRoom(for: other.table.count)
      if set.table.copy(other.table) { return }
      for slot in other.table.slots where !slot.key.isUnbound {
        try machine.insert(slot.key, hash: slot.hash, into: set)
      }
      return
    }
    if let dict = source.object(DictObject.self), dict.type === machine.types.dict {
      set.table.makeRoom(for: dict.table.count)
      for entry in dict.table.entries where !entry.key.isUnbound {
        try machine.insert(entry.key, hash: entry.hash, into: set)
      }
      return
    }
    let iterator = try machine.iterator(source)
    while let item = try iterator.next(machine) {
      try machine.insert(item, into: set)
      if set.table.count & 0xfff == 0xfff { try machine.pulse() }
    }
  }

  /// The members of both; CPython walks the smaller of two sets.
  static func intersection(
    _ set: SetObject,
    _ source: Value,
    _ machine: Machine
  ) throws(PythonError) -> SetObject {
    let result = empty(like: set, machine)
    if let other = source.object(SetObject.self) {
      if other === set { return try copy(of: set, machine) }
      let (walked, asked) =
        other.table.count > set.table.count ? (set, other) : (other, set)
      for slot in walked.table.slots where !slot.key.isUnbound {
        if try machine.place(of: slot.key, hash: slot.hash, in: asked) != nil {
          try machine.insert(slot.key, hash: slot.hash, into: result)
        }
      }
      return result
    }
    let iterator = try machine.iterator(source)
    while let item = try iterator.next(machine) {
      let hash = try machine.keyHash(item)
      if try machine.place(of: item, hash: hash, in: set) != nil {
        try machine.insert(item, hash: hash, into: result)
      }
    }
    return result
  }

  /// The members that `source` does not give.
  static func difference(
    _ set: SetObject,
    _ source: Value,
    _ machine: Machine
  ) throws(PythonError) -> SetObject {
    let otherCount: Int
    if let other = source.object(SetObject.self) {
      otherCount = other.table.count
    } else if let dict = source.object(DictObject.self) {
      otherCount = dict.table.count
    } else {
      let result = try copy(of: set, machine)
      try subtract(source, from: result, machine)
      return result
    }
    // As CPython: from a much larger set the few are taken out of a copy.
    if set.table.count >> 2 > otherCount {
      let result = try copy(of: set, machine)
      try subtract(source, from: result, machine)
      return result
    }
    let result = empty(like: set, machine)
    for slot in set.table.slots where !slot.key.isUnbound {
      let found: Bool
      if let other = source.object(SetObject.self) {
        found = try machine.place(of: slot.key, hash: slot.hash, in: other) != nil
      } else if let dict = source.object(DictObject.self) {
        found = try machine.place(of: slot.key, hash: slot.hash, in: dict) != nil
      } else {
        found = false
      }
      if !found { try machine.insert(slot.key, hash: slot.hash, into: result) }
    }
    return result
  }

  /// Takes out the members that `source` gives.
  static func subtract(
    _ source: Value,
    from set: SetObject,
    _ machine: Machine
  ) throws(PythonError) {
    if let other = source.object(SetObject.self) {
      if other === set {
        set.table.removeAll()
        return
      }
      for slot in other.table.slots where !slot.key.isUnbound {
        if let place = try machine.place(of: slot.key, hash: slot.hash, in: set) {
          set.table.remove(at: place)
        }
      }
    } else {
      for item in try machine.items(source) { try machine.remove(item, from: set) }
    }
    set.table.tidy()
  }

  /// Leaves the members of one but not both.
  static func symmetricUpdate(
    _ set: SetObject,
    from source: Value,
    _ machine: Machine
  ) throws(PythonError) {
    let other = try asSet(source, machine)
    if other === set {
      set.table.removeAll()
      return
    }
    for slot in other.table.slots where !slot.key.isUnbound {
      if let place = try machine.place(of: slot.key, hash: slot.hash, in: set) {
        set.table.remove(at: place)
      } else {
        try machine.insert(slot.key, hash: slot.hash, into: set)
      }
    }
  }

  private static func symmetricDifference(
    _ set: SetObject,
    _ source: Value,
    _ machine: Machine
  ) throws(PythonError) -> Value {
    // CPython changes a copy of the other operand, which decides the order.
    let result = empty(like: set, machine)
    try update(result, from: source, machine)
    try symmetricUpdate(result, from: .object(set), machine)
    return .object(result)
  }

  private static func asSet(_ value: Value, _ machine: Machine) throws(PythonError) -> SetObject {
    if let set = value.object(SetObject.self) { return set }
    let set = SetObject(type: machine.types.set)
    try update(set, from: value, machine)
    return set
  }

  private static func operate(
    _ machine: Machine,
    _ a: Value,
    _ b: Value,
    _ body: (SetObject, SetObject) throws(PythonError) -> SetObject
  ) throws(PythonError) -> Value {
    guard let left = a.object(SetObject.self), let right = b.object(SetObject.self) else {
      return .notImplemented
    }
    return .object(try body(left, right))
  }

  /// Compares two sets by inclusion.
  static func compare(
    _ op: ComparisonOperator,
    _ a: SetObject,
    _ b: SetObject,
    _ machine: Machine
  ) throws(PythonError) -> Bool {
    let (x, y) = (a.table.count, b.table.count)
    switch op {
    case .equal, .notEqual:
      let equal = x == y ? try isIncluded(a, in: b, machine) : false
      return equal == (op == .equal)
    case .less: return x < y ? try isIncluded(a, in: b, machine) : false
    case .lessOrEqual: return try isIncluded(a, in: b, machine)
    case .greater: return x > y ? try isIncluded(b, in: a, machine) : false
    default: return try isIncluded(b, in: a, machine)
    }
  }

  private static func isIncluded(
    _ a: SetObject,
    in b: SetObject,
    _ machine: Machine
  ) throws(PythonError) -> Bool {
    if a.table.count > b.table.count { return false }
    for slot in a.table.slots where !slot.key.isUnbound {
      if try machine.place(of: slot.key, hash: slot.hash, in: b) == nil { return false }
    }
    return true
  }
}

/// The iterator of a set.
final class SetIterator: IteratorObject {
  private var set: SetObject?
  private var position = 0
  private let count: Int

  init(_ set: SetObject, type: TypeObject?) {
    self.set = set
    count = set.table.count
    super.init(type: type)
  }

  override func next(_ machine: Machine) throws(PythonError) -> Value? {
    guard let set else { return nil }
    if set.table.count != count {
      throw machine.runtimeError("Set changed size during iteration")
    }
    guard let place = set.table.next(from: position) else {
      self.set = nil
      return nil
    }
    position = place + 1
    return set.table.slots[place].key
  }
}
