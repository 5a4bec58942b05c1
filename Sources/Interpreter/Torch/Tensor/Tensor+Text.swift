import Autograd

// The text of tensors.
extension Torch {
  /// `repr(tensor)`.
  func repr(_ object: TensorObject) -> String {
    let type = object.type ?? types.tensor
    let isPlain = type === types.tensor || type === types.parameter
    let text = text(object.tensor, prefix: isPlain ? "tensor(" : "\(type.name)(")
    return type === types.parameter ? "Parameter containing:\n" + text : text
  }

  /// The text of a tensor behind a prefix.
  func text(_ tensor: Tensor, prefix: String = "tensor(") -> String {
    let formatter = TensorFormatter(options: printOptions, defaultDType: session.defaultDType)
    return formatter.text(
      TensorFormatter.Content(tensor),
      prefix: prefix,
      history: history(tensor)
    )
  }

  private func history(_ tensor: Tensor) -> String? {
    do throws(AutogradError) {
      if let node = try session.gradFn(of: tensor) { return "grad_fn=<\(node.typeName)>" }
    } catch {
      return "grad_fn=<Invalid>"
    }
    return tensor.requiresGrad ? "requires_grad=True" : nil
  }

  /// The rows about the text of tensors.
  static let textRows: [BuiltinRow] = [
    BuiltinRow("__repr__", nil, keywords: true) { (machine, arguments) throws(PythonError) in
      let torch = machine.requireTorch()
      return machine.string(torch.repr(try torch.object(arguments[0])))
    },
    BuiltinRow("__format__", 1...1) { (machine, arguments) throws(PythonError) in
      let torch = machine.requireTorch()
      let object = try torch.object(arguments[0])
      let spec = machine.text(arguments[1]) ?? ""
      if object.tensor.dim == 0, object.type === torch.types.tensor {
        let element = TensorFormatter.Content(object.tensor).first
        return machine.string(try machine.format(torch.value(element), spec: spec))
      }
      if spec.isEmpty { return machine.string(try machine.str(arguments[0])) }
      throw machine.unsupportedFormat(arguments[0])
    },
  ]

  /// The object of a value that must be a tensor.
  func object(_ value: Value) throws(PythonError) -> TensorObject {
    if let object = value.object(TensorObject.self) { return object }
    throw machine.typeError("expected a Tensor, got \(typeName(value))")
  }
}

extension TensorFormatter.Content {
  /// The first element.
  var first: Scalar { buffer.element(at: offset, dtype) }
}
