/// A format specification, `[[fill]align][sign][z][#][0][width][,_][.precision][type]`, taken apart.
struct FormatSpec {
  var fill: Unicode.Scalar = " "
  /// `<`, `>`, `^` or `=`; nil for the default of the type.
  var align: UInt8?
  /// `+`, `-` or a space; nil where none is given.
  var sign: UInt8?
  var coercesNegativeZero = false
  var isAlternate = false
  var width = -1
  /// `,` or `_`.
  var separator: UInt8?
  var precision = -1
  /// The letter at the end; nil where none is given.
  var type: Unicode.Scalar?
  /// The class whose value is formatted, for errors.
  let typeName: String
  private let isForText: Bool

  /// The longest text that a format may give, in bytes; beyond, `MemoryError`.
  static let longest = 1 << 28

  /// Takes `text` apart; `typeName` is the class whose value is formatted, for errors.
  init(
    _ text: String,
    typeName: String,
    isForText: Bool = false,
    _ machine: Machine
  ) throws(PythonError) {
    self.typeName = typeName
    self.isForText = isForText
    let scalars = Array(text.unicodeScalars)
    var i = 0
    if scalars.count >= 2, let named = Self.alignment(scalars[1]) {
      fill = scalars[0]
      align = named
      i = 2
    } else if let first = scalars.first, let named = Self.alignment(first) {
      align = named
      i = 1
    }
    let fillIsGiven = i == 2
    if i < scalars.count, scalars[i] == "+" || scalars[i] == "-" || scalars[i] == " " {
      sign = UInt8(scalars[i].value)
      i += 1
    }
    if i < scalars.count, scalars[i] == "z" {
      coercesNegativeZero = true
      i += 1
    }
    if i < scalars.count, scalars[i] == "#" {
      isAlternate = true
      i += 1
    }
    if !fillIsGiven, i < scalars.count, scalars[i] == "0" {
      fill = "0"
      if align == nil, !isForText { align = UInt8(ascii: "=") }
      i += 1
    }
    width = try Self.number(scalars, &i, machine)
    if i < scalars.count, scalars[i] == "," {
      separator = UInt8(ascii: ",")
      i += 1
    }
    if i < scalars.count, scalars[i] == "_" {
      if separator != nil { throw machine.valueError("Cannot specify both ',' and '_'.") }
      separator = UInt8(ascii: "_")
      i += 1
    }
    if i < scalars.count, scalars[i] == ",", separator == UInt8(ascii: "_") {
      throw machine.valueError("Cannot specify both ',' and '_'.")
    }
    if i < scalars.count, scalars[i] == "." {
      i += 1
      precision = try Self.number(scalars, &i, machine)
      if precision < 0 { throw machine.valueError("Format specifier missing precision") }
    }
    if scalars.count - i > 1 {
      throw machine.valueError(
        "Invalid format specifier '\(text)' for object of type '\(typeName)'"
      )
    }
    if i < scalars.count { type = scalars[i] }
    try checkSeparator(machine)
  }

  private func checkSeparator(_ machine: Machine) throws(PythonError) {
    guard let separator else { return }
    switch type {
    case nil where isForText: break
    case nil, "d", "e", "f", "g", "E", "G", "F", "%": return
    case "b", "o", "x", "X": if separator == UInt8(ascii: "_") { return }
    default: break
    }
    let code = type ?? "s"
    let shown = code.value > 32 && code.value < 128 ? String(code) : Self.hex(code)
    throw machine.valueError(
      "Cannot specify '\(Character(UnicodeScalar(separator)))' with '\(shown)'."
    )
  }

  private static func alignment(_ scalar: Unicode.Scalar) -> UInt8? {
    switch scalar {
    case "<", ">", "^", "=": UInt8(scalar.value)
    default: nil
    }
  }

  private static func number(
    _ scalars: [Unicode.Scalar],
    _ i: inout Int,
    _ machine: Machine
  ) throws(PythonError) -> Int {
    let start = i
    var number = 0
    while i < scalars.count, scalars[i].isDecimal {
      let digit = Int(scalars[i].properties.numericValue ?? 0)
      let (tens, overflow) = number.multipliedReportingOverflow(by: 10)
      if overflow || tens > Int.max - digit {
        throw machine.valueError("Too many decimal digits in format string")
      }
      number = tens + digit
      i += 1
    }
    return i == start ? -1 : number
  }

  private static func hex(_ scalar: Unicode.Scalar) -> String {
    "\\x" + String(scalar.value, radix: 16)
  }

  fileprivate func unknownCode(_ machine: Machine) -> PythonError {
    let code = type ?? "s"
    let shown = code.value > 32 && code.value < 128 ? String(code) : Self.hex(code)
    return machine.valueError(
      "Unknown format code '\(shown)' for object of type '\(typeName)'"
    )
  }
}

// MARK: - Text

extension FormatSpec {
  /// `format(text, spec)`.
  func text(_ string: StringObject, _ machine: Machine) throws(PythonError) -> String {
    guard type == nil || type == "s" else { throw unknownCode(machine) }
    if let sign {
      throw machine.valueError(
        sign == UInt8(ascii: " ")
          ? "Space not allowed in string format specifier"
          : "Sign not allowed in string format specifier"
      )
    }
    if coercesNegativeZero {
      throw machine.valueError(
        "Negative zero coercion (z) not allowed in string format specifier"
      )
    }
    if isAlternate {
      throw machine.valueError("Alternate form (#) not allowed in string format specifier")
    }
    if align == UInt8(ascii: "=") {
      throw machine.valueError("'=' alignment not allowed in string format specifier")
    }
    let shown =
      precision >= 0 && precision < string.count
      ? string.slice(0, precision) : string.text
    let count = precision >= 0 ? min(precision, string.count) : string.count
    return try padded(shown, count: count, standard: UInt8(ascii: "<"), machine)
  }

  /// The text padded to the width on the sides that the alignment says.
  private func padded(
    _ text: String,
    count: Int,
    standard: UInt8,
    _ machine: Machine
  ) throws(PythonError) -> String {
    guard width > count else { return text }
    let total = width - count
    if width > Self.longest { throw machine.memoryError() }
    let before: Int =
      switch align ?? standard {
      case UInt8(ascii: "<"): 0
      case UInt8(ascii: "^"): total / 2
      default: total
      }
    let fill = String(fill)
    return String(repeating: fill, count: before) + text
      + String(repeating: fill, count: total - before)
  }
}

// MARK: - Numbers

extension FormatSpec {
  /// `format(number, spec)` for an `int`.
  func text(integer number: Number, _ machine: Machine) throws(PythonError) -> String {
    switch type {
    case nil, "d", "b", "o", "x", "X", "n", "c": break
    case "e", "E", "f", "F", "g", "G", "%":
      let double = number.double
      if double.isInfinite { throw machine.overflowError("int too large to convert to float") }
      return try text(float: double, machine)
    default: throw unknownCode(machine)
    }
    if precision >= 0 {
      throw machine.valueError("Precision not allowed in integer format specifier")
    }
    if coercesNegativeZero {
      throw machine.valueError(
        "Negative zero coercion (z) not allowed in integer format specifier"
      )
    }
    if type == "c" { return try character(number, machine) }
    let (radix, prefix): (Int, String) =
      switch type {
      case "b": (2, "0b")
      case "o": (8, "0o")
      case "x": (16, "0x")
      case "X": (16, "0X")
      default: (10, "")
      }
    if radix == 10, case .big(let big) = number { try machine.checkDigits(of: big) }
    let digits = IntegerText.digits(number, radix: radix, uppercase: type == "X")
    return try laidOut(
      negative: IntegerText.isNegative(number),
      prefix: isAlternate ? prefix : "",
      digits: digits,
      rest: "",
      group: radix == 10 ? 3 : 4,
      machine
    )
  }

  private func character(_ number: Number, _ machine: Machine) throws(PythonError) -> String {
    if sign != nil {
      throw machine.valueError("Sign not allowed with integer format specifier 'c'")
    }
    if isAlternate {
      throw machine.valueError(
        "Alternate form (#) not allowed with integer format specifier 'c'"
      )
    }
    guard case .int(let code) = number, code >= 0, code < 0x110000 else {
      throw machine.overflowError("%c arg not in range(0x110000)")
    }
    let scalar = Unicode.Scalar(UInt32(code)) ?? "\u{FFFD}"
    return try padded(String(scalar), count: 1, standard: UInt8(ascii: "<"), machine)
  }

  /// `format(number, spec)` for a `float`.
  func text(float number: Double, _ machine: Machine) throws(PythonError) -> String {
    if precision > Int(Int32.max) { throw machine.valueError("precision too big") }
    if precision > Self.longest { throw machine.memoryError() }
    var number = number
    let isPercent = type == "%"
    if isPercent { number *= 100 }
    var body: String
    if let name = FloatText.nonFinite(number.magnitude) {
      body = name
    } else {
      let size = number.magnitude
      let places = precision < 0 ? 6 : precision
      switch type {
      case nil:
        body =
          precision < 0
          ? shortest(size)
          : Self.general(size, max(precision, 1), alternate: isAlternate, addsPoint: true)
      case "e", "E":
        body = FloatText.printed(size, .exponent, precision: places, alternate: isAlternate)
      case "f", "F", "%":
        body = FloatText.printed(size, .fixed, precision: places, alternate: isAlternate)
      case "g", "G", "n":
        body = Self.general(size, max(places, 1), alternate: isAlternate, addsPoint: false)
      default: throw unknownCode(machine)
      }
    }
    switch type {
    case nil, "e", "E", "f", "F", "g", "G", "n", "%": break
    default: throw unknownCode(machine)
    }
    if type == "E" || type == "F" || type == "G" { body = body.uppercased() }
    if isPercent { body += "%" }
    var negative = number.sign == .minus && !number.isNaN
    if coercesNegativeZero, negative, !body.utf8.contains(where: { $0 >= 0x31 && $0 <= 0x39 }),
      number.isFinite
    {
      negative = false
    }
    let bytes = Array(body.utf8)
    var digits = 0
    while digits < bytes.count, bytes[digits] >= 0x30, bytes[digits] <= 0x39 { digits += 1 }
    return try laidOut(
      negative: negative,
      prefix: "",
      digits: String(utf8: bytes[..<digits]),
      rest: String(utf8: bytes[digits...]),
      group: 3,
      machine
    )
  }

  private func shortest(_ size: Double) -> String {
    let text = FloatText.shortest(size)
    guard isAlternate, !text.utf8.contains(UInt8(ascii: ".")),
      let e = text.firstIndex(of: "e")
    else { return text }
    return text[..<e] + "." + text[e...]
  }

  /// `%g` with so many significant digits; `addsPoint` as `repr` does, which also moves the switch to an exponent.
  static func general(
    _ size: Double,
    _ precision: Int,
    alternate: Bool,
    addsPoint: Bool
  ) -> String {
    let text = FloatText.printed(size, .exponent, precision: precision - 1)
    let parts = text.split(separator: "e")
    var digits = Array(parts[0].utf8).filter { $0 != UInt8(ascii: ".") }
    let exponent = size == 0 ? 0 : Int(parts[1]) ?? 0
    if !alternate { while digits.count > 1, digits.last == 0x30 { digits.removeLast() } }
    if exponent < -4 || exponent >= precision - (addsPoint ? 1 : 0) {
      if alternate, digits.count == 1 {
        let plain = FloatText.scientific(digits, exponent)
        return String(plain.prefix(1)) + "." + plain.dropFirst()
      }
      return FloatText.scientific(digits, exponent)
    }
    var whole: String
    var fraction: String
    if exponent < 0 {
      whole = "0"
      fraction = String(repeating: "0", count: -exponent - 1) + String(utf8: digits)
    } else {
      let point = exponent + 1
      if digits.count < point {
        digits += [UInt8](repeating: 0x30, count: point - digits.count)
      }
      whole = String(utf8: digits[..<point])
      fraction = String(utf8: digits[point...])
    }
    if fraction == "0", whole == "0", !alternate { fraction = "" }
    if fraction.isEmpty { return addsPoint ? whole + ".0" : alternate ? whole + "." : whole }
    return whole + "." + fraction
  }

  /// Sign, prefix, grouped digits and the rest, padded.
  private func laidOut(
    negative: Bool,
    prefix: String,
    digits: String,
    rest: String,
    group: Int,
    _ machine: Machine
  ) throws(PythonError) -> String {
    if width > Self.longest { throw machine.memoryError() }
    let signText =
      negative ? "-" : sign == UInt8(ascii: "+") ? "+" : sign == UInt8(ascii: " ") ? " " : ""
    let others = signText.utf8.count + prefix.utf8.count + rest.utf8.count
    var grouped = digits
    if let separator, !digits.isEmpty {
      let fillsWithZeros = fill == "0" && align == UInt8(ascii: "=")
      grouped = Self.grouped(
        Array(digits.utf8),
        separator: separator,
        size: group,
        width: fillsWithZeros ? width - others : 0
      )
    }
    let count = grouped.utf8.count + others
    if align == UInt8(ascii: "="), width > count {
      return signText + prefix + String(repeating: String(fill), count: width - count) + grouped
        + rest
    }
    return try padded(
      signText + prefix + grouped + rest,
      count: count,
      standard: UInt8(ascii: ">"),
      machine
    )
  }

  private static func grouped(
    _ digits: [UInt8],
    separator: UInt8,
    size: Int,
    width: Int
  ) -> String {
    var reversed: [UInt8] = []
    var remaining = digits.count
    var width = width
    while true {
      let length = min(size, max(remaining, width, 1))
      let taken = max(0, min(remaining, length))
      if !reversed.isEmpty { reversed.append(separator) }
      for i in 0..<taken { reversed.append(digits[remaining - 1 - i]) }
      for _ in taken..<length { reversed.append(0x30) }
      remaining -= taken
      width -= length
      if remaining <= 0, width <= 0 { break }
      width -= 1
    }
    return String(utf8: reversed.reversed())
  }
}
