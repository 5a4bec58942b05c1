/// A Python value.
///
/// Numbers that fit a word, truth values and the singletons are stored in place; everything else is
/// an ``Object``. An `int` beyond 64 bits is an ``IntegerObject``, never `.int`, so that equal integers
/// have one form.
enum Value {
  /// The content of a name, cell or slot that nothing was bound to; never seen by a script.
  case unbound
  case none
  case ellipsis
  case notImplemented
  case bool(Bool)
  case int(Int)
  case float(Double)
  case object(Object)
}

extension Value {
  /// The object inside, when it is of class `type`.
  @inline(__always)
  func object<T: Object>(_ type: T.Type = T.self) -> T? {
    if case .object(let object) = self { return object as? T }
    return nil
  }

  /// Whether nothing is bound.
  var isUnbound: Bool {
    if case .unbound = self { return true }
    return false
  }

  /// Whether the value is Python's `None`.
  var isNone: Bool {
    if case .none = self { return true }
    return false
  }

  /// Python's `is`.
  func isIdentical(to other: Value) -> Bool {
    switch (self, other) {
    case (.none, .none), (.ellipsis, .ellipsis), (.notImplemented, .notImplemented): true
    case (.bool(let a), .bool(let b)): a == b
    case (.int(let a), .int(let b)): a == b
    case (.float(let a), .float(let b)): a.bitPattern == b.bitPattern
    case (.object(let a), .object(let b)): a === b
    default: false
    }
  }
}
