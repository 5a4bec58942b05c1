/// The instructions that build containers and strings.
extension Machine {
  /// Carries out `instruction` and gives the new end of the stack.
  func build(
    _ instruction: Instruction,
    _ top: UnsafeMutablePointer<Value>
  ) throws(PythonError) -> UnsafeMutablePointer<Value> {
    let a = Int(instruction.a)
    switch instruction.opcode {
    case .buildTuple: return replace(a, top, tuple(taken(a, top)))
    case .buildList: return replace(a, top, list(taken(a, top)))
    case .buildSet:
      let made = SetObject(type: types.set)
      for i in 0..<a { try insert(top[i - a], into: made) }
      if instruction.b == 1 {
        let copy = SetObject(type: types.set)
        try SetType.update(copy, from: .object(made), self)
        return replace(a, top, .object(copy))
      }
      return replace(a, top, .object(made))
    case .buildDict:
      let made = DictObject(type: types.dict)
      for i in 0..<a {
        let pair = top - 2 * (a - i)
        try set(pair[0], to: pair[1], in: made)
      }
      return replace(2 * a, top, .object(made))
    case .buildString:
      var text = ""
      for i in 0..<a { text += self.text(top[i - a]) ?? "" }
      return replace(a, top, string(text))
    case .listToTuple:
      let items = top[-1].object(ListObject.self)?.items ?? []
      return replace(1, top, tuple(items))
    case .listExtend:
      try extend(top[-1 - a], top[-1])
    case .setAdd:
      if let set = top[-1 - a].object(SetObject.self) { try insert(top[-1], into: set) }
    case .setUpdate:
      guard let set = top[-1 - a].object(SetObject.self) else { break }
      let iterator = try iterator(top[-1])
      while let item = try iterator.next(self) { try insert(item, into: set) }
    case .dictSet:
      if let dict = top[-2 - a].object(DictObject.self) {
        try set(top[-2], to: top[-1], in: dict)
      }
      return drop(2, top)
    case .dictUpdate:
      if let dict = top[-1 - a].object(DictObject.self) {
        guard let pairs = try pairs(of: top[-1]) else {
          throw typeError("'\(typeName(top[-1]))' object is not a mapping")
        }
        for (key, value) in pairs { try set(key, to: value, in: dict) }
      }
    case .dictMerge:
      try merge(top[-1], into: top[-1 - a], callable: top[-4 - a])
    default:
      return try format(instruction, top)
    }
    return drop(1, top)
  }

  /// The pairs of a mapping; nil when `value` is none.
  func pairs(of value: Value) throws(PythonError) -> [(Value, Value)]? {
    if let dict = value.object(DictObject.self), dict.type === types.dict {
      var pairs: [(Value, Value)] = []
      for entry in dict.table.entries where !entry.key.isUnbound {
        pairs.append((entry.key, entry.value))
      }
      return pairs
    }
    guard let keys = try attributeIfAny(value, names.keys) else { return nil }
    var pairs: [(Value, Value)] = []
    for key in try items(try call(keys)) { pairs.append((key, try item(value, key))) }
    return pairs
  }

  /// The name of a callable in messages about its arguments, `__main__.f()`.
  func callableName(_ callable: Value) -> String {
    if let function = callable.object(FunctionObject.self) {
      return "\(function.module).\(function.qualifiedName)()"
    }
    if let method = callable.object(BoundMethod.self) { return callableName(method.function) }
    if let builtin = callable.object(BuiltinFunction.self) {
      return builtin.module == "builtins"
        ? "\(qualifiedName(builtin))()" : "\(builtin.module).\(qualifiedName(builtin))()"
    }
    if let type = callable.object(TypeObject.self) { return "\(qualifiedName(type))()" }
    return "\(typeName(callable)) object"
  }

  private func taken(_ count: Int, _ top: UnsafeMutablePointer<Value>) -> [Value] {
    Array(UnsafeBufferPointer(start: top - count, count: count))
  }

  private func extend(_ target: Value, _ iterable: Value) throws(PythonError) {
    guard let list = target.object(ListObject.self) else { return }
    let type = type(of: iterable)
    if type.find(names.dunderIter).isUnbound, type.find(names.dunderGetitem).isUnbound {
      throw typeError("Value after * must be an iterable, not \(type.name)")
    }
    let more = try items(iterable)
    list.items.append(contentsOf: more)
  }

  private func merge(
    _ mapping: Value,
    into target: Value,
    callable: Value
  ) throws(PythonError) {
    guard let dict = target.object(DictObject.self) else { return }
    guard let pairs = try pairs(of: mapping) else {
      throw typeError(
        "\(callableName(callable)) argument after ** must be a mapping, not \(typeName(mapping))"
      )
    }
    for (key, value) in pairs {
      guard let name = text(key) else { throw typeError("keywords must be strings") }
      if try find(key, in: dict) != nil {
        throw typeError(
          "\(callableName(callable)) got multiple values for keyword argument '\(name)'"
        )
      }
      try set(key, to: value, in: dict)
    }
  }

  private func format(
    _ instruction: Instruction,
    _ top: UnsafeMutablePointer<Value>
  ) throws(PythonError) -> UnsafeMutablePointer<Value> {
    let hasSpec = instruction.b & 4 != 0
    let spec = hasSpec ? text(top[-1]) ?? "" : ""
    let value = hasSpec ? top[-2] : top[-1]
    let result: String
    switch instruction.b & 3 {
    case 1: result = try format(converted: try str(value), spec)
    case 2: result = try format(converted: try repr(value), spec)
    case 3: result = try format(converted: ASCII.escaped(try repr(value)), spec)
    default: result = try format(value, spec: spec)
    }
    return replace(hasSpec ? 2 : 1, top, string(result))
  }

  private func format(converted text: String, _ spec: String) throws(PythonError) -> String {
    spec.isEmpty ? text : try format(string(text), spec: spec)
  }
}

/// Text in ASCII alone, as `ascii()` and `!a` write it.
enum ASCII {
  /// `text` with every other code point as an escape.
  static func escaped(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      let value = scalar.value
      let digits = String(value, radix: 16)
      switch value {
      case 0..<0x80: result.unicodeScalars.append(scalar)
      case ..<0x100: result += "\\x" + digits
      case ..<0x10000: result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      }
    }
    return result
  }
}
