// Operations that PyTorch fuses for optimizers, and products that add.
extension Session {
  /// `lerp(end, weight)`.
  ///
  /// - Throws: If the types differ or the sizes do not broadcast.
  public func lerp(
    _ x: Tensor,
    _ end: Tensor,
    _ weight: Operand
  ) throws(AutogradError) -> Tensor {
    try checkLerp(x, end)
    switch weight {
    case .number(let number):
      return try composed("lerp", .lerpScalar, [x, end], [.scalar(number)]) {
        () throws(AutogradError) in try lerpValues(x, end, weight)
      }
    case .tensor(let tensor):
      return try composed("lerp", .lerp, [x, end, tensor]) { () throws(AutogradError) in
        try lerpValues(x, end, weight)
      }
    }
  }

  /// `lerp_(end, weight)`.
  ///
  /// - Throws: As ``lerp(_:_:_:)``, and if the tensor may not be written.
  @discardableResult
  public func lerpInPlace(
    _ x: Tensor,
    _ end: Tensor,
    _ weight: Operand
  ) throws(AutogradError) -> Tensor {
    try checkLerp(x, end)
    switch weight {
    case .number(let number):
      return try composedInPlace("lerp_", .lerpScalar, x, [.tensor(end)], [.scalar(number)]) {
        () throws(AutogradError) in try lerpValues(x, end, weight)
      }
    case .tensor:
      return try composedInPlace("lerp_", .lerp, x, [.tensor(end), weight]) {
        () throws(AutogradError) in try lerpValues(x, end, weight)
      }
    }
  }

  private func checkLerp(_ x: Tensor, _ end: Tensor) throws(AutogradError) {
    if x.dtype != end.dtype {
      throw .runtime(
        "expected dtype \(x.dtype.traits.cppName) for `end` but got dtype \(end.dtype.traits.cppName)"
      )
    }
  }

  // The nearer end is where PyTorch starts from.
  private func lerpValues(
    _ x: Tensor,
    _ end: Tensor,
    _ weight: Operand
  ) throws(AutogradError) -> Tensor {
    try requireFloatingPoint(x, "lerp_kernel_scalar")
    let span = try sub(end, .tensor(x))
    switch weight {
    case .number(let number):
      if number.double.magnitude < 0.5 { return try add(x, .tensor(mul(span, weight))) }
      return try sub(end, .tensor(mul(span, .number(.float(1 - number.double)))))
    case .tensor(let tensor):
      let near = try add(x, .tensor(mul(span, weight)))
      let far = try sub(end, .tensor(mul(span, .tensor(rsub(tensor, .number(.int(1)))))))
      let isNear = try binary(.lt, unary(.abs, tensor), .number(.float(0.5)))
      return try self.where(isNear, .tensor(near), .tensor(far))
    }
  }

  /// `addcmul(tensor1, tensor2, value)` or, with `divided`, `addcdiv`.
  ///
  /// - Throws: If the sizes do not broadcast, or integers would be divided.
  public func addProduct(
    _ x: Tensor,
    _ a: Tensor,
    _ b: Tensor,
    value: Scalar,
    divided: Bool
  ) throws(AutogradError) -> Tensor {
    let name = divided ? "addcdiv" : "addcmul"
    return try composed(name, divided ? .addcdiv : .addcmul, [x, a, b], [.scalar(value)]) {
      () throws(AutogradError) in try addProductValues(x, a, b, value, divided)
    }
  }

  /// `addcmul_(tensor1, tensor2, value)` or, with `divided`, `addcdiv_`.
  ///
  /// - Throws: As ``addProduct(_:_:_:value:divided:)``, and if the tensor may not be written.
  @discardableResult
  public func addProductInPlace(
    _ x: Tensor,
    _ a: Tensor,
    _ b: Tensor,
    value: Scalar,
    divided: Bool
  ) throws(AutogradError) -> Tensor {
    try composedInPlace(
      divided ? "addcdiv_" : "addcmul_",
      divided ? .addcdiv : .addcmul,
      x,
      [.tensor(a), .tensor(b)],
      [.scalar(value)]
    ) { () throws(AutogradError) in try addProductValues(x, a, b, value, divided) }
  }

  private func addProductValues(
    _ x: Tensor,
    _ a: Tensor,
    _ b: Tensor,
    _ value: Scalar,
    _ divided: Bool
  ) throws(AutogradError) -> Tensor {
    if divided, !a.dtype.isFloatingPoint, !b.dtype.isFloatingPoint {
      throw .runtime(
        "Integer division with addcdiv is no longer supported, and in a future  release addcdiv will "
          + "perform a true division of tensor1 and tensor2. The historic addcdiv behavior can be "
          + "implemented as (input + value * torch.trunc(tensor1 / tensor2)).to(input.dtype) for integer "
          + "inputs and as (input + value * tensor1 / tensor2) for float inputs. The future addcdiv "
          + "behavior is just the latter implementation: (input + value * tensor1 / tensor2), for all "
          + "dtypes."
      )
    }
    let scaled = value.isOne ? a : try mul(a, .number(value))
    return try add(x, .tensor(divided ? div(scaled, .tensor(b)) : mul(scaled, .tensor(b))))
  }

  /// `addmv(mat, vec, beta, alpha)`.
  ///
  /// - Throws: If the sizes do not fit.
  public func addmv(
    _ x: Tensor,
    _ matrix: Tensor,
    _ vector: Tensor,
    beta: Scalar,
    alpha: Scalar
  ) throws(AutogradError) -> Tensor {
    try composed("addmv", .addmv, [x, matrix, vector], [.scalar(alpha), .scalar(beta)]) {
      () throws(AutogradError) in
      try blend(x, mv(matrix, vector), beta, alpha)
    }
  }

  /// `addr(vec1, vec2, beta, alpha)`.
  ///
  /// - Throws: If the sizes do not fit.
  public func addr(
    _ x: Tensor,
    _ a: Tensor,
    _ b: Tensor,
    beta: Scalar,
    alpha: Scalar
  ) throws(AutogradError) -> Tensor {
    try composed("addr", .addr, [x, a, b], [.scalar(alpha), .scalar(beta)]) {
      () throws(AutogradError) in try blend(x, outerProduct(a, b), beta, alpha)
    }
  }

  /// `addr_(vec1, vec2, beta, alpha)`.
  ///
  /// - Throws: As ``addr(_:_:_:beta:alpha:)``, and if the tensor may not be written.
  @discardableResult
  public func addrInPlace(
    _ x: Tensor,
    _ a: Tensor,
    _ b: Tensor,
    beta: Scalar,
    alpha: Scalar
  ) throws(AutogradError) -> Tensor {
    try composedInPlace(
      "addr_",
      .addr,
      x,
      [.tensor(a), .tensor(b)],
      [.scalar(alpha), .scalar(beta)]
    ) { () throws(AutogradError) in try blend(x, outerProduct(a, b), beta, alpha) }
  }

  /// `baddbmm(batch1, batch2, beta, alpha)`.
  ///
  /// - Throws: If the sizes do not fit.
  public func baddbmm(
    _ x: Tensor,
    _ a: Tensor,
    _ b: Tensor,
    beta: Scalar,
    alpha: Scalar
  ) throws(AutogradError) -> Tensor {
    try composed("baddbmm", .baddbmm, [x, a, b], [.scalar(alpha), .scalar(beta)]) {
      () throws(AutogradError) in try blend(x, bmm(a, b), beta, alpha)
    }
  }

  private func blend(
    _ x: Tensor,
    _ product: Tensor,
    _ beta: Scalar,
    _ alpha: Scalar
  ) throws(AutogradError) -> Tensor {
    let scaled = try alpha.isOne ? product : mul(product, .number(alpha))
    return try add(scaled, .tensor(beta.isOne ? x : mul(x, .number(beta))))
  }

  /// `outer(vec2)`, which PyTorch makes of a multiplication.
  ///
  /// - Throws: If one of the tensors is no vector.
  public func outerProduct(_ a: Tensor, _ b: Tensor) throws(AutogradError) -> Tensor {
    if a.dim != 1 {
      throw .runtime("outer: Expected 1-D argument self, but got \(a.dim)-D")
    }
    if b.dim != 1 {
      throw .runtime("outer: Expected 1-D argument vec2, but got \(b.dim)-D")
    }
    return try mul(reshape(a, [a.numel, 1]), .tensor(b))
  }

  /// `trace()`.
  ///
  /// - Throws: If the tensor is no matrix.
  public func trace(_ x: Tensor) throws(AutogradError) -> Tensor {
    if x.dim != 2 { throw .runtime("trace: expected a matrix, but got tensor with dim \(x.dim)") }
    return try composed("trace", .trace, [x], [.ints(x.sizes)]) { () throws(AutogradError) in
      try sum(diagonal(x))
    }
  }
}
