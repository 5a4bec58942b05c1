import BigInt

/// The built-in functions about numbers.
enum NumberFunctions {
  static let rows: [BuiltinRow] = [
    BuiltinRow("abs", 1...1) { (machine, a) throws(PythonError) in
      switch a[0] {
      case .int(let number) where number != Int.min: return .int(abs(number))
      case .float(let number): return .float(number.magnitude)
      default: break
      }
      let method = machine.type(of: a[0]).find(machine.names.dunderAbs)
      if method.isUnbound {
        throw machine.typeError("bad operand type for abs(): '\(machine.typeName(a[0]))'")
      }
      return try machine.callMethod(method, a[0])
    },
    BuiltinRow("round", keywords: true, round),
    BuiltinRow("divmod", 2...2, divisionAndModulo),
    BuiltinRow("pow", keywords: true, power),
    BuiltinRow("sum", keywords: true, sum),
    BuiltinRow("bin", 1...1) { (machine, a) throws(PythonError) in
      try text(a[0], 2, "0b", machine)
    },
    BuiltinRow("oct", 1...1) { (machine, a) throws(PythonError) in
      try text(a[0], 8, "0o", machine)
    },
    BuiltinRow("hex", 1...1) { (machine, a) throws(PythonError) in
      try text(a[0], 16, "0x", machine)
    },
    BuiltinRow("chr", 1...1, character),
    BuiltinRow("ord", 1...1, codePoint),
  ]

  private static let roundSignature = Signature("round", ["number", "ndigits"], required: 1)

  private static func round(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let given = try roundSignature.bind(a, machine)
    let number = given[0] ?? .none
    let method = machine.type(of: number).find(machine.names.dunderRound)
    if method.isUnbound {
      throw machine.typeError(
        "type \(machine.typeName(number)) doesn't define __round__ method"
      )
    }
    guard let digits = given[1], !digits.isNone else {
      return try machine.callMethod(method, number)
    }
    return try machine.callMethod(method, number, digits)
  }

  private static func divisionAndModulo(
    _ machine: Machine,
    _ a: Arguments
  ) throws(PythonError) -> Value {
    let names = machine.names
    let operation = OperatorNames.Binary(
      method: names.dunderDivmod,
      reflected: names.dunderRdivmod,
      inPlace: names.dunderDivmod,
      sign: "divmod()"
    )
    let result = try machine.binary(operation, a[0], a[1])
    if case .notImplemented = result {
      throw machine.typeError(
        "unsupported operand type(s) for divmod(): '\(machine.typeName(a[0]))' and "
          + "'\(machine.typeName(a[1]))'"
      )
    }
    return result
  }

  private static let powSignature = Signature("pow", ["base", "exp", "mod"], required: 2)

  private static func power(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let given = try powSignature.bind(a, machine)
    let (base, exponent) = (given[0] ?? .none, given[1] ?? .none)
    guard let modulus = given[2], !modulus.isNone else {
      do throws(PythonError) {
        return try machine.binary(.power, base, exponent)
      } catch {
        throw machine.nameOperator(error, "** or pow()", base, exponent)
      }
    }
    let method = machine.type(of: base).find(machine.names.dunderPow)
    if !method.isUnbound {
      let result = try machine.callMethod(method, base, exponent, modulus)
      guard case .notImplemented = result else { return result }
    }
    throw machine.typeError(
      "unsupported operand type(s) for ** or pow(): '\(machine.typeName(base))', "
        + "'\(machine.typeName(exponent))', '\(machine.typeName(modulus))'"
    )
  }

  private static let sumSignature = Signature("sum", ["", "start"], required: 1)

  private static func sum(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let given = try sumSignature.bind(a, machine)
    var total = given[1] ?? .int(0)
    if total.object(StringObject.self) != nil {
      throw machine.typeError("sum() can't sum strings [use ''.join(seq) instead]")
    }
    if total.object(BytesObject.self) != nil {
      throw machine.typeError("sum() can't sum bytes [use b''.join(seq) instead]")
    }
    let iterator = try machine.iterator(given[0] ?? .none)
    var steps = 0
    while let item = try iterator.next(machine) {
      switch (total, item) {
      case (.float(let x), .float(let y)): total = .float(x + y)
      default: total = try machine.binary(.add, total, item)
      }
      steps += 1
      if steps & 0xfff == 0 { try machine.pulse() }
    }
    return total
  }

  private static func text(
    _ value: Value,
    _ radix: Int,
    _ prefix: String,
    _ machine: Machine
  ) throws(PythonError) -> Value {
    let number = try machine.wholeIndex(value)
    let sign = IntegerText.isNegative(number) ? "-" : ""
    return machine.string(sign + prefix + IntegerText.digits(number, radix: radix))
  }

  private static func character(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    guard case .int(let code) = try machine.wholeIndex(a[0]), Int32(exactly: code) != nil else {
      throw machine.overflowError("Python int too large to convert to C int")
    }
    guard code >= 0, code < 0x110000 else {
      throw machine.valueError("chr() arg not in range(0x110000)")
    }
    guard let scalar = Unicode.Scalar(UInt32(code)) else {
      throw machine.notSupported("chr() of a surrogate")
    }
    return machine.string(String(scalar))
  }

  private static func codePoint(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    if let bytes = a[0].object(BytesObject.self), bytes.bytes.count == 1 {
      return .int(Int(bytes.bytes[0]))
    }
    guard let string = a[0].object(StringObject.self) else {
      throw machine.typeError(
        "ord() expected string of length 1, but \(machine.typeName(a[0])) found"
      )
    }
    guard string.count == 1, let scalar = string.text.unicodeScalars.first else {
      throw machine.typeError(
        "ord() expected a character, but string of length \(string.count) found"
      )
    }
    return .int(Int(scalar.value))
  }
}

extension Machine {
  /// The error on its way, with `sign` in the place of `**` when it is about operands of the wrong types.
  fileprivate func nameOperator(
    _ error: PythonError,
    _ sign: String,
    _ a: Value,
    _ b: Value
  ) -> PythonError {
    let words =
      "unsupported operand type(s) for **: '\(typeName(a))' and '\(typeName(b))'"
    guard let raised, raised.type === types.typeError,
      raised.arguments.first.flatMap(text) == words
    else { return error }
    return typeError(
      "unsupported operand type(s) for \(sign): '\(typeName(a))' and '\(typeName(b))'"
    )
  }
}
