import BigInt

/// Texts of whole numbers.
enum IntegerText {
  /// CPython's limit on the decimal digits of a conversion.
  static let digitLimit = 4300

  /// What went wrong in ``parse(_:base:)``.
  enum Failure: Error {
    case notANumber
    case tooManyDigits(Int)
  }

  /// The digits of a number in base 2, 8, 10 or 16, without sign and prefix.
  static func digits(_ number: Number, radix: Int, uppercase: Bool = false) -> String {
    switch number {
    case .int(let number): String(number.magnitude, radix: radix, uppercase: uppercase)
    case .big(let number): String(number.magnitude, radix: radix, uppercase: uppercase)
    case .float: ""
    }
  }

  /// Whether the number is below zero.
  static func isNegative(_ number: Number) -> Bool {
    switch number {
    case .int(let number): number < 0
    case .big(let number): number.sign == .minus
    case .float(let number): number.sign == .minus
    }
  }

  /// Whether the decimal text of a number has more digits than CPython writes.
  static func isTooLong(_ number: BigInt) -> Bool {
    // 4300 digits are 14284.4 bits; in between the digits decide.
    let bits = number.magnitude.bitWidth
    if bits < 14284 { return false }
    if bits > 14290 { return true }
    return String(number.magnitude).utf8.count > digitLimit
  }

  /// The number that `int(text, base)` gives.
  static func parse(_ text: String, base: Int) throws(Failure) -> Number {
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      if scalar.isPythonSpace {
        bytes.append(UInt8(ascii: " "))
      } else if scalar.isASCII {
        bytes.append(UInt8(scalar.value))
      } else if scalar.properties.numericType == .decimal,
        let digit = scalar.properties.numericValue
      {
        bytes.append(UInt8(ascii: "0") + UInt8(digit))
      } else {
        throw .notANumber
      }
    }
    var start = 0
    var end = bytes.count
    while start < end, bytes[start] == UInt8(ascii: " ") { start += 1 }
    while end > start, bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
    var negative = false
    if start < end, bytes[start] == UInt8(ascii: "-") || bytes[start] == UInt8(ascii: "+") {
      negative = bytes[start] == UInt8(ascii: "-")
      start += 1
    }
    var base = base
    var hasPrefix = false
    if end - start >= 2, bytes[start] == UInt8(ascii: "0") {
      let named: Int =
        switch bytes[start + 1] | 0x20 {
        case UInt8(ascii: "x"): 16
        case UInt8(ascii: "o"): 8
        case UInt8(ascii: "b"): 2
        default: 0
        }
      if named != 0, base == 0 || base == named {
        base = named
        start += 2
        hasPrefix = true
        if start < end, bytes[start] == UInt8(ascii: "_") { start += 1 }
      }
    }
    let isLiteral = base == 0
    if isLiteral { base = 10 }
    guard start < end, bytes[start] != UInt8(ascii: "_"), bytes[end - 1] != UInt8(ascii: "_")
    else { throw .notANumber }
    var digits: [UInt8] = []
    for i in start..<end {
      if bytes[i] == UInt8(ascii: "_") {
        if bytes[i - 1] == UInt8(ascii: "_") { throw .notANumber }
        continue
      }
      guard let digit = value(bytes[i]), digit < base else { throw .notANumber }
      digits.append(bytes[i])
    }
    if isLiteral, !hasPrefix, digits.count > 1, digits[0] == UInt8(ascii: "0"),
      digits.contains(where: { $0 != UInt8(ascii: "0") })
    {
      throw .notANumber
    }
    let text = String(utf8: digits)
    if let number = Int(text, radix: base) { return .int(negative ? -number : number) }
    if digits.count > digitLimit, base & (base - 1) != 0 { throw .tooManyDigits(digits.count) }
    let number = large(digits, text, base)
    let signed = negative ? -number : number
    if let small = Int(exactly: signed) { return .int(small) }
    return .big(signed)
  }

  private static func large(_ digits: [UInt8], _ text: String, _ base: Int) -> BigInt {
    if base < 36, let number = BigInt(text, radix: base) { return number }
    var number = BigInt(0)
    for digit in digits { number = number * BigInt(base) + BigInt(value(digit) ?? 0) }
    return number
  }

  private static func value(_ byte: UInt8) -> Int? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(byte - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(byte - UInt8(ascii: "A")) + 10
    default: nil
    }
  }
}
