/// Calls from Swift code into whatever Python can call.
extension Machine {
  /// Calls `callable`.
  func call(
    _ callable: Value,
    _ arguments: [Value] = [],
    keywords: [(Symbol, Value)] = []
  ) throws(PythonError) -> Value {
    let count = arguments.count + keywords.count
    let base = stack.reserve(count + 2)
    base.initialize(to: callable)
    (base + 1).initialize(to: .unbound)
    var place = base + 2
    for argument in arguments {
      place.initialize(to: argument)
      place += 1
    }
    for keyword in keywords {
      place.initialize(to: keyword.1)
      place += 1
    }
    defer { stack.release(base, initialized: count + 2, reserved: count + 2) }
    return try invoke(base, count, keywords.isEmpty ? [] : keywords.map(\.0))
  }

  /// Calls what `find` gave for a dunder method, with its receiver and further arguments.
  func callMethod(
    _ function: Value,
    _ receiver: Value,
    _ arguments: Value...
  ) throws(PythonError) -> Value {
    try callMethod(function, receiver, arguments)
  }

  /// Calls what `find` gave for a dunder method, with its receiver and further arguments.
  func callMethod(
    _ function: Value,
    _ receiver: Value,
    _ arguments: [Value]
  ) throws(PythonError) -> Value {
    let count = arguments.count
    let base = stack.reserve(count + 2)
    if isPlainFunction(function) {
      base.initialize(to: function)
      (base + 1).initialize(to: receiver)
    } else {
      let bound: Value
      do throws(PythonError) {
        bound = try bind(function, to: receiver, type(of: receiver))
      } catch {
        stack.release(base, initialized: 0, reserved: count + 2)
        throw error
      }
      base.initialize(to: bound)
      (base + 1).initialize(to: .unbound)
    }
    for i in 0..<count { (base + 2 + i).initialize(to: arguments[i]) }
    defer { stack.release(base, initialized: count + 2, reserved: count + 2) }
    return try invoke(base, count, [])
  }

  /// Calls the method `name` of `receiver`.
  func call(
    method name: Symbol,
    of receiver: Value,
    _ arguments: [Value] = []
  ) throws(PythonError) -> Value {
    try call(try attribute(receiver, name), arguments)
  }

  /// Whether `function`, found on a class, takes the receiver as its first argument.
  @inline(__always)
  func isPlainFunction(_ function: Value) -> Bool {
    guard case .object(let object) = function else { return false }
    if object is FunctionObject { return true }
    if let builtin = object as? BuiltinFunction { return builtin.owner != nil }
    return false
  }
}
