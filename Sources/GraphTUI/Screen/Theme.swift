/// The look of every role and every ground.
struct Theme: Sendable {
  /// The name on the command line.
  let name: String
  /// Whom it is for, in one line.
  let summary: String
  /// The background of the whole screen.
  let background: Color
  private let roles: [Appearance]
  private let grounds: [Appearance]

  /// A theme from its tables; a role without a row looks like `.text`.
  init(
    name: String,
    summary: String,
    background: Color = .standard,
    roles: [Role: Appearance],
    grounds: [Ground: Appearance]
  ) {
    self.name = name
    self.summary = summary
    self.background = background
    let text = roles[.text] ?? Appearance()
    self.roles = Role.allCases.map { roles[$0] ?? text }
    self.grounds = Ground.allCases.map { grounds[$0] ?? Appearance() }
  }
}

extension Theme {
  /// What a style looks like where a number of colours can be shown.
  ///
  /// A ground adds its attributes to the role's and replaces the colours that it names.
  func appearance(of style: Style, depth: ColorDepth) -> Appearance {
    var look = roles[Int(style.role.rawValue)]
    let ground = grounds[Int(style.ground.rawValue)]
    if ground.foreground != .standard { look.foreground = ground.foreground }
    if ground.background != .standard { look.background = ground.background }
    if look.background == .standard { look.background = background }
    // Reversed colours of several roles side by side would be a patchwork.
    if ground.attributes.contains(.reverse) { look.foreground = ground.foreground }
    look.attributes.formUnion(ground.attributes)
    return look.reduced(to: depth)
  }

  /// The theme of a name.
  static func named(_ name: String) -> Self? { all.first { $0.name == name } }

  /// Every theme; the first is the one used when none is asked for.
  static let all: [Self] = [.standard, .dark, .light, .highContrast, .mono]
}
