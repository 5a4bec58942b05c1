/// Look-ups in dicts and sets; the machine hashes and compares the keys, which may run a script's methods.
extension Machine {
  /// The value of `key`, nil when there is none.
  func find(_ key: Value, in dict: DictObject) throws(PythonError) -> Value? {
    let hash = try hash(key)
    for entry in dict.table.entries where entry.hash == hash && !entry.key.isUnbound {
      if try isEqual(entry.key, key) { return entry.value }
    }
    return nil
  }

  /// Binds `key` to `value`.
  func set(_ key: Value, to value: Value, in dict: DictObject) throws(PythonError) {
    let hash = try hash(key)
    for (i, entry) in dict.table.entries.enumerated() where entry.hash == hash {
      if try isEqual(entry.key, key) {
        dict.table.update(i, value)
        return
      }
    }
    dict.table.append(ValueTable.Entry(hash: hash, key: key, value: value))
  }

  /// Removes `key`; its value, nil when there was none.
  @discardableResult
  func remove(_ key: Value, from dict: DictObject) throws(PythonError) -> Value? {
    let hash = try hash(key)
    for (i, entry) in dict.table.entries.enumerated() where entry.hash == hash {
      if try isEqual(entry.key, key) {
        dict.table.remove(i)
        return entry.value
      }
    }
    return nil
  }

  /// Whether `item` is a member.
  func contains(_ item: Value, in set: SetObject) throws(PythonError) -> Bool {
    let hash = try hash(item)
    for entry in set.table.entries where entry.hash == hash && !entry.key.isUnbound {
      if try isEqual(entry.key, item) { return true }
    }
    return false
  }

  /// Adds `item`.
  func insert(_ item: Value, into set: SetObject) throws(PythonError) {
    if try contains(item, in: set) { return }
    set.table.append(ValueTable.Entry(hash: try hash(item), key: item, value: .none))
  }
}
