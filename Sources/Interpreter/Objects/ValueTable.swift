/// Keys and values in order of insertion, found by Python's hash and equality.
///
/// Compact entries beside an open-addressed index, as in CPython's `dict`. The table itself never runs
/// script code: where only a script's `__eq__` can tell two keys apart, ``place(of:hash:)`` says so and
/// the machine decides (see ``DictObject``).
struct ValueTable {
  /// One entry; `key` is `.unbound` where it was removed.
  struct Entry {
    var hash: Int
    var key: Value
    var value: Value
  }

  /// What a look-up found.
  enum Place {
    /// The position in ``entries``.
    case entry(Int)
    case missing
    /// A key of the same hash needs a comparison that may run script code.
    case undecided
  }

  /// The entries in order of insertion, removed ones included.
  private(set) var entries: [Entry] = []
  /// The number of entries that are not removed.
  private(set) var count = 0
  /// Grows with every change of the set of keys.
  private(set) var revision = 0
  /// The positions of entries by hash: -1 for a free slot, -2 for one whose entry was removed.
  ///
  /// Empty while there are so few entries that they are searched in line.
  private var index: [Int32] = []
  /// The slots of ``index`` that are not free.
  private var filled = 0

  private static let free: Int32 = -1
  private static let removed: Int32 = -2
  private static let inlineLimit = 8

  init() {}
}

// MARK: - Look-up

extension ValueTable {
  /// Where `key` is, as far as that can be told without running script code.
  func place(of key: Value, hash: Int) -> Place {
    if index.isEmpty {
      for i in entries.indices where entries[i].hash == hash {
        if entries[i].key.isUnbound { continue }
        switch entries[i].key.isSameKey(as: key) {
        case .some(true): return .entry(i)
        case .some(false): continue
        case .none: return .undecided
        }
      }
      return .missing
    }
    let mask = index.count - 1
    var slot = Self.start(hash, mask)
    while true {
      let i = index[slot]
      if i == Self.free { return .missing }
      if i >= 0, entries[Int(i)].hash == hash {
        switch entries[Int(i)].key.isSameKey(as: key) {
        case .some(true): return .entry(Int(i))
        case .some(false): break
        case .none: return .undecided
        }
      }
      slot = (slot + 1) & mask
    }
  }

  /// The positions of the entries whose hash is `hash`.
  func candidates(hash: Int) -> [Int] {
    var found: [Int] = []
    if index.isEmpty {
      for i in entries.indices where entries[i].hash == hash && !entries[i].key.isUnbound {
        found.append(i)
      }
      return found
    }
    let mask = index.count - 1
    var slot = Self.start(hash, mask)
    while index[slot] != Self.free {
      let i = Int(index[slot])
      if i >= 0, entries[i].hash == hash { found.append(i) }
      slot = (slot + 1) & mask
    }
    return found
  }

  /// The first entry at or after `position` that is not removed.
  func next(from position: Int) -> Int? {
    var i = position
    while i < entries.count {
      if !entries[i].key.isUnbound { return i }
      i += 1
    }
    return nil
  }

  /// The last entry before `position` that is not removed.
  func previous(before position: Int) -> Int? {
    var i = min(position, entries.count) - 1
    while i >= 0 {
      if !entries[i].key.isUnbound { return i }
      i -= 1
    }
    return nil
  }

  /// The keys in order.
  var keys: [Value] {
    var keys: [Value] = []
    keys.reserveCapacity(count)
    for entry in entries where !entry.key.isUnbound { keys.append(entry.key) }
    return keys
  }

  /// The values in the order of their keys.
  var values: [Value] {
    var values: [Value] = []
    values.reserveCapacity(count)
    for entry in entries where !entry.key.isUnbound { values.append(entry.value) }
    return values
  }
}

// MARK: - Change

extension ValueTable {
  /// Gives the entry at `position` another value.
  mutating func setValue(_ value: Value, at position: Int) {
    entries[position].value = value
  }

  /// Adds a key that is known to be missing.
  mutating func append(_ key: Value, _ value: Value, hash: Int) {
    if index.isEmpty {
      if entries.count == Self.inlineLimit { rebuild() }
    } else if (filled + 1) * 3 > index.count * 2 {
      rebuild()
    }
    if !index.isEmpty { insert(Int32(entries.count), hash: hash) }
    entries.append(Entry(hash: hash, key: key, value: value))
    count += 1
    revision &+= 1
  }

  /// Removes the entry at `position`.
  @discardableResult
  mutating func remove(at position: Int) -> Entry {
    let entry = entries[position]
    if !index.isEmpty {
      let mask = index.count - 1
      var slot = Self.start(entry.hash, mask)
      while index[slot] != Int32(position) { slot = (slot + 1) & mask }
      index[slot] = Self.removed
    }
    entries[position] = Entry(hash: 0, key: .unbound, value: .unbound)
    while let last = entries.last, last.key.isUnbound { entries.removeLast() }
    count -= 1
    revision &+= 1
    return entry
  }

  /// Removes everything.
  mutating func removeAll() {
    let revision = revision
    self = ValueTable()
    self.revision = revision &+ 1
  }

  /// Moves the entry at `position` to the end or the start, for `OrderedDict.move_to_end`.
  mutating func move(from position: Int, toEnd: Bool) {
    let entry = remove(at: position)
    if toEnd {
      append(entry.key, entry.value, hash: entry.hash)
    } else {
      entries.insert(entry, at: 0)
      count += 1
      rebuild()
    }
  }

  /// Makes room for `total` entries.
  mutating func reserve(_ total: Int) {
    entries.reserveCapacity(total)
  }

  private mutating func rebuild() {
    if count < entries.count { entries.removeAll { $0.key.isUnbound } }
    guard entries.count >= Self.inlineLimit else {
      index = []
      filled = 0
      return
    }
    var size = 16
    while size < entries.count * 3 { size *= 2 }
    index = [Int32](repeating: Self.free, count: size)
    filled = 0
    for i in entries.indices { insert(Int32(i), hash: entries[i].hash) }
  }

  private mutating func insert(_ position: Int32, hash: Int) {
    let mask = index.count - 1
    var slot = Self.start(hash, mask)
    while index[slot] != Self.free { slot = (slot + 1) & mask }
    index[slot] = position
    filled += 1
  }

  @inline(__always)
  private static func start(_ hash: Int, _ mask: Int) -> Int {
    let h = UInt(bitPattern: hash) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: h >> 32) & mask
  }
}
