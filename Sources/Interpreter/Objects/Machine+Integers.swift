import BigInt
import Glibc

/// Arithmetic of `int` of any size, as CPython does it.
extension Machine {
  /// The most bits of an `int`; a result beyond raises `MemoryError`, so that a script cannot hang the program.
  static let integerBits = 1 << 26

  /// `a op b` for two whole numbers; true division and negative powers give a `float`.
  func integerOperation(
    _ op: BinaryOperator,
    _ a: Number,
    _ b: Number
  ) throws(PythonError) -> Value {
    if case .int(let x) = a, case .int(let y) = b, let value = try smallOperation(op, x, y) {
      return value
    }
    guard let x = a.whole, let y = b.whole else { return .notImplemented }
    switch op {
    case .add: return integer(x + y)
    case .subtract: return integer(x - y)
    case .multiply:
      try checkBits(x.magnitude.bitWidth + y.magnitude.bitWidth)
      return integer(x * y)
    case .divide: return .float(try trueQuotient(x, y))
    case .floorDivide:
      return integer(try floorDivision(x, y, "integer division or modulo by zero").quotient)
    case .modulo:
      return integer(try floorDivision(x, y, "integer modulo by zero").remainder)
    case .power: return try power(x, y)
    case .leftShift, .rightShift: return try shift(x, by: op == .leftShift ? y : -y, signed: y)
    case .bitAnd: return integer(x & y)
    case .bitOr: return integer(x | y)
    // Not `^`, which the package gets wrong where the words of both are equal.
    case .bitXor: return integer((x | y) - (x & y))
    case .matrixMultiply: return .notImplemented
    }
  }

  /// The quotient rounded down and the remainder with the sign of the divisor.
  func floorDivision(
    _ a: BigInt,
    _ b: BigInt,
    _ message: String
  ) throws(PythonError) -> (quotient: BigInt, remainder: BigInt) {
    if b.isZero { throw zeroDivision(message) }
    var (quotient, remainder) = a.quotientAndRemainder(dividingBy: b)
    if !remainder.isZero, (remainder.sign == .minus) != (b.sign == .minus) {
      quotient -= 1
      remainder += b
    }
    return (quotient, remainder)
  }

  /// `pow(base, exponent, modulus)`.
  func power(_ base: BigInt, _ exponent: BigInt, modulus: BigInt) throws(PythonError) -> Value {
    if modulus.isZero { throw valueError("pow() 3rd argument cannot be 0") }
    var base = base
    var exponent = exponent
    if exponent.sign == .minus, !exponent.isZero {
      guard let inverse = base.inverse(modulus.magnitude == 1 ? 1 : BigInt(modulus.magnitude))
      else {
        if modulus.magnitude == 1 { return .int(0) }
        throw valueError("base is not invertible for the given modulus")
      }
      base = inverse
      exponent.negate()
    }
    let positive = BigInt(modulus.magnitude)
    var result = base.power(exponent, modulus: positive)
    if result.sign == .minus, !result.isZero { result += positive }
    if modulus.sign == .minus, !result.isZero { result += modulus }
    return integer(result)
  }

  /// The operations whose operands fit a word and whose result does; nil where it does not.
  private func smallOperation(
    _ op: BinaryOperator,
    _ x: Int,
    _ y: Int
  ) throws(PythonError) -> Value? {
    switch op {
    case .add:
      let (sum, overflow) = x.addingReportingOverflow(y)
      return overflow ? nil : .int(sum)
    case .subtract:
      let (difference, overflow) = x.subtractingReportingOverflow(y)
      return overflow ? nil : .int(difference)
    case .multiply:
      let (product, overflow) = x.multipliedReportingOverflow(by: y)
      return overflow ? nil : .int(product)
    case .divide:
      if y == 0 { throw zeroDivision("division by zero") }
      let exact = 1 << 53
      guard x.magnitude <= exact, y.magnitude <= exact else { return nil }
      return .float(Double(x) / Double(y))
    case .floorDivide, .modulo:
      if y == 0 {
        let message =
          op == .modulo ? "integer modulo by zero" : "integer division or modulo by zero"
        throw zeroDivision(message)
      }
      if y == -1 { return op == .modulo ? .int(0) : x == Int.min ? nil : .int(-x) }
      let remainder = x % y
      let adjusts = remainder != 0 && (remainder < 0) != (y < 0)
      if op == .modulo { return .int(adjusts ? remainder + y : remainder) }
      return .int(x / y - (adjusts ? 1 : 0))
    case .bitAnd: return .int(x & y)
    case .bitOr: return .int(x | y)
    case .bitXor: return .int(x ^ y)
    case .leftShift:
      if y < 0 { throw valueError("negative shift count") }
      if x == 0 { return .int(0) }
      guard y < 63, (x << y) >> y == x else { return nil }
      return .int(x << y)
    case .rightShift:
      if y < 0 { throw valueError("negative shift count") }
      return .int(x >> min(y, 63))
    case .power:
      guard y >= 0 else { return nil }
      return Self.smallPower(x, y).map(Value.int)
    case .matrixMultiply: return nil
    }
  }

  private static func smallPower(_ base: Int, _ exponent: Int) -> Int? {
    if base == 1 || exponent == 0 { return 1 }
    if base == 0 { return 0 }
    if base == -1 { return exponent & 1 == 0 ? 1 : -1 }
    guard exponent < 64 else { return nil }
    var result = 1
    for _ in 0..<exponent {
      let (product, overflow) = result.multipliedReportingOverflow(by: base)
      if overflow { return nil }
      result = product
    }
    return result
  }

  private func power(_ base: BigInt, _ exponent: BigInt) throws(PythonError) -> Value {
    if exponent.sign == .minus, !exponent.isZero {
      return .float(try floatPower(Number.big(base).double, Number.big(exponent).double))
    }
    if base.isZero || base == 1 { return exponent.isZero ? .int(1) : integer(base) }
    if base == -1 { return .int(exponent.magnitude.trailingZeroBitCount > 0 ? 1 : -1) }
    guard let times = Int(exactly: exponent) else { throw memoryError() }
    let (bits, overflow) = (base.magnitude.bitWidth - 1).multipliedReportingOverflow(by: times)
    if overflow { throw memoryError() }
    try checkBits(bits)
    if base.magnitude.trailingZeroBitCount == base.magnitude.bitWidth - 1 {
      let magnitude = BigInt(1) << bits
      return integer(base.sign == .minus && times & 1 == 1 ? -magnitude : magnitude)
    }
    return integer(base.power(times))
  }

  private func shift(_ x: BigInt, by y: BigInt, signed: BigInt) throws(PythonError) -> Value {
    if signed.sign == .minus, !signed.isZero { throw valueError("negative shift count") }
    if x.isZero { return .int(0) }
    guard let places = Int(exactly: y) else {
      if y.sign == .minus { return .int(x.sign == .minus ? -1 : 0) }
      throw overflowError("too many digits in integer")
    }
    if places < 0 {
      if -places >= x.magnitude.bitWidth { return .int(x.sign == .minus ? -1 : 0) }
      // Rounded down, as the shift of a two's complement number is.
      let magnitude = BigInt(x.magnitude >> -places)
      if x.sign == .plus { return integer(magnitude) }
      let isExact = x.magnitude.trailingZeroBitCount >= -places
      return integer(isExact ? -magnitude : -magnitude - 1)
    }
    try checkBits(x.magnitude.bitWidth &+ places)
    return integer(x << places)
  }

  private func trueQuotient(_ a: BigInt, _ b: BigInt) throws(PythonError) -> Double {
    if b.isZero { throw zeroDivision("division by zero") }
    if a.isZero { return b.sign == .minus ? -0.0 : 0 }
    // A quotient of 65 or 66 bits, its lowest bit set when the division leaves a rest.
    let shift = 65 - (a.magnitude.bitWidth - b.magnitude.bitWidth)
    let dividend = shift > 0 ? a.magnitude << shift : a.magnitude
    let divisor = shift > 0 ? b.magnitude : b.magnitude << -shift
    var (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
    if !remainder.isZero { quotient |= 1 }
    let value = scalbn(BigInt(quotient).nearestDouble, Int32(clamping: -shift))
    if value.isInfinite {
      throw overflowError("integer division result too large for a float")
    }
    return (a.sign == .minus) != (b.sign == .minus) ? -value : value
  }

  private func checkBits(_ bits: Int) throws(PythonError) {
    if bits > Self.integerBits || bits < 0 { throw memoryError() }
  }
}
