import Autograd

/// Rows of the engine's tables by name.
enum Rows {
  /// The function of two operands of that name.
  static func binary(_ name: String) -> BinaryOperation {
    guard let row = binaryRows[name] else {
      preconditionFailure("The engine has no operation \(name).")
    }
    return row
  }

  /// The function of one tensor of that name.
  static func unary(_ name: String) -> UnaryOperation {
    guard let row = unaryRows[name] else {
      preconditionFailure("The engine has no operation \(name).")
    }
    return row
  }

  private static let binaryRows = Dictionary(
    BinaryOperation.all.map { ($0.name, $0) },
    uniquingKeysWith: { first, _ in first }
  )

  private static let unaryRows = Dictionary(
    UnaryOperation.all.map { ($0.name, $0) },
    uniquingKeysWith: { first, _ in first }
  )
}

extension TorchRow {
  /// The rows that follow from the engine's table of functions of one tensor.
  static var unary: [TorchRow] {
    let predicates: Set = ["isnan", "isinf", "isfinite"]
    return UnaryOperation.all.map { operation in
      TorchRow(
        operation.name,
        predicates.contains(operation.name) ? "fm Tensor self" : "fmio Tensor self",
        tensor: { try $0.session.unary(operation, $0.tensor(0)) },
        inPlace: { try $0.session.unaryInPlace(operation, $0.tensor(0)) }
      )
    }
  }

  /// The rows that follow from the engine's table of functions of two operands; some have rows of their own.
  static var binary: [TorchRow] {
    var rows: [TorchRow] = []
    for operation in BinaryOperation.all {
      guard let overloads = binaryOverloads(operation.name) else { continue }
      rows.append(
        TorchRow(operation.name, overloads, shortCut: nil) { call in
          let (a, b) = (try call.tensor(0), try call.operand(1))
          return call.result(
            call.isInPlace
              ? try call.session.binaryInPlace(operation, a, b)
              : try call.session.binary(operation, a, b)
          )
        }
      )
    }
    return rows
  }

  private static func binaryOverloads(_ name: String) -> [String]? {
    switch name {
    case "add", "sub", "div", "pow": nil
    case "mul", "atan2", "logical_and", "logical_or", "logical_xor":
      ["fmio Tensor self, Tensor other"]
    case "maximum", "minimum", "fmax", "fmin": ["fmo Tensor self, Tensor other"]
    case "remainder", "bitwise_and", "bitwise_or", "bitwise_xor", "bitwise_left_shift",
      "bitwise_right_shift":
      [
        "fmio Tensor self, Tensor other", "f Scalar self, Tensor other",
        "fmio Tensor self, Scalar other",
      ]
    default: ["fmio Tensor self, Tensor other", "fmio Tensor self, Scalar other"]
    }
  }

  /// Names that PyTorch has twice.
  static let aliases: [(name: String, original: String)] = [
    ("absolute", "abs"), ("negative", "neg"), ("arccos", "acos"), ("arcsin", "asin"),
    ("arctan", "atan"), ("arccosh", "acosh"), ("arcsinh", "asinh"), ("arctanh", "atanh"),
    ("arctan2", "atan2"), ("multiply", "mul"), ("subtract", "sub"), ("divide", "div"),
    ("clip", "clamp"), ("fix", "trunc"), ("greater", "gt"), ("greater_equal", "ge"),
    ("less", "lt"), ("less_equal", "le"), ("not_equal", "ne"), ("swapaxes", "transpose"),
    ("swapdims", "transpose"), ("concat", "cat"), ("concatenate", "cat"), ("moveaxis", "movedim"),
    ("row_stack", "vstack"), ("ger", "outer"),
  ]
}
