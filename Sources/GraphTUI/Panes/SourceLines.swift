import GraphLayout
import Interpreter

/// The lines of a script as they are shown: tabs expanded, every character with its role.
struct SourceLines: Sendable {
  /// A character of a line.
  struct Piece: Sendable {
    /// The character.
    var text: String
    /// Its columns.
    var width: Int
    /// Its role.
    var role: Role
    /// Its place in the script, in bytes.
    var offset: Int
  }

  private let bytes: [UInt8]
  private let starts: [Int]
  private let colors: PythonColors

  /// The lines of a script.
  init(_ source: SourceText) {
    bytes = source.bytes
    var starts = [0]
    for (offset, byte) in source.bytes.enumerated() where byte == 10 { starts.append(offset + 1) }
    if starts.last == source.bytes.count, starts.count > 1 { starts.removeLast() }
    self.starts = starts
    colors = PythonColors(source.bytes)
  }

  /// The number of lines.
  var count: Int { starts.count }

  /// The text of a line, counted from 1, without its end.
  func text(ofLine line: Int) -> String {
    guard let range = range(ofLine: line) else { return "" }
    return String(decoding: bytes[range], as: UTF8.self)
  }

  /// The characters of a line, counted from 1.
  func pieces(ofLine line: Int) -> [Piece] {
    guard let range = range(ofLine: line) else { return [] }
    var pieces: [Piece] = []
    var column = 0
    var offset = range.lowerBound
    for scalar in String(decoding: bytes[range], as: UTF8.self).unicodeScalars {
      let role = colors[offset]
      if scalar == "\t" {
        let width = 4 - column % 4
        let text = String(repeating: " ", count: width)
        pieces.append(Piece(text: text, width: width, role: role, offset: offset))
        column += width
      } else if CellWidth.of(scalar) == 0, !pieces.isEmpty {
        pieces[pieces.count - 1].text.unicodeScalars.append(scalar)
      } else {
        let width = CellWidth.of(scalar)
        let text = String(Character(scalar))
        pieces.append(Piece(text: text, width: width, role: role, offset: offset))
        column += width
      }
      offset += scalar.utf8.count
    }
    return pieces
  }

  private func range(ofLine line: Int) -> Range<Int>? {
    guard line >= 1, line <= starts.count else { return nil }
    let start = starts[line - 1]
    let end = line < starts.count ? starts[line] - 1 : bytes.count
    let trimmed = end > start && bytes[end - 1] == 10 ? end - 1 : end
    return start..<max(start, trimmed)
  }
}

extension Unicode.Scalar {
  /// The bytes of the scalar in UTF-8.
  fileprivate var utf8: UTF8.EncodedScalar { UTF8.encode(self) ?? UTF8.EncodedScalar() }
}
