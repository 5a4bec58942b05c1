/// Something that a person can ask the explorer to do.
///
/// ``all`` is the one table: keys are looked up in it, the help screen and `docs/keys.md` are made
/// from it, and `:` takes its names.
struct Command: Sendable {
  /// Which command.
  let id: ID
  /// The keys that give it, the first one shown in hints.
  let keys: [Key]
  /// The heading under which it stands.
  let group: Group
  /// What it does, in one line.
  let help: String

  /// Names of the commands; the raw value is what `:` takes.
  enum ID: String, CaseIterable, Sendable {
    case stepForward = "step-forward"
    case stepBack = "step-back"
    case statementForward = "statement-forward"
    case statementBack = "statement-back"
    case first
    case last
    case play
    case faster
    case slower
    case nextEvent = "next-event"
    case previousEvent = "previous-event"
    case goTo = "goto"
    case breakpoint
    case runForward = "continue"
    case runBack = "continue-back"

    case nextPane = "next-pane"
    case previousPane = "previous-pane"
    case left
    case down
    case up
    case right
    case panLeft = "pan-left"
    case panDown = "pan-down"
    case panUp = "pan-up"
    case panRight = "pan-right"
    case center
    case zoom
    case inspect
    case lastWrite = "last-write"
    case nextRead = "next-read"
    case search
    case searchNext = "search-next"
    case searchPrevious = "search-previous"
    case fold
    case foldAll = "fold-all"
    case changeView = "view"
    case maximize

    case whatIf = "what-if"
    case actions
    case branches
    case explain
    case commandLine = "command"
    case help
    case mouse
    case cancel
    case redraw
    case suspend
    case quit
  }

  /// The headings of the help screen, in order.
  enum Group: String, CaseIterable, Sendable {
    case time = "Time"
    case look = "Select and look"
    case act = "Act"
  }
}

extension Command {
  /// Every command, in the order of the help screen.
  static let all: [Self] = time + look + act

  /// The command that a key gives.
  static func command(for key: Key) -> ID? { byKey[key] }

  /// The row of a command.
  static subscript(id: ID) -> Self? { all.first { $0.id == id } }

  /// The keys as help shows them, `→`, `PageDown`.
  var symbols: String { keys.map(\.symbol).joined(separator: " ") }

  private static let byKey: [Key: ID] = {
    var result: [Key: ID] = [:]
    for command in all {
      for key in command.keys where result[key] == nil { result[key] = command.id }
    }
    return result
  }()

  private static let time: [Self] = [
    Self(.stepForward, [Key(.right)], .time, "one step forward (in backward(), one node)"),
    Self(.stepBack, [Key(.left)], .time, "one step back"),
    Self(.statementForward, [Key(.down), Key(.pageDown)], .time, "one statement forward"),
    Self(.statementBack, [Key(.up), Key(.pageUp)], .time, "one statement back"),
    Self(.first, [Key(.home)], .time, "first moment"),
    Self(.last, [Key(.end)], .time, "last moment"),
    Self(.play, [.character(" ")], .time, "play, pause"),
    Self(.faster, [.character("+"), .character("=")], .time, "play faster"),
    Self(.slower, [.character("-")], .time, "play slower"),
    Self(
      .nextEvent,
      [.character("]")],
      .time,
      "next event: error, warning, finding, version bump, detach"
    ),
    Self(.previousEvent, [.character("[")], .time, "previous event"),
    Self(.goTo, [.character("g")], .time, "go to a step or a line: 12, line 7"),
    Self(.breakpoint, [.character("b")], .time, "breakpoint on the current line"),
    Self(.runForward, [.character("c")], .time, "run to the next breakpoint or finding"),
    Self(.runBack, [.character("C")], .time, "run back to the last breakpoint or finding"),
  ]

  private static let look: [Self] = [
    Self(.nextPane, [Key(.tab)], .look, "next pane"),
    Self(.previousPane, [Key(.tab, .shift)], .look, "previous pane"),
    Self(.left, [.character("h")], .look, "graph: the node to the left; elsewhere: scroll"),
    Self(.down, [.character("j")], .look, "graph: the node below; elsewhere: scroll"),
    Self(.up, [.character("k")], .look, "graph: the node above; elsewhere: scroll"),
    Self(.right, [.character("l")], .look, "graph: the node to the right; elsewhere: scroll"),
    Self(.panLeft, [.character("H")], .look, "move the graph's window left"),
    Self(.panDown, [.character("J")], .look, "move the graph's window down"),
    Self(.panUp, [.character("K")], .look, "move the graph's window up"),
    Self(.panRight, [.character("L")], .look, "move the graph's window right"),
    Self(.center, [.character("0")], .look, "centre the graph on the selection"),
    Self(.zoom, [.character("z")], .look, "fit the graph, natural size"),
    Self(.maximize, [.character("m")], .look, "give the pane the whole window, and back"),
    Self(.inspect, [Key(.enter)], .look, "inspect the selection; on a reference, follow it"),
    Self(.lastWrite, [.character("w")], .look, "last write of the selected tensor's storage"),
    Self(.nextRead, [.character("r")], .look, "next read of the selected tensor's storage"),
    Self(.search, [.character("/")], .look, "search names, operations, values"),
    Self(.searchNext, [.character("n")], .look, "next match"),
    Self(.searchPrevious, [.character("N")], .look, "previous match"),
    Self(.fold, [.character("o")], .look, "fold, unfold the selected group"),
    Self(.foldAll, [.character("O")], .look, "fold, unfold all groups"),
    Self(.changeView, [.character("v")], .look, "backward graph, data flow, storages"),
  ]

  private static let act: [Self] = [
    Self(.whatIf, [.character("i")], .act, "type a statement to run here: a what-if branch"),
    Self(.actions, [.character("a")], .act, "actions on the selected tensor, run in a branch"),
    Self(.branches, [.character("B")], .act, "list the branches, switch, drop"),
    Self(.explain, [.character("e")], .act, "explain the finding at this moment"),
    Self(.commandLine, [.character(":")], .act, "a command, with completion"),
    Self(.help, [.character("?"), Key(.function(1))], .act, "this help"),
    Self(.mouse, [.character("M")], .act, "mouse on, off (off, the terminal selects text)"),
    Self(.cancel, [Key(.escape)], .act, "leave a prompt, a list, this help"),
    Self(.redraw, [.control("l")], .act, "draw the screen anew"),
    Self(.suspend, [.control("z")], .act, "suspend; fg comes back"),
    Self(.quit, [.character("q")], .act, "close, quit"),
  ]

  private init(_ id: ID, _ keys: [Key], _ group: Group, _ help: String) {
    self.init(id: id, keys: keys, group: group, help: help)
  }
}

extension Command {
  /// The table as `docs/keys.md` has it.
  static var document: String {
    var lines = [
      "# Keys", "",
      "Made from the table in `Sources/GraphTUI/Input/Command.swift`; a test compares them.",
      "The names work after `:`, the keys in `graphtui replay --keys`.",
    ]
    for group in Group.allCases {
      lines += ["", "## \(group.rawValue)", "", "| key | name | does |", "| --- | --- | --- |"]
      for command in all where command.group == group {
        let keys = command.keys.map { "`\($0.name)`" }.joined(separator: " ")
        lines.append("| \(keys) | `\(command.id.rawValue)` | \(command.help) |")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
