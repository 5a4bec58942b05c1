import Autograd

// Calls with `out=`.
extension Torch {
  /// Computes a call and writes the result into the tensors of `out`.
  func callOut(_ row: TorchRow, _ call: TorchCall, _ out: Value) throws -> Value {
    var targets: [Tensor] = []
    for item in items(of: out) ?? [out] {
      if let target = tensor(item) { targets.append(target) }
    }
    if session.gradMode, !session.inferenceMode {
      var involved = targets
      for index in 0..<call.signature.parameters.count {
        if let input = tensor(call[index]) { involved.append(input) }
      }
      if involved.contains(where: \.requiresGrad) {
        throw machine.runtimeError(
          "\(call.name)(): functions with out=... arguments don't support automatic "
            + "differentiation, but one of the arguments requires grad."
        )
      }
    }
    let mode = session.gradMode
    session.gradMode = false
    defer { session.gradMode = mode }
    let result = try row.body(call)
    if let tensor = tensor(result) {
      try session.write(tensor, out: targets[0], name: call.name)
      return out
    }
    for (item, target) in zip(items(of: result) ?? [], targets) {
      if let source = tensor(item) { try session.write(source, out: target, name: call.name) }
    }
    return out
  }
}
