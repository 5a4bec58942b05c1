/// Numbers in Python's notation.
enum PythonNumber {
  /// A float as Python's `repr` writes it: the shortest digits that read back as the same number.
  static func text(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    // Swift's digits are the shortest too; only the layout differs.
    var digits: [UInt8] = []
    var exponent = 0
    var point: Int?
    var inExponent = false
    var exponentIsNegative = false
    for character in value.magnitude.description.utf8 {
      switch character {
      case UInt8(ascii: "."): point = digits.count
      case UInt8(ascii: "e"): inExponent = true
      case UInt8(ascii: "-"): exponentIsNegative = true
      case UInt8(ascii: "+"): break
      default:
        if inExponent {
          exponent = exponent * 10 + Int(character - UInt8(ascii: "0"))
        } else {
          digits.append(character)
        }
      }
    }
    // The value is 0.DIGITS times ten to the power of `place`.
    var place = (point ?? digits.count) + (exponentIsNegative ? -exponent : exponent)
    while digits.count > 1, digits.first == UInt8(ascii: "0") {
      digits.removeFirst()
      place -= 1
    }
    while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
    let sign = value.sign == .minus ? "-" : ""
    if digits == [UInt8(ascii: "0")] { return sign + "0.0" }
    return sign + layout(digits, place)
  }

  private static func layout(_ digits: [UInt8], _ place: Int) -> String {
    let zero = UInt8(ascii: "0")
    var text: [UInt8] = []
    if place > 16 || place < -3 {
      text.append(digits[0])
      if digits.count > 1 { text += [UInt8(ascii: ".")] + digits[1...] }
      let power = String((place - 1).magnitude)
      text += place > 0 ? "e+".utf8 : "e-".utf8
      if power.utf8.count < 2 { text.append(zero) }
      text += power.utf8
    } else if place <= 0 {
      text += "0.".utf8
      text += repeatElement(zero, count: -place)
      text += digits
    } else if digits.count <= place {
      text += digits
      text += repeatElement(zero, count: place - digits.count)
      text += ".0".utf8
    } else {
      text += digits[..<place] + [UInt8(ascii: ".")] + digits[place...]
    }
    return String(decoding: text, as: UTF8.self)
  }
}
