/// The methods of `bytes`, as far as scripts that only hash, print or decode them need.
enum BytesType {
  static let rows: [BuiltinRow] =
    [
      BuiltinRow("__new__", keywords: true, new),
      BuiltinRow("__repr__", 0...0) { (machine, a) throws(PythonError) in
        machine.string(try machine.receiver(a, BytesObject.self).text)
      },
      BuiltinRow("__len__", 0...0) { (machine, a) throws(PythonError) in
        .int(try machine.receiver(a, BytesObject.self).bytes.count)
      },
      BuiltinRow("__hash__", 0...0) { (machine, a) throws(PythonError) in
        .int(Hashing.hash(try machine.receiver(a, BytesObject.self).text))
      },
      BuiltinRow("__getitem__", 1...1, getItem),
      BuiltinRow("__iter__", 0...0) { (machine, a) throws(PythonError) in
        let items = try machine.receiver(a, BytesObject.self).bytes.map { Value.int(Int($0)) }
        return .object(
          TupleIterator(
            TupleObject(items, type: machine.types.tuple),
            type: machine.types.tupleIterator
          )
        )
      },
      BuiltinRow("__contains__", 1...1) { (machine, a) throws(PythonError) in
        let bytes = try machine.receiver(a, BytesObject.self).bytes
        if let part = a[1].object(BytesObject.self) {
          return .bool(bytes.firstIndex(of: part.bytes) != nil)
        }
        guard case .int(let byte) = a[1] else {
          throw machine.typeError(
            "a bytes-like object is required, not '\(machine.typeName(a[1]))'"
          )
        }
        return .bool(bytes.contains { Int($0) == byte })
      },
      BuiltinRow("__add__", 1...1) { (machine, a) throws(PythonError) in
        let bytes = try machine.receiver(a, BytesObject.self).bytes
        guard let other = a[1].object(BytesObject.self) else {
          throw machine.typeError("can't concat \(machine.typeName(a[1])) to bytes")
        }
        return .object(BytesObject(bytes + other.bytes, type: machine.types.bytes))
      },
      BuiltinRow("__mul__", 1...1, multiply),
      BuiltinRow("__rmul__", 1...1, multiply),
      BuiltinRow("decode", 0...2, keywords: true) { (machine, a) throws(PythonError) in
        machine.string(try machine.receiver(a, BytesObject.self).decoded(machine))
      },
      BuiltinRow("hex", 0...0) { (machine, a) throws(PythonError) in
        var text = ""
        for byte in try machine.receiver(a, BytesObject.self).bytes {
          text += (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        return machine.string(text)
      },
    ]
    + ComparisonOperator.methods.map { name, op in
      BuiltinRow(name, 1...1) { (machine, a) throws(PythonError) in
        let left = try machine.receiver(a, BytesObject.self).bytes
        guard let right = a[1].object(BytesObject.self)?.bytes else { return .notImplemented }
        let order = left.lexicographicallyPrecedes(right) ? -1 : left == right ? 0 : 1
        return .bool(op.holds(forOrder: order))
      }
    }

  private static func new(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    var bytes: [UInt8] = []
    if let source = a.optional(1) {
      if let string = source.object(StringObject.self) {
        if a.optional(2) == nil, a.keywords.isEmpty {
          throw machine.typeError("string argument without an encoding")
        }
        bytes = Array(string.text.utf8)
      } else if let other = source.object(BytesObject.self) {
        bytes = other.bytes
      } else if case .int(let count) = source {
        if count < 0 { throw machine.valueError("negative count") }
        try machine.checkSize(count)
        bytes = [UInt8](repeating: 0, count: count)
      } else {
        for item in try machine.items(source) {
          let value = try machine.index(item)
          guard value >= 0, value < 256 else {
            throw machine.valueError("bytes must be in range(0, 256)")
          }
          bytes.append(UInt8(value))
        }
      }
    }
    return .object(BytesObject(bytes, type: a[0].object(TypeObject.self)))
  }

  private static func multiply(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let bytes = try machine.receiver(a, BytesObject.self).bytes
    guard let times = try machine.repetitions(a[1]) else {
      return try ListType.nonInteger(machine, a[1])
    }
    guard times > 0 else { return .object(BytesObject([], type: machine.types.bytes)) }
    try machine.checkSize(times, of: max(1, bytes.count))
    return .object(
      BytesObject(
        Array([[UInt8]](repeating: bytes, count: times).joined()),
        type: machine.types.bytes
      )
    )
  }

  private static func getItem(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let bytes = try machine.receiver(a, BytesObject.self).bytes
    if let slice = a[1].object(SliceObject.self) {
      let picked = try slice.picked(from: bytes.count, machine)
      return .object(
        BytesObject(picked.indices().map { bytes[$0] }, type: machine.types.bytes)
      )
    }
    let place = try machine.position(a[1], count: bytes.count) { name in
      "byte indices must be integers or slices, not \(name)"
    }
    guard let place else { throw machine.indexError("index out of range") }
    return .int(Int(bytes[place]))
  }
}
