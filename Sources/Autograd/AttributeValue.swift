/// A value other than a tensor that an operation was called with or that a node keeps for backward.
public enum AttributeValue: Sendable, Hashable {
  /// `None`.
  case none
  /// A bool.
  case bool(Bool)
  /// An int.
  case int(Int)
  /// A tuple of ints: sizes, dims, strides.
  case ints([Int])
  /// A float.
  case double(Double)
  /// A number of the language.
  case scalar(Scalar)
  /// A dtype.
  case dtype(DType)
  /// A string, such as a rounding mode.
  case string(String)
  /// Several sizes, as `cat` keeps them.
  case intLists([[Int]])
  /// Several dtypes, as `cat` keeps them.
  case dtypes([DType])
}

extension AttributeValue {
  /// The int, or 0.
  var intValue: Int { if case .int(let value) = self { value } else { 0 } }

  /// The ints, or none.
  var intsValue: [Int] { if case .ints(let value) = self { value } else { [] } }

  /// The bool, or false.
  var boolValue: Bool { if case .bool(let value) = self { value } else { false } }

  /// The number, or 0.
  var scalarValue: Scalar {
    switch self {
    case .scalar(let value): value
    case .double(let value): .float(value)
    case .int(let value): .int(value)
    case .bool(let value): .bool(value)
    default: .int(0)
    }
  }

  /// The string, or none.
  var stringValue: String? { if case .string(let value) = self { value } else { nil } }

  /// The dtype, or none.
  var dtypeValue: DType? { if case .dtype(let value) = self { value } else { nil } }
}
