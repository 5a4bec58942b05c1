import BigInt

/// The generator MT19937, seeded as Python's `random` seeds it.
struct MersenneTwister {
  private var state = [UInt32](repeating: 0, count: 624)
  private var position = 625

  /// A generator seeded by a whole number.
  init(seed: BigUInt) {
    var key: [UInt32] = []
    for word in seed.words {
      key.append(UInt32(truncatingIfNeeded: word))
      key.append(UInt32(truncatingIfNeeded: word >> 32))
    }
    while key.count > 1, key.last == 0 { key.removeLast() }
    if key.isEmpty { key = [0] }
    fill(key)
  }

  /// The state as `getstate` gives it: 624 words and the position.
  var words: [UInt32] {
    get { state + [UInt32(position)] }
    set {
      state = Array(newValue.prefix(624))
      position = Int(newValue[624])
    }
  }

  private mutating func fill(_ seed: UInt32) {
    state[0] = seed
    for i in 1..<624 {
      state[i] = 1_812_433_253 &* (state[i - 1] ^ (state[i - 1] >> 30)) &+ UInt32(i)
    }
    position = 624
  }

  private mutating func fill(_ key: [UInt32]) {
    fill(19_650_218)
    var i = 1
    var j = 0
    for _ in 0..<max(624, key.count) {
      let mixed = (state[i - 1] ^ (state[i - 1] >> 30)) &* 1_664_525
      state[i] = (state[i] ^ mixed) &+ key[j] &+ UInt32(j)
      i += 1
      j += 1
      if i >= 624 {
        state[0] = state[623]
        i = 1
      }
      if j >= key.count { j = 0 }
    }
    for _ in 0..<623 {
      let mixed = (state[i - 1] ^ (state[i - 1] >> 30)) &* 1_566_083_941
      state[i] = (state[i] ^ mixed) &- UInt32(i)
      i += 1
      if i >= 624 {
        state[0] = state[623]
        i = 1
      }
    }
    state[0] = 0x8000_0000
  }

  /// The next 32 bits.
  mutating func next() -> UInt32 {
    if position >= 624 { twist() }
    var y = state[position]
    position += 1
    y ^= y >> 11
    y ^= (y << 7) & 0x9d2c_5680
    y ^= (y << 15) & 0xefc6_0000
    return y ^ (y >> 18)
  }

  private mutating func twist() {
    for i in 0..<624 {
      let y = (state[i] & 0x8000_0000) | (state[(i + 1) % 624] & 0x7fff_ffff)
      state[i] = state[(i + 397) % 624] ^ (y >> 1) ^ (y & 1 == 1 ? 0x9908_b0df : 0)
    }
    position = 0
  }

  /// A float in [0, 1) with 53 random bits.
  mutating func uniform() -> Double {
    let a = next() >> 5
    let b = next() >> 6
    return (Double(a) * 67_108_864 + Double(b)) * (1 / 9_007_199_254_740_992)
  }

  /// So many random bits as a number.
  mutating func bits(_ count: Int) -> BigUInt {
    if count <= 64 { return BigUInt(smallBits(count)) }
    var words: [BigUInt.Word] = []
    var remaining = count
    while remaining > 0 {
      var word = UInt(next())
      if remaining < 32 { word >>= UInt(32 - remaining) }
      remaining -= 32
      if remaining > 0 {
        var high = UInt(next())
        if remaining < 32 { high >>= UInt(32 - remaining) }
        word |= high << 32
        remaining -= 32
      }
      words.append(word)
    }
    return BigUInt(words: words)
  }

  /// Up to 64 random bits.
  mutating func smallBits(_ count: Int) -> UInt64 {
    if count == 0 { return 0 }
    if count <= 32 { return UInt64(next() >> UInt32(32 - count)) }
    let low = UInt64(next())
    return low | UInt64(next() >> UInt32(64 - count)) << 32
  }

  /// A number below `bound`, which is above 0.
  mutating func below(_ bound: Int) -> Int {
    let count = Int.bitWidth - bound.leadingZeroBitCount
    while true {
      let value = smallBits(count)
      if value < UInt64(bound) { return Int(value) }
    }
  }
}

/// The digest that `random.seed` makes of a text.
enum SHA512 {
  private static let constants: [UInt64] = roots(of: primes(80)) { cubeRootFraction($0) }
  private static let start: [UInt64] = roots(of: primes(8)) { squareRootFraction($0) }

  /// The 64 bytes of the digest.
  static func digest(_ message: [UInt8]) -> [UInt8] {
    var hash = start
    var bytes = message + [0x80]
    while bytes.count % 128 != 112 { bytes.append(0) }
    bytes += [UInt8](repeating: 0, count: 8)
    let length = UInt64(message.count) * 8
    for shift in stride(from: 56, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: length >> UInt64(shift)))
    }
    for block in stride(from: 0, to: bytes.count, by: 128) {
      mix(&hash, bytes[block..<block + 128])
    }
    var digest: [UInt8] = []
    for word in hash {
      for shift in stride(from: 56, through: 0, by: -8) {
        digest.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
      }
    }
    return digest
  }

  private static func mix(_ hash: inout [UInt64], _ block: ArraySlice<UInt8>) {
    var words: [UInt64] = []
    for i in stride(from: block.startIndex, to: block.endIndex, by: 8) {
      var word: UInt64 = 0
      for byte in block[i..<i + 8] { word = word << 8 | UInt64(byte) }
      words.append(word)
    }
    for i in 16..<80 {
      let a = words[i - 15]
      let b = words[i - 2]
      let s0 = rotate(a, 1) ^ rotate(a, 8) ^ (a >> 7)
      let s1 = rotate(b, 19) ^ rotate(b, 61) ^ (b >> 6)
      words.append(words[i - 16] &+ s0 &+ words[i - 7] &+ s1)
    }
    var v = hash
    for i in 0..<80 {
      let s1 = rotate(v[4], 14) ^ rotate(v[4], 18) ^ rotate(v[4], 41)
      let choice = (v[4] & v[5]) ^ (~v[4] & v[6])
      let first = v[7] &+ s1 &+ choice &+ constants[i] &+ words[i]
      let s0 = rotate(v[0], 28) ^ rotate(v[0], 34) ^ rotate(v[0], 39)
      let majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2])
      let second = s0 &+ majority
      v = [first &+ second, v[0], v[1], v[2], v[3] &+ first, v[4], v[5], v[6]]
    }
    for i in hash.indices { hash[i] = hash[i] &+ v[i] }
  }

  private static func rotate(_ x: UInt64, _ n: UInt64) -> UInt64 { x >> n | x << (64 - n) }

  // The constants are the first 64 bits of the fractions of the roots of primes.

  private static func primes(_ count: Int) -> [Int] {
    var primes: [Int] = []
    var candidate = 2
    while primes.count < count {
      if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
      candidate += 1
    }
    return primes
  }

  private static func roots(of primes: [Int], _ root: (Int) -> UInt64) -> [UInt64] {
    primes.map(root)
  }

  private static func squareRootFraction(_ prime: Int) -> UInt64 {
    UInt64(truncatingIfNeeded: (BigUInt(prime) << 128).squareRoot())
  }

  private static func cubeRootFraction(_ prime: Int) -> UInt64 {
    let target = BigUInt(prime) << 192
    var low = BigUInt(0)
    var high = BigUInt(1) << 68
    while low + 1 < high {
      let middle = (low + high) >> 1
      if middle * middle * middle <= target { low = middle } else { high = middle }
    }
    return UInt64(truncatingIfNeeded: low)
  }
}
