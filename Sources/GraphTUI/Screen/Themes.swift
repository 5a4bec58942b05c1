extension Theme {
  /// The terminal's own colours, legible on dark and light backgrounds alike.
  static let standard = Self(
    name: "default",
    summary: "the terminal's own colours",
    roles: [
      .muted: .ink(.ansi(8)),
      .heading: .ink(.standard, .bold),
      .border: .ink(.ansi(8)),
      .borderFocused: .ink(.ansi(6)),
      .title: .ink(.standard),
      .titleFocused: .ink(.ansi(6), .bold),
      .key: .ink(.ansi(6), .bold),
      .keyHelp: .ink(.standard),
      .prompt: .ink(.standard, .bold),
      .keyword: .ink(.ansi(5)),
      .string: .ink(.ansi(2)),
      .number: .ink(.ansi(6)),
      .comment: .ink(.ansi(8)),
      .lineNumber: .ink(.ansi(8)),
      .lineNumberCurrent: .ink(.ansi(3), .bold),
      .sourceCurrent: .ink(.ansi(3), .bold),
      .breakpoint: .ink(.ansi(1), .bold),
      .leaf: .ink(.ansi(2)),
      .node: .ink(.ansi(4)),
      .accumulateGrad: .ink(.ansi(5)),
      .gradient: .ink(.ansi(6)),
      .saved: .ink(.ansi(3)),
      .broken: .ink(.ansi(1), .bold),
      .released: .ink(.ansi(8)),
      .view: .ink(.ansi(6)),
      .storage: .ink(.ansi(5)),
      .version: .ink(.ansi(3)),
      .edge: .ink(.standard),
      .edgeActive: .ink(.ansi(3), .bold),
      .changed: .ink(.ansi(3), .bold),
      .error: .ink(.ansi(1), .bold),
      .warning: .ink(.ansi(3), .bold),
      .finding: .ink(.ansi(5), .bold),
      .success: .ink(.ansi(2), .bold),
      .timeFuture: .ink(.ansi(8)),
      .timeNow: .ink(.ansi(3), .bold),
      .timeBackward: .ink(.ansi(4)),
    ],
    grounds: [
      .currentLine: .ink(.standard, .bold),
      .currentExpression: .ink(.standard, [.bold, .reverse]),
      .selected: .ink(.standard, [.bold, .reverse]),
      .selectedAway: .ink(.standard, [.bold, .underline]),
      .changed: .ink(.ansi(3), .bold),
      .match: .ink(.standard, .underline),
    ]
  )

  /// Soft colours on a dark background.
  static let dark = Self(
    name: "dark",
    summary: "soft colours on a dark background",
    background: .hex(0x1C1F26),
    roles: painted(
      Palette(
        text: 0xD6DAE3,
        muted: 0x7D8696,
        accent: 0x6CC7D9,
        red: 0xF2777A,
        green: 0x9CCB78,
        yellow: 0xE8C267,
        blue: 0x7AA8F0,
        magenta: 0xC792EA,
        cyan: 0x6CC7D9,
        border: 0x4B5363
      )
    ),
    grounds: [
      .currentLine: Appearance(background: .hex(0x2E3542)),
      .currentExpression: Appearance(background: .hex(0x5A4A1E), attributes: .bold),
      .selected: Appearance(background: .hex(0x2B5570), attributes: .bold),
      .selectedAway: Appearance(background: .hex(0x2E3542), attributes: .underline),
      .changed: Appearance(background: .hex(0x4A3F1F), attributes: .bold),
      .match: Appearance(background: .hex(0x3E5B34), attributes: .underline),
      .bar: Appearance(background: .hex(0x2A303C)),
    ]
  )

  /// Dark colours on a light background, for rooms with daylight and projectors.
  static let light = Self(
    name: "light",
    summary: "dark colours on a light background",
    background: .hex(0xFAFAF7),
    roles: painted(
      Palette(
        text: 0x22262E,
        muted: 0x6A7180,
        accent: 0x00697F,
        red: 0xB3202A,
        green: 0x2B6E1F,
        yellow: 0x855B00,
        blue: 0x1F4FB2,
        magenta: 0x7A2FA0,
        cyan: 0x00697F,
        border: 0xA3A9B5
      )
    ),
    grounds: [
      .currentLine: Appearance(background: .hex(0xEBEDF2)),
      .currentExpression: Appearance(background: .hex(0xFFE6A3), attributes: .bold),
      .selected: Appearance(background: .hex(0xBFE0F2), attributes: .bold),
      .selectedAway: Appearance(background: .hex(0xE3E8EF), attributes: .underline),
      .changed: Appearance(background: .hex(0xFFF0C4), attributes: .bold),
      .match: Appearance(background: .hex(0xD5EBC8), attributes: .underline),
      .bar: Appearance(background: .hex(0xE3E6EC)),
    ]
  )

  /// Pure colours on black, told apart in brightness too.
  static let highContrast = Self(
    name: "high-contrast",
    summary: "pure colours on black",
    background: .hex(0x000000),
    roles: painted(
      Palette(
        text: 0xFFFFFF,
        muted: 0xC8C8C8,
        accent: 0x00FFFF,
        red: 0xFF8080,
        green: 0x80FF80,
        yellow: 0xFFFF00,
        blue: 0x9FC5FF,
        magenta: 0xFF9CFF,
        cyan: 0x00FFFF,
        border: 0xC8C8C8
      )
    ),
    grounds: [
      .currentLine: Appearance(background: .hex(0x303030), attributes: .bold),
      .currentExpression: .paper(.hex(0x000000), .hex(0xFFFF00), .bold),
      .selected: .paper(.hex(0x000000), .hex(0x00FFFF), .bold),
      .selectedAway: Appearance(attributes: [.bold, .underline]),
      .changed: .paper(.hex(0xFFFF00), .hex(0x303030), [.bold, .underline]),
      .match: .paper(.hex(0x000000), .hex(0x80FF80), []),
      .bar: .paper(.hex(0x000000), .hex(0xFFFFFF), []),
    ]
  )

  /// No colours at all: bold, dim, underline and reverse say everything.
  static let mono = Self(
    name: "mono",
    summary: "no colours: bold, underline and reverse",
    roles: [
      .muted: .ink(.standard, .dim),
      .heading: .ink(.standard, .bold),
      .titleFocused: .ink(.standard, [.bold, .reverse]),
      .key: .ink(.standard, .bold),
      .comment: .ink(.standard, .dim),
      .keyword: .ink(.standard, .bold),
      .lineNumber: .ink(.standard, .dim),
      .lineNumberCurrent: .ink(.standard, .bold),
      .sourceCurrent: .ink(.standard, .bold),
      .breakpoint: .ink(.standard, .bold),
      .leaf: .ink(.standard, .bold),
      .broken: .ink(.standard, [.bold, .reverse]),
      .released: .ink(.standard, .dim),
      .edgeActive: .ink(.standard, .bold),
      .changed: .ink(.standard, .bold),
      .error: .ink(.standard, [.bold, .reverse]),
      .warning: .ink(.standard, .bold),
      .finding: .ink(.standard, [.bold, .underline]),
      .timeFuture: .ink(.standard, .dim),
      .timeNow: .ink(.standard, [.bold, .reverse]),
    ],
    grounds: [
      .currentLine: .ink(.standard, .bold),
      .currentExpression: .ink(.standard, [.bold, .reverse]),
      .selected: .ink(.standard, [.bold, .reverse]),
      .selectedAway: .ink(.standard, [.bold, .underline]),
      .changed: .ink(.standard, [.bold, .underline]),
      .match: .ink(.standard, .underline),
    ]
  )
}

/// The colours of a painted theme, as 0xRRGGBB.
private struct Palette {
  var text: UInt32
  var muted: UInt32
  var accent: UInt32
  var red: UInt32
  var green: UInt32
  var yellow: UInt32
  var blue: UInt32
  var magenta: UInt32
  var cyan: UInt32
  var border: UInt32
}

/// What the roles of a painted theme look like.
private func painted(_ palette: Palette) -> [Role: Appearance] {
  [
    .text: .ink(.hex(palette.text)),
    .muted: .ink(.hex(palette.muted)),
    .heading: .ink(.hex(palette.text), .bold),
    .border: .ink(.hex(palette.border)),
    .borderFocused: .ink(.hex(palette.accent)),
    .titleFocused: .ink(.hex(palette.accent), .bold),
    .key: .ink(.hex(palette.accent), .bold),
    .keyHelp: .ink(.hex(palette.text)),
    .prompt: .ink(.hex(palette.text), .bold),
    .keyword: .ink(.hex(palette.magenta)),
    .string: .ink(.hex(palette.green)),
    .number: .ink(.hex(palette.cyan)),
    .comment: .ink(.hex(palette.muted)),
    .lineNumber: .ink(.hex(palette.muted)),
    .lineNumberCurrent: .ink(.hex(palette.yellow), .bold),
    .sourceCurrent: .ink(.hex(palette.yellow), .bold),
    .breakpoint: .ink(.hex(palette.red), .bold),
    .leaf: .ink(.hex(palette.green)),
    .node: .ink(.hex(palette.blue)),
    .accumulateGrad: .ink(.hex(palette.magenta)),
    .gradient: .ink(.hex(palette.cyan)),
    .saved: .ink(.hex(palette.yellow)),
    .broken: .ink(.hex(palette.red), .bold),
    .released: .ink(.hex(palette.muted)),
    .view: .ink(.hex(palette.cyan)),
    .storage: .ink(.hex(palette.magenta)),
    .version: .ink(.hex(palette.yellow)),
    .edge: .ink(.hex(palette.muted)),
    .edgeActive: .ink(.hex(palette.yellow), .bold),
    .changed: .ink(.hex(palette.yellow), .bold),
    .error: .ink(.hex(palette.red), .bold),
    .warning: .ink(.hex(palette.yellow), .bold),
    .finding: .ink(.hex(palette.magenta), .bold),
    .success: .ink(.hex(palette.green), .bold),
    .timeFuture: .ink(.hex(palette.border)),
    .timeNow: .ink(.hex(palette.yellow), .bold),
    .timeBackward: .ink(.hex(palette.blue)),
  ]
}

extension Appearance {
  fileprivate static func ink(_ color: Color, _ attributes: Attributes = []) -> Self {
    Self(foreground: color, attributes: attributes)
  }

  fileprivate static func paper(
    _ color: Color,
    _ background: Color,
    _ attributes: Attributes
  ) -> Self {
    Self(foreground: color, background: background, attributes: attributes)
  }
}

extension Color {
  /// A colour written as 0xRRGGBB.
  fileprivate static func hex(_ value: UInt32) -> Self {
    .rgb(UInt8(value >> 16 & 0xFF), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF))
  }
}
