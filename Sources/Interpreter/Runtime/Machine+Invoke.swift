/// The one way in which anything is called.
extension Machine {
  /// Calls `base[0]` with the receiver `base[1]`, unless that is unbound, and `count` values from `base[2]` on, the
  /// last of which are the values of `keywords`.
  ///
  /// The values stay the caller's, who must release them; the first two may be exchanged on the way.
  func invoke(
    _ base: UnsafeMutablePointer<Value>,
    _ count: Int,
    _ keywords: [Symbol]
  ) throws(PythonError) -> Value {
    guard case .object(let callable) = base[0] else {
      throw typeError("'\(typeName(base[0]))' object is not callable")
    }
    if let builtin = callable as? BuiltinFunction {
      return try invoke(builtin, base, count, keywords)
    }
    if let function = callable as? FunctionObject {
      return try invoke(function, base, count, keywords)
    }
    if let method = callable as? BoundMethod {
      if isPlainFunction(method.function) {
        base[1] = method.receiver
        base[0] = method.function
        return try invoke(base, count, keywords)
      }
      return try call(prepending: method.receiver, to: method.function, base, count, keywords)
    }
    if let type = callable as? TypeObject {
      return try instantiate(type, base, count, keywords)
    }
    let method = type(of: base[0]).find(names.dunderCall)
    guard !method.isUnbound else {
      throw typeError("'\(typeName(base[0]))' object is not callable")
    }
    if isPlainFunction(method) {
      base[1] = base[0]
      base[0] = method
    } else {
      base[0] = try bind(method, to: base[0], type(of: base[0]))
    }
    try enterCall()
    defer { leaveCall() }
    return try invoke(base, count, keywords)
  }

  /// Counts a call that uses the native stack; RecursionError beyond the limit.
  func enterCall() throws(PythonError) {
    depth += 1
    if depth > recursionLimit {
      depth -= 1
      throw recursionError()
    }
  }

  /// The end of what `enterCall` began.
  func leaveCall() { depth -= 1 }

  /// `RecursionError`, made with some frames to spare.
  func recursionError(_ where: String = "") -> PythonError {
    error(types.recursionError, "maximum recursion depth exceeded" + `where`)
  }

  private func invoke(
    _ builtin: BuiltinFunction,
    _ base: UnsafeMutablePointer<Value>,
    _ count: Int,
    _ keywords: [Symbol]
  ) throws(PythonError) -> Value {
    let hasReceiver = !base[1].isUnbound
    let values = UnsafeBufferPointer(
      start: hasReceiver ? base + 1 : base + 2,
      count: hasReceiver ? count + 1 : count
    )
    let arguments = Arguments(values: values, keywords: keywords)
    try check(arguments, for: builtin)
    return try builtin.row.body(self, arguments)
  }

  /// Checks the number of arguments against the row, with CPython's words.
  private func check(
    _ arguments: Arguments,
    for builtin: BuiltinFunction
  ) throws(PythonError) {
    let row = builtin.row
    var given = arguments.positionalCount
    if builtin.owner != nil, row.binding == .instance {
      guard given > 0 else {
        throw typeError("unbound method \(qualifiedName(builtin))() needs an argument")
      }
      given -= 1
      try checkReceiver(arguments[0], of: builtin)
    } else if row.binding != .instance {
      given -= 1
    }
    if !row.takesKeywords, !arguments.keywords.isEmpty {
      throw typeError("\(callName(builtin)) takes no keyword arguments")
    }
    guard let arity = row.arity, !arity.contains(given) else { return }
    throw arityError(builtin, arity, given)
  }

  private func checkReceiver(_ receiver: Value, of builtin: BuiltinFunction) throws(PythonError) {
    guard let owner = builtin.owner, owner !== types.object else { return }
    let type = type(of: receiver)
    if type === owner || type.isSubtype(of: owner) { return }
    throw typeError(
      "descriptor '\(builtin.row.name)' for '\(owner.name)' objects doesn't apply to a "
        + "'\(type.name)' object"
    )
  }

  private func arityError(
    _ builtin: BuiltinFunction,
    _ arity: ClosedRange<Int>,
    _ given: Int
  ) -> PythonError {
    // Making an instance is told as a call of the class.
    let isMaking = builtin.row.name == "__new__" || builtin.row.name == "__init__"
    let name = isMaking ? builtin.owner?.name ?? builtin.row.name : builtin.row.name
    if arity.lowerBound == arity.upperBound {
      if isMaking {
        let plural = arity.lowerBound == 1 ? "" : "s"
        return typeError("\(name) expected \(arity.lowerBound) argument\(plural), got \(given)")
      }
      if name.hasPrefix("__"), builtin.owner != nil {
        let plural = arity.lowerBound == 1 ? "" : "s"
        return typeError("expected \(arity.lowerBound) argument\(plural), got \(given)")
      }
      let call = callName(builtin)
      switch arity.lowerBound {
      case 0: return typeError("\(call) takes no arguments (\(given) given)")
      case 1: return typeError("\(call) takes exactly one argument (\(given) given)")
      default:
        return typeError("\(name) expected \(arity.lowerBound) arguments, got \(given)")
      }
    }
    let least = given < arity.lowerBound
    let bound = least ? arity.lowerBound : arity.upperBound
    let plural = bound == 1 ? "" : "s"
    return typeError(
      "\(name) expected at \(least ? "least" : "most") \(bound) argument\(plural), got \(given)"
    )
  }

  private func callName(_ builtin: BuiltinFunction) -> String {
    if let owner = builtin.owner, builtin.row.name == "__new__" || builtin.row.name == "__init__" {
      return owner.name + "()"
    }
    let isPlain = builtin.owner != nil || builtin.module == "builtins"
    return (isPlain ? "" : builtin.module + ".") + qualifiedName(builtin) + "()"
  }

  /// `list.append` for a method, `len` for a function.
  func qualifiedName(_ builtin: BuiltinFunction) -> String {
    guard let owner = builtin.owner else { return builtin.row.name }
    return "\(owner.name).\(builtin.row.name)"
  }
}
