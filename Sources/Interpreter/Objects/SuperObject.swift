/// A `super()`: the attributes of a receiver as the classes after one of its own see them.
final class SuperObject: Object {
  /// The class after which the search begins.
  let start: TypeObject
  /// What methods are bound to.
  let receiver: Value
  /// The class in whose order is searched.
  let of: TypeObject
  /// Whether the receiver is the class itself, as in a class method.
  let isForClass: Bool

  init(start: TypeObject, receiver: Value, of: TypeObject, isForClass: Bool, type: TypeObject?) {
    self.start = start
    self.receiver = receiver
    self.of = of
    self.isForClass = isForClass
    super.init(type: type)
  }

  /// What `name` is in the classes after ``start``, not bound.
  func find(_ name: Symbol) -> Value? { of.lookup(name, after: start) }
}

extension Machine {
  /// The attribute `name` of a `super()`; `.unbound` for nothing.
  func attribute(of parent: SuperObject, _ name: Symbol) throws(PythonError) -> Value {
    guard name != names.dunderClass, let found = parent.find(name) else {
      return try genericAttribute(.object(parent), parent.type ?? types.superType, name)
    }
    if parent.isForClass {
      guard case .object(let object) = found else { return found }
      if let wrapper = object as? MethodWrapper {
        if wrapper.type === types.staticmethod { return wrapper.function }
        return bind(wrapper, toClass: parent.of)
      }
      return found
    }
    return try bind(found, to: parent.receiver, parent.of)
  }

  /// `super()` without arguments: the class and the receiver of the running method.
  func implicitSuper() throws(PythonError) -> Value {
    guard let frame else { throw runtimeError("super(): no current frame") }
    let code = frame.pointee.code
    guard code.parameters.positional > 0 || code.parameters.hasRest else {
      throw runtimeError("super(): no arguments")
    }
    var receiver = frame.pointee.locals[0]
    if receiver.isUnbound {
      for (i, cell) in code.cells.enumerated() where cell.parameter == 0 {
        receiver =
          frame.pointee.locals[code.localNames.count + i].object(CellObject.self)?.value
          ?? .unbound
      }
    }
    if receiver.isUnbound { throw runtimeError("super(): arg[0] deleted") }
    guard let place = code.freeNames.firstIndex(of: names.dunderClass) else {
      throw runtimeError("super(): __class__ cell not found")
    }
    let slot = code.localNames.count + code.cells.count + place
    guard let cell = frame.pointee.locals[slot].object(CellObject.self),
      let start = cell.value.object(TypeObject.self)
    else { throw runtimeError("super(): empty __class__ cell") }
    return try makeSuper(start, receiver)
  }

  /// Python's `super(type, receiver)`.
  func makeSuper(_ start: TypeObject, _ receiver: Value) throws(PythonError) -> Value {
    if let type = receiver.object(TypeObject.self), type.isSubtype(of: start) {
      return .object(
        SuperObject(
          start: start,
          receiver: receiver,
          of: type,
          isForClass: true,
          type: types.superType
        )
      )
    }
    let type = type(of: receiver)
    guard type.isSubtype(of: start) else {
      throw typeError("super(type, obj): obj must be an instance or subtype of type")
    }
    return .object(
      SuperObject(
        start: start,
        receiver: receiver,
        of: type,
        isForClass: false,
        type: types.superType
      )
    )
  }
}
