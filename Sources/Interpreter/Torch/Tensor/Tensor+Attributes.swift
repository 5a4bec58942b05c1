import Autograd

// The attributes of tensors.
extension Torch {
  /// Makes an attribute that reads something of the tensor.
  private static func reading(
    _ name: String,
    _ get: @escaping @Sendable (Torch, Tensor) throws -> Value
  ) -> AttributeRow {
    AttributeRow(name) { (machine, value) throws(PythonError) in
      let torch = machine.requireTorch()
      let tensor = try torch.object(value).tensor
      do {
        return try get(torch, tensor)
      } catch {
        throw torch.pythonError(error)
      }
    }
  }

  /// Makes an attribute that can be written.
  private static func writing(
    _ name: String,
    _ get: @escaping @Sendable (Torch, Tensor) throws -> Value,
    _ set: @escaping @Sendable (Torch, Tensor, Value) throws -> Void
  ) -> AttributeRow {
    AttributeRow(
      name,
      { (machine, value) throws(PythonError) in
        let torch = machine.requireTorch()
        let tensor = try torch.object(value).tensor
        do {
          return try get(torch, tensor)
        } catch {
          throw torch.pythonError(error)
        }
      },
      set: { (machine, value, new) throws(PythonError) in
        let torch = machine.requireTorch()
        let tensor = try torch.object(value).tensor
        do {
          try set(torch, tensor, new)
        } catch {
          throw torch.pythonError(error)
        }
      }
    )
  }

  /// The rows of the attributes.
  static let attributeRows: [AttributeRow] = [
    writing("data", { $0.wrap($0.session.data($1)) }, { try $0.setData($1, $2) }),
    writing(
      "grad",
      { $0.wrap(try $0.session.grad(of: $1)) },
      { try $0.setGrad($1, $2) }
    ),
    writing(
      "_grad",
      { $0.wrap($1.grad) },
      { try $0.setGrad($1, $2) }
    ),
    writing(
      "requires_grad",
      { .bool($1.requiresGrad) },
      { try $0.setRequiresGrad($1, $2) }
    ),
    writing(
      "grad_dtype",
      { try $0.gradDType($1) },
      { try $0.setGradDType($1, $2) }
    ),
    reading("grad_fn") { try $0.wrap($0.session.gradFn(of: $1)) },
    reading("is_leaf") { .bool(try $0.session.isLeaf($1)) },
    reading("retains_grad") { .bool($1.retainsGrad) },
    reading("output_nr") { .int($1.outputNr) },
    reading("_version") { .int(try $0.session.version(of: $1)) },
    reading("_base") { $0.wrap($1.base) },
    reading("shape") { $0.size($1.sizes) },
    reading("dtype") { $0.wrap($1.dtype) },
    reading("device") { torch, _ in torch.cpu },
    reading("layout") { torch, _ in torch.constant("torch.strided", torch.types.layout) },
    reading("ndim") { .int($1.dim) },
    reading("itemsize") { .int($1.itemSize) },
    reading("nbytes") { .int($1.numel * $1.itemSize) },
    reading("T") { try $0.transposed($1) },
    reading("mT") { try $0.matrixTransposed($1, "mT") },
    reading("H") { try $0.matrixTransposed($1, "H") },
    reading("mH") { try $0.matrixTransposed($1, "mH") },
    reading("real") { $0.wrap($1) },
    reading("is_cpu") { _, _ in .bool(true) },
    reading("is_cuda") { _, _ in .bool(false) },
    reading("is_mps") { _, _ in .bool(false) },
    reading("is_xpu") { _, _ in .bool(false) },
    reading("is_meta") { _, _ in .bool(false) },
    reading("is_sparse") { _, _ in .bool(false) },
    reading("is_quantized") { _, _ in .bool(false) },
    reading("is_nested") { _, _ in .bool(false) },
    reading("is_mkldnn") { _, _ in .bool(false) },
    reading("name") { torch, tensor in tensor.name.map { torch.machine.string($0) } ?? .none },
    reading("names") { torch, tensor in
      torch.machine.tuple([Value](repeating: .none, count: tensor.dim))
    },
  ]

  /// A constant that is only its name, the same object each time.
  func constant(_ text: String, _ type: TypeObject) -> Value {
    if let known = constants[text] { return known }
    let made = Value.object(NamedConstant(text, type: type))
    constants[text] = made
    return made
  }

  private func setData(_ tensor: Tensor, _ value: Value) throws {
    if value.isUnbound {
      throw machine.runtimeError("Deleting tensor data is not allowed. Delete tensor instead!")
    }
    guard let source = self.tensor(value) else {
      throw machine.typeError("Variable data has to be a tensor, but got \(typeName(value))")
    }
    try session.setData(tensor, source)
  }

  private func setGrad(_ tensor: Tensor, _ value: Value) throws {
    if value.isUnbound || value.isNone {
      try session.setGrad(tensor, nil)
      return
    }
    guard let grad = self.tensor(value) else {
      throw machine.typeError(
        "assigned grad expected to be a Tensor or None but got grad of type \(typeName(value))"
      )
    }
    try session.setGrad(tensor, grad)
  }

  private func setRequiresGrad(_ tensor: Tensor, _ value: Value) throws {
    guard case .bool(let flag) = value else {
      throw machine.runtimeError("requires_grad must be a bool")
    }
    if try !session.isLeaf(tensor) {
      throw machine.runtimeError(
        "you can only change requires_grad flags of leaf variables."
          + (flag
            ? ""
            : " If you want to use a computed variable in a subgraph that doesn't require "
              + "differentiation use var_no_grad = var.detach().")
      )
    }
    if flag && !tensor.dtype.isFloatingPoint {
      throw machine.runtimeError(
        "only Tensors of floating point and complex dtype can require gradients"
      )
    }
    try session.setRequiresGrad(tensor, flag)
  }

  private func gradDType(_ tensor: Tensor) throws -> Value {
    if try !session.isLeaf(tensor) {
      throw machine.runtimeError("grad_dtype can only be accessed on leaf tensors.")
    }
    switch tensor.meta?.gradDType ?? .own {
    case .own: return wrap(tensor.dtype)
    case .any: return .none
    case .only(let dtype): return wrap(dtype)
    }
  }

  private func setGradDType(_ tensor: Tensor, _ value: Value) throws {
    // PyTorch looks at the gradient first, which warns.
    _ = try session.grad(of: tensor)
    if value.isNone {
      try session.setGradDType(tensor, .any)
    } else if let dtype = dtype(of: value) {
      try session.setGradDType(tensor, .only(dtype))
    } else {
      throw machine.typeError(
        "grad_dtype must be a torch.dtype or None, but got \(typeName(value))"
      )
    }
  }

  private func transposed(_ tensor: Tensor) throws -> Value {
    if tensor.dim != 2 && tensor.dim != 0 {
      try warn(
        "The use of `x.T` on tensors of dimension other than 2 to reverse their shape is deprecated "
          + "and it will throw an error in a future release. Consider `x.mT` to transpose batches of "
          + "matrices or `x.permute(*torch.arange(x.ndim - 1, -1, -1))` to reverse the dimensions of "
          + "a tensor.",
        once: true
      )
    }
    if tensor.dim == 2 { return wrap(try session.transpose(tensor, 0, 1)) }
    return wrap(try session.permute(tensor, Array((0..<tensor.dim).reversed())))
  }

  private func matrixTransposed(_ tensor: Tensor, _ name: String) throws -> Value {
    if name == "H", tensor.dim != 2 && tensor.dim != 0 {
      throw machine.runtimeError(
        "tensor.H is only supported on matrices (2-D tensors). Got \(tensor.dim)-D tensor."
          + (tensor.dim > 2 ? " For batches of matrices, consider using tensor.mH" : "")
      )
    }
    if tensor.dim < 2 {
      if name == "H" || name == "mH" || tensor.dim == 0 { return wrap(tensor) }
      throw machine.runtimeError(
        "tensor.\(name) is only supported on matrices or batches of matrices. Got "
          + "\(tensor.dim)-D tensor."
      )
    }
    return wrap(try session.transpose(tensor, -2, -1))
  }
}
