/// Reading, writing and deleting attributes, as `object`, `type` and modules do it.
extension Machine {
  /// Python's `value.name`.
  func attribute(_ value: Value, _ name: Symbol) throws(PythonError) -> Value {
    let found = try findAttribute(value, name)
    if found.isUnbound { throw missingAttribute(value, name) }
    return found
  }

  /// `value.name`, nil where that raises AttributeError.
  func attributeIfAny(_ value: Value, _ name: Symbol) throws(PythonError) -> Value? {
    do throws(PythonError) {
      let found = try findAttribute(value, name)
      return found.isUnbound ? nil : found
    } catch {
      _ = try caught(types.attributeError)
      return nil
    }
  }

  /// `value.name` or, where nothing says what it is, `.unbound`; errors of properties and the like are thrown.
  func findAttribute(_ value: Value, _ name: Symbol) throws(PythonError) -> Value {
    let type = type(of: value)
    if type === types.superType, let parent = value.object(SuperObject.self) {
      return try attribute(of: parent, name)
    }
    if type.usesGetattribute(self) {
      return try customAttribute(value, type, name)
    }
    return try plainAttribute(value, type, name)
  }

  /// What `object.__getattribute__` and `__getattr__` find.
  func plainAttribute(
    _ value: Value,
    _ type: TypeObject,
    _ name: Symbol
  ) throws(PythonError) -> Value {
    let found = try genericAttribute(value, type, name)
    if !found.isUnbound { return found }
    let fallback = type.find(names.dunderGetattr)
    if fallback.isUnbound { return .unbound }
    try enterCall()
    defer { leaveCall() }
    return try callMethod(fallback, value, string(symbols.name(name)))
  }

  /// What `object.__getattribute__` finds; `.unbound` for nothing.
  func genericAttribute(
    _ value: Value,
    _ type: TypeObject,
    _ name: Symbol
  ) throws(PythonError) -> Value {
    let found = type.find(name)
    if case .object(let object) = value {
      if let of = object as? TypeObject { return try typeAttribute(of, found, name) }
      if !found.isUnbound, isDataDescriptor(found) { return try bind(found, to: value, type) }
      if let own = object.attributes?.find(name), !own.isUnbound { return own }
      if found.isUnbound, let module = object as? ModuleObject, let missing = module.missing {
        return try missing(self, module, name) ?? .unbound
      }
    }
    if found.isUnbound {
      // A method shows the attributes of its function.
      guard let method = value.object(BoundMethod.self) else { return .unbound }
      return try findAttribute(method.function, name)
    }
    return try bind(found, to: value, type)
  }

  /// What a look-up of `found` on the class means for an instance: a method is bound, a property read.
  func bind(
    _ found: Value,
    to instance: Value,
    _ type: TypeObject
  ) throws(PythonError) -> Value {
    guard case .object(let object) = found else { return found }
    if object is FunctionObject {
      return .object(BoundMethod(function: found, receiver: instance, type: types.method))
    }
    if let builtin = object as? BuiltinFunction {
      if builtin.owner == nil { return found }
      return .object(BoundMethod(function: found, receiver: instance, type: types.builtinFunction))
    }
    if let wrapper = object as? MethodWrapper {
      if wrapper.type === types.staticmethod { return wrapper.function }
      return bind(wrapper, toClass: type)
    }
    if let property = object as? PropertyObject {
      if property.getter.isNone {
        throw attributeError(
          "property '\(property.name)' of '\(type.qualifiedName)' object has no getter"
        )
      }
      return try call(property.getter, [instance])
    }
    if let computed = object as? GetSetObject { return try computed.row.get(self, instance) }
    let get = self.type(of: found).find(names.dunderGet)
    if get.isUnbound { return found }
    return try callMethod(get, found, instance, .object(type))
  }

  /// A `classmethod` of a class, bound to it.
  func bind(_ wrapper: MethodWrapper, toClass type: TypeObject) -> Value {
    .object(
      BoundMethod(
        function: wrapper.function,
        receiver: .object(type),
        type: wrapper.function.object(BuiltinFunction.self) == nil
          ? types.method : types.builtinFunction
      )
    )
  }

  /// Whether `found`, on a class, goes before the instance's own attributes.
  func isDataDescriptor(_ found: Value) -> Bool {
    guard case .object(let object) = found else { return false }
    if object is PropertyObject || object is GetSetObject { return true }
    if object is FunctionObject || object is BuiltinFunction || object is MethodWrapper {
      return false
    }
    guard let type = object.type, type.isUserDefined else { return false }
    return !type.find(names.dunderSet).isUnbound || !type.find(names.dunderDelete).isUnbound
  }

  private func typeAttribute(
    _ type: TypeObject,
    _ meta: Value,
    _ name: Symbol
  ) throws(PythonError) -> Value {
    if !meta.isUnbound, isDataDescriptor(meta) {
      return try bind(meta, to: .object(type), type.type ?? types.type)
    }
    let own = type.find(name)
    if own.isUnbound {
      if meta.isUnbound { return .unbound }
      return try bind(meta, to: .object(type), type.type ?? types.type)
    }
    guard case .object(let object) = own else { return own }
    if let wrapper = object as? MethodWrapper {
      if wrapper.type === types.staticmethod { return wrapper.function }
      return bind(wrapper, toClass: type)
    }
    guard let descriptorType = object.type, descriptorType.isUserDefined else { return own }
    let get = descriptorType.find(names.dunderGet)
    if get.isUnbound { return own }
    return try callMethod(get, own, .none, .object(type))
  }

  private func customAttribute(
    _ value: Value,
    _ type: TypeObject,
    _ name: Symbol
  ) throws(PythonError) -> Value {
    let method = type.find(names.dunderGetattribute)
    try enterCall()
    defer { leaveCall() }
    do throws(PythonError) {
      return try callMethod(method, value, string(symbols.name(name)))
    } catch {
      let fallback = type.find(names.dunderGetattr)
      if fallback.isUnbound { throw error }
      _ = try caught(types.attributeError)
      return try callMethod(fallback, value, string(symbols.name(name)))
    }
  }

  /// The AttributeError for an attribute that is not there.
  func missingAttribute(_ value: Value, _ name: Symbol) -> PythonError {
    let text = symbols.name(name)
    if case .object(let object) = value {
      if let type = object as? TypeObject {
        return attributeError(
          "type object '\(type.name)' has no attribute '\(text)'",
          object: value,
          name: name
        )
      }
      if let module = object as? ModuleObject {
        return attributeError(
          "module '\(module.name)' has no attribute '\(text)'",
          object: value,
          name: name
        )
      }
    }
    return attributeError(
      "'\(typeName(value))' object has no attribute '\(text)'",
      object: value,
      name: name
    )
  }
}

extension TypeObject {
  /// Whether a script's `__getattribute__` decides.
  @inline(__always)
  func usesGetattribute(_ machine: Machine) -> Bool {
    isUserDefined && find(machine.names.dunderGetattribute).object(BuiltinFunction.self) == nil
  }
}
