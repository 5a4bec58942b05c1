extension Lexer {
  /// Reads a name, a keyword, or a string with a prefix.
  mutating func readName() throws(Failure) {
    let start = position
    if let prefix = stringPrefix() { return try readString(prefix: prefix) }
    var isASCII = true
    while true {
      let byte = peek()
      if byte >= 0x80 { isASCII = false } else if !isWordByte(byte) { break }
      position += 1
    }
    if !isASCII { try checkName(from: start) }
    append(FixedTexts.keywords.kind(of: bytes[start..<position]) ?? .name, from: start)
  }

  /// The length of the prefix before a quote; nil where a name stands.
  private func stringPrefix() -> Int? {
    var seen: (b: Bool, u: Bool, r: Bool, f: Bool) = (false, false, false, false)
    var length = 0
    while true {
      switch peek(length) | 0x20 {
      case UInt8(ascii: "b") where !(seen.b || seen.u || seen.f): seen.b = true
      case UInt8(ascii: "u") where !(seen.b || seen.u || seen.r || seen.f): seen.u = true
      case UInt8(ascii: "r") where !(seen.r || seen.u): seen.r = true
      case UInt8(ascii: "f") where !(seen.f || seen.b || seen.u): seen.f = true
      default: return nil
      }
      length += 1
      if peek(length) == 0x22 || peek(length) == 0x27 { return length }
    }
  }

  /// Checks a name with characters beyond ASCII against Unicode's rule for identifiers.
  private mutating func checkName(from start: Int) throws(Failure) {
    var offset = start
    for scalar in String(decoding: bytes[start..<position], as: UTF8.self).unicodeScalars {
      let properties = scalar.properties
      let isValid =
        scalar == "_"
        || (offset == start ? properties.isXIDStart : properties.isXIDContinue)
      offset += UTF8.width(scalar)
      if isValid { continue }
      let number = hexadecimal(scalar.value)
      throw error(
        scalar.isPrintable
          ? "invalid character '\(scalar)' (U+\(number))"
          : "invalid non-printable character U+\(number)",
        endingAt: offset
      )
    }
  }

  /// Reads a string; its escapes are resolved by the parser.
  mutating func readString(prefix: Int) throws(Failure) {
    let start = position
    let startLine = line
    let startOfLine = lineStart
    position += prefix
    let quote = bytes[position]
    let isTriple = peek(1) == quote && peek(2) == quote
    if !isTriple, peek(1) == quote {
      position += 2
      return append(.string, from: start)
    }
    position += isTriple ? 3 : 1
    while true {
      let byte = peek()
      if position >= limit || (byte == 0x0A && !isTriple) {
        let detected = line
        line = startLine
        lineStart = startOfLine
        throw error(
          "unterminated \(isTriple ? "triple-quoted " : "")string literal "
            + "(detected at line \(detected))",
          endingAt: start + 1
        )
      }
      if byte == 0x0A {
        takeNewline(insideToken: true)
      } else if byte == 0x5C {
        position += 1
        if peek() == 0x0A {
          takeNewline(insideToken: true)
        } else if position < limit {
          position += 1
        }
      } else if byte == quote {
        if !isTriple || (peek(1) == quote && peek(2) == quote) { break }
        position += 1
      } else {
        position += 1
      }
    }
    position += isTriple ? 3 : 1
    append(.string, from: start, line: startLine)
  }
}

extension Lexer {
  /// Reads a number; its value is worked out by the parser.
  mutating func readNumber() throws(Failure) {
    let start = position
    switch (peek(), peek(1) | 0x20) {
    case (0x30, UInt8(ascii: "x")): try readDigits("hexadecimal", radix: 16)
    case (0x30, UInt8(ascii: "o")): try readDigits("octal", radix: 8)
    case (0x30, UInt8(ascii: "b")): try readDigits("binary", radix: 2)
    default: try readDecimal()
    }
    append(.number, from: start)
  }

  /// Reads the digits after `0x`, `0o` or `0b`.
  private mutating func readDigits(_ name: String, radix: Int) throws(Failure) {
    position += 2
    repeat {
      if peek() == 0x5F { position += 1 }
      guard isDigit(peek(), radix: radix) else {
        try refuseDigit(name)
        throw error("invalid \(name) literal")
      }
      while isDigit(peek(), radix: radix) { position += 1 }
    } while peek() == 0x5F
    try refuseDigit(name)
    try checkEnd(name)
  }

  private mutating func refuseDigit(_ name: String) throws(Failure) {
    guard isDigit(peek()) else { return }
    let digit = Character(Unicode.Scalar(peek()))
    position += 1
    throw error("invalid digit '\(digit)' in \(name) literal")
  }

  private mutating func readDecimal() throws(Failure) {
    let start = position
    if peek() != 0x2E {
      try readDecimalDigits()
      if peek() != 0x2E, peek() | 0x20 != UInt8(ascii: "e"), peek() | 0x20 != UInt8(ascii: "j") {
        try checkLeadingZeros(from: start)
      }
    }
    if peek() == 0x2E {
      position += 1
      if isDigit(peek()) { try readDecimalDigits() }
    }
    if peek() | 0x20 == UInt8(ascii: "e") {
      if peek(1) == 0x2B || peek(1) == 0x2D {
        position += 2
        guard isDigit(peek()) else { throw error("invalid decimal literal") }
        try readDecimalDigits()
      } else if isDigit(peek(1)) {
        position += 1
        try readDecimalDigits()
      }
    }
    if peek() | 0x20 == UInt8(ascii: "j") {
      position += 1
      return try checkEnd("imaginary")
    }
    try checkEnd("decimal")
  }

  private mutating func readDecimalDigits() throws(Failure) {
    while true {
      while isDigit(peek()) { position += 1 }
      guard peek() == 0x5F else { return }
      position += 1
      guard isDigit(peek()) else { throw error("invalid decimal literal") }
    }
  }

  private func checkLeadingZeros(from start: Int) throws(Failure) {
    guard bytes[start] == 0x30 else { return }
    var zeros = start
    while zeros < position, bytes[zeros] == 0x30 || bytes[zeros] == 0x5F { zeros += 1 }
    guard zeros < position else { return }
    throw .anywhere(
      source.error(
        "leading zeros in decimal integer literals are not permitted; "
          + "use an 0o prefix for octal integers",
        line: line,
        offset: start + 1 - lineStart,
        endOffset: zeros + 1 - lineStart
      )
    )
  }

  /// Refuses a number that runs into a word, but for the keywords that may follow one.
  private func checkEnd(_ name: String) throws(Failure) {
    guard isWordByte(peek()) else { return }
    let words: [StaticString] = ["and", "else", "for", "or", "not", "if", "in", "is"]
    for (place, word) in words.enumerated() {
      let matches = word.withUTF8Buffer { text in
        text.indices.allSatisfy { peek($0) == text[$0] }
      }
      // CPython does not look behind the words of two letters that start with an i.
      if matches, place >= 5 || !isWordByte(peek(word.utf8CodeUnitCount)) { return }
    }
    throw error("invalid \(name) literal")
  }
}

/// Whether a byte is an ASCII letter, a digit or an underscore.
@inline(__always)
func isWordByte(_ byte: UInt8) -> Bool {
  (byte | 0x20) &- 0x61 < 26 || isDigit(byte) || byte == 0x5F
}

/// Whether a byte is a digit in a radix.
func isDigit(_ byte: UInt8, radix: Int) -> Bool {
  switch byte {
  case 0x30...0x39: Int(byte) - 0x30 < radix
  case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): radix == 16
  default: false
  }
}
