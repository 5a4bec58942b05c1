import Glibc

/// A generator of random numbers, `torch.Generator` on CPU: the same seed gives PyTorch's numbers.
///
/// - Note: The streams are described in the reference of each method; a zero-sized fill draws nothing.
public final class Generator {
  /// The seed that was set last, `initial_seed()`.
  public private(set) var seed: UInt64
  private var engine: MersenneTwister
  private var cachedNormal: Double?

  /// The seed that a generator has before it is seeded.
  public static let defaultSeed: UInt64 = 67_280_421_310_721

  /// A generator with a seed.
  public init(seed: UInt64 = defaultSeed) {
    self.seed = seed
    engine = MersenneTwister(seed: seed)
  }

  /// Starts the stream of a seed and forgets the cached normal number.
  public func manualSeed(_ seed: UInt64) {
    self.seed = seed
    engine = MersenneTwister(seed: seed)
    cachedNormal = nil
  }
}

// Single draws.
extension Generator {
  /// The next 32 random bits.
  public func random() -> UInt32 { engine.next() }

  /// The next 64 random bits; the first draw is the upper half.
  public func random64() -> UInt64 {
    let high = engine.next()
    let low = engine.next()
    return UInt64(high) << 32 | UInt64(low)
  }

  /// A number in [0, 1) of 24 random bits.
  public func uniformFloat() -> Float { Float(engine.next() & 0xff_ffff) * 0x1p-24 }

  /// A number in [0, 1) of 53 random bits.
  public func uniformDouble() -> Double { Double(random64() & ((1 << 53) - 1)) * 0x1p-53 }

  /// A number in [from, to), rounded once.
  public func uniform(_ from: Float, _ to: Float) -> Float {
    let value = from.addingProduct(uniformFloat(), to - from)
    return value == to ? from : value
  }

  /// A number in [from, to), rounded once.
  public func uniform(_ from: Double, _ to: Double) -> Double {
    let value = from.addingProduct(uniformDouble(), to - from)
    return value == to ? from : value
  }

  /// A normal number by Box and Muller; the second of a pair is kept for the next call.
  public func normal(mean: Double, std: Double) -> Double {
    if let cached = cachedNormal {
      cachedNormal = nil
      return mean.addingProduct(cached, std)
    }
    let u1 = uniformDouble()
    let u2 = uniformDouble()
    let radius = (-2 * log1p(-u2)).squareRoot()
    let angle = 2 * Double.pi * u1
    cachedNormal = radius * sin(angle)
    return mean.addingProduct(radius * cos(angle), std)
  }

  /// An integer in [from, from + range); a range of 0 stands for 2 to the power of 64.
  public func integer(from: Int, range: UInt64) -> Int {
    let draw = range >= 1 << 28 || range == 0 ? random64() : UInt64(random())
    return from &+ Int(truncatingIfNeeded: range == 0 ? draw : draw % range)
  }

  /// True with a probability.
  public func bernoulli(_ probability: Double) -> Bool { uniformDouble() < probability }

  /// True with a probability given in single precision, which draws half as many bits.
  public func bernoulli(_ probability: Float) -> Bool { uniformFloat() < probability }

  /// An exponentially distributed number.
  public func exponential(_ lambda: Double) -> Double { -1 / lambda * log1p(-uniformDouble()) }

  /// The numbers 0 to `count` - 1 in random order.
  public func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    guard count > 1 else { return order }
    for index in 0..<(count - 1) {
      let distance = count < 1 << 32 ? Int(random()) % (count - index) : Int(random64() >> 1)
      order.swapAt(index, index + distance % (count - index))
    }
    return order
  }
}

// Fills of contiguous memory.
extension Generator {
  /// The number of elements from which normal numbers are made in blocks.
  static let blockSize = 16

  /// Fills with uniform numbers in order.
  public func fillUniform(_ elements: UnsafeMutableBufferPointer<Float>, _ from: Float, _ to: Float)
  {
    for index in elements.indices { elements[index] = uniform(from, to) }
  }

  /// Fills with uniform numbers in order.
  public func fillUniform(
    _ elements: UnsafeMutableBufferPointer<Double>,
    _ from: Double,
    _ to: Double
  ) {
    for index in elements.indices { elements[index] = uniform(from, to) }
  }

  /// Fills with normal numbers: one by one below 16 elements, else in blocks of 16.
  public func fillNormal(
    _ elements: UnsafeMutableBufferPointer<Float>,
    mean: Float,
    std: Float
  ) {
    guard elements.count >= Self.blockSize else {
      for index in elements.indices {
        elements[index] = Float(normal(mean: Double(mean), std: Double(std)))
      }
      return
    }
    fillUniform(elements, 0, 1)
    for start in stride(from: 0, through: elements.count - Self.blockSize, by: Self.blockSize) {
      NormalBlock.transform(elements, at: start, mean: mean, std: std)
    }
    if elements.count % Self.blockSize != 0 {
      let start = elements.count - Self.blockSize
      for index in start..<elements.count { elements[index] = uniform(0, 1) }
      NormalBlock.transform(elements, at: start, mean: mean, std: std)
    }
  }

  /// Fills with normal numbers: one by one below 16 elements, else in blocks of 16.
  public func fillNormal(
    _ elements: UnsafeMutableBufferPointer<Double>,
    mean: Double,
    std: Double
  ) {
    guard elements.count >= Self.blockSize else {
      for index in elements.indices { elements[index] = normal(mean: mean, std: std) }
      return
    }
    fillUniform(elements, 0, 1)
    for start in stride(from: 0, through: elements.count - Self.blockSize, by: Self.blockSize) {
      NormalBlock.transform(elements, at: start, mean: mean, std: std)
    }
    if elements.count % Self.blockSize != 0 {
      let start = elements.count - Self.blockSize
      for index in start..<elements.count { elements[index] = uniform(0, 1) }
      NormalBlock.transform(elements, at: start, mean: mean, std: std)
    }
  }
}

// The state as a value.
extension Generator {
  /// Everything that decides the numbers to come.
  public struct State: Sendable, Hashable {
    let seed: UInt64
    let engine: MersenneTwister
    let cachedNormal: Double?
  }

  /// The state, `get_state()`.
  public var state: State {
    get { State(seed: seed, engine: engine, cachedNormal: cachedNormal) }
    set {
      seed = newValue.seed
      engine = newValue.engine
      cachedNormal = newValue.cachedNormal
    }
  }
}

extension Generator.State {
  /// The length of the state in bytes, PyTorch's layout of the legacy CPU generator.
  public static let byteCount = 5056

  private static let wordsOffset = 24
  private static let normalOffset = 5024

  /// The bytes of `torch.get_rng_state()`: seed, words left, seeded, next word, 624 words of eight bytes,
  /// the cached normal number and its flags.
  public var bytes: [UInt8] {
    var bytes = [UInt8](repeating: 0, count: Self.byteCount)
    bytes.withUnsafeMutableBytes { raw in
      raw.storeBytes(of: seed.littleEndian, toByteOffset: 0, as: UInt64.self)
      let words = MersenneTwister.stateSize
      // PyTorch counts the words left from 1, and a fresh generator as one that has one word left.
      let isFresh = engine.position == words
      raw.storeBytes(
        of: Int32(isFresh ? 1 : words - engine.position + 1),
        toByteOffset: 8,
        as: Int32.self
      )
      raw.storeBytes(of: 1, toByteOffset: 12, as: Int32.self)
      raw.storeBytes(
        of: UInt64(isFresh ? 0 : engine.position),
        toByteOffset: 16,
        as: UInt64.self
      )
      for (index, word) in engine.state.enumerated() {
        raw.storeBytes(
          of: UInt64(word),
          toByteOffset: Self.wordsOffset + 8 * index,
          as: UInt64.self
        )
      }
      if let cachedNormal {
        raw.storeBytes(of: cachedNormal, toByteOffset: Self.normalOffset, as: Double.self)
        raw.storeBytes(of: 1, toByteOffset: Self.normalOffset + 16, as: Int32.self)
      }
    }
    return bytes
  }

  /// A state from the bytes that ``bytes`` gave; nil when they are none.
  public init?(bytes: [UInt8]) {
    guard bytes.count == Self.byteCount else { return nil }
    let parts = bytes.withUnsafeBytes { raw in
      let words = ContiguousArray(
        (0..<MersenneTwister.stateSize).map {
          UInt32(
            truncatingIfNeeded: raw.loadUnaligned(
              fromByteOffset: Self.wordsOffset + 8 * $0,
              as: UInt64.self
            )
          )
        }
      )
      let left = raw.loadUnaligned(fromByteOffset: 8, as: Int32.self)
      let next = raw.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
      let hasNormal = raw.loadUnaligned(fromByteOffset: Self.normalOffset + 16, as: Int32.self) != 0
      return (
        seed: raw.loadUnaligned(fromByteOffset: 0, as: UInt64.self),
        words: words,
        position: left == 1 ? MersenneTwister.stateSize : Int(clamping: next),
        normal: hasNormal
          ? raw.loadUnaligned(fromByteOffset: Self.normalOffset, as: Double.self) : nil
      )
    }
    guard let engine = MersenneTwister(state: parts.words, position: parts.position) else {
      return nil
    }
    self.init(seed: parts.seed, engine: engine, cachedNormal: parts.normal)
  }
}
