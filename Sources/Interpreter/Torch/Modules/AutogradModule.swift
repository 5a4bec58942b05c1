import Autograd

// `torch.autograd`, and what its parts in Python stand on.
extension Torch {
  /// `torch.autograd.NAME`.
  static var autogradEntries: [String: TorchEntry] {
    var entries: [String: TorchEntry] = [
      "backward": .builtin(
        function("backward", nil, keywords: true) { torch, arguments in
          try torch.backward(arguments)
          return .none
        }
      ),
      "grad": .builtin(
        function("grad", nil, keywords: true) { torch, arguments in try torch.grad(arguments) }
      ),
      "Variable": .value { (torch) throws(PythonError) in torch.variableClass },
      "SavedTensor": .value { (torch) throws(PythonError) in .object(torch.types.savedTensor) },
      "Function": .value { (torch) throws(PythonError) in .object(torch.types.function) },
      "function": .module, "graph": .module, "functional": .module, "grad_mode": .module,
      "variable": .module, "gradcheck": .library("torch.autograd.gradcheck"),
      "gradgradcheck": .library("torch.autograd.gradcheck"),
    ]
    for name in [
      "no_grad", "enable_grad", "set_grad_enabled", "inference_mode", "set_detect_anomaly",
      "detect_anomaly", "set_multithreading_enabled",
    ] {
      entries[name] = .library("torch.autograd.grad_mode")
    }
    return entries
  }

  /// `torch.autograd.function.NAME`.
  static let functionEntries: [String: TorchEntry] = [
    "Function": .value { (torch) throws(PythonError) in .object(torch.types.function) },
    "FunctionCtx": .value { (torch) throws(PythonError) in .object(torch.types.functionContext) },
    "once_differentiable": .library("torch.autograd.grad_mode"),
  ]

  /// `torch._C.NAME`: what the library written in Python stands on.
  static let coreEntries: [String: TorchEntry] = [
    "_nn": .module, "_autograd": .module,
    "_set_grad_enabled": .builtin(
      function("_set_grad_enabled", 1...1) { torch, arguments in
        guard case .bool(let mode) = arguments[0] else {
          throw torch.machine.typeError(
            "set_grad_enabled(): argument 'enabled' (position 1) must be bool, not "
              + torch.typeName(arguments[0])
          )
        }
        torch.session.gradMode = mode
        return .none
      }
    ),
    "_set_inference_mode": .builtin(
      function("_set_inference_mode", 1...1) { torch, arguments in
        let (mode, grad) = (torch.session.inferenceMode, torch.session.gradMode)
        let enabled = try torch.machine.isTrue(arguments[0])
        torch.session.inferenceMode = enabled
        torch.session.gradMode = !enabled
        return torch.machine.tuple([.bool(mode), .bool(grad)])
      }
    ),
    "_restore_inference_mode": .builtin(
      function("_restore_inference_mode", 1...1) { torch, arguments in
        let items = torch.items(of: arguments[0]) ?? []
        torch.session.inferenceMode = try torch.machine.isTrue(items[0])
        torch.session.gradMode = try torch.machine.isTrue(items[1])
        return .none
      }
    ),
    "_is_generator_function": .builtin(
      function("_is_generator_function", 1...1) { _, arguments in
        .bool(arguments[0].object(FunctionObject.self)?.code.isGenerator ?? false)
      }
    ),
    "_gradient_edge": .builtin(
      function("_gradient_edge", 1...1) { torch, arguments in
        let edge = try torch.session.gradientEdge(of: torch.object(arguments[0]).tensor)
        return torch.machine.tuple([torch.wrap(edge.function), .int(edge.inputNr)])
      }
    ),
    "_increment_version": .builtin(
      function("_increment_version", 1...1) { torch, arguments in
        for item in try torch.machine.items(arguments[0]) {
          try torch.session.incrementVersion(torch.object(item).tensor)
        }
        return .none
      }
    ),
  ]

  /// `torch._C._autograd.NAME`: the stack of hooks for saved tensors.
  static let savedHookEntries: [String: TorchEntry] = [
    "_push_saved_tensors_default_hooks": .builtin(
      function("_push_saved_tensors_default_hooks", 2...2) { torch, arguments in
        if let message = torch.disabledHooks { throw AutogradError.runtime(message) }
        torch.hookStack.append(torch.session.defaultSavedVariableHooks)
        torch.session.defaultSavedVariableHooks = torch.savedHooks(
          pack: arguments[0],
          unpack: arguments[1]
        )
        return .none
      }
    ),
    "_pop_saved_tensors_default_hooks": .builtin(
      function("_pop_saved_tensors_default_hooks", 0...0) { torch, _ in
        torch.session.defaultSavedVariableHooks = torch.hookStack.popLast() ?? nil
        return .none
      }
    ),
    "_saved_tensors_hooks_disable": .builtin(
      function("_saved_tensors_hooks_disable", 1...1) { torch, arguments in
        let previous = torch.disabledHooks
        torch.disabledHooks = torch.machine.text(arguments[0])
        return previous.map { torch.machine.string($0) } ?? .none
      }
    ),
    "_saved_tensors_hooks_restore": .builtin(
      function("_saved_tensors_hooks_restore", 1...1) { torch, arguments in
        torch.disabledHooks = torch.machine.text(arguments[0])
        return .none
      }
    ),
  ]

  /// Hooks for saved tensors from two callables.
  func savedHooks(pack: Value, unpack: Value) -> SavedVariableHooks {
    SavedVariableHooks(
      pack: { [unowned self] (tensor) throws(AutogradError) in
        PackedValue(
          try outside { () throws(PythonError) in try machine.call(pack, [wrap(tensor)]) }
        )
      },
      unpack: { [unowned self] (packed) throws(AutogradError) in
        guard let packed = packed as? PackedValue else { throw .runtime("no packed value") }
        let result = try outside { () throws(PythonError) in
          try machine.call(unpack, [packed.value])
        }
        guard let tensor = tensor(result) else {
          throw .type(
            "Output of saved tensor unpack_hook expected to be a Tensor but got result of type "
              + typeName(result)
          )
        }
        return tensor
      }
    )
  }

  /// `torch.autograd.Variable`: makes tensors, and counts every tensor as its instance.
  var variableClass: Value {
    if let known = returnTypes["Variable"] { return .object(known) }
    let meta = TypeObject(
      name: "VariableMeta",
      module: "torch.autograd.variable",
      bases: [machine.types.type],
      layout: .type,
      metatype: machine.types.type
    )
    machine.install(
      rows: [
        BuiltinRow("__instancecheck__", 1...1) { (machine, arguments) throws(PythonError) in
          .bool(machine.requireTorch().isTensor(arguments[1]))
        }
      ],
      in: meta
    )
    let made = TypeObject(
      name: "Variable",
      module: "torch.autograd.variable",
      bases: [machine.types.object],
      layout: .other,
      metatype: meta
    )
    machine.install(
      rows: [
        BuiltinRow("__new__", nil, keywords: true) { (machine, arguments) throws(PythonError) in
          try machine.requireTorch().makeVariable(arguments)
        }
      ],
      in: made
    )
    returnTypes["Variable"] = made
    return .object(made)
  }

  private func makeVariable(_ arguments: Arguments) throws(PythonError) -> Value {
    let options = try options(
      "Variable",
      ["data", "requires_grad", "volatile"],
      arguments,
      from: 1
    )
    let tensor = session.detach(try object(options["data"]).tensor)
    if let flag = options.flag("requires_grad"), flag {
      try run { () throws(AutogradError) in _ = try session.setRequiresGrad(tensor, true) }
    }
    return wrap(tensor)
  }
}

/// What a pack hook of a script returned.
final class PackedValue {
  let value: Value

  init(_ value: Value) {
    self.value = value
  }
}
