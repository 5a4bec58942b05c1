import Autograd

// Functions of the module that are no operations: modes, defaults, printing, questions about tensors.
extension Torch {
  /// `torch.NAME` for what parses its arguments itself.
  static let functionRows: [BuiltinRow] = [
    function("is_tensor", 1...1) { torch, arguments in .bool(torch.isTensor(arguments[0])) },
    function("is_floating_point", 1...1) { torch, arguments in
      .bool(try torch.object(arguments[0]).tensor.dtype.isFloatingPoint)
    },
    function("is_complex", 1...1) { _, _ in .bool(false) },
    function("is_nonzero", 1...1) { torch, arguments in
      .bool(try torch.machine.isTrue(arguments[0]))
    },
    function("is_inference", 1...1) { torch, arguments in
      .bool(try torch.object(arguments[0]).tensor.isInference)
    },
    function("numel", 1...1) { torch, arguments in
      .int(try torch.object(arguments[0]).tensor.numel)
    },
    function("typename", 1...1) { torch, arguments in
      if let tensor = torch.tensor(arguments[0]) {
        return torch.machine.string(tensor.dtype.tensorTypeName)
      }
      let type = torch.machine.type(of: arguments[0])
      let name = type.module == "builtins" ? type.name : "\(type.module).\(type.qualifiedName)"
      return torch.machine.string(name)
    },
    function("is_grad_enabled", 0...0) { torch, _ in .bool(torch.session.gradMode) },
    function("is_inference_mode_enabled", 0...0) { torch, _ in
      .bool(torch.session.inferenceMode)
    },
    function("is_anomaly_enabled", 0...0) { torch, _ in .bool(torch.session.anomalyMode) },
    function("is_anomaly_check_nan_enabled", 0...0) { torch, _ in
      .bool(torch.session.anomalyCheckNaN)
    },
    function("set_anomaly_enabled", 1...2, keywords: true) { torch, arguments in
      let options = try torch.options(
        "set_anomaly_enabled",
        ["mode", "check_nan"],
        required: 1,
        arguments,
        from: 0
      )
      torch.session.anomalyMode = options.flag("mode") ?? false
      torch.session.anomalyCheckNaN = options.flag("check_nan") ?? true
      return .none
    },
    function("get_default_dtype", 0...0) { torch, _ in torch.wrap(torch.session.defaultDType) },
    function("set_default_dtype", 1...1) { torch, arguments in
      guard let dtype = torch.dtype(of: arguments[0]) else {
        throw torch.machine.typeError("invalid dtype object")
      }
      guard dtype.isFloatingPoint else {
        throw torch.machine.typeError("only floating-point types are supported as the default type")
      }
      torch.session.defaultDType = dtype
      return .none
    },
    function("result_type", 2...2) { torch, arguments in
      if let tensor = torch.tensor(arguments[0]) {
        return torch.wrap(torch.session.resultType(tensor, try torch.operand(arguments[1])))
      }
      if let tensor = torch.tensor(arguments[1]) {
        return torch.wrap(torch.session.resultType(tensor, try torch.operand(arguments[0])))
      }
      let (a, b) = (try torch.scalar(arguments[0]), try torch.scalar(arguments[1]))
      switch max(a.category, b.category) {
      case .bool: return torch.wrap(.bool)
      case .integer: return torch.wrap(.int64)
      case .floatingPoint: return torch.wrap(torch.session.defaultDType)
      }
    },
    function("promote_types", 2...2) { torch, arguments in
      guard let a = torch.dtype(of: arguments[0]), let b = torch.dtype(of: arguments[1]) else {
        throw torch.machine.typeError("promote_types(): arguments must be torch.dtype")
      }
      return torch.wrap(DType.promote(a, b))
    },
    function("can_cast", 2...2) { torch, arguments in
      guard let a = torch.dtype(of: arguments[0]), let b = torch.dtype(of: arguments[1]) else {
        throw torch.machine.typeError("can_cast(): arguments must be torch.dtype")
      }
      return .bool(a.category <= b.category)
    },
    function("set_printoptions", nil, keywords: true) { torch, arguments in
      try torch.setPrintOptions(arguments)
      return .none
    },
    function("broadcast_shapes", nil) { torch, arguments in
      var sizes: [Int] = []
      for shape in arguments.positional() {
        var next: [Int] = []
        for item in torch.items(of: shape) ?? [shape] { next.append(try torch.int(item)) }
        sizes = try torch.broadcast(sizes, next)
      }
      return torch.size(sizes)
    },
    function("use_deterministic_algorithms", nil, keywords: true) { _, _ in .none },
    function("set_num_threads", 1...1) { _, _ in .none },
    function("get_num_threads", 0...0) { _, _ in .int(1) },
    function("set_num_interop_threads", 1...1) { _, _ in .none },
    function("set_default_device", 1...1) { torch, arguments in
      if !arguments[0].isNone { try torch.checkDevice(arguments[0]) }
      return .none
    },
    function("get_default_device", 0...0) { torch, _ in torch.cpu },
  ]

  /// A function whose body may throw either error.
  static func function(
    _ name: String,
    _ arity: ClosedRange<Int>?,
    keywords: Bool = false,
    _ body: @escaping @Sendable (Torch, Arguments) throws -> Value
  ) -> BuiltinRow {
    BuiltinRow(name, arity, keywords: keywords) { (machine, arguments) throws(PythonError) in
      let torch = machine.requireTorch()
      do {
        return try body(torch, arguments)
      } catch {
        throw torch.pythonError(error)
      }
    }
  }

  private func setPrintOptions(_ arguments: Arguments) throws {
    let options = try options(
      "set_printoptions",
      ["precision", "threshold", "edgeitems", "linewidth", "profile", "sci_mode"],
      arguments,
      from: 0
    )
    if let profile = machine.text(options["profile"]) { printOptions.use(profile: profile) }
    if options.has("precision") { printOptions.precision = try int(options["precision"]) }
    if options.has("threshold") {
      if case .float(let number) = options["threshold"] {
        printOptions.threshold = number.isInfinite ? nil : Int(number)
      } else {
        printOptions.threshold = try int(options["threshold"])
      }
    }
    if options.has("edgeitems") { printOptions.edgeItems = try int(options["edgeitems"]) }
    if options.has("linewidth") { printOptions.lineWidth = try int(options["linewidth"]) }
    printOptions.scientific = options.flag("sci_mode")
  }

  /// Sizes that two sizes broadcast to.
  private func broadcast(_ a: [Int], _ b: [Int]) throws(PythonError) -> [Int] {
    var result: [Int] = []
    for place in 0..<max(a.count, b.count) {
      let x = place < a.count ? a[a.count - 1 - place] : 1
      let y = place < b.count ? b[b.count - 1 - place] : 1
      guard x == y || x == 1 || y == 1 else {
        throw machine.runtimeError(
          "Shape mismatch: objects cannot be broadcast to a single shape"
        )
      }
      result.insert(x == 1 ? y : x, at: 0)
    }
    return result
  }

  /// The class of an old constructor, `torch.FloatTensor`.
  func legacyClass(_ dtype: DType) -> Value {
    let name = String(dtype.tensorTypeName.dropFirst(6))
    if let known = returnTypes[name] { return .object(known) }
    let made = machine.makeType(name, module: "torch")
    machine.install(
      rows: [
        BuiltinRow("__new__", nil) { (machine, arguments) throws(PythonError) in
          let torch = machine.requireTorch()
          let values = arguments.positional(from: 1)
          if values.allSatisfy({ if case .int = $0 { true } else { false } }) {
            var sizes: [Int] = []
            for value in values { sizes.append(try torch.int(value)) }
            if values.isEmpty { sizes = [0] }
            return torch.wrap(
              try torch.run { () throws(AutogradError) in try torch.session.empty(sizes, dtype) }
            )
          }
          return torch.wrap(try torch.makeTensor(values[0], dtype: dtype))
        }
      ],
      in: made
    )
    returnTypes[name] = made
    return .object(made)
  }

  /// `torch.default_generator`.
  var defaultGenerator: Value {
    if let known = constants["default_generator"] { return known }
    let made = Value.object(TorchGenerator(session.generator, type: types.generator))
    constants["default_generator"] = made
    return made
  }
}
