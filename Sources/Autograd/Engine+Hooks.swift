// The hooks of tensors and nodes, in PyTorch's order.
extension Session {
  /// Runs the hooks of the tensors that a node made, then those that retain gradients.
  @inline(__always)
  func runTensorPreHooks(_ node: Node, _ inputs: inout ShortList<Tensor?>) throws(AutogradError) {
    if node.isAccumulator, let node = node as? AccumulateGrad {
      if let list = node.variable.meta?.hooks { try run(list, node, node.variable, &inputs, 0) }
      return
    }
    guard let hooks = node.hooks else { return }
    for entry in hooks.tensorPreHooks { try run(entry.list, node, nil, &inputs, entry.outputNr) }
    for outputNr in hooks.retainsGrad.keys.sorted() {
      guard let tensor = hooks.retainsGrad[outputNr]?.tensor, let gradient = inputs[outputNr] else {
        continue
      }
      let old = tensor.grad
      let new =
        if let old { try add(old, .tensor(gradient)) } else { try cloneContiguous(gradient) }
      tensor.materializeMeta().grad = new
      if isObserved, let observer {
        observer.gradientAccumulated(tensor, old: old, new: new, retained: true)
      }
    }
  }

  private func run(
    _ list: HookList,
    _ node: Node,
    _ tensor: Tensor?,
    _ inputs: inout ShortList<Tensor?>,
    _ index: Int
  ) throws(AutogradError) {
    for hook in list.hooks {
      guard case .tensor(let body) = hook.action else { continue }
      let old = inputs[index]
      let result = try body(old)
      if let result {
        try check(hook, old, result)
        inputs[index] = result
      }
      if isObserved, let observer { observer.hookRan(hook, tensor: tensor, node: node) }
    }
  }

  func runPreHooks(
    _ node: Node,
    _ hooks: NodeHooks,
    _ inputs: inout ShortList<Tensor?>
  ) throws(AutogradError) {
    for hook in hooks.preHooks.hooks {
      guard case .pre(let body) = hook.action else { continue }
      if let results = try body(inputs.array) {
        try check(hook, inputs, results)
        inputs = ShortList(results)
      }
      if isObserved, let observer { observer.hookRan(hook, tensor: nil, node: node) }
    }
  }

  func runPostHooks(
    _ node: Node,
    _ hooks: NodeHooks,
    _ outputs: inout ShortList<Tensor?>,
    _ inputs: [Tensor?]
  ) throws(AutogradError) {
    for hook in hooks.postHooks.hooks {
      guard case .post(let body) = hook.action else { continue }
      if let results = try body(outputs.array, inputs) {
        try check(hook, outputs, results)
        outputs = ShortList(results)
      }
      if isObserved, let observer { observer.hookRan(hook, tensor: nil, node: node) }
    }
  }

  private func check(
    _ hook: Hook,
    _ old: ShortList<Tensor?>,
    _ new: [Tensor?]
  ) throws(AutogradError) {
    guard new.count == old.count else {
      throw .runtime(
        "hook '\(hook.name)' has returned an incorrect number of values (got \(new.count), but "
          + "expected \(old.count))"
      )
    }
    for index in old.indices { if let result = new[index] { try check(hook, old[index], result) } }
  }

  private func check(_ hook: Hook, _ old: Tensor?, _ new: Tensor) throws(AutogradError) {
    guard let old else {
      throw .runtime("can't replace a None gradient with a non-None value")
    }
    if old.dtype != new.dtype {
      throw .runtime(
        "hook '\(hook.name)' has changed the type of value (was \(old.dtype.tensorTypeName) got "
          + "\(new.dtype.tensorTypeName))"
      )
    }
    if old.sizes != new.sizes {
      throw .runtime("hook '\(hook.name)' has changed the size of value")
    }
  }
}

extension Session {
  /// Registers a hook on a tensor, called with its gradient.
  ///
  /// - Returns: The list that the hook is in; ``HookList/remove(_:)`` takes it out.
  /// - Throws: If the tensor does not require grad.
  @discardableResult
  public func registerHook(_ tensor: Tensor, _ hook: Hook) throws(AutogradError) -> HookList {
    guard tensor.requiresGrad else {
      throw .runtime("cannot register a hook on a tensor that doesn't require gradient")
    }
    let meta = tensor.materializeMeta()
    if let list = meta.hooks {
      list.hooks.append(hook)
      return list
    }
    let list = HookList()
    list.hooks.append(hook)
    if let node = try gradFn(of: tensor) {
      node.materializeHooks().tensorPreHooks.append((tensor.outputNr, list))
    }
    meta.hooks = list
    return list
  }

  /// Registers a hook called with a leaf after its gradient was accumulated.
  ///
  /// - Returns: The list that the hook is in.
  /// - Throws: If the tensor is no leaf that requires grad.
  @discardableResult
  public func registerPostAccumulateGradHook(
    _ tensor: Tensor,
    _ hook: Hook
  ) throws(AutogradError) -> HookList {
    guard tensor.requiresGrad else {
      throw .runtime("cannot register a hook on a tensor that doesn't require gradient")
    }
    if try gradFn(of: tensor) != nil {
      throw .runtime("post accumulate grad hooks cannot be registered on non-leaf tensors")
    }
    let meta = tensor.materializeMeta()
    let list = meta.postAccumulateHooks ?? HookList()
    list.hooks.append(hook)
    meta.postAccumulateHooks = list
    return list
  }

  /// Registers a hook called before a node, with its incoming gradients.
  @discardableResult
  public func registerPreHook(_ node: Node, _ hook: Hook) -> HookList {
    let list = node.materializeHooks().preHooks
    list.hooks.append(hook)
    return list
  }

  /// Registers a hook called after a node, with its outgoing and incoming gradients.
  @discardableResult
  public func registerPostHook(_ node: Node, _ hook: Hook) -> HookList {
    let list = node.materializeHooks().postHooks
    list.hooks.append(hook)
    return list
  }

  /// Makes a tensor that is no leaf keep its gradient.
  ///
  /// - Throws: If the tensor does not require grad.
  public func retainGrad(_ tensor: Tensor) throws(AutogradError) {
    guard tensor.requiresGrad else {
      throw .runtime("can't retain_grad on Tensor that has requires_grad=False")
    }
    guard let node = try gradFn(of: tensor), !tensor.retainsGrad else { return }
    node.materializeHooks().retainsGrad[tensor.outputNr] = RetainsGradHook(tensor: tensor)
    tensor.materializeMeta().retainsGrad = true
  }
}
