/// Keys and values in order of insertion, found by Python's hash and equality.
///
/// The hash and the comparison of keys may run script code, so the machine takes part in each look-up.
struct ValueTable {
  /// One entry; `key` is `.unbound` where it was removed.
  struct Entry {
    var hash: Int
    var key: Value
    var value: Value
  }

  private(set) var entries: [Entry] = []
  /// The number of entries that are not removed.
  private(set) var count = 0

  /// Adds an entry whose key is not there.
  mutating func append(_ entry: Entry) {
    entries.append(entry)
    count += 1
  }

  /// Gives the entry at `position` another value.
  mutating func update(_ position: Int, _ value: Value) {
    entries[position].value = value
  }

  /// Removes the entry at `position`.
  mutating func remove(_ position: Int) {
    entries.remove(at: position)
    count -= 1
  }
}
