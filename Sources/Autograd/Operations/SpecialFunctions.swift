import Glibc

// Further rows of the tables: special functions.
extension UnaryOperation {
  static let lgamma = UnaryOperation("lgamma", Kernel.Lgamma.self, .lgamma)
  static let digamma = UnaryOperation("digamma", Kernel.Digamma.self, .digamma)
  static let erfinv = UnaryOperation("erfinv", Kernel.Erfinv.self, .erfinv)
  static let sinc = UnaryOperation("sinc", Kernel.Sinc.self, .sinc)
  static let deg2rad = UnaryOperation("deg2rad", Kernel.Deg2Rad.self, .deg2rad)
  static let rad2deg = UnaryOperation("rad2deg", Kernel.Rad2Deg.self, .rad2deg)
}

extension BinaryOperation {
  static let xlogy = BinaryOperation(
    "xlogy",
    .math(Kernel.Xlogy.self),
    .xlogy,
    promotion: .floatingPoint
  )
  static let hypot = BinaryOperation("hypot", .math(Kernel.Hypot.self), .hypot)
  static let logaddexp = BinaryOperation("logaddexp", .math(Kernel.LogAddExp.self), .logaddexp)
  static let copysign = BinaryOperation(
    "copysign",
    .math(Kernel.CopySign.self),
    .copysign,
    promotion: .floatingPoint
  )
}

extension Session {
  /// `xlogy(other)`: zero where the tensor is zero.
  ///
  /// - Throws: If the sizes do not broadcast.
  public func xlogy(_ a: Tensor, _ b: Operand) throws(AutogradError) -> Tensor {
    try binary(.xlogy, a, b)
  }

  /// `logit(eps)`.
  ///
  /// - Throws: If the tensor is none of floating point.
  public func logit(_ x: Tensor, eps: Double?) throws(AutogradError) -> Tensor {
    let limit = eps ?? -1
    return try composed("logit", .logit, [x], [eps.map { .double($0) } ?? .none]) {
      () throws(AutogradError) in
      try mapped(floating(x), "logit_cpu") {
        let p = limit < 0 ? $0 : min(max($0, limit), 1 - limit)
        return Glibc.log(p / (1 - p))
      }
    }
  }

  /// `nan_to_num(nan, posinf, neginf)`.
  ///
  /// - Throws: If memory runs out.
  public func nanToNum(
    _ x: Tensor,
    nan: Double?,
    positive: Double?,
    negative: Double?
  ) throws(AutogradError) -> Tensor {
    try composed("nan_to_num", .nanToNum, [x]) { () throws(AutogradError) in
      try nanToNumValues(x, nan, positive, negative)
    }
  }

  /// `nan_to_num_(nan, posinf, neginf)`.
  ///
  /// - Throws: If the tensor may not be written.
  @discardableResult
  public func nanToNumInPlace(
    _ x: Tensor,
    nan: Double?,
    positive: Double?,
    negative: Double?
  ) throws(AutogradError) -> Tensor {
    try composedInPlace("nan_to_num_", .nanToNum, x) { () throws(AutogradError) in
      try nanToNumValues(x, nan, positive, negative)
    }
  }

  private func nanToNumValues(
    _ x: Tensor,
    _ nan: Double?,
    _ positive: Double?,
    _ negative: Double?
  ) throws(AutogradError) -> Tensor {
    guard x.dtype.isFloatingPoint else { return try clone(x) }
    let greatest =
      x.dtype == .float32
      ? Double(Float.greatestFiniteMagnitude) : Double.greatestFiniteMagnitude
    let (replacement, high, low) = (nan ?? 0, positive ?? greatest, negative ?? -greatest)
    return try mapped(x, "nan_to_num") {
      $0.isNaN ? replacement : $0 == .infinity ? high : $0 == -.infinity ? low : $0
    }
  }
}

extension Kernel {
  enum Lgamma: MathKernel { static func apply(_ x: Double) -> Double { Glibc.lgamma(x) } }
  enum Deg2Rad: MathKernel { static func apply(_ x: Double) -> Double { x * .pi / 180 } }
  enum Rad2Deg: MathKernel { static func apply(_ x: Double) -> Double { x * 180 / .pi } }
  enum Sinc: MathKernel {
    static func apply(_ x: Double) -> Double {
      x == 0 ? 1 : Glibc.sin(.pi * x) / (.pi * x)
    }
  }

  /// The logarithmic derivative of the gamma function: recurrence, then the asymptotic series.
  enum Digamma: MathKernel {
    static func apply(_ x: Double) -> Double {
      if x == 0 { return x.sign == .minus ? .infinity : -.infinity }
      if x < 0 {
        if x == x.rounded(.towardZero) { return .nan }
        return apply(1 - x) - .pi / Glibc.tan(.pi * x)
      }
      var x = x
      var shift = 0.0
      while x < 10 {
        shift -= 1 / x
        x += 1
      }
      let square = 1 / (x * x)
      let tail =
        square
        * (1 / 12 - square * (1 / 120 - square * (1 / 252 - square * (1 / 240 - square / 132))))
      return shift + Glibc.log(x) - 0.5 / x - tail
    }
  }

  /// The inverse of the error function: a rational start and two steps of Newton's method.
  enum Erfinv: MathKernel {
    static func apply(_ y: Double) -> Double {
      if y.magnitude > 1 { return .nan }
      if y.magnitude == 1 { return y * .infinity }
      let w = -Glibc.log((1 - y) * (1 + y))
      let a = 2 / (.pi * 0.147) - w / 2
      var x = (((a * a + w / 0.147).squareRoot() - a).magnitude).squareRoot()
      if y < 0 { x = -x }
      for _ in 0..<3 {
        x -= (Glibc.erf(x) - y) / (2 / Double.pi.squareRoot() * Glibc.exp(-x * x))
      }
      return x
    }
  }

  enum Xlogy: BinaryMathKernel {
    static func apply(_ a: Double, _ b: Double) -> Double {
      b.isNaN ? .nan : a == 0 ? 0 : a * Glibc.log(b)
    }
  }

  enum Hypot: BinaryMathKernel {
    static func apply(_ a: Double, _ b: Double) -> Double { Glibc.hypot(a, b) }
  }

  enum LogAddExp: BinaryMathKernel {
    static func apply(_ a: Double, _ b: Double) -> Double {
      if a.isInfinite && a == b { return a }
      return max(a, b) + Glibc.log1p(Glibc.exp(-(a - b).magnitude))
    }
  }

  enum CopySign: BinaryMathKernel {
    static func apply(_ a: Double, _ b: Double) -> Double { Double(signOf: b, magnitudeOf: a) }
  }
}
