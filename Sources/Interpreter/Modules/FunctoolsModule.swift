/// The module `_functools`: what `functools` has in Swift.
enum FunctoolsModule {
  static let row = ModuleRow(name: "_functools") { (machine) throws(PythonError) in
    let partial = machine.makeType(
      "partial",
      module: "functools",
      rows: PartialObject.rows,
      attributes: PartialObject.attributes
    )
    partial.allowsAttributes = true
    let cache = machine.makeType(
      "_lru_cache_wrapper",
      module: "functools",
      rows: CacheObject.rows
    )
    cache.allowsAttributes = true
    let key = machine.makeType("KeyWrapper", module: "functools", rows: KeyObject.rows)
    return machine.module(
      "_functools",
      [reduce, keyMaker],
      values: [
        ("partial", .object(partial)), ("_lru_cache_wrapper", .object(cache)),
        ("KeyWrapper", .object(key)),
      ]
    )
  }

  private static let reduce = BuiltinRow("reduce", 2...3) { (machine, a) throws(PythonError) in
    let source = try machine.iterator(
      a[1],
      orThrow: "reduce() arg 2 must support iteration"
    )
    var total: Value
    if let initial = a.optional(2) {
      total = initial
    } else if let first = try source.next(machine) {
      total = first
    } else {
      throw machine.typeError("reduce() of empty iterable with no initial value")
    }
    while let item = try source.next(machine) { total = try machine.call(a[0], [total, item]) }
    return total
  }

  private static let keySignature = Signature("cmp_to_key", ["mycmp"], required: 1)

  private static let keyMaker = BuiltinRow("cmp_to_key", keywords: true) {
    (machine, a) throws(PythonError) in
    let given = try keySignature.bind(a, machine)
    let type = machine.modules["_functools"]?.attributes?[machine.symbol("KeyWrapper")]
    return .object(
      KeyObject(given[0] ?? .none, nil, type: type?.object(TypeObject.self))
    )
  }
}

/// What `cmp_to_key` gives, and the keys that it makes.
private final class KeyObject: Object {
  let comparison: Value
  let item: Value?

  init(_ comparison: Value, _ item: Value?, type: TypeObject?) {
    self.comparison = comparison
    self.item = item
    super.init(type: type)
  }

  static let rows: [BuiltinRow] =
    [
      BuiltinRow("__call__", 1...1) { (machine, a) throws(PythonError) in
        let key: KeyObject = try machine.receiver(a)
        return .object(KeyObject(key.comparison, a[1], type: key.type))
      }
    ]
    + ComparisonOperator.methods.map { name, op in
      BuiltinRow(name, 1...1) { (machine, a) throws(PythonError) in
        let left: KeyObject = try machine.receiver(a)
        guard let right = a[1].object(KeyObject.self), let x = left.item, let y = right.item
        else { throw machine.typeError("other argument must be K instance") }
        return try machine.compare(op, machine.call(left.comparison, [x, y]), .int(0))
      }
    }
}

/// A Python `functools.partial`.
private final class PartialObject: Object {
  let function: Value
  let positional: [Value]
  let keywords: [(name: Symbol, value: Value)]

  init(
    _ function: Value,
    _ positional: [Value],
    _ keywords: [(name: Symbol, value: Value)],
    type: TypeObject?
  ) {
    self.function = function
    self.positional = positional
    self.keywords = keywords
    super.init(type: type)
  }

  static let rows: [BuiltinRow] = [
    BuiltinRow("__new__", keywords: true) { (machine, a) throws(PythonError) in
      guard a.positionalCount > 1 else {
        throw machine.typeError("type 'partial' takes at least one argument")
      }
      guard machine.isCallable(a[1]) else {
        throw machine.typeError("the first argument must be callable")
      }
      var keywords = named(a)
      var positional = a.positional(from: 2)
      var function = a[1]
      if let inner = function.object(PartialObject.self) {
        function = inner.function
        positional = inner.positional + positional
        keywords = merged(inner.keywords, keywords)
      }
      return .object(
        PartialObject(function, positional, keywords, type: a[0].object(TypeObject.self))
      )
    },
    BuiltinRow("__call__", keywords: true) { (machine, a) throws(PythonError) in
      let partial: PartialObject = try machine.receiver(a)
      let keywords = merged(partial.keywords, named(a))
      return try machine.call(
        partial.function,
        partial.positional + a.positional(from: 1),
        keywords: keywords.map { ($0.name, $0.value) }
      )
    },
    BuiltinRow("__repr__", 0...0) { (machine, a) throws(PythonError) in
      let partial: PartialObject = try machine.receiver(a)
      guard machine.enterRepr(partial) else { return machine.string("...") }
      defer { machine.leaveRepr(partial) }
      var text = try machine.repr(partial.function)
      for value in partial.positional { text += ", " + (try machine.repr(value)) }
      for (name, value) in partial.keywords {
        text += ", \(machine.symbols.name(name))=\(try machine.repr(value))"
      }
      return machine.string("functools.partial(\(text))")
    },
  ]

  static let attributes: [AttributeRow] = [
    AttributeRow("func") { (_, value) throws(PythonError) in
      value.object(PartialObject.self)?.function ?? .none
    },
    AttributeRow("args") { (machine, value) throws(PythonError) in
      machine.tuple(value.object(PartialObject.self)?.positional ?? [])
    },
    AttributeRow("keywords") { (machine, value) throws(PythonError) in
      try machine.dict((value.object(PartialObject.self)?.keywords ?? []).map { ($0.0, $0.1) })
    },
  ]

  private static func named(_ a: Arguments) -> [(name: Symbol, value: Value)] {
    a.keywords.enumerated().map { (i, name) in (name, a.values[a.positionalCount + i]) }
  }

  private static func merged(
    _ first: [(name: Symbol, value: Value)],
    _ second: [(name: Symbol, value: Value)]
  ) -> [(name: Symbol, value: Value)] {
    var result = first
    for (name, value) in second {
      if let place = result.firstIndex(where: { $0.name == name }) {
        result[place].value = value
      } else {
        result.append((name, value))
      }
    }
    return result
  }
}

/// A function that remembers its results: what `functools.lru_cache` makes.
private final class CacheObject: Object {
  let function: Value
  /// The most results kept; nil for all.
  let limit: Int?
  let isTyped: Bool
  /// The results by their arguments, the one used last at the end.
  let results: DictObject
  var hits = 0
  var misses = 0

  init(_ function: Value, limit: Int?, isTyped: Bool, results: DictObject, type: TypeObject?) {
    self.function = function
    self.limit = limit
    self.isTyped = isTyped
    self.results = results
    super.init(type: type)
  }

  static let rows: [BuiltinRow] = [
    BuiltinRow("__new__", 3...3) { (machine, a) throws(PythonError) in
      var limit: Int?
      if !a[2].isNone { limit = max(0, try machine.index(a[2])) }
      return .object(
        CacheObject(
          a[1],
          limit: limit,
          isTyped: try machine.isTrue(a[3]),
          results: DictObject(type: machine.types.dict),
          type: a[0].object(TypeObject.self)
        )
      )
    },
    BuiltinRow("__call__", keywords: true, call),
    BuiltinRow("__get__", 1...2) { (machine, a) throws(PythonError) in
      if a[1].isNone { return a[0] }
      return .object(
        BoundMethod(function: a[0], receiver: a[1], type: machine.types.method)
      )
    },
    BuiltinRow("_statistics", 0...0) { (machine, a) throws(PythonError) in
      let cache: CacheObject = try machine.receiver(a)
      return machine.tuple([
        .int(cache.hits), .int(cache.misses), cache.limit.map(Value.int) ?? .none,
        .int(cache.results.table.count),
      ])
    },
    BuiltinRow("cache_clear", 0...0) { (machine, a) throws(PythonError) in
      let cache: CacheObject = try machine.receiver(a)
      cache.results.table.removeAll()
      cache.hits = 0
      cache.misses = 0
      return .none
    },
  ]

  private static func call(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let cache: CacheObject = try machine.receiver(a)
    let positional = a.positional(from: 1)
    let keywords = a.keywords.enumerated().map { (i, name) in
      (name, a.values[a.positionalCount + i])
    }
    if cache.limit == 0 {
      cache.misses += 1
      return try machine.call(cache.function, positional, keywords: keywords)
    }
    let key = cache.key(positional, keywords, machine)
    let hash = try machine.keyHash(key)
    if let place = try machine.place(of: key, hash: hash, in: cache.results) {
      cache.hits += 1
      let result = cache.results.table.entries[place].value
      if cache.limit != nil { cache.results.table.move(from: place, toEnd: true) }
      return result
    }
    cache.misses += 1
    let result = try machine.call(cache.function, positional, keywords: keywords)
    if try machine.place(of: key, hash: hash, in: cache.results) == nil {
      if let limit = cache.limit, cache.results.table.count >= limit,
        let oldest = cache.results.table.next(from: 0)
      {
        cache.results.table.remove(at: oldest)
      }
      cache.results.table.append(key, result, hash: hash)
    }
    return result
  }

  private func key(
    _ positional: [Value],
    _ keywords: [(Symbol, Value)],
    _ machine: Machine
  ) -> Value {
    if keywords.isEmpty, !isTyped, positional.count == 1 {
      switch positional[0] {
      case .int: return positional[0]
      case .object(let object) where object.asPlainString != nil: return positional[0]
      default: break
      }
    }
    var parts = positional
    if !keywords.isEmpty {
      // A mark that no argument can be keeps f(1, x=2) apart from f(1, "x", 2).
      parts.append(.object(machine.types.cell))
      for (name, value) in keywords {
        parts.append(machine.string(machine.symbols.name(name)))
        parts.append(value)
      }
    }
    if isTyped {
      for value in positional { parts.append(.object(machine.type(of: value))) }
      for (_, value) in keywords { parts.append(.object(machine.type(of: value))) }
    }
    return machine.tuple(parts)
  }
}
