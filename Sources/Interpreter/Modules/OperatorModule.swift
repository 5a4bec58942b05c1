/// The module `operator`.
enum OperatorModule {
  static let row = ModuleRow(name: "operator") { (machine) throws(PythonError) in
    let module = machine.module("operator", rows)
    for (name, rows) in [
      ("itemgetter", getterRows), ("attrgetter", getterRows), ("methodcaller", getterRows),
    ] {
      let type = machine.makeType(name, module: "operator", rows: rows)
      module.attributes?[machine.symbol(name)] = .object(type)
    }
    for (name, _) in binary {
      let plain = machine.symbol(name)
      let dunder = machine.symbol("__\(name.hasSuffix("_") ? String(name.dropLast()) : name)__")
      if let function = module.attributes?[plain] { module.attributes?[dunder] = function }
    }
    return module
  }

  private static let binary: [(String, BinaryOperator)] = [
    ("add", .add), ("sub", .subtract), ("mul", .multiply), ("truediv", .divide),
    ("floordiv", .floorDivide), ("mod", .modulo), ("pow", .power), ("matmul", .matrixMultiply),
    ("lshift", .leftShift), ("rshift", .rightShift), ("and_", .bitAnd), ("or_", .bitOr),
    ("xor", .bitXor),
  ]

  private static let comparisons: [(String, ComparisonOperator)] = [
    ("lt", .less), ("le", .lessOrEqual), ("eq", .equal), ("ne", .notEqual), ("gt", .greater),
    ("ge", .greaterOrEqual), ("is_", .is), ("is_not", .isNot),
  ]

  private static let rows: [BuiltinRow] = binaryRows + inPlaceRows + comparisonRows + otherRows

  private static let binaryRows = binary.map { name, op in
    BuiltinRow(name, 2...2) { (machine, a) throws(PythonError) in
      try machine.binary(op, a[0], a[1])
    }
  }

  private static let inPlaceRows = binary.map { name, op in
    BuiltinRow("i" + (name.hasSuffix("_") ? String(name.dropLast()) : name), 2...2) {
      (machine, a) throws(PythonError) in
      try machine.binary(op, a[0], a[1], inPlace: true)
    }
  }

  private static let comparisonRows = comparisons.map { name, op in
    BuiltinRow(name, 2...2) { (machine, a) throws(PythonError) in
      try machine.compare(op, a[0], a[1])
    }
  }

  private static let otherRows: [BuiltinRow] = [
    BuiltinRow("neg", 1...1) { (machine, a) throws(PythonError) in
      try machine.unary(.minus, a[0])
    },
    BuiltinRow("pos", 1...1) { (machine, a) throws(PythonError) in
      try machine.unary(.plus, a[0])
    },
    BuiltinRow("invert", 1...1) { (machine, a) throws(PythonError) in
      try machine.unary(.invert, a[0])
    },
    BuiltinRow("inv", 1...1) { (machine, a) throws(PythonError) in
      try machine.unary(.invert, a[0])
    },
    BuiltinRow("not_", 1...1) { (machine, a) throws(PythonError) in
      .bool(try !machine.isTrue(a[0]))
    },
    BuiltinRow("truth", 1...1) { (machine, a) throws(PythonError) in
      .bool(try machine.isTrue(a[0]))
    },
    BuiltinRow("abs", 1...1) { (machine, a) throws(PythonError) in
      try machine.call(machine.builtins[machine.symbol("abs")] ?? .none, [a[0]])
    },
    BuiltinRow("index", 1...1) { (machine, a) throws(PythonError) in
      machine.value(try machine.wholeIndex(a[0]))
    },
    BuiltinRow("concat", 2...2) { (machine, a) throws(PythonError) in
      try machine.binary(.add, a[0], a[1])
    },
    BuiltinRow("contains", 2...2) { (machine, a) throws(PythonError) in
      .bool(try machine.contains(a[0], a[1]))
    },
    BuiltinRow("getitem", 2...2) { (machine, a) throws(PythonError) in
      try machine.item(a[0], a[1])
    },
    BuiltinRow("setitem", 3...3) { (machine, a) throws(PythonError) in
      try machine.setItem(a[0], a[1], a[2])
      return .none
    },
    BuiltinRow("delitem", 2...2) { (machine, a) throws(PythonError) in
      try machine.deleteItem(a[0], a[1])
      return .none
    },
    BuiltinRow("countOf", 2...2) { (machine, a) throws(PythonError) in
      var count = 0
      for item in try machine.items(a[0]) {
        if try machine.isSame(item, a[1]) { count += 1 }
      }
      return .int(count)
    },
    BuiltinRow("indexOf", 2...2) { (machine, a) throws(PythonError) in
      for (i, item) in try machine.items(a[0]).enumerated() {
        if try machine.isSame(item, a[1]) { return .int(i) }
      }
      throw machine.valueError("sequence.index(x): x not in sequence")
    },
    BuiltinRow("length_hint", 1...2) { (machine, a) throws(PythonError) in
      let method = machine.type(of: a[0]).find(machine.names.dunderLen)
      return method.isUnbound ? a.optional(1) ?? .int(0) : .int(try machine.length(a[0]))
    },
    BuiltinRow("call", keywords: true) { (machine, a) throws(PythonError) in
      let keywords = a.keywords.enumerated().map { (i, name) in
        (name, a.values[a.positionalCount + i])
      }
      return try machine.call(a[0], a.positional(from: 1), keywords: keywords)
    },
  ]
}

/// An `itemgetter`, `attrgetter` or `methodcaller`, told apart by its class.
private final class GetterObject: Object {
  let arguments: [Value]
  let keywords: [(Symbol, Value)]

  init(_ arguments: [Value], _ keywords: [(Symbol, Value)], type: TypeObject?) {
    self.arguments = arguments
    self.keywords = keywords
    super.init(type: type)
  }
}

extension OperatorModule {
  private static let getterRows: [BuiltinRow] = [
    BuiltinRow("__new__", keywords: true) { (machine, a) throws(PythonError) in
      let type = a[0].object(TypeObject.self)
      let name = type?.name ?? ""
      guard a.positionalCount > 1 else {
        throw machine.typeError(
          name == "methodcaller"
            ? "methodcaller needs at least one argument, the method name"
            : "\(name) expected 1 argument, got 0"
        )
      }
      let keywords = a.keywords.enumerated().map { (i, name) in
        (name, a.values[a.positionalCount + i])
      }
      if name != "itemgetter", machine.text(a[1]) == nil {
        throw machine.typeError(
          name == "methodcaller"
            ? "method name must be a string" : "attribute name must be a string"
        )
      }
      return .object(GetterObject(a.positional(from: 1), keywords, type: type))
    },
    BuiltinRow("__call__", 1...1) { (machine, a) throws(PythonError) in
      let getter: GetterObject = try machine.receiver(a)
      if getter.type?.name == "methodcaller" {
        let method = try machine.attribute(a[1], machine.attributeName(getter.arguments[0]))
        return try machine.call(
          method,
          Array(getter.arguments.dropFirst()),
          keywords: getter.keywords
        )
      }
      var results: [Value] = []
      for argument in getter.arguments {
        if getter.type?.name == "itemgetter" {
          results.append(try machine.item(a[1], argument))
        } else {
          results.append(try follow(machine.text(argument) ?? "", from: a[1], machine))
        }
      }
      return results.count == 1 ? results[0] : machine.tuple(results)
    },
    BuiltinRow("__repr__", 0...0) { (machine, a) throws(PythonError) in
      let getter: GetterObject = try machine.receiver(a)
      var parts: [String] = []
      for argument in getter.arguments { parts.append(try machine.repr(argument)) }
      for (name, value) in getter.keywords {
        parts.append("\(machine.symbols.name(name))=\(try machine.repr(value))")
      }
      return machine.string(
        "operator.\(getter.type?.name ?? "")(\(parts.joined(separator: ", ")))"
      )
    },
  ]

  private static func follow(
    _ path: String,
    from start: Value,
    _ machine: Machine
  ) throws(PythonError) -> Value {
    var value = start
    for part in path.split(separator: ".") {
      value = try machine.attribute(value, machine.symbol(String(part)))
    }
    return value
  }
}
