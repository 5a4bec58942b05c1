/// The instructions that raise, match and handle exceptions, and `with`.
extension Machine {
  /// Carries out `instruction` and gives the new end of the stack.
  func performException(
    _ instruction: Instruction,
    _ top: UnsafeMutablePointer<Value>
  ) throws(PythonError) -> UnsafeMutablePointer<Value> {
    switch instruction.opcode {
    case .raise:
      switch instruction.b {
      case 0: throw reraise()
      case 1: throw try raise(top[-1])
      default: throw try raise(top[-2], from: top[-1])
      }
    case .pushException:
      let exception = top[-1]
      (top - 1).pointee = handled.map { .object($0) } ?? .none
      handled = exception.object(ExceptionObject.self)
      return push(exception, top)
    case .popException:
      handled = top[-1].object(ExceptionObject.self)
      return drop(1, top)
    case .matchException:
      let matches = try matches(top[-2], top[-1])
      return replace(1, top, .bool(matches))
    case .reraise:
      guard let exception = top[-1].object(ExceptionObject.self) else {
        throw error(types.systemError, "no exception to raise again")
      }
      raised = exception
      keepsTraceback = true
      throw PythonError()
    case .loadAssertionError:
      return push(.object(types.assertionError), top)
    case .beforeWith:
      return try beforeWith(top)
    default:
      guard let exception = top[-1].object(ExceptionObject.self) else { return top }
      let result = try call(
        top[-3],
        [.object(exception.type ?? types.exception), top[-1], traceback(of: exception)]
      )
      return push(result, top)
    }
  }

  /// What `raise value` throws.
  func raise(_ value: Value) throws(PythonError) -> PythonError {
    raise(try exception(value, "exceptions must derive from BaseException"))
  }

  /// What `raise value from cause` throws.
  func raise(_ value: Value, from cause: Value) throws(PythonError) -> PythonError {
    let raised = try exception(value, "exceptions must derive from BaseException")
    raised.cause =
      cause.isNone
      ? nil : try exception(cause, "exception causes must derive from BaseException")
    raised.suppressesContext = true
    return raise(raised)
  }

  /// The exception that `value`, an exception or a class of them, stands for.
  func exception(_ value: Value, _ message: String) throws(PythonError) -> ExceptionObject {
    if let exception = value.object(ExceptionObject.self) { return exception }
    guard let type = value.object(TypeObject.self), type.isSubtype(of: types.baseException)
    else { throw typeError(message) }
    let made = try call(value)
    guard let exception = made.object(ExceptionObject.self) else {
      throw typeError(
        "calling \(try repr(value)) should have returned an instance of BaseException, not "
          + "\(try repr(.object(self.type(of: made))))"
      )
    }
    return exception
  }

  private func reraise() -> PythonError {
    guard let handled else { return runtimeError("No active exception to reraise") }
    raised = handled
    keepsTraceback = true
    return PythonError()
  }

  private func matches(_ exception: Value, _ classes: Value) throws(PythonError) -> Bool {
    if let tuple = classes.object(TupleObject.self) {
      for item in tuple.items {
        if try matches(exception, item) { return true }
      }
      return false
    }
    guard let type = classes.object(TypeObject.self), type.isSubtype(of: types.baseException)
    else {
      throw typeError("catching classes that do not inherit from BaseException is not allowed")
    }
    return self.type(of: exception).isSubtype(of: type)
  }

  private func beforeWith(
    _ top: UnsafeMutablePointer<Value>
  ) throws(PythonError) -> UnsafeMutablePointer<Value> {
    let manager = top[-1]
    let type = type(of: manager)
    let enter = type.find(names.dunderEnter)
    let exit = type.find(names.dunderExit)
    if enter.isUnbound || exit.isUnbound {
      let missed = enter.isUnbound ? "" : " (missed __exit__ method)"
      throw typeError(
        "'\(type.name)' object does not support the context manager protocol" + missed
      )
    }
    let bound = try bind(exit, to: manager, type)
    let entered = try callMethod(enter, manager)
    return push(entered, replace(1, top, bound))
  }
}
