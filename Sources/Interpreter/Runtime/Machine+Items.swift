/// Items, iteration and membership.
extension Machine {
  /// Python's `container[key]`.
  func item(_ container: Value, _ key: Value) throws(PythonError) -> Value {
    if case .object(let object) = container, object.type === types.dict,
      let dict = object as? DictObject
    {
      if let value = try find(key, in: dict) { return value }
      throw keyError(key)
    }
    let type = type(of: container)
    let method = type.find(names.dunderGetitem)
    if !method.isUnbound { return try apply(method, container, key) }
    if let generic = container.object(TypeObject.self) {
      let method = generic.find(names.dunderClassGetitem)
      if !method.isUnbound {
        return try call(try attribute(container, names.dunderClassGetitem), [key])
      }
      throw typeError("type '\(generic.name)' is not subscriptable")
    }
    throw typeError("'\(type.name)' object is not subscriptable")
  }

  /// Python's `container[key] = value`.
  func setItem(_ container: Value, _ key: Value, _ value: Value) throws(PythonError) {
    if case .object(let object) = container {
      if object.type === types.dict, let dict = object as? DictObject {
        try set(key, to: value, in: dict)
        return
      }
      if case .int(let index) = key, object.type === types.list, let list = object as? ListObject {
        let place = index < 0 ? index + list.items.count : index
        if place >= 0, place < list.items.count {
          list.items[place] = value
          return
        }
      }
    }
    let method = type(of: container).find(names.dunderSetitem)
    guard !method.isUnbound else {
      throw typeError("'\(typeName(container))' object does not support item assignment")
    }
    _ = try callMethod(method, container, key, value)
  }

  /// Python's `del container[key]`.
  func deleteItem(_ container: Value, _ key: Value) throws(PythonError) {
    let method = type(of: container).find(names.dunderDelitem)
    guard !method.isUnbound else {
      throw typeError("'\(typeName(container))' object doesn't support item deletion")
    }
    _ = try callMethod(method, container, key)
  }

  /// Python's `item in container`.
  func contains(_ container: Value, _ item: Value) throws(PythonError) -> Bool {
    let type = type(of: container)
    let method = type.find(names.dunderContains)
    if method.isNone { throw typeError("'\(type.name)' object is not a container") }
    if !method.isUnbound { return try isTrue(try apply(method, container, item)) }
    if type.find(names.dunderIter).isUnbound, type.find(names.dunderGetitem).isUnbound {
      throw typeError("argument of type '\(type.name)' is not iterable")
    }
    let iterator = try iterator(container)
    while let candidate = try iterator.next(self) {
      if try isEqual(candidate, item) { return true }
    }
    return false
  }

  /// Python's `len(value)`.
  func length(_ value: Value) throws(PythonError) -> Int {
    let method = type(of: value).find(names.dunderLen)
    guard !method.isUnbound else {
      throw typeError("object of type '\(typeName(value))' has no len()")
    }
    let length = try index(try callMethod(method, value))
    if length < 0 { throw valueError("__len__() should return >= 0") }
    return length
  }

  /// The integer that `value` stands for where one is needed: `__index__`.
  func index(_ value: Value) throws(PythonError) -> Int {
    switch value {
    case .int(let number): return number
    case .bool(let truth): return truth ? 1 : 0
    default: break
    }
    let number = try indexValue(value)
    if case .int(let word) = number { return word }
    throw error(types.indexError, "cannot fit '\(typeName(value))' into an index-sized integer")
  }

  /// The same, of any size: a plain `int`.
  func indexValue(_ value: Value) throws(PythonError) -> Value {
    switch value {
    case .int: return value
    case .bool(let truth): return .int(truth ? 1 : 0)
    default: break
    }
    if value.object(IntegerObject.self) != nil { return value }
    let method = type(of: value).find(names.dunderIndex)
    guard !method.isUnbound else {
      throw typeError("'\(typeName(value))' object cannot be interpreted as an integer")
    }
    if let number = value.object(NumberInstance.self) { return number.number }
    let result = try callMethod(method, value)
    switch result {
    case .int: return result
    case .bool(let truth): return .int(truth ? 1 : 0)
    default:
      if result.object(IntegerObject.self) != nil { return result }
      throw typeError("__index__ returned non-int (type \(typeName(result)))")
    }
  }
}
