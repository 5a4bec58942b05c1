/// A row of the table of element-wise functions of two operands.
///
/// From a row follow the plain form, the form in place (`name_`) and `out=`, each with a tensor or a
/// number on the right. See <doc:AddingAnOperation>.
public final class BinaryOperation: Sendable {
  /// The type that is computed in and that of the result.
  enum Promotion: Sendable {
    /// The common type.
    case common
    /// The common type, but integers become floating point numbers.
    case floatingPoint
    /// Computed in the common type; the result is bool.
    case relation
  }

  /// A check of the operands and their common type before anything is computed.
  typealias Check =
    @Sendable (_ a: Tensor, _ b: Operand, _ common: DType) throws(AutogradError) -> Void

  /// PyTorch's name, `mul`.
  public let name: String

  /// The node; nil for an operation that is not differentiable.
  public let derivative: Derivative?

  /// The node of the form in place.
  public let inPlaceDerivative: Derivative?

  let loops: LoopTable<BinaryLoop>
  let promotion: Promotion
  let check: Check?
  let kernelName: String

  init(
    _ name: String,
    _ loops: LoopTable<BinaryLoop>,
    _ derivative: Derivative?,
    promotion: Promotion = .common,
    inPlace: Derivative? = nil,
    kernelName: String? = nil,
    check: Check? = nil
  ) {
    self.name = name
    self.loops = loops
    self.promotion = promotion
    self.derivative = derivative
    inPlaceDerivative = inPlace ?? derivative
    self.kernelName = kernelName ?? name + "_cpu"
    self.check = check
  }
}

extension Session {
  /// Applies a row to a tensor and an operand.
  ///
  /// - Throws: If sizes do not broadcast, or the common type has no kernel.
  public func binary(
    _ operation: BinaryOperation,
    _ a: Tensor,
    _ b: Operand,
    _ values: [AttributeValue] = []
  ) throws(AutogradError) -> Tensor {
    do {
      let result = try compute(operation, a, b)
      if let derivative = operation.derivative {
        try record(derivative, a, b, result: result, values)
      }
      if isObserved { tell(operation, a, b, result, values) }
      return result
    } catch {
      if isObserved, let observer {
        observer.operationFailed(
          operation.name,
          inputs: [a] + (b.tensor.map { [$0] } ?? []),
          error: error
        )
      }
      throw error
    }
  }

  /// Applies a row to a tensor in place.
  ///
  /// - Throws: As ``binary(_:_:_:_:)``, and if the tensor may not be written or the result does not fit.
  @discardableResult
  public func binaryInPlace(
    _ operation: BinaryOperation,
    _ target: Tensor,
    _ b: Operand,
    _ values: [AttributeValue] = []
  ) throws(AutogradError) -> Tensor {
    try inPlace(operation.name + "_", operation.inPlaceDerivative, target, ShortList(b), values) {
      () throws(AutogradError) in
      try compute(operation, target, b, into: target, nil)
    }
  }

  /// Applies a row and writes the result into another tensor, `out=`.
  ///
  /// - Throws: As ``binary(_:_:_:_:)``, and if one of the tensors requires grad.
  @discardableResult
  public func binaryOut(
    _ operation: BinaryOperation,
    _ a: Tensor,
    _ b: Operand,
    out: Tensor
  ) throws(AutogradError) -> Tensor {
    try checkOut(operation.name, [a] + (b.tensor.map { [$0] } ?? []), out)
    try resizeOut(out, Broadcast.sizes(a.sizes, b.tensor?.sizes ?? []))
    return try inPlace(operation.name, nil, out, ShortList(.tensor(a), b)) {
      () throws(AutogradError) in
      try compute(operation, a, b, into: out, nil)
    }
  }

  private func tell(
    _ operation: BinaryOperation,
    _ a: Tensor,
    _ b: Operand,
    _ result: Tensor,
    _ values: [AttributeValue]
  ) {
    var attributes: [(label: String, value: AttributeValue)] = []
    if let number = b.number { attributes.append(("other", .scalar(number))) }
    if let derivative = operation.derivative {
      for (label, value) in zip(derivative.attributeLabels, values) {
        attributes.append((label, value))
      }
    }
    finished(operation.name, [a] + (b.tensor.map { [$0] } ?? []), [result], attributes)
  }

  @inline(__always)
  private func common(
    _ operation: BinaryOperation,
    _ a: Tensor,
    _ b: Operand
  ) throws(AutogradError) -> DType {
    var common = Promotion.common(a, b, defaultDType)
    if operation.promotion == .floatingPoint && !common.isFloatingPoint { common = defaultDType }
    if let check = operation.check { try check(a, b, common) }
    return common
  }

  @inline(__always)
  private func loop(
    _ operation: BinaryOperation,
    _ common: DType
  ) throws(AutogradError) -> BinaryLoop {
    guard let loop = operation.loops[common] else {
      throw .notImplemented(
        "\"\(operation.kernelName)\" not implemented for '\(common.scalarTypeName)'"
      )
    }
    return loop
  }

  /// The values without history.
  @inline(__always)
  func compute(
    _ operation: BinaryOperation,
    _ a: Tensor,
    _ b: Operand
  ) throws(AutogradError) -> Tensor {
    let common = try common(operation, a, b)
    let loop = try loop(operation, common)
    let dtype = operation.promotion == .relation ? DType.bool : common
    return try zipElements(castElements(a, common), cast(b, common), loop, common, dtype)
  }

  @inline(__always)
  func cast(_ b: Operand, _ dtype: DType) throws(AutogradError) -> Operand {
    guard case .tensor(let tensor) = b, tensor.dtype != dtype else { return b }
    return .tensor(try castElements(tensor, dtype))
  }

  /// Writes the values into an existing tensor, after PyTorch's checks in PyTorch's order.
  func compute(
    _ operation: BinaryOperation,
    _ a: Tensor,
    _ b: Operand,
    into target: Tensor,
    _ other: BinaryLoop?
  ) throws(AutogradError) {
    try checkOverlap(target, .tensor(a))
    try checkOverlap(target, b)
    let sizes = try Broadcast.sizes(a.sizes, b.tensor?.sizes ?? [])
    if sizes != target.sizes {
      throw .runtime(
        "output with shape \(Shape.text(target.sizes)) doesn't match the broadcast shape "
          + "\(Shape.text(sizes))"
      )
    }
    let common = try common(operation, a, b)
    let dtype = operation.promotion == .relation ? DType.bool : common
    try checkCast(dtype, to: target.dtype)
    let loop = if let other { other } else { try loop(operation, common) }
    let x = try castElements(a, common)
    let y = try cast(b, common)
    if dtype == target.dtype {
      zipElements(x, y, loop, common, into: target)
    } else {
      let result = try zipElements(x, y, loop, common, dtype)
      mapElements(result, Casting.loop(dtype, target.dtype), into: target)
    }
  }
}
