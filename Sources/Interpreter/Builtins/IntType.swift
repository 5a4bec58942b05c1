import BigInt

/// The methods of `int` and `bool`.
enum IntType {
  static let rows: [BuiltinRow] =
    [
      BuiltinRow("__new__", keywords: true, new),
      BuiltinRow("__repr__", 0...0) { (machine, a) throws(PythonError) in
        machine.string(try text(a[0], machine))
      },
      BuiltinRow("__hash__", 0...0) { (machine, a) throws(PythonError) in
        switch try number(a[0], machine) {
        case .int(let number): .int(Hashing.hash(number))
        case .big(let number): .int(Hashing.hash(number))
        case .float(let number): .int(Hashing.hash(number))
        }
      },
      BuiltinRow("__bool__", 0...0) { (machine, a) throws(PythonError) in
        .bool(!(try number(a[0], machine).isEqual(to: .int(0))))
      },
      BuiltinRow("__format__", 1...1) { (machine, a) throws(PythonError) in
        let text = try machine.requireText(a[1], "__format__() argument must be str, not ")
        if text.isEmpty { return machine.string(try machine.str(a[0])) }
        let spec = try FormatSpec(text, typeName: machine.typeName(a[0]), machine)
        return machine.string(try spec.text(integer: number(a[0], machine), machine))
      },
      BuiltinRow("__float__", 0...0) { (machine, a) throws(PythonError) in
        .float(try machine.double(machine.value(number(a[0], machine))))
      },
      BuiltinRow("__neg__", 0...0) { (machine, a) throws(PythonError) in
        try machine.integerOperation(.subtract, .int(0), number(a[0], machine))
      },
      BuiltinRow("__abs__", 0...0) { (machine, a) throws(PythonError) in
        let number = try number(a[0], machine)
        if IntegerText.isNegative(number) {
          return try machine.integerOperation(.subtract, .int(0), number)
        }
        return machine.value(number)
      },
      BuiltinRow("__invert__", 0...0) { (machine, a) throws(PythonError) in
        try machine.integerOperation(.subtract, .int(-1), number(a[0], machine))
      },
      BuiltinRow("__round__", 0...1, round),
      BuiltinRow("__pow__", 1...2, power),
      BuiltinRow("__rpow__", 1...2) { (machine, a) throws(PythonError) in
        try operate(.power, a[1], a[0], machine)
      },
      BuiltinRow("__divmod__", 1...1) { (machine, a) throws(PythonError) in
        try divisionAndModulo(a[0], a[1], machine)
      },
      BuiltinRow("__rdivmod__", 1...1) { (machine, a) throws(PythonError) in
        try divisionAndModulo(a[1], a[0], machine)
      },
      BuiltinRow("bit_length", 0...0) { (machine, a) throws(PythonError) in
        .int(try number(a[0], machine).whole?.magnitude.bitWidth ?? 0)
      },
      BuiltinRow("bit_count", 0...0) { (machine, a) throws(PythonError) in
        var count = 0
        let words = try number(a[0], machine).whole?.magnitude.words.map { $0 }
        for word in words ?? [] { count += word.nonzeroBitCount }
        return .int(count)
      },
      BuiltinRow("as_integer_ratio", 0...0) { (machine, a) throws(PythonError) in
        machine.tuple([machine.value(try number(a[0], machine)), .int(1)])
      },
    ] + sameRows + operatorRows + comparisonRows

  /// The methods that give the number itself.
  private static let sameRows = [
    "__int__", "__index__", "__trunc__", "__floor__", "__ceil__", "__pos__", "conjugate",
  ].map { name in
    BuiltinRow(name, 0...0) { (machine, a) throws(PythonError) in
      machine.value(try number(a[0], machine))
    }
  }

  private static let operators: [(name: String, op: BinaryOperator)] = [
    ("add", .add), ("sub", .subtract), ("mul", .multiply), ("truediv", .divide),
    ("floordiv", .floorDivide), ("mod", .modulo), ("lshift", .leftShift),
    ("rshift", .rightShift), ("and", .bitAnd), ("or", .bitOr), ("xor", .bitXor),
  ]

  private static let operatorRows = operators.flatMap { name, op in
    [
      BuiltinRow("__\(name)__", 1...1) { (machine, a) throws(PythonError) in
        try operate(op, a[0], a[1], machine)
      },
      BuiltinRow("__r\(name)__", 1...1) { (machine, a) throws(PythonError) in
        try operate(op, a[1], a[0], machine)
      },
    ]
  }

  private static let comparisonRows = ComparisonOperator.methods.map { name, op in
    BuiltinRow(name, 1...1) { (machine, a) throws(PythonError) in
      guard let x = Number(a[0]), let y = Number(a[1]), !y.isFloat, let order = x.order(to: y)
      else { return .notImplemented }
      return .bool(op.holds(forOrder: order))
    }
  }

  /// The attributes that every whole number has.
  static let attributes: [AttributeRow] = [
    AttributeRow("real") { (machine, value) throws(PythonError) in
      machine.value(try number(value, machine))
    },
    AttributeRow("numerator") { (machine, value) throws(PythonError) in
      machine.value(try number(value, machine))
    },
    AttributeRow("imag") { (_, _) throws(PythonError) in .int(0) },
    AttributeRow("denominator") { (_, _) throws(PythonError) in .int(1) },
  ]

  /// What `bool` has of its own.
  static let boolRows: [BuiltinRow] =
    [
      BuiltinRow("__new__", 0...1) { (machine, a) throws(PythonError) in
        guard let value = a.optional(1) else { return .bool(false) }
        return .bool(try machine.isTrue(value))
      },
      BuiltinRow("__repr__", 0...0) { (machine, a) throws(PythonError) in
        machine.string(try machine.isTrue(a[0]) ? "True" : "False")
      },
    ]
    + [("and", BinaryOperator.bitAnd), ("or", .bitOr), ("xor", .bitXor)].flatMap { name, op in
      ["__\(name)__", "__r\(name)__"].map { name in
        BuiltinRow(name, 1...1) { (machine, a) throws(PythonError) in
          guard case .bool(let x) = a[0], case .bool(let y) = a[1] else {
            return try operate(op, a[0], a[1], machine)
          }
          return .bool(op == .bitAnd ? x && y : op == .bitOr ? x || y : x != y)
        }
      }
    }
}

// MARK: - Making

extension IntType {
  private static let newSignature = Signature("int", ["", "base"])

  private static func new(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let type = a[0].object(TypeObject.self)
    let given = try newSignature.bind(a, skipping: 1, machine)
    let value: Value
    if let base = given[1] {
      guard let source = given[0] else {
        throw machine.typeError("int() missing string argument")
      }
      value = try parse(source, base: machine.index(base), machine)
    } else if let source = given[0] {
      value = try convert(source, machine)
    } else {
      value = .int(0)
    }
    return type === machine.types.int ? value : .object(NumberInstance(value, type: type))
  }

  private static func parse(
    _ source: Value,
    base: Int,
    _ machine: Machine
  ) throws(PythonError) -> Value {
    guard base == 0 || (2...36).contains(base) else {
      throw machine.valueError("int() base must be >= 2 and <= 36, or 0")
    }
    guard let string = source.object(StringObject.self) else {
      throw machine.typeError("int() can't convert non-string with explicit base")
    }
    return try parse(string, base: base, machine)
  }

  private static func parse(
    _ string: StringObject,
    base: Int,
    _ machine: Machine
  ) throws(PythonError) -> Value {
    do {
      return machine.value(try IntegerText.parse(string.text, base: base))
    } catch .tooManyDigits(let count) {
      throw machine.valueError(
        "Exceeds the limit (\(IntegerText.digitLimit) digits) for integer string conversion: "
          + "value has \(count) digits; use sys.set_int_max_str_digits() to increase the limit"
      )
    } catch {
      throw machine.valueError(
        "invalid literal for int() with base \(base): \(string.text.pythonRepr())"
      )
    }
  }

  private static func convert(_ source: Value, _ machine: Machine) throws(PythonError) -> Value {
    switch source {
    case .int: return source
    case .bool(let truth): return .int(truth ? 1 : 0)
    case .float(let double): return machine.value(try machine.truncated(double))
    default: break
    }
    let type = machine.type(of: source)
    if type.isUserDefined || Number(source) == nil {
      for name in [machine.names.dunderInt, machine.names.dunderIndex, machine.names.dunderTrunc] {
        let method = type.find(name)
        if method.isUnbound { continue }
        let result = try machine.callMethod(method, source)
        if let number = Number(result), !number.isFloat { return machine.value(number) }
        throw machine.typeError(
          "\(machine.symbols.name(name)) returned non-int (type \(machine.typeName(result)))"
        )
      }
    }
    if let number = Number(source) { return machine.value(number) }
    if let string = source.object(StringObject.self) {
      return try parse(string, base: 10, machine)
    }
    if let bytes = source.object(BytesObject.self) {
      do {
        return machine.value(try IntegerText.parse(String(utf8: bytes.bytes), base: 10))
      } catch {
        throw machine.valueError("invalid literal for int() with base 10: \(bytes.text)")
      }
    }
    throw machine.typeError(
      "int() argument must be a string, a bytes-like object or a real number, not "
        + "'\(type.name)'"
    )
  }

  /// The decimal text of a whole number.
  static func text(_ value: Value, _ machine: Machine) throws(PythonError) -> String {
    let number = try number(value, machine)
    if case .big(let big) = number { try machine.checkDigits(of: big) }
    return (IntegerText.isNegative(number) ? "-" : "") + IntegerText.digits(number, radix: 10)
  }

  private static func number(_ value: Value, _ machine: Machine) throws(PythonError) -> Number {
    if let number = Number(value), !number.isFloat { return number }
    throw machine.typeError(
      "descriptor requires a 'int' object but received a '\(machine.typeName(value))'"
    )
  }
}

// MARK: - Operators

extension IntType {
  private static func operate(
    _ op: BinaryOperator,
    _ a: Value,
    _ b: Value,
    _ machine: Machine
  ) throws(PythonError) -> Value {
    guard let x = Number(a), let y = Number(b), !x.isFloat, !y.isFloat else {
      return .notImplemented
    }
    return try machine.integerOperation(op, x, y)
  }

  private static func power(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    guard let modulus = a.optional(2), !modulus.isNone else {
      return try operate(.power, a[0], a[1], machine)
    }
    guard let x = Number(a[0])?.whole, let y = Number(a[1])?.whole,
      let z = Number(modulus)?.whole
    else { return .notImplemented }
    return try machine.power(x, y, modulus: z)
  }

  private static func divisionAndModulo(
    _ a: Value,
    _ b: Value,
    _ machine: Machine
  ) throws(PythonError) -> Value {
    guard let x = Number(a), let y = Number(b), !x.isFloat, !y.isFloat else {
      return .notImplemented
    }
    let quotient = try machine.integerOperation(.floorDivide, x, y)
    return machine.tuple([quotient, try machine.integerOperation(.modulo, x, y)])
  }

  private static func round(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let number = try number(a[0], machine)
    guard let digits = a.optional(1), !digits.isNone else { return machine.value(number) }
    guard case .int(let places) = try machine.wholeIndex(digits), places < 0 else {
      return machine.value(number)
    }
    guard let whole = number.whole, -places <= whole.magnitude.bitWidth else { return .int(0) }
    let unit = BigInt(10).power(-places)
    let (quotient, remainder) = try machine.floorDivision(whole, unit, "")
    let twice = remainder * 2
    let up = twice > unit || (twice == unit && quotient % 2 != 0)
    return machine.integer((quotient + (up ? 1 : 0)) * unit)
  }
}
