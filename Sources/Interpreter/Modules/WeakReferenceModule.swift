/// The module `weakref`, as far as references go.
enum WeakReferenceModule {
  static let row = ModuleRow(name: "weakref") { (machine) throws(PythonError) in
    let type = machine.makeType("ReferenceType", module: "weakref", rows: rows)
    return machine.module(
      "weakref",
      [
        "proxy", "finalize", "WeakKeyDictionary", "WeakValueDictionary", "WeakSet", "WeakMethod",
      ].map { name in
        BuiltinRow(name, keywords: true) { (machine, _) throws(PythonError) in
          throw machine.notSupported("weakref.\(name)")
        }
      },
      values: [("ref", .object(type)), ("ReferenceType", .object(type))]
    )
  }

  private static let rows: [BuiltinRow] = [
    BuiltinRow("__new__", 1...2) { (machine, a) throws(PythonError) in
      guard case .object(let object) = a[1], !(object is IntegerObject), !(object is StringObject),
        !(object is TupleObject), object.type !== machine.types.list,
        object.type !== machine.types.dict
      else {
        throw machine.typeError(
          "cannot create weak reference to '\(machine.typeName(a[1]))' object"
        )
      }
      return .object(WeakReferenceObject(object, type: a[0].object(TypeObject.self)))
    },
    BuiltinRow("__call__", 0...0) { (machine, a) throws(PythonError) in
      try machine.receiver(a, WeakReferenceObject.self).target.map { .object($0) } ?? .none
    },
    BuiltinRow("__eq__", 1...1) { (machine, a) throws(PythonError) in
      guard let left = a[0].object(WeakReferenceObject.self),
        let right = a[1].object(WeakReferenceObject.self)
      else { return .notImplemented }
      guard let x = left.target, let y = right.target else { return .bool(left === right) }
      return .bool(try machine.isEqual(.object(x), .object(y)))
    },
    BuiltinRow("__hash__", 0...0) { (machine, a) throws(PythonError) in
      guard let target = try machine.receiver(a, WeakReferenceObject.self).target else {
        throw machine.typeError("weak object has gone away")
      }
      return .int(try machine.hash(.object(target)))
    },
  ]
}

/// A Python `weakref.ref`.
private final class WeakReferenceObject: Object {
  /// What is referred to, nil once it is gone.
  weak var target: Object?

  init(_ target: Object, type: TypeObject?) {
    self.target = target
    super.init(type: type)
  }
}
