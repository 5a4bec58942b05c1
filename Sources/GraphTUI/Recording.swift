internal import Interpreter
internal import Synchronization
internal import Timeline

/// A script that is being run and recorded on another thread, and what comes of it.
final class Recording: Sendable {
  private let isCancelled = Atomic(false)
  private let result = Mutex<Explorer?>(nil)

  /// Starts to run and record a script.
  static func start(_ source: SourceText, limits: Limits) -> Recording {
    let recording = Recording()
    Task.detached(priority: .userInitiated) {
      let timeline = Timeline.record(
        source,
        limits: limits,
        isCancelled: { recording.isCancelled.load(ordering: .relaxed) }
      )
      // The layout of a long history takes its time too.
      let explorer = Explorer(timeline)
      recording.result.withLock { $0 = explorer }
    }
    return recording
  }

  /// The explorer of the history, once it is there.
  var explorer: Explorer? { result.withLock { $0 } }

  /// Ends the run; what was recorded until then is the history.
  func cancel() { isCancelled.store(true, ordering: .relaxed) }
}
