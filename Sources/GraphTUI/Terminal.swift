import CNcurses
import Glibc
import GraphLayout

/// The terminal of the process, as a place that shows canvases and tells events.
///
/// However the program ends, by a key, a signal or a crash, the terminal is given back as it was
/// and what was written to standard error meanwhile appears below the prompt.
@MainActor
final class Terminal {
  /// Why the terminal could not be taken over.
  enum Failure: Error, Equatable {
    /// Standard input or output goes elsewhere.
    case noTerminal(String)
    /// The environment names no kind of terminal.
    case unnamed
    /// No description of this kind of terminal is installed.
    case unknown(String)
    /// This kind of terminal cannot show a full screen.
    case incapable(String)
  }

  private let screen: OpaquePointer
  private let input: UnsafeMutablePointer<FILE>
  private var theme: Theme
  private let depth: ColorDepth
  private let isUnicode: Bool
  private var looks: [Style: Look] = [:]
  private var pairs: [Pair: Int16] = [:]
  private var refusals = 0

  /// What curses has to be told to write in a style.
  private struct Look {
    var attributes: attr_t
    var pair: Int16
  }

  private struct Pair: Hashable {
    var foreground: Int32
    var background: Int32
  }

  /// Takes over the terminal.
  ///
  /// - Parameters:
  ///   - theme: The look.
  ///   - usesColor: Whether colours may be used if the terminal has them.
  ///   - readsKeyboard: Whether keys come from the keyboard although standard input is something
  ///     else, which was read already.
  /// - Throws: ``Failure``; nothing was written to the terminal then.
  init(theme: Theme, usesColor: Bool, readsKeyboard: Bool = false) throws(Failure) {
    guard isatty(STDOUT_FILENO) == 1 else { throw .noTerminal("standard output") }
    input = try Self.keyboard(readsKeyboard)
    guard let type = getenv("TERM").map({ String(cString: $0) }), !type.isEmpty else {
      throw .unnamed
    }
    isUnicode = Self.chooseLocale()
    var cooked = termios()
    tcgetattr(STDOUT_FILENO, &cooked)
    cn_remember_signals()
    use_tioctl(true)
    guard let screen = newterm(nil, cn_stdout(), input) else { throw .unknown(type) }
    guard cn_capability("cup") != nil else {
      endwin()
      delscreen(screen)
      throw .incapable(type)
    }
    self.screen = screen
    self.theme = theme
    cn_leave_always(STDOUT_FILENO, &cooked)
    cbreak()
    noecho()
    nonl()
    if getenv("ESCDELAY") == nil { set_escdelay(25) }
    keypad(stdscr, true)
    meta(stdscr, true)
    cn_take_suspend_key()
    mouseinterval(0)
    if usesColor, has_colors() {
      start_color()
      use_default_colors()
      depth = ColorDepth(colors: cn_has_direct_color() ? Int(COLORS) : min(256, Int(COLORS)))
    } else {
      depth = .mono
    }
    takesMouse = true
    mousemask(Self.mouseEvents, nil)
  }

  /// Whether clicks and the wheel are events; otherwise the terminal selects text with them.
  var takesMouse: Bool {
    didSet { mousemask(takesMouse ? Self.mouseEvents : 0, nil) }
  }

  private static let mouseEvents =
    CN_BUTTON1_PRESSED | CN_BUTTON1_RELEASED | CN_WHEEL_UP | CN_WHEEL_DOWN
}

// MARK: Life

extension Terminal {
  /// The rows of the window.
  var rows: Int { Int(LINES) }

  /// The columns of the window.
  var columns: Int { Int(COLS) }

  /// Whether it shows more than ASCII.
  var showsUnicode: Bool { isUnicode }

  /// Gives the terminal back.
  func close() {
    // A terminal without a second screen goes on in the last line.
    move(LINES - 1, 0)
    clrtoeol()
    refresh()
    endwin()
    cn_left()
    delscreen(screen)
  }

  /// Stops the program, as Ctrl-Z does; returns when it goes on.
  func suspend() {
    cn_stop()
    forgetScreen()
  }

  /// Changes the look of everything drawn from now on.
  func use(_ theme: Theme) {
    self.theme = theme
    looks = [:]
  }

  private static func keyboard(
    _ readsKeyboard: Bool
  ) throws(Failure) -> UnsafeMutablePointer<FILE> {
    if isatty(STDIN_FILENO) == 1 { return cn_stdin() }
    guard readsKeyboard, let keyboard = fopen("/dev/tty", "r") else {
      throw .noTerminal("standard input")
    }
    return keyboard
  }

  /// Makes the character set UTF-8, which curses reads when the screen opens; whether it is.
  private static func chooseLocale() -> Bool {
    setlocale(LC_CTYPE, "")
    for name in ["", "C.UTF-8", "en_US.UTF-8"] {
      if !name.isEmpty { setlocale(LC_CTYPE, name) }
      if String(cString: nl_langinfo(nl_item(CODESET))) == "UTF-8" { return true }
    }
    return false
  }
}

// MARK: Drawing

extension Terminal {
  /// Shows a canvas; curses writes what differs from what is shown already.
  func draw(_ canvas: Canvas) {
    let canvas = isUnicode ? canvas : canvas.inASCII
    erase()
    var characters: [wchar_t] = []
    for row in 0..<min(rows, canvas.totalRows) {
      for (column, cell) in canvas[row: row].prefix(columns).enumerated() where cell.width > 0 {
        let look = look(of: cell.style)
        characters.removeAll(keepingCapacity: true)
        for scalar in cell.text.unicodeScalars where characters.count < 5 {
          characters.append(wchar_t(scalar.value))
        }
        // The C library may know less than our own table; a picture that moves is worse.
        if let first = characters.first, first > 0x7F, wcwidth(first) != Int32(cell.width) {
          for half in 0..<Int32(cell.width) {
            write([0x3F, 0], row: Int32(row), column: Int32(column) + half, look)
          }
          continue
        }
        characters.append(0)
        write(characters, row: Int32(row), column: Int32(column), look)
      }
    }
    if let cursor = canvas.cursor, cursor.row < rows, cursor.column < columns {
      curs_set(cursor.isVisible ? 1 : 0)
      move(Int32(cursor.row), Int32(cursor.column))
    } else {
      curs_set(0)
    }
    refresh()
  }

  /// Makes the next drawing write every cell anew.
  func forgetScreen() {
    clearok(curscr, true)
  }

  private func write(_ characters: [wchar_t], row: Int32, column: Int32, _ look: Look) {
    var cell = cchar_t()
    setcchar(&cell, characters, look.attributes, look.pair, nil)
    mvadd_wch(row, column, &cell)
  }

  private func look(of style: Style) -> Look {
    if let known = looks[style] { return known }
    let appearance = theme.appearance(of: style, depth: depth)
    var attributes = attr_t(0)
    for (attribute, value) in Self.attributes where appearance.attributes.contains(attribute) {
      attributes |= value
    }
    let pair = pair(
      Pair(
        foreground: number(of: appearance.foreground),
        background: number(of: appearance.background)
      )
    )
    let look = Look(attributes: attributes, pair: pair)
    looks[style] = look
    return look
  }

  private func pair(_ colors: Pair) -> Int16 {
    if depth == .mono || colors == Pair(foreground: -1, background: -1) { return 0 }
    if let known = pairs[colors] { return known }
    let next = pairs.count + 1
    guard next < min(Int(COLOR_PAIRS), Int(Int16.max)) else { return 0 }
    init_extended_pair(Int32(next), colors.foreground, colors.background)
    pairs[colors] = Int16(next)
    return Int16(next)
  }

  private func number(of color: Color) -> Int32 {
    switch color {
    case .standard: -1
    case .ansi(let number), .indexed(let number): Int32(number)
    case .rgb(let red, let green, let blue):
      // A direct-colour terminal keeps the first eight numbers for the palette.
      max(8, Int32(red) << 16 | Int32(green) << 8 | Int32(blue))
    }
  }

  private static let attributes: [(Appearance.Attributes, attr_t)] = [
    (.bold, CN_BOLD), (.dim, CN_DIM), (.underline, CN_UNDERLINE), (.reverse, CN_REVERSE),
    (.italic, CN_ITALIC),
  ]
}

// MARK: Events

extension Terminal {
  /// Waits for the next event.
  ///
  /// - Parameter milliseconds: How long to wait before it is a `.tick`; nil waits for ever.
  /// - Returns: The event.
  func nextEvent(within milliseconds: Int? = nil) -> Event {
    timeout(Int32(milliseconds ?? -1))
    while true {
      var value: wint_t = 0
      let status = get_wch(&value)
      if status == OK {
        refusals = 0
        guard let scalar = Unicode.Scalar(value) else { continue }
        return .key(Self.key(of: scalar))
      }
      if status == KEY_CODE_YES {
        refusals = 0
        guard let event = event(ofCode: Int32(value)) else { continue }
        return event
      }
      guard isExhausted else {
        if milliseconds != nil { return .tick }
        continue
      }
      return .hangup
    }
  }

  /// Whether the input has come to its end: something can be read, yet nothing comes.
  private var isExhausted: Bool {
    var descriptor = pollfd(fd: fileno(input), events: Int16(POLLIN), revents: 0)
    guard poll(&descriptor, 1, 0) > 0 else {
      refusals = 0
      return false
    }
    refusals += 1
    return Int32(descriptor.revents) & (POLLHUP | POLLERR | POLLNVAL) != 0 || refusals > 3
  }

  private func event(ofCode code: Int32) -> Event? {
    if code == KEY_RESIZE { return .resize(rows: rows, columns: columns) }
    if code == KEY_MOUSE {
      var mouse = MEVENT()
      guard getmouse(&mouse) == OK else { return nil }
      let action = Self.mouseActions.first { mouse.bstate & $0.0 != 0 }?.1
      return action.map { .mouse($0, row: Int(mouse.y), column: Int(mouse.x)) }
    }
    return (Self.keys[code] ?? Self.extendedKey(code)).map { .key($0) }
  }

  private static let mouseActions: [(mmask_t, Event.MouseAction)] = [
    (CN_BUTTON1_PRESSED, .press), (CN_BUTTON1_RELEASED, .release),
    (CN_WHEEL_UP, .wheelUp), (CN_WHEEL_DOWN, .wheelDown),
  ]

  private static func key(of scalar: Unicode.Scalar) -> Key {
    switch scalar.value {
    case 9: return Key(.tab)
    case 10, 13: return Key(.enter)
    case 27: return Key(.escape)
    case 8, 127: return Key(.backspace)
    case 0: return Key(.character(" "), .control)
    case 1..<32:
      let letter = Unicode.Scalar(scalar.value + 0x60).map(Character.init) ?? "?"
      return .control(letter)
    default: return .character(Character(scalar))
    }
  }

  private static let keys: [Int32: Key] = {
    var keys: [Int32: Key] = [
      KEY_UP: Key(.up), KEY_DOWN: Key(.down), KEY_LEFT: Key(.left), KEY_RIGHT: Key(.right),
      KEY_HOME: Key(.home), KEY_END: Key(.end), KEY_PPAGE: Key(.pageUp),
      KEY_NPAGE: Key(.pageDown), KEY_ENTER: Key(.enter), KEY_BTAB: Key(.tab, .shift),
      KEY_BACKSPACE: Key(.backspace), KEY_DC: Key(.delete), KEY_IC: Key(.insert),
      KEY_A1: Key(.home), KEY_A3: Key(.pageUp), KEY_C1: Key(.end), KEY_C3: Key(.pageDown),
      KEY_SLEFT: Key(.left, .shift), KEY_SRIGHT: Key(.right, .shift), KEY_SR: Key(.up, .shift),
      KEY_SF: Key(.down, .shift), KEY_SHOME: Key(.home, .shift), KEY_SEND: Key(.end, .shift),
    ]
    for number in 1...24 { keys[KEY_F0 + Int32(number)] = Key(.function(number)) }
    return keys
  }()

  /// Keys with modifiers have no numbers of their own, only names: `kLFT5` is Ctrl-Left.
  private static func extendedKey(_ code: Int32) -> Key? {
    guard let name = keyname(code).map({ String(cString: $0) }), let digit = name.last,
      let number = digit.wholeNumberValue, (2...8).contains(number),
      let row = extendedNames.first(where: { $0.0 == name.dropLast() })
    else { return nil }
    let bits = number - 1
    var modifiers = Key.Modifiers()
    if bits & 1 != 0 { modifiers.insert(.shift) }
    if bits & 2 != 0 { modifiers.insert(.alt) }
    if bits & 4 != 0 { modifiers.insert(.control) }
    return Key(row.1, modifiers)
  }

  private static let extendedNames: [(String, Key.Code)] = [
    ("kUP", .up), ("kDN", .down), ("kLFT", .left), ("kRIT", .right), ("kHOM", .home),
    ("kEND", .end), ("kPRV", .pageUp), ("kNXT", .pageDown), ("kDC", .delete), ("kIC", .insert),
  ]
}

extension Terminal.Failure: CustomStringConvertible {
  /// One line that says what is missing.
  var description: String {
    switch self {
    case .noTerminal(let stream): "\(stream) is not a terminal"
    case .unnamed: "the environment variable TERM is not set"
    case .unknown(let type): "no description of the terminal TERM=\(type) is installed"
    case .incapable(let type): "the terminal TERM=\(type) cannot show a full screen"
    }
  }
}
