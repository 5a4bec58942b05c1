public import Interpreter

/// An exception of the script.
public struct ScriptError: Sendable, Equatable {
  /// The class of the exception, `RuntimeError`.
  public let type: String
  /// The message.
  public let message: String
  /// Where it was raised; nil outside the script.
  public let place: ScriptPlace?
  /// The backward node that was being applied.
  public let node: NodeID?
  /// Which of the saved tensors of ``node`` it was about.
  public let saved: Int?
  /// Whether the script ended by it; false for one that the script caught.
  public let isUncaught: Bool

  /// An exception from its parts.
  public init(
    type: String,
    message: String,
    place: ScriptPlace?,
    node: NodeID? = nil,
    saved: Int? = nil,
    isUncaught: Bool = false
  ) {
    self.type = type
    self.message = message
    self.place = place
    self.node = node
    self.saved = saved
    self.isUncaught = isUncaught
  }

  /// The line where it was raised.
  public var line: Int? { place?.statement.start.line }
}

/// A piece of what the script said, in order.
public enum TranscriptEntry: Sendable, Equatable {
  /// Text that was printed.
  case output(String)
  /// A warning.
  case warning(WarningReport)
  /// The exception that ended the script.
  case error(ScriptError)
}
