extension Machine {
  /// Python's `value.name = new`.
  func setAttribute(_ value: Value, _ name: Symbol, _ new: Value) throws(PythonError) {
    let type = type(of: value)
    if type.isUserDefined {
      let method = type.find(names.dunderSetattr)
      if method.object(BuiltinFunction.self)?.owner !== types.object, !method.isUnbound,
        !(value.object(TypeObject.self) != nil && method.object(BuiltinFunction.self) != nil)
      {
        try enterCall()
        defer { leaveCall() }
        _ = try callMethod(method, value, string(symbols.name(name)), new)
        return
      }
    }
    try plainSetAttribute(value, type, name, new)
  }

  /// Python's `del value.name`.
  func deleteAttribute(_ value: Value, _ name: Symbol) throws(PythonError) {
    let type = type(of: value)
    if type.isUserDefined {
      let method = type.find(names.dunderDelattr)
      if method.object(BuiltinFunction.self) == nil, !method.isUnbound {
        try enterCall()
        defer { leaveCall() }
        _ = try callMethod(method, value, string(symbols.name(name)))
        return
      }
    }
    try plainSetAttribute(value, type, name, .unbound)
  }

  /// What `object.__setattr__` and `type.__setattr__` do; `.unbound` deletes.
  func plainSetAttribute(
    _ value: Value,
    _ type: TypeObject,
    _ name: Symbol,
    _ new: Value
  ) throws(PythonError) {
    guard case .object(let object) = value else { throw readOnly(value, type, name, new) }
    if let target = object as? TypeObject { return try setMember(target, name, new) }
    let found = type.find(name)
    if !found.isUnbound, try setDescriptor(found, value, type, name, new) { return }
    guard allows(type, name) else { throw readOnly(value, type, name, new) }
    if new.isUnbound {
      guard object.attributes?.remove(name) == true else { throw missingAttribute(value, name) }
      return
    }
    if let attributes = object.attributes {
      attributes.set(name, new)
    } else {
      let attributes = AttributeTable()
      attributes.set(name, new)
      object.attributes = attributes
    }
  }

  private func setDescriptor(
    _ found: Value,
    _ value: Value,
    _ type: TypeObject,
    _ name: Symbol,
    _ new: Value
  ) throws(PythonError) -> Bool {
    guard case .object(let object) = found else { return false }
    if let property = object as? PropertyObject {
      try set(property, value, type, new)
      return true
    }
    if let computed = object as? GetSetObject {
      guard let set = computed.row.set else {
        throw attributeError(
          "attribute '\(computed.row.name)' of '\(computed.owner.name)' objects is not writable"
        )
      }
      try set(self, value, new)
      return true
    }
    guard let descriptorType = object.type, descriptorType.isUserDefined else { return false }
    let method = descriptorType.find(new.isUnbound ? names.dunderDelete : names.dunderSet)
    if method.isUnbound { return false }
    if new.isUnbound {
      _ = try callMethod(method, found, value)
    } else {
      _ = try callMethod(method, found, value, new)
    }
    return true
  }

  private func set(
    _ property: PropertyObject,
    _ value: Value,
    _ type: TypeObject,
    _ new: Value
  ) throws(PythonError) {
    let function = new.isUnbound ? property.deleter : property.setter
    if function.isNone {
      let what = new.isUnbound ? "deleter" : "setter"
      throw attributeError(
        "property '\(property.name)' of '\(type.qualifiedName)' object has no \(what)"
      )
    }
    _ = try call(function, new.isUnbound ? [value] : [value, new])
  }

  private func setMember(_ type: TypeObject, _ name: Symbol, _ new: Value) throws(PythonError) {
    let metatype = type.type ?? types.type
    let meta = metatype.find(name)
    if !meta.isUnbound, try setDescriptor(meta, .object(type), metatype, name, new) { return }
    guard type.isUserDefined || type.allowsMemberChanges else {
      throw typeError(
        "cannot set '\(symbols.name(name))' attribute of immutable type '\(type.name)'"
      )
    }
    if new.isUnbound {
      guard type.members.remove(name) else { throw missingAttribute(.object(type), name) }
    } else {
      type.members.set(name, new)
    }
  }

  private func allows(_ type: TypeObject, _ name: Symbol) -> Bool {
    if type.allowsAttributes { return true }
    for base in type.linearization where base.slotNames.contains(name) { return true }
    return false
  }

  private func readOnly(
    _ value: Value,
    _ type: TypeObject,
    _ name: Symbol,
    _ new: Value
  ) -> PythonError {
    if type.find(name).isUnbound { return missingAttribute(value, name) }
    return attributeError(
      "'\(type.name)' object attribute '\(symbols.name(name))' is read-only"
    )
  }
}
