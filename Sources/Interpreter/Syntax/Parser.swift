/// Parses a script by recursive descent, with the errors of CPython 3.11.
///
/// As in CPython, a script that fails is parsed a second time with the rules switched on that know
/// the common mistakes; what none of them knows is `invalid syntax` at the token where the first
/// parse stopped.
public struct Parser {
  /// The text.
  let source: SourceText
  /// Its tokens.
  let tokens: [Token]
  /// The token that stands next.
  var index = 0
  /// The furthest token looked at before the parser went back.
  var furthest = 0
  /// Whether the rules for common mistakes are on.
  var isDiagnosing = false
  /// Whether a rule keeps what it has where what may follow does not match.
  var keepsPrefix = false
  /// How deeply the expression being parsed is nested.
  var depth = 0
  /// The tokens of the last operand of `|` or tighter operators, for the rules about `=`.
  var operand = (start: -1, end: -1)
  /// The names behind which a value was looked for, by their tokens.
  var lookedBehind: Set<Int> = []
  /// The rules that were tried in the second parse.
  private var effort = 0
  /// The first construct that this program does not run.
  var unsupported: PythonSyntaxError?
  private let lexed: LexedText
  private let isField: Bool

  /// The levels of expressions inside one another that are parsed.
  static let depthLimit = 1000
  /// The rules that the second parse tries, on top of some for each token, before it settles for
  /// `invalid syntax`.
  private static let effortLimit = 500_000
  /// The height of an expression's tree, which CPython bounds in its compiler.
  static let heightLimit: Int32 = 2990

  /// A parser of a script.
  public init(source: SourceText) {
    self.init(source: source, isField: false)
  }

  /// A parser of a script or of the expression of an f-string's field.
  init(source: SourceText, isField: Bool) {
    self.source = source
    self.isField = isField
    lexed = Lexer(source: source).run()
    tokens = lexed.tokens
  }

  /// A parser of a field's tokens inside the script of another parser.
  init(field tokens: [Token], of outer: Parser) {
    source = outer.source
    self.tokens = tokens
    isField = true
    depth = outer.depth
    isDiagnosing = false
    lexed = LexedText(tokens: tokens, comments: [], failure: nil, unclosed: nil)
  }
}

/// Why a rule did not match.
enum ParseFailure: Error {
  /// The tokens are not what the rule wants; another rule may.
  case mismatch
  /// A mistake that has a message of its own.
  case error(PythonSyntaxError)
}

extension Parser {
  /// Parses the script.
  ///
  /// - Throws: The first mistake, by CPython's order of importance.
  public func parse() throws(PythonSyntaxError) -> Module {
    try checkBytes()
    var parser = self
    let body: [Statement]
    do throws(ParseFailure) {
      body = try parser.file()
    } catch {
      throw parser.mistake(after: error)
    }
    if let unsupported = parser.unsupported { throw unsupported }
    return Module(body: body, comments: lexed.comments)
  }

  /// The mistake in the expression of an f-string's field.
  func fieldError() -> PythonSyntaxError {
    var parser = self
    do throws(ParseFailure) {
      _ = try parser.starExpressions()
      throw .mismatch
    } catch {
      return parser.mistake(after: error)
    }
  }

  /// Refuses what is not text.
  private func checkBytes() throws(PythonSyntaxError) {
    if let offset = source.bytes.firstIndex(of: 0) {
      let place = source.position(of: offset)
      let line = source.line(place.line).utf8.prefix(place.column)
      throw unreadable("source code cannot contain null bytes", place.line, String(line) ?? "")
    }
    if let offset = source.invalidByte {
      let line = source.position(of: offset).line
      let byte = String(source.bytes[offset], radix: 16)
      throw unreadable(
        "Non-UTF-8 code starting with '\\x\(byte)' in file \(source.name) on line \(line), but "
          + "no encoding declared; see https://peps.python.org/pep-0263/ for details",
        line,
        ""
      )
    }
  }

  private func unreadable(_ message: String, _ line: Int, _ text: String) -> PythonSyntaxError {
    PythonSyntaxError(
      kind: .syntaxError,
      message: message,
      line: line,
      offset: 0,
      endLine: line,
      endOffset: 0,
      text: text
    )
  }

  /// The error to report where the first parse failed.
  private func mistake(after failure: ParseFailure) -> PythonSyntaxError {
    let last = tokens[max(index, furthest)]
    var found: PythonSyntaxError
    var reached = Int(last.line)
    switch failure {
    case .error(let error): found = error
    case .mismatch:
      if last.kind == .error, let failure = lexed.failure { return failure.error }
      var second = self
      second.furthest = max(index, furthest)
      second.index = 0
      second.depth = 0
      second.isDiagnosing = true
      do throws(ParseFailure) {
        if isField { _ = try second.starExpressions() } else { _ = try second.file() }
        found = genericError(at: last)
      } catch {
        switch error {
        case .error(let error): found = error
        case .mismatch:
          if last.kind == .indent { return indentationError("unexpected indent", at: last) }
          if last.kind == .dedent { return indentationError("unexpected unindent", at: last) }
          found = genericError(at: last)
        }
      }
      reached = Int(tokens[max(second.index, second.furthest)].line)
    }
    if found.kind == .recursionError { return found }
    if case .anywhere(let error)? = lexed.failure { return error }
    if let opening = lexed.unclosed, reached > opening.line {
      found = Lexer(source: source).unclosed(opening)
    }
    return found
  }

  private func genericError(at token: Token) -> PythonSyntaxError {
    let message = isField ? "f-string: invalid syntax" : "invalid syntax"
    guard token.kind == .endMarker else { return error(message, at: token) }
    return source.error(message, line: Int(token.line), offset: 0, endOffset: 0)
  }
}

extension Parser {
  /// The bytes of the text.
  var bytes: [UInt8] { source.bytes }

  /// The kind of the token that stands next.
  @inline(__always)
  var kind: Token.Kind { tokens[index].kind }

  /// The kind of the token after the one that stands next.
  var nextKind: Token.Kind { tokens[min(index + 1, tokens.count - 1)].kind }

  /// Takes the token that stands next.
  @inline(__always)
  mutating func advance() {
    // The last token is never passed.
    if index + 1 < tokens.count { index += 1 }
  }

  /// Takes the token that stands next if it is of a kind.
  @inline(__always)
  mutating func take(_ kind: Token.Kind) -> Bool {
    guard self.kind == kind else { return false }
    advance()
    return true
  }

  /// Takes a token of a kind.
  @inline(__always)
  mutating func expect(_ kind: Token.Kind) throws(ParseFailure) {
    guard take(kind) else { throw .mismatch }
  }

  /// Takes a token that nothing else can stand for.
  mutating func force(_ kind: Token.Kind) throws(ParseFailure) {
    guard !take(kind) else { return }
    throw failure(error("expected '\(kind.text)'", at: tokens[index]))
  }

  /// Takes a name.
  mutating func name() throws(ParseFailure) -> String {
    guard kind == .name else { throw .mismatch }
    let text = text(of: tokens[index])
    advance()
    return text
  }

  /// The text of a token.
  func text(of token: Token) -> String {
    String(decoding: source.bytes[Int(token.start)..<Int(token.end)], as: UTF8.self)
  }

  /// Whether the token at an index is a name that reads so.
  func isName(_ word: StaticString, at index: Int) -> Bool {
    let token = tokens[index]
    guard token.kind == .name else { return false }
    return word.withUTF8Buffer { text in
      text.elementsEqual(source.bytes[Int(token.start)..<Int(token.end)])
    }
  }

  /// Runs a rule; where it does not match, the parser goes back and the result is nil.
  mutating func attempt<Result>(
    _ rule: (inout Parser) throws(ParseFailure) -> Result
  ) throws(ParseFailure) -> Result? {
    let start = (index, depth)
    effort += 1
    if effort > Self.effortLimit + 20 * tokens.count { throw .mismatch }
    do throws(ParseFailure) {
      return try rule(&self)
    } catch {
      guard case .mismatch = error else { throw error }
      try back(to: start)
      return nil
    }
  }

  /// Runs a rule for what may follow.
  ///
  /// Where it does not match the parse has failed; while mistakes are looked for the parser goes
  /// back, as CPython's does, and the result is nil.
  @inline(__always)
  mutating func continuation<Result>(
    _ rule: (inout Parser) throws(ParseFailure) -> Result
  ) throws(ParseFailure) -> Result? {
    isDiagnosing || keepsPrefix ? try attempt(rule) : try rule(&self)
  }

  /// Runs a rule with the rules for common mistakes switched off.
  mutating func attemptPlainly<Result>(
    _ rule: (inout Parser) throws(ParseFailure) -> Result
  ) throws(ParseFailure) -> Result? {
    let modes = (isDiagnosing, keepsPrefix)
    (isDiagnosing, keepsPrefix) = (false, true)
    defer { (isDiagnosing, keepsPrefix) = modes }
    return try attempt(rule)
  }

  /// Goes back after a rule that did not match, unless that was for a token that cannot be read.
  private mutating func back(to start: (index: Int, depth: Int)) throws(ParseFailure) {
    furthest = max(furthest, index)
    if tokens[furthest].kind == .error, let failure = lexed.failure {
      throw .error(failure.error)
    }
    (index, depth) = start
  }

  /// Goes back to a token.
  mutating func back(to start: Int) {
    furthest = max(furthest, index)
    index = start
  }
}

extension Parser {
  /// The range from the token at an index to the last one taken.
  @inline(__always)
  func range(from first: Int) -> SourceRange {
    range(tokens[first], tokens[max(index - 1, first)])
  }

  /// The range from one token to another.
  func range(_ first: Token, _ last: Token) -> SourceRange {
    let start = Int(first.start)
    let end = Int(last.end)
    return SourceRange(
      start: SourcePosition(
        line: Int(first.line),
        column: start - source.start(ofLine: Int(first.line)),
        offset: start
      ),
      end: SourcePosition(
        line: Int(last.endLine),
        column: end - source.start(ofLine: Int(last.endLine)),
        offset: end
      )
    )
  }

  /// An expression that reaches from the token at an index to the last one taken.
  ///
  /// It is mutating so that the arguments are worked out before the parser is looked at.
  @inline(__always)
  mutating func expression(
    _ kind: Expression.Kind,
    from first: Int
  ) throws(ParseFailure) -> Expression {
    let expression = Expression(kind, range(from: first))
    if expression.height > Self.heightLimit { throw .error(tooComplex) }
    return expression
  }

  /// The error of code that is nested too deeply.
  var tooComplex: PythonSyntaxError {
    error(
      "maximum recursion depth exceeded during compilation",
      at: tokens[index],
      kind: .recursionError
    )
  }

  /// An error that marks a token.
  func error(
    _ message: String,
    at token: Token,
    kind: PythonSyntaxError.Kind = .syntaxError
  ) -> PythonSyntaxError {
    switch token.kind {
    case .indent, .dedent, .endMarker, .error:
      // These have no text: the place is where reading stood.
      let start = source.start(ofLine: Int(token.line))
      return source.error(
        message,
        line: Int(token.line),
        offset: source.characterCount(from: start, to: Int(token.start)),
        endOffset: -1,
        kind: kind
      )
    default: return source.error(message, range(token, token), kind: kind)
    }
  }

  /// An error that marks a range.
  func error(_ message: String, _ range: SourceRange) -> ParseFailure {
    failure(source.error(isField ? "f-string: " + message : message, range))
  }

  /// A mistake, unless the parser came upon a token that cannot be read, which is reported first.
  func failure(_ error: PythonSyntaxError) -> ParseFailure {
    guard tokens[max(index, furthest)].kind == .error, let failure = lexed.failure else {
      return .error(error)
    }
    return .error(failure.error)
  }

  /// An error from the start of one range to the end of another.
  func error(_ message: String, _ first: SourceRange, to last: SourceRange) -> ParseFailure {
    error(message, SourceRange(start: first.start, end: last.end))
  }

  /// An error at the furthest token looked at; the place of CPython's `RAISE_SYNTAX_ERROR`.
  func errorAtLast(_ message: String) -> ParseFailure {
    let last = tokens[max(index, furthest)]
    return failure(error(isField ? "f-string: " + message : message, at: last))
  }

  /// An `IndentationError` at a token.
  func indentationError(_ message: String, at token: Token) -> PythonSyntaxError {
    error(message, at: token, kind: .indentationError)
  }

  /// Notes a construct that is parsed but that this program does not run.
  mutating func noteUnsupported(_ construct: String, _ range: SourceRange) {
    guard unsupported == nil else { return }
    unsupported = source.error(construct, range, kind: .notSupported)
  }

  /// The result of resolving a literal, its failure reported at the furthest token.
  func decoded<Result>(
    _ body: () throws(Escapes.Failure) -> Result
  ) throws(ParseFailure) -> Result {
    do throws(Escapes.Failure) {
      return try body()
    } catch {
      throw errorAtLast(error.message)
    }
  }
}
