/// A number of the language, PyTorch's `Scalar`.
public enum Scalar: Sendable, Hashable {
  /// A Python bool.
  case bool(Bool)
  /// A Python int that fits 64 bits.
  case int(Int)
  /// A Python float.
  case float(Double)
}

extension Scalar {
  /// The value as a floating point number.
  @inlinable public var double: Double {
    switch self {
    case .bool(let value): value ? 1 : 0
    case .int(let value): Double(value)
    case .float(let value): value
    }
  }

  /// The value as an integer, truncated; what does not fit is `Int.min`, as x86 converts.
  @inlinable public var integer: Int {
    switch self {
    case .bool(let value): value ? 1 : 0
    case .int(let value): value
    case .float(let value): Int(truncating: value)
    }
  }

  /// Whether the value is not zero; NaN is true.
  @inlinable public var isTrue: Bool {
    switch self {
    case .bool(let value): value
    case .int(let value): value != 0
    case .float(let value): !(value == 0)
    }
  }

  /// Whether the value equals one, of whatever type.
  @inlinable public var isOne: Bool {
    switch self {
    case .bool(let value): value
    case .int(let value): value == 1
    case .float(let value): value == 1
    }
  }

  /// The category in type promotion.
  @inlinable public var category: DType.Category {
    switch self {
    case .bool: .bool
    case .int: .integer
    case .float: .floatingPoint
    }
  }

  /// The type of the 0-dimensional tensor that PyTorch wraps the number in.
  @inlinable public var wrappedDType: DType {
    switch self {
    case .bool: .bool
    case .int: .int64
    case .float: .float64
    }
  }

  /// The negated number; a bool counts as an integer.
  @inlinable public var negated: Scalar {
    switch self {
    case .bool(let value): .int(value ? -1 : 0)
    case .int(let value): .int(0 &- value)
    case .float(let value): .float(-value)
    }
  }
}

extension Int {
  /// A floating point number truncated towards zero; NaN and what does not fit give `Int.min`.
  @inlinable public init(truncating value: Double) {
    self = value > -9.3e18 && value < 9.223372036854775e18 ? Int(value) : Int.min
  }
}

/// What stands on the right of a binary operation: a tensor or a number of the language.
public enum Operand {
  /// A tensor.
  case tensor(Tensor)
  /// A number, which takes part in type promotion as a wrapped number.
  case number(Scalar)
}

extension Operand {
  /// The tensor, unless this is a number.
  @inlinable public var tensor: Tensor? {
    if case .tensor(let tensor) = self { tensor } else { nil }
  }

  /// The number, unless this is a tensor.
  @inlinable public var number: Scalar? {
    if case .number(let number) = self { number } else { nil }
  }
}
