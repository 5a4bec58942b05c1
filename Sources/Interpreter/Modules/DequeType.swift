/// A Python `collections.deque`: items in a ring, so that both ends are cheap.
final class DequeObject: Object {
  private var ring: [Value] = []
  private var head = 0
  /// The number of items.
  private(set) var count = 0
  /// The most items, nil for no limit.
  var limit: Int?
  /// Grows with every change of the items' number.
  private(set) var revision = 0

  override init(type: TypeObject?) {
    super.init(type: type)
  }
}

extension DequeObject {
  /// The items in order.
  var items: [Value] {
    var items: [Value] = []
    items.reserveCapacity(count)
    for i in 0..<count { items.append(self[i]) }
    return items
  }

  /// The item at a place that is in range.
  subscript(index: Int) -> Value {
    get { ring[(head + index) & (ring.count - 1)] }
    set { ring[(head + index) & (ring.count - 1)] = newValue }
  }

  /// Adds an item at the end; at the limit the first one goes.
  func append(_ item: Value) {
    if let limit, count >= limit {
      if limit == 0 { return }
      _ = popFirst()
    }
    grow()
    ring[(head + count) & (ring.count - 1)] = item
    count += 1
    revision += 1
  }

  /// Adds an item before the first; at the limit the last one goes.
  func prepend(_ item: Value) {
    if let limit, count >= limit {
      if limit == 0 { return }
      _ = popLast()
    }
    grow()
    head = (head + ring.count - 1) & (ring.count - 1)
    ring[head] = item
    count += 1
    revision += 1
  }

  /// Takes the first item out.
  func popFirst() -> Value? {
    guard count > 0 else { return nil }
    let item = ring[head]
    ring[head] = .unbound
    head = (head + 1) & (ring.count - 1)
    count -= 1
    revision += 1
    return item
  }

  /// Takes the last item out.
  func popLast() -> Value? {
    guard count > 0 else { return nil }
    let place = (head + count - 1) & (ring.count - 1)
    let item = ring[place]
    ring[place] = .unbound
    count -= 1
    revision += 1
    return item
  }

  /// Replaces all items.
  func replace(with items: [Value]) {
    ring = []
    head = 0
    count = 0
    revision += 1
    for item in items { append(item) }
  }

  private func grow() {
    guard count == ring.count else { return }
    var wider = items
    wider += [Value](repeating: .unbound, count: max(8, count))
    while wider.count & (wider.count - 1) != 0 { wider.append(.unbound) }
    ring = wider
    head = 0
  }
}

/// The iterator of a deque.
final class DequeIterator: IteratorObject {
  private let deque: DequeObject
  private let backwards: Bool
  private var position = 0
  private let revision: Int

  init(_ deque: DequeObject, backwards: Bool, type: TypeObject?) {
    self.deque = deque
    self.backwards = backwards
    revision = deque.revision
    super.init(type: type)
  }

  override func next(_ machine: Machine) throws(PythonError) -> Value? {
    if revision != deque.revision {
      throw machine.runtimeError("deque mutated during iteration")
    }
    guard position < deque.count else { return nil }
    position += 1
    return deque[backwards ? deque.count - position : position - 1]
  }
}

/// The methods of `deque`.
enum DequeType {
  private static let signature = Signature("deque", ["iterable", "maxlen"])

  static let rows: [BuiltinRow] =
    [
      BuiltinRow("__new__", keywords: true) { (machine, a) throws(PythonError) in
        .object(DequeObject(type: a[0].object(TypeObject.self)))
      },
      BuiltinRow("__init__", keywords: true) { (machine, a) throws(PythonError) in
        let deque: DequeObject = try machine.receiver(a)
        let given = try signature.bind(a, skipping: 1, machine)
        deque.limit = nil
        if let limit = given[1], !limit.isNone {
          let count = try machine.index(limit)
          if count < 0 { throw machine.valueError("maxlen must be non-negative") }
          deque.limit = count
        }
        deque.replace(with: [])
        if let source = given[0] { try extend(deque, source, machine) }
        return .none
      },
      BuiltinRow("__repr__", 0...0) { (machine, a) throws(PythonError) in
        let deque: DequeObject = try machine.receiver(a)
        let text = try machine.repr(
          deque.items,
          of: deque,
          open: "[",
          close: "]",
          recursive: "[...]"
        )
        let limit = deque.limit.map { ", maxlen=\($0)" } ?? ""
        return machine.string("\(machine.typeName(a[0]))(\(text)\(limit))")
      },
      BuiltinRow("__len__", 0...0) { (machine, a) throws(PythonError) in
        .int(try machine.receiver(a, DequeObject.self).count)
      },
      BuiltinRow("__iter__", 0...0) { (machine, a) throws(PythonError) in
        .object(
          DequeIterator(try machine.receiver(a), backwards: false, type: machine.types.iterator)
        )
      },
      BuiltinRow("__reversed__", 0...0) { (machine, a) throws(PythonError) in
        .object(
          DequeIterator(try machine.receiver(a), backwards: true, type: machine.types.iterator)
        )
      },
      BuiltinRow("__contains__", 1...1) { (machine, a) throws(PythonError) in
        for item in try machine.receiver(a, DequeObject.self).items {
          if try machine.isSame(item, a[1]) { return .bool(true) }
        }
        return .bool(false)
      },
      BuiltinRow("__getitem__", 1...1) { (machine, a) throws(PythonError) in
        let deque: DequeObject = try machine.receiver(a)
        return deque[try place(a[1], deque, machine)]
      },
      BuiltinRow("__setitem__", 2...2) { (machine, a) throws(PythonError) in
        let deque: DequeObject = try machine.receiver(a)
        deque[try place(a[1], deque, machine)] = a[2]
        return .none
      },
      BuiltinRow("__delitem__", 1...1) { (machine, a) throws(PythonError) in
        let deque: DequeObject = try machine.receiver(a)
        var items = deque.items
        items.remove(at: try place(a[1], deque, machine))
        deque.replace(with: items)
        return .none
      },
      BuiltinRow("append", 1...1) { (machine, a) throws(PythonError) in
        try machine.receiver(a, DequeObject.self).append(a[1])
        return .none
      },
      BuiltinRow("appendleft", 1...1) { (machine, a) throws(PythonError) in
        try machine.receiver(a, DequeObject.self).prepend(a[1])
        return .none
      },
      BuiltinRow("pop", 0...0) { (machine, a) throws(PythonError) in
        if let item = try machine.receiver(a, DequeObject.self).popLast() { return item }
        throw machine.indexError("pop from an empty deque")
      },
      BuiltinRow("popleft", 0...0) { (machine, a) throws(PythonError) in
        if let item = try machine.receiver(a, DequeObject.self).popFirst() { return item }
        throw machine.indexError("pop from an empty deque")
      },
      BuiltinRow("extend", 1...1) { (machine, a) throws(PythonError) in
        try extend(machine.receiver(a), a[1], machine)
        return .none
      },
      BuiltinRow("extendleft", 1...1) { (machine, a) throws(PythonError) in
        let deque: DequeObject = try machine.receiver(a)
        for item in try machine.items(a[1]) { deque.prepend(item) }
        return .none
      },
      BuiltinRow("clear", 0...0) { (machine, a) throws(PythonError) in
        try machine.receiver(a, DequeObject.self).replace(with: [])
        return .none
      },
      BuiltinRow("reverse", 0...0) { (machine, a) throws(PythonError) in
        let deque: DequeObject = try machine.receiver(a)
        deque.replace(with: deque.items.reversed())
        return .none
      },
      BuiltinRow("rotate", 0...1) { (machine, a) throws(PythonError) in
        let deque: DequeObject = try machine.receiver(a)
        let count = deque.count
        guard count > 1 else { return .none }
        let turn = try a.optional(1).map(machine.index, 1) % count
        let items = deque.items
        let cut = (count - turn) % count
        deque.replace(with: Array(items[cut...] + items[..<cut]))
        return .none
      },
      BuiltinRow("insert", 2...2) { (machine, a) throws(PythonError) in
        let deque: DequeObject = try machine.receiver(a)
        if let limit = deque.limit, deque.count >= limit {
          throw machine.indexError("deque already at its maximum size")
        }
        var items = deque.items
        var place = try machine.index(a[1])
        if place < 0 { place = max(0, place + items.count) }
        items.insert(a[2], at: min(place, items.count))
        deque.replace(with: items)
        return .none
      },
      BuiltinRow("remove", 1...1) { (machine, a) throws(PythonError) in
        let deque: DequeObject = try machine.receiver(a)
        var items = deque.items
        for (i, item) in items.enumerated() {
          if try machine.isSame(item, a[1]) {
            items.remove(at: i)
            deque.replace(with: items)
            return .none
          }
        }
        throw machine.valueError("deque.remove(x): x not in deque")
      },
      BuiltinRow("count", 1...1) { (machine, a) throws(PythonError) in
        var count = 0
        for item in try machine.receiver(a, DequeObject.self).items {
          if try machine.isSame(item, a[1]) { count += 1 }
        }
        return .int(count)
      },
      BuiltinRow("index", 1...3) { (machine, a) throws(PythonError) in
        let items = try machine.receiver(a, DequeObject.self).items
        if let place = try machine.firstIndex(of: a, among: { items }) { return .int(place) }
        throw machine.valueError("\(try machine.repr(a[1])) is not in deque")
      },
      BuiltinRow("copy", 0...0) { (machine, a) throws(PythonError) in try copy(machine, a) },
      BuiltinRow("__copy__", 0...0) { (machine, a) throws(PythonError) in try copy(machine, a) },
      BuiltinRow("__add__", 1...1) { (machine, a) throws(PythonError) in
        guard let other = a[1].object(DequeObject.self) else {
          throw machine.typeError(
            "can only concatenate deque (not \"\(machine.typeName(a[1]))\") to deque"
          )
        }
        let result = try copy(machine, a)
        if let deque = result.object(DequeObject.self) {
          for item in other.items { deque.append(item) }
        }
        return result
      },
      BuiltinRow("__iadd__", 1...1) { (machine, a) throws(PythonError) in
        try extend(machine.receiver(a), a[1], machine)
        return a[0]
      },
    ]
    + ComparisonOperator.methods.map { name, op in
      BuiltinRow(name, 1...1) { (machine, a) throws(PythonError) in
        let deque: DequeObject = try machine.receiver(a)
        guard let other = a[1].object(DequeObject.self) else { return .notImplemented }
        return try machine.compare(
          op,
          ListObject(deque.items, type: machine.types.list),
          ListObject(other.items, type: machine.types.list)
        )
      }
    }

  static let attributes: [AttributeRow] = [
    AttributeRow("maxlen") { (_, value) throws(PythonError) in
      value.object(DequeObject.self)?.limit.map(Value.int) ?? .none
    }
  ]

  private static func extend(
    _ deque: DequeObject,
    _ source: Value,
    _ machine: Machine
  ) throws(PythonError) {
    if source.object(DequeObject.self) === deque {
      for item in deque.items { deque.append(item) }
      return
    }
    let iterator = try machine.iterator(source)
    while let item = try iterator.next(machine) { deque.append(item) }
  }

  private static func place(
    _ key: Value,
    _ deque: DequeObject,
    _ machine: Machine
  ) throws(PythonError) -> Int {
    let place = try machine.position(key, count: deque.count) { name in
      "sequence index must be integer, not '\(name)'"
    }
    if let place { return place }
    throw machine.indexError("deque index out of range")
  }

  private static func copy(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let deque: DequeObject = try machine.receiver(a)
    let copy = DequeObject(type: deque.type)
    copy.limit = deque.limit
    copy.replace(with: deque.items)
    return .object(copy)
  }
}
