import GraphLayout

/// One position of the screen: a character with its combining marks, and its look.
struct Cell: Hashable, Sendable {
  /// The base character and its marks; empty in the right half of a wide character.
  var text: String
  /// The columns that the character takes: 1, 2, or 0 for the right half of a wide one.
  var width: UInt8
  /// The look.
  var style: Style

  /// An empty position.
  static let blank = Self(text: " ", width: 1, style: Style(.text))
}

extension Cell {
  /// What one scalar of a text becomes on the screen.
  enum Piece {
    /// A character that takes cells.
    case base(String, width: Int)
    /// A mark on the character before it.
    case mark(Unicode.Scalar)
    /// Something that has no picture: joiners, direction marks, variation selectors.
    case nothing
  }

  /// What a scalar becomes on the screen.
  ///
  /// A control character never reaches the terminal: it becomes its picture (`␛` for escape).
  /// Characters that only steer others (joiners, changes of direction, variation selectors) are
  /// dropped, because terminals disagree about what they do to widths.
  static func piece(of scalar: Unicode.Scalar) -> Piece {
    let value = scalar.value
    if value < 0x7F { return .base(ascii[Int(value)], width: 1) }
    if value < 0xA0 { return .base(value == 0x7F ? "␡" : "\u{FFFD}", width: 1) }
    let width = CellWidth.of(scalar)
    if width > 0 { return .base(String(Character(scalar)), width: width) }
    if (0xFE00...0xFE0F).contains(value) || value >= 0xE0000 { return .nothing }
    switch scalar.properties.generalCategory {
    case .format, .lineSeparator, .paragraphSeparator: return .nothing
    default: return .mark(scalar)
    }
  }

  /// The pictures of U+0000 to U+007E.
  private static let ascii: [String] = (UInt32(0)..<0x7F).map { value in
    let shown = value < 0x20 ? 0x2400 + value : value
    return Unicode.Scalar(shown).map { String(Character($0)) } ?? "\u{FFFD}"
  }
}
