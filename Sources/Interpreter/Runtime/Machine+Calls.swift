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

  /// Calls what `find` gave for a dunder method, with its receiver alone.
  func callMethod(_ function: Value, _ receiver: Value) throws(PythonError) -> Value {
    let base = stack.reserve(2)
    base.initialize(to: function)
    (base + 1).initialize(to: receiver)
    return try callMethod(at: base, 0)
  }

  /// Calls what `find` gave for a dunder method, with its receiver and one more argument.
  func callMethod(
    _ function: Value,
    _ receiver: Value,
    _ argument: Value
  ) throws(PythonError) -> Value {
    let base = stack.reserve(3)
    base.initialize(to: function)
    (base + 1).initialize(to: receiver)
    (base + 2).initialize(to: argument)
    return try callMethod(at: base, 1)
  }

  /// Calls what `find` gave for a dunder method, with its receiver and two more arguments.
  func callMethod(
    _ function: Value,
    _ receiver: Value,
    _ first: Value,
    _ second: Value
  ) throws(PythonError) -> Value {
    let base = stack.reserve(4)
    base.initialize(to: function)
    (base + 1).initialize(to: receiver)
    (base + 2).initialize(to: first)
    (base + 3).initialize(to: second)
    return try callMethod(at: base, 2)
  }

  /// Calls what `find` gave for a dunder method, with its receiver and further arguments.
  func callMethod(
    _ function: Value,
    _ receiver: Value,
    _ arguments: [Value]
  ) throws(PythonError) -> Value {
    let base = stack.reserve(arguments.count + 2)
    base.initialize(to: function)
    (base + 1).initialize(to: receiver)
    for i in arguments.indices { (base + 2 + i).initialize(to: arguments[i]) }
    return try callMethod(at: base, arguments.count)
  }

  /// Calls the method `base[0]`, not yet bound, on `base[1]` and releases everything at `base`.
  private func callMethod(
    at base: UnsafeMutablePointer<Value>,
    _ count: Int
  ) throws(PythonError) -> Value {
    defer { stack.release(base, initialized: count + 2, reserved: count + 2) }
    guard case .object(let object) = base.pointee else {
      throw typeError("'\(typeName(base.pointee))' object is not callable")
    }
    if let builtin = object as? BuiltinFunction, builtin.owner != nil {
      let values = UnsafeBufferPointer(start: base + 1, count: count + 1)
      return try builtin.row.body(self, Arguments(values: values, keywords: []))
    }
    if let function = object as? FunctionObject { return try invoke(function, base, count, []) }
    base[0] = try bind(base[0], to: base[1], type(of: base[1]))
    base[1] = .unbound
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
