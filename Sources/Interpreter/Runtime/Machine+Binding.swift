/// The binding of arguments to parameters, with CPython's messages.
extension Machine {
  /// Fills the slots of a new frame: parameters from the arguments and defaults, cells, the rest unbound.
  ///
  /// The arguments stay the caller's. When it throws, the frame is released.
  func bindAll(
    _ frame: FramePointer,
    _ function: FunctionObject,
    _ arguments: UnsafeMutablePointer<Value>,
    _ given: Int,
    _ keywords: [Symbol]
  ) throws(PythonError) {
    let locals = frame.pointee.locals
    locals.initialize(repeating: .unbound, count: frame.pointee.body.pointee.slotCount)
    do throws(PythonError) {
      try bind(function, locals, arguments, given, keywords)
    } catch {
      discard(frame)
      throw error
    }
    let code = function.code
    var slot = locals + code.localNames.count
    for cell in code.cells {
      let made = CellObject(.unbound)
      if let parameter = cell.parameter {
        made.value = locals[parameter]
        locals[parameter] = .unbound
      }
      slot.pointee = .object(made)
      slot += 1
    }
    for cell in function.closure {
      slot.pointee = .object(cell)
      slot += 1
    }
  }

  /// Releases a frame that never ran.
  func discard(_ frame: FramePointer) {
    frame.pointee.locals.deinitialize(count: frame.pointee.body.pointee.slotCount)
    let memory = UnsafeMutableRawPointer(frame).assumingMemoryBound(to: Value.self)
    let isOwned = frame.pointee.region == nil
    frame.deinitialize(count: 1)
    if isOwned {
      memory.deallocate()
    } else {
      stack.release(memory, initialized: 0, reserved: 0)
    }
  }

  private func bind(
    _ function: FunctionObject,
    _ locals: UnsafeMutablePointer<Value>,
    _ arguments: UnsafeMutablePointer<Value>,
    _ given: Int,
    _ keywords: [Symbol]
  ) throws(PythonError) {
    let parameters = function.code.parameters
    let positionalGiven = given - keywords.count
    let direct = min(positionalGiven, parameters.positional)
    for i in 0..<direct { locals[i] = arguments[i] }
    if parameters.hasRest {
      let rest = UnsafeBufferPointer(
        start: arguments + direct,
        count: positionalGiven - direct
      )
      locals[parameters.positional + parameters.keywordOnly] = tuple(Array(rest))
    }
    try bindKeywords(function, locals, arguments + positionalGiven, keywords)
    if positionalGiven > parameters.positional, !parameters.hasRest {
      throw tooManyPositional(function, locals, positionalGiven)
    }
    if positionalGiven < parameters.positional {
      try bindDefaults(function, locals, positionalGiven)
    }
    if parameters.keywordOnly > 0 { try bindKeywordDefaults(function, locals) }
  }

  private func bindKeywords(
    _ function: FunctionObject,
    _ locals: UnsafeMutablePointer<Value>,
    _ values: UnsafeMutablePointer<Value>,
    _ keywords: [Symbol]
  ) throws(PythonError) {
    let code = function.code
    let parameters = code.parameters
    var rest: DictObject?
    if parameters.hasKeywordRest {
      let made = DictObject(type: types.dict)
      locals[parameters.count - 1] = .object(made)
      rest = made
    }
    let named = parameters.positional + parameters.keywordOnly
    for (i, keyword) in keywords.enumerated() {
      var place = parameters.positionalOnly
      while place < named, code.localNames[place] != keyword { place += 1 }
      if place < named {
        guard locals[place].isUnbound else {
          throw typeError(
            "\(function.qualifiedName)() got multiple values for argument "
              + "'\(symbols.name(keyword))'"
          )
        }
        locals[place] = values[i]
      } else if let rest {
        try set(string(symbols.name(keyword)), to: values[i], in: rest)
      } else {
        throw unexpected(function, keyword, keywords)
      }
    }
  }

  private func unexpected(
    _ function: FunctionObject,
    _ keyword: Symbol,
    _ keywords: [Symbol]
  ) -> PythonError {
    let code = function.code
    let positionalOnly = code.localNames.prefix(code.parameters.positionalOnly)
    let misused = positionalOnly.filter { keywords.contains($0) }.map { symbols.name($0) }
    if !misused.isEmpty {
      return typeError(
        "\(function.qualifiedName)() got some positional-only arguments passed as keyword "
          + "arguments: '\(misused.joined(separator: ", "))'"
      )
    }
    return typeError(
      "\(function.qualifiedName)() got an unexpected keyword argument '\(symbols.name(keyword))'"
    )
  }

  private func bindDefaults(
    _ function: FunctionObject,
    _ locals: UnsafeMutablePointer<Value>,
    _ positionalGiven: Int
  ) throws(PythonError) {
    let positional = function.code.parameters.positional
    let required = positional - function.defaults.count
    var missing: [Symbol] = []
    for i in positionalGiven..<max(required, positionalGiven) where locals[i].isUnbound {
      missing.append(function.code.localNames[i])
    }
    if !missing.isEmpty { throw missingArguments(function, missing, "positional") }
    for i in max(required, 0)..<positional where locals[i].isUnbound {
      locals[i] = function.defaults[i - required]
    }
  }

  private func bindKeywordDefaults(
    _ function: FunctionObject,
    _ locals: UnsafeMutablePointer<Value>
  ) throws(PythonError) {
    let parameters = function.code.parameters
    var missing: [Symbol] = []
    for i in parameters.positional..<(parameters.positional + parameters.keywordOnly)
    where locals[i].isUnbound {
      let name = function.code.localNames[i]
      if let row = function.keywordDefaults.first(where: { $0.name == name }) {
        locals[i] = row.value
      } else {
        missing.append(name)
      }
    }
    if !missing.isEmpty { throw missingArguments(function, missing, "keyword-only") }
  }

  private func missingArguments(
    _ function: FunctionObject,
    _ missing: [Symbol],
    _ kind: String
  ) -> PythonError {
    let names = missing.map { "'\(symbols.name($0))'" }
    let list =
      switch names.count {
      case 1: names[0]
      case 2: "\(names[0]) and \(names[1])"
      default: names.dropLast().joined(separator: ", ") + ", and " + names[names.count - 1]
      }
    return typeError(
      "\(function.qualifiedName)() missing \(names.count) required \(kind) "
        + "argument\(names.count == 1 ? "" : "s"): \(list)"
    )
  }

  private func tooManyPositional(
    _ function: FunctionObject,
    _ locals: UnsafeMutablePointer<Value>,
    _ given: Int
  ) -> PythonError {
    let parameters = function.code.parameters
    let positional = parameters.positional
    var keywordOnly = 0
    for i in positional..<(positional + parameters.keywordOnly) where !locals[i].isUnbound {
      keywordOnly += 1
    }
    let defaults = function.defaults.count
    let isPlural = defaults > 0 || positional != 1
    let takes = defaults > 0 ? "from \(positional - defaults) to \(positional)" : "\(positional)"
    var extra = ""
    if keywordOnly > 0 {
      extra =
        " positional argument\(given == 1 ? "" : "s") (and \(keywordOnly) keyword-only "
        + "argument\(keywordOnly == 1 ? "" : "s"))"
    }
    let verb = given == 1 && keywordOnly == 0 ? "was" : "were"
    return typeError(
      "\(function.qualifiedName)() takes \(takes) positional argument\(isPlural ? "s" : "") but "
        + "\(given)\(extra) \(verb) given"
    )
  }
}
