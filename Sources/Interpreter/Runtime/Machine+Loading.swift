/// Attributes as the loop loads and stores them.
extension Machine {
  /// Reads an attribute; the short way for what an instance holds itself.
  @inline(__always)
  func loadAttribute(_ value: Value, _ name: Symbol) throws(PythonError) -> Value {
    if case .object(let object) = value, let type = object.type, type.isUserDefined,
      type.find(name).isUnbound,
      type.find(names.dunderGetattribute).isIdentical(to: objectGetattribute),
      let own = object.attributes?.find(name), !own.isUnbound
    {
      return own
    }
    return try attribute(value, name)
  }

  /// Sets an attribute; the short way for what an instance holds itself.
  @inline(__always)
  func storeAttribute(_ value: Value, _ name: Symbol, _ new: Value) throws(PythonError) {
    if case .object(let object) = value, let type = object.type, type.isUserDefined,
      let attributes = object.attributes, type.find(name).isUnbound,
      type.find(names.dunderSetattr).isIdentical(to: objectSetattr), type.allowsAttributes
    {
      attributes.set(name, new)
      return
    }
    try setAttribute(value, name, new)
  }

  /// `[object] → [function, object]` for a method of the class, else `[attribute, unbound]`.
  @inline(__always)
  func loadMethod(
    _ name: Symbol,
    _ top: UnsafeMutablePointer<Value>
  ) throws(PythonError) -> UnsafeMutablePointer<Value> {
    let value = top[-1]
    if case .object(let object) = value, let type = object.type {
      if type === types.superType {
        if let parent = object as? SuperObject, !parent.isForClass, let found = parent.find(name),
          isPlainFunction(found)
        {
          (top - 1).pointee = found
          top.initialize(to: parent.receiver)
          return top + 1
        }
      } else if !(object is TypeObject), !(object is ModuleObject), !type.usesGetattribute(self) {
        let found = type.find(name)
        if isPlainFunction(found), object.attributes?.find(name).isUnbound ?? true {
          (top - 1).pointee = found
          top.initialize(to: value)
          return top + 1
        }
      }
    }
    (top - 1).pointee = try attribute(value, name)
    top.initialize(to: .unbound)
    return top + 1
  }
}
