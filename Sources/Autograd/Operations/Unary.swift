import Glibc

extension UnaryOperation {
  /// All rows, by which tables of the language are made.
  public static let all: [UnaryOperation] = [
    neg, abs, sign, sgn, square, exp, exp2, expm1, log, log2, log10, log1p, sqrt, rsqrt, reciprocal,
    sin, cos, tan, asin, acos, atan, sinh, cosh, asinh, acosh, atanh, tanh, sigmoid, erf, erfc,
    relu,
    floor, ceil, round, trunc, frac, logicalNot, bitwiseNot, isNaN, isInf, isFinite,
    lgamma, digamma, erfinv, sinc, deg2rad, rad2deg,
  ]

  static let neg = UnaryOperation("neg", .elements(Kernel.Neg.self), .neg)
  static let abs = UnaryOperation("abs", .elements(Kernel.Abs.self, bool: false), .abs)
  static let sign = UnaryOperation("sign", .elements(Kernel.Sign.self, bool: true), .sign)
  static let sgn = UnaryOperation("sgn", .elements(Kernel.Sign.self, bool: true), .sgn)
  static let square = UnaryOperation("square", .elements(Kernel.Square.self), .square)
  static let exp = UnaryOperation("exp", Kernel.Exp.self, .exp)
  static let exp2 = UnaryOperation("exp2", Kernel.Exp2.self, .exp2)
  static let expm1 = UnaryOperation("expm1", Kernel.Expm1.self, .expm1)
  static let log = UnaryOperation("log", Kernel.Log.self, .log)
  static let log2 = UnaryOperation("log2", Kernel.Log2.self, .log2)
  static let log10 = UnaryOperation("log10", Kernel.Log10.self, .log10)
  static let log1p = UnaryOperation("log1p", Kernel.Log1p.self, .log1p)
  static let sqrt = UnaryOperation("sqrt", Kernel.Sqrt.self, .sqrt)
  static let rsqrt = UnaryOperation("rsqrt", Kernel.Rsqrt.self, .rsqrt)
  static let reciprocal = UnaryOperation("reciprocal", Kernel.Reciprocal.self, .reciprocal)
  static let sin = UnaryOperation("sin", Kernel.Sin.self, .sin)
  static let cos = UnaryOperation("cos", Kernel.Cos.self, .cos)
  static let tan = UnaryOperation("tan", Kernel.Tan.self, .tan)
  static let asin = UnaryOperation("asin", Kernel.Asin.self, .asin)
  static let acos = UnaryOperation("acos", Kernel.Acos.self, .acos)
  static let atan = UnaryOperation("atan", Kernel.Atan.self, .atan)
  static let sinh = UnaryOperation("sinh", Kernel.Sinh.self, .sinh)
  static let cosh = UnaryOperation("cosh", Kernel.Cosh.self, .cosh)
  static let asinh = UnaryOperation(
    "asinh",
    Kernel.Asinh.self,
    .asinh,
    inPlace: .notDerived("AsinhBackward1", "inplace version of asinh")
  )
  static let acosh = UnaryOperation(
    "acosh",
    Kernel.Acosh.self,
    .acosh,
    inPlace: .notDerived("AcoshBackward1", "inplace version of acosh")
  )
  static let atanh = UnaryOperation(
    "atanh",
    Kernel.Atanh.self,
    .atanh,
    inPlace: .notDerived("AtanhBackward1", "inplace version of atanh")
  )
  static let tanh = UnaryOperation("tanh", Kernel.Tanh.self, .tanh)
  static let sigmoid = UnaryOperation("sigmoid", Kernel.Sigmoid.self, .sigmoid)
  static let erf = UnaryOperation("erf", Kernel.Erf.self, .erf)
  static let erfc = UnaryOperation("erfc", Kernel.Erfc.self, .erfc)
  static let relu = UnaryOperation("relu", .elements(Kernel.Relu.self), .relu)
  static let floor = UnaryOperation("floor", .elements(Kernel.Floor.self), .zero("FloorBackward0"))
  static let ceil = UnaryOperation("ceil", .elements(Kernel.Ceil.self), .zero("CeilBackward0"))
  static let round = UnaryOperation("round", .elements(Kernel.Round.self), .zero("RoundBackward0"))
  static let trunc = UnaryOperation("trunc", .elements(Kernel.Trunc.self), .zero("TruncBackward0"))
  static let frac = UnaryOperation("frac", .elements(Kernel.Frac.self), .frac)
  static let logicalNot = UnaryOperation(
    "logical_not",
    .predicate(Kernel.IsFalse.self),
    nil,
    result: .bool
  )
  static let bitwiseNot = UnaryOperation("bitwise_not", .bitwiseNot, nil)
  static let isNaN = UnaryOperation("isnan", .predicate(Kernel.IsNaN.self), nil, result: .bool)
  static let isInf = UnaryOperation("isinf", .predicate(Kernel.IsInf.self), nil, result: .bool)
  static let isFinite = UnaryOperation(
    "isfinite",
    .predicate(Kernel.IsFinite.self),
    nil,
    result: .bool
  )
}

/// The functions of the rows.
enum Kernel {}

extension Kernel {
  enum Neg: UnaryKernel {
    static func apply<E: Element>(_ x: E) -> E {
      E.isIntegral ? E.sub(.zero, x) : E.mul(x, E(from: -1.0))
    }
  }
  enum Abs: UnaryKernel {
    static func apply<E: Element>(_ x: E) -> E {
      E.less(x, .zero) ? E.sub(.zero, x) : E.isIntegral ? x : E.add(x, .zero)
    }
  }
  enum Sign: UnaryKernel {
    static func apply<E: Element>(_ x: E) -> E {
      E.less(.zero, x) ? .one : E.less(x, .zero) ? E.sub(.zero, .one) : .zero
    }
  }
  enum Square: UnaryKernel {
    static func apply<E: Element>(_ x: E) -> E { E.mul(x, x) }
  }
  enum Relu: UnaryKernel {
    static func apply<E: Element>(_ x: E) -> E { E.less(x, .zero) ? .zero : x }
  }
  enum Floor: UnaryKernel {
    static func apply<E: Element>(_ x: E) -> E {
      E.isIntegral ? x : E(from: x.double.rounded(.down))
    }
  }
  enum Ceil: UnaryKernel {
    static func apply<E: Element>(_ x: E) -> E { E.isIntegral ? x : E(from: x.double.rounded(.up)) }
  }
  enum Round: UnaryKernel {
    static func apply<E: Element>(_ x: E) -> E {
      E.isIntegral ? x : E(from: x.double.rounded(.toNearestOrEven))
    }
  }
  enum Trunc: UnaryKernel {
    static func apply<E: Element>(_ x: E) -> E {
      E.isIntegral ? x : E(from: x.double.rounded(.towardZero))
    }
  }
  enum Frac: UnaryKernel {
    static func apply<E: Element>(_ x: E) -> E { E.sub(x, Trunc.apply(x)) }
  }
  enum IsFalse: PredicateKernel {
    static func apply<E: Element>(_ x: E) -> Bool { !x.isTrue }
  }
  enum IsNaN: PredicateKernel {
    static func apply<E: Element>(_ x: E) -> Bool { x.isNaN }
  }
  enum IsInf: PredicateKernel {
    static func apply<E: Element>(_ x: E) -> Bool { !E.isIntegral && x.double.isInfinite }
  }
  enum IsFinite: PredicateKernel {
    static func apply<E: Element>(_ x: E) -> Bool { E.isIntegral || x.double.isFinite }
  }
}

extension Kernel {
  enum Exp: MathKernel { static func apply(_ x: Double) -> Double { Glibc.exp(x) } }
  enum Exp2: MathKernel { static func apply(_ x: Double) -> Double { Glibc.exp2(x) } }
  enum Expm1: MathKernel { static func apply(_ x: Double) -> Double { Glibc.expm1(x) } }
  enum Log: MathKernel { static func apply(_ x: Double) -> Double { Glibc.log(x) } }
  enum Log2: MathKernel { static func apply(_ x: Double) -> Double { Glibc.log2(x) } }
  enum Log10: MathKernel { static func apply(_ x: Double) -> Double { Glibc.log10(x) } }
  enum Log1p: MathKernel { static func apply(_ x: Double) -> Double { Glibc.log1p(x) } }
  enum Sqrt: MathKernel { static func apply(_ x: Double) -> Double { x.squareRoot() } }
  enum Rsqrt: MathKernel { static func apply(_ x: Double) -> Double { 1 / x.squareRoot() } }
  enum Reciprocal: MathKernel { static func apply(_ x: Double) -> Double { 1 / x } }
  enum Sin: MathKernel { static func apply(_ x: Double) -> Double { Glibc.sin(x) } }
  enum Cos: MathKernel { static func apply(_ x: Double) -> Double { Glibc.cos(x) } }
  enum Tan: MathKernel { static func apply(_ x: Double) -> Double { Glibc.tan(x) } }
  enum Asin: MathKernel { static func apply(_ x: Double) -> Double { Glibc.asin(x) } }
  enum Acos: MathKernel { static func apply(_ x: Double) -> Double { Glibc.acos(x) } }
  enum Atan: MathKernel { static func apply(_ x: Double) -> Double { Glibc.atan(x) } }
  enum Sinh: MathKernel { static func apply(_ x: Double) -> Double { Glibc.sinh(x) } }
  enum Cosh: MathKernel { static func apply(_ x: Double) -> Double { Glibc.cosh(x) } }
  enum Asinh: MathKernel { static func apply(_ x: Double) -> Double { Glibc.asinh(x) } }
  enum Acosh: MathKernel { static func apply(_ x: Double) -> Double { Glibc.acosh(x) } }
  enum Atanh: MathKernel { static func apply(_ x: Double) -> Double { Glibc.atanh(x) } }
  enum Tanh: MathKernel { static func apply(_ x: Double) -> Double { Glibc.tanh(x) } }
  enum Erf: MathKernel { static func apply(_ x: Double) -> Double { Glibc.erf(x) } }
  enum Erfc: MathKernel { static func apply(_ x: Double) -> Double { Glibc.erfc(x) } }
  enum Sigmoid: MathKernel { static func apply(_ x: Double) -> Double { 1 / (1 + Glibc.exp(-x)) } }
}

extension LoopTable where Loop == UnaryLoop {
  /// Inverts the bits of integers and the truth of bools.
  static let bitwiseNot = LoopTable { dtype -> UnaryLoop? in
    switch dtype {
    case .bool: Loops.predicate(Kernel.IsFalse.self, Bool.self)
    case .int32: Loops.invert(Int32.self)
    case .int64: Loops.invert(Int.self)
    case .float32, .float64: nil
    }
  }
}

extension Loops {
  static func invert<I: IntegerElement>(_: I.Type) -> UnaryLoop {
    { out, x, count, so, sx in
      let out = out.assumingMemoryBound(to: I.self)
      let x = x.assumingMemoryBound(to: I.self)
      for i in 0..<count { out[i &* so] = ~x[i &* sx] }
    }
  }
}
