import Glibc

/// The distributions of the module `random`, each by CPython's method.
enum RandomDistributions {
  /// A method with real parameters, of which the last ones have defaults.
  private static func method(
    _ name: String,
    _ parameters: [String],
    defaults: [Double] = [],
    _ body: @escaping @Sendable (RandomObject, [Double], Machine) throws(PythonError) -> Double
  ) -> BuiltinRow {
    let required = parameters.count - defaults.count
    let signature = Signature(name, parameters, required: required)
    return BuiltinRow(name, keywords: true) { (machine, a) throws(PythonError) in
      let random: RandomObject = try machine.receiver(a)
      let given = try signature.bind(a, skipping: 1, machine)
      var numbers: [Double] = []
      for (i, value) in given.enumerated() {
        numbers.append(
          try value.map { (value) throws(PythonError) in try machine.double(value) }
            ?? defaults[i - required]
        )
      }
      return .float(try body(random, numbers, machine))
    }
  }

  static let rows: [BuiltinRow] = [
    method("uniform", ["a", "b"]) { (random, p, _) throws(PythonError) in
      p[0] + (p[1] - p[0]) * random.generator.uniform()
    },
    method("triangular", ["low", "high", "mode"], defaults: [0, 1, .nan]) {
      (random, p, _) throws(PythonError) in
      var u = random.generator.uniform()
      var (low, high) = (p[0], p[1])
      if high == low, !p[2].isNaN { return low }
      var c = p[2].isNaN ? 0.5 : (p[2] - low) / (high - low)
      if u > c {
        u = 1 - u
        c = 1 - c
        (low, high) = (high, low)
      }
      return low + (high - low) * sqrt(u * c)
    },
    method("gauss", ["mu", "sigma"], defaults: [0, 1]) { (random, p, _) throws(PythonError) in
      if let z = random.nextGauss {
        random.nextGauss = nil
        return p[0] + z * p[1]
      }
      let angle = random.generator.uniform() * (2 * Double.pi)
      let radius = sqrt(-2 * log(1 - random.generator.uniform()))
      random.nextGauss = sin(angle) * radius
      return p[0] + cos(angle) * radius * p[1]
    },
    method("normalvariate", ["mu", "sigma"], defaults: [0, 1]) {
      (random, p, _) throws(PythonError) in
      normal(random, p[0], p[1])
    },
    method("lognormvariate", ["mu", "sigma"]) { (random, p, _) throws(PythonError) in
      exp(normal(random, p[0], p[1]))
    },
    method("expovariate", ["lambd"]) { (random, p, machine) throws(PythonError) in
      if p[0] == 0 { throw machine.zeroDivision("float division by zero") }
      return -log(1 - random.generator.uniform()) / p[0]
    },
    method("paretovariate", ["alpha"]) { (random, p, _) throws(PythonError) in
      pow(1 - random.generator.uniform(), -1 / p[0])
    },
    method("weibullvariate", ["alpha", "beta"]) { (random, p, _) throws(PythonError) in
      p[0] * pow(-log(1 - random.generator.uniform()), 1 / p[1])
    },
    method("gammavariate", ["alpha", "beta"], gammaVariate),
    method("betavariate", ["alpha", "beta"]) { (random, p, machine) throws(PythonError) in
      let y = try gammaVariate(random, [p[0], 1], machine)
      if y == 0 { return 0 }
      return y / (y + (try gammaVariate(random, [p[1], 1], machine)))
    },
    method("vonmisesvariate", ["mu", "kappa"]) { (random, p, _) throws(PythonError) in
      vonMises(random, p[0], p[1])
    },
  ]

  private static func normal(_ random: RandomObject, _ mu: Double, _ sigma: Double) -> Double {
    let magic = 4 * exp(-0.5) / sqrt(2.0)
    while true {
      let u1 = random.generator.uniform()
      let u2 = 1 - random.generator.uniform()
      let z = magic * (u1 - 0.5) / u2
      if z * z / 4 <= -log(u2) { return mu + z * sigma }
    }
  }

  private static func gammaVariate(
    _ random: RandomObject,
    _ p: [Double],
    _ machine: Machine
  ) throws(PythonError) -> Double {
    let (alpha, beta) = (p[0], p[1])
    guard alpha > 0, beta > 0 else {
      throw machine.valueError("gammavariate: alpha and beta must be > 0.0")
    }
    if alpha == 1 { return -log(1 - random.generator.uniform()) * beta }
    if alpha > 1 {
      let magic = 1 + log(4.5)
      let ainv = sqrt(2 * alpha - 1)
      let bbb = alpha - log(4)
      let ccc = alpha + ainv
      while true {
        let u1 = random.generator.uniform()
        guard u1 > 1e-7, u1 < 0.9999999 else { continue }
        let u2 = 1 - random.generator.uniform()
        let v = log(u1 / (1 - u1)) / ainv
        let x = alpha * exp(v)
        let z = u1 * u1 * u2
        let r = bbb + ccc * v - x
        if r + magic - 4.5 * z >= 0 || r >= log(z) { return x * beta }
      }
    }
    while true {
      let b = (M_E + alpha) / M_E
      let q = b * random.generator.uniform()
      let x = q <= 1 ? pow(q, 1 / alpha) : -log((b - q) / alpha)
      let u1 = random.generator.uniform()
      if q > 1 {
        if u1 <= pow(x, alpha - 1) { return x * beta }
      } else if u1 <= exp(-x) {
        return x * beta
      }
    }
  }

  private static func vonMises(_ random: RandomObject, _ mu: Double, _ kappa: Double) -> Double {
    let circle = 2 * Double.pi
    if kappa <= 1e-6 { return circle * random.generator.uniform() }
    let s = 0.5 / kappa
    let r = s + sqrt(1 + s * s)
    var z = 0.0
    while true {
      z = cos(Double.pi * random.generator.uniform())
      let d = z / (r + z)
      let u = random.generator.uniform()
      if u < 1 - d * d || u <= (1 - d) * exp(d) { break }
    }
    let q = 1 / r
    let f = (q + z) / (1 + q * z)
    let angle = acos(f)
    func wrap(_ x: Double) -> Double {
      let rest = fmod(x, circle)
      return rest < 0 ? rest + circle : rest
    }
    return random.generator.uniform() > 0.5 ? wrap(mu + angle) : wrap(mu - angle)
  }
}
