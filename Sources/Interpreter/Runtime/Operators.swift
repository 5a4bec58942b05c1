/// The dunder methods of the operators, by the operators' raw values.
struct OperatorNames {
  /// The methods of one binary operator and how messages write it.
  struct Binary {
    let method: Symbol
    let reflected: Symbol
    let inPlace: Symbol
    let sign: String
  }

  /// The method of a comparison, the one to ask of the other operand, and the sign.
  struct Comparison {
    let method: Symbol
    let reflected: Symbol
    let sign: String
  }

  /// By ``BinaryOperator``.
  let binary: [Binary]
  /// By ``ComparisonOperator``, those that are methods.
  let comparison: [Comparison]
  /// By ``UnaryOperator``, without `not`.
  let unary: [(method: Symbol, sign: String)]

  init(_ symbols: inout SymbolTable) {
    var binary: [Binary] = []
    for op in BinaryOperator.allCases {
      let (name, sign) = Self.words(of: op)
      binary.append(
        Binary(
          method: symbols.symbol("__\(name)__"),
          reflected: symbols.symbol("__r\(name)__"),
          inPlace: symbols.symbol("__i\(name)__"),
          sign: sign
        )
      )
    }
    self.binary = binary
    let rows = [
      ("eq", "eq", "=="), ("ne", "ne", "!="), ("lt", "gt", "<"), ("le", "ge", "<="),
      ("gt", "lt", ">"), ("ge", "le", ">="),
    ]
    var comparison: [Comparison] = []
    for (name, reflected, sign) in rows {
      comparison.append(
        Comparison(
          method: symbols.symbol("__\(name)__"),
          reflected: symbols.symbol("__\(reflected)__"),
          sign: sign
        )
      )
    }
    self.comparison = comparison
    unary = [
      (symbols.symbol("__pos__"), "+"), (symbols.symbol("__neg__"), "-"),
      (symbols.symbol("__invert__"), "~"),
    ]
  }

  private static func words(of op: BinaryOperator) -> (name: String, sign: String) {
    switch op {
    case .add: ("add", "+")
    case .subtract: ("sub", "-")
    case .multiply: ("mul", "*")
    case .matrixMultiply: ("matmul", "@")
    case .divide: ("truediv", "/")
    case .floorDivide: ("floordiv", "//")
    case .modulo: ("mod", "%")
    case .power: ("pow", "**")
    case .leftShift: ("lshift", "<<")
    case .rightShift: ("rshift", ">>")
    case .bitAnd: ("and", "&")
    case .bitOr: ("or", "|")
    case .bitXor: ("xor", "^")
    }
  }
}
