import Glibc

/// Texts of floats, digit for digit as CPython writes them.
enum FloatText {
  /// `repr(x)`: the shortest digits that give the number back.
  static func shortest(_ x: Double) -> String {
    if let name = nonFinite(x) { return name }
    let (digits, exponent) = shortestDigits(x.magnitude)
    var text = x.sign == .minus ? "-" : ""
    if exponent < -4 || exponent >= 16 {
      text += scientific(digits, exponent)
    } else {
      text += positional(digits, exponent)
    }
    return text
  }

  /// The shortest decimal digits of a positive finite number and the power of ten of the first.
  static func shortestDigits(_ x: Double) -> (digits: [UInt8], exponent: Int) {
    var digits: [UInt8] = []
    var exponent = 0
    var point: Int?
    var seen = false
    let bytes = Array(x.description.utf8)
    for (i, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "e") {
        exponent = Int(String(utf8: bytes[(i + 1)...])) ?? 0
        break
      }
      if byte == UInt8(ascii: ".") {
        point = digits.count
        continue
      }
      digits.append(byte)
      seen = true
    }
    guard seen else { return ([zero], 0) }
    exponent += (point ?? digits.count) - 1
    // Leading zeros as in 0.001 move the first digit to the right.
    var leading = 0
    while leading < digits.count - 1, digits[leading] == zero {
      leading += 1
      exponent -= 1
    }
    digits.removeFirst(leading)
    while digits.count > 1, digits.last == zero { digits.removeLast() }
    if digits == [zero] { exponent = 0 }
    return (digits, exponent)
  }

  /// `inf`, `-inf` or `nan`; nil for a finite number.
  static func nonFinite(_ x: Double) -> String? {
    if x.isNaN { return "nan" }
    if x.isInfinite { return x > 0 ? "inf" : "-inf" }
    return nil
  }

  /// The number as C's `printf` writes it with `%.*f`, `%.*e` or `%.*g`, correctly rounded.
  static func printed(_ x: Double, _ kind: Kind, precision: Int, alternate: Bool = false) -> String
  {
    let format = "%" + (alternate ? "#" : "") + ".*" + kind.rawValue
    let arguments: [any CVarArg] = [Int32(precision), x]
    return withVaList(arguments) { list in
      let capacity = precision + 340
      return withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
        let count = vsnprintf(buffer.baseAddress, capacity, format, list)
        return buffer[..<max(0, Int(count))].withMemoryRebound(to: UInt8.self) {
          String(decoding: $0, as: UTF8.self)
        }
      }
    }
  }

  /// The letters of `printf` for a float.
  enum Kind: String {
    case fixed = "f"
    case exponent = "e"
    case general = "g"
  }

  /// Digits as `d.ddde+XX`.
  static func scientific(_ digits: [UInt8], _ exponent: Int) -> String {
    var text = String(UnicodeScalar(digits[0]))
    if digits.count > 1 { text += "." + String(utf8: digits[1...]) }
    let size = String(exponent.magnitude)
    return text + (exponent < 0 ? "e-" : "e+") + (size.utf8.count < 2 ? "0" + size : size)
  }

  /// Digits as `ddd.ddd`, with at least one after the point.
  private static func positional(_ digits: [UInt8], _ exponent: Int) -> String {
    if exponent < 0 {
      return "0." + String(repeating: "0", count: -exponent - 1) + String(utf8: digits)
    }
    if digits.count <= exponent + 1 {
      return String(utf8: digits) + String(repeating: "0", count: exponent + 1 - digits.count)
        + ".0"
    }
    return String(utf8: digits[...exponent]) + "." + String(utf8: digits[(exponent + 1)...])
  }

  private static let zero = UInt8(ascii: "0")

  /// `round(x, places)`: the nearest of the decimal numbers with so many places, ties to even.
  static func round(_ x: Double, places: Int) -> Double {
    guard x.isFinite, x != 0 else { return x }
    if places > 323 { return x }
    if places >= 0 { return strtod(printed(x, .fixed, precision: places), nil) }
    if places < -308 { return copysign(0, x) }
    // The place may lie above the first digit: then only 0 and one unit are near.
    let exponent = Int(printed(x, .exponent, precision: 0).split(separator: "e")[1]) ?? 0
    let first = shortestDigits(x.magnitude).exponent
    let keeps = min(first, exponent) + places
    if keeps >= 0 {
      let text = printed(x, .exponent, precision: first + places)
      return strtod(text, nil)
    }
    let half = strtod("5e\(-places - 1)", nil)
    return x.magnitude > half ? strtod("\(x < 0 ? "-" : "")1e\(-places)", nil) : copysign(0, x)
  }

  /// The number that `float(text)` gives, nil where the text is not one.
  static func parse(_ text: String) -> Double? {
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      if scalar.isASCII {
        bytes.append(UInt8(scalar.value))
      } else if let digit = scalar.properties.numericType == .decimal
        ? scalar.properties.numericValue : nil
      {
        bytes.append(zero + UInt8(digit))
      } else if scalar.isPythonSpace {
        bytes.append(UInt8(ascii: " "))
      } else {
        return nil
      }
    }
    while let last = bytes.last, UnicodeScalar(last).isPythonSpace { bytes.removeLast() }
    var start = 0
    while start < bytes.count, UnicodeScalar(bytes[start]).isPythonSpace { start += 1 }
    bytes.removeFirst(start)
    guard let digits = withoutUnderscores(bytes) else { return nil }
    return number(digits)
  }

  private static func number(_ bytes: [UInt8]) -> Double? {
    var i = 0
    var negative = false
    if i < bytes.count, bytes[i] == UInt8(ascii: "+") || bytes[i] == UInt8(ascii: "-") {
      negative = bytes[i] == UInt8(ascii: "-")
      i += 1
    }
    switch String(utf8: bytes[i...]).lowercased() {
    case "inf", "infinity": return negative ? -.infinity : .infinity
    case "nan": return negative ? -.nan : .nan
    default: break
    }
    func digits() -> Int {
      let start = i
      while i < bytes.count, bytes[i] >= zero, bytes[i] <= zero + 9 { i += 1 }
      return i - start
    }
    var count = digits()
    if i < bytes.count, bytes[i] == UInt8(ascii: ".") {
      i += 1
      count += digits()
    }
    guard count > 0 else { return nil }
    if i < bytes.count, bytes[i] | 0x20 == UInt8(ascii: "e") {
      i += 1
      if i < bytes.count, bytes[i] == UInt8(ascii: "+") || bytes[i] == UInt8(ascii: "-") { i += 1 }
      guard digits() > 0 else { return nil }
    }
    guard i == bytes.count else { return nil }
    return strtod(String(utf8: bytes), nil)
  }

  /// The bytes without underscores, nil where one is not between digits.
  static func withoutUnderscores(_ bytes: [UInt8]) -> [UInt8]? {
    let underscore = UInt8(ascii: "_")
    guard bytes.contains(underscore) else { return bytes }
    var result: [UInt8] = []
    for (i, byte) in bytes.enumerated() {
      guard byte == underscore else {
        result.append(byte)
        continue
      }
      guard i > 0, i + 1 < bytes.count, isDigit(bytes[i - 1]), isDigit(bytes[i + 1]) else {
        return nil
      }
    }
    return result
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= zero && byte <= zero + 9 }
}
