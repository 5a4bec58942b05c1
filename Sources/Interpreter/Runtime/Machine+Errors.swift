extension Machine {
  /// Makes `exception` the one on its way and gives what to throw.
  ///
  /// What is being handled becomes its context, as in CPython, unless that would close a ring.
  func raise(_ exception: ExceptionObject) -> PythonError {
    if let handled, handled !== exception, exception.context !== handled {
      var link = handled
      while let next = link.context {
        if next === exception {
          link.context = nil
          break
        }
        link = next
      }
      exception.context = handled
    }
    raised = exception
    return PythonError()
  }

  /// An exception of class `type` with one argument, its message.
  func error(_ type: TypeObject, _ message: String) -> PythonError {
    raise(ExceptionObject([string(message)], type: type))
  }

  /// Python's `TypeError: message`.
  func typeError(_ message: String) -> PythonError { error(types.typeError, message) }
  /// Python's `ValueError: message`.
  func valueError(_ message: String) -> PythonError { error(types.valueError, message) }
  /// Python's `RuntimeError: message`.
  func runtimeError(_ message: String) -> PythonError { error(types.runtimeError, message) }
  /// Python's `IndexError: message`.
  func indexError(_ message: String) -> PythonError { error(types.indexError, message) }
  /// Python's `ZeroDivisionError: message`.
  func zeroDivision(_ message: String) -> PythonError { error(types.zeroDivisionError, message) }
  /// Python's `OverflowError: message`.
  func overflowError(_ message: String) -> PythonError { error(types.overflowError, message) }
  /// Python's `MemoryError`.
  func memoryError() -> PythonError { raise(ExceptionObject([], type: types.memoryError)) }
  /// Python's `KeyError: key`.
  func keyError(_ key: Value) -> PythonError { raise(ExceptionObject([key], type: types.keyError)) }
  /// `StopIteration`, with a value when it is not None.
  func stopIteration(_ value: Value = .none) -> PythonError {
    raise(ExceptionObject(value.isNone ? [] : [value], type: types.stopIteration))
  }

  /// `AttributeError: message`, which knows the object and the name for the suggestion in a traceback.
  func attributeError(
    _ message: String,
    object: Value = .unbound,
    name: Symbol? = nil
  ) -> PythonError {
    let exception = ExceptionObject([string(message)], type: types.attributeError)
    if let name {
      let attributes = AttributeTable()
      attributes[names.name] = string(symbols.name(name))
      if !object.isUnbound { attributes[names.obj] = object }
      exception.attributes = attributes
    }
    return raise(exception)
  }

  /// The end of the run at something that this program does not have: `FILE:LINE:COLUMN: not supported: what`.
  ///
  /// Scripts cannot catch it.
  func notSupported(_ what: String) -> PythonError {
    stop = .notSupported(what, place: currentPlace)
    return PythonError()
  }

  /// Takes the exception on its way off when it is a `type`; else throws it on.
  ///
  /// For the `catch` of code that handles some exception of a script:
  /// `catch { _ = try machine.caught(machine.types.attributeError); … }`.
  func caught(_ type: TypeObject) throws(PythonError) -> ExceptionObject {
    guard stop == nil, let exception = raised, let its = exception.type, its.isSubtype(of: type)
    else { throw PythonError() }
    raised = nil
    return exception
  }
}
