import GraphLayout

/// The characters that pictures are made of.
struct Glyphs: Sendable {
  /// The outline of a box.
  struct Lines: Sendable {
    var horizontal: String
    var vertical: String
    var topLeft: String
    var topRight: String
    var bottomLeft: String
    var bottomRight: String
    /// Where a line hangs off the top edge.
    var teeDown: String
    /// Where a line stands on the bottom edge.
    var teeUp: String
    /// Where a line leaves to the right.
    var teeRight: String
    /// Where a line leaves to the left.
    var teeLeft: String
  }

  /// Whether every character is ASCII.
  var isASCII: Bool

  /// Thin lines.
  var light: Lines
  /// Thick lines.
  var heavy: Lines
  /// Two lines.
  var double: Lines
  /// Thin lines with round corners.
  var rounded: Lines
  /// Broken lines.
  var dashed: Lines

  /// The line characters by arms: up 1, down 2, left 4, right 8.
  var strokes: [String]
  /// Arrow heads.
  var arrowUp: String
  var arrowDown: String
  var arrowLeft: String
  var arrowRight: String

  /// What was cut off.
  var ellipsis: String
  /// The statement that runs.
  var current: String
  /// A breakpoint.
  var breakpoint: String
  /// An error.
  var error: String
  /// A warning.
  var warning: String
  /// A finding.
  var finding: String
  /// A version bump.
  var bump: String
  /// A detach.
  var detach: String
  /// A gradient.
  var gradient: String
  /// An item of a list.
  var bullet: String
  /// The time line, before and after now, inside `backward()`, and now.
  var timePast: String
  var timeFuture: String
  var timeBackward: String
  var timeNow: String
  /// The heads of a scroll bar or of text that goes on.
  var more: String
  var above: String
  var below: String
  /// Playing and pausing.
  var play: String
  var pause: String
  /// Between a name and what became of it.
  var becomes: String
}

extension Glyphs {
  /// What UTF-8 terminals show.
  static let unicode = Self(
    isASCII: false,
    light: Lines(
      horizontal: "─",
      vertical: "│",
      topLeft: "┌",
      topRight: "┐",
      bottomLeft: "└",
      bottomRight: "┘",
      teeDown: "┬",
      teeUp: "┴",
      teeRight: "├",
      teeLeft: "┤"
    ),
    heavy: Lines(
      horizontal: "━",
      vertical: "┃",
      topLeft: "┏",
      topRight: "┓",
      bottomLeft: "┗",
      bottomRight: "┛",
      teeDown: "┯",
      teeUp: "┷",
      teeRight: "┠",
      teeLeft: "┨"
    ),
    double: Lines(
      horizontal: "═",
      vertical: "║",
      topLeft: "╔",
      topRight: "╗",
      bottomLeft: "╚",
      bottomRight: "╝",
      teeDown: "╤",
      teeUp: "╧",
      teeRight: "╟",
      teeLeft: "╢"
    ),
    rounded: Lines(
      horizontal: "─",
      vertical: "│",
      topLeft: "╭",
      topRight: "╮",
      bottomLeft: "╰",
      bottomRight: "╯",
      teeDown: "┬",
      teeUp: "┴",
      teeRight: "├",
      teeLeft: "┤"
    ),
    dashed: Lines(
      horizontal: "╌",
      vertical: "╎",
      topLeft: "┌",
      topRight: "┐",
      bottomLeft: "└",
      bottomRight: "┘",
      teeDown: "┬",
      teeUp: "┴",
      teeRight: "├",
      teeLeft: "┤"
    ),
    strokes: [
      " ", "╵", "╷", "│", "╴", "┘", "┐", "┤", "╶", "└", "┌", "├", "─", "┴", "┬", "┼",
    ],
    arrowUp: "▲",
    arrowDown: "▼",
    arrowLeft: "◀",
    arrowRight: "▶",
    ellipsis: "…",
    current: "▶",
    breakpoint: "●",
    error: "✗",
    warning: "!",
    finding: "⚑",
    bump: "+",
    detach: "╳",
    gradient: "∇",
    bullet: "•",
    timePast: "━",
    timeFuture: "─",
    timeBackward: "═",
    timeNow: "█",
    more: "⋮",
    above: "▲",
    below: "▼",
    play: "▶",
    pause: "‖",
    becomes: "→"
  )

  /// What everything shows.
  static let ascii = Self(
    isASCII: true,
    light: Lines(
      horizontal: "-",
      vertical: "|",
      topLeft: "+",
      topRight: "+",
      bottomLeft: "+",
      bottomRight: "+",
      teeDown: "+",
      teeUp: "+",
      teeRight: "+",
      teeLeft: "+"
    ),
    heavy: Lines(
      horizontal: "=",
      vertical: "#",
      topLeft: "#",
      topRight: "#",
      bottomLeft: "#",
      bottomRight: "#",
      teeDown: "#",
      teeUp: "#",
      teeRight: "#",
      teeLeft: "#"
    ),
    double: Lines(
      horizontal: "=",
      vertical: "|",
      topLeft: "+",
      topRight: "+",
      bottomLeft: "+",
      bottomRight: "+",
      teeDown: "+",
      teeUp: "+",
      teeRight: "+",
      teeLeft: "+"
    ),
    rounded: Lines(
      horizontal: "-",
      vertical: "|",
      topLeft: ".",
      topRight: ".",
      bottomLeft: "'",
      bottomRight: "'",
      teeDown: "+",
      teeUp: "+",
      teeRight: "+",
      teeLeft: "+"
    ),
    dashed: Lines(
      horizontal: "-",
      vertical: ":",
      topLeft: "+",
      topRight: "+",
      bottomLeft: "+",
      bottomRight: "+",
      teeDown: "+",
      teeUp: "+",
      teeRight: "+",
      teeLeft: "+"
    ),
    strokes: [
      " ", "|", "|", "|", "-", "+", "+", "+", "-", "+", "+", "+", "-", "+", "+", "+",
    ],
    arrowUp: "^",
    arrowDown: "v",
    arrowLeft: "<",
    arrowRight: ">",
    ellipsis: "~",
    current: ">",
    breakpoint: "*",
    error: "X",
    warning: "!",
    finding: "?",
    bump: "+",
    detach: "x",
    gradient: "g",
    bullet: "*",
    timePast: "=",
    timeFuture: "-",
    timeBackward: "#",
    timeNow: "|",
    more: ":",
    above: "^",
    below: "v",
    play: ">",
    pause: "\"",
    becomes: "->"
  )

  /// A text cut to a number of cells, with an ellipsis where something was cut off.
  func fitted(_ text: String, to cells: Int) -> String {
    guard cells > 0 else { return "" }
    if CellWidth.of(text) <= cells { return text }
    var result = ""
    var used = 0
    for character in text {
      let width = CellWidth.of(String(character))
      if used + width > cells - 1 { break }
      result.append(character)
      used += width
    }
    return result + ellipsis
  }
}
