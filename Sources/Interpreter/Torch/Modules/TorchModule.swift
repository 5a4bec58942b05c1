import Autograd

/// A name of one of torch's modules: what it stands for is made when a script first asks.
enum TorchEntry: Sendable {
  /// The function of a row.
  case function(TorchRow)
  /// A function that parses its arguments itself.
  case builtin(BuiltinRow)
  /// Anything else.
  case value(@Sendable (Torch) throws(PythonError) -> Value)
  /// A name of a module of the library that is written in Python.
  case library(String)
  /// A module.
  case module
}

extension Torch {
  /// The entries of a module that is not written in Python.
  static func entries(of module: String) -> [String: TorchEntry] {
    switch module {
    case "torch": torchEntries
    case "torch._C": coreEntries
    case "torch._C._nn": nnEntries
    case "torch._C._autograd": savedHookEntries
    case "torch.autograd": autogradEntries
    case "torch.autograd.function": functionEntries
    case "torch.autograd.variable":
      ["Variable": .value { (t) throws(PythonError) in t.variableClass }]
    case "torch.linalg": linalgEntries
    case "torch.special": specialEntries
    case "torch.nn.parameter":
      ["Parameter": .value { (t) throws(PythonError) in .object(t.types.parameter) }]
    case "torch.random": randomEntries
    case "torch.cuda": cudaEntries
    case "torch.backends": ["cudnn": .module]
    case "torch.backends.cudnn": cudnnEntries
    case "torch.utils": ["data": .module, "hooks": .module]
    default: [:]
    }
  }

  /// The modules that are made in Swift.
  static let nativeModules = [
    "torch", "torch._C", "torch._C._nn", "torch._C._autograd", "torch.autograd",
    "torch.autograd.function", "torch.autograd.variable", "torch.linalg", "torch.special",
    "torch.nn.parameter", "torch.nn.modules", "torch.random", "torch.cuda", "torch.backends",
    "torch.backends.cudnn", "torch.utils", "torch.testing",
  ]

  /// The rows of all modules of torch.
  static var moduleRows: [ModuleRow] {
    nativeModules.map { name in
      ModuleRow(name: name) { (machine) throws(PythonError) in
        machine.requireTorch().makeModule(name)
      }
    } + libraryModules
  }

  private func makeModule(_ name: String) -> ModuleObject {
    ModuleObject(name: name, type: machine.types.module) {
      (machine, module, symbol) throws(PythonError) in
      try machine.requireTorch().find(symbol, in: module)
    }
  }

  /// What a module has under a name, kept in the module from then on.
  private func find(_ symbol: Symbol, in module: ModuleObject) throws(PythonError) -> Value? {
    let name = machine.symbols.name(symbol)
    if entryTables[module.name] == nil { entryTables[module.name] = Self.entries(of: module.name) }
    guard let entry = entryTables[module.name]?[name] else {
      // The library names all that it builds on when it is loaded; what is missing matters when it is called.
      if isAskedByLibrary { return absent(name) }
      guard PublicNames.has(name, in: module.name) else { return nil }
      throw machine.notSupported("\(module.name).\(name)")
    }
    let value: Value
    switch entry {
    case .function(let row):
      value = machine.function(makeRow(row, .function), module: module.name)
    case .builtin(let row): value = machine.function(row, module: module.name)
    case .value(let make): value = try make(self)
    case .module: value = try machine.importName("\(module.name).\(name)", last: true)
    case .library(let source):
      let library = try machine.importName(source, last: true)
      value = try machine.attribute(library, symbol)
    }
    module.attributes?[symbol] = value
    return value
  }

  private var isAskedByLibrary: Bool { machine.frame?.pointee.code.isLibrary ?? false }

  /// What stands for a function that does not exist here; a call of it ends the run.
  private func absent(_ name: String) -> Value {
    machine.function(
      BuiltinRow(name, keywords: true) { (machine, _) throws(PythonError) in
        throw machine.notSupported("torch.\(name)()")
      },
      module: "torch"
    )
  }
}

extension Torch {
  /// `torch.NAME`.
  private static var torchEntries: [String: TorchEntry] {
    var entries: [String: TorchEntry] = [:]
    for row in operations where row.has(.function) { entries[row.name] = .function(row) }
    for row in operations where row.has(.inPlace) && inPlaceFunctions.contains(row.name) {
      entries[row.name + "_"] = .function(row.asInPlaceFunction)
    }
    for alias in TorchRow.aliases {
      if case .function(let row)? = entries[alias.original] {
        entries[alias.name] = .function(row.named(alias.name))
      }
    }
    for row in functionRows + seedRows { entries[row.name] = .builtin(row) }
    for dtype in DType.allCases {
      entries[dtype.traits.shortName] = .value { (torch) throws(PythonError) in torch.wrap(dtype) }
    }
    for (name, dtype) in dtypeSynonyms {
      entries[name] = .value { (torch) throws(PythonError) in torch.wrap(dtype) }
    }
    for name in ["no_grad", "enable_grad", "set_grad_enabled", "inference_mode"] {
      entries[name] = .library("torch.autograd.grad_mode")
    }
    for name in submodules { entries[name] = .module }
    for (name, value) in numbers {
      entries[name] = .value { (_) throws(PythonError) in .float(value) }
    }
    for (name, make) in values { entries[name] = .value(make) }
    return entries
  }

  private static let dtypeSynonyms: [(String, DType)] = [
    ("float", .float32), ("double", .float64), ("long", .int64), ("int", .int32),
  ]

  private static let submodules = [
    "_C", "nn", "optim", "autograd", "linalg", "special", "random", "cuda", "backends", "utils",
    "testing",
  ]

  private static let numbers: [(String, Double)] = [
    ("pi", .pi), ("e", 2.718281828459045), ("inf", .infinity), ("nan", .nan),
  ]

  /// The in-place operations that are functions of the module too.
  private static let inPlaceFunctions: Set = [
    "abs", "acos", "asin", "atan", "acosh", "asinh", "atanh", "ceil", "celu", "clamp", "clamp_max",
    "clamp_min", "cos", "cosh", "deg2rad", "detach", "dropout", "erf", "erfc", "exp", "exp2",
    "expm1", "fill", "floor", "frac", "log", "log10", "log1p", "log2", "logit", "nan_to_num",
    "neg", "rad2deg", "reciprocal", "relu", "round", "rsqrt", "selu", "sigmoid", "sin", "sinc",
    "sinh", "sqrt", "square", "tan", "tanh", "threshold", "trunc", "xlogy", "zero", "resize_as",
    "alpha_dropout", "feature_dropout", "rrelu", "i0", "ldexp", "addmv", "index_put",
  ]

  private static let values: [(String, @Sendable (Torch) throws(PythonError) -> Value)] = [
    ("Tensor", { (t) throws(PythonError) in .object(t.types.tensor) }),
    ("Size", { (t) throws(PythonError) in .object(t.types.size) }),
    ("dtype", { (t) throws(PythonError) in .object(t.types.dtype) }),
    ("device", { (t) throws(PythonError) in .object(t.types.device) }),
    ("layout", { (t) throws(PythonError) in .object(t.types.layout) }),
    ("memory_format", { (t) throws(PythonError) in .object(t.types.memoryFormat) }),
    ("Generator", { (t) throws(PythonError) in .object(t.types.generator) }),
    ("UntypedStorage", { (t) throws(PythonError) in .object(t.types.storage) }),
    ("finfo", { (t) throws(PythonError) in .object(t.types.finfo) }),
    ("iinfo", { (t) throws(PythonError) in .object(t.types.iinfo) }),
    ("FloatTensor", { (t) throws(PythonError) in t.legacyClass(.float32) }),
    ("DoubleTensor", { (t) throws(PythonError) in t.legacyClass(.float64) }),
    ("LongTensor", { (t) throws(PythonError) in t.legacyClass(.int64) }),
    ("IntTensor", { (t) throws(PythonError) in t.legacyClass(.int32) }),
    ("BoolTensor", { (t) throws(PythonError) in t.legacyClass(.bool) }),
    ("default_generator", { (t) throws(PythonError) in t.defaultGenerator }),
    ("newaxis", { (_) throws(PythonError) in .none }),
    ("__version__", { (t) throws(PythonError) in t.machine.string("2.13.0+cpu") }),
    (
      "strided",
      { (t) throws(PythonError) in t.constant("torch.strided", t.types.layout) }
    ),
    (
      "contiguous_format",
      { (t) throws(PythonError) in
        t.constant("torch.contiguous_format", t.types.memoryFormat)
      }
    ),
    (
      "preserve_format",
      { (t) throws(PythonError) in t.constant("torch.preserve_format", t.types.memoryFormat) }
    ),
  ]

  private static let cudnnEntries: [String: TorchEntry] = [
    "deterministic": .value { (_) throws(PythonError) in .bool(false) },
    "benchmark": .value { (_) throws(PythonError) in .bool(false) },
    "enabled": .value { (_) throws(PythonError) in .bool(true) },
  ]

  private static let cudaEntries: [String: TorchEntry] = [
    "is_available": .builtin(
      BuiltinRow("is_available", 0...0) { (_, _) throws(PythonError) in .bool(false) }
    ),
    "device_count": .builtin(
      BuiltinRow("device_count", 0...0) { (_, _) throws(PythonError) in .int(0) }
    ),
    "manual_seed": .builtin(
      BuiltinRow("manual_seed", 1...1) { (_, _) throws(PythonError) in .none }
    ),
    "manual_seed_all": .builtin(
      BuiltinRow("manual_seed_all", 1...1) { (_, _) throws(PythonError) in .none }
    ),
    "empty_cache": .builtin(
      BuiltinRow("empty_cache", 0...0) { (_, _) throws(PythonError) in .none }
    ),
  ]
}

extension TorchRow {
  /// The form in place as a function: `torch.relu_(x)`.
  var asInPlaceFunction: TorchRow {
    let overloads = overloads.filter { $0.prefix { $0 != " " }.contains("i") }
      .map { "f" + $0.drop { $0 != " " } }
    let body = body
    return TorchRow(name + "_", overloads, shortCut: nil) { try body($0.inPlace) }
  }
}

extension TorchCall {
  /// The same call as that of the method in place.
  fileprivate var inPlace: TorchCall {
    TorchCall(
      torch: torch,
      name: name,
      overload: overload,
      variant: .inPlace,
      signature: signature,
      values: values
    )
  }
}
