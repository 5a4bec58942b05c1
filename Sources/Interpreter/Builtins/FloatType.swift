import BigInt

/// The methods of `float`.
enum FloatType {
  static let rows: [BuiltinRow] =
    [
      BuiltinRow("__new__", 0...1, new),
      BuiltinRow("__repr__", 0...0) { (machine, a) throws(PythonError) in
        machine.string(FloatText.shortest(try double(a[0], machine)))
      },
      BuiltinRow("__hash__", 0...0) { (machine, a) throws(PythonError) in
        .int(Hashing.hash(try double(a[0], machine)))
      },
      BuiltinRow("__bool__", 0...0) { (machine, a) throws(PythonError) in
        .bool(try double(a[0], machine) != 0)
      },
      BuiltinRow("__format__", 1...1) { (machine, a) throws(PythonError) in
        let text = try machine.requireText(a[1], "__format__() argument must be str, not ")
        if text.isEmpty { return machine.string(try machine.str(a[0])) }
        let spec = try FormatSpec(text, typeName: machine.typeName(a[0]), machine)
        return machine.string(try spec.text(float: double(a[0], machine), machine))
      },
      BuiltinRow("__float__", 0...0) { (machine, a) throws(PythonError) in
        .float(try double(a[0], machine))
      },
      BuiltinRow("__pos__", 0...0) { (machine, a) throws(PythonError) in
        .float(try double(a[0], machine))
      },
      BuiltinRow("conjugate", 0...0) { (machine, a) throws(PythonError) in
        .float(try double(a[0], machine))
      },
      BuiltinRow("__neg__", 0...0) { (machine, a) throws(PythonError) in
        .float(-(try double(a[0], machine)))
      },
      BuiltinRow("__abs__", 0...0) { (machine, a) throws(PythonError) in
        .float(try double(a[0], machine).magnitude)
      },
      BuiltinRow("__int__", 0...0) { (machine, a) throws(PythonError) in
        machine.value(try machine.truncated(double(a[0], machine)))
      },
      BuiltinRow("__trunc__", 0...0) { (machine, a) throws(PythonError) in
        machine.value(try machine.truncated(double(a[0], machine)))
      },
      BuiltinRow("__floor__", 0...0) { (machine, a) throws(PythonError) in
        machine.value(try machine.truncated(double(a[0], machine).rounded(.down)))
      },
      BuiltinRow("__ceil__", 0...0) { (machine, a) throws(PythonError) in
        machine.value(try machine.truncated(double(a[0], machine).rounded(.up)))
      },
      BuiltinRow("__round__", 0...1, round),
      BuiltinRow("__pow__", 1...2) { (machine, a) throws(PythonError) in
        if let modulus = a.optional(2), !modulus.isNone {
          throw machine.typeError(
            "pow() 3rd argument not allowed unless all arguments are integers"
          )
        }
        return try operate(.power, a[0], a[1], machine)
      },
      BuiltinRow("__rpow__", 1...2) { (machine, a) throws(PythonError) in
        try operate(.power, a[1], a[0], machine)
      },
      BuiltinRow("__divmod__", 1...1) { (machine, a) throws(PythonError) in
        try divisionAndModulo(a[0], a[1], machine)
      },
      BuiltinRow("__rdivmod__", 1...1) { (machine, a) throws(PythonError) in
        try divisionAndModulo(a[1], a[0], machine)
      },
      BuiltinRow("is_integer", 0...0) { (machine, a) throws(PythonError) in
        let number = try double(a[0], machine)
        return .bool(number.isFinite && number == number.rounded(.down))
      },
      BuiltinRow("as_integer_ratio", 0...0, ratio),
    ] + operatorRows + comparisonRows

  private static let operators: [(name: String, op: BinaryOperator)] = [
    ("add", .add), ("sub", .subtract), ("mul", .multiply), ("truediv", .divide),
    ("floordiv", .floorDivide), ("mod", .modulo),
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
      guard let x = Number(a[0]), let y = Number(a[1]) else { return .notImplemented }
      guard let order = x.order(to: y) else { return .bool(op == .notEqual) }
      return .bool(op.holds(forOrder: order))
    }
  }

  /// The attributes of every `float`.
  static let attributes: [AttributeRow] = [
    AttributeRow("real") { (machine, value) throws(PythonError) in
      .float(try double(value, machine))
    },
    AttributeRow("imag") { (_, _) throws(PythonError) in .float(0) },
  ]

  private static func new(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let type = a[0].object(TypeObject.self)
    var number = 0.0
    if let source = a.optional(1) {
      if let string = source.object(StringObject.self) {
        guard let parsed = FloatText.parse(string.text) else {
          throw machine.valueError(
            "could not convert string to float: \(string.text.pythonRepr())"
          )
        }
        number = parsed
      } else if Number(source) == nil,
        machine.type(of: source).find(machine.names.dunderFloat).isUnbound,
        machine.type(of: source).find(machine.names.dunderIndex).isUnbound
      {
        throw machine.typeError(
          "float() argument must be a string or a real number, not "
            + "'\(machine.typeName(source))'"
        )
      } else {
        number = try machine.double(source)
      }
    }
    if type === machine.types.float { return .float(number) }
    return .object(NumberInstance(.float(number), type: type))
  }

  private static func double(_ value: Value, _ machine: Machine) throws(PythonError) -> Double {
    if case .float(let number) = Number(value) { return number }
    throw machine.typeError(
      "descriptor requires a 'float' object but received a '\(machine.typeName(value))'"
    )
  }

  private static func operate(
    _ op: BinaryOperator,
    _ a: Value,
    _ b: Value,
    _ machine: Machine
  ) throws(PythonError) -> Value {
    guard Number(a) != nil, Number(b) != nil else { return .notImplemented }
    return try machine.floatOperation(op, machine.double(a), machine.double(b))
  }

  private static func divisionAndModulo(
    _ a: Value,
    _ b: Value,
    _ machine: Machine
  ) throws(PythonError) -> Value {
    guard Number(a) != nil, Number(b) != nil else { return .notImplemented }
    let (x, y) = (try machine.double(a), try machine.double(b))
    if y == 0 { throw machine.zeroDivision("float divmod()") }
    let (quotient, remainder) = Machine.floorDivision(x, y)
    return machine.tuple([.float(quotient), .float(remainder)])
  }

  private static func round(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let number = try double(a[0], machine)
    guard let digits = a.optional(1), !digits.isNone else {
      return machine.value(try machine.truncated(number.rounded(.toNearestOrEven)))
    }
    let places: Int
    switch try machine.wholeIndex(digits) {
    case .int(let small): places = small
    case .big(let big): places = big.sign == .minus ? -400 : 400
    case .float: places = 0
    }
    let result = FloatText.round(number, places: max(-400, min(400, places)))
    if result.isInfinite, number.isFinite {
      throw machine.overflowError("rounded value too large to represent")
    }
    return .float(result)
  }

  private static func ratio(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let number = try double(a[0], machine)
    if number.isNaN { throw machine.valueError("cannot convert NaN to integer ratio") }
    if number.isInfinite {
      throw machine.overflowError("cannot convert Infinity to integer ratio")
    }
    if number == 0 { return machine.tuple([.int(0), .int(1)]) }
    var significand = BigInt(number.significandBitPattern)
    var exponent = Int(number.exponent) - 52
    if number.isNormal {
      significand |= BigInt(1) << 52
    } else {
      exponent = -1074
    }
    let twos = min(significand.magnitude.trailingZeroBitCount, max(0, -exponent))
    significand >>= twos
    exponent += twos
    if number < 0 { significand.negate() }
    let numerator = exponent > 0 ? significand << exponent : significand
    let denominator = exponent < 0 ? BigInt(1) << -exponent : BigInt(1)
    return machine.tuple([machine.integer(numerator), machine.integer(denominator)])
  }
}
