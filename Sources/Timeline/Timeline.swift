public import Interpreter

/// The recorded history of one run of a script.
///
/// It is made of steps, and for every step of the changes that it made, which can be taken back; now and
/// then of a whole moment, so that a jump has only few changes to make. See ``moment(at:)`` and ``Cursor``.
public struct Timeline: Sendable {
  /// The script.
  public let source: SourceText

  /// How the run ended, or that it goes on.
  public internal(set) var outcome = RunOutcome.running

  var stepTable = ChunkedArray<StepRecord>()
  var changeTable = ChunkedArray<Change>()
  var operandTable = ChunkedArray<TensorID>()
  var entries = ChunkedArray<TranscriptEntry>()
  var tables = SharedTables()
  var births = Births()
  /// Whole moments, without ``SharedTables``, in the order of their steps.
  var keyframes: [Moment] = []

  init(source: SourceText) {
    self.source = source
  }
}

extension Timeline {
  /// The steps in order; there is at least one.
  public var steps: Steps { Steps(timeline: self) }

  /// What the script said, in order.
  public var transcript: some RandomAccessCollection<TranscriptEntry> & Sendable { entries }

  /// What a time line shows of a step; quicker than asking for the whole step.
  public func marks(at step: Int) -> Step.Marks { stepTable[step].marks }

  /// The state right after a step.
  ///
  /// - Complexity: O(changes since the nearest kept moment), which is bounded.
  public func moment(at step: Int) -> Moment {
    var moment = Moment()
    moment.step = -1
    move(&moment, to: step)
    return moment
  }

  /// A cursor at a step.
  public func cursor(at step: Int = 0) -> Cursor { Cursor(timeline: self, at: step) }
}

/// The steps of a timeline.
public struct Steps: RandomAccessCollection, Sendable {
  let timeline: Timeline

  /// The first step, 0.
  public var startIndex: Int { 0 }

  /// The number of steps.
  public var endIndex: Int { timeline.stepTable.count }

  /// The step at a place.
  public subscript(index: Int) -> Step {
    let record = timeline.stepTable[index]
    let start = Int(record.operandStart)
    let middle = start + Int(record.inputCount)
    return Step(
      index: index,
      kind: record.kind,
      place: record.place,
      callStack: timeline.tables.callStack(record.callStack),
      loops: timeline.tables.loopPath(record.loops),
      endsStatement: record.endsStatement,
      marks: record.marks,
      inputs: Array(timeline.operandTable[start..<middle]),
      outputs: Array(timeline.operandTable[middle..<middle + Int(record.outputCount)])
    )
  }
}

/// A place in a timeline that moves both ways.
///
/// Moving to a neighbour makes or takes back the changes of one step.
public struct Cursor: Sendable {
  /// The timeline.
  public let timeline: Timeline
  /// The state at the present step.
  public private(set) var moment: Moment

  init(timeline: Timeline, at step: Int) {
    self.timeline = timeline
    moment = timeline.moment(at: step)
  }

  /// The present step.
  public var step: Int { moment.step }

  /// Moves to a step, to the nearest one if there is no such step.
  public mutating func move(to step: Int) {
    let last = timeline.stepTable.count - 1
    timeline.move(&moment, to: Swift.min(Swift.max(step, 0), last))
  }
}

// Moving in time.
extension Timeline {
  /// The changes of a step.
  func changeRange(_ step: Int) -> Range<Int> {
    let start = Int(stepTable[step].changeStart)
    let next = step + 1
    let end = next < stepTable.count ? Int(stepTable[next].changeStart) : changeTable.count
    return start..<end
  }

  func move(_ moment: inout Moment, to step: Int) {
    start(&moment, near: step)
    while moment.step < step {
      moment.step += 1
      for index in changeRange(moment.step) { moment.apply(changeTable[index], births) }
    }
    while moment.step > step {
      for index in changeRange(moment.step).reversed() { moment.revert(changeTable[index], births) }
      moment.step -= 1
    }
    moment.tables = tables
    moment.changes = FieldChange.shown(changeTable[changeRange(step)], in: moment, births)
  }

  /// Puts a kept moment in place of `moment` if it has fewer changes between it and the step.
  private func start(_ moment: inout Moment, near step: Int) {
    var best = distance(moment.step, step)
    guard best > 64 else { return }
    var low = 0
    var high = keyframes.count
    while low < high {
      let middle = (low + high) / 2
      if keyframes[middle].step <= step { low = middle + 1 } else { high = middle }
    }
    for candidate in [low - 1, low] where keyframes.indices.contains(candidate) {
      let cost = distance(keyframes[candidate].step, step)
      if cost < best {
        best = cost
        moment = keyframes[candidate]
      }
    }
    // The empty moment before the first step is a kept one too.
    if distance(-1, step) < best {
      moment = Moment()
      moment.step = -1
    }
  }

  /// Number of changes between the moments of two steps.
  private func distance(_ a: Int, _ b: Int) -> Int {
    abs(changeCount(after: a) - changeCount(after: b))
  }

  private func changeCount(after step: Int) -> Int {
    let next = step + 1
    return next < stepTable.count ? Int(stepTable[next].changeStart) : changeTable.count
  }
}
