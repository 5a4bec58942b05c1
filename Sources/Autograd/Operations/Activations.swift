import Glibc

// The non-linearities of torch.nn.functional.
extension Session {
  /// `leaky_relu(negative_slope)`.
  ///
  /// - Throws: If the tensor is none of floating point.
  public func leakyRelu(_ x: Tensor, _ slope: Scalar) throws(AutogradError) -> Tensor {
    try composed("leaky_relu", .leakyRelu, [x], [.scalar(slope)]) { () throws(AutogradError) in
      try leakyReluValues(x, slope)
    }
  }

  /// `leaky_relu_(negative_slope)`.
  ///
  /// - Throws: As ``leakyRelu(_:_:)``, and if the tensor may not be written.
  @discardableResult
  public func leakyReluInPlace(_ x: Tensor, _ slope: Scalar) throws(AutogradError) -> Tensor {
    try composedInPlace("leaky_relu_", .leakyReluInPlace, x, [], [.scalar(slope)]) {
      () throws(AutogradError) in try leakyReluValues(x, slope)
    }
  }

  private func leakyReluValues(_ x: Tensor, _ slope: Scalar) throws(AutogradError) -> Tensor {
    let factor = slope.double
    return try mapped(x, "leaky_relu_cpu") { $0 > 0 ? $0 : $0 * factor }
  }

  /// `elu(alpha, scale, input_scale)`, also of `selu` and `celu`.
  ///
  /// - Throws: If the tensor is none of floating point.
  public func elu(
    _ x: Tensor,
    _ alpha: Scalar,
    _ scale: Scalar = .int(1),
    _ inputScale: Scalar = .int(1)
  ) throws(AutogradError) -> Tensor {
    try composed("elu", .elu, [x], [.scalar(alpha), .scalar(inputScale), .scalar(scale)]) {
      () throws(AutogradError) in try eluValues(x, alpha, scale, inputScale)
    }
  }

  /// `elu_(alpha, scale, input_scale)`.
  ///
  /// - Throws: As ``elu(_:_:_:_:)``, and if the tensor may not be written.
  @discardableResult
  public func eluInPlace(
    _ x: Tensor,
    _ alpha: Scalar,
    _ scale: Scalar = .int(1),
    _ inputScale: Scalar = .int(1)
  ) throws(AutogradError) -> Tensor {
    try composedInPlace(
      "elu_",
      .eluInPlace,
      x,
      [],
      [.scalar(alpha), .scalar(inputScale), .scalar(scale)]
    ) { () throws(AutogradError) in try eluValues(x, alpha, scale, inputScale) }
  }

  private func eluValues(
    _ x: Tensor,
    _ alpha: Scalar,
    _ scale: Scalar,
    _ inputScale: Scalar
  ) throws(AutogradError) -> Tensor {
    let negative = alpha.double * scale.double
    let positive = scale.double
    let inner = inputScale.double
    return try mapped(x, "elu_cpu") { $0 > 0 ? $0 * positive : Glibc.expm1($0 * inner) * negative }
  }

  /// `softplus(beta, threshold)`.
  ///
  /// - Throws: If the tensor is none of floating point.
  public func softplus(
    _ x: Tensor,
    _ beta: Scalar,
    _ threshold: Scalar
  ) throws(AutogradError) -> Tensor {
    let (b, limit) = (beta.double, threshold.double)
    return try composed("softplus", .softplus, [x], [.scalar(beta), .scalar(threshold)]) {
      () throws(AutogradError) in
      try mapped(x, "softplus_cpu") { $0 * b > limit ? $0 : Glibc.log1p(Glibc.exp($0 * b)) / b }
    }
  }

  /// `gelu(approximate)`: `none` or `tanh`.
  ///
  /// - Throws: If the tensor is none of floating point, or there is no such approximation.
  public func gelu(_ x: Tensor, approximate: String) throws(AutogradError) -> Tensor {
    guard approximate == "none" || approximate == "tanh" else {
      throw .runtime("approximate argument must be either none or tanh.")
    }
    return try composed("gelu", .gelu, [x], [.string(approximate)]) { () throws(AutogradError) in
      if approximate == "none" {
        return try mapped(x, "GeluKernelImpl") { $0 * 0.5 * (1 + Glibc.erf($0 * 0.5.squareRoot())) }
      }
      let factor = (2 / Double.pi).squareRoot()
      return try mapped(x, "GeluKernelImpl") {
        0.5 * $0 * (1 + Glibc.tanh(factor * ($0 + 0.044715 * $0 * $0 * $0)))
      }
    }
  }

  /// `silu()`.
  ///
  /// - Throws: If the tensor is none of floating point.
  public func silu(_ x: Tensor) throws(AutogradError) -> Tensor {
    try composed("silu", .silu, [x]) { () throws(AutogradError) in try siluValues(x) }
  }

  /// `silu_()`.
  ///
  /// - Throws: As ``silu(_:)``, and if the tensor may not be written.
  @discardableResult
  public func siluInPlace(_ x: Tensor) throws(AutogradError) -> Tensor {
    try composedInPlace("silu_", .silu, x) { () throws(AutogradError) in try siluValues(x) }
  }

  private func siluValues(_ x: Tensor) throws(AutogradError) -> Tensor {
    try mapped(x, "silu_cpu") { $0 / (1 + Glibc.exp(-$0)) }
  }

  /// `mish()`.
  ///
  /// - Throws: If the tensor is none of floating point.
  public func mish(_ x: Tensor) throws(AutogradError) -> Tensor {
    try composed("mish", .mish, [x]) { () throws(AutogradError) in try mishValues(x) }
  }

  /// `mish_()`.
  ///
  /// - Throws: As ``mish(_:)``, and if the tensor may not be written.
  @discardableResult
  public func mishInPlace(_ x: Tensor) throws(AutogradError) -> Tensor {
    try composedInPlace("mish_", .mish, x) { () throws(AutogradError) in try mishValues(x) }
  }

  private func mishValues(_ x: Tensor) throws(AutogradError) -> Tensor {
    try mapped(x, "mish_cpu") { $0 * Glibc.tanh(Glibc.log1p(Glibc.exp($0))) }
  }

  /// `hardtanh(min_val, max_val)`, also of `relu6`.
  ///
  /// - Throws: If the tensor is bool.
  public func hardtanh(
    _ x: Tensor,
    _ lower: Scalar,
    _ upper: Scalar
  ) throws(AutogradError) -> Tensor {
    try composed("hardtanh", .hardtanh, [x], [.scalar(upper), .scalar(lower)]) {
      () throws(AutogradError) in try clamp(x, lower, upper)
    }
  }

  /// `hardtanh_(min_val, max_val)`.
  ///
  /// - Throws: As ``hardtanh(_:_:_:)``, and if the tensor may not be written.
  @discardableResult
  public func hardtanhInPlace(
    _ x: Tensor,
    _ lower: Scalar,
    _ upper: Scalar
  ) throws(AutogradError) -> Tensor {
    try composedInPlace("hardtanh_", .hardtanh, x, [], [.scalar(upper), .scalar(lower)]) {
      () throws(AutogradError) in try clamp(x, lower, upper)
    }
  }

  /// `log_sigmoid()`.
  ///
  /// - Throws: If the tensor is none of floating point.
  public func logSigmoid(_ x: Tensor) throws(AutogradError) -> Tensor {
    try composed("log_sigmoid", .logSigmoid, [x]) { () throws(AutogradError) in
      try mapped(x, "log_sigmoid_cpu") {
        min($0, 0) - Glibc.log1p(Glibc.exp(-$0.magnitude))
      }
    }
  }

  /// `threshold(threshold, value)`.
  ///
  /// - Throws: If memory runs out.
  public func threshold(
    _ x: Tensor,
    _ threshold: Scalar,
    _ value: Scalar
  ) throws(AutogradError) -> Tensor {
    try composed("threshold", .threshold, [x], [.scalar(threshold)]) { () throws(AutogradError) in
      try thresholdValues(x, threshold, value)
    }
  }

  /// `threshold_(threshold, value)`.
  ///
  /// - Throws: If the tensor may not be written.
  @discardableResult
  public func thresholdInPlace(
    _ x: Tensor,
    _ threshold: Scalar,
    _ value: Scalar
  ) throws(AutogradError) -> Tensor {
    try composedInPlace("threshold_", .thresholdInPlace, x, [], [.scalar(threshold)]) {
      () throws(AutogradError) in try thresholdValues(x, threshold, value)
    }
  }

  private func thresholdValues(
    _ x: Tensor,
    _ threshold: Scalar,
    _ value: Scalar
  ) throws(AutogradError) -> Tensor {
    let mask = try binary(.le, x, .number(threshold))
    return try maskedFill(x, mask, .number(value))
  }

  /// `hardsigmoid()`.
  ///
  /// - Throws: If the tensor is none of floating point.
  public func hardsigmoid(_ x: Tensor) throws(AutogradError) -> Tensor {
    try composed("hardsigmoid", .hardsigmoid, [x]) { () throws(AutogradError) in
      try mapped(x, "hardsigmoid_cpu") { min(max($0 + 3, 0), 6) / 6 }
    }
  }

  /// `hardswish()`.
  ///
  /// - Throws: If the tensor is none of floating point.
  public func hardswish(_ x: Tensor) throws(AutogradError) -> Tensor {
    try composed("hardswish", .hardswish, [x]) { () throws(AutogradError) in
      try mapped(x, "hardswish_cpu") { $0 * min(max($0 + 3, 0), 6) / 6 }
    }
  }

  /// `hardshrink(lambd)`.
  ///
  /// - Throws: If the tensor is none of floating point.
  public func hardshrink(_ x: Tensor, _ limit: Scalar) throws(AutogradError) -> Tensor {
    let bound = limit.double
    return try composed("hardshrink", .hardshrink, [x], [.scalar(limit)]) {
      () throws(AutogradError) in
      try mapped(x, "hardshrink_cpu") { $0.magnitude <= bound ? 0 : $0 }
    }
  }

  /// `softshrink(lambd)`.
  ///
  /// - Throws: If the tensor is none of floating point.
  public func softshrink(_ x: Tensor, _ limit: Scalar) throws(AutogradError) -> Tensor {
    let bound = limit.double
    return try composed("softshrink", .softshrink, [x], [.scalar(limit)]) {
      () throws(AutogradError) in
      try mapped(x, "softshrink_cpu") { $0 > bound ? $0 - bound : $0 < -bound ? $0 + bound : 0 }
    }
  }

  /// `glu(dim)`.
  ///
  /// - Throws: If the dimension cannot be halved.
  public func glu(_ x: Tensor, _ dim: Int) throws(AutogradError) -> Tensor {
    let wrapped = try wrapDim(dim, x.dim)
    guard x.sizes[wrapped] % 2 == 0 else {
      throw .runtime(
        "Halving dimension must be even, but dimension \(wrapped) is size \(x.sizes[wrapped])"
      )
    }
    return try composed("glu", .glu, [x], [.int(dim)]) { () throws(AutogradError) in
      let halves = try split(x, x.sizes[wrapped] / 2, wrapped)
      return try mul(halves[0], .tensor(unary(.sigmoid, halves[1])))
    }
  }

  /// The kernel of `prelu`, whose weight has the sizes of the input or broadcasts.
  ///
  /// - Throws: If the sizes do not broadcast.
  public func preluKernel(_ x: Tensor, _ weight: Tensor) throws(AutogradError) -> Tensor {
    try composed("_prelu_kernel", .preluKernel, [x, weight]) { () throws(AutogradError) in
      try self.where(
        binary(.gt, x, .number(.int(0))),
        .tensor(x),
        .tensor(mul(x, .tensor(weight)))
      )
    }
  }
}

// Normalisations over a dimension.
extension Session {
  /// `softmax(dim, dtype)`.
  ///
  /// - Throws: If the tensor is none of floating point, or the dimension is out of range.
  public func softmax(
    _ x: Tensor,
    _ dim: Int,
    dtype: DType? = nil
  ) throws(AutogradError) -> Tensor {
    let source = try dtype.map { (dtype) throws(AutogradError) in try to(x, dtype) } ?? x
    try checkSoftmax(source, dim, "softmax")
    return try composed("softmax", .softmax, [source], [.int(dim), .dtype(source.dtype)]) {
      () throws(AutogradError) in
      let powers = try unary(.exp, sub(source, .tensor(greatest(source, dim))))
      return try div(powers, .tensor(sum(powers, dims: [dim], keepdim: true)))
    }
  }

  /// `log_softmax(dim, dtype)`.
  ///
  /// - Throws: As ``softmax(_:_:dtype:)``.
  public func logSoftmax(
    _ x: Tensor,
    _ dim: Int,
    dtype: DType? = nil
  ) throws(AutogradError) -> Tensor {
    let source = try dtype.map { (dtype) throws(AutogradError) in try to(x, dtype) } ?? x
    try checkSoftmax(source, dim, "log_softmax")
    return try composed("log_softmax", .logSoftmax, [source], [.int(dim), .dtype(source.dtype)]) {
      () throws(AutogradError) in
      let shifted = try sub(source, .tensor(greatest(source, dim)))
      let total = try sum(unary(.exp, shifted), dims: [dim], keepdim: true)
      return try sub(shifted, .tensor(unary(.log, total)))
    }
  }

  /// `logsumexp(dim, keepdim)`.
  ///
  /// - Throws: If a dimension is out of range.
  public func logSumExp(
    _ x: Tensor,
    _ dims: [Int],
    keepdim: Bool
  ) throws(AutogradError) -> Tensor {
    let source = try floating(x)
    return try composed("logsumexp", .logSumExp, [source], [.ints(dims), .bool(keepdim)]) {
      () throws(AutogradError) in
      if source.numel == 0 {
        return try unary(.log, sum(unary(.exp, source), dims: dims, keepdim: keepdim))
      }
      let top = try extremum(source, dims: dims, keepdim: true, greatest: true)
      let finite = try maskedFill(top, unary(.isInf, top), .number(.int(0)))
      let total = try sum(
        unary(.exp, sub(source, .tensor(finite))),
        dims: dims,
        keepdim: true
      )
      let result = try add(unary(.log, total), .tensor(finite))
      if keepdim { return result }
      return try clone(squeeze(result, wrapDims(dims, source.dim), isTuple: true))
    }
  }

  private func greatest(_ x: Tensor, _ dim: Int) throws(AutogradError) -> Tensor {
    if x.numel == 0 || x.dim == 0 { return x }
    return try extremum(x, dims: [dim], keepdim: true, greatest: true)
  }

  private func checkSoftmax(
    _ x: Tensor,
    _ dim: Int,
    _ name: String
  ) throws(AutogradError) {
    let wrapped = try wrapDim(dim, x.dim)
    let isLast = wrapped == max(x.dim - 1, 0)
    try requireFloatingPoint(x, isLast ? "\(name)_lastdim_kernel_impl" : "\(name)_kernel_impl")
  }
}
