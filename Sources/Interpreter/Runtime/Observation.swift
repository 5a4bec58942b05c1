public import Autograd

// What observers of a run may ask.
extension Interpreter {
  /// The session of the script's `torch`; nil until it is imported.
  public var session: Session? { machine.torch?.session }

  /// Whoever watches the session, from its beginning; held by the caller.
  public var observer: (any Observer)? {
    get { machine.observer }
    set {
      machine.observer = newValue
      session?.observer = newValue
    }
  }

  /// The qualified name of the innermost function of the script that is being called; `<module>` outside.
  public var functionName: String {
    machine.scriptFrame?.pointee.function.qualifiedName ?? "<module>"
  }

  /// Whether the innermost function of the script that is being called is the body of a class.
  public var isInClassBody: Bool { machine.scriptFrame?.pointee.code.kind == .classBody }

  /// Whether the innermost function of the script is at its first statement.
  public var isAtFirstStatement: Bool { machine.scriptFrame?.pointee.statement == 0 }

  /// Calls `report` with the names of the innermost frame of the script whose bindings changed since the last call
  /// for that frame, and with no value for those that were unbound; parameters of modules have dotted names.
  ///
  /// - Parameters:
  ///   - depth: The number of functions of the script that are being called.
  ///   - tensorName: What a tensor inside a container is called.
  ///   - report: What is told of each name.
  public func visitChangedNames(
    depth: Int,
    tensorName: @escaping (Tensor) -> String,
    _ report: (_ name: String, _ value: NamedValue?) -> Void
  ) {
    let watch = machine.nameWatch
    watch.forget(from: depth + 1)
    if depth == 0 {
      watch.visit(globals, tensorName: tensorName, report)
    } else if let frame = machine.scriptFrame {
      if frame.pointee.statement == 0 { watch.forget(from: depth) }
      watch.visit(frame, depth: depth, tensorName: tensorName, report)
    }
  }

  /// Calls `body` with the tensors that names of the module are bound to, and with the named parameters of modules
  /// bound there, as `NAME.PARAMETER`; names that begin with two underscores are left out.
  public func visitTensors(_ body: (_ name: String, _ tensor: Tensor) -> Void) {
    for (symbol, value) in globals.bindings {
      let name = machine.symbols.name(symbol)
      if name.hasPrefix("__") { continue }
      if let tensor = value.tensor { body(name, tensor) }
      machine.nameWatch.visitParameters(of: value, named: name) { dotted, value in
        if let tensor = value.tensor { body(dotted, tensor) }
      }
    }
  }
}

extension Machine {
  /// The innermost frame of the script.
  var scriptFrame: FramePointer? {
    var candidate = frame
    while let frame = candidate {
      if !frame.pointee.code.isLibrary { return frame }
      candidate = frame.pointee.back
    }
    return nil
  }
}

extension Value {
  /// The tensor inside, if it is one.
  var tensor: Tensor? { object(TensorObject.self)?.tensor }
}
