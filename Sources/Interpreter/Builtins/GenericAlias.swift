/// `list[int]`, or a union such as `int | None`: inert, for annotations.
final class GenericAliasObject: Object {
  /// The class that was subscripted; nil for a union.
  let origin: Value?
  /// What stood in the brackets, or the members of the union.
  let parameters: [Value]

  init(origin: Value?, parameters: [Value], type: TypeObject?) {
    self.origin = origin
    self.parameters = parameters
    super.init(type: type)
  }

  /// Makes `class[item]`.
  static func make(_ machine: Machine, _ arguments: Arguments) throws(PythonError) -> Value {
    let items = arguments[1].object(TupleObject.self)?.items ?? [arguments[1]]
    return .object(
      GenericAliasObject(
        origin: arguments[0],
        parameters: items,
        type: machine.types.genericAlias
      )
    )
  }

  /// `a | b` of two classes; NotImplemented where one cannot be part of a union.
  static func union(_ machine: Machine, _ a: Value, _ b: Value) throws(PythonError) -> Value {
    var members: [Value] = []
    for part in [a, b] {
      let parts: [Value]
      if let alias = part.object(GenericAliasObject.self), alias.origin == nil {
        parts = alias.parameters
      } else if part.isNone {
        parts = [.object(machine.types.noneType)]
      } else if part.object(TypeObject.self) != nil || part.object(GenericAliasObject.self) != nil {
        parts = [part]
      } else {
        return .notImplemented
      }
      for part in parts where !members.contains(where: { $0.isIdentical(to: part) }) {
        members.append(part)
      }
    }
    if members.count == 1 { return members[0] }
    return .object(
      GenericAliasObject(origin: nil, parameters: members, type: machine.types.unionType)
    )
  }

  /// How the alias is written.
  func text(_ machine: Machine) throws(PythonError) -> String {
    var text = ""
    var first = true
    for parameter in parameters {
      if !first { text += origin == nil ? " | " : ", " }
      first = false
      text += try Self.name(parameter, machine)
    }
    guard let origin else { return text }
    return "\(try Self.name(origin, machine))[\(text.isEmpty ? "()" : text)]"
  }

  private static func name(_ value: Value, _ machine: Machine) throws(PythonError) -> String {
    if let type = value.object(TypeObject.self) {
      return type === machine.types.noneType ? "None" : machine.qualifiedName(type)
    }
    if case .ellipsis = value { return "..." }
    if let list = value.object(ListObject.self) {
      var parts = ""
      for item in list.items { parts += (parts.isEmpty ? "" : ", ") + (try name(item, machine)) }
      return "[\(parts)]"
    }
    return try machine.repr(value)
  }
}

/// The methods of `types.GenericAlias` and `types.UnionType`.
enum GenericAliasType {
  static let rows: [BuiltinRow] = [
    BuiltinRow("__repr__", 0...0) { (machine, a) throws(PythonError) in
      machine.string(try machine.receiver(a, GenericAliasObject.self).text(machine))
    },
    BuiltinRow("__or__", 1...1) { (machine, a) throws(PythonError) in
      try GenericAliasObject.union(machine, a[0], a[1])
    },
    BuiltinRow("__ror__", 1...1) { (machine, a) throws(PythonError) in
      try GenericAliasObject.union(machine, a[1], a[0])
    },
    BuiltinRow("__call__", keywords: true) { (machine, a) throws(PythonError) in
      let alias: GenericAliasObject = try machine.receiver(a)
      guard let origin = alias.origin else {
        throw machine.typeError("'types.UnionType' object is not callable")
      }
      var keywords: [(Symbol, Value)] = []
      for (i, name) in a.keywords.enumerated() {
        keywords.append((name, a.values[a.positionalCount + i]))
      }
      return try machine.call(origin, a.positional(from: 1), keywords: keywords)
    },
    BuiltinRow("__getitem__", 1...1) { (machine, a) throws(PythonError) in
      let alias: GenericAliasObject = try machine.receiver(a)
      let items = a[1].object(TupleObject.self)?.items ?? [a[1]]
      return .object(
        GenericAliasObject(origin: alias.origin, parameters: items, type: alias.type)
      )
    },
    BuiltinRow("__hash__", 0...0) { (machine, a) throws(PythonError) in
      var hash = Hashing.OfTuple()
      for part in try machine.receiver(a, GenericAliasObject.self).parameters {
        hash.add(try machine.keyHash(part))
      }
      return .int(hash.result)
    },
    BuiltinRow("__eq__", 1...1) { (machine, a) throws(PythonError) in
      guard let left = a[0].object(GenericAliasObject.self),
        let right = a[1].object(GenericAliasObject.self)
      else { return .notImplemented }
      guard let origin = left.origin, let other = right.origin else {
        guard left.origin == nil, right.origin == nil else { return .bool(false) }
        return .bool(
          left.parameters.allSatisfy { part in
            right.parameters.contains { $0.isIdentical(to: part) }
          } && left.parameters.count == right.parameters.count
        )
      }
      guard try machine.isEqual(origin, other) else { return .bool(false) }
      return .bool(try machine.areEqual(left.parameters, right.parameters))
    },
    BuiltinRow("__instancecheck__", 1...1) { (machine, a) throws(PythonError) in
      let alias: GenericAliasObject = try machine.receiver(a)
      guard alias.origin == nil else {
        throw machine.typeError("isinstance() argument 2 cannot be a parameterized generic")
      }
      return .bool(try machine.isInstance(a[1], of: machine.tuple(alias.parameters)))
    },
    BuiltinRow("__subclasscheck__", 1...1) { (machine, a) throws(PythonError) in
      let alias: GenericAliasObject = try machine.receiver(a)
      guard alias.origin == nil else {
        throw machine.typeError("issubclass() argument 2 cannot be a parameterized generic")
      }
      return .bool(try machine.isSubclass(a[1], of: machine.tuple(alias.parameters)))
    },
  ]

  static let attributes: [AttributeRow] = [
    AttributeRow("__origin__") { (machine, value) throws(PythonError) in
      value.object(GenericAliasObject.self)?.origin ?? .object(machine.types.unionType)
    },
    AttributeRow("__args__") { (machine, value) throws(PythonError) in
      machine.tuple(value.object(GenericAliasObject.self)?.parameters ?? [])
    },
  ]
}
