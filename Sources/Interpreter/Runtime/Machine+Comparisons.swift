/// Comparisons, truth and hashes.
extension Machine {
  /// Python's `a op b`.
  func compare(
    _ op: ComparisonOperator,
    _ a: Value,
    _ b: Value
  ) throws(PythonError) -> Value {
    switch op {
    case .is: return .bool(a.isIdentical(to: b))
    case .isNot: return .bool(!a.isIdentical(to: b))
    case .in: return .bool(try contains(b, a))
    case .notIn: return .bool(!(try contains(b, a)))
    default: break
    }
    if let result = Comparing.plain(op, a, b) { return .bool(result) }
    if op == .equal || op == .notEqual, case .object(let x) = a, case .object(let y) = b,
      x.type === types.str, y.type === types.str, let s = x as? StringObject,
      let t = y as? StringObject
    {
      return .bool((s === t || s.hasSameText(as: t)) == (op == .equal))
    }
    if depth + 1 > recursionLimit { throw recursionError(" in comparison") }
    depth += 1
    defer { depth -= 1 }
    return try richCompare(op, a, b)
  }

  /// `a == b` as containers ask it: the same object is equal to itself.
  func isEqual(_ a: Value, _ b: Value) throws(PythonError) -> Bool {
    if case .object(let x) = a, case .object(let y) = b {
      if x === y { return true }
      if let s = x as? StringObject, let t = y as? StringObject { return s.hasSameText(as: t) }
    } else if let result = Comparing.plain(.equal, a, b) {
      return result
    }
    return try isTrue(try compare(.equal, a, b))
  }

  /// `a < b` as `sort` asks it.
  func isLess(_ a: Value, _ b: Value) throws(PythonError) -> Bool {
    if let result = Comparing.plain(.less, a, b) { return result }
    return try isTrue(try compare(.less, a, b))
  }

  /// Python's `bool(value)`.
  func isTrue(_ value: Value) throws(PythonError) -> Bool {
    switch value {
    case .bool(let truth): return truth
    case .int(let number): return number != 0
    case .float(let number): return number != 0
    case .none, .unbound: return false
    case .ellipsis, .notImplemented: return true
    case .object(let object):
      if let type = object.type {
        if type === types.list, let list = object as? ListObject { return !list.items.isEmpty }
        if type === types.str, let string = object as? StringObject { return !string.text.isEmpty }
      }
      return try truth(of: value)
    }
  }

  private func truth(of value: Value) throws(PythonError) -> Bool {
    let type = type(of: value)
    let method = type.find(names.dunderBool)
    if !method.isUnbound {
      let result = try callMethod(method, value)
      guard case .bool(let truth) = result else {
        throw typeError("__bool__ should return bool, returned \(typeName(result))")
      }
      return truth
    }
    if type.find(names.dunderLen).isUnbound { return true }
    return try length(value) != 0
  }

  /// Python's `hash(value)`.
  func hash(_ value: Value) throws(PythonError) -> Int {
    switch value {
    case .int(let number): return Hashing.hash(number)
    case .float(let number): return Hashing.hash(number)
    case .bool(let truth): return truth ? 1 : 0
    case .none: return 0x0fca_8642
    case .ellipsis: return 0x0fca_8643
    case .notImplemented, .unbound: return 0x0fca_8644
    case .object(let object):
      if let string = object as? StringObject, object.type === types.str { return string.hash }
      let method = self.type(of: value).find(names.dunderHash)
      if method.isUnbound || method.isNone {
        throw typeError("unhashable type: '\(typeName(value))'")
      }
      let result = try callMethod(method, value)
      if case .int(let number) = result { return number == -1 ? -2 : number }
      if result.object(IntegerObject.self) != nil {
        return try hash(result)
      }
      if case .bool(let truth) = result { return truth ? 1 : 0 }
      throw typeError("__hash__ method should return an integer")
    }
  }

  private func richCompare(
    _ op: ComparisonOperator,
    _ a: Value,
    _ b: Value
  ) throws(PythonError) -> Value {
    let operation = operators.comparison[Int(op.rawValue)]
    let (left, right) = (type(of: a), type(of: b))
    let reflectedFirst =
      left !== right && right.isSubtype(of: left)
      && !right.find(operation.reflected).isIdentical(to: left.find(operation.reflected))
    if reflectedFirst {
      let result = try compare(operation.reflected, b, right, a)
      guard case .notImplemented = result else { return result }
    }
    let result = try compare(operation.method, a, left, b)
    guard case .notImplemented = result else { return result }
    if !reflectedFirst {
      let result = try compare(operation.reflected, b, right, a)
      guard case .notImplemented = result else { return result }
    }
    if op == .equal { return .bool(a.isIdentical(to: b)) }
    if op == .notEqual { return .bool(!a.isIdentical(to: b)) }
    throw typeError(
      "'\(operation.sign)' not supported between instances of '\(left.name)' and '\(right.name)'"
    )
  }

  private func compare(
    _ name: Symbol,
    _ a: Value,
    _ type: TypeObject,
    _ b: Value
  ) throws(PythonError) -> Value {
    let method = type.find(name)
    if method.isUnbound || method.isNone { return .notImplemented }
    return try apply(method, a, b)
  }
}

/// Comparisons of plain numbers and strings.
enum Comparing {
  /// `a op b` where both are numbers stored in place or both are strings; nil otherwise.
  @inline(__always)
  static func plain(_ op: ComparisonOperator, _ a: Value, _ b: Value) -> Bool? {
    switch (a, b) {
    case (.int(let x), .int(let y)): compare(op, x, y)
    case (.float(let x), .float(let y)): compare(op, x, y)
    case (.int(let x), .float(let y)) where x.magnitude < 1 << 53: compare(op, Double(x), y)
    case (.float(let x), .int(let y)) where y.magnitude < 1 << 53: compare(op, x, Double(y))
    case (.bool(let x), .bool(let y)): compare(op, x ? 1 : 0, y ? 1 : 0)
    case (.bool(let x), .int(let y)): compare(op, x ? 1 : 0, y)
    case (.int(let x), .bool(let y)): compare(op, x, y ? 1 : 0)
    default: nil
    }
  }

  @inline(__always)
  private static func compare<T: Comparable>(_ op: ComparisonOperator, _ x: T, _ y: T) -> Bool? {
    switch op {
    case .equal: x == y
    case .notEqual: x != y
    case .less: x < y
    case .lessOrEqual: x <= y
    case .greater: x > y
    case .greaterOrEqual: x >= y
    default: nil
    }
  }
}
