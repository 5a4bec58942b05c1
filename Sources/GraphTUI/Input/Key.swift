/// A key as a person presses it.
struct Key: Hashable, Sendable {
  /// The key itself.
  var code: Code
  /// The keys held down with it; Shift is part of a character and not repeated here.
  var modifiers: Modifiers

  /// A key, alone or with others held down.
  init(_ code: Code, _ modifiers: Modifiers = []) {
    self.code = code
    self.modifiers = modifiers
  }

  /// The keys of a keyboard.
  enum Code: Hashable, Sendable {
    case character(Character)
    case up
    case down
    case left
    case right
    case home
    case end
    case pageUp
    case pageDown
    case enter
    case tab
    case escape
    case backspace
    case delete
    case insert
    case function(Int)
  }

  /// The keys that change another.
  struct Modifiers: OptionSet, Hashable, Sendable {
    let rawValue: UInt8
    static let shift = Self(rawValue: 1)
    static let control = Self(rawValue: 2)
    static let alt = Self(rawValue: 4)
  }
}

extension Key {
  /// The key that types a character.
  static func character(_ character: Character) -> Self { Self(.character(character)) }

  /// A letter with Control held down.
  static func control(_ letter: Character) -> Self { Self(.character(letter), .control) }
}

/// Something that happened at the terminal, or the passing of time.
enum Event: Hashable, Sendable {
  /// A key was pressed.
  case key(Key)
  /// The mouse did something at a place.
  case mouse(MouseAction, row: Int, column: Int)
  /// The window has a new size.
  case resize(rows: Int, columns: Int)
  /// Nothing happened for as long as was waited.
  case tick
  /// The terminal is gone.
  case hangup

  /// What a mouse does.
  enum MouseAction: Hashable, Sendable {
    case press
    case release
    case wheelUp
    case wheelDown
  }
}
