import ArgumentParser

/// `graphtui explore FILE`: the explorer, full screen.
struct Explore: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explore a script in the terminal.",
    discussion: "Example: graphtui explore --at error train.py"
  )

  @Argument(help: "A script; - reads it from standard input.")
  var file: String

  @OptionGroup var screen: ScreenOptions

  @MainActor func run() async throws {
    let explorer: Explorer
    do throws(FileText.Unreadable) {
      explorer = Explorer(try History.read(file))
    } catch {
      FileText.complain("\(error)")
      throw ExitCode(2)
    }
    do throws(Terminal.Failure) {
      let terminal = try Terminal(
        theme: screen.chosenTheme,
        usesColor: screen.wantsColor,
        readsKeyboard: file == "-"
      )
      defer { terminal.close() }
      Self.run(explorer, on: terminal, ascii: screen.ascii)
    } catch {
      FileText.complain("\(error); 'graphtui replay \(file)' writes the screens as text")
      throw ExitCode(2)
    }
  }

  /// Shows the explorer and gives it events until it is done.
  @MainActor
  private static func run(_ explorer: Explorer, on terminal: Terminal, ascii: Bool) {
    var explorer = explorer
    let glyphs: Glyphs = ascii || !terminal.showsUnicode ? .ascii : .unicode
    _ = explorer.update(.resize(rows: terminal.rows, columns: terminal.columns))
    while true {
      terminal.draw(explorer.screen(glyphs: glyphs))
      // What piled up while drawing is taken before the next drawing: held keys never lag.
      var event = terminal.nextEvent(within: explorer.patience)
      for _ in 0..<64 {
        switch explorer.update(event) {
        case .none: break
        case .quit: return
        case .suspend: terminal.suspend()
        case .redraw: terminal.forgetScreen()
        case .mouse(let isTaken): terminal.takesMouse = isTaken
        case .theme(let theme): terminal.use(theme)
        }
        event = terminal.nextEvent(within: 0)
        if event == .tick { break }
      }
    }
  }
}
