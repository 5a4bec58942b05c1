// The operations that formulas and the language use most, by name.
extension Session {
  private static let alphaOne: [AttributeValue] = [.scalar(.int(1))]

  /// `self + alpha * other`.
  ///
  /// - Throws: As ``binary(_:_:_:_:)``.
  public func add(
    _ a: Tensor,
    _ b: Operand,
    alpha: Scalar = .int(1)
  ) throws(AutogradError) -> Tensor {
    if alpha.isOne { return try binary(.add, a, b, Self.alphaOne) }
    return try addScaled(.add, "add", a, b, alpha, negated: false)
  }

  /// `self - alpha * other`.
  ///
  /// - Throws: As ``binary(_:_:_:_:)``.
  public func sub(
    _ a: Tensor,
    _ b: Operand,
    alpha: Scalar = .int(1)
  ) throws(AutogradError) -> Tensor {
    if alpha.isOne { return try binary(.sub, a, b, Self.alphaOne) }
    return try addScaled(.sub, "sub", a, b, alpha, negated: true)
  }

  /// `other - alpha * self`; a number on the left makes RsubBackward1.
  ///
  /// - Throws: As ``binary(_:_:_:_:)``.
  public func rsub(
    _ a: Tensor,
    _ b: Operand,
    alpha: Scalar = .int(1)
  ) throws(AutogradError) -> Tensor {
    try observing("rsub", [a] + (b.tensor.map { [$0] } ?? [])) { () throws(AutogradError) in
      let result: Tensor
      switch b {
      case .tensor(let b):
        result = try unrecorded { () throws(AutogradError) in try sub(b, .tensor(a), alpha: alpha) }
        try record(.rsub, inputs: [a, b], results: [result], [.scalar(alpha)])
      case .number(let number):
        if number.category == .bool && a.dtype == .bool { throw .runtime(Message.subtractedBools) }
        let scaled = alpha.isOne ? a : try compute(.mul, a, .number(alpha))
        result = try computeReversedSub(scaled, number)
        try record(.rsubScalar, a, result: result, [.scalar(alpha)])
      }
      finished("rsub", [a] + (b.tensor.map { [$0] } ?? []), [result])
      return result
    }
  }

  /// `self += alpha * other`.
  ///
  /// - Throws: As ``binaryInPlace(_:_:_:_:)``.
  @discardableResult
  public func addInPlace(
    _ a: Tensor,
    _ b: Operand,
    alpha: Scalar = .int(1)
  ) throws(AutogradError) -> Tensor {
    if alpha.isOne { return try binaryInPlace(.add, a, b, Self.alphaOne) }
    return try addScaledInPlace(.add, a, b, alpha, negated: false)
  }

  /// `self -= alpha * other`.
  ///
  /// - Throws: As ``binaryInPlace(_:_:_:_:)``.
  @discardableResult
  public func subInPlace(
    _ a: Tensor,
    _ b: Operand,
    alpha: Scalar = .int(1)
  ) throws(AutogradError) -> Tensor {
    if alpha.isOne { return try binaryInPlace(.sub, a, b, Self.alphaOne) }
    return try addScaledInPlace(.sub, a, b, alpha, negated: true)
  }

  /// `self * other`.
  ///
  /// - Throws: As ``binary(_:_:_:_:)``.
  public func mul(_ a: Tensor, _ b: Operand) throws(AutogradError) -> Tensor {
    try binary(.mul, a, b)
  }

  /// `self *= other`.
  ///
  /// - Throws: As ``binaryInPlace(_:_:_:_:)``.
  @discardableResult
  public func mulInPlace(_ a: Tensor, _ b: Operand) throws(AutogradError) -> Tensor {
    try binaryInPlace(.mul, a, b)
  }

  /// `self / other`, or rounded: `"floor"` or `"trunc"`.
  ///
  /// - Throws: As ``binary(_:_:_:_:)``, or for another rounding mode.
  public func div(
    _ a: Tensor,
    _ b: Operand,
    roundingMode: String? = nil
  ) throws(AutogradError) -> Tensor {
    guard let roundingMode else { return try binary(.div, a, b) }
    return try binary(try rounded(roundingMode), a, b, [.string(roundingMode)])
  }

  /// `self /= other`.
  ///
  /// - Throws: As ``binaryInPlace(_:_:_:_:)``.
  @discardableResult
  public func divInPlace(
    _ a: Tensor,
    _ b: Operand,
    roundingMode: String? = nil
  ) throws(AutogradError) -> Tensor {
    guard let roundingMode else { return try binaryInPlace(.div, a, b) }
    return try binaryInPlace(try rounded(roundingMode), a, b, [.string(roundingMode)])
  }

  /// `self // other`, which has no derivative.
  ///
  /// - Throws: As ``binary(_:_:_:_:)``.
  public func floorDivide(_ a: Tensor, _ b: Operand) throws(AutogradError) -> Tensor {
    try observing("floor_divide", [a] + (b.tensor.map { [$0] } ?? [])) {
      () throws(AutogradError) in
      let result = try compute(.divFloor, a, b)
      try recordNotImplemented("floor_divide", [a] + (b.tensor.map { [$0] } ?? []), result)
      finished("floor_divide", [a] + (b.tensor.map { [$0] } ?? []), [result])
      return result
    }
  }

  /// `self //= other`, which has no derivative.
  ///
  /// - Throws: As ``binaryInPlace(_:_:_:_:)``.
  @discardableResult
  public func floorDivideInPlace(_ a: Tensor, _ b: Operand) throws(AutogradError) -> Tensor {
    try notImplementedInPlace("floor_divide", a, ShortList(b)) { () throws(AutogradError) in
      try compute(.divFloor, a, b, into: a, nil)
    }
  }

  /// `-self`.
  ///
  /// - Throws: For bools.
  public func neg(_ a: Tensor) throws(AutogradError) -> Tensor { try unary(.neg, a) }

  private func rounded(_ mode: String) throws(AutogradError) -> BinaryOperation {
    switch mode {
    case "floor": .divFloor
    case "trunc": .divTrunc
    default:
      throw .runtime(
        "div expected rounding_mode to be one of None, 'trunc', or 'floor' but found '\(mode)'"
      )
    }
  }

  private func computeReversedSub(_ a: Tensor, _ number: Scalar) throws(AutogradError) -> Tensor {
    let common = Promotion.common(a, .number(number), defaultDType)
    let x = try castElements(a, common)
    return try zipElements(x, .number(number), common.visit(ReversedSub()), common, common)
  }

  private func alphaLoop(_ common: DType, _ alpha: Scalar) throws(AutogradError) -> BinaryLoop {
    if common != .bool && !common.isFloatingPoint && alpha.category == .floatingPoint {
      throw .runtime(Message.integerAlpha)
    }
    return common.visit(AddScaled(alpha: alpha))
  }

  private func addScaled(
    _ operation: BinaryOperation,
    _ name: String,
    _ a: Tensor,
    _ b: Operand,
    _ alpha: Scalar,
    negated: Bool
  ) throws(AutogradError) -> Tensor {
    try observing(name, [a] + (b.tensor.map { [$0] } ?? [])) { () throws(AutogradError) in
      let common = Promotion.common(a, b, defaultDType)
      let loop = try alphaLoop(common, negated ? alpha.negated : alpha)
      let result = try zipElements(castElements(a, common), cast(b, common), loop, common, common)
      if let derivative = operation.derivative {
        try record(derivative, a, b, result: result, [.scalar(alpha)])
      }
      finished(
        name,
        [a] + (b.tensor.map { [$0] } ?? []),
        [result],
        [("alpha", .scalar(alpha))]
      )
      return result
    }
  }

  private func addScaledInPlace(
    _ operation: BinaryOperation,
    _ a: Tensor,
    _ b: Operand,
    _ alpha: Scalar,
    negated: Bool
  ) throws(AutogradError) -> Tensor {
    try inPlace(operation.name + "_", operation.derivative, a, ShortList(b), [.scalar(alpha)]) {
      () throws(AutogradError) in
      let common = Promotion.common(a, b, defaultDType)
      let loop = try alphaLoop(common, negated ? alpha.negated : alpha)
      try compute(operation, a, b, into: a, loop)
    }
  }
}

/// `b - a`, for a number on the left.
private struct ReversedSub: ElementVisitor {
  func visit<E: Element>(_ type: E.Type) -> BinaryLoop {
    { out, a, b, count, so, sa, sb in
      let out = out.assumingMemoryBound(to: E.self)
      let a = a.assumingMemoryBound(to: E.self)
      let b = b.assumingMemoryBound(to: E.self)
      for i in 0..<count { out[i &* so] = E.sub(b[i &* sb], a[i &* sa]) }
    }
  }
}

// The overloads with a C++ scalar, which only formulas use: MulBackward1 and its like have one edge.
extension Session {
  /// `self + other` with a C++ scalar.
  func addScalar(_ a: Tensor, _ b: Scalar) throws(AutogradError) -> Tensor {
    let result = try compute(.add, a, .number(b))
    try record(.addScalar, a, result: result, [.scalar(.int(1))])
    finished("add", [a], [result], [("other", .scalar(b))])
    return result
  }

  /// `self * other` with a C++ scalar.
  func mulScalar(_ a: Tensor, _ b: Scalar) throws(AutogradError) -> Tensor {
    let result = try compute(.mul, a, .number(b))
    try record(.mulScalar, a, result: result, [.scalar(b)])
    finished("mul", [a], [result], [("other", .scalar(b))])
    return result
  }

  /// `self / other` with a C++ scalar.
  func divScalar(_ a: Tensor, _ b: Scalar) throws(AutogradError) -> Tensor {
    let result = try compute(.div, a, .number(b))
    try record(.divScalar, a, result: result, [.scalar(b)])
    finished("div", [a], [result], [("other", .scalar(b))])
    return result
  }

  /// A multiple of a tensor; the tensor itself for 1.
  func maybeMultiply(_ a: Tensor, _ factor: Scalar) throws(AutogradError) -> Tensor {
    factor.isOne ? a : try mulScalar(a, factor)
  }

  /// Adds a gradient into another in place; grad mode is off, nothing is recorded or told.
  func addInPlaceUnrecorded(_ target: Tensor, _ gradient: Tensor) throws(AutogradError) -> Tensor {
    try compute(.add, target, .tensor(gradient), into: target, nil)
    try bumpVersion(target)
    return target
  }

  /// Runs a closure without recording.
  @inline(__always)
  func unrecorded<Result>(
    _ body: () throws(AutogradError) -> Result
  ) throws(AutogradError) -> Result {
    let mode = gradMode
    gradMode = false
    defer { gradMode = mode }
    return try body()
  }

  /// Records an operation that has no derivative.
  func recordNotImplemented(
    _ name: String,
    _ inputs: [Tensor],
    _ result: Tensor
  ) throws(AutogradError) {
    guard isRecording, inputs.contains(where: { $0.requiresGrad }) else { return }
    let node = try notImplementedNode(name, inputs)
    setHistory(result, node)
  }

  private func notImplementedNode(
    _ name: String,
    _ inputs: [Tensor]
  ) throws(AutogradError) -> ErrorNode {
    let node = ErrorNode(
      "torch::autograd::NotImplemented",
      .runtime("derivative for aten::\(name) is not implemented"),
      id: makeNodeID(),
      sequenceNr: makeSequenceNr()
    )
    for input in inputs {
      node.edges.append(input.requiresGrad ? try gradientEdge(of: input) : Edge(nil))
    }
    created(node)
    return node
  }

  /// Runs an operation in place that has no derivative.
  func notImplementedInPlace(
    _ name: String,
    _ target: Tensor,
    _ others: ShortList<Operand>,
    _ write: () throws(AutogradError) -> Void
  ) throws(AutogradError) -> Tensor {
    let inputs = [target] + others.array.compactMap { $0.tensor }
    var node: ErrorNode?
    if isRecording, inputs.contains(where: { $0.requiresGrad }) {
      try checkInPlace(target, recorded: true)
      node = try notImplementedNode(name, inputs)
    }
    try inPlace(name + "_", nil, target, others, [], write)
    if let node { try rebaseHistory(target, node) }
    return target
  }
}
