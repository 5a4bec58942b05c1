package import Interpreter

/// Makes a timeline step by step; whoever records a run, reads a trace or needs an example drives it.
///
/// Changes go to the step begun last.
package final class TimelineBuilder {
  /// What was recorded so far.
  package internal(set) var timeline: Timeline
  /// The state now, without the tables that moments share.
  package internal(set) var now = Moment()

  /// The places in ``Births/bindings`` of what is bound now, by frame.
  var bindingPlaces: [[Int32]] = []
  private var changesAtKeyframe = 0
  /// Changes between two kept moments: making or taking back half of them is what a jump costs at most.
  private static let keyframeInterval = 16384

  /// A timeline with its first step.
  package init(source: SourceText) {
    timeline = Timeline(source: source)
    begin(.begin)
  }
}

// Steps.
extension TimelineBuilder {
  /// Number of steps so far.
  var count: Int { timeline.stepTable.count }

  /// Begins a step.
  package func begin(
    _ kind: Step.Kind,
    at place: ScriptPlace? = nil,
    callStack: CallStackID = .none,
    loops: LoopPathID = .none,
    marks: Step.Marks = []
  ) {
    if timeline.changeTable.count - changesAtKeyframe >= Self.keyframeInterval {
      changesAtKeyframe = timeline.changeTable.count
      timeline.keyframes.append(now)
    }
    now.step = count
    timeline.stepTable.append(
      StepRecord(
        kind: kind,
        place: place,
        callStack: callStack,
        loops: loops,
        marks: marks,
        changeStart: UInt32(truncatingIfNeeded: timeline.changeTable.count),
        operandStart: UInt32(truncatingIfNeeded: timeline.operandTable.count)
      )
    )
  }

  /// Sets the calls that are going on at the step.
  func setCallStack(_ callStack: CallStackID) {
    timeline.stepTable[count - 1].callStack = callStack
  }

  /// Says what the step turned out to be.
  package func setKind(_ kind: Step.Kind) {
    timeline.stepTable[count - 1].kind = kind
  }

  /// Sets the tensors that the step was given and returned.
  package func setOperands(inputs: [TensorID], outputs: [TensorID]) {
    beginOperands()
    for id in inputs { addInput(id) }
    for id in outputs { addOutput(id) }
  }

  /// Begins the operands of the step anew: all inputs come before all outputs.
  func beginOperands() {
    let last = count - 1
    timeline.stepTable[last].operandStart = UInt32(truncatingIfNeeded: timeline.operandTable.count)
    timeline.stepTable[last].inputCount = 0
    timeline.stepTable[last].outputCount = 0
  }

  func addInput(_ id: TensorID) {
    if timeline.stepTable[count - 1].inputCount == .max { return }
    timeline.operandTable.append(id)
    timeline.stepTable[count - 1].inputCount += 1
  }

  func addOutput(_ id: TensorID) {
    if timeline.stepTable[count - 1].outputCount == .max { return }
    timeline.operandTable.append(id)
    timeline.stepTable[count - 1].outputCount += 1
  }

  /// Adds marks to the step.
  package func mark(_ marks: Step.Marks) {
    timeline.stepTable[count - 1].marks.formUnion(marks)
  }

  /// Says that the statement is complete with this step.
  package func endStatement() {
    timeline.stepTable[count - 1].endsStatement = true
  }

  /// Makes a change, part of the step.
  func change(_ change: Change) {
    now.apply(change, timeline.births)
    timeline.changeTable.append(change)
  }

  /// Adds to what the script said.
  package func say(_ entry: TranscriptEntry) {
    if case .output(let text) = entry, continuesOutput,
      case .output(let before)? = timeline.entries.last
    {
      timeline.entries[timeline.entries.count - 1] = .output(before + text)
      return
    }
    timeline.entries.append(entry)
    let old = Int32(truncatingIfNeeded: now.transcriptCount)
    change(.transcript(old: old, new: old + 1))
  }

  /// Whether this step has printed, and nothing else was said since.
  private var continuesOutput: Bool {
    for index in timeline.changeRange(count - 1) {
      if case .transcript = timeline.changeTable[index] { return true }
    }
    return false
  }
}
