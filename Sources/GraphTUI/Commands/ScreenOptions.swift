import ArgumentParser
import Glibc

/// What the commands that draw have in common.
struct ScreenOptions: ParsableArguments {
  /// When colours are used.
  enum ColorUse: String, ExpressibleByArgument, CaseIterable, Sendable {
    case auto
    case always
    case never
  }

  @Option(
    help: ArgumentHelp(
      "Colours: \(Theme.all.map(\.name).joined(separator: ", ")).",
      valueName: "name"
    )
  )
  var theme = Theme.all[0].name

  @Flag(help: "Draw with ASCII characters only.")
  var ascii = false

  @Option(help: ArgumentHelp("Use colours: auto, always, never.", valueName: "when"))
  var color = ColorUse.auto

  /// Refuses a theme that does not exist.
  ///
  /// - Throws: `ValidationError`.
  mutating func validate() throws {
    guard Theme.named(theme) == nil else { return }
    let names = Theme.all.map(\.name).joined(separator: ", ")
    throw ValidationError("there is no theme '\(theme)'; there are \(names)")
  }

  /// The theme asked for.
  var chosenTheme: Theme { Theme.named(theme) ?? .standard }

  /// Whether colours are wanted: yes, unless refused here or by the environment (`NO_COLOR`).
  var wantsColor: Bool {
    switch color {
    case .always: true
    case .never: false
    case .auto: getenv("NO_COLOR").map { $0.pointee == 0 } ?? true
    }
  }
}
