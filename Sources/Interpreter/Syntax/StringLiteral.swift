/// One string token: its prefix and where its text stands.
struct StringLiteral {
  /// Whether backslashes stand for themselves.
  private(set) var isRaw = false
  /// Whether it is a bytes literal.
  private(set) var isBytes = false
  /// Whether it is an f-string.
  private(set) var isFormatted = false
  /// The offsets of the text between the quotes.
  let content: Range<Int>

  /// The parts of a token of kind `string`.
  init(_ token: Token, in bytes: [UInt8]) {
    var start = Int(token.start)
    prefix: while true {
      switch bytes[start] | 0x20 {
      case UInt8(ascii: "r"): isRaw = true
      case UInt8(ascii: "b"): isBytes = true
      case UInt8(ascii: "f"): isFormatted = true
      case UInt8(ascii: "u"): break
      default: break prefix
      }
      start += 1
    }
    let quote = bytes[start]
    let end = Int(token.end)
    let isTriple = end - start >= 6 && bytes[start + 1] == quote && bytes[start + 2] == quote
    let width = isTriple ? 3 : 1
    content = start + width..<end - width
  }
}

/// Resolves the escapes of string and bytes literals.
enum Escapes {
  /// Why a literal has no value, in CPython's words.
  struct Failure: Error {
    /// The message.
    let message: String
  }

  /// The text of a string literal.
  static func text(_ content: ArraySlice<UInt8>, isRaw: Bool) throws(Failure) -> String {
    guard !isRaw, content.contains(0x5C) else { return String(decoding: content, as: UTF8.self) }
    var reader = EscapeReader(content: content)
    return String(decoding: try reader.text(), as: UTF8.self)
  }

  /// The bytes of a bytes literal.
  static func bytes(_ content: ArraySlice<UInt8>, isRaw: Bool) throws(Failure) -> [UInt8] {
    guard !isRaw, content.contains(0x5C) else { return Array(content) }
    var reader = EscapeReader(content: content)
    return try reader.bytes()
  }
}

/// Reads a literal with escapes from its first byte to its last.
private struct EscapeReader {
  let content: ArraySlice<UInt8>
  var position: Int
  var result: [UInt8] = []
  /// What CPython's positions are ahead of ours: it writes every other character as `\U0001F600`.
  var shift = 0

  init(content: ArraySlice<UInt8>) {
    self.content = content
    position = content.startIndex
    result.reserveCapacity(content.count)
  }

  /// The escapes of one character that both kinds of literal have.
  static let simple: [UInt8: UInt8] = [
    0x5C: 0x5C, 0x27: 0x27, 0x22: 0x22,
    UInt8(ascii: "a"): 0x07, UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C,
    UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
    UInt8(ascii: "v"): 0x0B,
  ]

  mutating func text() throws(Escapes.Failure) -> [UInt8] {
    while position < content.endIndex {
      let byte = content[position]
      if byte != 0x5C {
        if byte >= 0x80 { shift += byte & 0xC0 == 0x80 ? -1 : 9 }
        result.append(byte)
        position += 1
        continue
      }
      let start = position
      guard let escape = nextEscape() else { continue }
      switch escape {
      case UInt8(ascii: "x"): try appendScalar(from: start, digits: 2, form: "\\xXX")
      case UInt8(ascii: "u"): try appendScalar(from: start, digits: 4, form: "\\uXXXX")
      case UInt8(ascii: "U"): try appendScalar(from: start, digits: 8, form: "\\UXXXXXXXX")
      case UInt8(ascii: "N"): try appendNamed(from: start)
      case UInt8(ascii: "0")...UInt8(ascii: "7"):
        let value = octal(escape)
        if value < 0x80 { result.append(UInt8(value)) } else { append(UInt32(value)) }
      default:
        if escape >= 0x80 { shift += 5 + 9 }
        result.append(0x5C)
        result.append(escape)
      }
    }
    return result
  }

  mutating func bytes() throws(Escapes.Failure) -> [UInt8] {
    while position < content.endIndex {
      let byte = content[position]
      if byte != 0x5C {
        result.append(byte)
        position += 1
        continue
      }
      let start = position
      guard let escape = nextEscape() else { continue }
      switch escape {
      case UInt8(ascii: "x"):
        guard let value = hexadecimal(2) else {
          let place = start - content.startIndex
          throw Escapes.Failure(
            message: "(value error) invalid \\x escape at position \(place)"
          )
        }
        result.append(UInt8(truncatingIfNeeded: value))
      case UInt8(ascii: "0")...UInt8(ascii: "7"):
        result.append(UInt8(truncatingIfNeeded: octal(escape)))
      default:
        result.append(0x5C)
        result.append(escape)
      }
    }
    return result
  }

  /// Takes a backslash and the byte after it; nil where that was all.
  private mutating func nextEscape() -> UInt8? {
    guard position + 1 < content.endIndex else {
      result.append(0x5C)
      position += 1
      return nil
    }
    let escape = content[position + 1]
    position += 2
    if escape == 0x0A { return nil }
    if let byte = Self.simple[escape] {
      result.append(byte)
      return nil
    }
    return escape
  }

  /// Takes the rest of an octal escape.
  private mutating func octal(_ first: UInt8) -> Int {
    var value = Int(first) - 0x30
    for _ in 0..<2 where position < content.endIndex && isDigit(content[position], radix: 8) {
      value = value * 8 + Int(content[position]) - 0x30
      position += 1
    }
    return value
  }

  /// Takes so many hexadecimal digits; nil, at the first other byte, where there are fewer.
  private mutating func hexadecimal(_ count: Int) -> UInt32? {
    var value: UInt32 = 0
    for _ in 0..<count {
      guard position < content.endIndex, isDigit(content[position], radix: 16) else { return nil }
      let byte = content[position]
      value = value << 4 | UInt32(isDigit(byte) ? byte - 0x30 : (byte | 0x20) - 0x57)
      position += 1
    }
    return value
  }

  private mutating func appendScalar(
    from start: Int,
    digits: Int,
    form: String
  ) throws(Escapes.Failure) {
    guard let value = hexadecimal(digits) else {
      throw failure(from: start, "truncated \(form) escape")
    }
    if value > 0x10FFFF { throw failure(from: start, "illegal Unicode character") }
    append(value)
  }

  /// Adds a scalar; a lone surrogate, which no text can hold, becomes U+FFFD.
  private mutating func append(_ value: UInt32) {
    let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
    result.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  private mutating func appendNamed(from start: Int) throws(Escapes.Failure) {
    guard position < content.endIndex, content[position] == 0x7B else {
      throw failure(from: start, "malformed \\N character escape")
    }
    let nameStart = position + 1
    while position < content.endIndex, content[position] != 0x7D { position += 1 }
    guard position < content.endIndex, position > nameStart else {
      throw failure(from: start, "malformed \\N character escape")
    }
    let name = String(decoding: content[nameStart..<position], as: UTF8.self).uppercased()
    position += 1
    guard let scalar = Self.scalar(named: name) else {
      throw failure(from: start, "unknown Unicode character name")
    }
    append(scalar.value)
  }

  private static func scalar(named name: String) -> Unicode.Scalar? {
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let properties = scalar.properties
      if properties.name == name || properties.nameAlias == name { return scalar }
    }
    return nil
  }

  private func failure(from start: Int, _ reason: String) -> Escapes.Failure {
    let first = start - content.startIndex + shift
    let last = position - content.startIndex + shift - 1
    let place =
      first == last ? "byte 0x5c in position \(first)" : "bytes in position \(first)-\(last)"
    return Escapes.Failure(
      message: "(unicode error) 'unicodeescape' codec can't decode \(place): \(reason)"
    )
  }
}
