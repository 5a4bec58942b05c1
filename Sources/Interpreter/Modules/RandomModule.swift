import BigInt
import Glibc

/// A Python `random.Random`.
final class RandomObject: Object {
  /// The generator of bits.
  var generator: MersenneTwister
  /// The second of the pair of numbers that `gauss` makes at a time.
  var nextGauss: Double?

  init(seed: BigUInt, type: TypeObject?) {
    generator = MersenneTwister(seed: seed)
    super.init(type: type)
  }
}

/// The module `random`, bit for bit CPython's.
///
/// A generator that no script seeded starts from a fixed seed, so that a run can be repeated.
enum RandomModule {
  static let row = ModuleRow(name: "random") { (machine) throws(PythonError) in
    let type = machine.makeType("Random", module: "random", rows: newRows + rows)
    type.allowsAttributes = true
    let module = machine.module("random", [], values: [("Random", .object(type))])
    let shared = Value.object(RandomObject(seed: 0, type: type))
    for row in rows where !row.name.hasPrefix("_") {
      let name = machine.symbol(row.name)
      module.attributes?[name] = .object(
        BoundMethod(
          function: type.members[name] ?? .none,
          receiver: shared,
          type: machine.types.method
        )
      )
    }
    return module
  }

  private static let newRows: [BuiltinRow] = [
    BuiltinRow("__new__", keywords: true) { (machine, a) throws(PythonError) in
      .object(RandomObject(seed: 0, type: a[0].object(TypeObject.self)))
    },
    BuiltinRow("__init__", 0...1) { (machine, a) throws(PythonError) in
      try seed(machine, a)
    },
  ]

  private static let rows: [BuiltinRow] =
    [
      BuiltinRow("seed", keywords: true, seed),
      BuiltinRow("getstate", 0...0, getState),
      BuiltinRow("setstate", 1...1, setState),
      BuiltinRow("random", 0...0) { (machine, a) throws(PythonError) in
        .float(try machine.receiver(a, RandomObject.self).generator.uniform())
      },
      BuiltinRow("getrandbits", 1...1) { (machine, a) throws(PythonError) in
        let count = try machine.index(a[1])
        if count < 0 { throw machine.valueError("number of bits must be non-negative") }
        if count > Machine.integerBits { throw machine.memoryError() }
        let bits = try machine.receiver(a, RandomObject.self).generator.bits(count)
        return machine.integer(BigInt(bits))
      },
      BuiltinRow("randrange", 1...3, keywords: true, randomRange),
      BuiltinRow("randint", 2...2, keywords: true) { (machine, a) throws(PythonError) in
        let given = try intSignature.bind(a, skipping: 1, machine)
        let low = try machine.wholeIndex(given[0] ?? .none).whole ?? 0
        let high = try machine.wholeIndex(given[1] ?? .none).whole ?? 0
        return try range(low, high + 1, 1, machine.receiver(a), machine, shown: (low, high + 1))
      },
      BuiltinRow("choice", 1...1) { (machine, a) throws(PythonError) in
        let random: RandomObject = try machine.receiver(a)
        let count = try machine.length(a[1])
        if count == 0 { throw machine.indexError("Cannot choose from an empty sequence") }
        return try machine.item(a[1], .int(random.generator.below(count)))
      },
      BuiltinRow("shuffle", 1...1) { (machine, a) throws(PythonError) in
        let random: RandomObject = try machine.receiver(a)
        if let list = a[1].object(ListObject.self) {
          for i in stride(from: list.items.count - 1, to: 0, by: -1) {
            list.items.swapAt(i, random.generator.below(i + 1))
          }
          return .none
        }
        for i in stride(from: try machine.length(a[1]) - 1, to: 0, by: -1) {
          let j = random.generator.below(i + 1)
          let (x, y) = (try machine.item(a[1], .int(i)), try machine.item(a[1], .int(j)))
          try machine.setItem(a[1], .int(i), y)
          try machine.setItem(a[1], .int(j), x)
        }
        return .none
      },
      BuiltinRow("sample", keywords: true, sample),
      BuiltinRow("choices", keywords: true, choices),
    ] + RandomDistributions.rows

  private static let seedSignature = Signature("seed", ["a", "version"])
  private static let rangeSignature = Signature(
    "randrange",
    ["start", "stop", "step"],
    required: 1
  )
  private static let intSignature = Signature("randint", ["a", "b"], required: 2)
  private static let sampleSignature =
    Signature("sample", ["population", "k", "counts"], required: 2, positional: 2)
  private static let choicesSignature =
    Signature("choices", ["population", "weights", "cum_weights", "k"], required: 1, positional: 2)

  private static func seed(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let random: RandomObject = try machine.receiver(a)
    let given = try seedSignature.bind(a, skipping: 1, machine)
    let source = given[0] ?? .none
    random.nextGauss = nil
    if source.isNone {
      random.generator = MersenneTwister(seed: 0)
    } else if let number = Number(source) {
      if let whole = number.whole {
        random.generator = MersenneTwister(seed: whole.magnitude)
      } else {
        let hash = UInt(bitPattern: try machine.hash(source))
        random.generator = MersenneTwister(seed: BigUInt(hash))
      }
    } else if let text = machine.text(source) {
      random.generator = MersenneTwister(seed: number(Array(text.utf8)))
    } else if let bytes = source.object(BytesObject.self) {
      random.generator = MersenneTwister(seed: number(bytes.bytes))
    } else {
      throw machine.typeError(
        "The only supported seed types are: None,\nint, float, str, bytes, and bytearray."
      )
    }
    return .none
  }

  /// The number that the bytes and their digest make, the first byte the highest.
  private static func number(_ bytes: [UInt8]) -> BigUInt {
    var number = BigUInt(0)
    for byte in bytes + SHA512.digest(bytes) { number = number << 8 | BigUInt(byte) }
    return number
  }

  private static func getState(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let random: RandomObject = try machine.receiver(a)
    return machine.tuple([
      .int(3),
      machine.tuple(random.generator.words.map { .int(Int($0)) }),
      random.nextGauss.map(Value.float) ?? .none,
    ])
  }

  private static func setState(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let random: RandomObject = try machine.receiver(a)
    let parts = try machine.items(a[1])
    guard parts.count == 3, let words = parts[1].object(TupleObject.self),
      words.items.count == 625
    else { throw machine.valueError("state vector is the wrong size") }
    var state: [UInt32] = []
    for item in words.items {
      state.append(UInt32(truncatingIfNeeded: try machine.index(item)))
    }
    if state[624] > 624 { throw machine.valueError("invalid state") }
    random.generator.words = state
    if case .float(let next) = parts[2] { random.nextGauss = next } else { random.nextGauss = nil }
    return .none
  }
}

// MARK: - Whole numbers and choices

extension RandomModule {
  private static func randomRange(
    _ machine: Machine,
    _ a: Arguments
  ) throws(PythonError) -> Value {
    let given = try rangeSignature.bind(a, skipping: 1, machine)
    let start = try machine.wholeIndex(given[0] ?? .none).whole ?? 0
    let random: RandomObject = try machine.receiver(a)
    guard let stop = given[1], !stop.isNone else {
      if start.sign == .plus, !start.isZero { return try below(start, random, machine) }
      throw machine.valueError("empty range for randrange()")
    }
    let end = try machine.wholeIndex(stop).whole ?? 0
    var step = BigInt(1)
    if let value = given[2] { step = try machine.wholeIndex(value).whole ?? 1 }
    return try range(start, end, step, random, machine, shown: (start, end))
  }

  private static func range(
    _ start: BigInt,
    _ stop: BigInt,
    _ step: BigInt,
    _ random: RandomObject,
    _ machine: Machine,
    shown: (BigInt, BigInt)
  ) throws(PythonError) -> Value {
    let width = stop - start
    if step == 1 {
      if width.sign == .plus, !width.isZero {
        return try machine.binary(.add, machine.integer(start), below(width, random, machine))
      }
      throw machine.valueError(
        "empty range for randrange() (\(shown.0), \(shown.1), \(width))"
      )
    }
    if step.isZero { throw machine.valueError("zero step for randrange()") }
    let count =
      step.sign == .plus ? (width + step - 1) / step : (width + step + 1) / step
    if count.sign == .minus || count.isZero || (width.sign == .minus) != (step.sign == .minus) {
      throw machine.valueError("empty range for randrange()")
    }
    let picked = Number(try below(count, random, machine))?.whole ?? 0
    return machine.integer(start + step * picked)
  }

  private static func below(
    _ bound: BigInt,
    _ random: RandomObject,
    _ machine: Machine
  ) throws(PythonError) -> Value {
    if let small = Int(exactly: bound) { return .int(random.generator.below(small)) }
    let count = bound.magnitude.bitWidth
    while true {
      let value = random.generator.bits(count)
      if value < bound.magnitude { return machine.integer(BigInt(value)) }
    }
  }

  private static func sample(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let random: RandomObject = try machine.receiver(a)
    let given = try sampleSignature.bind(a, skipping: 1, machine)
    let population = given[0] ?? .none
    let type = machine.type(of: population)
    if type.find(machine.names.dunderGetitem).isUnbound
      || population.object(DictObject.self) != nil || population.object(SetObject.self) != nil
    {
      throw machine.typeError(
        "Population must be a sequence.  For dicts or sets, use sorted(d)."
      )
    }
    var items = try machine.items(population)
    if let counts = given[2], !counts.isNone {
      let times = try machine.items(counts)
      if times.count != items.count {
        throw machine.valueError("The number of counts does not match the population")
      }
      var expanded: [Value] = []
      for (i, item) in items.enumerated() {
        let count = try machine.index(times[i])
        if count < 0 { throw machine.valueError("Counts must be non-negative") }
        expanded += try machine.repeated([item], count)
      }
      items = expanded
    }
    let count = try machine.index(given[1] ?? .none)
    guard count >= 0, count <= items.count else {
      throw machine.valueError("Sample larger than population or is negative")
    }
    var picked: [Value] = []
    var setSize = 21
    if count > 5 { setSize += 1 << (2 * Int((log(Double(count * 3)) / log(4)).rounded(.up))) }
    if items.count <= setSize {
      var pool = items
      for i in 0..<count {
        let j = random.generator.below(items.count - i)
        picked.append(pool[j])
        pool[j] = pool[items.count - i - 1]
      }
      return machine.list(picked)
    }
    var seen = Set<Int>()
    for _ in 0..<count {
      var j = random.generator.below(items.count)
      while seen.contains(j) { j = random.generator.below(items.count) }
      seen.insert(j)
      picked.append(items[j])
    }
    return machine.list(picked)
  }

  private static func choices(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let random: RandomObject = try machine.receiver(a)
    let given = try choicesSignature.bind(a, skipping: 1, machine)
    let population = given[0] ?? .none
    let size = try machine.length(population)
    let count = try given[3].map(machine.index, 1)
    try machine.checkSize(max(0, count), of: MemoryLayout<Value>.stride)
    var sums: [Double] = []
    if let weights = given[1], !weights.isNone {
      if let other = given[2], !other.isNone {
        throw machine.typeError("Cannot specify both weights and cumulative weights")
      }
      var total = Value.int(0)
      for weight in try machine.items(weights) {
        total = sums.isEmpty ? weight : try machine.binary(.add, total, weight)
        sums.append(try machine.double(total))
      }
    } else if let cumulative = given[2], !cumulative.isNone {
      for weight in try machine.items(cumulative) { sums.append(try machine.double(weight)) }
    } else {
      var picked: [Value] = []
      for _ in 0..<max(0, count) {
        if size == 0 { throw machine.indexError("list index out of range") }
        let place = Int(random.generator.uniform() * Double(size))
        picked.append(try machine.item(population, .int(place)))
      }
      return machine.list(picked)
    }
    if sums.count != size {
      throw machine.valueError("The number of weights does not match the population")
    }
    let total = sums.last ?? 0
    if total <= 0 { throw machine.valueError("Total of weights must be greater than zero") }
    if !total.isFinite { throw machine.valueError("Total of weights must be finite") }
    var picked: [Value] = []
    for _ in 0..<max(0, count) {
      let target = random.generator.uniform() * total
      var low = 0
      var high = size - 1
      while low < high {
        let middle = (low + high) / 2
        if target < sums[middle] { high = middle } else { low = middle + 1 }
      }
      picked.append(try machine.item(population, .int(low)))
    }
    return machine.list(picked)
  }
}

extension Value? {
  /// The number of an optional argument.
  func map(
    _ body: (Value) throws(PythonError) -> Int,
    _ standard: Int
  ) throws(PythonError) -> Int {
    guard let value = self else { return standard }
    return try body(value)
  }
}
