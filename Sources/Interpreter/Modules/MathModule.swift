import BigInt
import Glibc

/// The module `math`.
enum MathModule {
  static let row = ModuleRow(name: "math") { (machine) throws(PythonError) in
    machine.module(
      "math",
      realRows + otherRows + wholeRows,
      values: [
        ("pi", .float(Double.pi)), ("e", .float(M_E)), ("tau", .float(2 * Double.pi)),
        ("inf", .float(.infinity)), ("nan", .float(.nan)),
      ]
    )
  }

  /// A function of one real number; with `overflows` an infinite result is an OverflowError.
  private static func real(
    _ name: String,
    overflows: Bool = false,
    _ body: @escaping @Sendable (Double) -> Double
  ) -> BuiltinRow {
    BuiltinRow(name, 1...1) { (machine, a) throws(PythonError) in
      let x = try machine.double(a[0])
      return .float(try checked(body(x), x.isNaN, x.isFinite, overflows: overflows, machine))
    }
  }

  /// The result, or the error that CPython makes of it.
  private static func checked(
    _ result: Double,
    _ hadNaN: Bool,
    _ wereFinite: Bool,
    overflows: Bool,
    _ machine: Machine
  ) throws(PythonError) -> Double {
    if result.isNaN, !hadNaN { throw machine.valueError("math domain error") }
    if result.isInfinite, wereFinite {
      throw overflows
        ? machine.overflowError("math range error") : machine.valueError("math domain error")
    }
    return result
  }

  private static let realRows: [BuiltinRow] = [
    real("sqrt") { x in sqrt(x) },
    real("cbrt") { x in cbrt(x) },
    real("exp", overflows: true) { x in exp(x) },
    real("exp2", overflows: true) { x in exp2(x) },
    real("expm1", overflows: true) { x in expm1(x) },
    real("log1p") { x in log1p(x) },
    real("sin") { x in sin(x) },
    real("cos") { x in cos(x) },
    real("tan") { x in tan(x) },
    real("asin") { x in asin(x) },
    real("acos") { x in acos(x) },
    real("atan") { x in atan(x) },
    real("sinh", overflows: true) { x in sinh(x) },
    real("cosh", overflows: true) { x in cosh(x) },
    real("tanh") { x in tanh(x) },
    real("asinh") { x in asinh(x) },
    real("acosh") { x in acosh(x) },
    real("atanh") { x in atanh(x) },
    real("fabs") { x in x.magnitude },
    real("degrees") { x in x * (180 / Double.pi) },
    real("radians") { x in x * (Double.pi / 180) },
    real("erf") { x in erf(x) },
    real("erfc") { x in erfc(x) },
    real("ulp") { x in x.isFinite ? x.magnitude.ulp : x.magnitude },
    BuiltinRow("gamma", 1...1) { (machine, a) throws(PythonError) in
      let x = try machine.double(a[0])
      if x == 0 || x == -Double.infinity { throw machine.valueError("math domain error") }
      return .float(
        try checked(Gamma.gamma(x), x.isNaN, x.isFinite, overflows: true, machine)
      )
    },
    BuiltinRow("lgamma", 1...1) { (machine, a) throws(PythonError) in
      let x = try machine.double(a[0])
      if x <= 0, x == x.rounded(.down), x.isFinite {
        throw machine.valueError("math domain error")
      }
      return .float(
        try checked(Gamma.logGamma(x), x.isNaN, x.isFinite, overflows: true, machine)
      )
    },
  ]

  /// A function of two real numbers.
  private static func real2(
    _ name: String,
    _ body: @escaping @Sendable (Double, Double) -> Double
  ) -> BuiltinRow {
    BuiltinRow(name, 2...2) { (machine, a) throws(PythonError) in
      let (x, y) = (try machine.double(a[0]), try machine.double(a[1]))
      return .float(
        try checked(
          body(x, y),
          x.isNaN || y.isNaN,
          x.isFinite && y.isFinite,
          overflows: true,
          machine
        )
      )
    }
  }

  private static func ask(
    _ name: String,
    _ body: @escaping @Sendable (Double) -> Bool
  ) -> BuiltinRow {
    BuiltinRow(name, 1...1) { (machine, a) throws(PythonError) in
      .bool(body(try machine.double(a[0])))
    }
  }

  private static let otherRows: [BuiltinRow] = [
    real2("atan2") { y, x in atan2(y, x) },
    real2("copysign") { x, y in copysign(x, y) },
    real2("fmod") { x, y in y.isInfinite && x.isFinite ? x : fmod(x, y) },
    real2("remainder") { x, y in y.isInfinite && x.isFinite ? x : remainder(x, y) },
    real2("nextafter") { x, y in nextafter(x, y) },
    ask("isnan") { x in x.isNaN },
    ask("isinf") { x in x.isInfinite },
    ask("isfinite") { x in x.isFinite },
    BuiltinRow("pow", 2...2, power),
    BuiltinRow("log", 1...2) { (machine, a) throws(PythonError) in
      let x = try logarithm(a[0], machine, log)
      guard let base = a.optional(1) else { return .float(x) }
      let divisor = try logarithm(base, machine, log)
      if divisor == 0 { throw machine.zeroDivision("float division by zero") }
      return .float(x / divisor)
    },
    BuiltinRow("log2", 1...1) { (machine, a) throws(PythonError) in
      .float(try logarithm(a[0], machine, log2))
    },
    BuiltinRow("log10", 1...1) { (machine, a) throws(PythonError) in
      .float(try logarithm(a[0], machine, log10))
    },
    BuiltinRow("ldexp", 2...2) { (machine, a) throws(PythonError) in
      let x = try machine.double(a[0])
      guard let exponent = Number(a[1]), !exponent.isFloat else {
        throw machine.typeError("Expected an int as second argument to ldexp.")
      }
      let places: Int32 =
        if case .int(let small) = exponent {
          Int32(clamping: small)
        } else {
          IntegerText.isNegative(exponent) ? Int32.min : Int32.max
        }
      if x == 0 || !x.isFinite { return .float(x) }
      let result = scalbn(x, places)
      if result.isInfinite { throw machine.overflowError("math range error") }
      return .float(result)
    },
    BuiltinRow("frexp", 1...1) { (machine, a) throws(PythonError) in
      let x = try machine.double(a[0])
      if x == 0 || !x.isFinite { return machine.tuple([.float(x), .int(0)]) }
      let (fraction, exponent) = frexp(x)
      return machine.tuple([.float(copysign(fraction, x)), .int(exponent)])
    },
    BuiltinRow("modf", 1...1) { (machine, a) throws(PythonError) in
      let x = try machine.double(a[0])
      if x.isInfinite { return machine.tuple([.float(copysign(0, x)), .float(x)]) }
      if x.isNaN { return machine.tuple([.float(x), .float(x)]) }
      let whole = x.rounded(.towardZero)
      return machine.tuple([.float(copysign(x - whole, x)), .float(copysign(whole, x))])
    },
    rounding("floor", .down) { names in names.dunderFloor },
    rounding("ceil", .up) { names in names.dunderCeil },
    BuiltinRow("trunc", 1...1) { (machine, a) throws(PythonError) in
      let method = machine.type(of: a[0]).find(machine.names.dunderTrunc)
      if method.isUnbound {
        throw machine.typeError(
          "type \(machine.typeName(a[0])) doesn't define __trunc__ method"
        )
      }
      return try machine.callMethod(method, a[0])
    },
    BuiltinRow("hypot") { (machine, a) throws(PythonError) in
      var parts: [Double] = []
      for value in a.positional() { parts.append(try machine.double(value)) }
      return .float(try norm(parts, machine))
    },
    BuiltinRow("dist", 2...2) { (machine, a) throws(PythonError) in
      let (p, q) = (try machine.items(a[0]), try machine.items(a[1]))
      if p.count != q.count {
        throw machine.valueError("both points must have the same number of dimensions")
      }
      var parts: [Double] = []
      for i in p.indices { parts.append(try machine.double(p[i]) - machine.double(q[i])) }
      return .float(try norm(parts, machine))
    },
    BuiltinRow("fsum", 1...1) { (machine, a) throws(PythonError) in
      var sum = ExactSum()
      for item in try machine.items(a[0]) { sum.add(try machine.double(item)) }
      return .float(try sum.result(machine))
    },
    BuiltinRow("isclose", keywords: true, isClose),
    BuiltinRow("prod", keywords: true) { (machine, a) throws(PythonError) in
      let given = try prodSignature.bind(a, machine)
      var product = given[1] ?? .int(1)
      for item in try machine.items(given[0] ?? .none) {
        product = try machine.binary(.multiply, product, item)
      }
      return product
    },
  ]

  private static let prodSignature =
    Signature("prod", ["", "start"], required: 1, positional: 1)
  private static let closeSignature =
    Signature("isclose", ["a", "b", "rel_tol", "abs_tol"], required: 2, positional: 2)

  private static func rounding(
    _ name: String,
    _ rule: FloatingPointRoundingRule,
    _ method: @escaping @Sendable (Names) -> Symbol
  ) -> BuiltinRow {
    BuiltinRow(name, 1...1) { (machine, a) throws(PythonError) in
      if case .float(let x) = a[0] {
        return machine.value(try machine.truncated(x.rounded(rule)))
      }
      let method = machine.type(of: a[0]).find(method(machine.names))
      if !method.isUnbound { return try machine.callMethod(method, a[0]) }
      return machine.value(try machine.truncated(machine.double(a[0]).rounded(rule)))
    }
  }

  private static func power(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let (x, y) = (try machine.double(a[0]), try machine.double(a[1]))
    let result = pow(x, y)
    if x.isFinite, y.isFinite {
      if result.isNaN || (result.isInfinite && x == 0) {
        throw machine.valueError("math domain error")
      }
      if result.isInfinite { throw machine.overflowError("math range error") }
    }
    return .float(result)
  }

  private static func logarithm(
    _ value: Value,
    _ machine: Machine,
    _ function: (Double) -> Double
  ) throws(PythonError) -> Double {
    if case .big(let big) = Number(value) {
      if big.sign == .minus { throw machine.valueError("math domain error") }
      // Beyond the largest float the exponent is taken out first.
      let places = max(0, big.magnitude.bitWidth - 1000)
      return function((big >> places).nearestDouble) + Double(places) * function(2)
    }
    let x = try machine.double(value)
    if x <= 0 { throw machine.valueError("math domain error") }
    return function(x)
  }

  /// The Euclidean length, with the squares and their sum in twice the precision.
  private static func norm(_ parts: [Double], _ machine: Machine) throws(PythonError) -> Double {
    var largest = 0.0
    var hasNaN = false
    for part in parts {
      if part.isInfinite { return .infinity }
      if part.isNaN { hasNaN = true }
      largest = max(largest, part.magnitude)
    }
    if hasNaN { return .nan }
    if largest == 0 { return 0 }
    let exponent = Int32(largest.exponent) + 1
    var high = 0.0
    var low = 0.0
    for part in parts {
      let x = scalbn(part, -exponent)
      let square = x * x
      let rest = fma(x, x, -square)
      let sum = high + square
      low += (high.magnitude >= square ? (high - sum) + square : (square - sum) + high) + rest
      high = sum
    }
    let root = sqrt(high + low)
    let square = root * root
    let rest = fma(root, root, -square)
    let correction = ((high - square) - rest + low) / (2 * root)
    let result = scalbn(root + correction, exponent)
    if result.isInfinite { throw machine.overflowError("math range error") }
    return result
  }

  private static func isClose(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let given = try closeSignature.bind(a, machine)
    let (x, y) = (
      try machine.double(given[0] ?? .none), try machine.double(given[1] ?? .none)
    )
    let relative = try machine.double(given[2] ?? .float(1e-9))
    let absolute = try machine.double(given[3] ?? .float(0))
    if relative < 0 || absolute < 0 {
      throw machine.valueError("tolerances must be non-negative")
    }
    if x == y { return .bool(true) }
    if x.isInfinite || y.isInfinite { return .bool(false) }
    let difference = (x - y).magnitude
    return .bool(
      difference <= (relative * y).magnitude || difference <= (relative * x).magnitude
        || difference <= absolute
    )
  }
}

// MARK: - Whole numbers

extension MathModule {
  private static let wholeRows: [BuiltinRow] = [
    BuiltinRow("factorial", 1...1) { (machine, a) throws(PythonError) in
      let number = try machine.wholeIndex(a[0])
      if IntegerText.isNegative(number) {
        throw machine.valueError("factorial() not defined for negative values")
      }
      guard case .int(let n) = number else {
        throw machine.overflowError("factorial() argument should not exceed 9223372036854775807")
      }
      if Double(n) * log2(Double(n) + 1) > Double(Machine.integerBits) {
        throw machine.memoryError()
      }
      return machine.integer(product(1, n))
    },
    BuiltinRow("comb", 2...2) { (machine, a) throws(PythonError) in
      let (n, k) = try pair(a, machine)
      let smaller = min(k, n - k)
      if smaller < 0 { return .int(0) }
      try check(smaller, n, machine)
      return machine.integer(product(n - smaller + 1, n) / product(1, smaller))
    },
    BuiltinRow("perm", 1...2) { (machine, a) throws(PythonError) in
      if a.optional(1)?.isNone ?? true {
        guard case .int(let n) = try machine.wholeIndex(a[0]), n >= 0 else {
          throw machine.valueError("factorial() not defined for negative values")
        }
        try check(n, n, machine)
        return machine.integer(product(1, n))
      }
      let (n, k) = try pair(a, machine)
      if k > n { return .int(0) }
      try check(k, n, machine)
      return machine.integer(product(n - k + 1, n))
    },
    BuiltinRow("gcd") { (machine, a) throws(PythonError) in
      var result = BigInt(0)
      for value in a.positional() {
        let number = try machine.wholeIndex(value).whole ?? 0
        result = result.greatestCommonDivisor(with: number)
      }
      return machine.integer(BigInt(result.magnitude))
    },
    BuiltinRow("lcm") { (machine, a) throws(PythonError) in
      var result = BigInt(1)
      for value in a.positional() {
        let number = try machine.wholeIndex(value).whole ?? 0
        if number.isZero || result.isZero {
          result = 0
          continue
        }
        result = result / result.greatestCommonDivisor(with: number) * number
        if result.magnitude.bitWidth > Machine.integerBits { throw machine.memoryError() }
      }
      return machine.integer(BigInt(result.magnitude))
    },
    BuiltinRow("isqrt", 1...1) { (machine, a) throws(PythonError) in
      guard let number = try machine.wholeIndex(a[0]).whole else { return .int(0) }
      if number.sign == .minus, !number.isZero {
        throw machine.valueError("isqrt() argument must be nonnegative")
      }
      return machine.integer(number.squareRoot())
    },
  ]

  private static func pair(
    _ a: Arguments,
    _ machine: Machine
  ) throws(PythonError) -> (n: Int, k: Int) {
    let (n, k) = (try machine.wholeIndex(a[0]), try machine.wholeIndex(a[1]))
    if IntegerText.isNegative(n) {
      throw machine.valueError("n must be a non-negative integer")
    }
    if IntegerText.isNegative(k) {
      throw machine.valueError("k must be a non-negative integer")
    }
    guard case .int(let small) = n else { throw machine.memoryError() }
    guard case .int(let chosen) = k else { return (small, Int.max) }
    return (small, chosen)
  }

  private static func check(_ factors: Int, _ n: Int, _ machine: Machine) throws(PythonError) {
    if Double(factors) * log2(Double(n) + 1) > Double(Machine.integerBits) {
      throw machine.memoryError()
    }
  }

  /// `low * (low + 1) * … * high`, halved again and again so that the factors stay of one size.
  private static func product(_ low: Int, _ high: Int) -> BigInt {
    if low > high { return 1 }
    if high - low < 16 {
      var result = BigInt(low)
      for factor in low..<high { result *= BigInt(factor + 1) }
      return result
    }
    let middle = low + (high - low) / 2
    return product(low, middle) * product(middle + 1, high)
  }
}

/// A sum of floats that is rounded once, after Shewchuk.
private struct ExactSum {
  private var partials: [Double] = []
  private var special = 0.0
  private var infinities = 0.0

  mutating func add(_ number: Double) {
    guard number.isFinite else {
      if number.isInfinite { infinities += number }
      special += number
      return
    }
    var x = number
    var kept = 0
    for partial in partials {
      var (large, small) = (x, partial)
      if large.magnitude < small.magnitude { swap(&large, &small) }
      let high = large + small
      let low = small - (high - large)
      if low != 0 {
        partials[kept] = low
        kept += 1
      }
      x = high
    }
    partials.removeSubrange(kept...)
    partials.append(x)
  }

  func result(_ machine: Machine) throws(PythonError) -> Double {
    if infinities.isNaN { throw machine.valueError("-inf + inf in fsum") }
    if special != 0 || special.isNaN { return special }
    if partials.contains(where: { !$0.isFinite }) {
      throw machine.overflowError("intermediate overflow in fsum")
    }
    var rest = partials
    guard var high = rest.popLast() else { return 0 }
    var low = 0.0
    while let y = rest.popLast() {
      let x = high
      high = x + y
      low = y - (high - x)
      if low != 0 { break }
    }
    // Half an ulp left over rounds to even unless the next partial tips it.
    if let next = rest.last, (low < 0 && next < 0) || (low > 0 && next > 0) {
      let y = low * 2
      let x = high + y
      if y == x - high { high = x }
    }
    return high
  }
}
