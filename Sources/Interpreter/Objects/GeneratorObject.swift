/// A generator: a frame that is left at each `yield` and gone on with at each `next`.
final class GeneratorObject: IteratorObject {
  /// Where the body stands.
  enum State {
    case created, suspended, running, finished
  }

  /// Where the body stands.
  var state = State.created
  /// What the body returned, once it has.
  var result: Value = .none
  /// `__name__`.
  let name: String
  /// `__qualname__`.
  let qualifiedName: String
  /// The frame, until the body is finished.
  private(set) var frame: FramePointer?
  /// What the body is handling while it is suspended.
  private var handled: ExceptionObject?
  private unowned(unsafe) let machine: Machine

  /// A generator whose body has not begun, owner of `frame` from now on.
  init(_ frame: FramePointer, _ machine: Machine) {
    self.frame = frame
    self.machine = machine
    name = frame.pointee.function.name
    qualifiedName = frame.pointee.function.qualifiedName
    super.init(type: machine.types.generator)
    frame.pointee.generator = self
  }

  /// Takes over the frame of a generator that is being released.
  private init(rescuing frame: FramePointer, _ other: GeneratorObject) {
    self.frame = frame
    machine = other.machine
    name = other.name
    qualifiedName = other.qualifiedName
    state = .suspended
    handled = other.handled
    super.init(type: other.machine.types.generator)
    frame.pointee.generator = self
  }

  deinit {
    guard let frame else { return }
    // Blocks such as `finally` still run, as they do when CPython releases a generator.
    if state == .suspended, isInsideBlock(frame) {
      machine.abandoned.append(GeneratorObject(rescuing: frame, self))
      machine.countdown.pointee = min(machine.countdown.pointee, 0)
      return
    }
    free(frame)
  }

  override func next(_ machine: Machine) throws(PythonError) -> Value? {
    try send(.none)
  }
}

extension GeneratorObject {
  /// Goes on with the body, whose `yield` gives `value`; nil when the body returns, see ``result``.
  func send(_ value: Value) throws(PythonError) -> Value? {
    switch state {
    case .running: throw machine.valueError("generator already executing")
    case .finished: return nil
    case .created:
      guard value.isNone else {
        throw machine.typeError("can't send non-None value to a just-started generator")
      }
    case .suspended:
      if let frame {
        frame.pointee.top.initialize(to: value)
        frame.pointee.top += 1
      }
    }
    return try resume()
  }

  /// Raises `exception` where the body stands.
  func `throw`(_ exception: ExceptionObject) throws(PythonError) -> Value? {
    switch state {
    case .running: throw machine.valueError("generator already executing")
    case .finished: throw machine.raise(exception)
    case .created:
      finish()
      throw machine.raise(exception)
    case .suspended: break
    }
    guard let frame else { return nil }
    if frame.pointee.next.pointee.opcode == .yieldFrom {
      let delegate = (frame.pointee.top - 1).pointee
      if let yielded = try throwInto(delegate, exception, frame) { return yielded }
      // The delegate returned or raised; either way the body goes on.
      return try resume()
    }
    _ = machine.raise(exception)
    frame.pointee.isThrowing = true
    return try resume()
  }

  /// Ends the body with GeneratorExit.
  func close() throws(PythonError) {
    switch state {
    case .finished: return
    case .created:
      finish()
      return
    case .running, .suspended: break
    }
    let exit = ExceptionObject([], type: machine.types.generatorExit)
    do throws(PythonError) {
      if try self.throw(exit) != nil {
        throw machine.runtimeError("generator ignored GeneratorExit")
      }
    } catch {
      guard machine.stop == nil, let raised = machine.raised,
        let type = raised.type,
        type.isSubtype(of: machine.types.generatorExit)
          || type.isSubtype(of: machine.types.stopIteration)
      else { throw error }
      machine.raised = nil
    }
  }

  /// Marks the body as left for good.
  func finish() {
    state = .finished
    guard let frame else { return }
    self.frame = nil
    free(frame)
  }

  private func resume() throws(PythonError) -> Value? {
    guard let frame else { return nil }
    if machine.depth >= machine.recursionLimit || machine.nativeDepth > Machine.mostNativeDepth {
      throw machine.recursionError()
    }
    let callers = machine.handled
    if let handled { machine.handled = handled }
    handled = nil
    state = .running
    frame.pointee.back = machine.frame
    machine.frame = frame
    machine.depth += 1
    do throws(PythonError) {
      let value = try machine.execute(frame)
      if state == .suspended {
        if machine.handled !== callers { handled = machine.handled }
        machine.handled = callers
        return value
      }
      machine.handled = callers
      result = value
      finish()
      return nil
    } catch {
      machine.handled = callers
      finish()
      throw converted(error)
    }
  }

  /// A StopIteration that leaves a generator becomes a RuntimeError.
  private func converted(_ error: PythonError) -> PythonError {
    guard machine.stop == nil, let raised = machine.raised, let type = raised.type,
      type.isSubtype(of: machine.types.stopIteration)
    else { return error }
    let replacement = ExceptionObject(
      [machine.string("generator raised StopIteration")],
      type: machine.types.runtimeError
    )
    replacement.cause = raised
    replacement.suppressesContext = true
    replacement.context = raised
    machine.raised = replacement
    return error
  }

  /// Hands `exception` to what a `yield from` iterates; nil when the body must be gone on with.
  private func throwInto(
    _ delegate: Value,
    _ exception: ExceptionObject,
    _ frame: FramePointer
  ) throws(PythonError) -> Value? {
    do throws(PythonError) {
      if let inner = delegate.object(GeneratorObject.self) {
        let isExit = exception.type === machine.types.generatorExit
        if isExit {
          try inner.close()
          throw machine.raise(exception)
        }
        state = .running
        defer { state = .suspended }
        if let yielded = try inner.throw(exception) { return yielded }
        replaceDelegate(frame, with: inner.result)
        return nil
      }
      let method = try machine.attributeIfAny(delegate, machine.names.throw)
      guard let method else { throw machine.raise(exception) }
      return try machine.call(method, [.object(exception)])
    } catch {
      if machine.stop != nil { throw error }
      if let raised = machine.raised, let type = raised.type,
        type.isSubtype(of: machine.types.stopIteration), raised !== exception
      {
        machine.raised = nil
        replaceDelegate(frame, with: raised.arguments.first ?? .none)
        return nil
      }
      frame.pointee.next += 1
      frame.pointee.isThrowing = true
      return nil
    }
  }

  /// What `yield from` gives when its iterator is at its end.
  private func replaceDelegate(_ frame: FramePointer, with value: Value) {
    (frame.pointee.top - 1).pointee = value
    frame.pointee.next += 1
  }

  private func isInsideBlock(_ frame: FramePointer) -> Bool {
    let next = frame.pointee.next
    let position = next - frame.pointee.body.pointee.instructions
    let at = next.pointee.opcode == .yieldFrom ? position : position - 1
    return frame.pointee.code.handlers.contains { $0.start <= at && at < $0.end }
  }

  private func free(_ frame: FramePointer) {
    let locals = frame.pointee.locals
    locals.deinitialize(count: frame.pointee.top - locals)
    let memory = UnsafeMutableRawPointer(frame).assumingMemoryBound(to: Value.self)
    frame.deinitialize(count: 1)
    memory.deallocate()
  }
}

extension Machine {
  /// Leaves a generator's frame at a `yield`, to go on at `next`.
  @inline(__always)
  func suspend(
    _ frame: FramePointer,
    _ top: UnsafeMutablePointer<Value>,
    _ next: UnsafeMutablePointer<Instruction>
  ) {
    frame.pointee.top = top
    frame.pointee.next = next
    frame.pointee.generator?.state = .suspended
    self.frame = frame.pointee.back
    frame.pointee.back = nil
    depth -= 1
  }

  /// Marks the generator whose frame returns or raises as finished.
  @inline(__always)
  func finish(_ frame: FramePointer) {
    frame.pointee.generator?.state = .finished
  }

  /// One step of `yield from`: what is yielded, or nil with the result in ``delegated``.
  func delegate(_ iterator: Value, _ sent: Value) throws(PythonError) -> Value? {
    delegated = .none
    if let generator = iterator.object(GeneratorObject.self) {
      if let yielded = try generator.send(sent) { return yielded }
      delegated = generator.result
      generator.result = .none
      return nil
    }
    do throws(PythonError) {
      if sent.isNone {
        if let native = iterator.object(IteratorObject.self) { return try native.next(self) }
        return try callMethod(type(of: iterator).find(names.dunderNext), iterator)
      }
      return try call(method: names.send, of: iterator, [sent])
    } catch {
      delegated = try caught(types.stopIteration).arguments.first ?? .none
      return nil
    }
  }

  /// Closes the generators that were released inside a block.
  func closeAbandoned() throws(PythonError) {
    while let generator = abandoned.popLast() {
      do throws(PythonError) {
        try generator.close()
      } catch {
        if stop != nil { throw error }
        raised = nil
      }
    }
  }
}
