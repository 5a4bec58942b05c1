/// The members of a `set`, laid out slot by slot as CPython lays them out.
///
/// The order of a set shows whenever it is printed or iterated, so growth, probing and removal follow
/// `Objects/setobject.c` of CPython 3.11. Like ``ValueTable`` it never runs script code.
struct SetTable {
  /// One slot: `key` is `.unbound` where it is free, and then `hash` is -1 where a member was removed.
  struct Slot {
    var hash: Int
    var key: Value
  }

  /// The slots; their number is a power of two.
  private(set) var slots = [Slot](repeating: Slot(hash: 0, key: .unbound), count: 8)
  /// The number of members.
  private(set) var count = 0
  /// The slots that are not free, removed members included.
  private(set) var filled = 0
  /// Grows with every change of the members.
  private(set) var revision = 0
  /// Where `pop` goes on looking.
  private var finger = 0

  private static let linearProbes = 9

  init() {}

  private var mask: Int { slots.count - 1 }
}

// MARK: - Look-up

extension SetTable {
  /// The slot of `key`, as far as that can be told without running script code.
  func place(of key: Value, hash: Int) -> ValueTable.Place {
    var place = ValueTable.Place.missing
    probe(hash) { slot in
      let entry = slots[slot]
      if entry.key.isUnbound { return entry.hash == 0 }
      guard entry.hash == hash else { return false }
      switch entry.key.isSameKey(as: key) {
      case .some(true): place = .entry(slot)
      case .some(false): return false
      case .none: place = .undecided
      }
      return true
    }
    return place
  }

  /// The slots whose member has the hash `hash`.
  func candidates(hash: Int) -> [Int] {
    var found: [Int] = []
    probe(hash) { slot in
      if slots[slot].key.isUnbound { return slots[slot].hash == 0 }
      if slots[slot].hash == hash { found.append(slot) }
      return false
    }
    return found
  }

  /// The first used slot at or after `position`.
  func next(from position: Int) -> Int? {
    var i = position
    while i < slots.count {
      if !slots[i].key.isUnbound { return i }
      i += 1
    }
    return nil
  }

  /// The members in the order of their slots.
  var keys: [Value] {
    var keys: [Value] = []
    keys.reserveCapacity(count)
    for slot in slots where !slot.key.isUnbound { keys.append(slot.key) }
    return keys
  }

  /// Visits the slots that `hash` may be in until `visit` returns true.
  @inline(__always)
  private func probe(_ hash: Int, _ visit: (Int) -> Bool) {
    let mask = mask
    var perturb = UInt(bitPattern: hash)
    var i = Int(truncatingIfNeeded: perturb) & mask
    while true {
      let last = i + Self.linearProbes <= mask ? i + Self.linearProbes : i
      for slot in i...last where visit(slot) { return }
      perturb >>= 5
      i = (i &* 5 &+ 1 &+ Int(truncatingIfNeeded: perturb)) & mask
    }
  }
}

// MARK: - Change

extension SetTable {
  /// Adds a member that is known to be missing.
  mutating func append(_ key: Value, hash: Int) {
    var free = 0
    var removed: Int?
    probe(hash) { slot in
      guard slots[slot].key.isUnbound else { return false }
      if slots[slot].hash != 0 {
        removed = slot
        return false
      }
      free = slot
      return true
    }
    count += 1
    revision &+= 1
    if let removed {
      // As CPython: the last slot passed whose member was removed is used again.
      slots[removed] = Slot(hash: hash, key: key)
      return
    }
    slots[free] = Slot(hash: hash, key: key)
    filled += 1
    if filled * 5 >= mask * 3 { resize(count > 50000 ? count * 2 : count * 4) }
  }

  /// Removes the member in `slot`.
  mutating func remove(at slot: Int) {
    slots[slot] = Slot(hash: -1, key: .unbound)
    count -= 1
    revision &+= 1
  }

  /// Takes out the member that `set.pop` would.
  mutating func pop() -> Value? {
    guard count > 0 else { return nil }
    var i = finger & mask
    while slots[i].key.isUnbound { i = i == mask ? 0 : i + 1 }
    let key = slots[i].key
    remove(at: i)
    finger = i + 1
    return key
  }

  /// Removes everything.
  mutating func removeAll() {
    let revision = revision
    self = SetTable()
    self.revision = revision &+ 1
  }

  /// Makes the room that an update by `more` members makes beforehand.
  mutating func makeRoom(for more: Int) {
    if (filled + more) * 5 >= mask * 3 { resize((count + more) * 2) }
  }

  /// Drops the traces of removed members when they are more than a quarter, as after `difference_update`.
  mutating func tidy() {
    if filled - count > mask / 4 { resize(count > 50000 ? count * 2 : count * 4) }
  }

  /// Takes over the slots of `other` as they are; for an empty table only.
  mutating func copy(_ other: SetTable) -> Bool {
    guard filled == 0, slots.count == other.slots.count, other.filled == other.count else {
      return false
    }
    slots = other.slots
    count = other.count
    filled = other.filled
    revision &+= 1
    return true
  }

  private mutating func resize(_ least: Int) {
    var size = 8
    while size <= least { size *= 2 }
    let old = slots
    slots = [Slot](repeating: Slot(hash: 0, key: .unbound), count: size)
    for entry in old where !entry.key.isUnbound {
      var free = 0
      probe(entry.hash) { slot in
        guard slots[slot].key.isUnbound else { return false }
        free = slot
        return true
      }
      slots[free] = entry
    }
    filled = count
  }
}

// MARK: - Hash

extension SetTable {
  /// The hash of a `frozenset` with these members.
  var hash: Int {
    var hash: UInt = 0
    for slot in slots { hash ^= Self.shuffle(UInt(bitPattern: slot.hash)) }
    // Free slots of either kind cancel out, as in CPython.
    if (slots.count - filled) & 1 == 1 { hash ^= Self.shuffle(0) }
    if (filled - count) & 1 == 1 { hash ^= Self.shuffle(UInt.max) }
    hash ^= (UInt(bitPattern: count) &+ 1) &* 1_927_868_237
    hash ^= (hash >> 11) ^ (hash >> 25)
    hash = hash &* 69069 &+ 907_133_923
    return Int(bitPattern: hash == UInt.max ? 590_923_713 : hash)
  }

  private static func shuffle(_ h: UInt) -> UInt {
    ((h ^ 89_869_747) ^ (h << 16)) &* 3_644_798_167
  }
}
