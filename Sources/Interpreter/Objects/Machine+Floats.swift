import Glibc

/// Arithmetic of `float`, as CPython does it.
extension Machine {
  /// `a op b` for two floats.
  func floatOperation(
    _ op: BinaryOperator,
    _ a: Double,
    _ b: Double
  ) throws(PythonError) -> Value {
    switch op {
    case .add: return .float(a + b)
    case .subtract: return .float(a - b)
    case .multiply: return .float(a * b)
    case .divide:
      if b == 0 { throw zeroDivision("float division by zero") }
      return .float(a / b)
    case .floorDivide:
      if b == 0 { throw zeroDivision("float floor division by zero") }
      return .float(Self.floorDivision(a, b).quotient)
    case .modulo:
      if b == 0 { throw zeroDivision("float modulo") }
      return .float(Self.floorDivision(a, b).remainder)
    case .power: return .float(try floatPower(a, b))
    case .matrixMultiply, .leftShift, .rightShift, .bitAnd, .bitOr, .bitXor: return .notImplemented
    }
  }

  /// The quotient rounded down and the remainder with the sign of the divisor, as CPython's `float_divmod`.
  static func floorDivision(_ a: Double, _ b: Double) -> (quotient: Double, remainder: Double) {
    var remainder = fmod(a, b)
    var quotient = (a - remainder) / b
    if remainder != 0 {
      if (b < 0) != (remainder < 0) {
        remainder += b
        quotient -= 1
      }
    } else {
      remainder = copysign(0, b)
    }
    if quotient != 0 {
      var floor = quotient.rounded(.down)
      if quotient - floor > 0.5 { floor += 1 }
      quotient = floor
    } else {
      quotient = copysign(0, a / b)
    }
    return (quotient, remainder)
  }

  /// `a ** b`, with CPython's errors.
  func floatPower(_ a: Double, _ b: Double) throws(PythonError) -> Double {
    if a == 0, b < 0, b.isFinite {
      throw zeroDivision("0.0 cannot be raised to a negative power")
    }
    if a < 0, a.isFinite, b.isFinite, b != b.rounded(.down) {
      throw notSupported("complex numbers")
    }
    let result = pow(a, b)
    if result.isInfinite, a.isFinite, b.isFinite, a != 0 {
      throw raise(
        ExceptionObject(
          [.int(34), string("Numerical result out of range")],
          type: types.overflowError
        )
      )
    }
    return result
  }
}
