/// What is wrong with a JSON text.
package struct JSONError: Error, Equatable {
  /// What was expected or found.
  package let message: String
  /// The byte where it was.
  package let offset: Int
}

extension JSON {
  /// Reads a JSON text; `NaN` and the infinities are taken as Python writes them.
  ///
  /// - Throws: If the text is no JSON value, or is followed by something.
  package init(reading bytes: [UInt8]) throws(JSONError) {
    var reader = JSONReader(bytes: bytes)
    self = try reader.value()
    try reader.end()
  }
}

/// Reads values from bytes.
///
/// Recursive over the nesting of the text, up to ``depthLimit``.
private struct JSONReader {
  let bytes: [UInt8]
  var offset = 0
  var depth = 0

  static let depthLimit = 512

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func value() throws(JSONError) -> JSON {
    skipSpace()
    switch peek {
    case UInt8(ascii: "{"): return try nested { (reader) throws(JSONError) in try reader.object() }
    case UInt8(ascii: "["): return try nested { (reader) throws(JSONError) in try reader.array() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "N"): return try word("NaN", .double(.nan))
    case UInt8(ascii: "I"): return try word("Infinity", .double(.infinity))
    default: return try number()
    }
  }

  mutating func end() throws(JSONError) {
    skipSpace()
    if offset < bytes.count { throw error("nothing more") }
  }

  private mutating func nested(
    _ body: (inout JSONReader) throws(JSONError) -> JSON
  ) throws(JSONError) -> JSON {
    depth += 1
    if depth > Self.depthLimit { throw error("fewer levels") }
    offset += 1
    let value = try body(&self)
    depth -= 1
    return value
  }

  private mutating func object() throws(JSONError) -> JSON {
    var members: [JSON.Member] = []
    if take(UInt8(ascii: "}")) { return .object(members) }
    repeat {
      skipSpace()
      let key = try string()
      guard take(UInt8(ascii: ":")) else { throw error("':'") }
      members.append(JSON.Member(key, try value()))
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw error("',' or '}'") }
    return .object(members)
  }

  private mutating func array() throws(JSONError) -> JSON {
    var elements: [JSON] = []
    if take(UInt8(ascii: "]")) { return .array(elements) }
    repeat { elements.append(try value()) } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw error("',' or ']'") }
    return .array(elements)
  }

  private mutating func string() throws(JSONError) -> String {
    guard peek == UInt8(ascii: "\"") else { throw error("a string") }
    offset += 1
    var text: [UInt8] = []
    while let byte = peek {
      offset += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text += String(try escape()).utf8
      default: text.append(byte)
      }
    }
    throw error("'\"'")
  }

  private mutating func escape() throws(JSONError) -> Character {
    guard let byte = peek else { throw error("an escape") }
    offset += 1
    switch byte {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "u"):
      var code = try hexadecimal()
      if (0xD800..<0xDC00).contains(code), peek == UInt8(ascii: "\\") {
        offset += 2
        code = 0x10000 + (code - 0xD800) << 10 + (try hexadecimal() - 0xDC00)
      }
      return Character(Unicode.Scalar(code) ?? "\u{FFFD}")
    default: return Character(Unicode.Scalar(byte))
    }
  }

  private mutating func hexadecimal() throws(JSONError) -> UInt32 {
    let end = offset + 4
    guard end <= bytes.count,
      let code = UInt32(String(decoding: bytes[offset..<end], as: UTF8.self), radix: 16)
    else { throw error("four digits") }
    offset = end
    return code
  }

  private mutating func number() throws(JSONError) -> JSON {
    if peek == UInt8(ascii: "-"), offset + 1 < bytes.count, bytes[offset + 1] == UInt8(ascii: "I") {
      offset += 1
      return try word("Infinity", .double(-.infinity))
    }
    let start = offset
    var isInteger = true
    scan: while let byte = peek {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"): break
      case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"): isInteger = false
      default: break scan
      }
      offset += 1
    }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    if isInteger, let value = Int(text) { return .int(value) }
    guard let value = Double(text) else { throw error("a value") }
    return .double(value)
  }

  private mutating func word(_ text: String, _ value: JSON) throws(JSONError) -> JSON {
    guard bytes[offset...].starts(with: text.utf8) else { throw error("a value") }
    offset += text.utf8.count
    return value
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    guard peek == byte else { return false }
    offset += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek, byte == 32 || byte == 10 || byte == 13 || byte == 9 { offset += 1 }
  }

  private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private func error(_ expected: String) -> JSONError {
    JSONError(message: "expected \(expected)", offset: offset)
  }
}
