import Autograd

// The tables of the classes.
extension Torch {
  /// The rows of operations that are functions of torch or methods of tensors.
  static var operations: [TorchRow] {
    TorchRow.unary + TorchRow.binary + TorchRow.arithmetic + TorchRow.selection
      + TorchRow.reduction + TorchRow.view + TorchRow.splitting + TorchRow.copy
      + TorchRow.factory + TorchRow.matrix + TorchRow.random
  }

  /// Fills the classes of torch and notes the functions.
  func install() {
    var rows = Self.operations
    let originals = Dictionary(rows.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for alias in TorchRow.aliases {
      if let row = originals[alias.original] { rows.append(row.named(alias.name)) }
    }
    for row in rows {
      operationRows[row.name] = row
      if row.has(.method) { install(row, .method) }
      if row.has(.inPlace) { install(row, .inPlace) }
    }
    let base = types.tensorBase
    machine.install(rows: Self.operatorRows, in: base)
    machine.install(rows: Self.indexRows, in: base)
    machine.install(rows: Self.conversionRows, in: base)
    machine.install(rows: Self.textRows, in: types.tensor)
    machine.install(rows: Self.methodRows, in: types.tensor)
    machine.install(attributes: Self.attributeRows, in: base)
    machine.install(rows: Self.tensorClassRows, in: types.tensor)
    machine.install(rows: Self.parameterRows, in: types.parameter)
    machine.install(rows: Self.nodeRows, in: types.node)
    machine.install(attributes: Self.nodeAttributes, in: types.node)
    machine.install(rows: Self.handleRows, in: types.removableHandle)
    machine.install(rows: Self.contextRows, in: types.functionContext)
    machine.install(attributes: Self.contextAttributes, in: types.functionContext)
    machine.install(rows: Self.functionClassRows, in: types.function)
    installConstants()
  }

  private func install(_ row: TorchRow, _ variant: TorchSignatureGroup.Variant) {
    machine.install(rows: [makeRow(row, variant)], in: types.tensorBase)
  }

  /// What only the class of tensors has.
  private static let tensorClassRows: [BuiltinRow] = [
    BuiltinRow("__new__", nil, keywords: true) { (machine, arguments) throws(PythonError) in
      try machine.requireTorch().makeLegacyTensor(arguments)
    },
    BuiltinRow("__init__", nil, keywords: true) { (_, _) throws(PythonError) in .none },
    BuiltinRow("__getattr__", 1...1) { (machine, arguments) throws(PythonError) in
      let name = machine.text(arguments[1]) ?? ""
      if PublicNames.has(name, in: "torch.Tensor") {
        throw machine.notSupported("torch.Tensor.\(name)")
      }
      throw machine.attributeError(
        "'\(machine.typeName(arguments[0]))' object has no attribute '\(name)'",
        object: arguments[0],
        name: machine.symbol(name)
      )
    },
  ]

  /// `torch.Tensor(data)` or `torch.Tensor(2, 3)`, the constructor of old scripts.
  private func makeLegacyTensor(_ arguments: Arguments) throws(PythonError) -> Value {
    guard case .object(let object) = arguments[0], let type = object as? TypeObject else {
      throw machine.typeError("Tensor.__new__(X): X is not a type object")
    }
    let tensor = try legacyTensor(arguments)
    if type === types.tensor { return wrap(tensor) }
    let own = try run { () throws(AutogradError) in session.detach(tensor) }
    return .object(TensorObject(own, type: type))
  }

  private func legacyTensor(_ arguments: Arguments) throws(PythonError) -> Tensor {
    let values = arguments.positional(from: 1)
    let sizes: [Int]?
    if values.isEmpty {
      sizes = [0]
    } else if values.allSatisfy({ if case .int = $0 { true } else { false } }) {
      var ints: [Int] = []
      for value in values { ints.append(try int(value)) }
      sizes = ints
    } else if values.count == 1, machine.type(of: values[0]) === types.size {
      var ints: [Int] = []
      for item in items(of: values[0]) ?? [] { ints.append(try int(item)) }
      sizes = ints
    } else {
      sizes = nil
    }
    if let sizes {
      return try run { () throws(AutogradError) in try session.empty(sizes) }
    }
    if let tensor = tensor(values[0]) { return session.detach(tensor) }
    return try makeTensor(values[0], dtype: session.defaultDType)
  }

  /// `Parameter(data, requires_grad=True)`.
  private static let parameterRows: [BuiltinRow] = [
    BuiltinRow("__new__", nil, keywords: true) { (machine, arguments) throws(PythonError) in
      let torch = machine.requireTorch()
      let options = try torch.options(
        "Parameter.__new__",
        ["data", "requires_grad"],
        arguments,
        from: 1
      )
      guard case .object(let object) = arguments[0], let type = object as? TypeObject else {
        throw machine.typeError("Parameter.__new__(X): X is not a type object")
      }
      let data =
        options.has("data") ? torch.tensor(options["data"]) : nil
      if options.has("data"), data == nil {
        throw machine.typeError("\(machine.typeName(options["data"])) is not a Tensor")
      }
      return try torch.makeParameter(
        data,
        requiresGrad: options.flag("requires_grad") ?? true,
        type: type
      )
    },
    BuiltinRow("__repr__", 0...0) { (machine, arguments) throws(PythonError) in
      let torch = machine.requireTorch()
      return machine.string(torch.repr(try torch.object(arguments[0])))
    },
  ]

  /// A leaf that shares the memory of `data`.
  func makeParameter(
    _ data: Tensor?,
    requiresGrad: Bool,
    type: TypeObject
  ) throws(PythonError) -> Value {
    let source: Tensor
    if let data {
      source = session.detach(data)
    } else {
      source = try run { () throws(AutogradError) in try session.empty([0]) }
    }
    if requiresGrad {
      if !source.dtype.isFloatingPoint {
        throw machine.runtimeError(
          "Only Tensors of floating point and complex dtype can require gradients"
        )
      }
      try run { () throws(AutogradError) in _ = try session.setRequiresGrad(source, true) }
    }
    return .object(TensorObject(source, type: type))
  }

  /// A result with named fields, `torch.return_types.max`.
  func named(_ name: String, _ fields: [(String, Tensor)]) -> Value {
    let type = returnType(name, fields.map(\.0))
    return .object(TupleObject(fields.map { wrap($0.1) }, type: type))
  }

  private func returnType(_ name: String, _ fields: [String]) -> TypeObject {
    if let known = returnTypes[name] { return known }
    let made = machine.makeType(
      name,
      module: "torch.return_types",
      base: machine.types.tuple,
      layout: .tuple
    )
    var rows: [AttributeRow] = []
    for (index, field) in fields.enumerated() {
      rows.append(
        AttributeRow(field) { (_, value) throws(PythonError) in
          value.object(TupleObject.self)?.items[index] ?? .none
        }
      )
    }
    machine.install(attributes: rows, in: made)
    machine.install(
      rows: [
        BuiltinRow("__repr__", 0...0) { (machine, arguments) throws(PythonError) in
          var lines: [String] = []
          for (field, item) in zip(fields, arguments[0].object(TupleObject.self)?.items ?? []) {
            lines.append("\(field)=\(try machine.repr(item))")
          }
          return machine.string("torch.return_types.\(name)(\n\(lines.joined(separator: ",\n")))")
        }
      ],
      in: made
    )
    returnTypes[name] = made
    return made
  }
}
