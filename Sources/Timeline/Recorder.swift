import Autograd
public import Interpreter

/// Records a run: it watches a session and is the host of its interpreter.
///
/// What it is told of with live objects it turns into values at once; it holds on to no tensor and no node.
public final class Recorder {
  let builder: TimelineBuilder
  /// The interpreter; it holds the recorder too, until the run is over.
  var script: (any RunningScript)?
  private let cancellation: () -> Bool

  let graveyard = Graveyard()
  var savers = Savers()
  var loops: LoopRounds
  var statements: [StatementEntry] = []
  /// What the steps of each frame have as their stack of calls; the module's is ``CallStackID/none``.
  var callStacks: [CallStackID] = [.none]

  /// Frames whose functions have returned, and which go with the next step.
  var returnedFrames = 0

  /// Whether the present step waits to be told what it is.
  var isOpen = false
  /// Storages written in the present step, whose bytes are still to be kept.
  var written: [Storage] = []
  /// Storages whose versions or bytes moved in the present step: whoever saved them is to be looked at.
  var disturbed: [StorageID] = []
  /// Saved results whose tensor is known only when the operation returns.
  var savedResults: [SavedPlace] = []
  /// The backward passes going on.
  var passes: [RecordedPass] = []
  /// The saved tensor that could not be taken out last.
  var failedSaved: SavedPlace?
  /// Whether the last pass failed; it is shown as going on until the next step.
  var failedPasses = 0

  /// A recorder for a script.
  ///
  /// - Parameters:
  ///   - source: The script.
  ///   - memoryBudget: How many bytes of elements to keep; past it the oldest are dropped.
  ///   - isCancelled: Whether the run is to end as if interrupted.
  public init(
    source: SourceText,
    memoryBudget: Int = 256 << 20,
    isCancelled: @escaping () -> Bool = { false }
  ) {
    cancellation = isCancelled
    builder = TimelineBuilder(source: source)
    builder.timeline.tables.contents.budget = memoryBudget
    loops = LoopRounds(LoopTable(of: source))
  }

  /// Whether the run is to end as if interrupted.
  public var isCancelled: Bool { cancellation() }

  /// What was recorded so far.
  public var timeline: Timeline { builder.timeline }
}

/// A statement that is being executed in one of the frames.
struct StatementEntry {
  let place: ScriptPlace
  let depth: Int
  /// The last step that belongs to the statement itself; -1 for none.
  var lastStep = -1
}

/// A backward pass as the recorder follows it.
struct RecordedPass {
  let id: Int
  /// How many functions were being called when it began: hooks and custom functions are deeper.
  let depth: Int
  /// The node being applied.
  var node: NodeID?
  /// Whether a step was recorded since the node's own.
  var hasInnerSteps = false
}

// Steps.
extension Recorder {
  /// Begins a step at the place where the script is.
  func begin(_ kind: Step.Kind, marks: Step.Marks = []) {
    finishStep()
    while failedPasses > 0 {
      builder.endBackward()
      failedPasses -= 1
    }
    leaveFrames(deeperThan: script?.callDepth ?? 0)
    beginStep(kind, at: script?.place ?? statements.last?.place, marks: marks)
    if !statements.isEmpty { statements[statements.count - 1].lastStep = builder.count - 1 }
    if !passes.isEmpty { passes[passes.count - 1].hasInnerSteps = true }
  }

  /// Begins a step at a place, in the frames that are known.
  func beginStep(_ kind: Step.Kind, at place: ScriptPlace?, marks: Step.Marks = []) {
    var marks = marks
    if !passes.isEmpty { marks.insert(.backward) }
    builder.begin(
      kind,
      at: place,
      callStack: callStacks[callStacks.count - 1],
      loops: loops.path,
      marks: marks
    )
    leaveReturnedFrames()
  }

  /// Takes the frames away whose functions have returned: they are seen up to the step of the return.
  func leaveReturnedFrames() {
    while returnedFrames > 0 {
      builder.leaveFrame()
      returnedFrames -= 1
    }
  }

  /// Begins the step of an operation that has not said what it is, unless it has begun.
  func open() {
    if isOpen || isApplyingNode { return }
    begin(.statement)
    isOpen = true
  }

  /// Says what the operation was.
  func close(_ kind: Step.Kind, marks: Step.Marks = []) {
    open()
    builder.setKind(kind)
    builder.mark(marks)
    settle()
    isOpen = false
  }

  /// Whether the engine itself computes in a backward pass: only the node as a whole is a step.
  var isApplyingNode: Bool {
    guard let pass = passes.last else { return false }
    return (script?.callDepth ?? 0) <= pass.depth
  }

  /// Takes what happened since to the present step: written bytes, broken saved tensors, the dead.
  func finishStep() {
    settle()
    isOpen = false
    if !graveyard.isEmpty { bury() }
    if let session = script?.session {
      builder.setModes(
        Modes(
          gradMode: session.gradMode,
          inferenceMode: session.inferenceMode,
          anomalyMode: session.anomalyMode
        )
      )
    }
  }

  private func bury() {
    for id in graveyard.tensors { builder.kill(id) }
    for id in graveyard.nodes { builder.kill(id) }
    for id in graveyard.storages { builder.kill(id) }
    graveyard.tensors.removeAll(keepingCapacity: true)
    graveyard.nodes.removeAll(keepingCapacity: true)
    graveyard.storages.removeAll(keepingCapacity: true)
  }

  /// Keeps written bytes and looks for saved tensors that they break.
  func settle() {
    if !written.isEmpty {
      for storage in written {
        let id = id(of: storage)
        builder.write(storage.buffer, to: id, writes: storage.writes)
        disturbed.append(id)
      }
      written.removeAll(keepingCapacity: true)
    }
    if disturbed.isEmpty { return }
    var broken: Step.Marks = []
    var state: Moment?
    for storage in disturbed {
      savers.sift(on: storage) { place in
        let now = state ?? builder.present
        state = now
        let node = now.nodeTable[place.node.index]
        guard node.isAlive, !node.isReleased else { return false }
        switch now.status(of: node.saved[place.index], in: node) {
        case .versionMoved: broken.insert(.brokenSaved)
        case .silentlyChanged: broken.insert(.silentChange)
        case .released: break
        case .intact, .used: return true
        }
        return false
      }
    }
    state = nil
    disturbed.removeAll(keepingCapacity: true)
    builder.mark(broken)
  }
}
