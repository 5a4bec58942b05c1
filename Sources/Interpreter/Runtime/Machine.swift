import Autograd

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
  /// Where the run was stopped.
  var stopPlace: ScriptPlace?
  /// The frames that were left because of ``stop``, the innermost first.
  var stopTrace: [TracebackEntry] = []
  /// Python's `sys.argv`.
  var scriptArguments: [String] = []
  /// Where output and warnings go.
  let host: any Host
  /// How far the script may go.
  let limits: Limits
  /// Whoever watches the session of `torch`, which asks for it when it is made.
  var observer: (any Observer)?
  /// What finds the names whose bindings changed, for observers.
  lazy var nameWatch = NameWatch(self)
  /// The class of what `globals()` gives.
  lazy var namespaceDictType = makeType(
    "dict",
    module: "builtins",
    base: types.dict,
    rows: NamespaceDict.rows
  )
  /// The containers whose `repr` is being made.
  var shown: [Object] = []
  /// Calls under way, of Python functions and of built-in ones that call back.
  var depth = 0
  /// The module `torch`, once it was imported.
  var torch: Torch?
  /// Loops under way inside one another, which is what the native stack grows with.
  var nativeDepth = 0
  /// How many of them fit the native stack with a wide margin.
  static let mostNativeDepth = 4000
  /// How deep calls may go; `sys.setrecursionlimit` changes it.
  var recursionLimit: Int
  /// The frame that runs, nil outside any.
  var frame: FramePointer?
  /// What the iterator of a finished `yield from` returned.
  var delegated: Value = .unbound
  /// Whether the exception on its way goes on without a new traceback entry in the running frame.
  var keepsTraceback = false
  /// Generators that were released in the middle of a block that must still be left.
  var abandoned: [GeneratorObject] = []
  /// The filters of `warnings` and what was shown.
  var warnings: WarningState
  /// The filters to go back to, for each `catch_warnings` that was entered.
  var savedWarnings: [(manager: Object, filters: [WarningState.Filter])] = []
  /// The class of what `catch_warnings(record=True)` collects.
  let warningMessageType: TypeObject
  /// Statements until the next look at limits and cancellation; below 0 the next statement looks.
  let countdown: UnsafeMutablePointer<Int>
  /// Statements that ran before the countdown was last set, and what it was set to.
  var pulses = Pulses()
  /// The dunder methods of the operators.
  let operators: OperatorNames
  /// `object.__new__`, to tell classes that keep it.
  var objectNew: Value = .unbound
  /// Python's `object.__init__`.
  var objectInit: Value = .unbound
  /// Python's `object.__getattribute__`.
  var objectGetattribute: Value = .unbound
  /// Python's `object.__setattr__`.
  var objectSetattr: Value = .unbound
  /// Python's `object.__init_subclass__`.
  var objectInitSubclass: Value = .unbound
  /// What the statement `class` calls.
  var buildClass: Value = .unbound
  /// The class of `x.__dict__`.
  let attributeDictType: TypeObject
  /// The class of `X.__dict__` of a class.
  let typeDictType: TypeObject
  /// Where frames and arguments lie.
  let stack = ValueStack()
  /// Python's `()`.
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
    recursionLimit = limits.recursion
    countdown = UnsafeMutablePointer<Int>.allocate(capacity: 1)
    countdown.initialize(to: 0)
    attributeDictType = TypeObject(
      name: "dict",
      module: "builtins",
      bases: [types.dict],
      layout: .other,
      metatype: types.type
    )
    typeDictType = TypeObject(
      name: "mappingproxy",
      module: "builtins",
      bases: [types.object],
      layout: .other,
      metatype: types.type
    )
    warningMessageType = TypeObject(
      name: "WarningMessage",
      module: "warnings",
      bases: [types.object],
      layout: .plain,
      metatype: types.type
    )
    warningMessageType.allowsAttributes = true
    warnings = WarningState(types)
    emptyTuple = .object(TupleObject([], type: types.tuple))
    installTypes()
    installBuiltins()
  }

  deinit {
    countdown.deallocate()
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
