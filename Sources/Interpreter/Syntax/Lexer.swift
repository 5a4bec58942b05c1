/// Splits a script into tokens, by the rules and with the errors of CPython's tokenizer.
struct Lexer {
  /// The text.
  let source: SourceText
  /// The bytes of the text.
  let bytes: [UInt8]
  /// Where reading ends.
  let limit: Int
  /// Where reading stands.
  var position: Int
  /// The line that is read, counted from 1.
  var line: Int
  /// The offset of the first byte of that line.
  var lineStart: Int
  /// The offset from which CPython counts the place of a stray backslash.
  private var bufferStart = 0
  /// The parentheses that are open.
  var open: [Opening] = []
  /// The tokens read.
  var tokens: [Token] = []
  /// The comments read.
  var comments: [Comment] = []
  private var indentation = Indentation()

  /// A parenthesis that is open.
  struct Opening: Sendable {
    /// The parenthesis.
    let byte: UInt8
    /// Its line.
    let line: Int
    /// Its offset.
    let offset: Int
  }

  /// Why reading stopped before the end.
  enum Failure: Error {
    /// An error that Python reports wherever it stands, even before an earlier mistake of grammar.
    case anywhere(PythonSyntaxError)
    /// An error that Python reports only where the parser gets to it.
    case ifReached(PythonSyntaxError)

    /// The error.
    var error: PythonSyntaxError {
      switch self {
      case .anywhere(let error), .ifReached(let error): error
      }
    }
  }

  /// The parentheses that may be open at once.
  static let parenthesisLimit = 200

  /// A lexer of a whole script.
  init(source: SourceText) {
    self.source = source
    bytes = source.bytes
    limit = source.bytes.count
    position = 0
    line = 1
    lineStart = 0
    tokens.reserveCapacity(bytes.count / 4)
  }

  /// A lexer of an expression inside an f-string, which is read as if it stood in parentheses.
  init(source: SourceText, fieldFrom start: Int, to end: Int) {
    self.source = source
    bytes = source.bytes
    limit = end
    position = start
    let place = source.position(of: start)
    line = place.line
    lineStart = start - place.column
  }
}

/// What a lexer made of a script.
struct LexedText {
  /// The tokens; the last one is `endMarker` or `error`.
  let tokens: [Token]
  /// The comments.
  let comments: [Comment]
  /// Why reading stopped, where it did.
  let failure: Lexer.Failure?
  /// The parenthesis that was open where reading stopped.
  let unclosed: Lexer.Opening?
}

extension Lexer {
  /// Reads a whole script.
  consuming func run() -> LexedText {
    var failure: Failure?
    do throws(Failure) {
      while try readLine() {}
    } catch {
      failure = error
      append(.error, from: position)
    }
    return LexedText(tokens: tokens, comments: comments, failure: failure, unclosed: open.last)
  }

  /// Reads the expression of an f-string's field; nil where it has a mistake.
  consuming func runField() -> [Token]? {
    open.append(Opening(byte: UInt8(ascii: "("), line: line, offset: position))
    append(.leftParenthesis, from: position)
    do throws(Failure) {
      while position < limit { try readToken() }
    } catch { return nil }
    guard position == limit, open.count == 1 else { return nil }
    open.removeLast()
    append(.rightParenthesis, from: position)
    append(.endMarker, from: position)
    return tokens
  }

  /// The byte at a distance from where reading stands; 0 past the end.
  @inline(__always)
  func peek(_ distance: Int = 0) -> UInt8 {
    position + distance < limit ? bytes[position + distance] : 0
  }

  /// Adds a token that ends where reading stands.
  mutating func append(_ kind: Token.Kind, from start: Int, line first: Int? = nil) {
    tokens.append(
      Token(
        kind: kind,
        level: UInt8(truncatingIfNeeded: open.count),
        line: Int32(truncatingIfNeeded: first ?? line),
        endLine: Int32(truncatingIfNeeded: line),
        start: Int32(truncatingIfNeeded: start),
        end: Int32(truncatingIfNeeded: position)
      )
    )
  }

  /// Takes the newline that stands next.
  mutating func takeNewline(insideToken: Bool = false) {
    position += 1
    // The line after the last newline does not exist.
    guard position < limit else { return }
    line += 1
    lineStart = position
    if !insideToken { bufferStart = position }
  }

  /// An error at the byte before the one that stands next.
  func error(_ message: String) -> Failure {
    error(message, endingAt: position)
  }

  /// An error at the byte before an offset of the line.
  func error(_ message: String, endingAt offset: Int) -> Failure {
    let character = source.characterCount(from: lineStart, to: offset)
    return .anywhere(
      source.error(message, line: line, offset: character, endOffset: character)
    )
  }
}

extension Lexer {
  /// Reads a logical line with the change of indentation before it; false at the end.
  private mutating func readLine() throws(Failure) -> Bool {
    guard try readIndentation() else { return true }
    if position >= limit {
      let depth = indentation.depth
      for _ in 0..<depth { append(.dedent, from: position) }
      append(.endMarker, from: position)
      return false
    }
    while true {
      let wasNewline = bytes[position] == 0x0A
      try readToken()
      if open.isEmpty, wasNewline || tokens.last?.kind == .newline { return true }
      if position >= limit {
        if let opening = open.last { throw .ifReached(unclosed(opening)) }
        return true
      }
    }
  }

  /// The error of a parenthesis that was never closed.
  func unclosed(_ opening: Opening) -> PythonSyntaxError {
    let place = source.position(of: opening.offset)
    let character = source.characterCount(
      from: opening.offset - place.column,
      to: opening.offset
    )
    return source.error(
      "'\(Character(Unicode.Scalar(opening.byte)))' was never closed",
      line: opening.line,
      offset: character + 1,
      endOffset: 0
    )
  }

  /// Reads the blanks before a line; false where the line has nothing else.
  private mutating func readIndentation() throws(Failure) -> Bool {
    var stop = Indentation.Stop(width: 0, narrow: 0)
    var continued = 0
    blanks: while true {
      switch peek() {
      case 0x20:
        stop.width += 1
        stop.narrow += 1
      case 0x09:
        stop.width = (stop.width / 8 + 1) * 8
        stop.narrow += 1
      case 0x0C: stop = Indentation.Stop(width: 0, narrow: 0)
      case 0x5C:
        // The column that counts is that of the first line.
        if continued == 0 { continued = stop.width }
        try readContinuation()
        continue
      default: break blanks
      }
      position += 1
    }
    if peek() == 0x23 { readComment() }
    if peek() == 0x0A {
      takeNewline()
      return false
    }
    if continued > 0 { stop = Indentation.Stop(width: continued, narrow: continued) }
    if position >= limit { stop = Indentation.Stop(width: 0, narrow: 0) }
    switch indentation.take(stop) {
    case .same: break
    case .indent: append(.indent, from: position)
    case .dedent(let count): for _ in 0..<count { append(.dedent, from: position) }
    case .noMatch:
      throw .ifReached(
        lineError("unindent does not match any outer indentation level", .indentationError)
      )
    case .inconsistent:
      throw .ifReached(
        source.error(
          "inconsistent use of tabs and spaces in indentation",
          line: line,
          offset: 1,
          endOffset: 0,
          kind: .tabError
        )
      )
    case .tooDeep:
      throw .ifReached(
        source.error(
          "too many levels of indentation",
          line: line,
          offset: 1,
          endOffset: 0,
          kind: .indentationError
        )
      )
    }
    return true
  }

  /// An error at the end of the line that is read.
  private func lineError(_ message: String, _ kind: PythonSyntaxError.Kind) -> PythonSyntaxError {
    let text = source.line(line)
    return source.error(
      message,
      line: line,
      offset: text.unicodeScalars.count + 1,
      endOffset: -1,
      kind: kind
    )
  }

  private mutating func readComment() {
    let start = position
    while position < limit, bytes[position] != 0x0A { position += 1 }
    comments.append(
      Comment(line: line, text: String(decoding: bytes[start..<position], as: UTF8.self))
    )
  }

  /// Reads a backslash and the newline that must follow it.
  private mutating func readContinuation() throws(Failure) {
    position += 1
    guard peek() == 0x0A else {
      let character = source.characterCount(from: bufferStart, to: position)
      throw .ifReached(
        source.error(
          "unexpected character after line continuation character",
          line: line,
          offset: character + 1,
          endOffset: 0
        )
      )
    }
    takeNewline(insideToken: true)
    if position >= limit {
      if let opening = open.last { throw .ifReached(unclosed(opening)) }
      throw .ifReached(lineError("unexpected EOF while parsing", .syntaxError))
    }
  }

  /// Reads one token, or blanks, a comment or a newline that makes none.
  private mutating func readToken() throws(Failure) {
    let start = position
    let byte = bytes[position]
    switch byte {
    case 0x20, 0x09, 0x0C: position += 1
    case 0x0A: readNewline(from: start)
    case 0x23:
      readComment()
      if peek() == 0x0A { readNewline(from: start) }
    case 0x5C: try readContinuation()
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x5F,
      0x80...:
      try readName()
    case UInt8(ascii: "0")...UInt8(ascii: "9"): try readNumber()
    case 0x2E where isDigit(peek(1)): try readNumber()
    case 0x22, 0x27: try readString(prefix: 0)
    default: try readOperator()
    }
  }

  /// Reads a newline; the comment before it, if any, belongs to the token.
  private mutating func readNewline(from start: Int) {
    if open.isEmpty { append(.newline, from: start) }
    takeNewline()
  }

  private mutating func readOperator() throws(Failure) {
    let start = position
    let byte = bytes[position]
    guard let (kind, length) = FixedTexts.operators.longest(in: bytes, at: position) else {
      position += 1
      throw error("invalid non-printable character U+\(hexadecimal(UInt32(byte)))")
    }
    position += length
    switch kind {
    case .leftParenthesis, .leftBracket, .leftBrace:
      if open.count >= Self.parenthesisLimit { throw error("too many nested parentheses") }
      open.append(Opening(byte: byte, line: line, offset: start))
    case .rightParenthesis, .rightBracket, .rightBrace: try close(byte)
    default: break
    }
    append(kind, from: start)
  }

  private mutating func close(_ byte: UInt8) throws(Failure) {
    let name = Character(Unicode.Scalar(byte))
    guard let opening = open.popLast() else { throw error("unmatched '\(name)'") }
    let expected: UInt8 = opening.byte == 0x28 ? 0x29 : opening.byte + 2
    guard byte != expected else { return }
    var message = "closing parenthesis '\(name)' does not match opening parenthesis "
    message += "'\(Character(Unicode.Scalar(opening.byte)))'"
    if opening.line != line { message += " on line \(opening.line)" }
    throw error(message)
  }
}

/// Whether a byte is a decimal digit.
@inline(__always)
func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

/// A scalar's number in at least four hexadecimal digits, as messages write it.
func hexadecimal(_ value: UInt32) -> String {
  let digits = String(value, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}
