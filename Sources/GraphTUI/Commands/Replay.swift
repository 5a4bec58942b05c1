import ArgumentParser
import Interpreter
import Timeline

/// `graphtui replay FILE`: the explorer without a person.
struct Replay: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write the explorer's screens as text.",
    discussion: """
      Steps through the history, or presses the keys of --keys, and writes the screen after each. \
      The same command writes the same bytes on every machine.

      Example: graphtui replay --by operation --format ansi train.py
      """
  )

  /// What is one frame.
  enum Unit: String, ExpressibleByArgument, CaseIterable, Sendable {
    case statement
    case operation
  }

  /// How frames are written.
  enum Format: String, ExpressibleByArgument, CaseIterable, Sendable {
    case text
    case ansi
    case cast
  }

  @Argument(help: "A script; - reads it from standard input.")
  var file: String

  @Option(help: ArgumentHelp("The size of the screen.", valueName: "columns x rows"))
  var size = ScreenSize(columns: 80, rows: 24)

  @Option(help: "A frame for every statement or operation.")
  var by = Unit.statement

  @Option(help: "The first step.")
  var from: Int?

  @Option(help: "The last step.")
  var to: Int?

  @Option(help: "Press these keys instead of stepping: \"Right Right / w Enter\".")
  var keys: String?

  @Option(help: "What to write: text, ansi or cast (an asciicast for asciinema).")
  var format = Format.text

  @Option(help: "How many times as fast a cast plays.")
  var speed = 1.0

  @Option(help: "Where to write; standard output unless given.")
  var output: String?

  @OptionGroup var screen: ScreenOptions

  @OptionGroup var limits: LimitOptions

  /// Refuses what makes no sense.
  ///
  /// - Throws: `ValidationError`.
  func validate() throws {
    if speed <= 0 || !speed.isFinite { throw ValidationError("--speed must be above 0") }
    if let keys {
      do throws(KeyScript.UnknownKey) {
        _ = try KeyScript(keys)
      } catch {
        throw ValidationError("there is no key '\(error.word)'")
      }
    }
  }

  @MainActor func run() async throws {
    do throws(FileText.Unreadable) {
      let timeline = Timeline.record(try History.source(file), limits: limits.limits)
      var player = Player(
        timeline,
        size: size,
        glyphs: screen.ascii ? .ascii : .unicode,
        theme: screen.chosenTheme,
        depth: screen.wantsColor ? .full : .mono
      )
      if let keys, let script = try? KeyScript(keys) {
        player.move(to: from ?? 0)
        player.press(script.keys)
      } else {
        player.step(by: by, from: from ?? 0, to: to ?? .max)
      }
      let text = player.text(format, speed: speed, title: file)
      try FileText.write(text, to: output ?? "-")
    } catch {
      FileText.complain("\(error)")
      throw ExitCode(2)
    }
  }
}

/// The size of a screen, `80x24`.
struct ScreenSize: ExpressibleByArgument, Hashable, Sendable {
  /// The columns.
  var columns: Int
  /// The rows.
  var rows: Int

  /// A size.
  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }

  /// Reads `80x24`; nil for anything else and for sizes of nothing.
  init?(argument: String) {
    let parts = argument.split(separator: "x")
    guard parts.count == 2, let columns = Int(parts[0]), let rows = Int(parts[1]),
      (1...1000).contains(columns), (1...1000).contains(rows)
    else { return nil }
    self.init(columns: columns, rows: rows)
  }

  /// The size as it is written.
  var defaultValueDescription: String { "\(columns)x\(rows)" }
}
