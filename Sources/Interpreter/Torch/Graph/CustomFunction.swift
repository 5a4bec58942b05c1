import Autograd

/// What a call of a custom Function keeps for its backward: the class, and what forward left on `ctx`.
final class FunctionState: FunctionImplementation {
  unowned let torch: Torch
  /// The class that a script derived from `torch.autograd.Function`.
  let functionClass: TypeObject
  /// The class of the context and node, `MyFunctionBackward`.
  let contextClass: TypeObject
  /// The attributes that scripts set on `ctx`.
  let attributes = AttributeTable()
  /// What `save_for_backward`, `mark_dirty` and `mark_non_differentiable` were called with last.
  var toSave: [Value] = []
  var dirty: [Tensor] = []
  var nonDifferentiable: [Tensor] = []
  /// Whether `saved_tensors` was read of a class that allows it once.
  var wasRead = false

  init(_ torch: Torch, _ functionClass: TypeObject, contextClass: TypeObject) {
    self.torch = torch
    self.functionClass = functionClass
    self.contextClass = contextClass
  }

  /// Calls the class's `backward`, or `vjp`.
  func backward(
    _ gradients: [Tensor?],
    _ node: FunctionNode,
    _ session: Session
  ) throws(AutogradError) -> [Tensor?] {
    let machine = torch.machine
    let backward = functionClass.find(torch.names.backward)
    let vjp = functionClass.find(torch.names.vjp)
    let base = torch.types.function
    let hasBackward = !backward.isIdentical(to: base.find(torch.names.backward))
    let hasVJP = !vjp.isIdentical(to: base.find(torch.names.vjp))
    if hasBackward && hasVJP {
      throw .runtime(
        "Implementing both 'backward' and 'vjp' for a custom Function is not allowed. You should only "
          + "implement one of them."
      )
    }
    let result = try torch.outside { () throws(PythonError) in
      let function = try machine.attribute(
        .object(functionClass),
        hasVJP ? torch.names.vjp : torch.names.backward
      )
      return try machine.call(function, [torch.wrap(node)] + gradients.map { torch.wrap($0) })
    }
    var tensors: [Tensor?] = []
    for item in result.object(TupleObject.self)?.items ?? [result] {
      if item.isNone {
        tensors.append(nil)
      } else if let tensor = torch.tensor(item) {
        tensors.append(tensor)
      } else {
        throw .runtime("expected Variable or None (got \(torch.typeName(item)))")
      }
    }
    return tensors
  }
}

/// The context of a custom Function as a Python object, which is also the node that `grad_fn` shows.
final class FunctionContext: NodeObject {
  let state: FunctionState

  init(_ node: FunctionNode, _ state: FunctionState) {
    self.state = state
    super.init(node, type: state.contextClass)
    attributes = state.attributes
  }
}

// Calling custom Functions.
extension Torch {
  /// The methods of the class `torch.autograd.Function`.
  static let functionClassRows: [BuiltinRow] = [
    BuiltinRow("apply", nil, keywords: true, binding: .type) {
      (machine, arguments) throws(PythonError) in
      guard case .object(let object) = arguments[0], let type = object as? TypeObject else {
        return .none
      }
      return try machine.requireTorch().apply(type, arguments)
    },
    BuiltinRow("forward", nil, keywords: true, binding: .nothing) {
      (machine, _) throws(PythonError) in
      throw machine.error(
        machine.types.notImplementedError,
        "You must implement the forward function for custom autograd.Function."
      )
    },
    BuiltinRow("setup_context", nil, keywords: true, binding: .nothing) {
      (machine, _) throws(PythonError) in
      throw machine.error(machine.types.notImplementedError, "setup_context is not implemented.")
    },
    missingBackward("backward"), missingBackward("vjp"),
    BuiltinRow("__new__", nil, keywords: true) { (machine, arguments) throws(PythonError) in
      guard case .object(let object) = arguments[0], let type = object as? TypeObject else {
        return .none
      }
      try machine.warn(
        machine.types.deprecationWarning,
        "\(try machine.repr(arguments[0])) should not be instantiated. Methods on autograd functions "
          + "are all static, so you should invoke them on the class itself. Instantiating an autograd "
          + "function will raise an error in a future version of PyTorch.",
        stackLevel: 1
      )
      return .object(Object(type: type))
    },
    BuiltinRow("__init__", nil, keywords: true) { (_, _) throws(PythonError) in .none },
    BuiltinRow("__call__", nil, keywords: true) { (machine, _) throws(PythonError) in
      throw machine.runtimeError(
        "Legacy autograd function with non-static forward method is deprecated. Please use new-style "
          + "autograd function with static forward method. (Example: "
          + "https://pytorch.org/docs/stable/autograd.html#torch.autograd.Function)"
      )
    },
  ]

  private static func missingBackward(_ name: String) -> BuiltinRow {
    BuiltinRow(name, nil, keywords: true, binding: .nothing) { (machine, _) throws(PythonError) in
      throw machine.error(
        machine.types.notImplementedError,
        "You must implement either the backward or vjp method for your custom autograd.Function to "
          + "use it with backward mode AD."
      )
    }
  }

  /// `MyFunction.apply(*args)`.
  private func apply(_ type: TypeObject, _ arguments: Arguments) throws(PythonError) -> Value {
    let usesSetup = !type.find(names.setupContext).isIdentical(
      to: types.function.find(names.setupContext)
    )
    var inputs = arguments.positional(from: 1)
    if !arguments.keywords.isEmpty {
      guard usesSetup else {
        throw machine.typeError("apply() takes no keyword arguments")
      }
      inputs = try ordered(inputs, arguments, type)
    }
    let tensors = inputs.map { tensor($0) }
    let state = FunctionState(self, type, contextClass: contextClass(type))
    let node = try run { () throws(AutogradError) in
      try session.beginFunction(type.name + "Backward", state, inputs: tensors)
    }
    let context = Value.object(FunctionContext(node, state))
    let output = try forward(type, context, inputs, usesSetup: usesSetup)
    let tuple = output.object(TupleObject.self)
    let values = tuple?.items ?? [output]
    var results = Session.FunctionResults(outputs: values.map { tensor($0) })
    results.dirty = state.dirty
    results.nonDifferentiable = state.nonDifferentiable
    results.usesSetupContext = usesSetup
    if case .bool(true) = state.attributes.find(machine.symbol("_is_pure_view")) {
      results.isPureView = true
    }
    results.toSave = try saved(state)
    state.toSave = []
    state.dirty = []
    state.nonDifferentiable = []
    let outputs = try run { () throws(AutogradError) in
      try session.finishFunction(node, inputs: tensors, results)
    }
    var wrapped: [Value] = []
    for (index, value) in values.enumerated() {
      wrapped.append(outputs[index].map { wrap($0) } ?? value)
    }
    return tuple == nil ? wrapped[0] : machine.tuple(wrapped)
  }

  private func forward(
    _ type: TypeObject,
    _ context: Value,
    _ inputs: [Value],
    usesSetup: Bool
  ) throws(PythonError) -> Value {
    let mode = session.gradMode
    session.gradMode = false
    defer { session.gradMode = mode }
    let function = try machine.attribute(.object(type), names.forward)
    guard usesSetup else { return try machine.call(function, [context] + inputs) }
    let output = try machine.call(function, inputs)
    let setup = try machine.attribute(.object(type), names.setupContext)
    _ = try machine.call(setup, [context, machine.tuple(inputs), output])
    return output
  }

  private func saved(_ state: FunctionState) throws(PythonError) -> [Tensor?] {
    var tensors: [Tensor?] = []
    for (index, value) in state.toSave.enumerated() {
      if value.isNone {
        tensors.append(nil)
      } else if let tensor = tensor(value) {
        tensors.append(tensor)
      } else {
        throw machine.typeError(
          "save_for_backward can only save variables, but argument \(index) is of type "
            + typeName(value)
        )
      }
    }
    return tensors
  }

  /// Positional arguments of `forward` when some were given by name.
  private func ordered(
    _ inputs: [Value],
    _ arguments: Arguments,
    _ type: TypeObject
  ) throws(PythonError) -> [Value] {
    let forward = try machine.attribute(.object(type), names.forward)
    guard let function = forward.object(FunctionObject.self) else { return inputs }
    let count = function.code.parameters.positional
    let firstDefault = count - function.defaults.count
    var ordered = inputs
    for index in min(inputs.count, count)..<count {
      if let value = arguments.keyword(function.code.localNames[index]) {
        ordered.append(value)
      } else if index >= firstDefault {
        ordered.append(function.defaults[index - firstDefault])
      } else {
        throw machine.typeError(
          "missing a required argument: '\(machine.symbols.name(function.code.localNames[index]))'"
        )
      }
    }
    return ordered
  }

  private func contextClass(_ type: TypeObject) -> TypeObject {
    let key = names.contextClass
    if let known = type.members[key]?.object(TypeObject.self) { return known }
    let made = machine.makeType(
      type.name + "Backward",
      module: "torch.autograd.function",
      base: types.functionContext
    )
    made.allowsAttributes = true
    type.members[key] = .object(made)
    return made
  }
}

// What forward and backward do with their context.
extension Torch {
  /// The methods of contexts.
  static let contextRows: [BuiltinRow] = [
    contextRow("save_for_backward") { (_, context, values) throws(PythonError) in
      context.state.toSave = values
    },
    contextRow("mark_dirty") { (torch, context, values) throws(PythonError) in
      context.state.dirty = try torch.tensors(values, "mark_dirty")
    },
    contextRow("mark_non_differentiable") { (torch, context, values) throws(PythonError) in
      context.state.nonDifferentiable = try torch.tensors(values, "mark_non_differentiable")
    },
    contextRow("set_materialize_grads") { (torch, context, values) throws(PythonError) in
      guard let node = context.node as? FunctionNode, let flag = values.first else { return }
      node.materializesGrads = try torch.machine.isTrue(flag)
    },
    contextRow("save_for_forward") { (_, _, _) throws(PythonError) in },
  ]

  private static func contextRow(
    _ name: String,
    _ body:
      @escaping @Sendable (Torch, FunctionContext, [Value]) throws(PythonError) -> Void
  ) -> BuiltinRow {
    BuiltinRow(name, nil) { (machine, arguments) throws(PythonError) in
      guard let context = arguments[0].object(FunctionContext.self) else { return .none }
      try body(machine.requireTorch(), context, arguments.positional(from: 1))
      return .none
    }
  }

  private func tensors(_ values: [Value], _ name: String) throws(PythonError) -> [Tensor] {
    var tensors: [Tensor] = []
    for (index, value) in values.enumerated() {
      if value.isNone { continue }
      guard let tensor = tensor(value) else {
        throw machine.typeError(
          "\(name) only accepts variable arguments, but argument \(index) is of type "
            + typeName(value)
        )
      }
      tensors.append(tensor)
    }
    return tensors
  }

  /// The computed attributes of contexts.
  static let contextAttributes: [AttributeRow] = [
    AttributeRow("saved_tensors") { (machine, value) throws(PythonError) in
      guard let context = value.object(FunctionContext.self),
        let node = context.node as? FunctionNode
      else { return .none }
      let torch = machine.requireTorch()
      try torch.checkAccess(context)
      let tensors = try torch.run { () throws(AutogradError) in
        try torch.session.savedTensors(node)
      }
      return machine.tuple(tensors.map { torch.wrap($0) })
    },
    AttributeRow("needs_input_grad") { (machine, value) throws(PythonError) in
      guard let node = value.object(FunctionContext.self)?.node as? FunctionNode else {
        return .none
      }
      return machine.tuple(node.needsInputGrad.map { .bool($0) })
    },
    AttributeRow("materialize_grads") { (machine, value) throws(PythonError) in
      .bool((value.object(FunctionContext.self)?.node as? FunctionNode)?.materializesGrads ?? true)
    },
  ]

  private func checkAccess(_ context: FunctionContext) throws(PythonError) {
    let state = context.state
    let once = state.functionClass.find(machine.symbol("clear_saved_tensors_on_access"))
    guard case .bool(true) = once else { return }
    if state.wasRead {
      throw machine.runtimeError(
        "saved_tensors can only be accessed once when clear_saved_tensors_on_access=True is set on the "
          + "autograd.Function. Either access saved_tensors only once, or set "
          + "clear_saved_tensors_on_access=False."
      )
    }
    state.wasRead = true
  }
}
