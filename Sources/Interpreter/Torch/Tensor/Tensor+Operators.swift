import Autograd

// Operators between tensors and numbers, as rows of dunder methods.
extension Torch {
  /// What an operator does with a tensor and the other operand.
  typealias Operation =
    @Sendable (Session, Tensor, Operand) throws(AutogradError) -> Tensor

  /// The rows of the operators.
  static var operatorRows: [BuiltinRow] {
    var rows: [BuiltinRow] = []
    for (name, operation) in operators { rows.append(row("__\(name)__", operation)) }
    for (name, operation) in reflectedOperators { rows.append(row("__r\(name)__", operation)) }
    for (name, operation) in inPlaceOperators { rows.append(row("__i\(name)__", operation)) }
    for (name, operation) in unaryOperators {
      rows.append(
        BuiltinRow("__\(name)__", 0...0) { (machine, arguments) throws(PythonError) in
          let torch = machine.requireTorch()
          let tensor = try torch.object(arguments[0]).tensor
          return torch.wrap(
            try torch.run { () throws(AutogradError) in try operation(torch.session, tensor) }
          )
        }
      )
    }
    return rows
  }

  /// A binary operator: NotImplemented for what is neither a tensor nor a number.
  private static func row(_ name: String, _ operation: @escaping Operation) -> BuiltinRow {
    BuiltinRow(name, 1...1) { (machine, arguments) throws(PythonError) in
      let torch = machine.requireTorch()
      guard let tensor = torch.tensor(arguments[0]) else { return .notImplemented }
      let operand: Operand
      switch arguments[1] {
      case .float(let number): operand = .number(.float(number))
      case .int(let number): operand = .number(.int(number))
      case .bool(let truth): operand = .number(.bool(truth))
      case .object:
        if let other = torch.tensor(arguments[1]) {
          operand = .tensor(other)
        } else if torch.isNumber(arguments[1]) {
          operand = .number(try torch.scalar(arguments[1]))
        } else {
          return .notImplemented
        }
      default: return .notImplemented
      }
      do throws(AutogradError) {
        return torch.wrap(try operation(torch.session, tensor, operand))
      } catch {
        throw torch.pythonError(error)
      }
    }
  }

  private static let operators: [(String, Operation)] = [
    ("add", { (s, a, b) throws(AutogradError) in try s.add(a, b) }),
    ("sub", { (s, a, b) throws(AutogradError) in try s.sub(a, b) }),
    ("mul", { (s, a, b) throws(AutogradError) in try s.mul(a, b) }),
    ("truediv", { (s, a, b) throws(AutogradError) in try s.div(a, b) }),
    ("div", { (s, a, b) throws(AutogradError) in try s.div(a, b) }),
    ("floordiv", { (s, a, b) throws(AutogradError) in try s.floorDivide(a, b) }),
    ("mod", { (s, a, b) throws(AutogradError) in try s.binary(Rows.binary("remainder"), a, b) }),
    ("pow", { (s, a, b) throws(AutogradError) in try s.pow(a, b) }),
    ("matmul", { (s, a, b) throws(AutogradError) in try s.matmul(a, s.tensorOnly(b, "matmul")) }),
    ("and", { (s, a, b) throws(AutogradError) in try s.binary(Rows.binary("bitwise_and"), a, b) }),
    ("or", { (s, a, b) throws(AutogradError) in try s.binary(Rows.binary("bitwise_or"), a, b) }),
    ("xor", { (s, a, b) throws(AutogradError) in try s.binary(Rows.binary("bitwise_xor"), a, b) }),
    (
      "lshift",
      { (s, a, b) throws(AutogradError) in
        try s.binary(Rows.binary("bitwise_left_shift"), a, b)
      }
    ),
    (
      "rshift",
      { (s, a, b) throws(AutogradError) in
        try s.binary(Rows.binary("bitwise_right_shift"), a, b)
      }
    ),
    ("eq", { (s, a, b) throws(AutogradError) in try s.binary(Rows.binary("eq"), a, b) }),
    ("ne", { (s, a, b) throws(AutogradError) in try s.binary(Rows.binary("ne"), a, b) }),
    ("lt", { (s, a, b) throws(AutogradError) in try s.binary(Rows.binary("lt"), a, b) }),
    ("le", { (s, a, b) throws(AutogradError) in try s.binary(Rows.binary("le"), a, b) }),
    ("gt", { (s, a, b) throws(AutogradError) in try s.binary(Rows.binary("gt"), a, b) }),
    ("ge", { (s, a, b) throws(AutogradError) in try s.binary(Rows.binary("ge"), a, b) }),
  ]

  private static let reflectedOperators: [(String, Operation)] = [
    ("add", { (s, a, b) throws(AutogradError) in try s.add(a, b) }),
    ("sub", { (s, a, b) throws(AutogradError) in try s.rsub(a, b) }),
    ("mul", { (s, a, b) throws(AutogradError) in try s.mul(a, b) }),
    (
      "truediv",
      { (s, a, b) throws(AutogradError) in
        try s.binary(Rows.binary("mul"), s.unary(Rows.unary("reciprocal"), a), b)
      }
    ),
    (
      "floordiv", { (s, a, b) throws(AutogradError) in try s.floorDivide(s.wrapped(b), .tensor(a)) }
    ),
    (
      "mod",
      { (s, a, b) throws(AutogradError) in
        try s.binary(Rows.binary("remainder"), s.wrapped(b), .tensor(a))
      }
    ),
    ("pow", { (s, a, b) throws(AutogradError) in try s.power(b, a) }),
    ("matmul", { (s, a, b) throws(AutogradError) in try s.matmul(s.tensorOnly(b, "matmul"), a) }),
    ("and", { (s, a, b) throws(AutogradError) in try s.binary(Rows.binary("bitwise_and"), a, b) }),
    ("or", { (s, a, b) throws(AutogradError) in try s.binary(Rows.binary("bitwise_or"), a, b) }),
    ("xor", { (s, a, b) throws(AutogradError) in try s.binary(Rows.binary("bitwise_xor"), a, b) }),
    (
      "lshift",
      { (s, a, b) throws(AutogradError) in
        try s.binary(Rows.binary("bitwise_left_shift"), s.wrapped(b), .tensor(a))
      }
    ),
    (
      "rshift",
      { (s, a, b) throws(AutogradError) in
        try s.binary(Rows.binary("bitwise_right_shift"), s.wrapped(b), .tensor(a))
      }
    ),
  ]

  private static let inPlaceOperators: [(String, Operation)] = [
    ("add", { (s, a, b) throws(AutogradError) in try s.addInPlace(a, b) }),
    ("sub", { (s, a, b) throws(AutogradError) in try s.subInPlace(a, b) }),
    ("mul", { (s, a, b) throws(AutogradError) in try s.mulInPlace(a, b) }),
    ("truediv", { (s, a, b) throws(AutogradError) in try s.divInPlace(a, b) }),
    ("floordiv", { (s, a, b) throws(AutogradError) in try s.floorDivideInPlace(a, b) }),
    (
      "mod",
      { (s, a, b) throws(AutogradError) in try s.binaryInPlace(Rows.binary("remainder"), a, b) }
    ),
    ("pow", { (s, a, b) throws(AutogradError) in try s.powInPlace(a, b) }),
    (
      "and",
      { (s, a, b) throws(AutogradError) in try s.binaryInPlace(Rows.binary("bitwise_and"), a, b) }
    ),
    (
      "or",
      { (s, a, b) throws(AutogradError) in try s.binaryInPlace(Rows.binary("bitwise_or"), a, b) }
    ),
    (
      "xor",
      { (s, a, b) throws(AutogradError) in try s.binaryInPlace(Rows.binary("bitwise_xor"), a, b) }
    ),
    (
      "lshift",
      { (s, a, b) throws(AutogradError) in
        try s.binaryInPlace(Rows.binary("bitwise_left_shift"), a, b)
      }
    ),
    (
      "rshift",
      { (s, a, b) throws(AutogradError) in
        try s.binaryInPlace(Rows.binary("bitwise_right_shift"), a, b)
      }
    ),
  ]

  private static let unaryOperators:
    [(String, @Sendable (Session, Tensor) throws(AutogradError) -> Tensor)] = [
      ("neg", { (s, a) throws(AutogradError) in try s.unary(Rows.unary("neg"), a) }),
      ("pos", { (s, a) throws(AutogradError) in a }),
      ("abs", { (s, a) throws(AutogradError) in try s.unary(Rows.unary("abs"), a) }),
      ("invert", { (s, a) throws(AutogradError) in try s.unary(Rows.unary("bitwise_not"), a) }),
    ]
}

extension Session {
  /// `base ** exponent` where the base is whatever stands on the left.
  func power(_ base: Operand, _ exponent: Tensor) throws(AutogradError) -> Tensor {
    switch base {
    case .tensor(let tensor): try pow(tensor, .tensor(exponent))
    case .number(let number): try rpow(exponent, number)
    }
  }

  /// The tensor of an operand, a number wrapped.
  func wrapped(_ operand: Operand) -> Tensor {
    switch operand {
    case .tensor(let tensor): tensor
    case .number(let number): wrap(number)
    }
  }

  /// The tensor of an operand that may not be a number.
  func tensorOnly(_ operand: Operand, _ name: String) throws(AutogradError) -> Tensor {
    if case .tensor(let tensor) = operand { return tensor }
    throw .type("\(name)(): argument 'other' (position 1) must be Tensor, not number")
  }
}
