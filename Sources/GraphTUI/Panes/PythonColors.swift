/// The roles of the characters of a script, for the eye only.
///
/// A scanner and no parser: it knows strings, comments, numbers and keywords, and is right often
/// enough for colours. What the script means is the interpreter's business.
struct PythonColors: Sendable {
  private let roles: [Role]

  /// The roles of a text in UTF-8.
  init(_ bytes: [UInt8]) {
    var roles = [Role](repeating: .code, count: bytes.count)
    var index = 0
    while index < bytes.count {
      let (end, role) = Self.token(bytes, at: index)
      if role != .code { for place in index..<end { roles[place] = role } }
      index = end
    }
    self.roles = roles
  }

  /// The role of the character at an offset.
  subscript(offset: Int) -> Role { offset < roles.count ? roles[offset] : .code }

  /// The end and the role of the token that begins at a place.
  private static func token(_ bytes: [UInt8], at start: Int) -> (Int, Role) {
    let byte = bytes[start]
    switch byte {
    case UInt8(ascii: "#"):
      return (bytes[start...].firstIndex(of: 10) ?? bytes.count, .comment)
    case UInt8(ascii: "'"), UInt8(ascii: "\""):
      return (stringEnd(bytes, at: start), .string)
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      return (wordEnd(bytes, at: start, withPoint: true), .number)
    case _ where isWord(byte):
      let end = wordEnd(bytes, at: start, withPoint: false)
      if end < bytes.count, end - start <= 2, bytes[end] == 0x22 || bytes[end] == 0x27,
        bytes[start..<end].allSatisfy({ "rbfuRBFU".utf8.contains($0) })
      {
        return (stringEnd(bytes, at: end), .string)
      }
      let word = String(decoding: bytes[start..<end], as: UTF8.self)
      return (end, keywords.contains(word) ? .keyword : .code)
    default: return (start + 1, .code)
    }
  }

  private static func stringEnd(_ bytes: [UInt8], at start: Int) -> Int {
    let quote = bytes[start]
    let isTriple =
      start + 2 < bytes.count && bytes[start + 1] == quote && bytes[start + 2] == quote
    var index = start + (isTriple ? 3 : 1)
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "\\") {
        index += 2
      } else if bytes[index] == quote {
        guard isTriple else { return index + 1 }
        if index + 2 < bytes.count, bytes[index + 1] == quote, bytes[index + 2] == quote {
          return index + 3
        }
        index += 1
      } else if bytes[index] == 10, !isTriple {
        return index
      } else {
        index += 1
      }
    }
    return bytes.count
  }

  private static func wordEnd(_ bytes: [UInt8], at start: Int, withPoint: Bool) -> Int {
    var index = start
    while index < bytes.count, isWord(bytes[index]) || (withPoint && bytes[index] == 0x2E) {
      index += 1
    }
    return index
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }

  private static let keywords: Set<String> = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
  ]
}
