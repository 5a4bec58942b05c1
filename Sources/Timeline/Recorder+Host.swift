import Autograd
public import Interpreter

// What the interpreter tells.
extension Recorder: Host {
  /// Whether every statement is announced: always.
  public var observesStatements: Bool { true }

  /// Records text that was printed.
  public func write(_ text: String) {
    if text.isEmpty { return }
    let last = builder.count - 1
    if builder.timeline.stepTable[last].kind != .output || statements.last?.lastStep != last {
      begin(.output, marks: .output)
    }
    builder.say(.output(text))
  }

  /// Records text that was printed to `sys.stderr`.
  public func writeError(_ text: String) { write(text) }

  /// Records a warning.
  public func warn(_ warning: WarningReport) {
    begin(.warning, marks: .warning)
    builder.say(.warning(warning))
  }

  /// A statement begins, hence the one before it in the same frame has ended.
  public func willExecute(_ place: ScriptPlace) {
    let depth = script?.callDepth ?? 0
    leaveFrames(deeperThan: isNewCall(place, depth) ? depth - 1 : depth)
    endStatement(inFrame: depth)
    enterFrame(depth)
    statements.append(StatementEntry(place: place, depth: depth))
    loops.begin(place.statement.start.offset, depth: depth, &builder.timeline.tables)
  }

  /// A statement of the module is complete.
  public func didComplete(_ place: ScriptPlace) {
    leaveFrames(deeperThan: 0)
    endStatement(inFrame: 0)
  }

  /// The run is over.
  func finish(_ outcome: RunOutcome) {
    builder.timeline.outcome = outcome
    if case .raised(let error) = outcome { finish(error) } else { endAllStatements() }
    finishStep()
  }

  /// The error that ended the run: the one recorded last if it is that one, else a step of its own.
  private func finish(_ error: ScriptError) {
    finishStep()
    let known = builder.now.error
    let isKnown = known?.message == error.message && builder.marks.contains(.error)
    var place = error.place
    if !isKnown {
      while let entry = statements.last, !entry.place.contains(error.place) {
        endStatement(inFrame: entry.depth, isLeft: true)
      }
      leaveFrames(deeperThan: statements.last?.depth ?? 0)
      if let statement = statements.last?.place.statement {
        place = place.map { ScriptPlace(statement: statement, expression: $0.expression) }
      }
      place = place ?? statements.last?.place
      beginStep(.error, at: place)
    }
    let uncaught = ScriptError(
      type: error.type,
      message: error.message,
      place: isKnown ? known?.place : place,
      node: isKnown ? known?.node : nil,
      saved: isKnown ? known?.saved : nil,
      isUncaught: true
    )
    builder.raise(uncaught)
    builder.say(.error(uncaught))
    builder.endStatement()
    builder.timeline.outcome = .raised(uncaught)
  }

  private func endAllStatements() {
    leaveFrames(deeperThan: 0)
    endStatement(inFrame: 0)
  }
}

extension ScriptPlace {
  /// Whether an error was raised in the statement.
  fileprivate func contains(_ error: ScriptPlace?) -> Bool {
    guard let offset = error?.expression.start.offset else { return true }
    return statement.start.offset <= offset && offset <= statement.end.offset
  }
}

// Statements and frames.
extension Recorder {
  /// Leaves the frames of functions that have returned, ending their statements.
  func leaveFrames(deeperThan depth: Int) {
    while callStacks.count - 1 > depth {
      endStatement(inFrame: callStacks.count - 1, isLeft: true)
      callStacks.removeLast()
      returnedFrames += 1
    }
  }

  /// Whether a statement is the first of a call, and the frame at its depth that of an earlier call.
  ///
  /// The head of a `while` that stands first in a function runs again in the same call.
  private func isNewCall(_ place: ScriptPlace, _ depth: Int) -> Bool {
    guard depth > 0, depth < callStacks.count, script?.isAtFirstStatement == true,
      let last = statements.last(where: { $0.depth == depth })
    else { return false }
    return !loops.isRepeated(place.statement, after: last.place.statement)
  }

  /// Enters the frame of a function when its first statement begins: a step that shows the arguments.
  private func enterFrame(_ depth: Int) {
    guard depth > callStacks.count - 1 else { return }
    finishStep()
    let caller = statements.last?.place
    // Comprehensions and lambdas have no statements, hence are not entered by themselves.
    while callStacks.count < depth {
      leaveReturnedFrames()
      push(CallFrame(function: "<expression>", callLine: caller?.statement.start.line ?? 0))
    }
    let frame = CallFrame(
      function: script?.functionName ?? "",
      callLine: caller?.statement.start.line ?? 0
    )
    if script?.isInClassBody == true {
      leaveReturnedFrames()
      push(frame)
      return
    }
    beginStep(.call(frame.function), at: caller)
    push(frame)
    builder.setCallStack(callStacks[callStacks.count - 1])
    updateNames(depth)
  }

  private func push(_ frame: CallFrame) {
    let parent = callStacks[callStacks.count - 1]
    callStacks.append(builder.timeline.tables.push(frame, on: parent))
    builder.enterFrame(frame.function)
  }

  /// Ends the statement of a frame: its last step is its own, and names are up to date with it.
  private func endStatement(inFrame depth: Int, isLeft: Bool = false) {
    guard let entry = statements.last, entry.depth >= depth else { return }
    finishStep()
    if entry.lastStep != builder.count - 1 { beginStep(.statement, at: entry.place) }
    if !isLeft, script?.callDepth ?? 0 == entry.depth { updateNames(entry.depth) }
    finishStep()
    builder.endStatement()
    statements.removeLast()
  }

  /// Takes the names of the innermost frame that changed into the present step.
  private func updateNames(_ depth: Int) {
    guard let script else { return }
    let line = statements.last?.place.statement.start.line ?? 0
    let tensorName = { (tensor: Tensor) in self.id(of: tensor).description }
    script.visitChangedNames(depth: depth, tensorName: tensorName) { name, value in
      let bound: Binding.Value? =
        switch value {
        case .tensor(let tensor)?: .tensor(sync(tensor))
        case .none?: Binding.Value.none
        case .bool(let value)?: .bool(value)
        case .int(let value)?: .int(value)
        case .float(let value)?: .float(value)
        case .text(let text)?: .text(text)
        case nil: nil
        }
      builder.bind(
        name,
        in: depth,
        to: bound.map { Binding(name: name, frame: depth, line: line, value: $0) }
      )
    }
  }
}
