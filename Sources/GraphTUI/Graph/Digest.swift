import Autograd
import Timeline

/// Short texts for values, as people write them.
enum Digest {
  /// Sizes in brackets, `[2, 3]`; nothing for no dimension.
  static func shape(_ sizes: [Int]) -> String {
    sizes.isEmpty ? "" : "[" + sizes.map(String.init).joined(separator: ", ") + "]"
  }

  /// A number in at most six digits, as a hint and not as a value.
  static func number(_ scalar: Scalar) -> String {
    switch scalar {
    case .bool(let value): return value ? "True" : "False"
    case .int(let value): return String(value)
    case .float(let value): return number(value)
    }
  }

  /// A number in at most six digits.
  static func number(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    let magnitude = value.magnitude
    if magnitude != 0, magnitude < 0.001 || magnitude >= 100_000 { return scientific(value) }
    var factor = 1.0
    while magnitude * factor < 1000, factor < 10_000 { factor *= 10 }
    let rounded = (value * factor).rounded() / factor
    return "\(rounded)"
  }

  /// A tensor in a few characters: its value if it is one number, its shape otherwise.
  static func text(_ values: TensorValues) -> String {
    if values.geometry.sizes.isEmpty {
      return values.element(0).map { number($0) } ?? "dropped"
    }
    return shape(values.geometry.sizes)
  }

  /// What a node keeps that is no tensor, as Python writes it.
  static func attribute(_ value: AttributeValue) -> String {
    switch value {
    case .none: "None"
    case .bool(let value): value ? "True" : "False"
    case .int(let value): String(value)
    case .ints(let values): TensorFormatter.tuple(values)
    case .double(let value): number(value)
    case .scalar(let value): number(value)
    case .dtype(let value): value.name
    case .string(let value): "'\(value)'"
    case .intLists(let lists): lists.map(TensorFormatter.tuple).joined(separator: " ")
    case .dtypes(let types): types.map(\.name).joined(separator: " ")
    }
  }

  /// A version, `v1`; nothing for an inference tensor.
  static func version(_ version: Int?) -> String { version.map { "v\($0)" } ?? "" }

  private static func scientific(_ value: Double) -> String {
    var exponent = 0
    var magnitude = value.magnitude
    while magnitude >= 10 {
      magnitude /= 10
      exponent += 1
    }
    while magnitude < 1 {
      magnitude *= 10
      exponent -= 1
    }
    let digits = (magnitude * 100).rounded() / 100
    return "\(value < 0 ? "-" : "")\(digits)e\(exponent)"
  }
}
