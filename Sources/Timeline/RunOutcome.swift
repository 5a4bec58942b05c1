public import Interpreter

/// How a run ended.
public enum RunOutcome: Sendable, Equatable {
  /// It goes on.
  case running
  /// The script came to its end.
  case finished
  /// An exception ended it.
  case raised(ScriptError)
  /// It asked to be ended, with this status.
  case exited(Int)
  /// It needs something that this program does not have.
  case notSupported(String, ScriptPlace?)
  /// The user ended it.
  case interrupted
  /// It reached a limit, named in words.
  case stopped(String)
}
