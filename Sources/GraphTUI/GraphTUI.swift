import ArgumentParser

/// The program `graphtui`.
@main
struct GraphTUI: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "graphtui",
    abstract: "Explore computation graphs in the terminal.",
    subcommands: [Draw.self]
  )
}
