import Autograd

/// Values in a few words for people, without running any code of the script.
struct ShortText {
  let machine: Machine
  /// What tensors inside containers are called.
  let tensorName: (Tensor) -> String

  /// Elements of a container that are shown.
  private static let shown = 6
  /// Characters of a string that are shown.
  private static let characters = 40

  /// A number that changes whenever the text of a container does.
  static func content(of object: Object) -> Int {
    var hasher = Hasher()
    switch object {
    case let list as ListObject:
      hasher.combine(list.items.count)
      for item in list.items.prefix(shown) { combine(item, &hasher) }
    case let dict as DictObject:
      hasher.combine(dict.table.revision)
      for entry in dict.table.entries.prefix(shown) { combine(entry.value, &hasher) }
    case let set as SetObject:
      hasher.combine(set.table.revision)
    default:
      return 0
    }
    return hasher.finalize()
  }

  private static func combine(_ value: Value, _ hasher: inout Hasher) {
    switch value {
    case .bool(let value): hasher.combine(value)
    case .int(let value): hasher.combine(value)
    case .float(let value): hasher.combine(value)
    case .object(let object):
      if let tensor = value.tensor {
        hasher.combine(tensor.id)
      } else {
        hasher.combine(ObjectIdentifier(object))
      }
    case .unbound, .none, .ellipsis, .notImplemented: hasher.combine(0)
    }
  }

  /// The text of a value; containers inside containers are left out.
  func text(_ value: Value, depth: Int = 0) -> String {
    switch value {
    case .unbound: "…"
    case .none: "None"
    case .ellipsis: "Ellipsis"
    case .notImplemented: "NotImplemented"
    case .bool(let value): value ? "True" : "False"
    case .int(let value): String(value)
    case .float(let value): FloatText.shortest(value)
    case .object(let object): value.tensor.map(tensorName) ?? text(object, depth: depth)
    }
  }

  private func text(_ object: Object, depth: Int) -> String {
    switch object {
    case let string as StringObject: text(string)
    case let list as ListObject: depth > 0 ? "[…]" : "[" + joined(list.items, depth) + "]"
    case let tuple as TupleObject:
      depth > 0 && tuple.items.contains { $0.object(TupleObject.self) != nil }
        ? "(…)" : "(" + joined(tuple.items, depth) + (tuple.items.count == 1 ? ",)" : ")")
    case let dict as DictObject: depth > 0 ? "{…}" : text(dict)
    case let set as SetObject: set.table.count == 0 ? "set()" : "{… \(set.table.count)}"
    case let range as RangeObject:
      range.step == 1
        ? "range(\(range.start), \(range.stop))"
        : "range(\(range.start), \(range.stop), \(range.step))"
    case let module as ModuleObject: "<module '\(module.name)'>"
    case let function as FunctionObject: "<function \(function.qualifiedName)>"
    case let exception as ExceptionObject:
      machine.type(of: .object(exception)).name + "(" + joined(exception.arguments, depth) + ")"
    case let type as TypeObject: "<class '\(type.name)'>"
    default: "<\(machine.type(of: .object(object)).name) object>"
    }
  }

  private func text(_ string: StringObject) -> String {
    if string.text.utf8.count <= Self.characters { return string.text.pythonRepr() }
    return String(string.text.unicodeScalars.prefix(Self.characters)).pythonRepr() + "…"
  }

  private func text(_ dict: DictObject) -> String {
    var parts: [String] = []
    for entry in dict.table.entries where !entry.key.isUnbound {
      if parts.count == Self.shown {
        parts.append("… \(dict.table.count)")
        break
      }
      parts.append(text(entry.key, depth: 1) + ": " + text(entry.value, depth: 1))
    }
    return "{" + parts.joined(separator: ", ") + "}"
  }

  private func joined(_ items: [Value], _ depth: Int) -> String {
    var parts = items.prefix(Self.shown).map { text($0, depth: depth + 1) }
    if items.count > Self.shown { parts.append("… \(items.count)") }
    return parts.joined(separator: ", ")
  }
}
