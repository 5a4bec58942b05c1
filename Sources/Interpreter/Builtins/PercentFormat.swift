/// `text % values`, as CPython formats it.
struct PercentFormat {
  private let machine: Machine
  private let format: [Unicode.Scalar]
  private let values: [Value]
  private let isTuple: Bool
  private let mapping: Value?
  private var position = 0
  private var next = 0
  private var usesKey = false
  private var result = ""

  /// One conversion: what stands between `%` and its letter.
  private struct Conversion {
    var left = false
    var zero = false
    var plus = false
    var space = false
    var alternate = false
    var width = -1
    var precision = -1
  }

  /// The text that `format % value` gives.
  static func text(
    _ format: String,
    _ value: Value,
    _ machine: Machine
  ) throws(PythonError) -> String {
    var run = PercentFormat(format, value, machine)
    return try run.text()
  }

  private init(_ format: String, _ value: Value, _ machine: Machine) {
    self.machine = machine
    self.format = Array(format.unicodeScalars)
    let tuple = value.object(TupleObject.self)
    values = tuple?.items ?? [value]
    isTuple = tuple != nil
    let isText = value.object(StringObject.self) != nil
    mapping = tuple == nil && !isText && machine.hasItems(value) ? value : nil
  }

  private mutating func text() throws(PythonError) -> String {
    while position < format.count {
      let scalar = format[position]
      position += 1
      if scalar != "%" {
        result.unicodeScalars.append(scalar)
      } else {
        try convert()
      }
    }
    if next < values.count, !usesKey, mapping == nil {
      throw machine.typeError("not all arguments converted during string formatting")
    }
    return result
  }

  private mutating func convert() throws(PythonError) {
    var conversion = Conversion()
    var keyed: Value?
    if position < format.count, format[position] == "(" { keyed = try value(forKey: key()) }
    flags: while position < format.count {
      switch format[position] {
      case "-": conversion.left = true
      case "+": conversion.plus = true
      case " ": conversion.space = true
      case "#": conversion.alternate = true
      case "0": conversion.zero = true
      default: break flags
      }
      position += 1
    }
    conversion.width = try size("width") ?? -1
    if conversion.width < -1 {
      conversion.left = true
      conversion.width = -conversion.width
    }
    if position < format.count, format[position] == "." {
      position += 1
      conversion.precision = max(0, try size("precision") ?? 0)
    }
    if position < format.count, ["h", "l", "L"].contains(format[position]) { position += 1 }
    guard position < format.count else { throw machine.valueError("incomplete format") }
    let letter = format[position]
    position += 1
    if letter == "%" {
      result += "%"
      return
    }
    if let keyed {
      try append(keyed, letter, conversion)
    } else {
      try append(take(), letter, conversion)
    }
  }

  private mutating func key() throws(PythonError) -> String {
    guard mapping != nil else { throw machine.typeError("format requires a mapping") }
    position += 1
    var depth = 1
    var key = String.UnicodeScalarView()
    while position < format.count {
      let scalar = format[position]
      position += 1
      if scalar == "(" { depth += 1 }
      if scalar == ")" {
        depth -= 1
        if depth == 0 { return String(key) }
      }
      key.append(scalar)
    }
    throw machine.valueError("incomplete format key")
  }

  private mutating func value(forKey key: String) throws(PythonError) -> Value {
    usesKey = true
    guard let mapping else { throw machine.typeError("format requires a mapping") }
    return try machine.item(mapping, machine.string(key))
  }

  /// A width or precision: digits or `*`.
  private mutating func size(_ what: String) throws(PythonError) -> Int? {
    if position < format.count, format[position] == "*" {
      position += 1
      guard let number = Number(try take()), case .int(let size) = number else {
        throw machine.typeError("* wants int")
      }
      return size
    }
    var size: Int?
    while position < format.count, let digit = format[position].hexDigit, digit < 10 {
      let value = (size ?? 0) * 10 + Int(digit)
      if value > Int(Int32.max) { throw machine.valueError("\(what) too big") }
      size = value
      position += 1
    }
    return size
  }

  private mutating func take() throws(PythonError) -> Value {
    if next >= values.count || (mapping != nil && usesKey) {
      throw machine.typeError("not enough arguments for format string")
    }
    next += 1
    return values[next - 1]
  }
}

// MARK: - Conversions

extension PercentFormat {
  private mutating func append(
    _ value: Value,
    _ letter: Unicode.Scalar,
    _ conversion: Conversion
  ) throws(PythonError) {
    if max(conversion.width, conversion.precision) > FormatSpec.longest {
      throw machine.memoryError()
    }
    switch letter {
    case "s": try appendText(machine.str(value), conversion)
    case "r": try appendText(machine.repr(value), conversion)
    case "a": try appendText(machine.ascii(value), conversion)
    case "c": try appendText(character(value), conversion)
    case "d", "i", "u", "o", "x", "X": try appendInteger(value, letter, conversion)
    case "e", "E", "f", "F", "g", "G": try appendFloat(value, letter, conversion)
    default:
      let shown = letter.value > 31 && letter.value < 128 ? String(letter) : "?"
      throw machine.valueError(
        "unsupported format character '\(shown)' (0x\(String(letter.value, radix: 16))) "
          + "at index \(position - 1)"
      )
    }
  }

  private mutating func appendText(_ text: String, _ conversion: Conversion) {
    var text = text
    var count = text.unicodeScalars.count
    if conversion.precision >= 0, conversion.precision < count {
      text = String(String.UnicodeScalarView(text.unicodeScalars.prefix(conversion.precision)))
      count = conversion.precision
    }
    append(sign: "", text, count: count, conversion, zeros: false)
  }

  private mutating func appendInteger(
    _ value: Value,
    _ letter: Unicode.Scalar,
    _ conversion: Conversion
  ) throws(PythonError) {
    let number = try whole(value, letter)
    let radix = letter == "o" ? 8 : letter == "x" || letter == "X" ? 16 : 10
    if radix == 10, case .big(let big) = number { try machine.checkDigits(of: big) }
    var digits = IntegerText.digits(number, radix: radix, uppercase: letter == "X")
    if digits.utf8.count < conversion.precision {
      digits = String(repeating: "0", count: conversion.precision - digits.utf8.count) + digits
    }
    let prefix = conversion.alternate && radix != 10 ? "0\(letter)" : ""
    let sign = self.sign(IntegerText.isNegative(number), conversion) + prefix
    append(sign: sign, digits, count: digits.utf8.count, conversion, zeros: conversion.zero)
  }

  private mutating func appendFloat(
    _ value: Value,
    _ letter: Unicode.Scalar,
    _ conversion: Conversion
  ) throws(PythonError) {
    let number = try machine.double(value)
    let size = number.magnitude
    let places = conversion.precision < 0 ? 6 : conversion.precision
    var text: String
    if let name = FloatText.nonFinite(size) {
      text = name
    } else {
      switch letter {
      case "e", "E":
        text = FloatText.printed(
          size,
          .exponent,
          precision: places,
          alternate: conversion.alternate
        )
      case "f", "F":
        text = FloatText.printed(size, .fixed, precision: places, alternate: conversion.alternate)
      default:
        text = FormatSpec.general(
          size,
          max(places, 1),
          alternate: conversion.alternate,
          addsPoint: false
        )
      }
    }
    if letter == "E" || letter == "F" || letter == "G" { text = text.uppercased() }
    let sign = self.sign(number.sign == .minus && !number.isNaN, conversion)
    append(sign: sign, text, count: text.utf8.count, conversion, zeros: conversion.zero)
  }

  private mutating func append(
    sign: String,
    _ text: String,
    count: Int,
    _ conversion: Conversion,
    zeros: Bool
  ) {
    let missing = max(0, conversion.width - count - sign.utf8.count)
    if conversion.left {
      result += sign + text + String(repeating: " ", count: missing)
    } else if zeros {
      result += sign + String(repeating: "0", count: missing) + text
    } else {
      result += String(repeating: " ", count: missing) + sign + text
    }
  }

  private func sign(_ negative: Bool, _ conversion: Conversion) -> String {
    negative ? "-" : conversion.plus ? "+" : conversion.space ? " " : ""
  }

  private func whole(_ value: Value, _ letter: Unicode.Scalar) throws(PythonError) -> Number {
    let isDecimal = letter == "d" || letter == "i" || letter == "u"
    if let number = Number(value) {
      guard case .float(let double) = number else { return number }
      if isDecimal { return try machine.truncated(double) }
    } else if let number = try machine.wholeNumber(value, allowsInt: isDecimal) {
      return number
    }
    let wanted = isDecimal ? "a real number is required" : "an integer is required"
    throw machine.typeError(
      "%\(letter) format: \(wanted), not \(machine.type(of: value).name)"
    )
  }

  private func character(_ value: Value) throws(PythonError) -> String {
    if let string = value.object(StringObject.self) {
      if string.count == 1 { return string.text }
      throw machine.typeError("%c requires int or char")
    }
    guard let number = Number(value), !number.isFloat else {
      throw machine.typeError("%c requires int or char")
    }
    guard case .int(let code) = number, code >= 0, code < 0x110000 else {
      throw machine.overflowError("%c arg not in range(0x110000)")
    }
    return String(Unicode.Scalar(UInt32(code)) ?? "\u{FFFD}")
  }
}
