extension Machine {
  /// Adds the functions of `rows` to `type` as methods.
  func install(rows: [BuiltinRow], in type: TypeObject) {
    for row in rows {
      let made = Value.object(
        BuiltinFunction(
          row,
          owner: type,
          module: type.module,
          type: row.binding == .nothing ? types.builtinFunction : types.methodDescriptor
        )
      )
      type.members[symbols.symbol(row.name)] =
        switch row.binding {
        case .instance: made
        case .type: .object(MethodWrapper(function: made, type: types.classmethod))
        case .nothing: .object(MethodWrapper(function: made, type: types.staticmethod))
        }
    }
  }

  /// Adds the functions of `rows` to `module`.
  func install(rows: [BuiltinRow], in module: ModuleObject) {
    for row in rows {
      module.attributes?[symbols.symbol(row.name)] = function(row, module: module.name)
    }
  }

  /// Adds the functions of `rows` to the built-ins.
  func install(builtins rows: [BuiltinRow]) {
    for row in rows { builtins[symbols.symbol(row.name)] = function(row) }
  }

  /// Adds the computed attributes of `rows` to `type`.
  func install(attributes rows: [AttributeRow], in type: TypeObject) {
    for row in rows {
      type.members[symbols.symbol(row.name)] =
        .object(GetSetObject(row, owner: type, type: types.getsetDescriptor))
    }
  }

  /// Adds `__iter__` and `__next__` to a class whose instances are ``IteratorObject``s.
  func installIteration(in type: TypeObject) {
    install(rows: Self.iterationRows, in: type)
  }

  /// A class that is built in, with `object` or `base` as its base.
  func makeType(
    _ name: String,
    module: String = "builtins",
    base: TypeObject? = nil,
    layout: TypeObject.Layout = .other
  ) -> TypeObject {
    TypeObject(
      name: name,
      module: module,
      bases: [base ?? types.object],
      layout: layout,
      metatype: types.type
    )
  }

  private static let iterationRows: [BuiltinRow] = [
    BuiltinRow("__iter__", 0...0) { (_, arguments) throws(PythonError) in arguments[0] },
    BuiltinRow("__next__", 0...0) { (machine, arguments) throws(PythonError) in
      guard let iterator = arguments[0].object(IteratorObject.self) else {
        throw machine.typeError("not an iterator")
      }
      guard let value = try iterator.next(machine) else { throw machine.stopIteration() }
      return value
    },
  ]
}
