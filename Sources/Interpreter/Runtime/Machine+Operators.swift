/// The operators, through the dunder methods of both operands.
extension Machine {
  /// `a op b`, or `a op= b`.
  func binary(
    _ op: BinaryOperator,
    _ a: Value,
    _ b: Value,
    inPlace: Bool = false
  ) throws(PythonError) -> Value {
    if let result = arithmetic(op, a, b) { return result }
    let operation = operators.binary[Int(op.rawValue)]
    if inPlace {
      let method = type(of: a).find(operation.inPlace)
      if !method.isUnbound {
        let result = try apply(method, a, b)
        guard case .notImplemented = result else { return result }
      }
    }
    let result = try binary(operation, a, b)
    if case .notImplemented = result { throw unsupported(operation, a, b, inPlace: inPlace) }
    return result
  }

  /// The methods of `a` and `b` in Python's order; NotImplemented when none takes the operands.
  func binary(
    _ operation: OperatorNames.Binary,
    _ a: Value,
    _ b: Value
  ) throws(PythonError) -> Value {
    let (left, right) = (type(of: a), type(of: b))
    let method = left.find(operation.method)
    if left === right {
      if method.isUnbound { return .notImplemented }
      return try apply(method, a, b)
    }
    let reflected = right.find(operation.reflected)
    var reflectedFirst = false
    if !reflected.isUnbound, !method.isUnbound {
      // A sequence's `+` and `*` are asked last, as CPython's slots order them.
      reflectedFirst = left.isSequence && !right.isSequence
      if right.isSubtype(of: left), !reflected.isIdentical(to: left.find(operation.reflected)) {
        reflectedFirst = true
      }
    }
    if reflectedFirst {
      let result = try apply(reflected, b, a)
      guard case .notImplemented = result else { return result }
    }
    if !method.isUnbound {
      let result = try apply(method, a, b)
      guard case .notImplemented = result else { return result }
    }
    if reflectedFirst || reflected.isUnbound { return .notImplemented }
    return try apply(reflected, b, a)
  }

  /// Calls a dunder method with two operands; a built-in one without any ceremony.
  @inline(__always)
  func apply(_ method: Value, _ a: Value, _ b: Value) throws(PythonError) -> Value {
    try callMethod(method, a, b)
  }

  /// Python's `op a`.
  func unary(_ op: UnaryOperator, _ a: Value) throws(PythonError) -> Value {
    switch (op, a) {
    case (.not, _): return .bool(!(try isTrue(a)))
    case (.minus, .float(let x)): return .float(-x)
    case (.minus, .int(let x)) where x != Int.min: return .int(-x)
    case (.plus, .int), (.plus, .float): return a
    case (.invert, .int(let x)): return .int(~x)
    default: break
    }
    let (name, sign) = operators.unary[Int(op.rawValue)]
    let method = type(of: a).find(name)
    guard !method.isUnbound else {
      throw typeError("bad operand type for unary \(sign): '\(typeName(a))'")
    }
    return try callMethod(method, a)
  }

  /// Arithmetic of machine words and floats; nil where that does not do.
  @inline(__always)
  func arithmetic(_ op: BinaryOperator, _ a: Value, _ b: Value) -> Value? {
    switch (a, b) {
    case (.int(let x), .int(let y)): Arithmetic.integers(op, x, y)
    case (.float(let x), .float(let y)): Arithmetic.floats(op, x, y)
    case (.float(let x), .int(let y)): Arithmetic.floats(op, x, Double(y))
    case (.int(let x), .float(let y)): Arithmetic.floats(op, Double(x), y)
    default: nil
    }
  }

  private func unsupported(
    _ operation: OperatorNames.Binary,
    _ a: Value,
    _ b: Value,
    inPlace: Bool
  ) -> PythonError {
    var sign = operation.sign
    if sign == "*" {
      for (one, other) in [(a, b), (b, a)] where type(of: one).repeats {
        return typeError("can't multiply sequence by non-int of type '\(typeName(other))'")
      }
    }
    if inPlace {
      sign += "="
    } else if sign == "**" {
      sign = "** or pow()"
    }
    return typeError(
      "unsupported operand type(s) for \(sign): '\(typeName(a))' and '\(typeName(b))'"
    )
  }
}

extension TypeObject {
  /// Whether `*` repeats, also in a class of a script that is derived from such a class.
  var repeats: Bool {
    switch layout {
    case .list, .tuple, .string: true
    default: false
    }
  }

  /// Whether `+` and `*` join and repeat.
  var isSequence: Bool {
    switch layout {
    case .list, .tuple, .string: !isUserDefined
    default: false
    }
  }
}

/// Arithmetic on plain numbers, with Python's rounding of quotients.
enum Arithmetic {
  /// `x op y` of two integers; nil where the result is not a word, or is an error.
  @inline(__always)
  static func integers(_ op: BinaryOperator, _ x: Int, _ y: Int) -> Value? {
    switch op {
    case .add:
      let (result, overflow) = x.addingReportingOverflow(y)
      return overflow ? nil : .int(result)
    case .subtract:
      let (result, overflow) = x.subtractingReportingOverflow(y)
      return overflow ? nil : .int(result)
    case .multiply:
      let (result, overflow) = x.multipliedReportingOverflow(by: y)
      return overflow ? nil : .int(result)
    case .floorDivide:
      if y == 0 || y == -1 { return nil }
      return .int(floorDivide(x, y))
    case .modulo:
      if y == 0 || y == -1 { return nil }
      return .int(modulo(x, y))
    case .divide:
      // Beyond 2^53 the quotient of the rounded operands may differ from the rounded quotient.
      guard y != 0, x.magnitude <= 1 << 53, y.magnitude <= 1 << 53 else { return nil }
      return .float(Double(x) / Double(y))
    case .bitAnd: return .int(x & y)
    case .bitOr: return .int(x | y)
    case .bitXor: return .int(x ^ y)
    case .rightShift:
      return y < 0 ? nil : .int(x >> min(y, 63))
    case .leftShift:
      guard y >= 0, y < 63, (x << y) >> y == x else { return nil }
      return .int(x << y)
    case .power: return power(x, y)
    case .matrixMultiply: return nil
    }
  }

  /// `x op y` of two floats; nil for errors and for what is not an operation of floats.
  @inline(__always)
  static func floats(_ op: BinaryOperator, _ x: Double, _ y: Double) -> Value? {
    switch op {
    case .add: .float(x + y)
    case .subtract: .float(x - y)
    case .multiply: .float(x * y)
    case .divide: y == 0 ? nil : .float(x / y)
    default: nil
    }
  }

  /// The quotient rounded down; `y` is neither 0 nor -1.
  @inline(__always)
  static func floorDivide(_ x: Int, _ y: Int) -> Int {
    let (quotient, remainder) = x.quotientAndRemainder(dividingBy: y)
    return remainder != 0 && (remainder < 0) != (y < 0) ? quotient - 1 : quotient
  }

  /// The remainder with the sign of `y`, which is neither 0 nor -1.
  @inline(__always)
  static func modulo(_ x: Int, _ y: Int) -> Int {
    let remainder = x % y
    return remainder != 0 && (remainder < 0) != (y < 0) ? remainder + y : remainder
  }

  private static func power(_ base: Int, _ exponent: Int) -> Value? {
    if exponent < 0 { return nil }
    var (result, factor, rest) = (1, base, exponent)
    while true {
      if rest & 1 == 1 {
        let (product, overflow) = result.multipliedReportingOverflow(by: factor)
        if overflow { return nil }
        result = product
      }
      rest >>= 1
      if rest == 0 { return .int(result) }
      let (square, overflow) = factor.multipliedReportingOverflow(by: factor)
      if overflow { return nil }
      factor = square
    }
  }
}
