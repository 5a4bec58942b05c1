/// What is an instance of what.
extension Machine {
  /// Python's `isinstance(value, type)`.
  func isInstance(_ value: Value, of type: Value) throws(PythonError) -> Bool {
    try check(
      type,
      "isinstance() arg 2 must be a type, a tuple of types, or a union",
      hook: names.dunderInstancecheck,
      value,
      self.type(of: value)
    )
  }

  /// Python's `issubclass(type, of)`.
  func isSubclass(_ type: Value, of other: Value) throws(PythonError) -> Bool {
    guard let its = type.object(TypeObject.self) else {
      throw typeError("issubclass() arg 1 must be a class")
    }
    return try check(
      other,
      "issubclass() arg 2 must be a class, a tuple of classes, or a union",
      hook: names.dunderSubclasscheck,
      type,
      its
    )
  }

  private func check(
    _ classes: Value,
    _ message: String,
    hook: Symbol,
    _ value: Value,
    _ its: TypeObject
  ) throws(PythonError) -> Bool {
    if let type = classes.object(TypeObject.self) {
      if its.isSubtype(of: type) { return true }
      guard let meta = type.type, meta.isUserDefined else { return false }
      let method = meta.find(hook)
      if method.isUnbound || method.object(BuiltinFunction.self) != nil { return false }
      return try isTrue(try callMethod(method, classes, value))
    }
    if let tuple = classes.object(TupleObject.self) {
      for item in tuple.items {
        if try check(item, message, hook: hook, value, its) { return true }
      }
      return false
    }
    if let union = classes.object(GenericAliasObject.self), union.origin == nil {
      for part in union.parameters {
        if try check(part, message, hook: hook, value, its) { return true }
      }
      return false
    }
    let method = type(of: classes).find(hook)
    if method.isUnbound { throw typeError(message) }
    return try isTrue(try callMethod(method, classes, value))
  }
}
