// Tensors from nothing.
extension Session {
  /// A tensor of numbers, row by row; its dtype is that of the numbers unless given.
  ///
  /// - Throws: If memory runs out.
  public func tensor(
    _ elements: [Scalar],
    sizes: [Int],
    _ dtype: DType? = nil
  ) throws(AutogradError) -> Tensor {
    var category = DType.Category.bool
    for element in elements { category = max(category, element.category) }
    let inferred: DType =
      elements.isEmpty || category == .floatingPoint
      ? defaultDType : category == .integer ? .int64 : .bool
    let result = try allocate(dtype ?? inferred, sizes: sizes)
    result.initializeElements {
      (dtype ?? inferred).visit(StoreScalars(elements: elements, out: $0))
    }
    finished("tensor", [], [result])
    return result
  }

  /// A tensor whose elements are all one number.
  ///
  /// - Throws: For a negative size, or if memory runs out.
  public func full(
    _ sizes: [Int],
    _ value: Scalar,
    _ dtype: DType? = nil
  ) throws(AutogradError) -> Tensor {
    for size in sizes where size < 0 {
      throw .runtime(
        "Trying to create tensor with negative dimension \(size): \(Shape.text(sizes))"
      )
    }
    let inferred: DType =
      switch value.category {
      case .bool: .bool
      case .integer: .int64
      case .floatingPoint: defaultDType
      }
    let result = try allocate(dtype ?? inferred, sizes: sizes)
    result.initializeElements {
      result.dtype.visit(FillElements(value: value, out: $0, count: result.numel))
    }
    finished("full", [], [result], [("fill_value", .scalar(value))])
    return result
  }

  /// `torch.zeros`.
  ///
  /// - Throws: As ``full(_:_:_:)``.
  public func zeros(_ sizes: [Int], _ dtype: DType? = nil) throws(AutogradError) -> Tensor {
    try full(sizes, .int(0), dtype ?? defaultDType)
  }

  /// `torch.ones`.
  ///
  /// - Throws: As ``full(_:_:_:)``.
  public func ones(_ sizes: [Int], _ dtype: DType? = nil) throws(AutogradError) -> Tensor {
    try full(sizes, .int(1), dtype ?? defaultDType)
  }

  /// `torch.empty`; the elements are zeros here.
  ///
  /// - Throws: As ``full(_:_:_:)``.
  public func empty(_ sizes: [Int], _ dtype: DType? = nil) throws(AutogradError) -> Tensor {
    try full(sizes, .int(0), dtype ?? defaultDType)
  }

  /// `torch.zeros_like`, laid out like the tensor.
  ///
  /// - Throws: If memory runs out.
  public func zerosLike(_ x: Tensor, _ dtype: DType? = nil) throws(AutogradError) -> Tensor {
    try fullLike(x, .int(0), dtype)
  }

  /// `torch.ones_like`, laid out like the tensor.
  ///
  /// - Throws: If memory runs out.
  public func onesLike(_ x: Tensor, _ dtype: DType? = nil) throws(AutogradError) -> Tensor {
    try fullLike(x, .int(1), dtype)
  }

  /// `torch.full_like`, laid out like the tensor.
  ///
  /// - Throws: If memory runs out.
  public func fullLike(
    _ x: Tensor,
    _ value: Scalar,
    _ dtype: DType? = nil
  ) throws(AutogradError) -> Tensor {
    let dtype = dtype ?? x.dtype
    if x.sizes.isEmpty {
      let result = makeScalar(dtype.encode(value), dtype)
      finished("full_like", [x], [result], [("fill_value", .scalar(value))])
      return result
    }
    let result = try allocate(dtype, sizes: x.sizes, strides: denseStrides(x))
    result.initializeElements {
      dtype.visit(FillElements(value: value, out: $0, count: result.numel))
    }
    finished("full_like", [x], [result], [("fill_value", .scalar(value))])
    return result
  }

  /// A fresh dense tensor with given strides; zeros.
  public func emptyStrided(
    _ sizes: [Int],
    _ strides: [Int],
    _ dtype: DType
  ) throws(AutogradError) -> Tensor {
    let length = sizes.contains(0) ? 0 : Shape.storageLength(sizes, strides, 0)
    try reserve(length * dtype.itemSize)
    return make(
      Buffer(byteCount: length * dtype.itemSize),
      dtype,
      sizes: sizes,
      strides: strides,
      numel: Shape.numel(sizes),
      isContiguous: Shape.isContiguous(sizes: sizes, strides: strides)
    )
  }

  /// The strides of a copy that keeps the order of the dimensions.
  func denseStrides(_ x: Tensor) -> [Int] {
    x.isNonOverlappingAndDense
      ? x.strides : Broadcast.resultStrides(x.sizes, operands: [x.strides])
  }

  /// `torch.arange`.
  ///
  /// - Throws: If the step leads nowhere.
  public func arange(
    _ start: Scalar,
    _ end: Scalar,
    _ step: Scalar,
    _ dtype: DType? = nil
  ) throws(AutogradError) -> Tensor {
    let isInteger =
      start.category != .floatingPoint && end.category != .floatingPoint
      && step.category != .floatingPoint
    if step.double == 0 { throw .runtime("step must be nonzero") }
    if (step.double > 0) != (end.double >= start.double) && start.double != end.double {
      throw .runtime("upper bound and lower bound inconsistent with step sign")
    }
    let dtype = dtype ?? (isInteger ? .int64 : defaultDType)
    let count: Int
    if isInteger {
      let distance = end.integer - start.integer
      let stride = step.integer
      count = (distance + stride - (stride > 0 ? 1 : -1)) / stride
    } else {
      count = Int(truncating: ((end.double - start.double) / step.double).rounded(.up))
    }
    let result = try allocate(dtype, sizes: [count])
    result.initializeElements {
      dtype.visit(FillRange(start: start, step: step, isInteger: isInteger, out: $0, count: count))
    }
    finished("arange", [], [result])
    return result
  }

  /// `torch.linspace`.
  ///
  /// - Throws: If the number of steps is negative.
  public func linspace(
    _ start: Double,
    _ end: Double,
    _ steps: Int,
    _ dtype: DType? = nil
  ) throws(AutogradError) -> Tensor {
    if steps < 0 { throw .runtime("number of steps must be non-negative") }
    let dtype = dtype ?? defaultDType
    let result = try allocate(dtype, sizes: [steps])
    result.initializeElements {
      dtype.visit(FillLinspace(start: start, end: end, out: $0, count: steps))
    }
    finished("linspace", [], [result])
    return result
  }

  /// `torch.eye`.
  ///
  /// - Throws: For a negative size.
  public func eye(_ n: Int, _ m: Int? = nil, _ dtype: DType? = nil) throws(AutogradError) -> Tensor
  {
    if n < 0 { throw .runtime("n must be greater or equal to 0, got \(n)") }
    if let m, m < 0 { throw .runtime("m must be greater or equal to 0, got \(m)") }
    let columns = m ?? n
    var elements = [Scalar](repeating: .int(0), count: n * columns)
    for index in 0..<min(n, columns) { elements[index * columns + index] = .int(1) }
    return try tensor(elements, sizes: [n, columns], dtype ?? defaultDType)
  }

  /// Makes a fresh tensor a leaf that requires grad, as `requires_grad=True` in a factory does.
  ///
  /// - Throws: If its type cannot.
  @discardableResult
  public func requiringGrad(_ tensor: Tensor) throws(AutogradError) -> Tensor {
    if !tensor.dtype.isFloatingPoint { throw .runtime(Message.floatOnly) }
    tensor.requiresGradFlag = true
    if isObserved, let observer { observer.requiresGradChanged(tensor, to: true) }
    return tensor
  }
}

private struct StoreScalars: ElementVisitor {
  let elements: [Scalar]
  let out: UnsafeMutableRawPointer

  func visit<E: Element>(_ type: E.Type) {
    let out = out.assumingMemoryBound(to: E.self)
    for (index, element) in elements.enumerated() { out[index] = E(element) }
  }
}

/// Fills elements that lie side by side with a number.
struct FillElements: ElementVisitor {
  let value: Scalar
  let out: UnsafeMutableRawPointer
  let count: Int

  func visit<E: Element>(_ type: E.Type) {
    out.assumingMemoryBound(to: E.self).update(repeating: E(value), count: count)
  }
}

private struct FillRange: ElementVisitor {
  let start: Scalar
  let step: Scalar
  let isInteger: Bool
  let out: UnsafeMutableRawPointer
  let count: Int

  func visit<E: Element>(_ type: E.Type) {
    let out = out.assumingMemoryBound(to: E.self)
    if isInteger {
      for i in 0..<count { out[i] = E(from: start.integer &+ i &* step.integer) }
    } else {
      for i in 0..<count { out[i] = E(from: start.double + Double(i) * step.double) }
    }
  }
}

private struct FillLinspace: ElementVisitor {
  let start: Double
  let end: Double
  let out: UnsafeMutableRawPointer
  let count: Int

  // From both ends, as ATen does.
  func visit<E: Element>(_ type: E.Type) {
    let out = out.assumingMemoryBound(to: E.self)
    let step =
      count > 1
      ? E(from: (E(from: end).double - E(from: start).double) / Double(count - 1)).double : 0
    for i in 0..<count {
      out[i] =
        i < count / 2
        ? E(from: start + step * Double(i)) : E(from: end - step * Double(count - i - 1))
    }
    if count == 1 { out[0] = E(from: start) }
  }
}

// Reading elements.
extension Session {
  /// The elements as numbers, row by row.
  public func elements(_ x: Tensor) -> [Scalar] {
    var result: [Scalar] = []
    result.reserveCapacity(x.numel)
    x.forEachOffset { bytes in result.append(x.dtype.decode(bytes)) }
    return result
  }

  /// The only element, `item()`.
  ///
  /// - Throws: If there is none or more than one.
  public func item(_ x: Tensor) throws(AutogradError) -> Scalar {
    guard x.numel == 1 else {
      throw .runtime("a Tensor with \(x.numel) elements cannot be converted to Scalar")
    }
    return x.withElements { x.dtype.decode($0) }
  }

  /// Whether an element is NaN.
  func hasNaN(_ x: Tensor) -> Bool {
    guard x.dtype.isFloatingPoint else { return false }
    var found = false
    x.forEachOffset { if x.dtype.decode($0).double.isNaN { found = true } }
    return found
  }
}

extension Tensor {
  /// Calls a closure with the address of every element, row by row.
  func forEachOffset(_ body: (UnsafeRawPointer) -> Void) {
    if numel == 0 { return }
    withElements { base in
      if isContiguous {
        for i in 0..<numel { body(base + i * itemSize) }
        return
      }
      var counters = [Int](repeating: 0, count: dim)
      var offset = 0
      while true {
        body(base + offset * itemSize)
        var index = dim - 1
        while index >= 0 {
          counters[index] += 1
          offset += strides[index]
          if counters[index] < sizes[index] { break }
          offset -= strides[index] * sizes[index]
          counters[index] = 0
          index -= 1
        }
        if index < 0 { return }
      }
    }
  }
}
