public import Interpreter

extension Timeline {
  /// Runs a script to its end and records it.
  ///
  /// - Parameters:
  ///   - source: The script.
  ///   - arguments: What follows its name in `sys.argv`.
  ///   - limits: How far it may go.
  ///   - memoryBudget: How many bytes of elements to keep; past it the oldest are dropped.
  ///   - isCancelled: Asked every few statements; true ends the run, and what was recorded stays.
  /// - Returns: The history, and how the run ended in ``outcome``.
  public static func record(
    _ source: SourceText,
    arguments: [String] = [],
    limits: Limits = Limits(),
    memoryBudget: Int = 256 << 20,
    isCancelled: @escaping () -> Bool = { false }
  ) -> Timeline {
    let recorder = Recorder(source: source, memoryBudget: memoryBudget, isCancelled: isCancelled)
    let interpreter = Interpreter(
      source: source,
      arguments: arguments,
      host: recorder,
      limits: limits
    )
    recorder.script = interpreter
    interpreter.observer = recorder
    let outcome = interpreter.run()
    recorder.finish(RunOutcome(outcome))
    interpreter.observer = nil
    recorder.script = nil
    return recorder.timeline
  }
}

extension RunOutcome {
  /// The outcome of an interpreter as a history keeps it.
  init(_ outcome: Interpreter.Outcome) {
    self =
      switch outcome {
      case .finished: .finished
      case .raised(let report): .raised(ScriptError(report))
      case .exited(let status, _): .exited(status)
      case .notSupported(let place, let what): .notSupported(what, place)
      case .interrupted: .interrupted
      case .limit(.steps, _): .stopped("steps")
      case .limit(.memory, _): .stopped("memory")
      }
  }
}

extension ScriptError {
  /// The exception of a traceback.
  init(_ report: TracebackReport) {
    self.init(
      type: report.type,
      message: report.message,
      place: report.range.map { ScriptPlace(statement: $0, expression: $0) },
      isUncaught: true
    )
  }
}
