/// A token of a script.
struct Token: Sendable {
  /// What the token is.
  let kind: Kind
  /// The number of parentheses open after the token.
  let level: UInt8
  /// The line of its first byte, counted from 1.
  let line: Int32
  /// The line of its last byte.
  let endLine: Int32
  /// The offset of its first byte; of an indent, a dedent and the end, where reading stands.
  let start: Int32
  /// The offset after its last byte.
  let end: Int32

  /// The kinds of token.
  enum Kind: UInt8, Sendable, CaseIterable {
    case endMarker, newline, indent, dedent, error, name, number, string

    case leftParenthesis, rightParenthesis, leftBracket, rightBracket, leftBrace, rightBrace
    case colon, comma, semicolon, dot, ellipsis, arrow, colonEqual, equal, tilde
    case plus, minus, star, slash, percent, at, doubleStar, doubleSlash
    case bar, caret, ampersand, leftShift, rightShift
    case less, greater, lessEqual, greaterEqual, doubleEqual, notEqual
    case plusEqual, minusEqual, starEqual, slashEqual, percentEqual, atEqual, doubleStarEqual
    case doubleSlashEqual, barEqual, caretEqual, ampersandEqual, leftShiftEqual, rightShiftEqual
    case unknown

    case `false`, none, `true`, and, `as`, assert, async, await, `break`, `class`, `continue`
    case def, del, elif, `else`, except, finally, `for`, from, global, `if`, `import`, `in`, `is`
    case lambda, nonlocal, not, or, pass, raise, `return`, `try`, `while`, with, yield
  }
}

extension Token.Kind {
  /// The keywords.
  static let keywords: [(text: StaticString, kind: Self)] = [
    ("False", .false), ("None", .none), ("True", .true), ("and", .and), ("as", .as),
    ("assert", .assert), ("async", .async), ("await", .await), ("break", .break),
    ("class", .class), ("continue", .continue), ("def", .def), ("del", .del), ("elif", .elif),
    ("else", .else), ("except", .except), ("finally", .finally), ("for", .for), ("from", .from),
    ("global", .global), ("if", .if), ("import", .import), ("in", .in), ("is", .is),
    ("lambda", .lambda), ("nonlocal", .nonlocal), ("not", .not), ("or", .or), ("pass", .pass),
    ("raise", .raise), ("return", .return), ("try", .try), ("while", .while), ("with", .with),
    ("yield", .yield),
  ]

  /// Operators and punctuation; where one starts another the longer one stands first.
  ///
  /// `<>` and the characters that Python has no use for are read as `unknown`, which no rule takes.
  static let operators: [(text: StaticString, kind: Self)] = [
    ("...", .ellipsis), ("**=", .doubleStarEqual), ("//=", .doubleSlashEqual),
    ("<<=", .leftShiftEqual), (">>=", .rightShiftEqual),
    ("->", .arrow), (":=", .colonEqual), ("**", .doubleStar), ("//", .doubleSlash),
    ("<<", .leftShift), (">>", .rightShift), ("<=", .lessEqual), (">=", .greaterEqual),
    ("==", .doubleEqual), ("!=", .notEqual), ("<>", .unknown), ("+=", .plusEqual),
    ("-=", .minusEqual), ("*=", .starEqual), ("/=", .slashEqual), ("%=", .percentEqual),
    ("@=", .atEqual), ("|=", .barEqual), ("^=", .caretEqual), ("&=", .ampersandEqual),
    ("(", .leftParenthesis), (")", .rightParenthesis), ("[", .leftBracket), ("]", .rightBracket),
    ("{", .leftBrace), ("}", .rightBrace), (":", .colon), (",", .comma), (";", .semicolon),
    (".", .dot), ("=", .equal), ("~", .tilde), ("+", .plus), ("-", .minus), ("*", .star),
    ("/", .slash), ("%", .percent), ("@", .at), ("|", .bar), ("^", .caret), ("&", .ampersand),
    ("<", .less), (">", .greater), ("$", .unknown), ("?", .unknown), ("!", .unknown),
    ("`", .unknown),
  ]

  /// The kinds an expression starts with.
  private static let expressionStarts: [Bool] = allCases.map { kind in
    switch kind {
    case .name, .number, .string, .leftParenthesis, .leftBracket, .leftBrace, .minus, .plus,
      .tilde, .not, .lambda, .await, .none, .true, .false, .ellipsis:
      true
    default: false
    }
  }

  /// Whether an expression can start with this kind.
  var startsExpression: Bool { Self.expressionStarts[Int(rawValue)] }

  /// The text of an operator or keyword, as messages quote it.
  var text: String {
    for table in [Self.operators, Self.keywords] {
      for entry in table where entry.kind == self && entry.kind != .unknown {
        return "\(entry.text)"
      }
    }
    return "\(self)"
  }
}

/// A table of fixed texts, found by their first byte.
struct FixedTexts: Sendable {
  private struct Entry: Sendable {
    let bytes: [UInt8]
    let kind: Token.Kind
  }

  private let entries: [[Entry]]

  /// The keywords by their first byte.
  static let keywords = FixedTexts(Token.Kind.keywords)
  /// The operators by their first byte, longer ones first.
  static let operators = FixedTexts(Token.Kind.operators)

  private init(_ table: [(text: StaticString, kind: Token.Kind)]) {
    var entries: [[Entry]] = Array(repeating: [], count: 128)
    for (text, kind) in table {
      let bytes = text.withUTF8Buffer { Array($0) }
      entries[Int(bytes[0])].append(Entry(bytes: bytes, kind: kind))
    }
    self.entries = entries
  }

  /// The kind of a whole text, such as a keyword.
  func kind(of text: ArraySlice<UInt8>) -> Token.Kind? {
    guard let first = text.first, first < 128 else { return nil }
    for entry in entries[Int(first)] where entry.bytes.elementsEqual(text) { return entry.kind }
    return nil
  }

  /// The longest text at the start of `bytes[offset...]` and its length.
  func longest(in bytes: [UInt8], at offset: Int) -> (kind: Token.Kind, length: Int)? {
    let first = bytes[offset]
    guard first < 128 else { return nil }
    search: for entry in entries[Int(first)] {
      guard offset + entry.bytes.count <= bytes.count else { continue }
      for place in 1..<max(entry.bytes.count, 1) where bytes[offset + place] != entry.bytes[place] {
        continue search
      }
      return (entry.kind, entry.bytes.count)
    }
    return nil
  }
}
