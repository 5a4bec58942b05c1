/// `property`, `staticmethod`, `classmethod`, `super` and computed attributes.
extension Machine {
  static let propertyRows: [BuiltinRow] = [
    BuiltinRow("__new__", keywords: true) { (machine, arguments) throws(PythonError) in
      let parts = [machine.names.fget, machine.names.fset, machine.names.fdel, machine.names.doc]
      var values = [Value](repeating: .none, count: 4)
      for (i, part) in parts.enumerated() {
        values[i] = arguments.optional(i + 1) ?? arguments.keyword(part) ?? .none
      }
      let type = arguments[0].object(TypeObject.self)
      return machine.property(values[0], values[1], values[2], values[3], type)
    },
    BuiltinRow("getter", 1...1) { (machine, arguments) throws(PythonError) in
      guard let old = arguments[0].object(PropertyObject.self) else { return .none }
      return machine.property(arguments[1], old.setter, old.deleter, .none, old.type)
    },
    BuiltinRow("setter", 1...1) { (machine, arguments) throws(PythonError) in
      guard let old = arguments[0].object(PropertyObject.self) else { return .none }
      return machine.property(old.getter, arguments[1], old.deleter, old.documentation, old.type)
    },
    BuiltinRow("deleter", 1...1) { (machine, arguments) throws(PythonError) in
      guard let old = arguments[0].object(PropertyObject.self) else { return .none }
      return machine.property(old.getter, old.setter, arguments[1], old.documentation, old.type)
    },
    BuiltinRow("__get__", 1...2) { (machine, arguments) throws(PythonError) in
      if arguments[1].isNone { return arguments[0] }
      return try machine.bind(arguments[0], to: arguments[1], machine.type(of: arguments[1]))
    },
  ]

  static let propertyAttributes: [AttributeRow] = [
    AttributeRow("fget") { (_, value) throws(PythonError) in
      value.object(PropertyObject.self)?.getter ?? .none
    },
    AttributeRow("fset") { (_, value) throws(PythonError) in
      value.object(PropertyObject.self)?.setter ?? .none
    },
    AttributeRow("fdel") { (_, value) throws(PythonError) in
      value.object(PropertyObject.self)?.deleter ?? .none
    },
    AttributeRow(
      "__doc__",
      { (_, value) throws(PythonError) in
        value.object(PropertyObject.self)?.documentation ?? .none
      },
      set: { (_, value, new) throws(PythonError) in
        value.object(PropertyObject.self)?.documentation = new
      }
    ),
  ]

  private func property(
    _ getter: Value,
    _ setter: Value,
    _ deleter: Value,
    _ documentation: Value,
    _ type: TypeObject?
  ) -> Value {
    let made = PropertyObject(
      getter: getter,
      setter: setter,
      deleter: deleter,
      type: type ?? types.property
    )
    made.documentation = documentation
    if documentation.isNone, let function = getter.object(FunctionObject.self) {
      made.documentation = function.documentation
    }
    return .object(made)
  }

  static let wrapperRows: [BuiltinRow] = [
    BuiltinRow("__new__", 1...1) { (machine, arguments) throws(PythonError) in
      let type = arguments[0].object(TypeObject.self)
      return .object(MethodWrapper(function: arguments[1], type: type))
    },
    BuiltinRow("__call__", keywords: true) { (machine, arguments) throws(PythonError) in
      guard let wrapper = arguments[0].object(MethodWrapper.self),
        wrapper.type === machine.types.staticmethod
      else { throw machine.typeError("'classmethod' object is not callable") }
      return try machine.forwardCall(wrapper.function, arguments)
    },
    BuiltinRow("__get__", 1...2) { (machine, arguments) throws(PythonError) in
      guard let wrapper = arguments[0].object(MethodWrapper.self) else { return .none }
      if wrapper.type === machine.types.staticmethod { return wrapper.function }
      let type =
        arguments.optional(2)?.object(TypeObject.self) ?? machine.type(of: arguments[1])
      return machine.bind(wrapper, toClass: type)
    },
  ]

  static let wrapperAttributes: [AttributeRow] = [
    AttributeRow("__func__") { (_, value) throws(PythonError) in
      value.object(MethodWrapper.self)?.function ?? .none
    },
    AttributeRow("__wrapped__") { (_, value) throws(PythonError) in
      value.object(MethodWrapper.self)?.function ?? .none
    },
    AttributeRow("__name__") { (machine, value) throws(PythonError) in
      try machine.attribute(
        value.object(MethodWrapper.self)?.function ?? .none,
        machine.names.dunderName
      )
    },
    AttributeRow("__doc__") { (machine, value) throws(PythonError) in
      try machine.attribute(
        value.object(MethodWrapper.self)?.function ?? .none,
        machine.names.dunderDoc
      )
    },
  ]

  static let superRows: [BuiltinRow] = [
    BuiltinRow("__new__", 0...2) { (machine, arguments) throws(PythonError) in
      guard arguments.positionalCount > 1 else { return try machine.implicitSuper() }
      guard let start = arguments[1].object(TypeObject.self) else {
        throw machine.typeError(
          "super() argument 1 must be a type, not \(machine.typeName(arguments[1]))"
        )
      }
      guard let receiver = arguments.optional(2) else {
        throw machine.notSupported("super() with one argument")
      }
      return try machine.makeSuper(start, receiver)
    },
    BuiltinRow("__repr__", 0...0) { (machine, arguments) throws(PythonError) in
      guard let parent = arguments[0].object(SuperObject.self) else { return .none }
      return machine.string(
        "<super: <class '\(parent.start.name)'>, <\(parent.of.name) object>>"
      )
    },
  ]

  static let getsetRows: [BuiltinRow] = [
    BuiltinRow("__get__", 1...2) { (machine, arguments) throws(PythonError) in
      guard let computed = arguments[0].object(GetSetObject.self), !arguments[1].isNone else {
        return arguments[0]
      }
      return try computed.row.get(machine, arguments[1])
    },
    BuiltinRow("__set__", 2...2) { (machine, arguments) throws(PythonError) in
      guard let computed = arguments[0].object(GetSetObject.self), let set = computed.row.set
      else { throw machine.attributeError("attribute is not writable") }
      try set(machine, arguments[1], arguments[2])
      return .none
    },
    BuiltinRow("__repr__", 0...0) { (machine, arguments) throws(PythonError) in
      guard let computed = arguments[0].object(GetSetObject.self) else { return .none }
      return machine.string(
        "<attribute '\(computed.row.name)' of '\(computed.owner.name)' objects>"
      )
    },
  ]
}
