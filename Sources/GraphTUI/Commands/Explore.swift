internal import ArgumentParser
internal import Interpreter

/// `graphtui explore FILE`: the explorer, full screen.
struct Explore: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explore a script in the terminal.",
    discussion: "Example: graphtui explore --at error train.py"
  )

  @Argument(help: "A script; - reads it from standard input; the built-in example without one.")
  var file: String?

  @Option(help: "Begin at a step: a number, error or end.")
  var at: StepName?

  @OptionGroup var screen: ScreenOptions

  @OptionGroup var limits: LimitOptions

  @MainActor func run() async throws {
    let source: SourceText
    do throws(FileText.Unreadable) {
      source = try file.map(History.source) ?? History.example
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
      let glyphs: Glyphs = screen.ascii || !terminal.showsUnicode ? .ascii : .unicode
      let recording = Recording.start(source, limits: limits.limits)
      guard var explorer = Self.wait(for: recording, source.name, on: terminal, glyphs) else {
        return
      }
      if let at { explorer.move(to: at.step(in: explorer.timeline)) }
      Self.run(&explorer, on: terminal, glyphs)
    } catch {
      FileText.complain("\(error); 'graphtui replay \(file ?? "FILE")' writes the screens as text")
      throw ExitCode(2)
    }
  }

  /// Waits until the script was run; nil if the person does not want to.
  @MainActor
  private static func wait(
    for recording: Recording,
    _ name: String,
    on terminal: Terminal,
    _ glyphs: Glyphs
  ) -> Explorer? {
    let clock = ContinuousClock()
    let start = clock.now
    var isStopping = false
    while true {
      if let explorer = recording.explorer { return explorer }
      // A script that is quick leaves no trace of having been waited for.
      let milliseconds = Int((clock.now - start) / .milliseconds(1))
      if milliseconds > 150 {
        var canvas = Canvas(rows: terminal.rows, columns: terminal.columns)
        RecordingScreen(name: name, seconds: milliseconds / 1000, isStopping: isStopping)
          .draw(into: &canvas, glyphs: glyphs)
        terminal.draw(canvas)
      }
      switch terminal.nextEvent(within: milliseconds < 150 ? 2 : 50) {
      case .key(let key):
        switch Command.command(for: key) {
        case .quit: return nil
        case .cancel:
          recording.cancel()
          isStopping = true
        case .suspend: terminal.suspend()
        case .redraw: terminal.forgetScreen()
        default: break
        }
      case .hangup: return nil
      case .mouse, .resize, .tick: break
      }
    }
  }

  /// Shows the explorer and gives it events until it is done.
  @MainActor
  private static func run(
    _ explorer: inout Explorer,
    on terminal: Terminal,
    _ glyphs: Glyphs
  ) {
    _ = explorer.update(.resize(rows: terminal.rows, columns: terminal.columns))
    while true {
      terminal.draw(explorer.screen(glyphs: glyphs))
      // What piled up while drawing is taken before the next drawing: held keys never lag.
      var event = terminal.nextEvent(within: explorer.patience)
      for _ in 0..<64 {
        switch explorer.update(event) {
        case .none: break
        case .quit: return
        case .suspend:
          terminal.suspend()
          _ = explorer.update(.resize(rows: terminal.rows, columns: terminal.columns))
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

extension StepName: ExpressibleByArgument {
  /// Reads the name of a step from the command line.
  init?(argument: String) { self.init(argument) }
}
