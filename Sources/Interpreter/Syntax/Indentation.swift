/// The columns of the blocks that are open, and the rules by which a line opens or closes them.
struct Indentation: Sendable {
  private var stops: [Stop] = [Stop(width: 0, narrow: 0)]

  /// How far a line is indented.
  struct Stop: Sendable {
    /// The width with tab stops of 8.
    var width: Int
    /// The width with tabs as wide as a space; where the two disagree, tabs and spaces are mixed.
    var narrow: Int
  }

  /// What a line's indentation means.
  enum Change: Sendable {
    /// The line belongs to the block that is open.
    case same
    /// The line opens a block.
    case indent
    /// The line closes so many blocks.
    case dedent(Int)
    /// The line closes blocks but fits no outer one.
    case noMatch
    /// Tabs and spaces are mixed so that the meaning depends on the width of a tab.
    case inconsistent
    /// More blocks are open than Python allows.
    case tooDeep
  }

  /// The blocks that may be open at once, the script itself included.
  static let limit = 100

  /// The number of blocks that are open besides the script itself.
  var depth: Int { stops.count - 1 }
}

extension Indentation {
  /// Takes the indentation of the next line.
  mutating func take(_ stop: Stop) -> Change {
    let top = stops[stops.count - 1]
    if stop.width == top.width { return stop.narrow == top.narrow ? .same : .inconsistent }
    if stop.width > top.width {
      if stops.count >= Self.limit { return .tooDeep }
      if stop.narrow <= top.narrow { return .inconsistent }
      stops.append(stop)
      return .indent
    }
    var closed = 0
    while stops.count > 1, stop.width < stops[stops.count - 1].width {
      stops.removeLast()
      closed += 1
    }
    let outer = stops[stops.count - 1]
    if stop.width != outer.width { return .noMatch }
    return stop.narrow == outer.narrow ? .dedent(closed) : .inconsistent
  }
}
