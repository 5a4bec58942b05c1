/// The iterator of `enumerate(iterable, start)`.
final class EnumerateIterator: IteratorObject {
  private let source: IteratorObject
  private var count: Value

  init(_ source: IteratorObject, start: Value, type: TypeObject?) {
    self.source = source
    count = start
    super.init(type: type)
  }

  override func next(_ machine: Machine) throws(PythonError) -> Value? {
    guard let item = try source.next(machine) else { return nil }
    let number = count
    if case .int(let small) = number, small < Int.max {
      count = .int(small + 1)
    } else {
      count = try machine.binary(.add, number, .int(1))
    }
    return machine.tuple([number, item])
  }
}

/// The iterator of `zip(…, strict)`.
final class ZipIterator: IteratorObject {
  private var sources: [IteratorObject]
  private let isStrict: Bool

  init(_ sources: [IteratorObject], strict: Bool, type: TypeObject?) {
    self.sources = sources
    isStrict = strict
    super.init(type: type)
  }

  override func next(_ machine: Machine) throws(PythonError) -> Value? {
    if sources.isEmpty { return nil }
    var items: [Value] = []
    items.reserveCapacity(sources.count)
    for (i, source) in sources.enumerated() {
      if let item = try source.next(machine) {
        items.append(item)
        continue
      }
      defer { sources = [] }
      guard isStrict else { return nil }
      if i > 0 { throw uneven(machine, i, "shorter") }
      for j in 1..<max(1, sources.count) {
        if try sources[j].next(machine) != nil { throw uneven(machine, j, "longer") }
      }
      return nil
    }
    return machine.tuple(items)
  }

  private func uneven(_ machine: Machine, _ i: Int, _ word: String) -> PythonError {
    let others = i == 1 ? "argument 1" : "arguments 1-\(i)"
    return machine.valueError("zip() argument \(i + 1) is \(word) than \(others)")
  }
}

/// The iterator of `map(function, …)`.
final class MapIterator: IteratorObject {
  private let function: Value
  private let sources: [IteratorObject]

  init(_ function: Value, _ sources: [IteratorObject], type: TypeObject?) {
    self.function = function
    self.sources = sources
    super.init(type: type)
  }

  override func next(_ machine: Machine) throws(PythonError) -> Value? {
    var items: [Value] = []
    items.reserveCapacity(sources.count)
    for source in sources {
      guard let item = try source.next(machine) else { return nil }
      items.append(item)
    }
    return try machine.call(function, items)
  }
}

/// The iterator of `filter(function, iterable)`.
final class FilterIterator: IteratorObject {
  private let function: Value
  private let source: IteratorObject
  private let keeps: Bool

  /// An iterator over the items for which `function` is true, or false where `keeps` is.
  init(_ function: Value, _ source: IteratorObject, keeps: Bool = true, type: TypeObject?) {
    self.function = function
    self.source = source
    self.keeps = keeps
    super.init(type: type)
  }

  override func next(_ machine: Machine) throws(PythonError) -> Value? {
    while let item = try source.next(machine) {
      let verdict = function.isNone ? item : try machine.call(function, [item])
      if try machine.isTrue(verdict) == keeps { return item }
    }
    return nil
  }
}

/// `reversed(sequence)` of anything with `__len__` and `__getitem__`.
final class ReversedIterator: IteratorObject {
  private let sequence: Value
  private var position: Int

  init(_ sequence: Value, count: Int, type: TypeObject?) {
    self.sequence = sequence
    position = count
    super.init(type: type)
  }

  override func next(_ machine: Machine) throws(PythonError) -> Value? {
    guard position > 0 else { return nil }
    position -= 1
    return try machine.item(sequence, .int(position))
  }
}

/// The iterator of `iter(function, sentinel)`.
final class CallableIterator: IteratorObject {
  private var function: Value
  private let sentinel: Value

  init(_ function: Value, sentinel: Value, type: TypeObject?) {
    self.function = function
    self.sentinel = sentinel
    super.init(type: type)
  }

  override func next(_ machine: Machine) throws(PythonError) -> Value? {
    if function.isUnbound { return nil }
    let item = try machine.call(function)
    if try machine.isSame(item, sentinel) {
      function = .unbound
      return nil
    }
    return item
  }
}

/// How the classes of iterators are called.
enum IteratorTypes {
  private static let enumerateSignature =
    Signature("enumerate", ["iterable", "start"], required: 1)

  static let enumerateRows = [
    BuiltinRow("__new__", keywords: true) { (machine, a) throws(PythonError) in
      let given = try enumerateSignature.bind(a, skipping: 1, machine)
      var start = Value.int(0)
      if let value = given[1] { start = machine.value(try machine.wholeIndex(value)) }
      return .object(
        EnumerateIterator(
          try machine.iterator(given[0] ?? .none),
          start: start,
          type: a[0].object(TypeObject.self)
        )
      )
    }
  ]

  static let zipRows = [
    BuiltinRow("__new__", keywords: true) { (machine, a) throws(PythonError) in
      var strict = false
      for (i, name) in a.keywords.enumerated() {
        guard machine.symbols.name(name) == "strict" else {
          throw machine.typeError(
            "'\(machine.symbols.name(name))' is an invalid keyword argument for zip()"
          )
        }
        strict = try machine.isTrue(a.values[a.positionalCount + i])
      }
      var sources: [IteratorObject] = []
      for value in a.positional(from: 1) { sources.append(try machine.iterator(value)) }
      return .object(ZipIterator(sources, strict: strict, type: a[0].object(TypeObject.self)))
    }
  ]

  static let mapRows = [
    BuiltinRow("__new__") { (machine, a) throws(PythonError) in
      guard a.positionalCount > 2 else {
        throw machine.typeError("map() must have at least two arguments.")
      }
      var sources: [IteratorObject] = []
      for value in a.positional(from: 2) { sources.append(try machine.iterator(value)) }
      return .object(MapIterator(a[1], sources, type: a[0].object(TypeObject.self)))
    }
  ]

  static let filterRows = [
    BuiltinRow("__new__", 2...2) { (machine, a) throws(PythonError) in
      .object(
        FilterIterator(a[1], try machine.iterator(a[2]), type: a[0].object(TypeObject.self))
      )
    }
  ]

  static let reversedRows = [
    BuiltinRow("__new__", 1...1) { (machine, a) throws(PythonError) in
      let type = machine.type(of: a[1])
      let method = type.find(machine.names.dunderReversed)
      if !method.isUnbound, !method.isNone { return try machine.callMethod(method, a[1]) }
      guard method.isUnbound, !type.find(machine.names.dunderGetitem).isUnbound,
        a[1].object(DictObject.self) == nil
      else { throw machine.typeError("'\(type.name)' object is not reversible") }
      return .object(
        ReversedIterator(
          a[1],
          count: try machine.length(a[1]),
          type: a[0].object(TypeObject.self)
        )
      )
    }
  ]
}

extension Machine {
  /// The iterator of `value`, or a TypeError of its own for what cannot be iterated.
  func iterator(_ value: Value, orThrow message: String) throws(PythonError) -> IteratorObject {
    let type = type(of: value)
    if type.find(names.dunderIter).isUnbound, type.find(names.dunderGetitem).isUnbound {
      throw typeError(message)
    }
    return try iterator(value)
  }
}
