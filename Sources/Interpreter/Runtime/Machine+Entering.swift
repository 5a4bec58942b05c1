/// Calls of functions written in Python: their frames.
extension Machine {
  /// What a call with spread arguments came to.
  enum Entered {
    case value(Value)
    case frame(FramePointer)
  }

  /// Arranges a bound method, a class with a Python `__init__` or an object with a Python `__call__` for the call
  /// of a Python function; nil for what is called in another way, the stack then being as it was.
  func arrange(
    _ callable: Object,
    _ base: UnsafeMutablePointer<Value>,
    _ count: Int,
    _ isInitializer: inout Bool
  ) -> FunctionObject? {
    guard (base + 1).pointee.isUnbound else { return nil }
    if let method = callable as? BoundMethod {
      guard let function = method.function.object(FunctionObject.self) else { return nil }
      (base + 1).pointee = method.receiver
      base.pointee = method.function
      return function
    }
    if let type = callable as? TypeObject {
      guard type.isUserDefined, type.type === types.type,
        let new = type.find(names.dunderNew).object(MethodWrapper.self),
        new.function.isIdentical(to: objectNew),
        let function = type.find(names.dunderInit).object(FunctionObject.self)
      else { return nil }
      isInitializer = true
      (base + 1).pointee = .object(Object(type: type))
      base.pointee = .object(function)
      return function
    }
    guard let type = callable.type,
      let function = type.find(names.dunderCall).object(FunctionObject.self)
    else { return nil }
    (base + 1).pointee = base.pointee
    base.pointee = .object(function)
    return function
  }

  /// Makes the frame of a call of `function` the running one; what lies at `base` is consumed.
  ///
  /// For a generator function there is no frame to run: nil, and `base[0]` is the generator.
  func enter(
    _ function: FunctionObject,
    _ base: UnsafeMutablePointer<Value>,
    _ count: Int,
    _ keywords: [Symbol],
    region: UnsafeMutablePointer<Value>? = nil
  ) throws(PythonError) -> FramePointer? {
    if depth >= recursionLimit { throw recursionError() }
    let body = function.body
    let hasReceiver = !(base + 1).pointee.isUnbound
    let given = hasReceiver ? count + 1 : count
    let arguments = hasReceiver ? base + 1 : base + 2
    let frame = makeFrame(function, body, region: region)
    if body.pointee.plainParameters == given, keywords.isEmpty {
      let locals = frame.pointee.locals
      locals.moveInitialize(from: arguments, count: given)
      base.deinitialize(count: hasReceiver ? 1 : 2)
      var i = given
      while i < body.pointee.localCount {
        (locals + i).initialize(to: .unbound)
        i += 1
      }
      initializeFreeCells(frame, function)
    } else {
      try bindAll(frame, function, arguments, given, keywords)
      base.deinitialize(count: count + 2)
      if body.pointee.isGenerator {
        base.initialize(to: .object(GeneratorObject(frame, self)))
        return nil
      }
    }
    frame.pointee.back = self.frame
    self.frame = frame
    depth += 1
    return frame
  }

  /// Calls a function written in Python from Swift code.
  func invoke(
    _ function: FunctionObject,
    _ base: UnsafeMutablePointer<Value>,
    _ count: Int,
    _ keywords: [Symbol]
  ) throws(PythonError) -> Value {
    // The caller keeps its values, so what is consumed is a copy.
    let copy = stack.reserve(count + 2)
    copy.initialize(from: base, count: count + 2)
    let entered: FramePointer?
    do throws(PythonError) {
      if nativeDepth > Self.mostNativeDepth { throw recursionError() }
      entered = try enter(function, copy, count, keywords)
    } catch {
      stack.release(copy, initialized: count + 2, reserved: count + 2)
      throw error
    }
    guard let frame = entered else {
      let generator = copy.move()
      stack.release(copy, initialized: 0, reserved: count + 2)
      return generator
    }
    defer { stack.release(copy, initialized: 0, reserved: count + 2) }
    return try execute(frame)
  }

  /// The call of `base[0]` with the receiver `base[1]`, a list of arguments `base[2]` and, unless it is unbound, a dict of
  /// keyword arguments `base[3]`; all four stay.
  func callSpread(_ base: UnsafeMutablePointer<Value>) throws(PythonError) -> Entered {
    let given = type(of: base[2])
    if given.find(names.dunderIter).isUnbound, given.find(names.dunderGetitem).isUnbound {
      throw typeError(
        "\(callableName(base[0])) argument after * must be an iterable, not \(given.name)"
      )
    }
    let items = try items(base[2])
    let pairs = base[3].object(DictObject.self).map { spreadKeywords($0) } ?? []
    var keywords: [Symbol] = []
    keywords.reserveCapacity(pairs.count)
    for (key, _) in pairs {
      guard let name = text(key) else { throw typeError("keywords must be strings") }
      keywords.append(symbols.symbol(name))
    }
    let count = items.count + pairs.count
    let region = stack.reserve(count + 2)
    region.initialize(to: base[0])
    (region + 1).initialize(to: base[1])
    for (i, item) in items.enumerated() { (region + 2 + i).initialize(to: item) }
    for (i, pair) in pairs.enumerated() {
      (region + 2 + items.count + i).initialize(to: pair.1)
    }
    do throws(PythonError) {
      return try callSpread(region, count, keywords)
    } catch {
      stack.release(region, initialized: count + 2, reserved: count + 2)
      throw error
    }
  }

  private func callSpread(
    _ region: UnsafeMutablePointer<Value>,
    _ count: Int,
    _ keywords: [Symbol]
  ) throws(PythonError) -> Entered {
    var isInitializer = false
    var function = region.pointee.object(FunctionObject.self)
    if function == nil, case .object(let callable) = region.pointee,
      !(callable is BuiltinFunction)
    {
      function = arrange(callable, region, count, &isInitializer)
    }
    if let function, stack.owns(region) {
      let instance = isInitializer ? region[1] : .unbound
      if let frame = try enter(function, region, count, keywords, region: region) {
        frame.pointee.instance = instance
        return .frame(frame)
      }
      let generator = region.move()
      stack.release(region, initialized: 0, reserved: count + 2)
      return .value(generator)
    }
    let value = try invoke(region, count, keywords)
    if isInitializer, !value.isNone { throw badInitializer(value) }
    let result = isInitializer ? region[1] : value
    stack.release(region, initialized: count + 2, reserved: count + 2)
    return .value(result)
  }

  private func spreadKeywords(_ dict: DictObject) -> [(Value, Value)] {
    var pairs: [(Value, Value)] = []
    pairs.reserveCapacity(dict.table.count)
    for entry in dict.table.entries where !entry.key.isUnbound {
      pairs.append((entry.key, entry.value))
    }
    return pairs
  }

  /// Puts the cells that a function received from outside into their slots.
  @inline(__always)
  func initializeFreeCells(_ frame: FramePointer, _ function: FunctionObject) {
    let body = frame.pointee.body
    let count = function.closure.count
    if count == 0 { return }
    var slot = frame.pointee.locals + body.pointee.slotCount - count
    for cell in function.closure {
      slot.initialize(to: .object(cell))
      slot += 1
    }
  }

  /// The error of an `__init__` that returns something.
  func badInitializer(_ value: Value) -> PythonError {
    typeError("__init__() should return None, not '\(typeName(value))'")
  }
}
