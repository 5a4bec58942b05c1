import BigInt
import Glibc

/// A Python number taken out of its value: `bool` counts as `int`, and instances of derived classes as their number.
enum Number {
  case int(Int)
  case big(BigInt)
  case float(Double)
}

extension Number {
  /// The number of a value, nil for anything that is not one.
  @inline(__always)
  init?(_ value: Value) {
    switch value {
    case .int(let number): self = .int(number)
    case .float(let number): self = .float(number)
    case .bool(let truth): self = .int(truth ? 1 : 0)
    case .object(let object):
      if let object = object as? IntegerObject {
        self = .big(object.number)
      } else if let object = object as? NumberInstance {
        self.init(object.number)
      } else {
        return nil
      }
    case .unbound, .none, .ellipsis, .notImplemented: return nil
    }
  }

  /// Whether it is a `float`.
  var isFloat: Bool {
    if case .float = self { return true }
    return false
  }

  /// The number as a whole one, nil for a `float`.
  var whole: BigInt? {
    switch self {
    case .int(let number): BigInt(number)
    case .big(let number): number
    case .float: nil
    }
  }

  /// The nearest `float`, infinite where there is none.
  var double: Double {
    switch self {
    case .int(let number): Double(number)
    case .big(let number): number.nearestDouble
    case .float(let number): number
    }
  }
}

// MARK: - Comparison

extension Number {
  /// Whether the numbers are equal, exactly: an `int` is not rounded to compare it with a `float`.
  func isEqual(to other: Number) -> Bool {
    switch (self, other) {
    case (.int(let a), .int(let b)): a == b
    case (.float(let a), .float(let b)): a == b
    case (.big(let a), .big(let b)): a == b
    case (.int, .big), (.big, .int): false
    default: order(to: other) == 0
    }
  }

  /// Less than 0, 0 or more than 0 as the number is below, at or above `other`; nil where one is a NaN.
  func order(to other: Number) -> Int? {
    switch (self, other) {
    case (.int(let a), .int(let b)): return a < b ? -1 : a == b ? 0 : 1
    case (.float(let a), .float(let b)):
      if a < b { return -1 }
      if a == b { return 0 }
      return a > b ? 1 : nil
    case (.int(let a), .float(let b)): return Self.order(a, b)
    case (.float(let a), .int(let b)): return Self.order(b, a).map { -$0 }
    case (.big(let a), .float(let b)): return Self.order(a, b)
    case (.float(let a), .big(let b)): return Self.order(b, a).map { -$0 }
    case (.big(let a), .big(let b)): return a < b ? -1 : a == b ? 0 : 1
    case (.int, .big(let b)): return b.sign == .minus ? 1 : -1
    case (.big(let a), .int): return a.sign == .minus ? -1 : 1
    }
  }

  private static func order(_ a: Int, _ b: Double) -> Int? {
    if b.isNaN { return nil }
    if b >= 0x1p63 { return -1 }
    if b < -0x1p63 { return 1 }
    let below = b.rounded(.down)
    let whole = Int(below)
    if a != whole { return a < whole ? -1 : 1 }
    return below < b ? -1 : 0
  }

  private static func order(_ a: BigInt, _ b: Double) -> Int? {
    if b.isNaN { return nil }
    if b.isInfinite { return b > 0 ? -1 : 1 }
    let below = b.rounded(.down)
    let whole = BigInt(exactly: below) ?? 0
    if a != whole { return a < whole ? -1 : 1 }
    return below < b ? -1 : 0
  }
}

// MARK: - Conversion

extension BigInt {
  /// The nearest `Double`, ties to even; infinite beyond the largest.
  var nearestDouble: Double {
    let bits = magnitude.bitWidth
    guard bits > 64 else {
      let value = Double(UInt64(truncatingIfNeeded: magnitude))
      return sign == .minus ? -value : value
    }
    guard bits <= 1024 else { return sign == .minus ? -Double.infinity : .infinity }
    // The top 64 bits, the lowest of them set when anything below is: enough to round once and rightly.
    let shift = bits - 64
    var top = UInt64(truncatingIfNeeded: magnitude >> shift)
    if magnitude.trailingZeroBitCount < shift { top |= 1 }
    let value = scalbn(Double(top), Int32(shift))
    return sign == .minus ? -value : value
  }
}
