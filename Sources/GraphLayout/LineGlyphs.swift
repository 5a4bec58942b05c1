/// The characters in which lines and boxes are drawn.
public struct LineGlyphs: Sendable, Hashable {
  /// The characters of lines by their strokes.
  public let lines: [Unicode.Scalar]
  /// The character of two lines that cross.
  public let crossing: Unicode.Scalar
  /// The character of a line that forks into all directions.
  public let junction: Unicode.Scalar
  /// The broken upright line and the broken level line.
  public let dashes: [Unicode.Scalar]
  /// Arrows up, down, left and right.
  public let heads: [Unicode.Scalar]
  /// The mark of a node without text.
  public let dot: Unicode.Scalar
  /// The mark beside a name that stands for the other end of a stub.
  public let stub: Character
  /// The characters of borders by their strokes, where they differ from lines.
  public let borders: [Graph.Node.Style: [Unicode.Scalar]]

  /// The mark of stubs in the texts of a laid out graph.
  public static let stubMark: Character = "▷"

  /// Box drawing characters.
  public static let unicode = LineGlyphs(
    lines: Array(" ╵╷│╴┘┐┤╶└┌├─┴┬┼".unicodeScalars),
    crossing: "┼",
    junction: "╋",
    dashes: ["┆", "┄"],
    heads: ["▲", "▼", "◀", "▶"],
    dot: "●",
    stub: stubMark,
    borders: [
      .rounded: Array(" ╵╷│╴╯╮┤╶╰╭├─┴┬┼".unicodeScalars),
      .double: Array(" ╵╷║╴╝╗╢╶╚╔╟═╧╤╬".unicodeScalars),
      .dashed: Array(" ╵╷┆╴┘┐┤╶└┌├┄┴┬┼".unicodeScalars),
    ]
  )

  /// ASCII: a line turns down or forks down at `.`, comes from above at `'`; of four strokes `+` is
  /// a crossing and `*` a junction.
  public static let ascii = LineGlyphs(
    lines: Array(" '.|-'.+-'.+-'.+".unicodeScalars),
    crossing: "+",
    junction: "*",
    dashes: [":", "-"],
    heads: ["^", "v", "<", ">"],
    dot: "o",
    stub: ">",
    borders: [
      .box: Array(" ||||+++|+++-+++".unicodeScalars),
      .rounded: Array(" ||||'.+|'.+-+++".unicodeScalars),
      .double: Array(" ||||+++|+++=+++".unicodeScalars),
      .dashed: Array(" ::::+++:+++-+++".unicodeScalars),
    ]
  )

  /// The character of a cell; a space inside of boxes.
  public func glyph(_ cell: Cell, style: Graph.Node.Style? = nil) -> Unicode.Scalar {
    if let head = [Strokes.up, .down, .left, .right].firstIndex(of: cell.head) {
      return heads[head]
    }
    if cell.strokes.isEmpty { return " " }
    if cell.node >= 0, let style, let border = borders[style] {
      return border[Int(cell.strokes.rawValue)]
    }
    if cell.strokes == .all { return cell.isCrossing ? crossing : junction }
    if cell.isDashed {
      if cell.strokes == [.up, .down] { return dashes[0] }
      if cell.strokes == [.left, .right] { return dashes[1] }
    }
    return lines[Int(cell.strokes.rawValue)]
  }
}
