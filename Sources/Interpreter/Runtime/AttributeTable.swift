/// The attributes of one object in order of their creation.
///
/// A reference type so that `__dict__` and `vars()` can show the live attributes. Up to eight entries are
/// searched in line; beyond, through an index.
final class AttributeTable {
  /// One attribute.
  struct Entry {
    let key: Symbol
    var value: Value
  }

  /// The class whose members these are; it is told of every change.
  unowned(unsafe) var owner: TypeObject?
  /// The number of attributes.
  private(set) var count = 0
  private var capacity = 0
  private var entries: UnsafeMutablePointer<Entry>
  private var index: [Symbol: Int] = [:]
  private static let inlineLimit = 8

  init() {
    entries = UnsafeMutablePointer<Entry>.allocate(capacity: 4)
    capacity = 4
  }

  deinit {
    entries.deinitialize(count: count)
    entries.deallocate()
  }

  /// The names in order.
  var keys: [Symbol] { (0..<count).map { entries[$0].key } }
  /// The values in the order of the names.
  var values: [Value] { (0..<count).map { entries[$0].value } }

  /// The attribute at `position` in the order of creation.
  func entry(at position: Int) -> Entry {
    precondition(position < count, "An attribute table has no such entry.")
    return entries[position]
  }

  /// The value bound to `key`; setting `.unbound` or nil removes it.
  subscript(key: Symbol) -> Value? {
    get {
      let place = position(of: key)
      return place < 0 ? nil : entries[place].value
    }
    set {
      guard let newValue, !newValue.isUnbound else {
        remove(key)
        return
      }
      set(key, newValue)
    }
  }

  /// The value bound to `key`, `.unbound` when there is none.
  @inline(__always)
  func find(_ key: Symbol) -> Value {
    let place = position(of: key)
    return place < 0 ? .unbound : entries[place].value
  }

  /// Binds `key` to `value`.
  func set(_ key: Symbol, _ value: Value) {
    let place = position(of: key)
    if place >= 0 {
      let old = entries[place].value
      entries[place].value = value
      _ = consume old
    } else {
      append(key, value)
    }
    owner?.membersChanged()
  }

  /// Removes `key` and says whether it was there.
  @discardableResult
  func remove(_ key: Symbol) -> Bool {
    let place = position(of: key)
    if place < 0 { return false }
    let old = (entries + place).move()
    (entries + place).moveInitialize(from: entries + place + 1, count: count - place - 1)
    count -= 1
    index.removeAll(keepingCapacity: true)
    if count > Self.inlineLimit {
      for i in 0..<count { index[entries[i].key] = i }
    }
    owner?.membersChanged()
    _ = consume old
    return true
  }

  /// Removes every attribute.
  func removeAll() {
    let (old, oldCount) = (entries, count)
    entries = UnsafeMutablePointer<Entry>.allocate(capacity: 4)
    capacity = 4
    count = 0
    index = [:]
    owner?.membersChanged()
    old.deinitialize(count: oldCount)
    old.deallocate()
  }

  @inline(__always)
  private func position(of key: Symbol) -> Int {
    if count > Self.inlineLimit { return index[key] ?? -1 }
    var i = 0
    while i < count {
      if entries[i].key.number == key.number { return i }
      i += 1
    }
    return -1
  }

  private func append(_ key: Symbol, _ value: Value) {
    if count == capacity { grow() }
    (entries + count).initialize(to: Entry(key: key, value: value))
    count += 1
    if count == Self.inlineLimit + 1 {
      for i in 0..<count { index[entries[i].key] = i }
    } else if count > Self.inlineLimit {
      index[key] = count - 1
    }
  }

  private func grow() {
    let larger = UnsafeMutablePointer<Entry>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: entries, count: count)
    entries.deallocate()
    entries = larger
    capacity *= 2
  }
}
