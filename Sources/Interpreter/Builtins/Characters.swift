/// What Python's `str` asks of code points.
extension Unicode.Scalar {
  /// `str.isspace`.
  var isPythonSpace: Bool {
    switch value {
    case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0: true
    case ..<0x1680: false
    default:
      properties.generalCategory == .spaceSeparator || value == 0x2028 || value == 0x2029
    }
  }

  /// Whether `str.splitlines` breaks at it.
  var isLineBoundary: Bool {
    switch value {
    case 0x0A...0x0D, 0x1C...0x1E, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  /// `str.isprintable`: shown as it is by `repr`.
  var isPrintable: Bool {
    if value < 0x7F { return value >= 0x20 }
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator, .spaceSeparator:
      return false
    default: return true
    }
  }

  /// `str.isalpha`.
  var isLetter: Bool {
    if value < 0x80 { return (value | 0x20) >= 0x61 && (value | 0x20) <= 0x7A }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      return true
    default: return false
    }
  }

  /// `str.isdecimal`.
  var isDecimal: Bool { properties.numericType == .decimal }
  /// `str.isdigit`.
  var isDigit: Bool {
    let type = properties.numericType
    return type == .decimal || type == .digit
  }
  /// `str.isnumeric`.
  var isNumeric: Bool { properties.numericType != nil }
  /// `str.isalnum`.
  var isAlphanumeric: Bool { isLetter || isNumeric }
  /// Whether `str.isupper` counts it as upper case.
  var isUpper: Bool { properties.isUppercase }
  /// Whether `str.islower` counts it as lower case.
  var isLower: Bool { properties.isLowercase }
  /// Whether it is a title-case letter such as `ǅ`.
  var isTitle: Bool { properties.generalCategory == .titlecaseLetter }
  /// Whether it has a case, which is what `str.title` takes for a part of a word.
  var isCased: Bool { isUpper || isLower || isTitle }

  /// Its value as a hexadecimal digit, nil for other characters.
  var hexDigit: UInt32? {
    switch value {
    case 0x30...0x39: value - 0x30
    case 0x61...0x66: value - 0x61 + 10
    case 0x41...0x46: value - 0x41 + 10
    default: nil
    }
  }
}

extension String {
  /// `repr` of a `str`: quoted, with escapes; `ascii` escapes what is not ASCII as well.
  func pythonRepr(ascii: Bool = false) -> String {
    var hasSingle = false
    var hasDouble = false
    var isPlain = true
    for byte in utf8 {
      switch byte {
      case 0x27: hasSingle = true
      case 0x22: hasDouble = true
      case 0x20..<0x7F where byte != 0x5C: break
      default: isPlain = false
      }
    }
    let quote = hasSingle && !hasDouble ? "\"" : "'"
    if isPlain, !hasSingle || !hasDouble { return quote + self + quote }
    var text = quote
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0x5C: text += "\\\\"
      case 0x27 where quote == "'": text += "\\'"
      case 0x0A: text += "\\n"
      case 0x0D: text += "\\r"
      case 0x09: text += "\\t"
      case 0x20..<0x7F: text.unicodeScalars.append(scalar)
      case 0x80... where !ascii && scalar.isPrintable: text.unicodeScalars.append(scalar)
      default: text += Self.escape(scalar.value)
      }
    }
    return text + quote
  }

  private static func escape(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    let (letter, width) =
      value <= 0xFF ? ("x", 2) : value <= 0xFFFF ? ("u", 4) : ("U", 8)
    return "\\" + letter + String(repeating: "0", count: width - digits.utf8.count) + digits
  }
}
