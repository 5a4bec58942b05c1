/// The state of the explorer; ``update(_:)`` changes it and ``draw(into:glyphs:)`` shows it.
///
/// Both are plain functions of values: a replay without a terminal calls the same two.
struct Explorer: Sendable {
  /// The name of the file.
  let name: String
  /// The lines of the script.
  let source: [String]
  /// The size of the window.
  private(set) var rows = 24
  private(set) var columns = 80
  private var scroll = 0
  private var takesMouse = true
  private var isHelpShown = false
  private var helpScroll = 0

  /// What an event asks of the world outside the state.
  enum Effect: Sendable {
    /// Nothing.
    case none
    /// The end.
    case quit
    /// A stop, until the shell's `fg`.
    case suspend
    /// Every cell anew.
    case redraw
    /// The mouse taken, or left to the terminal.
    case mouse(Bool)
    /// Another look.
    case theme(Theme)
  }

  /// An explorer of a script.
  init(name: String, source: String) {
    self.name = name
    self.source = source.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// How many milliseconds it waits for an event before a `.tick`; nil waits for ever.
  var patience: Int? { nil }
}

extension Explorer {
  /// Takes in an event.
  mutating func update(_ event: Event) -> Effect {
    switch event {
    case .key(let key):
      guard let command = Command.command(for: key) else { return .none }
      return perform(command)
    case .resize(let rows, let columns):
      (self.rows, self.columns) = (rows, columns)
      return .none
    case .mouse, .tick: return .none
    case .hangup: return .quit
    }
  }

  private mutating func perform(_ command: Command.ID) -> Effect {
    switch command {
    case .quit where isHelpShown, .cancel: isHelpShown = false
    case .quit: return .quit
    case .suspend: return .suspend
    case .redraw: return .redraw
    case .mouse:
      takesMouse.toggle()
      return .mouse(takesMouse)
    case .help:
      isHelpShown.toggle()
      helpScroll = 0
    case .down where isHelpShown, .statementForward where isHelpShown: helpScroll += 1
    case .up where isHelpShown, .statementBack where isHelpShown:
      helpScroll = max(0, helpScroll - 1)
    case .down: scroll = min(scroll + 1, max(0, source.count - 1))
    case .up: scroll = max(0, scroll - 1)
    default: break
    }
    return .none
  }
}

extension Explorer {
  /// The whole window as a canvas.
  func screen(glyphs: Glyphs, ascii: Bool) -> Canvas {
    var canvas = Canvas(rows: rows, columns: columns)
    draw(into: &canvas, glyphs: glyphs)
    return ascii ? canvas.inASCII : canvas
  }

  /// Draws the window.
  func draw(into canvas: inout Canvas, glyphs: Glyphs) {
    let body = canvas.bounds.inset(bottom: 1)
    canvas.inset(body) { canvas in
      if isHelpShown {
        HelpPane(scroll: helpScroll).draw(into: &canvas, glyphs: glyphs)
      } else {
        for row in 0..<canvas.rows where scroll + row < source.count {
          canvas.put(source[scroll + row], row: row, column: 0, .code)
        }
      }
    }
    canvas.inset(canvas.bounds.inset(top: canvas.rows - 1)) { canvas in
      canvas.fill(canvas.bounds, .text, on: .bar)
      canvas.put(" \(name)   ? help  q quit", row: 0, column: 0, .text)
    }
  }
}
