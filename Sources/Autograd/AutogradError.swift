/// An error of the engine: its kind and PyTorch's words.
///
/// The language side turns the kind into the exception class that PyTorch raises. The error holds no
/// live objects; ``Session/currentNode`` tells which node was being evaluated when it was thrown.
public struct AutogradError: Error, Hashable {
  /// The class of exception that PyTorch raises.
  public enum Kind: Sendable, Hashable {
    /// `RuntimeError`.
    case runtime
    /// `TypeError`.
    case type
    /// `ValueError`.
    case value
    /// `IndexError`.
    case index
    /// `NotImplementedError`.
    case notImplemented
    /// `torch.linalg.LinAlgError`.
    case linAlg
    /// The memory limit of the session was reached.
    case memory
    /// The session was cancelled.
    case interrupted
    /// A hook or a custom Function written in the language raised; the exception waits on its side.
    case raisedOutside
  }

  /// The class of exception that PyTorch raises.
  public let kind: Kind

  /// PyTorch's message, word for word.
  public let message: String

  /// Creates an error of a kind with a message.
  public init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }
}

extension AutogradError {
  /// A `RuntimeError`.
  public static func runtime(_ message: String) -> AutogradError {
    AutogradError(.runtime, message)
  }

  /// A `TypeError`.
  public static func type(_ message: String) -> AutogradError { AutogradError(.type, message) }

  /// A `ValueError`.
  public static func value(_ message: String) -> AutogradError { AutogradError(.value, message) }

  /// An `IndexError`.
  public static func index(_ message: String) -> AutogradError { AutogradError(.index, message) }

  /// A `NotImplementedError`.
  public static func notImplemented(_ message: String) -> AutogradError {
    AutogradError(.notImplemented, message)
  }
}
