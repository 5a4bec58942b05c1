internal import Synchronization

/// A flag by which one task asks a layout in another to stop.
///
/// A value of its own and not the task's flag: a test can set it before or during the work, and a
/// caller without tasks can use it too.
public final class CancellationToken: Sendable {
  private let flag = Atomic(false)

  /// A token that is not cancelled.
  public init() {}

  /// Whether the work should stop.
  public var isCancelled: Bool { flag.load(ordering: .relaxed) }

  /// Asks the work to stop.
  public func cancel() { flag.store(true, ordering: .relaxed) }

  /// Stops the work if asked to.
  func check() throws(LayoutError) {
    if isCancelled { throw .cancelled }
  }
}
