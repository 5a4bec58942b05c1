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
}
