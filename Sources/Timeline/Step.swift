public import Interpreter

/// A step: the smallest move in time.
///
/// The moment of a step is the state right after it, up to the beginning of the next one.
public struct Step: Sendable, Equatable, Identifiable {
  /// The place in the timeline, counted from 0; the first step is ``Kind/begin``.
  public let index: Int
  /// What happened.
  public let kind: Kind
  /// The statement and the expression of the script; nil before the first one.
  public let place: ScriptPlace?
  /// The calls that were going on, outermost first, without the module itself.
  public let callStack: [CallFrame]
  /// The loops that were going on, outermost first.
  public let loops: [LoopRound]
  /// Whether the statement is complete with this step.
  public let endsStatement: Bool
  /// What the time line shows of it.
  public let marks: Marks
  /// The tensors that it was given, in the order of the arguments.
  public let inputs: [TensorID]
  /// The tensors that it returned; the written one for an operation in place.
  public let outputs: [TensorID]

  /// The place in the timeline.
  public var id: Int { index }

  /// The line of the statement.
  public var line: Int? { place?.statement.start.line }
}

extension Step {
  /// What a step is.
  public enum Kind: Sendable, Hashable {
    /// The script is about to run; nothing exists yet.
    case begin
    /// A statement ran that did none of the things below, or went on to bind a name after a call.
    case statement
    /// A function of the script, of this name, was called and has its arguments.
    case call(String)
    /// An operation of the engine returned, `mul` or `add_`.
    case operation(String)
    /// `detach()` or `detach_()`.
    case detach(inPlace: Bool)
    /// `.data` was read.
    case dataRead
    /// `.data` was assigned.
    case dataAssigned
    /// `.grad` was assigned.
    case gradAssigned
    /// A flag of a tensor was set, `requires_grad`.
    case flagChanged(String)
    /// Backward begins; the number of the pass.
    case backwardBegan(Int)
    /// A node was applied.
    case nodeApplied(NodeID)
    /// A gradient was set as, or added to, the grad of a leaf.
    case accumulated(TensorID)
    /// A node dropped its saved tensors outside its own application.
    case released(NodeID)
    /// A hook of this name ran.
    case hook(String)
    /// Backward ended; the number of the pass.
    case backwardEnded(Int)
    /// The script printed.
    case output
    /// A warning was given.
    case warning
    /// An exception was raised by an operation, or ended the script.
    case error
    /// The script is over.
    case end
  }

  /// What the time line shows of a step.
  public struct Marks: OptionSet, Sendable, Hashable {
    /// A bit for each mark.
    public let rawValue: UInt16

    /// Marks from their bits.
    public init(rawValue: UInt16) {
      self.rawValue = rawValue
    }

    /// An exception.
    public static let error = Marks(rawValue: 1 << 0)
    /// A warning.
    public static let warning = Marks(rawValue: 1 << 1)
    /// A version counter moved: something was written in place.
    public static let versionBump = Marks(rawValue: 1 << 2)
    /// A tensor left its history: `detach()`, `detach_()`, `.data`.
    public static let detach = Marks(rawValue: 1 << 3)
    /// The version of a saved tensor moved on: backward will raise.
    public static let brokenSaved = Marks(rawValue: 1 << 4)
    /// A saved tensor changed and its version did not: the gradient will be wrong.
    public static let silentChange = Marks(rawValue: 1 << 5)
    /// Part of a backward pass.
    public static let backward = Marks(rawValue: 1 << 6)
    /// A gradient arrived at a leaf.
    public static let accumulated = Marks(rawValue: 1 << 7)
    /// Text was printed.
    public static let output = Marks(rawValue: 1 << 8)
    /// Bytes were written without a version counter noticing, through `.data` or a detached storage.
    public static let uncountedWrite = Marks(rawValue: 1 << 9)
    /// Saved tensors were dropped.
    public static let released = Marks(rawValue: 1 << 10)

    /// What a person jumps to: errors, warnings, findings, writes in place, detached tensors.
    public static let events: Marks = [
      .error, .warning, .versionBump, .detach, .brokenSaved, .silentChange, .uncountedWrite,
    ]
  }
}

/// A call that was going on at a step.
public struct CallFrame: Sendable, Hashable {
  /// The qualified name of the function, `Net.forward`.
  public let function: String
  /// The line in the caller that called it.
  public let callLine: Int

  /// A frame from its parts.
  public init(function: String, callLine: Int) {
    self.function = function
    self.callLine = callLine
  }
}
