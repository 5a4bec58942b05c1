import Autograd
import BigInt

// Seeds and generators.
extension Torch {
  /// `torch.random.NAME`, of which the module torch has the same.
  static var randomEntries: [String: TorchEntry] {
    var entries: [String: TorchEntry] = [:]
    for row in seedRows { entries[row.name] = .builtin(row) }
    return entries
  }

  /// The functions of the default generator.
  static let seedRows: [BuiltinRow] = [
    function("manual_seed", nil, keywords: true) { torch, arguments in
      let options = try torch.options("manual_seed", ["seed"], required: 1, arguments, from: 0)
      torch.session.generator.manualSeed(try torch.seed(options["seed"]))
      return torch.defaultGenerator
    },
    function("seed", 0...0) { torch, _ in
      torch.session.generator.manualSeed(Generator.defaultSeed)
      return .int(Int(Generator.defaultSeed))
    },
    function("initial_seed", 0...0) { torch, _ in
      torch.value(ofSeed: torch.session.generator.seed)
    },
    function("get_rng_state", 0...0) { torch, _ in
      torch.wrapState(torch.session.generator.state)
    },
    function("set_rng_state", 1...1) { torch, arguments in
      try torch.setState(of: torch.session.generator, arguments[0])
      return .none
    },
  ]

  /// The methods of generators.
  static let generatorRows: [BuiltinRow] = [
    BuiltinRow("__new__", nil, keywords: true) { (machine, arguments) throws(PythonError) in
      .object(TorchGenerator(Generator(), type: machine.requireTorch().types.generator))
    },
    generatorRow("manual_seed", 1...1) { (torch, object, arguments) throws(PythonError) in
      object.generator.manualSeed(try torch.seed(arguments[1]))
      return .object(object)
    },
    generatorRow("seed") { (_, object, _) throws(PythonError) in
      object.generator.manualSeed(Generator.defaultSeed)
      return .int(Int(Generator.defaultSeed))
    },
    generatorRow("initial_seed") { (torch, object, _) throws(PythonError) in
      torch.value(ofSeed: object.generator.seed)
    },
    generatorRow("get_state") { (torch, object, _) throws(PythonError) in
      torch.wrapState(object.generator.state)
    },
    generatorRow("set_state", 1...1) { (torch, object, arguments) throws(PythonError) in
      try torch.setState(of: object.generator, arguments[1])
      return .object(object)
    },
  ]

  private static func generatorRow(
    _ name: String,
    _ arity: ClosedRange<Int> = 0...0,
    _ body: @escaping @Sendable (Torch, TorchGenerator, Arguments) throws(PythonError) -> Value
  ) -> BuiltinRow {
    BuiltinRow(name, arity) { (machine, arguments) throws(PythonError) in
      guard let object = arguments[0].object(TorchGenerator.self) else { return .none }
      return try body(machine.requireTorch(), object, arguments)
    }
  }

  /// A seed as PyTorch takes it: 64 bits, negative ones wrapped.
  private func seed(_ value: Value) throws(PythonError) -> UInt64 {
    let number = try machine.call(.object(machine.types.int), [value])
    if case .int(let seed) = number { return UInt64(bitPattern: Int64(seed)) }
    if let big = number.object(IntegerObject.self), let seed = UInt64(exactly: big.number) {
      return seed
    }
    throw machine.valueError("Overflow when unpacking long long")
  }

  private func value(ofSeed seed: UInt64) -> Value {
    if let word = Int(exactly: seed) { return .int(word) }
    return machine.integer(.init(seed))
  }

  /// The state of a generator as a tensor.
  ///
  /// PyTorch gives bytes; where that type is missing the bytes are elements of `torch.int32`.
  private func wrapState(_ state: Generator.State) -> Value {
    let bytes = state.bytes
    let dtype = DType(named: "uint8") ?? .int32
    do throws(AutogradError) {
      return wrap(
        try session.unwatched { () throws(AutogradError) in
          try session.tensor(bytes.map { .int(Int($0)) }, sizes: [bytes.count], dtype)
        }
      )
    } catch {
      return .none
    }
  }

  private func setState(of generator: Generator, _ value: Value) throws(PythonError) {
    guard let tensor = tensor(value) else {
      throw machine.typeError("expected a torch.ByteTensor, but got \(typeName(value))")
    }
    let bytes = session.elements(tensor).map { UInt8(truncatingIfNeeded: $0.integer) }
    guard let state = Generator.State(bytes: bytes) else {
      throw machine.runtimeError("RNG state is wrong size")
    }
    generator.state = state
  }
}
