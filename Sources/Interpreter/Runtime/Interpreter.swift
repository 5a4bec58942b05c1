/// Runs one script: source in, output and events out through a ``Host``.
///
/// The script runs on a thread of its own while ``run()`` waits, so the host is called on that thread.
public final class Interpreter {
  /// The script.
  public let source: SourceText
  /// What the script runs on.
  let machine: Machine
  /// The variables of the script.
  let globals: Namespace
  private let arguments: [String]

  /// An interpreter of `source`, whose `sys.argv` is `arguments`.
  public init(
    source: SourceText,
    arguments: [String] = [],
    host: any Host,
    limits: Limits = Limits()
  ) {
    self.source = source
    self.arguments = arguments
    machine = Machine(host: host, limits: limits)
    globals = Namespace(builtins: machine.builtins)
  }

  deinit {
    // Deeply nested values are released where there is room for it.
    let (machine, globals) = (machine, globals)
    LargeStack.run { machine.clear(globals) }
  }

  /// How a run ended.
  public enum Outcome: Sendable, Equatable {
    /// The script came to its end.
    case finished
    /// An exception that nothing caught, syntax errors included.
    case raised(TracebackReport)
    /// `sys.exit`: the status, and what Python prints on standard error.
    case exited(Int, String)
    /// The script needs something that this program does not have.
    case notSupported(ScriptPlace?, String)
    /// The host asked for the end; the text is what Python prints for a KeyboardInterrupt.
    case interrupted(String)
    /// A limit was reached.
    case limit(Limit, ScriptPlace?)
  }

  /// What may be limited.
  public enum Limit: Sendable, Equatable {
    /// ``Limits/steps``.
    case steps
    /// ``Limits/memory``.
    case memory
  }

  /// Runs the script to its end.
  public func run() -> Outcome {
    var outcome = Outcome.finished
    LargeStack.run { outcome = machine.run(source, arguments, globals) }
    return outcome
  }
}

extension Interpreter {
  /// The innermost place of the script that is running; nil outside a run.
  public var currentPlace: ScriptPlace? { machine.currentPlace }

  /// The functions of the script that are being called, the innermost last; the module is not among them.
  public var callStack: [ScriptCall] { machine.callStack }

  /// The number of functions of the script that are being called.
  public var callDepth: Int { machine.callDepth }

  /// The statements executed so far.
  public var steps: Int { machine.steps }
}

/// A call under way of a function of the script.
public struct ScriptCall: Sendable, Equatable {
  /// The qualified name, `Net.forward`.
  public var function: String
  /// Where the call stands: the statement and expression of the caller.
  public var place: ScriptPlace?

  /// A call from its parts.
  public init(function: String, place: ScriptPlace?) {
    self.function = function
    self.place = place
  }
}

extension Machine {
  /// The functions of the script that are being called, the innermost last.
  var callStack: [ScriptCall] {
    var calls: [ScriptCall] = []
    var candidate = frame
    while let frame = candidate {
      candidate = frame.pointee.back
      if frame.pointee.code.isLibrary || frame.pointee.code.kind == .module { continue }
      var caller = frame.pointee.back
      while let outer = caller, outer.pointee.code.isLibrary { caller = outer.pointee.back }
      calls.append(
        ScriptCall(
          function: frame.pointee.function.qualifiedName,
          place: caller.flatMap { place(in: $0) }
        )
      )
    }
    return calls.reversed()
  }

  /// The number of functions of the script that are being called.
  var callDepth: Int {
    var depth = 0
    var candidate = frame
    while let frame = candidate {
      if !frame.pointee.code.isLibrary, frame.pointee.code.kind != .module { depth += 1 }
      candidate = frame.pointee.back
    }
    return depth
  }

  /// Runs a script as the module `__main__`.
  func run(
    _ source: SourceText,
    _ arguments: [String],
    _ globals: Namespace
  ) -> Interpreter.Outcome {
    scriptArguments = arguments.isEmpty ? [source.name] : arguments
    let main = ModuleObject(name: "__main__", type: types.module)
    modules["__main__"] = main
    globals[names.dunderName] = string("__main__")
    globals[names.dunderFile] = string(source.name)
    globals[names.dunderDoc] = Value.none
    globals[names.dunderBuiltins] = Value.none
    let code: Code
    do throws(PythonSyntaxError) {
      code = try compile(source, globals: globals)
    } catch {
      return outcome(of: error, source)
    }
    if let documentation = code.documentation { globals[names.dunderDoc] = string(documentation) }
    startCounting()
    let function = FunctionObject(code: code, globals: globals, type: types.function)
    do throws(PythonError) {
      _ = try call(.object(function))
    } catch {
      return outcome()
    }
    return .finished
  }

  /// Compiles `source` as the body of a module whose variables are `globals`.
  func compile(
    _ source: SourceText,
    globals: Namespace,
    isLibrary: Bool = false
  ) throws(PythonSyntaxError) -> Code {
    let module = try Parser(source: source).parse()
    let (code, notes) = try Compiler.compile(
      module,
      source: source,
      machine: self,
      globals: globals,
      isLibrary: isLibrary
    )
    for note in notes { warn(note, source) }
    return code
  }

  /// Shows a SyntaxWarning, unless a filter that is there before the script runs says otherwise.
  private func warn(_ note: Compiler.SyntaxWarning, _ source: SourceText) {
    let place = WarningPlace(
      file: source.name,
      line: note.line,
      source: source.line(note.line),
      module: "__main__",
      isScript: true
    )
    host.warn(
      WarningReport(
        category: types.syntaxWarning.name,
        message: note.message,
        line: note.line,
        text: warningText(types.syntaxWarning.name, note.message, place)
      )
    )
  }

  /// Runs a library module written in Python and gives it.
  func runLibrary(_ source: SourceText, name: String) throws(PythonError) -> ModuleObject {
    let globals = Namespace(builtins: builtins)
    globals[names.dunderName] = string(name)
    let code: Code
    do throws(PythonSyntaxError) {
      code = try compile(source, globals: globals, isLibrary: true)
    } catch {
      throw self.error(types.syntaxError, "\(source.name):\(error.line): \(error.message)")
    }
    let function = FunctionObject(code: code, globals: globals, type: types.function)
    function.module = name
    _ = try call(.object(function))
    let module = ModuleObject(name: name, type: types.module)
    for binding in globals.bindings { module.attributes?[binding.name] = binding.value }
    return module
  }

  /// Unbinds what only cycles keep alive: the variables and the classes of the script.
  func clear(_ globals: Namespace) {
    globals.removeAll()
    var pending = types.object.liveSubclasses
    while let type = pending.popLast() {
      pending += type.liveSubclasses
      if type.isUserDefined { type.members.removeAll() }
    }
    modules = [:]
    raised = nil
    handled = nil
    abandoned = []
  }

  private func outcome() -> Interpreter.Outcome {
    let place = stopPlace
    switch stop {
    case .notSupported(let what, let place): return .notSupported(place, what)
    case .interrupted: return .interrupted(interruptText())
    case .steps: return .limit(.steps, place)
    case .memory: return .limit(.memory, place)
    case nil: break
    }
    guard let exception = raised else { return .finished }
    if let type = exception.type, type.isSubtype(of: types.systemExit) {
      return exit(exception)
    }
    return .raised(report(exception))
  }

  private func exit(_ exception: ExceptionObject) -> Interpreter.Outcome {
    let arguments = exception.arguments
    if arguments.isEmpty { return .exited(0, "") }
    let code = arguments.count == 1 ? arguments[0] : tuple(arguments)
    switch code {
    case .none: return .exited(0, "")
    case .int(let status): return .exited(status & 0xff, "")
    case .bool(let status): return .exited(status ? 1 : 0, "")
    default:
      raised = nil
      do throws(PythonError) {
        return .exited(1, try str(code) + "\n")
      } catch {
        return .exited(1, "")
      }
    }
  }

  private func interruptText() -> String {
    let exception = ExceptionObject([], type: types.keyboardInterrupt)
    exception.traceback = stopTrace
    return render(exception)
  }

  private func outcome(of error: PythonSyntaxError, _ source: SourceText) -> Interpreter.Outcome {
    let start = SourcePosition(
      line: error.line,
      column: max(error.offset - 1, 0),
      offset: source.start(ofLine: max(error.line, 1)) + max(error.offset - 1, 0)
    )
    let range = SourceRange(start: start, end: start)
    if error.kind == .notSupported {
      return .notSupported(ScriptPlace(statement: range, expression: range), error.message)
    }
    return .raised(
      TracebackReport(
        type: error.kind.rawValue,
        message: error.message,
        line: error.line,
        range: range,
        text: error.report(file: source.name)
      )
    )
  }
}
