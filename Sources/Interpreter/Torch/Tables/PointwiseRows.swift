import Autograd

// Element-wise operations with parameters of their own.
extension TorchRow {
  /// Arithmetic.
  static let arithmetic: [TorchRow] = [
    TorchRow(
      "add",
      "fmiod Tensor self, Scalar alpha, Tensor other",
      "fmio Tensor self, Tensor other, *, Scalar alpha=1",
      tensor: { try $0.session.add($0.tensor(0), $0.scaled.other, alpha: $0.scaled.alpha) },
      inPlace: { try $0.session.addInPlace($0.tensor(0), $0.scaled.other, alpha: $0.scaled.alpha) }
    ),
    TorchRow(
      "sub",
      "fmiod Tensor self, Scalar alpha, Tensor other",
      "fmio Tensor self, Tensor other, *, Scalar alpha=1",
      tensor: { try $0.session.sub($0.tensor(0), $0.scaled.other, alpha: $0.scaled.alpha) },
      inPlace: { try $0.session.subInPlace($0.tensor(0), $0.scaled.other, alpha: $0.scaled.alpha) }
    ),
    TorchRow(
      "rsub",
      "f Tensor self, Tensor other, *, Scalar alpha=1",
      "f Tensor self, Scalar other, Scalar alpha=1",
      tensor: {
        try $0.session.rsub($0.tensor(0), $0.operand(1), alpha: $0.scalar(2, default: .int(1)))
      }
    ),
    TorchRow(
      "div",
      "fmio Tensor self, Tensor other",
      "fmio Tensor self, Tensor other, *, str? rounding_mode",
      "fmi Tensor self, Scalar other, *, str? rounding_mode",
      tensor: { try $0.session.div($0.tensor(0), $0.operand(1), roundingMode: $0.roundingMode) },
      inPlace: {
        try $0.session.divInPlace($0.tensor(0), $0.operand(1), roundingMode: $0.roundingMode)
      }
    ),
    TorchRow(
      "true_divide",
      "fmio Tensor self, Tensor other",
      "fmi Tensor self, Scalar other",
      tensor: { try $0.session.div($0.tensor(0), $0.operand(1)) },
      inPlace: { try $0.session.divInPlace($0.tensor(0), $0.operand(1)) }
    ),
    TorchRow(
      "floor_divide",
      "fmio Tensor self, Tensor other",
      "fmi Tensor self, Scalar other",
      tensor: { try $0.session.floorDivide($0.tensor(0), $0.operand(1)) },
      inPlace: { try $0.session.floorDivideInPlace($0.tensor(0), $0.operand(1)) }
    ),
    TorchRow(
      "pow",
      "fmio Tensor self, Tensor exponent",
      "fo Scalar self, Tensor exponent",
      "fmio Tensor self, Scalar exponent",
      tensor: {
        $0.overload == 1
          ? try $0.session.rpow($0.tensor(1), $0.scalar(0))
          : try $0.session.pow($0.tensor(0), $0.operand(1))
      },
      inPlace: { try $0.session.powInPlace($0.tensor(0), $0.operand(1)) }
    ),
    TorchRow("positive", "fm Tensor self") { call in
      guard try call.tensor(0).dtype != .bool else {
        throw AutogradError.runtime("The `+` operator, on a bool tensor is not supported.")
      }
      return call[0]
    },
  ]

  /// Clamping, masks and choices.
  static let selection: [TorchRow] = [
    TorchRow(
      "clamp",
      "fmio Tensor self, Tensor? min=None, Tensor? max=None",
      "fmio Tensor self, Scalar? min=None, Scalar? max=None",
      tensor: { try $0.clamp(lower: 1, upper: 2) }
    ),
    TorchRow(
      "clamp_min",
      "fmio Tensor self, Tensor min",
      "fmio Tensor self, Scalar min",
      tensor: { try $0.clamp(lower: 1, upper: nil) }
    ),
    TorchRow(
      "clamp_max",
      "fmio Tensor self, Tensor max",
      "fmio Tensor self, Scalar max",
      tensor: { try $0.clamp(lower: nil, upper: 1) }
    ),
    TorchRow(
      "where",
      "f Tensor condition",
      "fo Tensor condition, Tensor input, Tensor other",
      "f Tensor condition, Scalar self, Tensor other",
      "f Tensor condition, Tensor input, Scalar other",
      "f Tensor condition, Scalar self, Scalar other",
      "m Tensor self, Tensor condition, Tensor other",
      "m Tensor self, Tensor condition, Scalar other"
    ) { call in
      if call.overload == 0 { return try call.torch.indicesOfNonzero(call.tensor(0)) }
      let isMethod = call.variant == .method
      let condition = try call.tensor(isMethod ? 1 : 0)
      return call.result(
        try call.session.where(condition, call.operand(isMethod ? 0 : 1), call.operand(2))
      )
    },
    TorchRow(
      "masked_fill",
      "fmi Tensor self, Tensor mask, Tensor value",
      "fmi Tensor self, Tensor mask, Scalar value",
      tensor: { try $0.session.maskedFill($0.tensor(0), $0.tensor(1), $0.operand(2)) },
      inPlace: { try $0.session.maskedFillInPlace($0.tensor(0), $0.tensor(1), $0.operand(2)) }
    ),
    TorchRow(
      "fill",
      "fi Tensor self, Tensor value",
      "fi Tensor self, Scalar value",
      tensor: { try $0.session.fillInPlace($0.session.clone($0.tensor(0)), $0.operand(1)) },
      inPlace: { try $0.session.fillInPlace($0.tensor(0), $0.operand(1)) }
    ),
    TorchRow("zero", "i Tensor self", tensor: { try $0.session.zeroInPlace($0.tensor(0)) }),
  ]
}

extension TorchCall {
  /// The second operand and its factor, in the present or the deprecated order.
  fileprivate var scaled: (other: Operand, alpha: Scalar) {
    get throws(PythonError) {
      overload == 0
        ? (try operand(2), try scalar(1)) : (try operand(1), try scalar(2, default: .int(1)))
    }
  }

  fileprivate var roundingMode: String? { overload == 0 ? nil : string(2) }

  /// Clamps between the arguments at two places, each a number, a tensor or left out.
  fileprivate func clamp(lower: Int?, upper: Int?) throws -> Tensor {
    let lower = lower.flatMap { has($0) ? $0 : nil }
    let upper = upper.flatMap { has($0) ? $0 : nil }
    guard let first = lower ?? upper else {
      throw AutogradError.runtime("torch.clamp: At least one of 'min' or 'max' must not be None")
    }
    let x = try tensor(0)
    if torch.isTensor(self[first]) {
      var result = x
      if let lower {
        result = try session.binary(Rows.binary("maximum"), result, .tensor(tensor(lower)))
      }
      if let upper {
        result = try session.binary(Rows.binary("minimum"), result, .tensor(tensor(upper)))
      }
      return isInPlace ? try session.copyInPlace(x, result) : result
    }
    let low = try lower.map { (place) throws(PythonError) in try scalar(place) }
    let high = try upper.map { (place) throws(PythonError) in try scalar(place) }
    return isInPlace ? try session.clampInPlace(x, low, high) : try session.clamp(x, low, high)
  }
}
