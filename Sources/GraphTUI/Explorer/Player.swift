import Timeline

/// Plays the explorer without a terminal and keeps its screens.
struct Player: Sendable {
  /// A screen and how one came to it.
  struct Frame: Sendable {
    /// What was done, `step 3` or `key Right`.
    var title: String
    /// The screen.
    var canvas: Canvas
    /// The look that it had.
    var theme: Theme
  }

  /// The explorer.
  private(set) var explorer: Explorer
  /// The screens so far.
  private(set) var frames: [Frame] = []
  private let glyphs: Glyphs
  private var theme: Theme
  private let depth: ColorDepth

  /// A player of a history on a screen of some size.
  init(
    _ timeline: Timeline,
    size: ScreenSize,
    glyphs: Glyphs,
    theme: Theme,
    depth: ColorDepth
  ) {
    explorer = Explorer(timeline)
    self.glyphs = glyphs
    self.theme = theme
    self.depth = depth
    _ = explorer.update(.resize(rows: size.rows, columns: size.columns))
  }
}

extension Player {
  /// Goes to a step.
  mutating func move(to step: Int) { explorer.move(to: step) }

  /// A frame for every statement or every step between two steps.
  mutating func step(by unit: Replay.Unit, from first: Int, to last: Int) {
    let timeline = explorer.timeline
    var step = min(max(0, first), explorer.lastStep)
    let end = min(max(step, last), explorer.lastStep)
    while true {
      explorer.move(to: step)
      keep("step \(step) of \(explorer.lastStep)")
      guard step < end else { break }
      let next = unit == .operation ? step + 1 : timeline.statementEnd(after: step) ?? end
      step = min(next, end)
    }
  }

  /// A frame before the first key and after each.
  mutating func press(_ keys: [Key]) {
    keep("step \(explorer.cursor.step) of \(explorer.lastStep)")
    for key in keys {
      switch explorer.update(.key(key)) {
      case .quit: return
      case .theme(let theme): self.theme = theme
      case .none, .suspend, .redraw, .mouse: break
      }
      keep("key \(key.name)")
    }
  }

  private mutating func keep(_ title: String) {
    frames.append(Frame(title: title, canvas: explorer.screen(glyphs: glyphs), theme: theme))
  }

  /// The frames in a format.
  func text(_ format: Replay.Format, speed: Double, title: String) -> String {
    switch format {
    case .text: joined { $0.canvas.text }
    case .ansi: joined { $0.canvas.ansi(theme: $0.theme, depth: depth) }
    case .cast: cast(speed: speed, title: title)
    }
  }

  private func joined(_ body: (Frame) -> String) -> String {
    var text = ""
    for frame in frames { text += "=== \(frame.title) ===\n" + body(frame) }
    return text
  }

  /// An asciicast, version 2: a header and one event a frame.
  ///
  /// https://docs.asciinema.org/manual/asciicast/v2/
  private func cast(speed: Double, title: String) -> String {
    let (rows, columns) = (explorer.rows, explorer.columns)
    var text = "{\"version\": 2, \"width\": \(columns), \"height\": \(rows), "
    text += "\"title\": \(Self.json("graphtui " + title))}\n"
    for (index, frame) in frames.enumerated() {
      // A second a frame, in whole milliseconds so that every machine writes the same digits.
      let milliseconds = Int((Double(index) * 1000 / speed).rounded())
      let fraction = String(1000 + milliseconds % 1000).dropFirst()
      let time = "\(milliseconds / 1000).\(fraction)"
      let lines = frame.canvas.ansi(theme: frame.theme, depth: depth).dropLast()
      let screen = "\u{1B}[?25l\u{1B}[H\u{1B}[2J" + lines.replacing("\n", with: "\r\n")
      text += "[\(time), \"m\", \(Self.json(frame.title))]\n"
      text += "[\(time), \"o\", \(Self.json(screen))]\n"
    }
    return text
  }

  private static func json(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\u{00}"..<" ":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
