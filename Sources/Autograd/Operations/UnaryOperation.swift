/// A row of the table of element-wise functions of one tensor.
///
/// From a row follow the plain form, the form in place (`name_`) and `out=`. See <doc:AddingAnOperation>.
public final class UnaryOperation: Sendable {
  /// The type of the result.
  enum ResultType: Sendable {
    /// That of the input.
    case same
    /// That of the input, but integers become floating point numbers.
    case floatingPoint
    /// Bool.
    case bool
  }

  /// PyTorch's name, `exp`.
  public let name: String

  /// The node; nil for an operation that is not differentiable.
  public let derivative: Derivative?

  /// The node of the form in place.
  public let inPlaceDerivative: Derivative?

  let loops: LoopTable<UnaryLoop>
  let resultType: ResultType
  let kernelName: String

  init(
    _ name: String,
    _ loops: LoopTable<UnaryLoop>,
    _ derivative: Derivative?,
    result: ResultType = .same,
    inPlace: Derivative? = nil,
    kernelName: String? = nil
  ) {
    self.name = name
    self.loops = loops
    resultType = result
    self.derivative = derivative
    inPlaceDerivative = inPlace ?? derivative
    self.kernelName = kernelName ?? name + "_cpu"
  }

  /// A function of a real number.
  convenience init<K: MathKernel>(
    _ name: String,
    _ kernel: K.Type,
    _ derivative: Derivative?,
    inPlace: Derivative? = nil
  ) {
    self.init(
      name,
      .math(kernel),
      derivative,
      result: .floatingPoint,
      inPlace: inPlace,
      kernelName: name + "_vml_cpu"
    )
  }
}

extension Session {
  /// Applies a row to a tensor.
  ///
  /// - Throws: If the type has no kernel.
  public func unary(_ operation: UnaryOperation, _ x: Tensor) throws(AutogradError) -> Tensor {
    try observing(operation.name, [x]) { () throws(AutogradError) in
      let (loop, common) = try loop(operation, x)
      let result = try mapElements(
        castElements(x, common),
        loop,
        operation.resultType == .bool ? .bool : common
      )
      if let derivative = operation.derivative { try record(derivative, x, result: result) }
      finished(operation.name, [x], [result])
      return result
    }
  }

  /// Applies a row to a tensor in place.
  ///
  /// - Throws: If the type has no kernel, or the tensor may not be written.
  @discardableResult
  public func unaryInPlace(
    _ operation: UnaryOperation,
    _ x: Tensor
  ) throws(AutogradError) -> Tensor {
    try inPlace(operation.name + "_", operation.inPlaceDerivative, x) { () throws(AutogradError) in
      try computeInPlace(operation, x, into: x)
    }
  }

  /// Applies a row to a tensor and writes the result into another, `out=`.
  ///
  /// - Throws: If one of them requires grad, or the result does not fit.
  @discardableResult
  public func unaryOut(
    _ operation: UnaryOperation,
    _ x: Tensor,
    out: Tensor
  ) throws(AutogradError) -> Tensor {
    try checkOut(operation.name, [x], out)
    try resizeOut(out, x.sizes)
    return try inPlace(operation.name, nil, out, ShortList(.tensor(x))) {
      () throws(AutogradError) in
      try computeInPlace(operation, x, into: out)
    }
  }

  @inline(__always)
  private func loop(
    _ operation: UnaryOperation,
    _ x: Tensor
  ) throws(AutogradError) -> (UnaryLoop, DType) {
    var common = x.dtype
    if operation.resultType == .floatingPoint && !common.isFloatingPoint { common = defaultDType }
    guard let loop = operation.loops[common] else {
      if operation.name == "neg" { throw .runtime(Message.negatedBool) }
      throw .notImplemented(
        "\"\(operation.kernelName)\" not implemented for '\(common.scalarTypeName)'"
      )
    }
    return (loop, common)
  }

  private func computeInPlace(
    _ operation: UnaryOperation,
    _ x: Tensor,
    into target: Tensor
  ) throws(AutogradError) {
    try checkOverlap(target, .tensor(x))
    let (loop, common) = try loop(operation, x)
    let dtype = operation.resultType == .bool ? DType.bool : common
    try checkCast(dtype, to: target.dtype)
    if dtype == target.dtype && x.dtype == common {
      mapElements(x, loop, into: target)
    } else {
      let result = try mapElements(castElements(x, common), loop, dtype)
      mapElements(result, Casting.loop(dtype, target.dtype), into: target)
    }
  }
}

// What writes into existing tensors checks first.
extension Session {
  /// Throws if a write would meet itself or read what it has written.
  func checkOverlap(_ target: Tensor, _ operand: Operand) throws(AutogradError) {
    if !target.isContiguous && target.hasInternalOverlap { throw .runtime(Message.overlapSelf) }
    guard case .tensor(let x) = operand, x !== target, x.storage === target.storage else { return }
    if x.overlapsPartially(target) { throw .runtime(Message.overlapPart) }
  }

  /// Throws if a result of one type may not be written as another.
  @inline(__always)
  func checkCast(_ dtype: DType, to target: DType) throws(AutogradError) {
    if dtype.category > target.category {
      throw .runtime(
        "result type \(dtype.scalarTypeName) can't be cast to the desired output type "
          + "\(target.scalarTypeName)"
      )
    }
  }

  /// Throws if an operation with `out=` would have to be recorded.
  func checkOut(_ name: String, _ inputs: [Tensor], _ out: Tensor) throws(AutogradError) {
    guard isRecording else { return }
    if out.requiresGrad || inputs.contains(where: { $0.requiresGrad }) {
      throw .runtime(
        "\(name)(): functions with out=... arguments don't support automatic differentiation, but one "
          + "of the arguments requires grad."
      )
    }
  }

  /// Gives the tensor of `out=` the sizes of the result, with PyTorch's warning.
  func resizeOut(_ out: Tensor, _ sizes: [Int]) throws(AutogradError) {
    if out.sizes == sizes { return }
    if out.numel != 0 {
      try warn(
        "An output with one or more elements was resized since it had shape \(Shape.text(out.sizes)), "
          + "which does not match the required output shape \(Shape.text(sizes)). This behavior is "
          + "deprecated, and in a future PyTorch release outputs will not be resized unless they have "
          + "zero elements. You can explicitly reuse an out tensor t by resizing it, inplace, to zero "
          + "elements with t.resize_(0)."
      )
    }
    try resize(out, sizes)
  }
}

extension Tensor {
  /// Whether two indices lead to one place; false where that is hard to tell, as in PyTorch.
  var hasInternalOverlap: Bool {
    if isNonOverlappingAndDense { return false }
    for index in sizes.indices where strides[index] == 0 && sizes[index] > 1 { return true }
    return false
  }

  /// Whether two tensors of one storage share some elements but are not the same elements.
  func overlapsPartially(_ other: Tensor) -> Bool {
    if numel == 0 || other.numel == 0 { return false }
    if !isNonOverlappingAndDense || !other.isNonOverlappingAndDense { return false }
    let begin = storageOffset * itemSize
    let end = begin + numel * itemSize
    let otherBegin = other.storageOffset * other.itemSize
    let otherEnd = otherBegin + other.numel * other.itemSize
    if begin == otherBegin && end == otherEnd { return strides != other.strides }
    return begin < otherEnd && otherBegin < end
  }
}
