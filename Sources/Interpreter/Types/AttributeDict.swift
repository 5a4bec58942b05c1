/// The `__dict__` of an object: a dict that reads and writes the live attributes.
final class AttributeDict: Object {
  /// The attributes.
  let table: AttributeTable

  init(_ table: AttributeTable, type: TypeObject?) {
    self.table = table
    super.init(type: type)
  }
}

extension Machine {
  /// `value.__dict__`, live.
  func attributeDict(of value: Value) throws(PythonError) -> Value {
    guard case .object(let object) = value else {
      throw missingAttribute(value, names.dunderDict)
    }
    if object is ModuleObject || object.type?.allowsAttributes ?? false || object.attributes != nil
    {
      let table = object.attributes ?? AttributeTable()
      object.attributes = table
      return .object(AttributeDict(table, type: attributeDictType))
    }
    throw missingAttribute(value, names.dunderDict)
  }

  /// Python's `value.__dict__ = new`.
  func setAttributeDict(of value: Value, _ new: Value) throws(PythonError) {
    guard case .object(let object) = value, object.type?.allowsAttributes ?? false else {
      throw missingAttribute(value, names.dunderDict)
    }
    if let other = new.object(AttributeDict.self) {
      object.attributes = other.table
      return
    }
    guard new.object(DictObject.self) != nil, let pairs = try pairs(of: new) else {
      throw typeError("__dict__ must be set to a dictionary, not a '\(typeName(new))'")
    }
    let table = AttributeTable()
    for (key, value) in pairs { table[try attributeName(key)] = value }
    object.attributes = table
  }

  /// A plain dict of what `value`, an ``AttributeDict``, holds.
  private func copy(_ value: Value) throws(PythonError) -> Value {
    guard let table = value.object(AttributeDict.self)?.table else { return value }
    return try dict(entries(of: table))
  }

  /// A method that only reads, as a plain dict has it.
  private static func reading(_ name: String) -> BuiltinRow {
    BuiltinRow(name, keywords: true) { (machine, arguments) throws(PythonError) in
      let copy = try machine.copy(arguments[0])
      var rest: [Value] = []
      for value in arguments.positional(from: 1) { rest.append(try machine.copy(value)) }
      let method = machine.types.dict.find(machine.symbols.symbol(name))
      return try machine.callMethod(method, copy, rest)
    }
  }

  /// A method that may write: done on a plain dict, whose entries then become the attributes.
  private static func writing(_ name: String) -> BuiltinRow {
    BuiltinRow(name, keywords: true) { (machine, arguments) throws(PythonError) in
      guard let target = arguments[0].object(AttributeDict.self) else { return .none }
      let copy = try machine.copy(arguments[0])
      let bound = try machine.attribute(copy, machine.symbols.symbol(name))
      var keywords: [(Symbol, Value)] = []
      for (i, keyword) in arguments.keywords.enumerated() {
        keywords.append((keyword, arguments.values[arguments.positionalCount + i]))
      }
      let result = try machine.call(bound, arguments.positional(from: 1), keywords: keywords)
      let pairs = try machine.pairs(of: copy) ?? []
      target.table.removeAll()
      for (key, value) in pairs { target.table[try machine.attributeName(key)] = value }
      return result
    }
  }

  static let attributeDictRows: [BuiltinRow] =
    [
      "__len__", "__iter__", "__contains__", "__repr__", "__eq__", "__ne__", "__or__", "__ror__",
      "__reversed__", "keys", "values", "items", "copy",
    ].map { reading($0) }
    + ["update", "pop", "popitem", "setdefault", "clear", "__ior__"].map { writing($0) }
    + [
      BuiltinRow("__getitem__", 1...1) { (machine, arguments) throws(PythonError) in
        guard let target = arguments[0].object(AttributeDict.self),
          let name = machine.text(arguments[1]),
          let value = target.table[machine.symbols.symbol(name)]
        else { throw machine.keyError(arguments[1]) }
        return value
      },
      BuiltinRow("get", 1...2) { (machine, arguments) throws(PythonError) in
        guard let target = arguments[0].object(AttributeDict.self),
          let name = machine.text(arguments[1]),
          let value = target.table[machine.symbols.symbol(name)]
        else { return arguments.optional(2) ?? .none }
        return value
      },
      BuiltinRow("__setitem__", 2...2) { (machine, arguments) throws(PythonError) in
        let name = try machine.attributeName(arguments[1])
        arguments[0].object(AttributeDict.self)?.table[name] = arguments[2]
        return .none
      },
      BuiltinRow("__delitem__", 1...1) { (machine, arguments) throws(PythonError) in
        guard let target = arguments[0].object(AttributeDict.self),
          let name = machine.text(arguments[1]),
          target.table.remove(machine.symbols.symbol(name))
        else { throw machine.keyError(arguments[1]) }
        return .none
      },
    ]
}
