// The modules of torch that are written in Python.
extension Torch {
  /// The rows of the library's modules.
  static var libraryModules: [ModuleRow] {
    librarySources.map { name, source in
      ModuleRow(name: name) { (machine) throws(PythonError) in
        try machine.requireTorch().load(name, source())
      }
    }
  }

  private func load(_ name: String, _ bytes: [UInt8]) throws(PythonError) -> ModuleObject {
    let source = SourceText(name: name + ".py", text: String(decoding: bytes, as: UTF8.self))
    let globals = Namespace(builtins: machine.builtins)
    globals[machine.names.dunderName] = machine.string(name)
    let code: Code
    do throws(PythonSyntaxError) {
      code = try machine.compile(source, globals: globals, isLibrary: true)
    } catch {
      throw machine.error(
        machine.types.syntaxError,
        "\(source.name):\(error.line): \(error.message)"
      )
    }
    // The module is known before it is complete, since the parts of a package import each other.
    let module = ModuleObject(name: name, type: machine.types.module) {
      (machine, module, symbol) throws(PythonError) in
      let torch = machine.requireTorch()
      if let value = torch.loading[module.name]?[symbol] { return value }
      let text = machine.symbols.name(symbol)
      // A submodule is imported, not missing.
      if machine.hasModule("\(module.name).\(text)") { return nil }
      guard PublicNames.has(text, in: module.name) else { return nil }
      throw machine.notSupported("\(module.name).\(text)")
    }
    machine.modules[name] = module
    loading[name] = globals
    defer { loading[name] = nil }
    let function = FunctionObject(code: code, globals: globals, type: machine.types.function)
    function.module = name
    _ = try machine.call(.object(function))
    for binding in globals.bindings { module.attributes?[binding.name] = binding.value }
    if name == "torch.nn.modules.module" { accelerate(module) }
    return module
  }

  private static let librarySources: [(String, @Sendable () -> [UInt8])] = [
    ("torch.nn", { PackageResources.torch_nn_py }),
    ("torch.nn.functional", { PackageResources.torch_nn_functional_py }),
    ("torch.nn.init", { PackageResources.torch_nn_init_py }),
    ("torch.nn.utils", { PackageResources.torch_nn_utils_py }),
    ("torch.nn.modules.activation", { PackageResources.torch_nn_modules_activation_py }),
    ("torch.nn.modules.container", { PackageResources.torch_nn_modules_container_py }),
    ("torch.nn.modules.linear", { PackageResources.torch_nn_modules_linear_py }),
    ("torch.nn.modules.loss", { PackageResources.torch_nn_modules_loss_py }),
    ("torch.nn.modules.module", { PackageResources.torch_nn_modules_module_py }),
    (
      "torch.nn.modules.regularization", { PackageResources.torch_nn_modules_regularization_py }
    ),
    ("torch.nn.modules.structure", { PackageResources.torch_nn_modules_structure_py }),
    ("torch.optim", { PackageResources.torch_optim_py }),
    ("torch.optim.optimizer", { PackageResources.torch_optim_optimizer_py }),
    ("torch.optim.lr_scheduler", { PackageResources.torch_optim_lr_scheduler_py }),
    ("torch.utils.data", { PackageResources.torch_utils_data_py }),
    ("torch.utils.hooks", { PackageResources.torch_utils_hooks_py }),
    ("torch.autograd.grad_mode", { PackageResources.torch_autograd_grad_mode_py }),
    ("torch.autograd.graph", { PackageResources.torch_autograd_graph_py }),
    ("torch.autograd.functional", { PackageResources.torch_autograd_functional_py }),
    ("torch.autograd.gradcheck", { PackageResources.torch_autograd_gradcheck_py }),
  ]

  private func accelerate(_ module: ModuleObject) {}
}
