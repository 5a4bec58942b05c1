import ArgumentParser
import Glibc

/// The program `graphtui`.
@main
struct GraphTUI: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "graphtui",
    abstract: "Explore computation graphs in the terminal.",
    version: "0.1.0",
    subcommands: [Explore.self, Replay.self, Run.self, Snapshot.self, Draw.self],
    defaultSubcommand: Explore.self
  )

  /// Runs the command that the arguments name.
  ///
  /// What goes wrong is one line on standard error, with status 2 for wrong usage.
  static func main() async {
    do {
      let command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        var command = command
        try command.run()
      }
    } catch let status as ExitCode {
      Glibc.exit(status.rawValue)
    } catch {
      if exitCode(for: error).isSuccess {
        print(fullMessage(for: error))
        Glibc.exit(0)
      }
      FileText.complain(message(for: error) + " (see 'graphtui --help')")
      Glibc.exit(2)
    }
  }
}
