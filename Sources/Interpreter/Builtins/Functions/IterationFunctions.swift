/// The built-in functions about iterables.
enum IterationFunctions {
  static let rows: [BuiltinRow] = [
    BuiltinRow("len", 1...1) { (machine, a) throws(PythonError) in
      .int(try machine.length(a[0]))
    },
    BuiltinRow("iter", 1...2) { (machine, a) throws(PythonError) in
      guard let sentinel = a.optional(1) else { return try machine.iter(a[0]) }
      guard machine.isCallable(a[0]) else {
        throw machine.typeError("iter(v, w): v must be callable")
      }
      return .object(
        CallableIterator(a[0], sentinel: sentinel, type: machine.types.callableIterator)
      )
    },
    BuiltinRow("next", 1...2, next),
    BuiltinRow("min", keywords: true) { (machine, a) throws(PythonError) in
      try extreme(machine, a, "min", .less)
    },
    BuiltinRow("max", keywords: true) { (machine, a) throws(PythonError) in
      try extreme(machine, a, "max", .greater)
    },
    BuiltinRow("sorted", keywords: true, sorted),
    BuiltinRow("any", 1...1) { (machine, a) throws(PythonError) in
      let iterator = try machine.iterator(a[0])
      while let item = try iterator.next(machine) {
        if try machine.isTrue(item) { return .bool(true) }
      }
      return .bool(false)
    },
    BuiltinRow("all", 1...1) { (machine, a) throws(PythonError) in
      let iterator = try machine.iterator(a[0])
      while let item = try iterator.next(machine) {
        if try !machine.isTrue(item) { return .bool(false) }
      }
      return .bool(true)
    },
  ]

  private static func next(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let type = machine.type(of: a[0])
    if a.optional(1) == nil, type === machine.types.generator || type.isUserDefined {
      // The value that a generator returns travels in the exception.
      let method = type.find(machine.names.dunderNext)
      if !method.isUnbound { return try machine.callMethod(method, a[0]) }
    }
    if let item = try machine.next(a[0]) { return item }
    if let standard = a.optional(1) { return standard }
    throw machine.stopIteration()
  }

  private static func extreme(
    _ machine: Machine,
    _ a: Arguments,
    _ function: String,
    _ op: ComparisonOperator
  ) throws(PythonError) -> Value {
    var key = Value.none
    var standard: Value?
    for (i, name) in a.keywords.enumerated() {
      let value = a.values[a.positionalCount + i]
      switch machine.symbols.name(name) {
      case "key": key = value
      case "default": standard = value
      case let other:
        throw machine.typeError("'\(other)' is an invalid keyword argument for \(function)()")
      }
    }
    if a.positionalCount == 0 {
      throw machine.typeError("\(function) expected at least 1 argument, got 0")
    }
    if a.positionalCount > 1, standard != nil {
      throw machine.typeError(
        "Cannot specify a default for \(function)() with multiple positional arguments"
      )
    }
    let source =
      a.positionalCount > 1 ? machine.tuple(a.positional()) : a[0]
    let iterator = try machine.iterator(source)
    guard var best = try iterator.next(machine) else {
      if let standard { return standard }
      throw machine.valueError("\(function)() arg is an empty sequence")
    }
    var bestKey = key.isNone ? best : try machine.call(key, [best])
    var steps = 0
    while let item = try iterator.next(machine) {
      let itemKey = key.isNone ? item : try machine.call(key, [item])
      if try machine.isTrue(try machine.compare(op, itemKey, bestKey)) {
        best = item
        bestKey = itemKey
      }
      steps += 1
      if steps & 0xfff == 0 { try machine.pulse() }
    }
    return best
  }

  private static let sortSignature =
    Signature("sort", ["", "key", "reverse"], required: 1, positional: 1)

  private static func sorted(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    guard a.positionalCount == 1 else {
      throw machine.typeError("sorted expected 1 argument, got \(a.positionalCount)")
    }
    let given = try sortSignature.bind(a, machine)
    let items = try machine.items(a[0])
    let reverse = try given[2].map(machine, false)
    var sorting = Sorting(machine)
    return machine.list(
      try sorting.sorted(items, key: given[1] ?? .none, reverse: reverse)
    )
  }
}
