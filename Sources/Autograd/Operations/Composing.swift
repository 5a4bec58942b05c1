// Operations whose values come from other operations, but which have a node of their own.
extension Session {
  /// Runs an operation whose values a closure computes without history.
  ///
  /// - Parameters:
  ///   - name: PyTorch's name.
  ///   - derivative: The row; nil for an operation that is not differentiable.
  ///   - inputs: The inputs, as the row counts them; nil for one that was not given.
  ///   - differentiable: How many inputs have an edge; all by default.
  ///   - values: The values of the row's attributes.
  ///   - compute: Computes a fresh tensor.
  /// - Returns: The tensor, with its history.
  /// - Throws: What the closure throws, and if an input may not be saved.
  func composed(
    _ name: String,
    _ derivative: Derivative?,
    _ inputs: [Tensor?],
    differentiable: Int? = nil,
    _ values: [AttributeValue] = [],
    _ compute: () throws(AutogradError) -> Tensor
  ) throws(AutogradError) -> Tensor {
    try observing(name, inputs.compactMap { $0 }) { () throws(AutogradError) in
      let result = try silently(compute)
      result.storage.writes = 0
      result.versionCounter = nil
      if let derivative {
        try record(
          derivative,
          inputs: inputs,
          differentiable: differentiable,
          results: [result],
          values
        )
      }
      finished(
        name,
        inputs.compactMap { $0 },
        [result],
        derivative.map { zip($0.attributeLabels, values).map { ($0, $1) } } ?? []
      )
      return result
    }
  }

  /// Runs an operation in place whose values a closure computes without history.
  ///
  /// - Returns: The target.
  /// - Throws: What the closure throws, and if the target may not be written.
  @discardableResult
  func composedInPlace(
    _ name: String,
    _ derivative: Derivative?,
    _ target: Tensor,
    _ others: [Operand] = [],
    _ values: [AttributeValue] = [],
    _ compute: () throws(AutogradError) -> Tensor
  ) throws(AutogradError) -> Tensor {
    try inPlace(name, derivative, target, ShortList(others), values) { () throws(AutogradError) in
      try checkOverlap(target, .tensor(target))
      try overwrite(target, silently(compute))
    }
  }

  /// Runs operations that are neither recorded nor told.
  func silently<Result>(
    _ body: () throws(AutogradError) -> Result
  ) throws(AutogradError) -> Result {
    try unobserved { () throws(AutogradError) in try unrecorded(body) }
  }

  /// Writes a result of the same sizes, or one that broadcasts to them, into a tensor.
  func overwrite(_ target: Tensor, _ result: Tensor) throws(AutogradError) {
    try checkCast(result.dtype, to: target.dtype)
    if result.sizes != target.sizes {
      let sizes = try Broadcast.sizes(target.sizes, result.sizes)
      guard sizes == target.sizes else {
        throw .runtime(
          "output with shape \(Shape.text(target.sizes)) doesn't match the broadcast shape "
            + Shape.text(sizes)
        )
      }
    }
    mapElements(result, Casting.loop(result.dtype, target.dtype), into: target)
  }

  /// The values of a function of real numbers.
  ///
  /// - Throws: If the tensor is none of floating point: `kernel` is what PyTorch's error names.
  func mapped(
    _ x: Tensor,
    _ kernel: String,
    _ function: @escaping @Sendable (Double) -> Double
  ) throws(AutogradError) -> Tensor {
    try requireFloatingPoint(x, kernel)
    return try mapElements(x, x.dtype.visit(MapLoop(function: function)), x.dtype)
  }

  /// Throws PyTorch's error of a kernel that is there for floating point types only.
  func requireFloatingPoint(_ x: Tensor, _ kernel: String) throws(AutogradError) {
    if !x.dtype.isFloatingPoint {
      throw .notImplemented("\"\(kernel)\" not implemented for '\(x.dtype.scalarTypeName)'")
    }
  }

  /// A tensor of floating point: integers become the default type.
  func floating(_ x: Tensor) throws(AutogradError) -> Tensor {
    x.dtype.isFloatingPoint ? x : try to(x, defaultDType)
  }
}

/// The loop of a function of real numbers.
private struct MapLoop: ElementVisitor {
  let function: @Sendable (Double) -> Double

  func visit<E: Element>(_ type: E.Type) -> UnaryLoop {
    let function = function
    return { out, x, count, so, sx in
      let out = out.assumingMemoryBound(to: E.self)
      let x = x.assumingMemoryBound(to: E.self)
      for i in 0..<count { out[i &* so] = E(from: function(x[i &* sx].double)) }
    }
  }
}
