import Glibc

extension BinaryOperation {
  /// All rows, by which tables of the language are made.
  public static let all: [BinaryOperation] = [
    add, sub, mul, div, divFloor, divTrunc, remainder, fmod, pow, atan2, maximum, minimum, fmax,
    fmin, eq, ne, lt, le, gt, ge, logicalAnd, logicalOr, logicalXor, bitwiseAnd, bitwiseOr,
    bitwiseXor, leftShift, rightShift, xlogy, hypot, logaddexp, copysign,
  ]

  static let add = BinaryOperation("add", .elements(Kernel.Add.self), .add)
  static let sub = BinaryOperation(
    "sub",
    .elements(Kernel.Sub.self),
    .sub,
    check: OperandCheck.subtraction
  )
  static let mul = BinaryOperation("mul", .elements(Kernel.Mul.self), .mul)
  static let div = BinaryOperation(
    "div",
    .division(Kernel.Div.self),
    .div,
    promotion: .floatingPoint
  )
  static let divFloor = BinaryOperation(
    "div",
    .division(Kernel.DivFloor.self),
    .divMode,
    check: OperandCheck.division
  )
  static let divTrunc = BinaryOperation(
    "div",
    .division(Kernel.DivTrunc.self),
    .divMode,
    check: OperandCheck.division
  )
  static let remainder = BinaryOperation(
    "remainder",
    .division(Kernel.Remainder.self),
    .remainder,
    check: OperandCheck.division
  )
  static let fmod = BinaryOperation(
    "fmod",
    .division(Kernel.Fmod.self),
    .fmod,
    check: OperandCheck.division
  )
  static let pow = BinaryOperation("pow", .power, .pow)
  static let atan2 = BinaryOperation(
    "atan2",
    .math(Kernel.Atan2.self),
    .atan2,
    promotion: .floatingPoint
  )
  static let maximum = BinaryOperation("maximum", .elements(Kernel.Maximum.self), .maximum)
  static let minimum = BinaryOperation("minimum", .elements(Kernel.Minimum.self), .minimum)
  static let fmax = BinaryOperation("fmax", .elements(Kernel.Fmax.self), .fmax)
  static let fmin = BinaryOperation("fmin", .elements(Kernel.Fmin.self), .fmin)
  static let eq = relation("eq", Kernel.Equal.self)
  static let ne = relation("ne", Kernel.NotEqual.self)
  static let lt = relation("lt", Kernel.Less.self)
  static let le = relation("le", Kernel.LessOrEqual.self)
  static let gt = relation("gt", Kernel.Greater.self)
  static let ge = relation("ge", Kernel.GreaterOrEqual.self)
  static let logicalAnd = BinaryOperation(
    "logical_and",
    .relation(Kernel.And.self),
    nil,
    promotion: .relation
  )
  static let logicalOr = BinaryOperation(
    "logical_or",
    .relation(Kernel.Or.self),
    nil,
    promotion: .relation
  )
  static let logicalXor = BinaryOperation(
    "logical_xor",
    .relation(Kernel.Xor.self),
    nil,
    promotion: .relation
  )
  static let bitwiseAnd = BinaryOperation("bitwise_and", .bits { $0 & $1 }, nil)
  static let bitwiseOr = BinaryOperation("bitwise_or", .bits { $0 | $1 }, nil)
  static let bitwiseXor = BinaryOperation("bitwise_xor", .bits { $0 ^ $1 }, nil)
  static let leftShift = BinaryOperation(
    "bitwise_left_shift",
    .shift { $1 < 0 ? 0 : $0 << $1 },
    nil,
    kernelName: "lshift_cpu"
  )
  static let rightShift = BinaryOperation(
    "bitwise_right_shift",
    .shift { $0 >> ($1 < 0 ? Int.bitWidth : $1) },
    nil,
    kernelName: "rshift_cpu"
  )

  private static func relation<K: RelationKernel>(_ name: String, _ kernel: K.Type)
    -> BinaryOperation
  {
    let title = name.prefix(1).uppercased() + name.dropFirst()
    return BinaryOperation(
      name,
      .relation(kernel),
      nil,
      promotion: .relation,
      inPlace: .relationInPlace("\(title)Backward1")
    )
  }
}

/// The checks of the rows.
private enum OperandCheck {
  static let subtraction: BinaryOperation.Check = { (a, b, common) throws(AutogradError) in
    let other = b.tensor?.dtype ?? b.number?.wrappedDType
    if a.dtype == .bool && other == .bool { throw .runtime(Message.subtractedBools) }
    if a.dtype == .bool || other == .bool { throw .runtime(Message.subtractedBool) }
  }

  static let division: BinaryOperation.Check = { (a, b, common) throws(AutogradError) in
    guard common.category == .integer else { return }
    switch b {
    case .number(let number): if number.integer == 0 { throw .runtime("ZeroDivisionError") }
    case .tensor(let b): if b.containsZero { throw .runtime("ZeroDivisionError") }
    }
  }
}

extension Tensor {
  /// Whether an element is zero.
  fileprivate var containsZero: Bool {
    var found = false
    let rows = StridedRows(sizes, [strides])
    withElements { base in
      rows.forEachRow { offsets in
        for i in 0..<rows.count {
          if !dtype.decode(base + (offsets[0] + i * rows.inner[0]) * itemSize).isTrue {
            found = true
          }
        }
      }
    }
    return found
  }
}

extension Kernel {
  enum Add: BinaryKernel { static func apply<E: Element>(_ a: E, _ b: E) -> E { E.add(a, b) } }
  enum Sub: BinaryKernel { static func apply<E: Element>(_ a: E, _ b: E) -> E { E.sub(a, b) } }
  enum Mul: BinaryKernel { static func apply<E: Element>(_ a: E, _ b: E) -> E { E.mul(a, b) } }
  enum Maximum: BinaryKernel {
    static func apply<E: Element>(_ a: E, _ b: E) -> E {
      a.isNaN ? a : b.isNaN ? b : E.less(a, b) ? b : a
    }
  }
  enum Minimum: BinaryKernel {
    static func apply<E: Element>(_ a: E, _ b: E) -> E {
      a.isNaN ? a : b.isNaN ? b : E.less(b, a) ? b : a
    }
  }
  enum Fmax: BinaryKernel {
    static func apply<E: Element>(_ a: E, _ b: E) -> E { a.isNaN ? b : E.less(a, b) ? b : a }
  }
  enum Fmin: BinaryKernel {
    static func apply<E: Element>(_ a: E, _ b: E) -> E { a.isNaN ? b : E.less(b, a) ? b : a }
  }
  enum Equal: RelationKernel {
    static func apply<E: Element>(_ a: E, _ b: E) -> Bool { E.equal(a, b) }
  }
  enum NotEqual: RelationKernel {
    static func apply<E: Element>(_ a: E, _ b: E) -> Bool { !E.equal(a, b) }
  }
  enum Less: RelationKernel {
    static func apply<E: Element>(_ a: E, _ b: E) -> Bool { E.less(a, b) }
  }
  enum LessOrEqual: RelationKernel {
    static func apply<E: Element>(_ a: E, _ b: E) -> Bool { E.less(a, b) || E.equal(a, b) }
  }
  enum Greater: RelationKernel {
    static func apply<E: Element>(_ a: E, _ b: E) -> Bool { E.less(b, a) }
  }
  enum GreaterOrEqual: RelationKernel {
    static func apply<E: Element>(_ a: E, _ b: E) -> Bool { E.less(b, a) || E.equal(a, b) }
  }
  enum And: RelationKernel {
    static func apply<E: Element>(_ a: E, _ b: E) -> Bool { a.isTrue && b.isTrue }
  }
  enum Or: RelationKernel {
    static func apply<E: Element>(_ a: E, _ b: E) -> Bool { a.isTrue || b.isTrue }
  }
  enum Xor: RelationKernel {
    static func apply<E: Element>(_ a: E, _ b: E) -> Bool { a.isTrue != b.isTrue }
  }
  enum Atan2: BinaryMathKernel {
    static func apply(_ a: Double, _ b: Double) -> Double { Glibc.atan2(a, b) }
  }
}

extension Kernel {
  enum Div: DivisionKernel {
    static func apply<F: FloatElement>(float a: F, _ b: F) -> F { a / b }
    static func apply<I: IntegerElement>(integer a: I, _ b: I) -> I { a }
  }
  enum DivFloor: DivisionKernel {
    // Follows c10::div_floor_floating, which corrects the rounding of the quotient.
    static func apply<F: FloatElement>(float a: F, _ b: F) -> F {
      if b == 0 { return a / b }
      let rest = a.truncatingRemainder(dividingBy: b)
      var quotient = (a - rest) / b
      if rest != 0 && (b < 0) != (rest < 0) { quotient -= 1 }
      if quotient == 0 { return F(signOf: a / b, magnitudeOf: 0) }
      let floor = quotient.rounded(.down)
      return quotient - floor > 0.5 ? floor + 1 : floor
    }
    static func apply<I: IntegerElement>(integer a: I, _ b: I) -> I {
      if b == -1 { return 0 &- a }
      let quotient = a / b
      return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient
    }
  }
  enum DivTrunc: DivisionKernel {
    static func apply<F: FloatElement>(float a: F, _ b: F) -> F { (a / b).rounded(.towardZero) }
    static func apply<I: IntegerElement>(integer a: I, _ b: I) -> I { b == -1 ? 0 &- a : a / b }
  }
  enum Remainder: DivisionKernel {
    static func apply<F: FloatElement>(float a: F, _ b: F) -> F {
      let rest = a.truncatingRemainder(dividingBy: b)
      return rest != 0 && (b < 0) != (rest < 0) ? rest + b : rest
    }
    static func apply<I: IntegerElement>(integer a: I, _ b: I) -> I {
      if b == -1 { return 0 }
      let rest = a % b
      return rest != 0 && (b < 0) != (rest < 0) ? rest + b : rest
    }
  }
  enum Fmod: DivisionKernel {
    static func apply<F: FloatElement>(float a: F, _ b: F) -> F {
      a.truncatingRemainder(dividingBy: b)
    }
    static func apply<I: IntegerElement>(integer a: I, _ b: I) -> I { b == -1 ? 0 : a % b }
  }
  enum Power: DivisionKernel {
    static func apply<F: FloatElement>(float a: F, _ b: F) -> F {
      if b == 2 { return a * a }
      if b == 1 { return a }
      if b == 0.5 { return a.squareRoot() }
      return F(Glibc.pow(Double(a), Double(b)))
    }
    // Negative exponents: c10's powi gives 1, -1 or 0.
    static func apply<I: IntegerElement>(integer a: I, _ b: I) -> I {
      if b < 0 { return a == 1 ? 1 : a == -1 ? (b % 2 == 0 ? 1 : -1) : 0 }
      var result: I = 1
      var base = a
      var exponent = b
      while exponent > 0 {
        if exponent & 1 == 1 { result = result &* base }
        base = base &* base
        exponent >>= 1
      }
      return result
    }
  }
}

extension LoopTable where Loop == BinaryLoop {
  static let power = LoopTable.division(Kernel.Power.self)

  /// Shifts of integers; PyTorch has none of bools.
  static func shift(
    _ operation: @escaping @Sendable (Int, Int) -> Int
  ) -> LoopTable {
    LoopTable { dtype -> BinaryLoop? in
      switch dtype {
      case .int32: Loops.bits(Int32.self, operation)
      case .int64: Loops.bits(Int.self, operation)
      case .bool, .float32, .float64: nil
      }
    }
  }

  /// Bitwise operations on integers, logical ones on bools.
  static func bits(
    _ operation: @escaping @Sendable (Int, Int) -> Int
  ) -> LoopTable {
    LoopTable { dtype -> BinaryLoop? in
      switch dtype {
      case .bool: Loops.bits(Bool.self, operation)
      case .int32: Loops.bits(Int32.self, operation)
      case .int64: Loops.bits(Int.self, operation)
      case .float32, .float64: nil
      }
    }
  }
}

extension Loops {
  static func bits<E: Element>(
    _: E.Type,
    _ operation: @escaping @Sendable (Int, Int) -> Int
  ) -> BinaryLoop {
    { out, a, b, count, so, sa, sb in
      let out = out.assumingMemoryBound(to: E.self)
      let a = a.assumingMemoryBound(to: E.self)
      let b = b.assumingMemoryBound(to: E.self)
      for i in 0..<count {
        out[i &* so] = E(from: operation(a[i &* sa].integer, b[i &* sb].integer))
      }
    }
  }

  /// `a + alpha * b`, rounded once as a fused multiplication and addition.
  static func addScaled<E: Element>(_: E.Type, _ alpha: Scalar) -> BinaryLoop {
    if E.isIntegral {
      let factor = E(alpha)
      return { out, a, b, count, so, sa, sb in
        let out = out.assumingMemoryBound(to: E.self)
        let a = a.assumingMemoryBound(to: E.self)
        let b = b.assumingMemoryBound(to: E.self)
        for i in 0..<count { out[i &* so] = E.add(a[i &* sa], E.mul(factor, b[i &* sb])) }
      }
    }
    let factor = E(alpha).double
    return { out, a, b, count, so, sa, sb in
      let out = out.assumingMemoryBound(to: E.self)
      let a = a.assumingMemoryBound(to: E.self)
      let b = b.assumingMemoryBound(to: E.self)
      for i in 0..<count {
        let x = a[i &* sa].double
        let y = b[i &* sb].double
        // The product of two floats is exact in double precision.
        let sum = E.dtype == .float64 ? x.addingProduct(factor, y) : x + factor * y
        out[i &* so] = E(from: sum)
      }
    }
  }
}

/// The scaled addition of a type.
struct AddScaled: ElementVisitor {
  let alpha: Scalar

  func visit<E: Element>(_ type: E.Type) -> BinaryLoop { Loops.addScaled(E.self, alpha) }
}
