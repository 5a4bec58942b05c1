import Autograd

/// The module `torch` of one machine: its session, its classes and its functions.
final class Torch {
  unowned let machine: Machine
  /// The engine.
  let session: Session
  /// The classes.
  let types: TorchTypes
  /// The names that torch looks up itself.
  let names: TorchNames
  /// How tensors are printed, `torch.set_printoptions`.
  var printOptions = PrintOptions()
  /// The functions made from rows, by number.
  var functions: [TorchFunction] = []
  /// The objects `torch.float32` and so on, by the raw values of the dtypes.
  private(set) var dtypes: [Value] = []
  /// The class of nodes by name, `MulBackward0`.
  var nodeTypes: [String: TypeObject] = [:]
  /// The classes of results with named fields, `torch.return_types.max`.
  var returnTypes: [String: TypeObject] = [:]
  /// The constants with a name of their own: `torch.strided`, `torch.contiguous_format`.
  var constants: [String: Value] = [:]
  /// The rows of operations by name, for the functions of the module.
  var operationRows: [String: TorchRow] = [:]
  /// The number of hooks registered.
  var handleCount = 0
  /// How many functions are running that PyTorch has in Python files of its own, and where the innermost was called.
  var isInLibrary = 0
  var libraryFrame: FramePointer?
  /// What the modules have, by module.
  var entryTables: [String: [String: TorchEntry]] = [:]
  /// The variables of library modules that are being loaded.
  var loading: [String: Namespace] = [:]
  /// The outer hooks for saved tensors, and why there may be none.
  var hookStack: [SavedVariableHooks?] = []
  var disabledHooks: String?
  /// The device that everything is on.
  let cpu: Value

  init(_ machine: Machine) {
    self.machine = machine
    session = Session()
    types = TorchTypes(machine)
    names = TorchNames(&machine.symbols)
    cpu = .object(DeviceObject(kind: "cpu", index: nil, type: types.device))
    for dtype in DType.allCases {
      dtypes.append(.object(DTypeObject(dtype, type: types.dtype)))
    }
    session.memory.limit = machine.limits.memory
    session.observer = machine.observer
    session.warningSink = { [unowned self] (warning) throws(AutogradError) in
      try show(warning)
    }
    session.isCancelled = { [unowned machine] in machine.host.isCancelled }
    install()
  }

  /// The object of a dtype.
  func wrap(_ dtype: DType) -> Value { dtypes[Int(dtype.rawValue)] }
}

/// Names that the torch module looks up on Python objects.
struct TorchNames {
  let forward: Symbol
  let backward: Symbol
  let vjp: Symbol
  let setupContext: Symbol
  let contextClass: Symbol

  init(_ symbols: inout SymbolTable) {
    forward = symbols.symbol("forward")
    backward = symbols.symbol("backward")
    vjp = symbols.symbol("vjp")
    setupContext = symbols.symbol("setup_context")
    contextClass = symbols.symbol("_backward_cls")
  }
}

extension Machine {
  /// The torch module's state, made when it is first needed.
  @inline(__always)
  func requireTorch() -> Torch {
    if let torch { return torch }
    return makeTorch()
  }

  @inline(never)
  private func makeTorch() -> Torch {
    let made = Torch(self)
    torch = made
    return made
  }
}
