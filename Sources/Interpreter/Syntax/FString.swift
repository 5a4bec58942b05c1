extension Parser {
  /// The parts of the text of an f-string.
  mutating func formattedParts(_ literal: StringLiteral) throws(ParseFailure) -> [FormattedPart] {
    var reader = FormattedText(
      position: literal.content.lowerBound,
      end: literal.content.upperBound,
      isRaw: literal.isRaw
    )
    let parts = try formattedParts(&reader, nesting: 0)
    return parts
  }

  /// The parts up to the end of the text or, inside a format specification, the closing brace.
  private mutating func formattedParts(
    _ reader: inout FormattedText,
    nesting: Int
  ) throws(ParseFailure) -> [FormattedPart] {
    var parts: [FormattedPart] = []
    while true {
      let isDoubled = try appendLiteral(&reader, nesting: nesting, to: &parts)
      if isDoubled { continue }
      guard reader.position < reader.end, bytes[reader.position] == 0x7B else { return parts }
      try appendField(&reader, nesting: nesting, to: &parts)
    }
  }

  /// Takes text up to the next brace; true after a doubled brace, which stands for itself.
  private mutating func appendLiteral(
    _ reader: inout FormattedText,
    nesting: Int,
    to parts: inout [FormattedPart]
  ) throws(ParseFailure) -> Bool {
    let start = reader.position
    var isDoubled = false
    var end = start
    while end < reader.end {
      var byte = bytes[end]
      end += 1
      if byte == 0x5C, !reader.isRaw, end < reader.end {
        byte = bytes[end]
        end += 1
        if byte == UInt8(ascii: "N") {
          // The braces of a named character are not those of a field.
          guard end < reader.end, bytes[end] == 0x7B else { continue }
          while end < reader.end, bytes[end] != 0x7D { end += 1 }
          end = min(end + 1, reader.end)
          continue
        }
      }
      guard byte == 0x7B || byte == 0x7D else { continue }
      if nesting == 0 {
        if end < reader.end, bytes[end] == byte {
          isDoubled = true
          break
        }
        if byte == 0x7D { throw errorAtLast("f-string: single '}' is not allowed") }
      }
      end -= 1
      break
    }
    reader.position = isDoubled ? end + 1 : end
    if end > start {
      let text = try decoded { () throws(Escapes.Failure) in
        try Escapes.text(bytes[start..<end], isRaw: reader.isRaw)
      }
      parts.append(.literal(text))
    }
    return isDoubled
  }

  /// Takes a replacement field, its braces included.
  private mutating func appendField(
    _ reader: inout FormattedText,
    nesting: Int,
    to parts: inout [FormattedPart]
  ) throws(ParseFailure) {
    if nesting >= 2 { throw errorAtLast("f-string: expressions nested too deeply") }
    reader.position += 1
    let start = reader.position
    reader.position = try endOfFieldExpression(reader)
    let end = reader.position
    guard end < reader.end else { throw errorAtLast("f-string: expecting '}'") }
    let value = try fieldExpression(from: start, to: end)

    var isSelfDocumenting = false
    if bytes[reader.position] == 0x3D {
      isSelfDocumenting = true
      reader.position += 1
      while reader.position < reader.end, isBlank(bytes[reader.position]) { reader.position += 1 }
      parts.append(.literal(String(decoding: bytes[start..<reader.position], as: UTF8.self)))
    }
    var conversion = try conversion(&reader)
    guard reader.position < reader.end else { throw errorAtLast("f-string: expecting '}'") }
    var format: [FormattedPart]?
    if bytes[reader.position] == 0x3A {
      reader.position += 1
      guard reader.position < reader.end else { throw errorAtLast("f-string: expecting '}'") }
      format = try formattedParts(&reader, nesting: nesting + 1)
    }
    guard reader.position < reader.end, bytes[reader.position] == 0x7D else {
      throw errorAtLast("f-string: expecting '}'")
    }
    reader.position += 1
    if isSelfDocumenting, conversion == nil, format == nil { conversion = .repr }
    parts.append(.field(FormattedField(value: value, conversion: conversion, format: format)))
  }

  private func conversion(
    _ reader: inout FormattedText
  ) throws(ParseFailure) -> FormattedField.Conversion? {
    guard reader.position < reader.end, bytes[reader.position] == 0x21 else { return nil }
    reader.position += 1
    guard reader.position < reader.end else { throw errorAtLast("f-string: expecting '}'") }
    let byte = bytes[reader.position]
    reader.position += 1
    switch byte {
    case UInt8(ascii: "s"): return .str
    case UInt8(ascii: "r"): return .repr
    case UInt8(ascii: "a"): return .ascii
    default:
      throw errorAtLast("f-string: invalid conversion character: expected 's', 'r', or 'a'")
    }
  }

  /// Where the expression of a field ends: at a `!`, `:`, `=` or `}` outside of brackets and strings.
  private func endOfFieldExpression(_ reader: FormattedText) throws(ParseFailure) -> Int {
    var scanner = FieldScanner()
    var position = reader.position
    while position < reader.end {
      let rest = bytes[position..<min(position + 3, reader.end)]
      switch scanner.take(rest) {
      case .skip(let count): position += count
      case .end: return position
      case .refuse(let message): throw errorAtLast(message)
      }
    }
    if let message = scanner.messageAtEnd { throw errorAtLast(message) }
    return position
  }

  /// Parses the expression of a field, which is read as if it stood in parentheses.
  private mutating func fieldExpression(
    from start: Int,
    to end: Int
  ) throws(ParseFailure) -> Expression {
    guard bytes[start..<end].contains(where: { !isBlank($0) }) else {
      let next = bytes[end]
      if next == 0x21 || next == 0x3A || next == 0x3D {
        let name = Character(Unicode.Scalar(next))
        throw errorAtLast("f-string: expression required before '\(name)'")
      }
      throw errorAtLast("f-string: empty expression not allowed")
    }
    if let inner = Lexer(source: source, fieldFrom: start, to: end).runField() {
      var parser = Parser(field: inner, of: self)
      if let value = try parser.attempt({ (parser) throws(ParseFailure) in
        try parser.starExpressions()
      }) {
        unsupported = unsupported ?? parser.unsupported
        return value
      }
    }
    // CPython reports the mistake in the text of the expression alone, in its parentheses.
    // The line is counted from the brace.
    let line = source.position(of: start - 1).line
    let lines: [UInt8] = Array(repeating: 0x0A, count: line - 1)
    let text = lines + [0x28] + bytes[start..<end] + [0x29]
    let alone = Parser(source: SourceText(name: source.name, bytes: text), isField: true)
    throw .error(alone.fieldError())
  }
}

/// Where reading stands in the text of an f-string.
private struct FormattedText {
  var position: Int
  let end: Int
  let isRaw: Bool
}

/// Whether a byte is blank to Python's grammar.
private func isBlank(_ byte: UInt8) -> Bool {
  byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0C
}

/// Finds the end of a field's expression, byte by byte as CPython 3.11 does.
private struct FieldScanner {
  private var quote: UInt8 = 0
  private var isTriple = false
  private var open: [UInt8] = []

  enum Step {
    case skip(Int)
    case end
    case refuse(String)
  }

  /// The mistake of a field that ends here.
  var messageAtEnd: String? {
    if quote != 0 { return "f-string: unterminated string" }
    guard let opening = open.last else { return nil }
    return "f-string: unmatched '\(Character(Unicode.Scalar(opening)))'"
  }

  /// Takes the byte at the start of `rest`, which holds up to three.
  mutating func take(_ rest: ArraySlice<UInt8>) -> Step {
    let bytes = Array(rest)
    let byte = bytes[0]
    let isRun = bytes.count == 3 && bytes[1] == byte && bytes[2] == byte
    if byte == 0x5C { return .refuse("f-string expression part cannot include a backslash") }
    if quote != 0 {
      guard byte == quote, !isTriple || isRun else { return .skip(1) }
      quote = 0
      return .skip(isTriple ? 3 : 1)
    }
    switch byte {
    case 0x27, 0x22:
      isTriple = isRun
      quote = byte
      return .skip(isRun ? 3 : 1)
    case 0x5B, 0x7B, 0x28:
      if open.count >= Lexer.parenthesisLimit {
        return .refuse("f-string: too many nested parenthesis")
      }
      open.append(byte)
      return .skip(1)
    case 0x23: return .refuse("f-string expression part cannot include '#'")
    case 0x21, 0x3A, 0x7D, 0x3D, 0x3C, 0x3E:
      guard open.isEmpty else { return byte == 0x7D ? close(byte) : .skip(1) }
      let isComparison = byte != 0x3A && byte != 0x7D
      if isComparison, bytes.count > 1, bytes[1] == 0x3D { return .skip(2) }
      return byte == 0x3C || byte == 0x3E ? .skip(1) : .end
    case 0x5D, 0x29: return close(byte)
    default: return .skip(1)
    }
  }

  private mutating func close(_ byte: UInt8) -> Step {
    let name = Character(Unicode.Scalar(byte))
    guard let opening = open.popLast() else { return .refuse("f-string: unmatched '\(name)'") }
    if byte == (opening == 0x28 ? 0x29 : opening + 2) { return .skip(1) }
    let other = Character(Unicode.Scalar(opening))
    return .refuse(
      "f-string: closing parenthesis '\(name)' does not match opening parenthesis '\(other)'"
    )
  }
}
