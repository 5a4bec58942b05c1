/// Look-ups in dicts and sets; the machine hashes and compares the keys, which may run a script's methods.
extension Machine {
  /// The hash of a key.
  @inline(__always)
  func keyHash(_ key: Value) throws(PythonError) -> Int {
    if let hash = key.plainHash { return hash }
    return try hash(key)
  }

  /// The value of `key`, nil when there is none.
  func find(_ key: Value, in dict: DictObject) throws(PythonError) -> Value? {
    guard let place = try place(of: key, hash: keyHash(key), in: dict) else { return nil }
    return dict.table.entries[place].value
  }

  /// Binds `key` to `value`.
  func set(_ key: Value, to value: Value, in dict: DictObject) throws(PythonError) {
    let hash = try keyHash(key)
    if let place = try place(of: key, hash: hash, in: dict) {
      dict.table.setValue(value, at: place)
    } else {
      dict.table.append(key, value, hash: hash)
    }
  }

  /// Removes `key`; its value, nil when there was none.
  @discardableResult
  func remove(_ key: Value, from dict: DictObject) throws(PythonError) -> Value? {
    guard let place = try place(of: key, hash: keyHash(key), in: dict) else { return nil }
    return dict.table.remove(at: place).value
  }

  /// The position of `key` among the entries of `dict`.
  @inline(__always)
  func place(of key: Value, hash: Int, in dict: DictObject) throws(PythonError) -> Int? {
    switch dict.table.place(of: key, hash: hash) {
    case .entry(let place): return place
    case .missing: return nil
    case .undecided: return try search(key, hash: hash, in: dict)
    }
  }

  /// Whether `item` is a member.
  func contains(_ item: Value, in set: SetObject) throws(PythonError) -> Bool {
    try place(of: item, hash: memberHash(item), in: set) != nil
  }

  /// Adds `item`.
  func insert(_ item: Value, into set: SetObject) throws(PythonError) {
    try insert(item, hash: keyHash(item), into: set)
  }

  /// Adds `item`, whose hash is known.
  func insert(_ item: Value, hash: Int, into set: SetObject) throws(PythonError) {
    if try place(of: item, hash: hash, in: set) == nil { set.table.append(item, hash: hash) }
  }

  /// Removes `item` and says whether it was there.
  @discardableResult
  func remove(_ item: Value, from set: SetObject) throws(PythonError) -> Bool {
    guard let place = try place(of: item, hash: memberHash(item), in: set) else { return false }
    set.table.remove(at: place)
    return true
  }

  /// The slot of `item` in `set`.
  func place(of item: Value, hash: Int, in set: SetObject) throws(PythonError) -> Int? {
    switch set.table.place(of: item, hash: hash) {
    case .entry(let place): return place
    case .missing: return nil
    case .undecided: return try search(item, hash: hash, in: set)
    }
  }

  /// The hash of what is looked for in a set: a set stands for the frozenset that equals it.
  private func memberHash(_ item: Value) throws(PythonError) -> Int {
    if let set = item.object(SetObject.self), set.type?.isSubtype(of: types.set) ?? false,
      set.type?.find(names.dunderHash).isNone ?? false
    {
      return set.table.hash
    }
    return try keyHash(item)
  }

  // The comparisons below may run a script's methods, which may change the table: then the search begins anew.

  private func search(_ key: Value, hash: Int, in dict: DictObject) throws(PythonError) -> Int? {
    restart: while true {
      let table = dict.table
      for place in table.candidates(hash: hash) {
        let same = try isSame(table.entries[place].key, key)
        if dict.table.revision != table.revision { continue restart }
        if same { return place }
      }
      return nil
    }
  }

  private func search(_ item: Value, hash: Int, in set: SetObject) throws(PythonError) -> Int? {
    restart: while true {
      let table = set.table
      for place in table.candidates(hash: hash) {
        let same = try isSame(table.slots[place].key, item)
        if set.table.revision != table.revision { continue restart }
        if same { return place }
      }
      return nil
    }
  }
}
