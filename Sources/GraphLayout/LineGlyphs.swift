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
  /// The characters of borders by their strokes.
  public let borders: Borders

  /// Characters by strokes for each kind of border.
  public struct Borders: Sendable, Hashable {
    /// Those of `box`.
    public let box: [Unicode.Scalar]
    /// Those of `rounded`.
    public let rounded: [Unicode.Scalar]
    /// Those of `double`.
    public let double: [Unicode.Scalar]
    /// Those of `dashed`.
    public let dashed: [Unicode.Scalar]
  }

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
    borders: Borders(
      box: Array(" ╵╷│╴┘┐┤╶└┌├─┴┬┼".unicodeScalars),
      rounded: Array(" ╵╷│╴╯╮┤╶╰╭├─┴┬┼".unicodeScalars),
      double: Array(" ╵╷║╴╝╗╢╶╚╔╟═╧╤╬".unicodeScalars),
      dashed: Array(" ╵╷┆╴┘┐┤╶└┌├┄┴┬┼".unicodeScalars)
    )
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
    borders: Borders(
      box: Array(" |||-+++-+++-+++".unicodeScalars),
      rounded: Array(" |||-'.+-'.+-+++".unicodeScalars),
      double: Array(" |||=+++=+++=+++".unicodeScalars),
      dashed: Array(" :::-+++-+++-+++".unicodeScalars)
    )
  )

  /// The character of a cell; a space inside of boxes.
  public func glyph(_ cell: Cell, style: Graph.Node.Style? = nil) -> Unicode.Scalar {
    if !cell.head.isEmpty { return heads[cell.head.rawValue.trailingZeroBitCount] }
    let strokes = Int(cell.strokes.rawValue)
    if strokes == 0 { return " " }
    if cell.node >= 0, let style {
      switch style {
      case .box: return borders.box[strokes]
      case .rounded: return borders.rounded[strokes]
      case .double: return borders.double[strokes]
      case .dashed: return borders.dashed[strokes]
      case .line, .dot: break
      }
    }
    if cell.strokes == .all { return cell.isCrossing ? crossing : junction }
    if cell.isDashed {
      if cell.strokes == [.up, .down] { return dashes[0] }
      if cell.strokes == [.left, .right] { return dashes[1] }
    }
    return lines[Int(cell.strokes.rawValue)]
  }
}
