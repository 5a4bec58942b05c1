extension Machine {
  /// The innermost place of the script that is running.
  var currentPlace: ScriptPlace? { nil }

  /// Looks at limits and cancellation; long loops in Swift call it now and then.
  func pulse() throws(PythonError) {}

  /// Whether an allocation of `bytes` fits the memory limit; MemoryError where it does not.
  func reserve(bytes: Int) throws(PythonError) {
    if bytes > limits.memory { throw memoryError() }
  }

  /// `warnings.warn(message, category, stacklevel)`
  func warn(
    _ category: TypeObject,
    _ message: String,
    stackLevel: Int = 1
  ) throws(PythonError) {}

  func invoke(
    _ function: FunctionObject,
    _ base: UnsafeMutablePointer<Value>,
    _ count: Int,
    _ keywords: [Symbol]
  ) throws(PythonError) -> Value { .none }

  func instantiate(
    _ type: TypeObject,
    _ base: UnsafeMutablePointer<Value>,
    _ count: Int,
    _ keywords: [Symbol]
  ) throws(PythonError) -> Value { .none }

  func installTypes() {}
}
