import BigInt

/// The module `copy`.
enum CopyModule {
  static let row = ModuleRow(name: "copy") { (machine) throws(PythonError) in
    let error = TypeObject(
      name: "Error",
      module: "copy",
      bases: [machine.types.exception],
      layout: .exception,
      metatype: machine.types.type
    )
    return machine.module(
      "copy",
      [
        BuiltinRow("copy", 1...1) { (machine, a) throws(PythonError) in
          try shallow(a[0], machine)
        },
        BuiltinRow("deepcopy", 1...3, keywords: true) { (machine, a) throws(PythonError) in
          let given = try deepSignature.bind(a, machine)
          var memo = given[1] ?? .none
          if memo.isNone { memo = .object(DictObject(type: machine.types.dict)) }
          return try deep(given[0] ?? .none, memo, machine)
        },
      ],
      values: [("Error", .object(error)), ("error", .object(error))]
    )
  }

  private static let deepSignature = Signature("deepcopy", ["x", "memo", "_nil"], required: 1)

  /// Whether a value never changes, so that it is its own copy.
  private static func isAtomic(_ value: Value) -> Bool {
    guard case .object(let object) = value else { return true }
    return object is StringObject || object is IntegerObject || object is BytesObject
      || object is FunctionObject || object is BuiltinFunction || object is TypeObject
      || object is RangeObject || object is ModuleObject || object is PropertyObject
      || object is GenericAliasObject
  }

  /// Python's `copy.copy(value)`.
  static func shallow(_ value: Value, _ machine: Machine) throws(PythonError) -> Value {
    if isAtomic(value), !machine.type(of: value).isUserDefined { return value }
    let type = machine.type(of: value)
    if value.object(TypeObject.self) != nil { return value }
    let method = type.find(machine.symbol("__copy__"))
    if !method.isUnbound { return try machine.callMethod(method, value) }
    guard case .object(let object) = value else { return value }
    if object is TupleObject, type === machine.types.tuple { return value }
    let made = try empty(like: object, type, value, machine)
    if let list = object as? ListObject { made.object(ListObject.self)?.items = list.items }
    if let dict = object as? DictObject { made.object(DictObject.self)?.table = dict.table }
    if let set = object as? SetObject, type.isSubtype(of: machine.types.set) {
      made.object(SetObject.self)?.table = set.table
    }
    try restore(made, state(of: value, object, machine), machine)
    return made
  }

  /// Python's `copy.deepcopy(value, memo)`.
  static func deep(
    _ value: Value,
    _ memo: Value,
    _ machine: Machine
  ) throws(PythonError) -> Value {
    guard case .object(let object) = value else { return value }
    if object is TypeObject { return value }
    let type = machine.type(of: value)
    if isAtomic(value), !type.isUserDefined { return value }
    let identity = Value.int(machine.identity(of: value))
    if let known = try remembered(identity, memo, machine) { return known }
    try machine.enterCall()
    defer { machine.leaveCall() }
    let copy = try made(value, object, type, memo, identity, machine)
    if !copy.isIdentical(to: value) {
      try remember(copy, identity, memo, machine)
      try keepAlive(value, memo, machine)
    }
    return copy
  }

  private static func made(
    _ value: Value,
    _ object: Object,
    _ type: TypeObject,
    _ memo: Value,
    _ identity: Value,
    _ machine: Machine
  ) throws(PythonError) -> Value {
    let method = type.find(machine.symbol("__deepcopy__"))
    if !method.isUnbound { return try machine.callMethod(method, value, memo) }
    if let own = object.attributes?[machine.symbol("__deepcopy__")] {
      return try machine.call(own, [memo])
    }
    if let method = object as? BoundMethod {
      return .object(
        BoundMethod(
          function: method.function,
          receiver: try deep(method.receiver, memo, machine),
          type: type
        )
      )
    }
    if let tuple = object as? TupleObject {
      var items: [Value] = []
      var changed = false
      for item in tuple.items {
        items.append(try deep(item, memo, machine))
        if !(items.last?.isIdentical(to: item) ?? true) { changed = true }
      }
      // The copy of a part may have made the copy of the whole.
      if let known = try remembered(identity, memo, machine) { return known }
      if !changed, object.attributes == nil { return value }
      let copy = Value.object(TupleObject(items, type: type))
      try restoreDeep(copy, value, object, memo, machine)
      return copy
    }
    if let set = object as? SetObject {
      let copy = SetObject(type: type)
      for member in set.table.keys {
        try machine.insert(try deep(member, memo, machine), into: copy)
      }
      try restoreDeep(.object(copy), value, object, memo, machine)
      return .object(copy)
    }
    let copy = try empty(like: object, type, value, machine)
    try remember(copy, identity, memo, machine)
    if let list = object as? ListObject, let target = copy.object(ListObject.self) {
      for item in list.items { target.items.append(try deep(item, memo, machine)) }
    }
    if let dict = object as? DictObject, let target = copy.object(DictObject.self) {
      for entry in dict.table.entries where !entry.key.isUnbound {
        let key = try deep(entry.key, memo, machine)
        try machine.set(key, to: deep(entry.value, memo, machine), in: target)
      }
    }
    if let deque = object as? DequeObject, let target = copy.object(DequeObject.self) {
      for item in deque.items { target.append(try deep(item, memo, machine)) }
    }
    try restoreDeep(copy, value, object, memo, machine)
    return copy
  }

  private static func restoreDeep(
    _ copy: Value,
    _ value: Value,
    _ object: Object,
    _ memo: Value,
    _ machine: Machine
  ) throws(PythonError) {
    let state = try state(of: value, object, machine)
    if state.isUnbound { return }
    try restore(copy, deep(state, memo, machine), machine)
  }
}

// MARK: - Instances

extension CopyModule {
  /// A new instance of the same class with nothing in it.
  private static func empty(
    like object: Object,
    _ type: TypeObject,
    _ value: Value,
    _ machine: Machine
  ) throws(PythonError) -> Value {
    switch object {
    case is ListObject: return .object(ListObject([], type: type))
    case is DictObject: return .object(DictObject(type: type))
    case is SetObject:
      let copy = SetObject(type: type)
      if let set = object as? SetObject { copy.table = set.table }
      return .object(copy)
    case let tuple as TupleObject: return .object(TupleObject(tuple.items, type: type))
    case let string as StringObject: return .object(StringObject(string.text, type: type))
    case let number as NumberInstance: return .object(NumberInstance(number.number, type: type))
    case let exception as ExceptionObject:
      return .object(ExceptionObject(exception.arguments, type: type))
    case let deque as DequeObject:
      let copy = DequeObject(type: type)
      copy.limit = deque.limit
      return .object(copy)
    case let random as RandomObject:
      let copy = RandomObject(seed: 0, type: type)
      copy.generator = random.generator
      copy.nextGauss = random.nextGauss
      return .object(copy)
    default: break
    }
    if Swift.type(of: object) == Object.self { return .object(Object(type: type)) }
    if Swift.type(of: object) == SliceObject.self { return value }
    throw machine.typeError("cannot pickle '\(type.name)' object")
  }

  /// What `__getstate__` gives, or the attributes; `.unbound` for none.
  private static func state(
    of value: Value,
    _ object: Object,
    _ machine: Machine
  ) throws(PythonError) -> Value {
    let type = machine.type(of: value)
    let method = type.find(machine.symbol("__getstate__"))
    if !method.isUnbound { return try machine.callMethod(method, value) }
    guard let attributes = object.attributes, attributes.count > 0 else { return .unbound }
    return try machine.dict(machine.entries(of: attributes))
  }

  private static func restore(
    _ copy: Value,
    _ state: Value,
    _ machine: Machine
  ) throws(PythonError) {
    if state.isUnbound || state.isNone { return }
    let method = machine.type(of: copy).find(machine.symbol("__setstate__"))
    if !method.isUnbound {
      _ = try machine.callMethod(method, copy, state)
      return
    }
    guard let dict = state.object(DictObject.self), case .object(let object) = copy else { return }
    let table = object.attributes ?? AttributeTable()
    for entry in dict.table.entries where !entry.key.isUnbound {
      table[try machine.attributeName(entry.key)] = entry.value
    }
    object.attributes = table
  }

  private static func remembered(
    _ identity: Value,
    _ memo: Value,
    _ machine: Machine
  ) throws(PythonError) -> Value? {
    if let dict = memo.object(DictObject.self) { return try machine.find(identity, in: dict) }
    let found = try machine.call(
      method: machine.names.get,
      of: memo,
      [identity, .notImplemented]
    )
    if case .notImplemented = found { return nil }
    return found
  }

  private static func remember(
    _ copy: Value,
    _ identity: Value,
    _ memo: Value,
    _ machine: Machine
  ) throws(PythonError) {
    if let dict = memo.object(DictObject.self) {
      try machine.set(identity, to: copy, in: dict)
    } else {
      try machine.setItem(memo, identity, copy)
    }
  }

  /// Keeps what was copied, so that its identity is not used again while the memo is.
  private static func keepAlive(
    _ value: Value,
    _ memo: Value,
    _ machine: Machine
  ) throws(PythonError) {
    guard let dict = memo.object(DictObject.self) else { return }
    let identity = Value.int(machine.identity(of: memo))
    if let kept = try machine.find(identity, in: dict)?.object(ListObject.self) {
      kept.items.append(value)
    } else {
      try machine.set(identity, to: machine.list([value]), in: dict)
    }
  }
}
