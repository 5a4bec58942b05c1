/// Making classes and instances of them.
extension Machine {
  /// Calls a class: `type(x)`, or a new instance.
  func instantiate(
    _ type: TypeObject,
    _ base: UnsafeMutablePointer<Value>,
    _ count: Int,
    _ keywords: [Symbol]
  ) throws(PythonError) -> Value {
    if type === types.type, count == 1, keywords.isEmpty {
      return .object(self.type(of: base[2]))
    }
    if let meta = type.type, meta.isUserDefined {
      let method = meta.find(names.dunderCall)
      if method.object(FunctionObject.self) != nil {
        return try call(prepending: .object(type), to: method, base, count, keywords)
      }
    }
    return try makeInstance(type, base, count, keywords)
  }

  /// What `type.__call__` does: `__new__`, then `__init__`.
  func makeInstance(
    _ type: TypeObject,
    _ base: UnsafeMutablePointer<Value>,
    _ count: Int,
    _ keywords: [Symbol]
  ) throws(PythonError) -> Value {
    var new = type.find(names.dunderNew)
    if let wrapper = new.object(MethodWrapper.self) { new = wrapper.function }
    let initializer = type.find(names.dunderInit)
    let hasPlainInitializer = initializer.isIdentical(to: objectInit)
    let instance: Value
    if new.isIdentical(to: objectNew) {
      if count > 0, hasPlainInitializer { throw typeError("\(type.name)() takes no arguments") }
      instance = try allocate(type)
      if hasPlainInitializer { return instance }
    } else {
      instance = try call(prepending: .object(type), to: new, base, count, keywords)
      if hasPlainInitializer || !self.type(of: instance).isSubtype(of: type) { return instance }
    }
    // `__init__` of the class that `__new__` chose.
    let method = self.type(of: instance).find(names.dunderInit)
    let result: Value
    if isPlainFunction(method) {
      result = try call(prepending: instance, to: method, base, count, keywords)
    } else {
      let bound = try bind(method, to: instance, self.type(of: instance))
      base[0] = bound
      result = try invoke(base, count, keywords)
    }
    if !result.isNone { throw badInitializer(result) }
    return instance
  }

  /// What `object.__new__` makes.
  func allocate(_ type: TypeObject) throws(PythonError) -> Value {
    switch type.layout {
    case .plain: return .object(Object(type: type))
    case .exception: return .object(ExceptionObject([], type: type))
    case .list: return .object(ListObject([], type: type))
    case .dict: return .object(DictObject(type: type))
    case .set: return .object(SetObject(type: type))
    default: throw typeError("cannot create '\(type.name)' instances")
    }
  }

  /// Calls `function` with `first` before the arguments from `base[2]` on.
  func call(
    prepending first: Value,
    to function: Value,
    _ base: UnsafeMutablePointer<Value>,
    _ count: Int,
    _ keywords: [Symbol]
  ) throws(PythonError) -> Value {
    let wider = stack.reserve(count + 3)
    wider.initialize(to: function)
    (wider + 1).initialize(to: .unbound)
    (wider + 2).initialize(to: first)
    (wider + 3).initialize(from: base + 2, count: count)
    defer { stack.release(wider, initialized: count + 3, reserved: count + 3) }
    try enterCall()
    defer { leaveCall() }
    return try invoke(wider, count + 1, keywords)
  }

  /// The statement `class`: the function of its body, its name, bases and keywords.
  func makeClass(_ arguments: Arguments) throws(PythonError) -> Value {
    guard let body = arguments[0].object(FunctionObject.self),
      let name = text(arguments[1])
    else { throw typeError("__build_class__: func must be a function") }
    let given = arguments.positional(from: 2)
    let bases = try resolvedBases(given)
    var keywords: [(Symbol, Value)] = []
    var meta = Value.object(bases.first.map { type(of: $0) } ?? types.type)
    for (i, keyword) in arguments.keywords.enumerated() {
      let value = arguments.values[arguments.positionalCount + i]
      if keyword == names.metaclass {
        meta = value
      } else {
        keywords.append((keyword, value))
      }
    }
    if let explicit = meta.object(TypeObject.self) {
      meta = .object(try metatype(explicit, bases))
    }
    let namespace = AttributeTable()
    let classCell = try runBody(body, namespace)
    if !given.isEmpty, bases.count != given.count || !same(bases, given) {
      namespace[symbols.symbol("__orig_bases__")] = tuple(given)
    }
    let made: Value
    if meta.object(TypeObject.self) === types.type {
      made = .object(
        try makeType(name, bases, namespace, keywords: keywords, metatype: types.type)
      )
    } else {
      let dict = try dict(entries(of: namespace))
      made = try call(meta, [string(name), tuple(bases), dict], keywords: keywords)
    }
    if let classCell, made.object(TypeObject.self) != nil { classCell.value = made }
    return made
  }

  /// The attributes of a table in order.
  func entries(of table: AttributeTable) -> [(Symbol, Value)] {
    (0..<table.count).map { (table.entry(at: $0).key, table.entry(at: $0).value) }
  }

  /// A class made by `type(name, bases, namespace)`: order of resolution, `__set_name__`, `__init_subclass__`.
  func makeType(
    _ name: String,
    _ bases: [Value],
    _ namespace: AttributeTable,
    keywords: [(Symbol, Value)],
    metatype: TypeObject
  ) throws(PythonError) -> TypeObject {
    var parents: [TypeObject] = []
    for base in bases {
      guard let parent = base.object(TypeObject.self) else {
        throw typeError("bases must be types")
      }
      try checkBase(parent)
      parents.append(parent)
    }
    if parents.isEmpty { parents = [types.object] }
    let made = TypeObject(
      name: name,
      module: "__main__",
      bases: parents,
      layout: try layout(of: parents),
      isUserDefined: true,
      metatype: metatype
    )
    made.setLinearization([made] + (try Linearization.merge(parents, self)))
    try fill(made, namespace)
    try setNames(made)
    try initializeSubclass(made, keywords)
    return made
  }

  private func fill(_ made: TypeObject, _ namespace: AttributeTable) throws(PythonError) {
    for (key, value) in entries(of: namespace) {
      var value = value
      if key == names.dunderQualname, let text = text(value) {
        made.qualifiedName = text
        continue
      }
      if key == names.dunderModule, let text = text(value) { made.module = text }
      if key == names.dunderSlots { try setSlots(made, value) }
      if value.object(FunctionObject.self) != nil {
        if key == names.dunderNew {
          value = .object(MethodWrapper(function: value, type: types.staticmethod))
        } else if key == names.dunderInitSubclass || key == names.dunderClassGetitem {
          value = .object(MethodWrapper(function: value, type: types.classmethod))
        }
      }
      made.members[key] = value
    }
    if namespace[names.dunderEq] != nil, namespace[names.dunderHash] == nil {
      made.members[names.dunderHash] = Value.none
    }
  }

  private func setSlots(_ made: TypeObject, _ value: Value) throws(PythonError) {
    let items = text(value) != nil ? [value] : try items(value)
    for item in items {
      guard let name = text(item) else {
        throw typeError("__slots__ items must be strings, not '\(typeName(item))'")
      }
      if name == "__dict__" { return }
      made.slotNames.append(symbols.symbol(name))
    }
    var inherits = false
    for base in made.bases where base.allowsAttributes { inherits = true }
    made.allowsAttributes = inherits
  }

  private func setNames(_ made: TypeObject) throws(PythonError) {
    for (key, value) in entries(of: made.members) {
      guard case .object(let object) = value else { continue }
      if let property = object as? PropertyObject, property.name.isEmpty {
        property.name = symbols.name(key)
        continue
      }
      let method = type(of: value).find(names.dunderSetName)
      if method.isUnbound { continue }
      _ = try callMethod(method, value, .object(made), string(symbols.name(key)))
    }
  }

  private func initializeSubclass(
    _ made: TypeObject,
    _ keywords: [(Symbol, Value)]
  ) throws(PythonError) {
    guard let hook = made.lookup(names.dunderInitSubclass, after: made) else { return }
    if let wrapper = hook.object(MethodWrapper.self) {
      if wrapper.function.isIdentical(to: objectInitSubclass), keywords.isEmpty { return }
      _ = try call(bind(wrapper, toClass: made), [], keywords: keywords)
    } else {
      _ = try call(hook, [], keywords: keywords)
    }
  }

  private func runBody(
    _ body: FunctionObject,
    _ namespace: AttributeTable
  ) throws(PythonError) -> CellObject? {
    let base = stack.reserve(2)
    base.initialize(to: .object(body))
    (base + 1).initialize(to: .unbound)
    let entered: FramePointer?
    do throws(PythonError) {
      entered = try enter(body, base, 0, [])
    } catch {
      stack.release(base, initialized: 2, reserved: 2)
      throw error
    }
    defer { stack.release(base, initialized: 0, reserved: 2) }
    guard let frame = entered else { return nil }
    frame.pointee.classNames = namespace
    namespace[names.dunderModule] = string(body.module)
    namespace[names.dunderQualname] = string(body.code.qualifiedName)
    if let documentation = body.code.documentation {
      namespace[names.dunderDoc] = string(documentation)
    }
    var cell: CellObject?
    for (i, row) in body.code.cells.enumerated() where row.name == names.dunderClass {
      cell =
        frame.pointee.locals[body.code.localNames.count + i].object(CellObject.self)
    }
    _ = try execute(frame)
    return cell
  }

  private func resolvedBases(_ given: [Value]) throws(PythonError) -> [Value] {
    var bases: [Value] = []
    for base in given {
      if base.object(TypeObject.self) != nil {
        bases.append(base)
        continue
      }
      guard let method = try attributeIfAny(base, names.dunderMroEntries) else {
        bases.append(base)
        continue
      }
      bases += try items(try call(method, [tuple(given)]))
    }
    return bases
  }

  private func same(_ a: [Value], _ b: [Value]) -> Bool {
    for i in a.indices where !a[i].isIdentical(to: b[i]) { return false }
    return true
  }

  /// The most derived of the metaclasses.
  private func metatype(
    _ explicit: TypeObject,
    _ bases: [Value]
  ) throws(PythonError) -> TypeObject {
    var winner = explicit
    for base in bases {
      let meta = type(of: base)
      if winner.isSubtype(of: meta) { continue }
      if meta.isSubtype(of: winner) {
        winner = meta
        continue
      }
      throw typeError(
        "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of "
          + "the metaclasses of all its bases"
      )
    }
    return winner
  }

  private func checkBase(_ parent: TypeObject) throws(PythonError) {
    let closed = [
      types.bool, types.noneType, types.function, types.range, types.slice, types.generator,
      types.ellipsisType, types.notImplementedType, types.method, types.builtinFunction,
    ]
    for type in closed where type === parent {
      throw typeError("type '\(parent.name)' is not an acceptable base type")
    }
  }

  private func layout(of parents: [TypeObject]) throws(PythonError) -> TypeObject.Layout {
    var layout = TypeObject.Layout.plain
    for parent in parents where parent.layout != .plain {
      if layout != .plain, layout != parent.layout {
        throw typeError("multiple bases have instance lay-out conflict")
      }
      layout = parent.layout
    }
    return layout
  }
}

/// The order in which attributes are looked up, by the C3 rule.
enum Linearization {
  /// The merged orders of `parents`, in which every class precedes its bases.
  static func merge(
    _ parents: [TypeObject],
    _ machine: Machine
  ) throws(PythonError) -> [TypeObject] {
    for (i, parent) in parents.enumerated() {
      for other in parents[..<i] where other === parent {
        throw machine.typeError("duplicate base class \(parent.name)")
      }
    }
    var lists = parents.map(\.linearization) + [parents]
    var order: [TypeObject] = []
    while true {
      lists.removeAll { $0.isEmpty }
      if lists.isEmpty { return order }
      guard let next = candidate(lists) else {
        let names = heads(lists).map(\.name).joined(separator: ", ")
        throw machine.typeError(
          "Cannot create a consistent method resolution\norder (MRO) for bases \(names)"
        )
      }
      order.append(next)
      for i in lists.indices where lists[i][0] === next { lists[i].removeFirst() }
    }
  }

  private static func candidate(_ lists: [[TypeObject]]) -> TypeObject? {
    for list in lists {
      let head = list[0]
      var isFree = true
      for other in lists where other.dropFirst().contains(where: { $0 === head }) {
        isFree = false
      }
      if isFree { return head }
    }
    return nil
  }

  private static func heads(_ lists: [[TypeObject]]) -> [TypeObject] {
    var heads: [TypeObject] = []
    for list in lists where !heads.contains(where: { $0 === list[0] }) { heads.append(list[0]) }
    return heads
  }
}
