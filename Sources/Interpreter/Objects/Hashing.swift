import BigInt

/// The hashes of built-in values, as CPython computes them; strings have a hash of our own, since theirs differs
/// from run to run.
enum Hashing {
  /// Numbers hash modulo this Mersenne prime.
  static let modulus = (1 << 61) - 1
  /// The hash of `inf`; that of `-inf` is its negation.
  static let infinity = 314159
  /// The hash of `None`.
  static let none = 0x0FCA_86420
  /// The hash of `...`.
  static let ellipsis = 0x0E11_9513

  /// The hash of an `int`.
  @inline(__always)
  static func hash(_ number: Int) -> Int {
    if number >= 0, number < modulus { return number }
    if number == -1 { return -2 }
    let hash = Int(number.magnitude % UInt(modulus))
    return number < 0 ? (hash == 1 ? -2 : -hash) : hash
  }

  /// The hash of an `int` beyond 64 bits.
  static func hash(_ number: BigInt) -> Int {
    let hash = Int(number.magnitude % BigUInt(modulus))
    return number.sign == .minus ? (hash == 1 ? -2 : -hash) : hash
  }

  /// The hash of a `float`: that of the equal `int` where there is one.
  static func hash(_ number: Double) -> Int {
    if number.isInfinite { return number > 0 ? infinity : -infinity }
    // CPython hashes a NaN by identity; one bit pattern is one identity here.
    if number.isNaN { return Int(truncatingIfNeeded: number.bitPattern >> 3) | 1 }
    if let whole = Int(exactly: number) { return hash(whole) }
    var mantissa = number.magnitude.significand / 2
    var exponent = Int(number.magnitude.exponent) + 1
    var x: UInt = 0
    while mantissa != 0 {
      x = ((x << 28) & UInt(modulus)) | (x >> (61 - 28))
      mantissa *= 268_435_456
      exponent -= 28
      let digit = UInt(mantissa)
      mantissa -= Double(digit)
      x += digit
      if x >= UInt(modulus) { x -= UInt(modulus) }
    }
    exponent = exponent >= 0 ? exponent % 61 : 61 - 1 - ((-1 - exponent) % 61)
    x = ((x << UInt(exponent)) & UInt(modulus)) | (x >> UInt(61 - exponent))
    let hash = Int(x)
    return number < 0 ? (hash == 1 ? -2 : -hash) : hash
  }

  /// The hash of a text, by its UTF-8.
  static func hash(_ text: String) -> Int {
    var text = text
    return text.withUTF8 { bytes in
      var hash: UInt = 0x9E37_79B9_7F4A_7C15 ^ UInt(bytes.count)
      var i = 0
      while i + 8 <= bytes.count {
        let word = UnsafeRawPointer(bytes.baseAddress.unsafelyUnwrapped)
          .loadUnaligned(fromByteOffset: i, as: UInt.self)
        hash = mix(hash ^ word)
        i += 8
      }
      var rest: UInt = 0
      while i < bytes.count {
        rest = rest << 8 | UInt(bytes[i])
        i += 1
      }
      let result = Int(bitPattern: mix(hash ^ rest))
      return result == -1 ? -2 : result
    }
  }

  /// The hash of a tuple from those of its items.
  struct OfTuple {
    private var sum: UInt = 2_870_177_450_012_600_261
    private var count: UInt = 0

    init() {}

    /// Takes the hash of the next item.
    mutating func add(_ hash: Int) {
      sum = sum &+ UInt(bitPattern: hash) &* 14_029_467_366_897_019_727
      sum = (sum << 31) | (sum >> 33)
      sum = sum &* 11_400_714_785_074_694_791
      count += 1
    }

    /// The hash of all.
    var result: Int {
      let result = sum &+ (count ^ (2_870_177_450_012_600_261 ^ 3_527_539))
      return result == UInt.max ? 1_546_275_796 : Int(bitPattern: result)
    }
  }

  @inline(__always)
  private static func mix(_ x: UInt) -> UInt {
    let product = x.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return product.high ^ product.low
  }
}

extension Value {
  /// The hash of a value whose hash runs no script code; nil for every other.
  var plainHash: Int? {
    switch self {
    case .int(let number): return Hashing.hash(number)
    case .bool(let truth): return truth ? 1 : 0
    case .float(let number): return Hashing.hash(number)
    case .none: return Hashing.none
    case .ellipsis: return Hashing.ellipsis
    case .object(let object):
      if let string = object.asPlainString { return string.hash }
      if let integer = object as? IntegerObject { return Hashing.hash(integer.number) }
      return nil
    case .unbound, .notImplemented: return nil
    }
  }

  /// Whether two keys of the same hash are the same key; nil where a comparison may run script code.
  func isSameKey(as other: Value) -> Bool? {
    switch (self, other) {
    case (.int(let a), .int(let b)): return a == b
    case (.object(let a), .object(let b)):
      if a === b { return true }
      if let a = a.asPlainString, let b = b.asPlainString { return a.hasSameText(as: b) }
      return nil
    case (.object(let object), _), (_, .object(let object)):
      // A text never equals a number or a singleton; anything else may say that it does.
      return object.asPlainString == nil ? nil : false
    case (.none, .none), (.ellipsis, .ellipsis): return true
    case (.none, _), (_, .none), (.ellipsis, _), (_, .ellipsis): return false
    case (.float(let a), .float(let b)): return a == b || a.bitPattern == b.bitPattern
    default:
      guard let a = Number(self), let b = Number(other) else { return false }
      return a.isEqual(to: b)
    }
  }
}
