import Autograd

extension Torch {
  /// What to throw into Python for an error of the engine or of Python.
  func pythonError(_ error: any Error) -> PythonError {
    guard let error = error as? AutogradError else { return PythonError() }
    return pythonError(error)
  }

  /// The Python exception of an error of the engine.
  func pythonError(_ error: AutogradError) -> PythonError {
    let types = machine.types
    switch error.kind {
    case .runtime: return machine.error(types.runtimeError, error.message)
    case .type: return machine.error(types.typeError, error.message)
    case .value: return machine.error(types.valueError, error.message)
    case .index: return machine.error(types.indexError, error.message)
    case .notImplemented: return machine.error(types.notImplementedError, error.message)
    case .linAlg: return machine.error(self.types.linAlgError, error.message)
    case .memory: return machine.error(types.runtimeError, error.message)
    case .interrupted:
      machine.stop = .interrupted
      return PythonError()
    case .raisedOutside: return PythonError()
    }
  }

  /// Runs an operation of the engine.
  @inline(__always)
  func run<Result>(
    _ body: () throws(AutogradError) -> Result
  ) throws(PythonError) -> Result {
    do throws(AutogradError) {
      return try body()
    } catch {
      throw pythonError(error)
    }
  }

  /// Runs Python code on behalf of the engine: an exception waits in the machine.
  @inline(__always)
  func outside<Result>(
    _ body: () throws(PythonError) -> Result
  ) throws(AutogradError) -> Result {
    do throws(PythonError) {
      return try body()
    } catch {
      throw AutogradError(.raisedOutside, "")
    }
  }

  /// Shows a warning of the engine.
  func show(_ warning: Session.Warning) throws(AutogradError) {
    let category =
      switch warning.category {
      case .user: machine.types.userWarning
      case .future: machine.types.futureWarning
      case .deprecation: machine.types.deprecationWarning
      }
    // What PyTorch says inside its own Python files is attributed to them, unless a hook of the script runs.
    let place =
      isInLibrary > 0 && machine.frame == libraryFrame
      ? WarningPlace(
        file: "torch/autograd/graph.py",
        line: 1,
        source: "",
        module: "torch",
        isScript: false
      )
      : nil
    try outside { () throws(PythonError) in
      try machine.warn(category, warning.message, stackLevel: 1, at: place)
    }
  }

  /// Shows a `UserWarning`, the first time only if `once`.
  func warn(_ message: String, once: Bool = false) throws(PythonError) {
    try run { () throws(AutogradError) in try session.warn(message, once: once) }
  }

  /// The name of the class of `value` as PyTorch's messages have it.
  func typeName(_ value: Value) -> String {
    let type = machine.type(of: value)
    // Classes made in C carry their module in the name.
    if type === types.size || type === types.dtype || type === types.device {
      return "torch." + type.name
    }
    return type.name
  }
}
