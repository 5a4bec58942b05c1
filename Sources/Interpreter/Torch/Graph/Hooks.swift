import Autograd

/// A handle that removes a hook, `torch.utils.hooks.RemovableHandle`.
final class HookHandle: Object {
  let hook: Hook
  let list: HookList
  let id: Int

  init(_ hook: Hook, _ list: HookList, id: Int, type: TypeObject) {
    self.hook = hook
    self.list = list
    self.id = id
    super.init(type: type)
  }
}

// Hooks written in Python.
extension Torch {
  /// A handle for a hook that was registered.
  func handle(_ hook: Hook, in list: HookList) -> Value {
    handleCount += 1
    return .object(HookHandle(hook, list, id: handleCount, type: types.removableHandle))
  }

  /// The methods of handles.
  static let handleRows: [BuiltinRow] = [
    BuiltinRow("remove", 0...0) { (machine, arguments) throws(PythonError) in
      if let handle = arguments[0].object(HookHandle.self) { handle.list.remove(handle.hook) }
      return .none
    },
    BuiltinRow("__enter__", 0...0) { (_, arguments) throws(PythonError) in arguments[0] },
    BuiltinRow("__exit__", 3...3) { (machine, arguments) throws(PythonError) in
      if let handle = arguments[0].object(HookHandle.self) { handle.list.remove(handle.hook) }
      return .none
    },
  ]

  /// A hook on a tensor: the gradient in, a replacement or None out.
  func tensorHook(_ callable: Value) -> Hook {
    Hook(
      name: hookName(callable),
      .tensor { [unowned self] (gradient) throws(AutogradError) in
        let result = try outside { () throws(PythonError) in
          try machine.call(callable, [wrap(gradient)])
        }
        if result.isNone { return nil }
        guard let tensor = tensor(result) else {
          throw .type("expected Variable, but hook returned '\(typeName(result))'")
        }
        return tensor
      }
    )
  }

  /// A hook after accumulation: the leaf in, None out.
  func postAccumulateHook(_ callable: Value) -> Hook {
    Hook(
      name: hookName(callable),
      .postAccumulate { [unowned self] (leaf) throws(AutogradError) in
        let result = try outside { () throws(PythonError) in
          try machine.call(callable, [wrap(leaf)])
        }
        if !result.isNone {
          throw .runtime("Tensor post accumulate grad hooks should return None.")
        }
      }
    )
  }

  /// A hook before a node.
  func preHook(_ callable: Value) -> Hook {
    Hook(
      name: hookName(callable),
      .pre { [unowned self] (gradients) throws(AutogradError) in
        let result = try outside { () throws(PythonError) in
          try machine.call(callable, [machine.tuple(gradients.map { wrap($0) })])
        }
        return try replacement(result, count: gradients.count, callable)
      }
    )
  }

  /// A hook after a node.
  func postHook(_ callable: Value) -> Hook {
    Hook(
      name: hookName(callable),
      .post { [unowned self] (outgoing, incoming) throws(AutogradError) in
        let result = try outside { () throws(PythonError) in
          try machine.call(
            callable,
            [
              machine.tuple(outgoing.map { wrap($0) }),
              machine.tuple(incoming.map { wrap($0) }),
            ]
          )
        }
        return try replacement(result, count: outgoing.count, callable)
      }
    )
  }

  private func replacement(
    _ result: Value,
    count: Int,
    _ callable: Value
  ) throws(AutogradError) -> [Tensor?]? {
    if result.isNone { return nil }
    guard let tuple = result.object(TupleObject.self) else {
      throw .type("expected tuple, but hook returned '\(typeName(result))'")
    }
    guard tuple.items.count == count else {
      throw .runtime(
        "hook '\(hookName(callable))' has returned an incorrect number of values (got "
          + "\(tuple.items.count), but expected \(count))"
      )
    }
    var tensors: [Tensor?] = []
    for item in tuple.items {
      if item.isNone {
        tensors.append(nil)
      } else if let tensor = tensor(item) {
        tensors.append(tensor)
      } else {
        throw .type("expected Variable, but hook returned '\(typeName(item))'")
      }
    }
    return tensors
  }

  /// The name of a callable as messages have it.
  private func hookName(_ callable: Value) -> String {
    if let function = callable.object(FunctionObject.self) { return function.name }
    if let builtin = callable.object(BuiltinFunction.self) { return builtin.row.name }
    if let method = callable.object(BoundMethod.self) { return hookName(method.function) }
    return "<unknown>"
  }
}
