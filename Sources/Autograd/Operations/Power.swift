extension Session {
  /// `self ** exponent`.
  ///
  /// - Throws: For integers to negative integer powers, and as ``binary(_:_:_:_:)``.
  public func pow(_ a: Tensor, _ exponent: Operand) throws(AutogradError) -> Tensor {
    switch exponent {
    case .tensor: return try binary(.pow, a, exponent)
    case .number(let number):
      return try observing("pow", [a]) { () throws(AutogradError) in
        try checkPower(a, number)
        let result = try compute(.pow, a, exponent)
        try record(.powScalar, a, result: result, [.scalar(number)])
        finished("pow", [a], [result], [("exponent", .scalar(number))])
        return result
      }
    }
  }

  /// `self **= exponent`.
  ///
  /// - Throws: As ``pow(_:_:)``, and if the tensor may not be written.
  @discardableResult
  public func powInPlace(_ a: Tensor, _ exponent: Operand) throws(AutogradError) -> Tensor {
    guard case .number(let number) = exponent else { return try binaryInPlace(.pow, a, exponent) }
    return try inPlace("pow_", .powScalar, a, ShortList(), [.scalar(number)]) {
      () throws(AutogradError) in
      try checkPower(a, number)
      try compute(.pow, a, exponent, into: a, nil)
    }
  }

  /// `number ** self`.
  ///
  /// - Throws: As ``binary(_:_:_:_:)``.
  public func rpow(_ a: Tensor, _ base: Scalar) throws(AutogradError) -> Tensor {
    try observing("pow", [a]) { () throws(AutogradError) in
      let common = Promotion.common(a, .number(base), defaultDType)
      guard common != .bool else {
        throw .notImplemented("\"pow\" not implemented for 'Bool'")
      }
      let wrapped = makeScalar(common.encode(base), common)
      guard let loop = BinaryOperation.pow.loops[common] else {
        preconditionFailure("pow has a loop")
      }
      let result = try zipElements(
        wrapped,
        .tensor(castElements(a, common)),
        loop,
        common,
        common
      )
      try record(.powBase, a, result: result, [.scalar(base)])
      finished("pow", [a], [result], [("self", .scalar(base))])
      return result
    }
  }

  private func checkPower(_ a: Tensor, _ exponent: Scalar) throws(AutogradError) {
    if !a.dtype.isFloatingPoint, exponent.category == .integer, exponent.integer < 0 {
      throw .runtime(Message.negativeIntegerPower)
    }
  }
}
