/// A colour as a theme names it.
enum Color: Hashable, Sendable {
  /// The terminal's own foreground or background.
  case standard
  /// One of the sixteen colours that a terminal's owner chooses: 0 to 7, and 8 to 15 bright.
  case ansi(UInt8)
  /// One of the 256 colours: 16 to 231 a cube of 6 levels each, 232 to 255 grey.
  case indexed(UInt8)
  /// Red, green and blue.
  case rgb(UInt8, UInt8, UInt8)
}

/// How many colours can be shown.
enum ColorDepth: Int, Comparable, CaseIterable, Sendable {
  case mono = 1
  case eight = 8
  case sixteen = 16
  case indexed = 256
  case full = 16_777_216

  /// The depth that a number of colours allows.
  init(colors: Int) {
    self = Self.allCases.last { $0.rawValue <= colors } ?? .mono
  }

  /// Orders depths by their number of colours.
  static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension Color {
  /// The nearest colour that a depth has.
  func reduced(to depth: ColorDepth) -> Self {
    switch (self, depth) {
    case (_, .mono): .standard
    case (.standard, _), (_, .full): self
    case (.rgb(let red, let green, let blue), .indexed): .indexed(Self.index(red, green, blue))
    case (_, .indexed): self
    case (.ansi(let number), .eight): .ansi(number & 7)
    case (.ansi, _): self
    case (.indexed(let number), _) where number < 16: Self.ansi(number).reduced(to: depth)
    case (.indexed, _), (.rgb, _): Self.ansi(nearestOfSixteen).reduced(to: depth)
    }
  }

  /// The red, green and blue of the colour, by xterm's table; nil for the terminal's own.
  var components: (red: Int, green: Int, blue: Int)? {
    switch self {
    case .standard: return nil
    case .rgb(let red, let green, let blue): return (Int(red), Int(green), Int(blue))
    case .ansi(let number): return Self.sixteen[Int(number) & 15]
    case .indexed(let number) where number < 16: return Self.sixteen[Int(number)]
    case .indexed(let number) where number < 232:
      let cube = Int(number) - 16
      return (Self.levels[cube / 36], Self.levels[cube / 6 % 6], Self.levels[cube % 6])
    case .indexed(let number):
      let grey = 8 + 10 * (Int(number) - 232)
      return (grey, grey, grey)
    }
  }

  /// The number among the sixteen colours that is nearest.
  private var nearestOfSixteen: UInt8 {
    guard let (red, green, blue) = components else { return 7 }
    var best = (distance: Int.max, number: UInt8(7))
    for (number, color) in Self.sixteen.enumerated() {
      let distance = Self.distance((red, green, blue), color)
      if distance < best.distance { best = (distance, UInt8(number)) }
    }
    return best.number
  }

  /// The nearest of the 240 fixed colours.
  private static func index(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> UInt8 {
    let wanted = (red: Int(red), green: Int(green), blue: Int(blue))
    var best = (distance: Int.max, number: UInt8(16))
    for number in UInt8(16)...255 {
      guard let color = Self.indexed(number).components else { continue }
      let distance = distance(wanted, color)
      if distance < best.distance { best = (distance, number) }
    }
    return best.number
  }

  private static func distance(
    _ left: (red: Int, green: Int, blue: Int),
    _ right: (red: Int, green: Int, blue: Int)
  ) -> Int {
    let red = left.red - right.red
    let green = left.green - right.green
    let blue = left.blue - right.blue
    // The eye weighs green most: the usual 2:4:3.
    return 2 * red * red + 4 * green * green + 3 * blue * blue
  }

  private static let levels = [0, 95, 135, 175, 215, 255]

  private static let sixteen: [(red: Int, green: Int, blue: Int)] = [
    (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0),
    (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
    (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0),
    (92, 92, 255), (255, 0, 255), (0, 255, 255), (255, 255, 255),
  ]
}

/// What a cell looks like: colours and attributes.
struct Appearance: Hashable, Sendable {
  /// The colour of the character.
  var foreground = Color.standard
  /// The colour behind it.
  var background = Color.standard
  /// Bold, dim and the like.
  var attributes: Attributes = []

  /// The attributes that every terminal knows, with or without colours.
  struct Attributes: OptionSet, Hashable, Sendable {
    let rawValue: UInt8
    static let bold = Self(rawValue: 1)
    static let dim = Self(rawValue: 2)
    static let underline = Self(rawValue: 4)
    static let reverse = Self(rawValue: 8)
    static let italic = Self(rawValue: 16)
  }
}

extension Appearance {
  /// The look with no more colours than a depth has; what brightness said, attributes say then.
  func reduced(to depth: ColorDepth) -> Self {
    var result = self
    result.foreground = foreground.reduced(to: depth)
    result.background = background.reduced(to: depth)
    if depth <= .eight, case .ansi(let number) = foreground, number >= 8 {
      if number == 8 {
        result.foreground = .standard
        result.attributes.insert(.dim)
      } else {
        result.attributes.insert(.bold)
      }
    }
    return result
  }

  /// The sequence that makes a terminal write in this look from whatever look before (SGR).
  var escapeSequence: String {
    var codes = ["0"]
    for (attribute, code) in Self.codes where attributes.contains(attribute) { codes.append(code) }
    codes += Self.codes(of: foreground, base: 30)
    codes += Self.codes(of: background, base: 40)
    return "\u{1B}[" + (codes == ["0"] ? "" : codes.joined(separator: ";")) + "m"
  }

  private static let codes: [(Attributes, String)] = [
    (.bold, "1"), (.dim, "2"), (.italic, "3"), (.underline, "4"), (.reverse, "7"),
  ]

  private static func codes(of color: Color, base: Int) -> [String] {
    switch color {
    case .standard: []
    case .ansi(let number) where number < 8: ["\(base + Int(number))"]
    case .ansi(let number): ["\(base + 60 + Int(number & 7))"]
    case .indexed(let number): ["\(base + 8)", "5", "\(number)"]
    case .rgb(let red, let green, let blue): ["\(base + 8)", "2", "\(red)", "\(green)", "\(blue)"]
    }
  }
}
