/// Takes a DOT file apart into words and marks (https://graphviz.org/doc/info/lang.html).
struct DotLexer {
  private let scalars: [Unicode.Scalar]
  private var next = 0
  private var line = 1
  private var column = 1

  /// A word or a mark.
  enum Token: Equatable {
    /// A name or number without quotes, possibly a keyword.
    case word(String)
    /// A name in quotes, its escapes untouched but for `\"`.
    case quoted(String)
    /// One of `{ } [ ] ; , = : + -> --`.
    case mark(String)
    /// The end of the file.
    case end
  }

  /// Takes the bytes of a file as UTF-8.
  init(_ bytes: [UInt8]) {
    scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
  }

  /// The place of the next token, once the space before it is skipped.
  var place: GraphFileError.Place { GraphFileError.Place(line: line, column: column) }

  private var current: Unicode.Scalar? { next < scalars.count ? scalars[next] : nil }

  private func peek(_ distance: Int) -> Unicode.Scalar? {
    next + distance < scalars.count ? scalars[next + distance] : nil
  }

  private mutating func step() {
    if scalars[next] == "\n" {
      line += 1
      column = 1
    } else {
      column += 1
    }
    next += 1
  }

  /// Skips spaces and comments.
  mutating func skip() throws(GraphFileError) {
    while let scalar = current {
      if scalar.properties.isWhitespace || scalar == "\u{FEFF}" {
        step()
      } else if scalar == "#" && column == 1 || scalar == "/" && peek(1) == "/" {
        while let scalar = current, scalar != "\n" { step() }
      } else if scalar == "/" && peek(1) == "*" {
        let start = place
        step()
        step()
        while current != nil, !(current == "*" && peek(1) == "/") { step() }
        guard current != nil else {
          throw GraphFileError(place: start, message: "the comment has no end")
        }
        step()
        step()
      } else {
        return
      }
    }
  }

  /// The next token.
  mutating func token() throws(GraphFileError) -> Token {
    try skip()
    guard let scalar = current else { return .end }
    if scalar == "\"" { return .quoted(try quoted()) }
    if scalar == "<" { return .quoted(try markup()) }
    if scalar == "-", peek(1) == ">" || peek(1) == "-" {
      let mark = peek(1) == ">" ? "->" : "--"
      step()
      step()
      return .mark(mark)
    }
    if "{}[];,=:+".unicodeScalars.contains(scalar) {
      step()
      return .mark(String(Character(scalar)))
    }
    let first = place
    var word = String.UnicodeScalarView()
    while let scalar = current, DotLexer.isWord(scalar) || scalar == "-" && word.isEmpty {
      word.append(scalar)
      step()
    }
    guard !word.isEmpty else {
      throw GraphFileError(place: first, message: "`\(Character(scalar))` cannot stand here")
    }
    return .word(String(word))
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_", ".": true
    default: scalar.value >= 0x80 && !scalar.properties.isWhitespace
    }
  }

  private mutating func quoted() throws(GraphFileError) -> String {
    let start = place
    step()
    var text = String.UnicodeScalarView()
    while let scalar = current {
      step()
      if scalar == "\"" { return String(text) }
      if scalar == "\\", let escaped = current {
        step()
        if escaped == "\"" {
          text.append("\"")
        } else if escaped != "\n" {
          text.append("\\")
          text.append(escaped)
        }
        continue
      }
      text.append(scalar)
    }
    throw GraphFileError(place: start, message: "the string has no end")
  }

  /// The text of an HTML-like label, its marks left out and its breaks kept.
  private mutating func markup() throws(GraphFileError) -> String {
    let start = place
    step()
    var depth = 1
    var text = String.UnicodeScalarView()
    var tag = String.UnicodeScalarView()
    while let scalar = current {
      step()
      if scalar == "<" {
        depth += 1
        tag = String.UnicodeScalarView()
      } else if scalar == ">" {
        depth -= 1
        if depth == 0 { return String(text) }
        let name = String(tag).lowercased()
        if name.hasPrefix("br") || name.hasPrefix("/tr") {
          text.append(contentsOf: "\\n".unicodeScalars)
        }
      } else if depth > 1 {
        tag.append(scalar)
      } else {
        text.append(scalar == "\n" ? " " : scalar)
      }
    }
    throw GraphFileError(place: start, message: "the label has no end")
  }
}
