internal import ArgumentParser
internal import Glibc
internal import Interpreter
internal import Synchronization

/// `graphtui run`: what `python FILE` does, and nothing else.
struct Run: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a script like python does.",
    discussion: """
      Prints what the script prints, its warnings and its traceback. `-` reads the script from \
      standard input; what follows FILE is sys.argv.

      Example: graphtui run train.py
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
      source = SourceText(name: Self.fullPath(file), bytes: try FileText.bytes(of: file))
    } catch {
      FileText.complain("\(error)")
      Glibc.exit(2)
    }
    let output = StandardHost(interruption: Interruption.watch())
    let interpreter = Interpreter(
      source: source,
      arguments: [file] + arguments,
      host: output,
      limits: limits.limits
    )
    let outcome = interpreter.run()
    output.flush()
    // Without releasing anything: the system does that faster.
    Glibc.exit(report(outcome, on: output))
  }

  /// The path as Python shows it, absolute; `<stdin>` for standard input.
  private static func fullPath(_ file: String) -> String {
    if file == "-" { return "<stdin>" }
    guard !file.hasPrefix("/"), let folder = getcwd(nil, 0) else { return file }
    defer { free(folder) }
    let path = String(cString: folder)
    return path.hasSuffix("/") ? path + file : "\(path)/\(file)"
  }

  /// Says how the run ended and gives the exit status.
  private func report(
    _ outcome: Interpreter.Outcome,
    on output: StandardHost
  ) -> Int32 {
    switch outcome {
    case .finished: return 0
    case .raised(let report):
      output.writeError(report.text)
      return 1
    case .exited(let status, let text):
      output.writeError(text)
      return Int32(truncatingIfNeeded: status)
    case .notSupported(let place, let what):
      let start = place?.expression.start
      let at = start.map { ":\($0.line):\($0.column + 1)" } ?? ""
      output.writeError("\(file)\(at): not supported: \(what)\n")
      return 2
    case .interrupted(let text):
      output.writeError(text)
      return 130
    case .limit(let limit, let place):
      let line = place.map { "\(file):\($0.statement.start.line): " } ?? ""
      let what =
        switch limit {
        case .steps: "stopped after \(limits.maxSteps ?? 0) steps (--max-steps)"
        case .memory: "stopped at \(limits.maxMemory) MiB of memory (--max-memory)"
        }
      output.writeError("graphtui: \(line)\(what)\n")
      return 2
    }
  }
}

/// How far a script may go.
struct LimitOptions: ParsableArguments {
  @Option(help: "Stop after this many statements.")
  var maxSteps: Int?

  @Option(help: "Stop when the script holds more memory than this, in MiB.")
  var maxMemory = 4096

  /// The limits as the interpreter takes them.
  var limits: Limits { Limits(steps: maxSteps, memory: maxMemory << 20) }

  func validate() throws {
    if let maxSteps, maxSteps < 1 { throw ValidationError("--max-steps must be at least 1") }
    if maxMemory < 1 || maxMemory > 1 << 30 {
      throw ValidationError("--max-memory must be at least 1")
    }
  }
}

/// A host that writes to standard output and standard error, each in the order of the script.
final class StandardHost: Host {
  private var buffer: [UInt8] = []
  private let isInteractive = isatty(STDOUT_FILENO) == 1
  private let interruption: Interruption
  private static let capacity = 1 << 16

  init(interruption: Interruption) {
    self.interruption = interruption
    buffer.reserveCapacity(Self.capacity)
  }

  var observesStatements: Bool { false }
  var isCancelled: Bool { interruption.isRequested }

  func write(_ text: String) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.capacity || isInteractive { flush() }
  }

  func writeError(_ text: String) {
    if text.isEmpty { return }
    flush()
    put(Array(text.utf8), on: STDERR_FILENO)
  }

  func warn(_ warning: WarningReport) { writeError(warning.text) }
  func willExecute(_ place: ScriptPlace) {}
  func didComplete(_ place: ScriptPlace) {}

  /// Writes what is buffered.
  func flush() {
    if buffer.isEmpty { return }
    put(buffer, on: STDOUT_FILENO)
    buffer.removeAll(keepingCapacity: true)
  }

  private func put(_ bytes: [UInt8], on descriptor: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return }
      rest = rest.dropFirst(count)
    }
  }
}

/// Whether the user pressed Ctrl-C.
final class Interruption: Sendable {
  private let requested = Atomic<Bool>(false)

  /// Whether the run should end.
  var isRequested: Bool { requested.load(ordering: .relaxed) }

  private init() {}

  /// Waits for SIGINT on a thread of its own; the second one ends the program at once.
  static func watch() -> Interruption {
    let made = Interruption()
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    var thread = pthread_t()
    let failure = pthread_create(
      &thread,
      nil,
      { argument in
        guard let argument else { return nil }
        let interruption = Unmanaged<Interruption>.fromOpaque(argument).takeRetainedValue()
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGINT)
        var signal: Int32 = 0
        sigwait(&signals, &signal)
        interruption.requested.store(true, ordering: .relaxed)
        sigwait(&signals, &signal)
        _exit(130)
      },
      Unmanaged.passRetained(made).toOpaque()
    )
    if failure != 0 { pthread_sigmask(SIG_UNBLOCK, &signals, nil) }
    return made
  }
}
