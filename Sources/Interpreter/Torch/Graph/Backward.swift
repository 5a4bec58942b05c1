import Autograd

// `backward` and `grad` with the checks of `torch.autograd`.
extension Torch {
  /// The parameters of a function that PyTorch has in Python, by position or keyword.
  struct Options {
    let names: [String]
    var values: [Value]

    subscript(name: String) -> Value {
      guard let index = names.firstIndex(of: name) else { return .unbound }
      return values[index]
    }

    /// Whether an option was given, not as None.
    func has(_ name: String) -> Bool {
      let value = self[name]
      return !value.isUnbound && !value.isNone
    }

    /// A flag; nil where it was left out or None.
    func flag(_ name: String) -> Bool? {
      if case .bool(let value) = self[name] { return value }
      return nil
    }
  }

  /// The options of a call whose parameters are `names`, the first `required` of which must be given.
  func options(
    _ function: String,
    _ names: [String],
    required: Int = 0,
    _ arguments: Arguments,
    from start: Int
  ) throws(PythonError) -> Options {
    var values = [Value](repeating: .unbound, count: names.count)
    let given = arguments.positionalCount - start
    if given > names.count {
      throw machine.typeError(
        "\(function)() takes from \(required + start) to \(names.count + start) positional arguments "
          + "but \(given + start) were given"
      )
    }
    for index in 0..<max(given, 0) { values[index] = arguments[start + index] }
    for (index, symbol) in arguments.keywords.enumerated() {
      let text = machine.symbols.name(symbol)
      guard let place = names.firstIndex(of: text) else {
        throw machine.typeError("\(function)() got an unexpected keyword argument '\(text)'")
      }
      if !values[place].isUnbound {
        throw machine.typeError("\(function)() got multiple values for argument '\(text)'")
      }
      values[place] = arguments.values[arguments.positionalCount + index]
    }
    for index in 0..<required where values[index].isUnbound {
      throw machine.typeError(
        "\(function)() missing 1 required positional argument: '\(names[index])'"
      )
    }
    return Options(names: names, values: values)
  }

  /// `tensor.backward(gradient, retain_graph, create_graph, inputs)`.
  func backward(_ tensor: Tensor, _ arguments: Arguments) throws {
    let options = try options(
      "Tensor.backward",
      ["gradient", "retain_graph", "create_graph", "inputs"],
      arguments,
      from: 1
    )
    let inputs = options.has("inputs") ? try targets(options["inputs"]) : nil
    if let inputs, inputs.isEmpty {
      throw AutogradError.runtime("`inputs` argument to `backward()` cannot be empty.")
    }
    try inLibrary { () throws in
      try session.backward(
        targets: [.tensor(tensor)],
        gradients: try gradients(options["gradient"], of: [.tensor(tensor)]),
        retainGraph: options.flag("retain_graph"),
        createGraph: options.flag("create_graph") ?? false,
        inputs: inputs
      )
    }
  }

  /// `torch.autograd.backward(tensors, grad_tensors, retain_graph, create_graph, grad_variables, inputs)`.
  func backward(_ arguments: Arguments) throws {
    let options = try options(
      "backward",
      [
        "tensors", "grad_tensors", "retain_graph", "create_graph", "grad_variables", "inputs",
      ],
      required: 1,
      arguments,
      from: 0
    )
    let inputs = options.has("inputs") ? try targets(options["inputs"]) : nil
    if let inputs, inputs.isEmpty {
      throw AutogradError.runtime("`inputs` argument to `backward()` cannot be empty.")
    }
    let roots = try targets(options["tensors"])
    try inLibrary { () throws in
      try session.backward(
        targets: roots,
        gradients: try gradients(options["grad_tensors"], of: roots),
        retainGraph: options.flag("retain_graph"),
        createGraph: options.flag("create_graph") ?? false,
        inputs: inputs
      )
    }
  }

  /// `torch.autograd.grad(outputs, inputs, grad_outputs, …)`.
  func grad(_ arguments: Arguments) throws -> Value {
    let options = try options(
      "grad",
      [
        "outputs", "inputs", "grad_outputs", "retain_graph", "create_graph", "only_inputs",
        "allow_unused", "is_grads_batched", "materialize_grads",
      ],
      required: 2,
      arguments,
      from: 0
    )
    if options.flag("is_grads_batched") == true {
      throw machine.notSupported("torch.autograd.grad with is_grads_batched")
    }
    let outputs = try targets(options["outputs"])
    let inputs = try targets(options["inputs"])
    let results = try inLibrary { () throws in
      try session.grad(
        outputs,
        inputs,
        gradients: try gradients(options["grad_outputs"], of: outputs),
        retainGraph: options.flag("retain_graph"),
        createGraph: options.flag("create_graph") ?? false,
        allowUnused: options.flag("allow_unused"),
        materializeGrads: options.flag("materialize_grads") ?? false
      )
    }
    return machine.tuple(results.map { wrap($0) })
  }

  /// Tensors or edges: one, or a sequence of them.
  private func targets(_ value: Value) throws -> [Session.GradientTarget] {
    if let target = target(value) { return [target] }
    var targets: [Session.GradientTarget] = []
    for item in try machine.items(value) {
      guard let target = target(item) else {
        throw machine.typeError("expected Tensor or GradientEdge, got \(typeName(item))")
      }
      targets.append(target)
    }
    return targets
  }

  private func target(_ value: Value) -> Session.GradientTarget? {
    if let tensor = tensor(value) { return .tensor(tensor) }
    // A named tuple of the library: node, output_nr, ownership_token.
    guard let tuple = value.object(TupleObject.self), tuple.items.count == 3,
      let node = node(tuple.items[0]), case .int(let number) = tuple.items[1]
    else { return nil }
    return .edge(Edge(node, number))
  }

  private func gradients(
    _ value: Value,
    of roots: [Session.GradientTarget]
  ) throws -> [Tensor?] {
    if value.isUnbound || value.isNone { return [] }
    let items = isTensor(value) ? [value] : try machine.items(value)
    if items.count != roots.count {
      throw machine.runtimeError("got \(roots.count) tensors and \(items.count) gradients")
    }
    var gradients: [Tensor?] = []
    for item in items {
      if item.isNone {
        gradients.append(nil)
      } else if let tensor = tensor(item) {
        gradients.append(tensor)
      } else {
        throw machine.typeError(
          "gradients can be either Tensors or None, but got \(typeName(item))"
        )
      }
    }
    return gradients
  }

  /// Runs what PyTorch has in Python files of its own: warnings are attributed to those.
  private func inLibrary<Result>(_ body: () throws -> Result) throws -> Result {
    let outer = libraryFrame
    libraryFrame = machine.frame
    isInLibrary += 1
    defer {
      libraryFrame = outer
      isInLibrary -= 1
    }
    return try body()
  }
}
