/// The state that PyTorch keeps for a thread: modes, default dtype, sequence numbers, warnings; and the
/// operations, which are its methods.
///
/// A program has one session and passes it along; there are no globals. Operations live in extensions,
/// see <doc:AddingAnOperation>.
public final class Session {
  /// Whether operations on tensors that require grad are recorded, `torch.is_grad_enabled()`.
  public var gradMode = true {
    didSet { updateRecording() }
  }

  /// Whether inference mode is on: nothing is recorded and new tensors are inference tensors.
  public var inferenceMode = false {
    didSet { updateRecording() }
  }

  /// Whether nodes keep their forward call and backward looks for NaN.
  public var anomalyMode = false

  /// Whether anomaly mode looks for NaN.
  public var anomalyCheckNaN = true

  /// Whether operations are recorded at all: grad mode is on and inference mode is off.
  private(set) var isRecording = true

  /// The type of floating point tensors made without a dtype.
  public var defaultDType = DType.float32

  /// Whoever watches; nil costs one branch an event.
  public var observer: (any Observer)? {
    didSet { isObserved = observer != nil }
  }

  /// Whether there is an observer, which is quicker to ask than the weak reference.
  private(set) var isObserved = false

  /// Whether saved tensors keep the bytes of the moment for an observer.
  public var keepsSavedValues = false

  /// The default generator of random numbers.
  public let generator = Generator()

  /// Where warnings go.
  public var warningSink: ((Warning) throws(AutogradError) -> Void)?

  /// Asked now and then; true ends what runs with an error of kind ``AutogradError/Kind/interrupted``.
  public var isCancelled: (() -> Bool)?

  /// The hooks of the innermost `saved_tensors_hooks`.
  public var defaultSavedVariableHooks: SavedVariableHooks?

  /// Makes the object of the language side that tells where the forward call was, in anomaly mode.
  public var forwardTracer: (() -> AnyObject?)?

  /// The text of a node's ``Node/forwardTrace`` for the warning of anomaly mode; nil if it has none.
  public var forwardTraceText: ((Node) -> String?)?

  /// The node that the engine is evaluating, or was evaluating when an error was thrown.
  public internal(set) var currentNode: Node?

  /// The memory that the storages hold, and its limit.
  public let memory = MemoryAccount()

  var nextTensorID = 0
  var nextStorageID = 0
  var nextNodeID = 0
  var nextSequenceNr: UInt64 = 0
  var warnedOnce: Set<String> = []
  var nextTaskID: Int32 = 0
  var nextPassID = 0
  var backwardDepth = 0
  var currentTask: GraphTask?
  var innerCall: (function: Node, outer: Node)?

  /// Creates a session with PyTorch's defaults.
  public init() {}

  private func updateRecording() {
    isRecording = gradMode && !inferenceMode
  }
}

extension Session {
  /// A warning of the engine.
  public struct Warning: Sendable, Hashable {
    /// The Python class of the warning.
    public enum Category: String, Sendable, Hashable {
      /// `UserWarning`.
      case user = "UserWarning"
      /// `FutureWarning`.
      case future = "FutureWarning"
      /// `DeprecationWarning`.
      case deprecation = "DeprecationWarning"
    }

    /// The Python class of the warning.
    public let category: Category

    /// The text, without the suffix that names a C++ source line.
    public let message: String
  }

  /// Gives a warning; one that is to be shown once is shown once in the life of the session.
  ///
  /// - Throws: If the sink turns the warning into an error.
  public func warn(
    _ message: String,
    _ category: Warning.Category = .user,
    once: Bool = false
  ) throws(AutogradError) {
    if once && !warnedOnce.insert(message).inserted { return }
    let warning = Warning(category: category, message: message)
    if isObserved, let observer { observer.warned(warning) }
    try warningSink?(warning)
  }

  /// Runs a closure with grad mode set, and restores it.
  public func withGradMode<Result>(
    _ enabled: Bool,
    _ body: () throws(AutogradError) -> Result
  ) throws(AutogradError) -> Result {
    let mode = gradMode
    gradMode = enabled
    defer { gradMode = mode }
    return try body()
  }

  /// Throws if the session was cancelled.
  public func checkCancellation() throws(AutogradError) {
    if let isCancelled, isCancelled() { throw AutogradError(.interrupted, "interrupted") }
  }
}
