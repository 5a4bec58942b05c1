extension Machine {
  /// Fills the tables of the classes that the machine itself is made of.
  func installTypes() {
    install(rows: Self.objectRows, in: types.object)
    install(attributes: Self.objectAttributes, in: types.object)
    objectNew = function(named: names.dunderNew)
    objectInit = function(named: names.dunderInit)
    objectGetattribute = function(named: names.dunderGetattribute)
    objectSetattr = function(named: names.dunderSetattr)
    objectInitSubclass = function(named: names.dunderInitSubclass)
    install(rows: Self.typeRows, in: types.type)
    install(attributes: Self.typeAttributes, in: types.type)
    installExceptions()

    install(rows: Self.functionRows, in: types.function)
    install(attributes: Self.functionAttributes, in: types.function)
    types.function.allowsAttributes = true
    install(rows: Self.methodRows, in: types.method)
    install(attributes: Self.methodAttributes, in: types.method)
    for type in [types.builtinFunction, types.methodDescriptor, types.wrapperDescriptor] {
      install(rows: Self.builtinRows, in: type)
      install(attributes: Self.builtinAttributes, in: type)
    }
    install(attributes: Self.codeAttributes, in: types.code)
    install(attributes: Self.cellAttributes, in: types.cell)

    install(rows: Self.propertyRows, in: types.property)
    install(attributes: Self.propertyAttributes, in: types.property)
    for type in [types.staticmethod, types.classmethod] {
      install(rows: Self.wrapperRows, in: type)
      install(attributes: Self.wrapperAttributes, in: type)
    }
    install(rows: Self.superRows, in: types.superType)
    install(rows: Self.getsetRows, in: types.getsetDescriptor)

    install(rows: Self.generatorRows, in: types.generator)
    install(attributes: Self.generatorAttributes, in: types.generator)
    for type in [
      types.iterator, types.callableIterator, types.listIterator, types.tupleIterator,
      types.rangeIterator,
    ] {
      installIteration(in: type)
    }

    install(rows: Self.attributeDictRows, in: attributeDictType)
    install(rows: Self.attributeDictRows, in: typeDictType)
    install(rows: Self.moduleTypeRows, in: types.module)
    install(attributes: Self.moduleTypeAttributes, in: types.module)
    types.module.allowsAttributes = true
    buildClass = function(
      BuiltinRow("__build_class__", keywords: true) { (machine, arguments) throws(PythonError) in
        try machine.makeClass(arguments)
      }
    )
    builtins[names.dunderBuildClass] = buildClass
  }

  private func function(named name: Symbol) -> Value {
    let member = types.object.members[name] ?? .unbound
    return member.object(MethodWrapper.self)?.function ?? member
  }

  static let moduleTypeRows: [BuiltinRow] = [
    BuiltinRow("__repr__", 0...0) { (machine, arguments) throws(PythonError) in
      let name = arguments[0].object(ModuleObject.self)?.name ?? ""
      return machine.string("<module '\(name)' (built-in)>")
    }
  ]

  static let moduleTypeAttributes: [AttributeRow] = [
    AttributeRow("__name__") { (machine, value) throws(PythonError) in
      machine.string(value.object(ModuleObject.self)?.name ?? "")
    }
  ]
}
