/// Type promotion, PyTorch's `result_type`.
enum Promotion {
  /// The result of a tensor with an operand, by the categories of dimensioned tensors, 0-dimensional
  /// tensors and numbers.
  static func common(_ a: Tensor, _ b: Operand, _ defaultDType: DType) -> DType {
    switch b {
    case .tensor(let b):
      if a.dtype == b.dtype { return a.dtype }
      var state = State()
      state.add(a)
      state.add(b)
      return state.result
    case .number(let number):
      if number.category <= a.dtype.category { return a.dtype }
      return number.category == .floatingPoint ? defaultDType : .int64
    }
  }

  /// The result of several tensors.
  static func common(_ tensors: [Tensor]) -> DType {
    var state = State()
    for tensor in tensors { state.add(tensor) }
    return state.result
  }

  private struct State {
    var dimensioned: DType?
    var zero: DType?
    var wrapped: DType?

    mutating func add(_ tensor: Tensor) {
      if tensor.isWrappedNumber {
        wrapped = join(wrapped, tensor.dtype)
      } else if tensor.sizes.isEmpty {
        zero = join(zero, tensor.dtype)
      } else {
        dimensioned = join(dimensioned, tensor.dtype)
      }
    }

    var result: DType {
      lift(lift(dimensioned, zero), wrapped) ?? .float32
    }

    private func join(_ a: DType?, _ b: DType) -> DType {
      guard let a else { return b }
      return DType.promote(a, b)
    }

    /// The lower rank counts only if its category is higher.
    private func lift(_ higher: DType?, _ lower: DType?) -> DType? {
      guard let higher else { return lower }
      guard let lower else { return higher }
      return lower.category > higher.category ? lower : higher
    }
  }
}
