/// Making modules from tables.
extension Machine {
  /// A module of functions and other values.
  func module(
    _ name: String,
    _ rows: [BuiltinRow],
    values: [(String, Value)] = []
  ) -> ModuleObject {
    let module = ModuleObject(name: name, type: types.module)
    install(rows: rows, in: module)
    for (name, value) in values { module.attributes?[symbol(name)] = value }
    return module
  }

  /// A class of a module: its methods, `__iter__` and `__next__` too for one whose instances are iterators.
  func makeType(
    _ name: String,
    module: String,
    base: TypeObject? = nil,
    layout: TypeObject.Layout = .other,
    rows: [BuiltinRow],
    attributes: [AttributeRow] = [],
    isIterator: Bool = false
  ) -> TypeObject {
    let type = makeType(name, module: module, base: base, layout: layout)
    install(rows: rows, in: type)
    install(attributes: attributes, in: type)
    if isIterator { installIteration(in: type) }
    return type
  }
}
