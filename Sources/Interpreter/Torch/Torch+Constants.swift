import Autograd

// dtypes, devices, sizes, generators and the like as Python objects.
extension Torch {
  /// Fills the tables of the small classes.
  func installConstants() {
    machine.install(rows: Self.dtypeRows, in: types.dtype)
    machine.install(attributes: Self.dtypeAttributes, in: types.dtype)
    machine.install(rows: Self.deviceRows, in: types.device)
    machine.install(attributes: Self.deviceAttributes, in: types.device)
    machine.install(rows: Self.nameRows, in: types.layout)
    machine.install(rows: Self.nameRows, in: types.memoryFormat)
    machine.install(rows: Self.sizeRows, in: types.size)
    machine.install(rows: Self.generatorRows, in: types.generator)
    machine.install(rows: Self.storageRows, in: types.storage)
    machine.install(rows: Self.savedTensorRows, in: types.savedTensor)
    machine.install(attributes: Self.handleAttributes, in: types.removableHandle)
    machine.install(attributes: Self.metadataAttributes, in: nodeType("InputMetadata"))
    machine.install(rows: Self.limitRows(isFloat: true), in: types.finfo)
    machine.install(rows: Self.limitRows(isFloat: false), in: types.iinfo)
    machine.install(attributes: Self.limitAttributes, in: types.finfo)
    machine.install(attributes: Self.limitAttributes, in: types.iinfo)
  }

  private static let dtypeRows: [BuiltinRow] = [
    BuiltinRow("__repr__", 0...0) { (machine, arguments) throws(PythonError) in
      machine.string(arguments[0].object(DTypeObject.self)?.dtype.name ?? "")
    },
    BuiltinRow("__reduce__", 0...0) { (machine, arguments) throws(PythonError) in
      machine.string(arguments[0].object(DTypeObject.self)?.dtype.traits.shortName ?? "")
    },
    BuiltinRow("__copy__", 0...0) { (_, arguments) throws(PythonError) in arguments[0] },
    BuiltinRow("__deepcopy__", 1...1) { (_, arguments) throws(PythonError) in arguments[0] },
  ]

  private static let dtypeAttributes: [AttributeRow] = [
    AttributeRow("is_floating_point") { (_, value) throws(PythonError) in
      .bool(value.object(DTypeObject.self)?.dtype.isFloatingPoint ?? false)
    },
    AttributeRow("is_complex") { (_, _) throws(PythonError) in .bool(false) },
    AttributeRow("is_signed") { (_, value) throws(PythonError) in
      .bool(value.object(DTypeObject.self)?.dtype != .bool)
    },
    AttributeRow("itemsize") { (_, value) throws(PythonError) in
      .int(value.object(DTypeObject.self)?.dtype.itemSize ?? 0)
    },
  ]

  private static let deviceRows: [BuiltinRow] = [
    BuiltinRow("__new__", nil, keywords: true) { (machine, arguments) throws(PythonError) in
      let torch = machine.requireTorch()
      let options = try torch.options("device", ["type", "index"], required: 1, arguments, from: 1)
      let device = try torch.device(options["type"])
      if options.has("index") {
        return .object(
          DeviceObject(
            kind: device.kind,
            index: try torch.int(options["index"]),
            type: torch.types.device
          )
        )
      }
      return .object(device)
    },
    BuiltinRow("__init__", nil, keywords: true) { (_, _) throws(PythonError) in .none },
    BuiltinRow("__repr__", 0...0) { (machine, arguments) throws(PythonError) in
      guard let device = arguments[0].object(DeviceObject.self) else { return .none }
      let index = device.index.map { ", index=\($0)" } ?? ""
      return machine.string("device(type='\(device.kind)'\(index))")
    },
    BuiltinRow("__str__", 0...0) { (machine, arguments) throws(PythonError) in
      machine.string(arguments[0].object(DeviceObject.self)?.text ?? "")
    },
    BuiltinRow("__eq__", 1...1) { (_, arguments) throws(PythonError) in
      guard let a = arguments[0].object(DeviceObject.self),
        let b = arguments[1].object(DeviceObject.self)
      else { return .notImplemented }
      return .bool(a.text == b.text)
    },
    BuiltinRow("__hash__", 0...0) { (machine, arguments) throws(PythonError) in
      .int(try machine.hash(machine.string(arguments[0].object(DeviceObject.self)?.text ?? "")))
    },
  ]

  private static let deviceAttributes: [AttributeRow] = [
    AttributeRow("type") { (machine, value) throws(PythonError) in
      machine.string(value.object(DeviceObject.self)?.kind ?? "")
    },
    AttributeRow("index") { (_, value) throws(PythonError) in
      value.object(DeviceObject.self)?.index.map { .int($0) } ?? .none
    },
  ]

  private static let nameRows: [BuiltinRow] = [
    BuiltinRow("__repr__", 0...0) { (machine, arguments) throws(PythonError) in
      machine.string(arguments[0].object(NamedConstant.self)?.text ?? "")
    }
  ]

  private static let sizeRows: [BuiltinRow] = [
    BuiltinRow("__new__", nil) { (machine, arguments) throws(PythonError) in
      let torch = machine.requireTorch()
      var items: [Value] = []
      if let source = arguments.optional(1) {
        for item in try machine.items(source) { items.append(.int(try torch.int(item))) }
      }
      return .object(TupleObject(items, type: torch.types.size))
    },
    BuiltinRow("__repr__", 0...0) { (machine, arguments) throws(PythonError) in
      let items = arguments[0].object(TupleObject.self)?.items ?? []
      var texts: [String] = []
      for item in items { texts.append(try machine.repr(item)) }
      return machine.string("torch.Size([\(texts.joined(separator: ", "))])")
    },
    BuiltinRow("numel", 0...0) { (machine, arguments) throws(PythonError) in
      var count = 1
      for item in arguments[0].object(TupleObject.self)?.items ?? [] {
        count *= try machine.requireTorch().int(item)
      }
      return .int(count)
    },
    BuiltinRow("__add__", 1...1) { (machine, arguments) throws(PythonError) in
      guard let a = arguments[0].object(TupleObject.self),
        let b = arguments[1].object(TupleObject.self)
      else { return .notImplemented }
      return .object(TupleObject(a.items + b.items, type: machine.requireTorch().types.size))
    },
    BuiltinRow("__getitem__", 1...1) { (machine, arguments) throws(PythonError) in
      let types = machine.requireTorch().types
      let found = machine.types.tuple.find(machine.names.dunderGetitem)
      let result = try machine.call(found, [arguments[0], arguments[1]])
      guard arguments[1].object(SliceObject.self) != nil,
        let tuple = result.object(TupleObject.self)
      else { return result }
      return .object(TupleObject(tuple.items, type: types.size))
    },
  ]

  private static let storageRows: [BuiltinRow] = [
    BuiltinRow("data_ptr", 0...0) { (machine, arguments) throws(PythonError) in
      guard let object = arguments[0].object(StorageObject.self) else { return .none }
      return .int(machine.requireTorch().address(of: object.storage))
    },
    BuiltinRow("size", 0...0) { (_, arguments) throws(PythonError) in
      .int(arguments[0].object(StorageObject.self)?.storage.byteCount ?? 0)
    },
    BuiltinRow("nbytes", 0...0) { (_, arguments) throws(PythonError) in
      .int(arguments[0].object(StorageObject.self)?.storage.byteCount ?? 0)
    },
    BuiltinRow("__len__", 0...0) { (_, arguments) throws(PythonError) in
      .int(arguments[0].object(StorageObject.self)?.storage.byteCount ?? 0)
    },
    BuiltinRow("__eq__", 1...1) { (_, arguments) throws(PythonError) in
      guard let a = arguments[0].object(StorageObject.self),
        let b = arguments[1].object(StorageObject.self)
      else { return .notImplemented }
      return .bool(a.storage === b.storage)
    },
    BuiltinRow("__hash__", 0...0) { (_, arguments) throws(PythonError) in
      .int(arguments[0].object(StorageObject.self)?.storage.id ?? 0)
    },
  ]

  private static let savedTensorRows: [BuiltinRow] = [
    BuiltinRow("__new__", nil, keywords: true) { (machine, _) throws(PythonError) in
      throw machine.runtimeError(
        "Trying to create a SavedTensor object from Python is forbidden."
      )
    },
    BuiltinRow("register_hooks", 2...2) { (machine, arguments) throws(PythonError) in
      let torch = machine.requireTorch()
      guard let saved = arguments[0].object(SavedTensorObject.self) else { return .none }
      let hooks = torch.savedHooks(pack: arguments[1], unpack: arguments[2])
      try torch.run { () throws(AutogradError) in
        try torch.session.registerHooks(saved.node, saved.index, hooks)
      }
      return .none
    },
  ]

  private static let handleAttributes: [AttributeRow] = [
    AttributeRow("id") { (_, value) throws(PythonError) in
      .int(value.object(HookHandle.self)?.id ?? 0)
    }
  ]

  private static let metadataAttributes: [AttributeRow] = [
    AttributeRow("shape") { (machine, value) throws(PythonError) in
      machine.list(
        value.object(InputMetadataObject.self)?.metadata.sizes.map { .int($0) } ?? []
      )
    },
    AttributeRow("dtype") { (machine, value) throws(PythonError) in
      guard let dtype = value.object(InputMetadataObject.self)?.metadata.dtype else { return .none }
      return machine.requireTorch().wrap(dtype)
    },
    AttributeRow("device") { (machine, _) throws(PythonError) in machine.requireTorch().cpu },
    AttributeRow("is_nested_tensor") { (_, _) throws(PythonError) in .bool(false) },
  ]

  private static func limitRows(isFloat: Bool) -> [BuiltinRow] {
    [
      BuiltinRow("__new__", nil) { (machine, arguments) throws(PythonError) in
        let torch = machine.requireTorch()
        let dtype =
          arguments.optional(1).flatMap { torch.dtype(of: $0) } ?? torch.session.defaultDType
        guard dtype.isFloatingPoint == isFloat, dtype != .bool else {
          throw machine.typeError(
            isFloat
              ? "torch.finfo() requires a floating point input type. Use torch.iinfo to handle "
                + "'torch.finfo'"
              : "torch.iinfo() requires an integer input type. Use torch.finfo to handle 'torch.iinfo'"
          )
        }
        return .object(
          LimitsObject(dtype, type: isFloat ? torch.types.finfo : torch.types.iinfo)
        )
      },
      BuiltinRow("__repr__", 0...0) { (machine, arguments) throws(PythonError) in
        guard let limits = arguments[0].object(LimitsObject.self) else { return .none }
        return machine.string(try limits.text(machine))
      },
    ]
  }

  private static let limitAttributes: [AttributeRow] =
    ["bits", "min", "max", "eps", "tiny", "smallest_normal", "resolution", "dtype"].map { name in
      AttributeRow(name) { (machine, value) throws(PythonError) in
        guard let limits = value.object(LimitsObject.self),
          let found = limits.value(name, machine)
        else {
          throw machine.attributeError(
            "'\(machine.typeName(value))' object has no attribute '\(name)'"
          )
        }
        return found
      }
    }
}

/// A `torch.finfo` or `torch.iinfo`.
final class LimitsObject: Object {
  let dtype: DType

  init(_ dtype: DType, type: TypeObject) {
    self.dtype = dtype
    super.init(type: type)
  }

  /// The limit of that name.
  func value(_ name: String, _ machine: Machine) -> Value? {
    switch name {
    case "bits": return .int(dtype.itemSize * 8)
    case "dtype": return machine.string(dtype.traits.shortName)
    default: break
    }
    switch dtype {
    case .float32:
      let values: [String: Double] = [
        "min": -Double(Float.greatestFiniteMagnitude), "max": Double(Float.greatestFiniteMagnitude),
        "eps": Double(Float.ulpOfOne), "tiny": Double(Float.leastNormalMagnitude),
        "smallest_normal": Double(Float.leastNormalMagnitude), "resolution": 1e-06,
      ]
      return values[name].map { .float($0) }
    case .float64:
      let values: [String: Double] = [
        "min": -Double.greatestFiniteMagnitude, "max": Double.greatestFiniteMagnitude,
        "eps": Double.ulpOfOne, "tiny": Double.leastNormalMagnitude,
        "smallest_normal": Double.leastNormalMagnitude, "resolution": 1e-15,
      ]
      return values[name].map { .float($0) }
    default:
      let bits = dtype.itemSize * 8
      if name == "max" { return .int(bits == 64 ? .max : (1 << (bits - 1)) - 1) }
      return name == "min" ? .int(bits == 64 ? .min : -(1 << (bits - 1))) : nil
    }
  }

  /// `finfo(resolution=1e-06, min=…, …)`.
  func text(_ machine: Machine) throws(PythonError) -> String {
    let names =
      dtype.isFloatingPoint
      ? ["resolution", "min", "max", "eps", "smallest_normal", "tiny"] : ["min", "max"]
    var parts: [String] = []
    for name in names {
      guard let value = value(name, machine) else { continue }
      if case .float(let number) = value, name != "resolution" {
        parts.append("\(name)=\(NumberText.general(number, digits: 6))")
      } else {
        parts.append("\(name)=\(try machine.repr(value))")
      }
    }
    parts.append("dtype=\(dtype.traits.shortName)")
    return "\(type?.name ?? "")(\(parts.joined(separator: ", ")))"
  }
}
