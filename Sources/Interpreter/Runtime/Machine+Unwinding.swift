/// What happens to a frame when an exception passes, and the errors of unbound names.
extension Machine {
  /// Where the code of `frame` catches the exception on its way, the stack cut and the exception pushed; nil where
  /// the frame must be left.
  func handler(
    in frame: FramePointer,
    _ top: UnsafeMutablePointer<Value>
  ) -> (next: UnsafeMutablePointer<Instruction>, top: UnsafeMutablePointer<Value>)? {
    guard stop == nil else {
      if let range = frame.pointee.range {
        stopTrace.append(TracebackEntry(code: frame.pointee.code, range: range))
      }
      return nil
    }
    if raised == nil { _ = error(types.systemError, "error return without exception set") }
    guard let exception = raised else { return nil }
    let code = frame.pointee.code
    if keepsTraceback {
      keepsTraceback = false
    } else if let range = frame.pointee.range {
      exception.traceback.append(TracebackEntry(code: code, range: range))
    }
    let position = frame.pointee.position
    for handler in code.handlers where handler.start <= position && position < handler.end {
      let floor =
        frame.pointee.locals + frame.pointee.body.pointee.slotCount + handler.depth
      floor.deinitialize(count: top - floor)
      floor.initialize(to: .object(exception))
      raised = nil
      return (frame.pointee.body.pointee.instructions + handler.target, floor + 1)
    }
    return nil
  }

  /// The error of a local that is not bound.
  func unboundLocal(_ frame: FramePointer, _ slot: Int) -> PythonError {
    let name = frame.pointee.code.localNames[slot]
    return nameError(
      types.unboundLocalError,
      "cannot access local variable '\(symbols.name(name))' where it is not associated with a value",
      name
    )
  }

  /// The error of a variable in a cell that is not bound.
  func unboundCell(_ frame: FramePointer, _ slot: Int) -> PythonError {
    let code = frame.pointee.code
    if slot < code.cells.count {
      let name = code.cells[slot].name
      return nameError(
        types.unboundLocalError,
        "cannot access local variable '\(symbols.name(name))' where it is not associated with a "
          + "value",
        name
      )
    }
    let name = code.freeNames[slot - code.cells.count]
    return nameError(
      types.nameError,
      "cannot access free variable '\(symbols.name(name))' where it is not associated with a value "
        + "in enclosing scope",
      name
    )
  }

  /// The error of a name that is nowhere.
  func undefinedGlobal(_ frame: FramePointer, _ slot: Int) -> PythonError {
    undefinedName(frame.pointee.function.globals.names[slot], in: frame)
  }

  /// The error of a name that is nowhere, with the name that may have been meant.
  func undefinedName(_ name: Symbol, in frame: FramePointer) -> PythonError {
    let thrown = nameError(
      types.nameError,
      "name '\(symbols.name(name))' is not defined",
      name
    )
    raised?.suggestion = suggestion(for: name, in: frame)
    return thrown
  }

  private func nameError(_ type: TypeObject, _ message: String, _ name: Symbol) -> PythonError {
    let thrown = error(type, message)
    let attributes = AttributeTable()
    attributes[names.name] = string(symbols.name(name))
    raised?.attributes = attributes
    return thrown
  }

  private func suggestion(for name: Symbol, in frame: FramePointer) -> String? {
    let missing = symbols.name(name)
    let code = frame.pointee.code
    let groups = [
      code.localNames.map { symbols.name($0) },
      frame.pointee.function.globals.bindings.map { symbols.name($0.name) },
      builtins.keys.map { symbols.name($0) },
    ]
    for group in groups {
      if let found = Suggestion.closest(to: missing, among: group) { return found }
    }
    return nil
  }
}
