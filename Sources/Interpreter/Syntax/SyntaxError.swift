/// A mistake in the text of a script, with the words and the place that CPython gives.
public struct PythonSyntaxError: Error, Sendable, Hashable {
  /// The exception that Python raises.
  public let kind: Kind
  /// The message, without the name of the exception.
  public let message: String
  /// The line, counted from 1.
  public let line: Int
  /// The character of the line, counted from 1, as the `offset` of Python's exception.
  public let offset: Int
  /// The line in which the marked text ends.
  public let endLine: Int
  /// The character after the marked text, counted from 1; 0 or less where Python knows none.
  public let endOffset: Int
  /// The text of the line.
  public let text: String

  /// What is raised.
  public enum Kind: String, Sendable, Hashable {
    /// `SyntaxError`.
    case syntaxError = "SyntaxError"
    /// `IndentationError`.
    case indentationError = "IndentationError"
    /// `TabError`.
    case tabError = "TabError"
    /// `RecursionError`: the code is nested more deeply than CPython compiles.
    case recursionError = "RecursionError"
    /// Python that this program does not run; the message names the construct.
    case notSupported = "NotSupported"
  }
}

extension PythonSyntaxError {
  /// What Python prints for the error where it ends a script: place, line, marks, message.
  public func report(file: String) -> String {
    let last = "\(kind.rawValue): \(message)\n"
    // Python knows no place for code that it could not read or that went too deep.
    if kind == .recursionError || (offset == 0 && text.isEmpty) { return last }
    let blanks: [Character] = [" ", "\t", "\u{0C}"]
    let stripped = text.drop { blanks.contains($0) }
    let dropped = text.unicodeScalars.count - stripped.unicodeScalars.count
    var report = "  File \"\(file)\", line \(line)\n    \(stripped)\n"
    let first = offset - 1 - dropped
    if first >= 0, offset > 0 {
      let width = stripped.unicodeScalars.count
      var last = endLine > line ? width : endOffset - 1 - dropped
      if last <= first { last = first + 1 }
      report += "    " + String(repeating: " ", count: first)
      report += String(repeating: "^", count: last - first) + "\n"
    }
    return report + last
  }
}

extension SourceText {
  /// An error that marks a range; the place of CPython's `RAISE_SYNTAX_ERROR_KNOWN_RANGE`.
  func error(
    _ message: String,
    _ range: SourceRange,
    kind: PythonSyntaxError.Kind = .syntaxError
  ) -> PythonSyntaxError {
    let start = range.start
    let end = range.end
    let first = start.offset - start.column
    var last = characterCount(from: end.offset - end.column, to: end.offset) + 1
    if end.line > start.line, start.line <= lineCount {
      // CPython counts the characters of the end in the line of the start.
      last = characterCount(
        from: first,
        to: min(first + end.column + 1, self.start(ofLine: start.line + 1))
      )
    }
    return PythonSyntaxError(
      kind: kind,
      message: message,
      line: start.line,
      offset: characterCount(from: first, to: start.offset) + 1,
      endLine: end.line,
      endOffset: last,
      text: line(start.line)
    )
  }

  /// An error at a character of a line, both counted from 1.
  func error(
    _ message: String,
    line number: Int,
    offset: Int,
    endOffset: Int,
    kind: PythonSyntaxError.Kind = .syntaxError
  ) -> PythonSyntaxError {
    PythonSyntaxError(
      kind: kind,
      message: message,
      line: number,
      offset: offset,
      endLine: number,
      endOffset: endOffset,
      text: line(number)
    )
  }
}
