/// The names of keys, in help, documents and `--keys`.
extension Key {
  /// The name as it is written, `Ctrl-L`, `Shift-Tab`, `PageDown`, `w`.
  var name: String {
    var result = ""
    for (modifier, prefix) in Self.prefixes where modifiers.contains(modifier) { result += prefix }
    switch code {
    case .character(" "): return result + "Space"
    case .character(let character) where modifiers.contains(.control):
      return result + String(character).uppercased()
    case .character(let character): return result + String(character)
    case .function(let number): return result + "F\(number)"
    default: return result + (Self.names.first { $0.code == code }?.name ?? "")
    }
  }

  /// The name as help shows it: arrows as arrows.
  var symbol: String {
    guard modifiers.isEmpty else { return name }
    switch code {
    case .left: return "←"
    case .right: return "→"
    case .up: return "↑"
    case .down: return "↓"
    case .escape: return "Esc"
    default: return name
    }
  }

  /// The key of a name; nil if there is none.
  init?(name: String) {
    var rest = Substring(name)
    var modifiers = Modifiers()
    for (modifier, prefix) in Self.prefixes where rest.count > prefix.count {
      if rest.lowercased().hasPrefix(prefix.lowercased()) {
        modifiers.insert(modifier)
        rest = rest.dropFirst(prefix.count)
      }
    }
    if rest.count == 1, let character = rest.first {
      guard let known = Self.arrows[character] else {
        let letter = modifiers.contains(.control) ? Character(rest.lowercased()) : character
        self.init(.character(letter), modifiers)
        return
      }
      self.init(known, modifiers)
      return
    }
    let wanted = rest.lowercased()
    if let row = Self.names.first(where: { $0.name.lowercased() == wanted }) {
      self.init(row.code, modifiers)
      return
    }
    guard wanted.first == "f", let number = Int(wanted.dropFirst()), (1...24).contains(number)
    else { return nil }
    self.init(.function(number), modifiers)
  }

  private static let prefixes: [(Modifiers, String)] = [
    (.control, "Ctrl-"), (.alt, "Alt-"), (.shift, "Shift-"),
  ]

  private static let arrows: [Character: Code] = ["←": .left, "→": .right, "↑": .up, "↓": .down]

  /// The first name of a code is the one that is written.
  private static let names: [(name: String, code: Code)] = [
    ("Up", .up), ("Down", .down), ("Left", .left), ("Right", .right), ("Home", .home),
    ("End", .end), ("PageUp", .pageUp), ("PageDown", .pageDown), ("PgUp", .pageUp),
    ("PgDn", .pageDown), ("Enter", .enter), ("Return", .enter), ("Tab", .tab),
    ("Escape", .escape), ("Esc", .escape), ("Space", .character(" ")),
    ("Backspace", .backspace), ("Delete", .delete), ("Del", .delete), ("Insert", .insert),
  ]
}

/// A list of keys written as text: `Right Right / w Enter`.
struct KeyScript: Equatable, Sendable {
  /// The keys, in order.
  let keys: [Key]

  /// A word that names no key.
  struct UnknownKey: Error, Equatable {
    /// The word.
    let word: String
  }

  /// Reads names of keys between blanks; `'text'` or `"text"` types each of its characters, and
  /// `Right*3` presses a key three times.
  ///
  /// - Throws: ``UnknownKey`` for a word that is no key.
  init(_ text: String) throws(UnknownKey) {
    var keys: [Key] = []
    var rest = Substring(text)
    while true {
      rest = rest.drop { $0 == " " || $0 == "\n" || $0 == "\t" }
      guard let first = rest.first else { break }
      if first == "'" || first == "\"", let end = rest.dropFirst().firstIndex(of: first),
        rest.index(after: rest.startIndex) < end
      {
        let typed = rest[rest.index(after: rest.startIndex)..<end]
        for character in typed { keys.append(.character(character)) }
        rest = rest[rest.index(after: end)...]
        continue
      }
      let word = rest.prefix { $0 != " " && $0 != "\n" && $0 != "\t" }
      rest = rest[word.endIndex...]
      guard let pressed = Self.pressed(String(word)) else {
        throw UnknownKey(word: String(word))
      }
      keys += pressed
    }
    self.keys = keys
  }

  private static func pressed(_ word: String) -> [Key]? {
    if let key = Key(name: word) { return [key] }
    guard let star = word.lastIndex(of: "*"), let count = Int(word[word.index(after: star)...]),
      (1...100_000).contains(count), let key = Key(name: String(word[..<star]))
    else { return nil }
    return Array(repeating: key, count: count)
  }
}
