import Autograd

// Tensors as Python numbers and sequences.
extension Torch {
  /// The rows that turn a tensor into something else.
  static let conversionRows: [BuiltinRow] = [
    BuiltinRow("item", 0...0) { (machine, arguments) throws(PythonError) in
      let torch = machine.requireTorch()
      let tensor = try torch.object(arguments[0]).tensor
      return torch.value(
        try torch.run { () throws(AutogradError) in try torch.session.item(tensor) }
      )
    },
    BuiltinRow("tolist", 0...0) { (machine, arguments) throws(PythonError) in
      let torch = machine.requireTorch()
      return torch.list(try torch.object(arguments[0]).tensor)
    },
    BuiltinRow("__float__", 0...0) { (machine, arguments) throws(PythonError) in
      let torch = machine.requireTorch()
      try torch.warnOfConversion(torch.object(arguments[0]).tensor)
      return .float(try torch.number(arguments[0]).double)
    },
    BuiltinRow("__int__", 0...0) { (machine, arguments) throws(PythonError) in
      let number = try machine.requireTorch().number(arguments[0])
      if case .float(let value) = number { return try machine.requireTorch().truncated(value) }
      return .int(number.integer)
    },
    BuiltinRow("__index__", 0...0) { (machine, arguments) throws(PythonError) in
      let torch = machine.requireTorch()
      let tensor = try torch.object(arguments[0]).tensor
      guard tensor.numel == 1, tensor.dtype.isIntegral(includingBool: true) else {
        throw machine.typeError(
          "only integer tensors of a single element can be converted to an index"
        )
      }
      return .int(TensorFormatter.Content(tensor).first.integer)
    },
    BuiltinRow("__bool__", 0...0) { (machine, arguments) throws(PythonError) in
      let tensor = try machine.requireTorch().object(arguments[0]).tensor
      guard tensor.numel == 1 else {
        throw machine.runtimeError(
          "Boolean value of Tensor with \(tensor.numel == 0 ? "no values" : "more than one value") "
            + "is ambiguous"
        )
      }
      return .bool(TensorFormatter.Content(tensor).first.isTrue)
    },
    BuiltinRow("__len__", 0...0) { (machine, arguments) throws(PythonError) in
      let tensor = try machine.requireTorch().object(arguments[0]).tensor
      guard let length = tensor.sizes.first else {
        throw machine.typeError("len() of a 0-d tensor")
      }
      return .int(length)
    },
    BuiltinRow("__iter__", 0...0) { (machine, arguments) throws(PythonError) in
      let torch = machine.requireTorch()
      let tensor = try torch.object(arguments[0]).tensor
      if tensor.dim == 0 { throw machine.typeError("iteration over a 0-d tensor") }
      let rows = try torch.run { () throws(AutogradError) in try torch.session.unbind(tensor) }
      return try machine.iter(machine.tuple(rows.map { torch.wrap($0) }))
    },
    BuiltinRow("__contains__", 1...1) { (machine, arguments) throws(PythonError) in
      let torch = machine.requireTorch()
      guard torch.isTensor(arguments[1]) || torch.isNumber(arguments[1]) else {
        throw machine.runtimeError(
          "Tensor.__contains__ only supports Tensor or scalar, but you passed in a "
            + "\(try machine.repr(.object(machine.type(of: arguments[1]))))."
        )
      }
      let tensor = try torch.object(arguments[0]).tensor
      let operand = try torch.operand(arguments[1])
      return try torch.run { () throws(AutogradError) in
        let equal = try torch.session.binary(Rows.binary("eq"), tensor, operand)
        let any = try torch.session.truth(equal, dims: nil, keepdim: false, all: false)
        return .bool(try torch.session.item(any).isTrue)
      }
    },
    BuiltinRow("__hash__", 0...0) { (machine, arguments) throws(PythonError) in
      .int(machine.identity(of: arguments[0]))
    },
    BuiltinRow("numpy", nil, keywords: true) { (machine, arguments) throws(PythonError) in
      if try machine.requireTorch().object(arguments[0]).tensor.requiresGrad {
        throw machine.runtimeError(
          "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead."
        )
      }
      throw machine.notSupported("torch.Tensor.numpy")
    },
    BuiltinRow("cuda", nil, keywords: true) { (machine, _) throws(PythonError) in
      throw machine.error(machine.types.assertionError, "Torch not compiled with CUDA enabled")
    },
  ]

  /// The only element, as Python's `float(tensor)` and `int(tensor)` take it.
  private func number(_ value: Value) throws(PythonError) -> Scalar {
    let tensor = try object(value).tensor
    guard tensor.numel == 1 else {
      throw machine.valueError("only one element tensors can be converted to Python scalars")
    }
    return TensorFormatter.Content(tensor).first
  }

  private func truncated(_ value: Double) throws(PythonError) -> Value {
    try machine.call(.object(machine.types.int), [.float(value)])
  }

  /// A value that is a tensor or a number, as the right side of an operation.
  func operand(_ value: Value) throws(PythonError) -> Operand {
    if let tensor = tensor(value) { return .tensor(tensor) }
    return .number(try scalar(value))
  }
}
