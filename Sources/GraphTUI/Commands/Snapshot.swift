internal import ArgumentParser
internal import Glibc
internal import Interpreter
internal import Timeline

/// `graphtui snapshot`: the state after every statement as one JSON object.
struct Snapshot: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the state after every statement as JSON.",
    discussion: """
      One object with stdout, warnings, error and trace: for every simple statement of the module, in \
      the order in which they completed, all tensors that names are bound to and the graph behind them.

      Example: graphtui snapshot train.py | python3 -m json.tool
      """
  )

  @OptionGroup var limits: LimitOptions

  @Argument(help: "A script; - reads standard input.")
  var file: String

  @Argument(parsing: .captureForPassthrough, help: "Arguments of the script, its sys.argv.")
  var arguments: [String] = []

  @MainActor func run() async throws {
    let source: SourceText
    do {
      let name = file == "-" ? "<stdin>" : file
      source = SourceText(name: name, bytes: try FileText.bytes(of: file))
    } catch {
      FileText.complain("\(error)")
      Glibc.exit(2)
    }
    let writer = SnapshotWriter()
    let interpreter = Interpreter(
      source: source,
      arguments: arguments,
      host: writer,
      limits: limits.limits
    )
    writer.source = interpreter
    let outcome = interpreter.run()
    let output = StandardHost(interruption: Interruption.watch())
    var error: TracebackReport?
    switch outcome {
    case .raised(let report): error = report
    case .notSupported(let place, let what):
      let start = place?.expression.start
      let at = start.map { ":\($0.line):\($0.column + 1)" } ?? ""
      output.writeError("\(source.name)\(at): not supported: \(what)\n")
      Glibc.exit(2)
    case .limit(let limit, _):
      FileText.complain("\(source.name): stopped by the limit of \(limit)")
      Glibc.exit(2)
    case .interrupted: Glibc.exit(130)
    case .finished, .exited: break
    }
    output.write(String(decoding: writer.bytes(error: error), as: UTF8.self) + "\n")
    output.flush()
    Glibc.exit(error == nil ? 0 : 1)
  }
}
