#if canImport(Glibc)
import Glibc
#endif

/// The count of statements and the looks at the limits in between.
struct Pulses {
  /// Statements counted when the countdown was last set.
  var counted = 0
  /// What the countdown was set to.
  var interval = 0
  /// The most resident memory before the script began, in bytes.
  var baseline = 0
  /// Whether the host wants to hear of every statement.
  var observes = false
}

extension Machine {
  /// Statements between two looks when the host does not observe them.
  private static let interval = 512

  /// The statements of the script executed so far.
  var steps: Int { pulses.counted + pulses.interval - max(countdown.pointee, 0) }

  /// Begins the count of statements.
  func startCounting() {
    pulses = Pulses()
    pulses.observes = host.observesStatements
    pulses.baseline = Self.residentPeak()
    countdown.pointee = 0
  }

  /// Looks at limits and cancellation; long loops in Swift call it now and then.
  func pulse() throws(PythonError) {
    if stop != nil { throw PythonError() }
    if host.isCancelled { throw end(.interrupted) }
    if Self.residentPeak() - pulses.baseline > limits.memory { throw end(.memory) }
  }

  /// What happens at a statement when the countdown has run out.
  func statementPulse(_ frame: FramePointer) throws(PythonError) {
    try countdownPulse()
    if pulses.observes, !frame.pointee.code.isLibrary, let place = place(in: frame) {
      host.willExecute(place)
    }
  }

  /// What happens when the countdown has run out: a look at limits and cancellation.
  func countdownPulse() throws(PythonError) {
    pulses.counted += pulses.interval
    if pulses.counted & (Self.interval - 1) == 0 || pulses.interval > 1 { try pulse() }
    if let most = limits.steps, pulses.counted >= most { throw end(.steps) }
    if !abandoned.isEmpty { try closeAbandoned() }
    pulses.interval = pulses.observes ? 1 : Self.interval
    if let most = limits.steps { pulses.interval = min(pulses.interval, most - pulses.counted) }
    countdown.pointee = pulses.interval - 1
  }

  /// Whether an allocation of `bytes` fits the memory limit; MemoryError where it does not.
  func reserve(bytes: Int) throws(PythonError) {
    if bytes > limits.memory { throw memoryError() }
  }

  /// Ends the run; no handler of the script sees it.
  func end(_ why: Stop) -> PythonError {
    stop = why
    stopPlace = currentPlace
    return PythonError()
  }

  /// The innermost place of the script that is running.
  var currentPlace: ScriptPlace? {
    var candidate = frame
    while let frame = candidate {
      if !frame.pointee.code.isLibrary { return place(in: frame) }
      candidate = frame.pointee.back
    }
    return nil
  }

  /// The statement and the expression that `frame` is at.
  func place(in frame: FramePointer) -> ScriptPlace? {
    guard let range = frame.pointee.range else { return nil }
    let statement = Int(frame.pointee.statement)
    let marks = frame.pointee.code.statements
    return ScriptPlace(
      statement: (marks.indices.contains(statement) ? marks[statement] : marks.first)?.range
        ?? range,
      expression: range
    )
  }

  private static func residentPeak() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1024
  }
}
