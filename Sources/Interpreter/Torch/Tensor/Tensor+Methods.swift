import Autograd

// Methods of tensors that are not operations: sizes, history, storage.
extension Torch {
  /// The rows of the methods, as those of `torch.Tensor`.
  static let methodRows: [BuiltinRow] = [
    method("size", 0...1, keywords: true) { torch, tensor, arguments in
      guard let dim = arguments.optional(1) ?? arguments.keyword(torch.machine.symbol("dim")),
        !dim.isNone
      else { return torch.size(tensor.sizes) }
      return .int(tensor.sizes[try torch.wrapDim(torch.int(dim), tensor.dim)])
    },
    method("stride", 0...1, keywords: true) { torch, tensor, arguments in
      guard let dim = arguments.optional(1) ?? arguments.keyword(torch.machine.symbol("dim")),
        !dim.isNone
      else { return torch.tuple(tensor.strides) }
      return .int(tensor.strides[try torch.wrapDim(torch.int(dim), tensor.dim)])
    },
    method("dim") { _, tensor, _ in .int(tensor.dim) },
    method("ndimension") { _, tensor, _ in .int(tensor.dim) },
    method("numel") { _, tensor, _ in .int(tensor.numel) },
    method("nelement") { _, tensor, _ in .int(tensor.numel) },
    method("element_size") { _, tensor, _ in .int(tensor.itemSize) },
    method("storage_offset") { _, tensor, _ in .int(tensor.storageOffset) },
    method("data_ptr") { torch, tensor, _ in
      .int(torch.address(of: tensor.storage) + tensor.storageOffset * tensor.itemSize)
    },
    method("untyped_storage") { torch, tensor, _ in
      .object(StorageObject(tensor.storage, type: torch.types.storage))
    },
    method("is_contiguous", keywords: true) { _, tensor, _ in .bool(tensor.isContiguous) },
    method("is_floating_point") { _, tensor, _ in .bool(tensor.dtype.isFloatingPoint) },
    method("is_complex") { _, _, _ in .bool(false) },
    method("is_signed") { _, tensor, _ in .bool(tensor.dtype != .bool) },
    method("is_inference") { _, tensor, _ in .bool(tensor.isInference) },
    method("is_conj") { _, _, _ in .bool(false) },
    method("is_neg") { _, _, _ in .bool(false) },
    method("conj") { torch, tensor, _ in torch.wrap(tensor) },
    method("resolve_conj") { torch, tensor, _ in torch.wrap(tensor) },
    method("resolve_neg") { torch, tensor, _ in torch.wrap(tensor) },
    method("_is_view") { _, tensor, _ in .bool(tensor.isView) },
    method("get_device") { _, _, _ in .int(-1) },
    method("pin_memory", keywords: true) { torch, tensor, _ in torch.wrap(tensor) },
    method("is_shared") { _, _, _ in .bool(false) },
    method("share_memory_") { torch, tensor, _ in torch.wrap(tensor) },
    method("type", nil, keywords: true) { torch, tensor, arguments in
      guard let wanted = arguments.optional(1), !wanted.isNone else {
        return torch.machine.string(tensor.dtype.tensorTypeName)
      }
      if let dtype = torch.dtype(of: wanted) {
        return torch.wrap(try torch.session.to(tensor, dtype))
      }
      let text = torch.machine.text(wanted) ?? ""
      for dtype in DType.allCases where dtype.tensorTypeName == text {
        return torch.wrap(try torch.session.to(tensor, dtype))
      }
      throw torch.machine.valueError("invalid type: '\(text)'")
    },
    method("retain_grad") { torch, tensor, _ in
      try torch.session.retainGrad(tensor)
      return .none
    },
    method("register_hook", 1...1) { torch, tensor, arguments in
      let hook = torch.tensorHook(arguments[1])
      return torch.handle(hook, in: try torch.session.registerHook(tensor, hook))
    },
    method("register_post_accumulate_grad_hook", 1...1) { torch, tensor, arguments in
      let hook = torch.postAccumulateHook(arguments[1])
      return torch.handle(hook, in: try torch.session.registerPostAccumulateGradHook(tensor, hook))
    },
    method("backward", nil, keywords: true) { torch, tensor, arguments in
      try torch.backward(tensor, arguments)
      return .none
    },
    method("__reversed__") { torch, tensor, _ in
      if tensor.dim == 0 { return torch.wrap(tensor) }
      return torch.wrap(try torch.session.flip(tensor, [0]))
    },
    method("__deepcopy__", 1...1) { torch, tensor, arguments in
      try torch.deepCopy(arguments[0], tensor, memo: arguments[1])
    },
    method("__copy__") { torch, tensor, _ in torch.wrap(torch.session.detach(tensor)) },
  ]

  /// A method whose body gets the tensor.
  private static func method(
    _ name: String,
    _ arity: ClosedRange<Int>? = 0...0,
    keywords: Bool = false,
    _ body: @escaping @Sendable (Torch, Tensor, Arguments) throws -> Value
  ) -> BuiltinRow {
    BuiltinRow(name, arity, keywords: keywords) { (machine, arguments) throws(PythonError) in
      let torch = machine.requireTorch()
      let tensor = try torch.object(arguments[0]).tensor
      do {
        return try body(torch, tensor, arguments)
      } catch {
        throw torch.pythonError(error)
      }
    }
  }

  /// A dimension counted from the front.
  func wrapDim(_ dim: Int, _ count: Int) throws(PythonError) -> Int {
    let range = max(count, 1)
    guard dim >= -range, dim < range, count > 0 else {
      if count == 0 {
        throw machine.indexError("Dimension specified as \(dim) but tensor has no dimensions")
      }
      throw machine.indexError(
        "Dimension out of range (expected to be in range of [\(-range), \(range - 1)], but got \(dim))"
      )
    }
    return dim < 0 ? dim + range : dim
  }

  /// The address that scripts see of a storage: its own for as long as it lives.
  func address(of storage: Storage) -> Int {
    storage.byteCount == 0 ? 0 : 0x5580_4000_0000 + storage.id << 20
  }

  private func deepCopy(_ value: Value, _ tensor: Tensor, memo: Value) throws -> Value {
    if try !session.isLeaf(tensor) {
      throw machine.runtimeError(
        "Only Tensors created explicitly by the user (graph leaves) support the deepcopy protocol at "
          + "the moment.  If you were attempting to deepcopy a module, this may be because of a "
          + "torch.nn.utils.weight_norm usage, see https://github.com/pytorch/pytorch/pull/103001"
      )
    }
    let key = Value.int(machine.identity(of: value))
    if let dict = memo.object(DictObject.self), let known = try machine.find(key, in: dict) {
      return known
    }
    let copy = try session.withGradMode(false) { () throws(AutogradError) in
      try session.clone(session.detach(tensor))
    }
    if tensor.requiresGrad { _ = try session.requiringGrad(copy) }
    let object = try object(value)
    // The copy of a plain tensor gets its storage by `set_`, which counts.
    if object.type === types.tensor { session.setVersion(copy, 1) }
    let made = TensorObject(copy, type: object.type ?? types.tensor)
    if let dict = memo.object(DictObject.self) { try machine.set(key, to: .object(made), in: dict) }
    if let grad = tensor.grad {
      let copied = try deepCopy(wrap(grad), grad, memo: memo)
      if let gradient = self.tensor(copied) { try session.setGrad(copy, gradient) }
    }
    return .object(made)
  }
}

/// A `torch.UntypedStorage`: the bytes of one or more tensors.
final class StorageObject: Object {
  let storage: Storage

  init(_ storage: Storage, type: TypeObject) {
    self.storage = storage
    super.init(type: type)
  }
}
