/// A line that is being typed.
struct Prompt: Sendable {
  /// What it is for.
  enum Purpose: Sendable {
    case goTo
    case search
    case command
  }

  /// What it is for.
  let purpose: Purpose
  /// What was typed so far.
  private(set) var text = ""
  /// The characters before the cursor.
  private(set) var cursor = 0

  /// What a key made of the line.
  enum Outcome: Sendable {
    /// Typing goes on.
    case typing
    /// Enter was pressed.
    case done(String)
    /// Escape was pressed, or Backspace with nothing to take away.
    case cancelled
  }

  /// An empty line.
  init(_ purpose: Purpose) {
    self.purpose = purpose
  }

  /// What stands before the line.
  var label: String {
    switch purpose {
    case .goTo: "go to step or line: "
    case .search: "/"
    case .command: ":"
    }
  }
}

extension Prompt {
  /// Takes in a key.
  mutating func update(_ key: Key) -> Outcome {
    switch key.code {
    case .enter: return .done(text)
    case .escape: return .cancelled
    case .character(let character) where key.modifiers.isEmpty: insert(character)
    case .character("a") where key.modifiers == .control: cursor = 0
    case .character("e") where key.modifiers == .control: cursor = text.count
    case .character("u") where key.modifiers == .control: replace(with: "")
    case .backspace:
      if text.isEmpty { return .cancelled }
      remove(before: true)
    case .delete: remove(before: false)
    case .left: cursor = max(0, cursor - 1)
    case .right: cursor = min(text.count, cursor + 1)
    case .home: cursor = 0
    case .end: cursor = text.count
    case .tab where purpose == .command: complete()
    default: break
    }
    return .typing
  }

  /// Puts another text in the line.
  mutating func replace(with text: String) {
    self.text = text
    cursor = text.count
  }

  /// What could be meant, for a line that is a command.
  var completions: [String] {
    guard purpose == .command, !text.contains(" ") else { return [] }
    return TypedCommand.names.filter { $0.hasPrefix(text) }
  }

  private mutating func complete() {
    let choices = completions
    guard var common = choices.first else { return }
    for choice in choices { common = common.commonPrefix(with: choice) }
    if choices.count == 1 { common += " " }
    if common.count > text.count { replace(with: common) }
  }

  private mutating func insert(_ character: Character) {
    text.insert(character, at: text.index(text.startIndex, offsetBy: cursor))
    cursor += 1
  }

  private mutating func remove(before: Bool) {
    let place = before ? cursor - 1 : cursor
    guard place >= 0, place < text.count else { return }
    text.remove(at: text.index(text.startIndex, offsetBy: place))
    cursor = place
  }
}

extension String {
  fileprivate func commonPrefix(with other: String) -> String {
    var count = 0
    for (one, two) in zip(self, other) {
      if one != two { break }
      count += 1
    }
    return String(prefix(count))
  }
}

/// What can be typed after `:`.
enum TypedCommand: Sendable {
  case command(Command.ID)
  case theme(String)
  case goTo(String)

  /// Every first word.
  static let names: [String] =
    (Command.ID.allCases.map(\.rawValue) + ["theme"]).sorted()

  /// Reads a line; nil if it is no command.
  init?(_ line: String) {
    let words = line.split(separator: " ", maxSplits: 1).map(String.init)
    guard let first = words.first else { return nil }
    let rest = words.count > 1 ? words[1] : ""
    if first == "theme" {
      self = .theme(rest)
    } else if first == Command.ID.goTo.rawValue, !rest.isEmpty {
      self = .goTo(rest)
    } else if Int(first) != nil {
      self = .goTo(first)
    } else if let id = Command.ID(rawValue: first) {
      self = .command(id)
    } else {
      return nil
    }
  }
}
