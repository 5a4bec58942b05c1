/// The module `itertools`.
enum ItertoolsModule {
  static let row = ModuleRow(name: "itertools") { (machine) throws(PythonError) in
    let module = machine.module("itertools", [teeRow])
    for kind in kinds {
      let type = machine.makeType(
        kind.name,
        module: "itertools",
        rows: [kind.row] + kind.others,
        isIterator: true
      )
      module.attributes?[machine.symbol(kind.name)] = .object(type)
    }
    return module
  }

  /// One class of the module: how it is called, and methods beside those of every iterator.
  private struct Kind {
    let name: String
    let row: BuiltinRow
    let others: [BuiltinRow]

    init(_ name: String, row: BuiltinRow) {
      self.name = name
      self.row = row
      others = []
    }

    init(
      _ name: String,
      _ names: [String]? = nil,
      required: Int = 0,
      positional: Int? = nil,
      others: [BuiltinRow] = [],
      _ make:
        @escaping @Sendable (Machine, [Value?], TypeObject?) throws(PythonError) -> IteratorObject
    ) {
      self.name = name
      self.others = others
      let signature = names.map { Signature(name, $0, required: required, positional: positional) }
      row = BuiltinRow("__new__", keywords: signature != nil) { (machine, a) throws(PythonError) in
        let type = a[0].object(TypeObject.self)
        if let signature {
          return .object(try make(machine, signature.bind(a, skipping: 1, machine), type))
        }
        return .object(try make(machine, a.positional(from: 1), type))
      }
    }
  }

  private static let kinds: [Kind] = infinite + filtering + combining + combinatoric

  private static func closure(
    _ type: TypeObject?,
    _ body: @escaping (Machine) throws(PythonError) -> Value?
  ) -> IteratorObject {
    ClosureIterator(type: type, body)
  }
}

/// An iterator whose state lives in a closure.
final class ClosureIterator: IteratorObject {
  private let body: (Machine) throws(PythonError) -> Value?

  init(type: TypeObject?, _ body: @escaping (Machine) throws(PythonError) -> Value?) {
    self.body = body
    super.init(type: type)
  }

  override func next(_ machine: Machine) throws(PythonError) -> Value? { try body(machine) }
}

/// `itertools.count`, which shows where it is.
final class CountIterator: IteratorObject {
  /// The next number.
  private(set) var value: Value
  /// What is added each time.
  let step: Value

  init(_ value: Value, step: Value, type: TypeObject?) {
    self.value = value
    self.step = step
    super.init(type: type)
  }

  override func next(_ machine: Machine) throws(PythonError) -> Value? {
    let current = value
    value = try machine.binary(.add, current, step)
    return current
  }
}

/// `itertools.repeat`, which shows what is left.
final class RepeatIterator: IteratorObject {
  /// What is given again and again.
  let value: Value
  /// How often still; nil for ever.
  private(set) var remaining: Int?

  init(_ value: Value, times: Int?, type: TypeObject?) {
    self.value = value
    remaining = times.map { max(0, $0) }
    super.init(type: type)
  }

  override func next(_ machine: Machine) throws(PythonError) -> Value? {
    if let remaining {
      if remaining == 0 { return nil }
      self.remaining = remaining - 1
    }
    return value
  }
}

// MARK: - Without end, and what filters

extension ItertoolsModule {
  private static let infinite: [Kind] = [
    Kind(
      "count",
      ["start", "step"],
      others: [
        BuiltinRow("__repr__", 0...0) { (machine, a) throws(PythonError) in
          let count: CountIterator = try machine.receiver(a)
          let value = try machine.repr(count.value)
          if case .int(1) = count.step { return machine.string("count(\(value))") }
          return machine.string("count(\(value), \(try machine.repr(count.step)))")
        }
      ]
    ) { (machine, given, type) throws(PythonError) in
      let start = given[0] ?? .int(0)
      if Number(start) == nil { throw machine.typeError("a number is required") }
      return CountIterator(start, step: given[1] ?? .int(1), type: type)
    },
    Kind("cycle", [""], required: 1) { (machine, given, type) throws(PythonError) in
      let source = try machine.iterator(given[0] ?? .none)
      var saved: [Value] = []
      var position: Int?
      return closure(type) { (machine) throws(PythonError) in
        if position == nil {
          if let item = try source.next(machine) {
            saved.append(item)
            return item
          }
          position = 0
        }
        guard let place = position, !saved.isEmpty else { return nil }
        position = (place + 1) % saved.count
        return saved[place]
      }
    },
    Kind(
      "repeat",
      ["object", "times"],
      required: 1,
      others: [
        BuiltinRow("__repr__", 0...0) { (machine, a) throws(PythonError) in
          let iterator: RepeatIterator = try machine.receiver(a)
          let value = try machine.repr(iterator.value)
          let times = iterator.remaining.map { ", \($0)" } ?? ""
          return machine.string("repeat(\(value)\(times))")
        },
        BuiltinRow("__length_hint__", 0...0) { (machine, a) throws(PythonError) in
          guard let remaining = try machine.receiver(a, RepeatIterator.self).remaining else {
            throw machine.typeError("len() of unsized object")
          }
          return .int(remaining)
        },
      ]
    ) { (machine, given, type) throws(PythonError) in
      var times: Int?
      if let value = given[1] { times = try machine.index(value) }
      return RepeatIterator(given[0] ?? .none, times: times, type: type)
    },
  ]

  private static let filtering: [Kind] = [
    Kind("filterfalse", ["", ""], required: 2) { (machine, given, type) throws(PythonError) in
      FilterIterator(
        given[0] ?? .none,
        try machine.iterator(given[1] ?? .none),
        keeps: false,
        type: type
      )
    },
    Kind("takewhile", ["", ""], required: 2) { (machine, given, type) throws(PythonError) in
      let test = given[0] ?? .none
      let source = try machine.iterator(given[1] ?? .none)
      var isOver = false
      return closure(type) { (machine) throws(PythonError) in
        guard !isOver, let item = try source.next(machine) else { return nil }
        if try machine.isTrue(try machine.call(test, [item])) { return item }
        isOver = true
        return nil
      }
    },
    Kind("dropwhile", ["", ""], required: 2) { (machine, given, type) throws(PythonError) in
      let test = given[0] ?? .none
      let source = try machine.iterator(given[1] ?? .none)
      var isDropping = true
      return closure(type) { (machine) throws(PythonError) in
        while let item = try source.next(machine) {
          if !isDropping { return item }
          if try !machine.isTrue(try machine.call(test, [item])) {
            isDropping = false
            return item
          }
        }
        return nil
      }
    },
    Kind("compress", ["data", "selectors"], required: 2) {
      (machine, given, type) throws(PythonError) in
      let source = try machine.iterator(given[0] ?? .none)
      let selectors = try machine.iterator(given[1] ?? .none)
      return closure(type) { (machine) throws(PythonError) in
        while let item = try source.next(machine), let selector = try selectors.next(machine) {
          if try machine.isTrue(selector) { return item }
        }
        return nil
      }
    },
    Kind("islice") { (machine, given, type) throws(PythonError) in
      try slice(machine, given, type)
    },
    Kind("starmap", ["", ""], required: 2) { (machine, given, type) throws(PythonError) in
      let function = given[0] ?? .none
      let source = try machine.iterator(given[1] ?? .none)
      return closure(type) { (machine) throws(PythonError) in
        guard let item = try source.next(machine) else { return nil }
        return try machine.call(function, machine.items(item))
      }
    },
    Kind("accumulate", ["iterable", "func", "initial"], required: 1, positional: 2) {
      (machine, given, type) throws(PythonError) in
      let source = try machine.iterator(given[0] ?? .none)
      let function = given[1] ?? .none
      var total: Value?
      var initial = given[2].flatMap { $0.isNone ? nil : $0 }
      return closure(type) { (machine) throws(PythonError) in
        if let start = initial {
          initial = nil
          total = start
          return start
        }
        guard let item = try source.next(machine) else { return nil }
        guard let sum = total else {
          total = item
          return item
        }
        let next =
          function.isNone
          ? try machine.binary(.add, sum, item) : try machine.call(function, [sum, item])
        total = next
        return next
      }
    },
    Kind("pairwise", [""], required: 1) { (machine, given, type) throws(PythonError) in
      let source = try machine.iterator(given[0] ?? .none)
      var previous: Value?
      return closure(type) { (machine) throws(PythonError) in
        if previous == nil { previous = try source.next(machine) }
        guard let first = previous, let second = try source.next(machine) else { return nil }
        previous = second
        return machine.tuple([first, second])
      }
    },
  ]

  private static func slice(
    _ machine: Machine,
    _ given: [Value?],
    _ type: TypeObject?
  ) throws(PythonError) -> IteratorObject {
    guard (2...4).contains(given.count) else {
      let least = given.count < 2
      throw machine.typeError(
        "islice expected at \(least ? "least 2" : "most 4") arguments, got \(given.count)"
      )
    }
    func number(_ value: Value?, _ message: String, _ least: Int) throws(PythonError) -> Int? {
      guard let value, !value.isNone else { return nil }
      guard let number = try machine.wholeIndexIfAny(value), case .int(let index) = number,
        index >= least
      else { throw machine.valueError(message) }
      return index
    }
    let message =
      "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize."
    let hasStart = given.count > 2
    let start = hasStart ? try number(given[1], message, 0) ?? 0 : 0
    let stopMessage =
      "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize."
    let stop = try number(given[hasStart ? 2 : 1], hasStart ? message : stopMessage, 0)
    let step =
      given.count > 3
      ? try number(given[3], "Step for islice() must be a positive integer or None.", 1) ?? 1 : 1
    let source = try machine.iterator(given[0] ?? .none)
    var position = 0
    var next = start
    return ClosureIterator(type: type) { (machine) throws(PythonError) in
      while position < next {
        if let stop, position >= stop { return nil }
        guard try source.next(machine) != nil else { return nil }
        position += 1
      }
      if let stop, position >= stop { return nil }
      guard let item = try source.next(machine) else { return nil }
      position += 1
      next += step
      return item
    }
  }
}

// MARK: - What combines

extension ItertoolsModule {
  private static let combining: [Kind] = [
    Kind(
      "chain",
      others: [
        BuiltinRow("from_iterable", 1...1, binding: .type) { (machine, a) throws(PythonError) in
          let sources = try machine.iterator(a[1])
          return .object(chained(sources, a[0].object(TypeObject.self)))
        }
      ]
    ) { (machine, given, type) throws(PythonError) in
      let sources = machine.tuple(given.map { $0 ?? .none })
      return chained(try machine.iterator(sources), type)
    },
    Kind("zip_longest", row: longestRow),
    Kind("groupby", ["iterable", "key"], required: 1) {
      (machine, given, type) throws(PythonError) in
      GroupIterator(try machine.iterator(given[0] ?? .none), key: given[1] ?? .none, type: type)
    },
  ]

  private static func chained(_ sources: IteratorObject, _ type: TypeObject?) -> IteratorObject {
    var current: IteratorObject?
    return ClosureIterator(type: type) { (machine) throws(PythonError) in
      while true {
        if let source = current {
          if let item = try source.next(machine) { return item }
          current = nil
        }
        guard let next = try sources.next(machine) else { return nil }
        current = try machine.iterator(next)
      }
    }
  }

  /// `zip_longest`, whose keyword does not fit the other signatures.
  private static let longestRow = BuiltinRow("__new__", keywords: true) {
    (machine, a) throws(PythonError) in
    var fill = Value.none
    for (i, name) in a.keywords.enumerated() {
      guard machine.symbols.name(name) == "fillvalue" else {
        throw machine.typeError("zip_longest() got an unexpected keyword argument")
      }
      fill = a.values[a.positionalCount + i]
    }
    var sources: [IteratorObject?] = []
    for value in a.positional(from: 1) { sources.append(try machine.iterator(value)) }
    var live = sources.count
    return .object(
      ClosureIterator(type: a[0].object(TypeObject.self)) { (machine) throws(PythonError) in
        if live == 0 { return nil }
        var items: [Value] = []
        for i in sources.indices {
          if let item = try sources[i]?.next(machine) {
            items.append(item)
            continue
          }
          if sources[i] != nil {
            sources[i] = nil
            live -= 1
            if live == 0 { return nil }
          }
          items.append(fill)
        }
        return machine.tuple(items)
      }
    )
  }

  private static let teeRow = BuiltinRow("tee", 1...2) { (machine, a) throws(PythonError) in
    var count = 2
    if let value = a.optional(1) { count = try machine.index(value) }
    if count < 0 { throw machine.valueError("n must be >= 0") }
    try machine.checkSize(count, of: 256)
    let shared = TeeSource(try machine.iterator(a[0]))
    var copies: [Value] = []
    for _ in 0..<count {
      var position = 0
      copies.append(
        .object(
          ClosureIterator(type: machine.types.iterator) { (machine) throws(PythonError) in
            guard let item = try shared.item(at: position, machine) else { return nil }
            position += 1
            return item
          }
        )
      )
    }
    return machine.tuple(copies)
  }
}

/// What the copies made by `tee` have in common: the items seen so far.
private final class TeeSource {
  private let source: IteratorObject
  private var items: [Value] = []

  init(_ source: IteratorObject) {
    self.source = source
  }

  func item(at position: Int, _ machine: Machine) throws(PythonError) -> Value? {
    while items.count <= position {
      guard let item = try source.next(machine) else { return nil }
      items.append(item)
    }
    return items[position]
  }
}

/// `itertools.groupby`: gives a key and an iterator over the run of items that have it.
private final class GroupIterator: IteratorObject {
  private let source: IteratorObject
  private let key: Value
  private var pending: (key: Value, item: Value)?
  private var currentKey: Value?
  private var group = 0

  init(_ source: IteratorObject, key: Value, type: TypeObject?) {
    self.source = source
    self.key = key
    super.init(type: type)
  }

  override func next(_ machine: Machine) throws(PythonError) -> Value? {
    group += 1
    // What is left of the last group is passed over.
    while true {
      if pending == nil { try advance(machine) }
      guard let found = pending else { return nil }
      if let last = currentKey, try machine.isSame(last, found.key) {
        pending = nil
        continue
      }
      currentKey = found.key
      let own = group
      let items = ClosureIterator(type: machine.types.iterator) {
        [unowned self, holder = Value.object(self)] (machine) throws(PythonError) in
        _ = holder
        return try member(of: own, machine)
      }
      return machine.tuple([found.key, .object(items)])
    }
  }

  private func member(of own: Int, _ machine: Machine) throws(PythonError) -> Value? {
    guard own == group else { return nil }
    if pending == nil { try advance(machine) }
    guard let found = pending, let current = currentKey,
      try machine.isSame(current, found.key)
    else { return nil }
    pending = nil
    return found.item
  }

  private func advance(_ machine: Machine) throws(PythonError) {
    guard let item = try source.next(machine) else { return }
    pending = (key.isNone ? item : try machine.call(key, [item]), item)
  }
}

// MARK: - Combinatoric

extension ItertoolsModule {
  private static let combinatoric: [Kind] = [
    Kind("permutations", ["iterable", "r"], required: 1) {
      (machine, given, type) throws(PythonError) in
      let pool = try machine.items(given[0] ?? .none)
      var size = pool.count
      if let value = given[1], !value.isNone { size = try machine.index(value) }
      if size < 0 { throw machine.valueError("r must be non-negative") }
      return permutations(pool, size, type)
    },
    Kind("combinations", ["iterable", "r"], required: 2) {
      (machine, given, type) throws(PythonError) in
      let pool = try machine.items(given[0] ?? .none)
      let size = try machine.index(given[1] ?? .none)
      if size < 0 { throw machine.valueError("r must be non-negative") }
      return combinations(pool, size, repeats: false, type)
    },
    Kind("combinations_with_replacement", ["iterable", "r"], required: 2) {
      (machine, given, type) throws(PythonError) in
      let pool = try machine.items(given[0] ?? .none)
      let size = try machine.index(given[1] ?? .none)
      if size < 0 { throw machine.valueError("r must be non-negative") }
      return combinations(pool, size, repeats: true, type)
    },
    Kind("product", row: productRow),
  ]

  /// `product`, which takes a keyword beside any number of arguments.
  private static let productRow = BuiltinRow("__new__", keywords: true) {
    (machine, a) throws(PythonError) in
    var times = 1
    for (i, name) in a.keywords.enumerated() {
      guard machine.symbols.name(name) == "repeat" else {
        throw machine.typeError(
          "'\(machine.symbols.name(name))' is an invalid keyword argument for product()"
        )
      }
      times = try machine.index(a.values[a.positionalCount + i])
    }
    if times < 0 { throw machine.valueError("repeat argument cannot be negative") }
    var pools: [[Value]] = []
    for value in a.positional(from: 1) { pools.append(try machine.items(value)) }
    try machine.checkSize(times, of: max(1, pools.count) * 16)
    var all: [[Value]] = []
    for _ in 0..<times { all += pools }
    let factors = all
    var places = [Int](repeating: 0, count: factors.count)
    var isOver = factors.contains(where: \.isEmpty)
    return .object(
      ClosureIterator(type: a[0].object(TypeObject.self)) { (machine) throws(PythonError) in
        if isOver { return nil }
        var items: [Value] = []
        for (i, place) in places.enumerated() { items.append(factors[i][place]) }
        var i = places.count - 1
        while i >= 0 {
          places[i] += 1
          if places[i] < factors[i].count { break }
          places[i] = 0
          i -= 1
        }
        if i < 0 { isOver = true }
        return machine.tuple(items)
      }
    )
  }

  private static func permutations(
    _ pool: [Value],
    _ size: Int,
    _ type: TypeObject?
  ) -> IteratorObject {
    var places = Array(pool.indices)
    var cycles = size <= pool.count ? (0..<size).map { pool.count - $0 } : []
    var isOver = size > pool.count
    var isFirst = true
    return ClosureIterator(type: type) { (machine) throws(PythonError) in
      if isOver { return nil }
      if isFirst {
        isFirst = false
        return machine.tuple(places.prefix(size).map { pool[$0] })
      }
      var i = size - 1
      while i >= 0 {
        cycles[i] -= 1
        if cycles[i] == 0 {
          let moved = places.remove(at: i)
          places.append(moved)
          cycles[i] = pool.count - i
          i -= 1
          continue
        }
        places.swapAt(i, places.count - cycles[i])
        return machine.tuple(places.prefix(size).map { pool[$0] })
      }
      isOver = true
      return nil
    }
  }

  private static func combinations(
    _ pool: [Value],
    _ size: Int,
    repeats: Bool,
    _ type: TypeObject?
  ) -> IteratorObject {
    let isImpossible = repeats ? pool.isEmpty && size > 0 : size > pool.count
    var places =
      isImpossible ? [] : repeats ? [Int](repeating: 0, count: size) : Array(0..<size)
    var isOver = isImpossible
    var isFirst = true
    return ClosureIterator(type: type) { (machine) throws(PythonError) in
      if isOver { return nil }
      if isFirst {
        isFirst = false
        return machine.tuple(places.map { pool[$0] })
      }
      var i = size - 1
      while i >= 0, places[i] == (repeats ? pool.count - 1 : i + pool.count - size) { i -= 1 }
      if i < 0 {
        isOver = true
        return nil
      }
      places[i] += 1
      for j in (i + 1)..<max(i + 1, size) { places[j] = repeats ? places[i] : places[j - 1] + 1 }
      return machine.tuple(places.map { pool[$0] })
    }
  }
}
