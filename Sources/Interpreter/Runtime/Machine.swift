/// The state of one running interpreter: types, built-ins, modules, the exception on its way, limits.
///
/// Everything that Python keeps per process or thread is here, so that several can live side by side.
final class Machine {
  /// The interned names.
  var symbols: SymbolTable
  /// The names that the machine looks up itself.
  let names: Names
  /// The classes of built-in values and exceptions.
  let types: BuiltinTypes
  /// What every module's names fall back on.
  let builtins = AttributeTable()
  /// The modules that were imported, by dotted name: `sys.modules`.
  var modules: [String: ModuleObject] = [:]
  /// The exception that a thrown ``PythonError`` stands for.
  var raised: ExceptionObject?
  /// The exception that an `except` block is handling.
  var handled: ExceptionObject?
  /// Why the run must end although the script could go on; no handler of the script sees it.
  var stop: Stop?
  /// Where output and warnings go.
  let host: any Host
  /// How far the script may go.
  let limits: Limits
  /// The containers whose `repr` is being made.
  var shown: [Object] = []
  /// Calls under way, of Python functions and of built-in ones that call back.
  var depth = 0
  /// The dunder methods of the operators.
  let operators: OperatorNames
  /// Where frames and arguments lie.
  let stack = ValueStack()
  /// `()`
  let emptyTuple: Value

  /// An end of the run that is not an exception.
  enum Stop: Equatable {
    /// Something that this program does not have, at a place of the script.
    case notSupported(String, place: ScriptPlace?)
    /// The host asked for it.
    case interrupted
    /// ``Limits/steps`` was reached.
    case steps
    /// ``Limits/memory`` was reached.
    case memory
  }

  init(host: any Host = SilentHost(), limits: Limits = Limits()) {
    var symbols = SymbolTable()
    names = Names(&symbols)
    operators = OperatorNames(&symbols)
    self.symbols = symbols
    types = BuiltinTypes()
    self.host = host
    self.limits = limits
    emptyTuple = .object(TupleObject([], type: types.tuple))
    installTypes()
    installBuiltins()
  }
}

extension Machine {
  /// The class of `value`.
  @inline(__always)
  func type(of value: Value) -> TypeObject {
    switch value {
    case .object(let object): object.type ?? types.object
    case .int: types.int
    case .float: types.float
    case .bool: types.bool
    case .none: types.noneType
    case .ellipsis: types.ellipsisType
    case .notImplemented: types.notImplementedType
    case .unbound: types.object
    }
  }

  /// The symbol of `text`, shorthand for look-ups by name.
  func symbol(_ text: String) -> Symbol { symbols.symbol(text) }
}

/// A host that drops everything, for tests and for code that only computes.
final class SilentHost: Host {
  init() {}
  func write(_ text: String) {}
  func writeError(_ text: String) {}
  func warn(_ warning: WarningReport) {}
  func willExecute(_ place: ScriptPlace) {}
  func didComplete(_ place: ScriptPlace) {}
  var isCancelled: Bool { false }
  var observesStatements: Bool { false }
}
