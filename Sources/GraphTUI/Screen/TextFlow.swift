import GraphLayout

/// Text broken into lines.
enum TextFlow {
  /// A line cut into pieces of at most so many columns; at least one piece.
  ///
  /// It is cut after a blank if there is one in the second half of a piece, else anywhere.
  static func broken(_ text: String, columns: Int) -> [String] {
    guard columns > 1, CellWidth.of(text) > columns else { return [text] }
    var pieces: [String] = []
    var piece: [Character] = []
    var used = 0
    for character in text {
      let width = CellWidth.of(String(character))
      if used + width > columns {
        let blank = piece.lastIndex(of: " ").map { $0 + 1 } ?? 0
        let cut = blank > piece.count / 2 ? blank : piece.count
        pieces.append(String(piece[..<cut]))
        piece.removeFirst(cut)
        used = CellWidth.of(String(piece))
      }
      piece.append(character)
      used += width
    }
    pieces.append(String(piece))
    return pieces
  }

  /// A paragraph broken between words.
  static func wrapped(_ text: String, columns: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      let width = CellWidth.of(line) + 1 + CellWidth.of(word)
      if !line.isEmpty, width > columns {
        lines.append(line)
        line = ""
      }
      if !line.isEmpty { line += " " }
      line += word
    }
    if !line.isEmpty { lines.append(line) }
    return lines.flatMap { broken($0, columns: columns) }
  }
}
