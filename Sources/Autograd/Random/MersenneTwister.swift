/// The Mersenne Twister MT19937 as PyTorch seeds and tempers it.
struct MersenneTwister: Sendable, Hashable {
  static let stateSize = 624
  private static let shift = 397

  /// The state words.
  private(set) var state: ContiguousArray<UInt32>
  /// How many of the words were given out.
  private(set) var position: Int

  /// A generator seeded with the low half of a seed.
  init(seed: UInt64) {
    var state = ContiguousArray<UInt32>(repeating: 0, count: Self.stateSize)
    state[0] = UInt32(truncatingIfNeeded: seed)
    for index in 1..<Self.stateSize {
      let last = state[index - 1]
      state[index] = 1_812_433_253 &* (last ^ (last >> 30)) &+ UInt32(index)
    }
    self.state = state
    position = Self.stateSize
  }

  /// A generator from a saved state.
  init?(state: ContiguousArray<UInt32>, position: Int) {
    guard state.count == Self.stateSize, (0...Self.stateSize).contains(position) else { return nil }
    self.state = state
    self.position = position
  }

  /// The next 32 random bits.
  mutating func next() -> UInt32 {
    if position == Self.stateSize { twist() }
    var word = state[position]
    position += 1
    word ^= word >> 11
    word ^= (word << 7) & 0x9d2c_5680
    word ^= (word << 15) & 0xefc6_0000
    return word ^ (word >> 18)
  }

  private mutating func twist() {
    let count = Self.stateSize
    state.withUnsafeMutableBufferPointer { state in
      for index in 0..<count {
        let following = state[index + 1 == count ? 0 : index + 1]
        let joined = (state[index] & 0x8000_0000) | (following & 0x7fff_ffff)
        let distant = index + Self.shift
        var word = state[distant < count ? distant : distant - count] ^ (joined >> 1)
        if following & 1 != 0 { word ^= 0x9908_b0df }
        state[index] = word
      }
    }
    position = 0
  }
}
