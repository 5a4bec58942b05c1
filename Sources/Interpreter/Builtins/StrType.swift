/// The methods of `str`.
enum StrType {
  static let rows: [BuiltinRow] =
    [
      BuiltinRow("__new__", keywords: true, new),
      BuiltinRow("__repr__", 0...0) { (machine, a) throws(PythonError) in
        machine.string(try machine.receiver(a, StringObject.self).text.pythonRepr())
      },
      BuiltinRow("__str__", 0...0) { (machine, a) throws(PythonError) in
        try plain(machine, a)
      },
      BuiltinRow("__len__", 0...0) { (machine, a) throws(PythonError) in
        .int(try machine.receiver(a, StringObject.self).count)
      },
      BuiltinRow("__hash__", 0...0) { (machine, a) throws(PythonError) in
        .int(try machine.receiver(a, StringObject.self).hash)
      },
      BuiltinRow("__getitem__", 1...1, getItem),
      BuiltinRow("__contains__", 1...1, contains),
      BuiltinRow("__iter__", 0...0) { (machine, a) throws(PythonError) in
        .object(StringIterator(try machine.receiver(a), type: machine.types.strIterator))
      },
      BuiltinRow("__add__", 1...1, add),
      BuiltinRow("__mul__", 1...1, multiply),
      BuiltinRow("__rmul__", 1...1, multiply),
      BuiltinRow("__mod__", 1...1) { (machine, a) throws(PythonError) in
        let string: StringObject = try machine.receiver(a)
        return machine.string(try PercentFormat.text(string.text, a[1], machine))
      },
      BuiltinRow("__format__", 1...1) { (machine, a) throws(PythonError) in
        let string: StringObject = try machine.receiver(a)
        let text = try machine.requireText(a[1], "__format__() argument must be str, not ")
        if text.isEmpty { return try plain(machine, a) }
        let spec = try FormatSpec(text, typeName: machine.typeName(a[0]), isForText: true, machine)
        return machine.string(try spec.text(string, machine))
      },
      BuiltinRow("format", keywords: true, format),
      BuiltinRow("format_map", 1...1) { (machine, a) throws(PythonError) in
        let string: StringObject = try machine.receiver(a)
        let mapping = a[1]
        var run = BraceFormat(machine, positional: []) { (name) throws(PythonError) in
          try machine.item(mapping, machine.string(name))
        }
        return machine.string(try run.text(string.text))
      },
      BuiltinRow("join", 1...1, join),
      BuiltinRow("encode", 0...2, keywords: true, encode),
    ] + comparisonRows + searchRows + caseRows + splitRows

  private static let comparisonRows = ComparisonOperator.methods.map { name, op in
    BuiltinRow(name, 1...1) { (machine, a) throws(PythonError) in
      let left: StringObject = try machine.receiver(a)
      guard let right = a[1].object(StringObject.self) else { return .notImplemented }
      switch op {
      case .equal: return .bool(left.hasSameText(as: right))
      case .notEqual: return .bool(!left.hasSameText(as: right))
      default:
        let order =
          left.text.precedes(right.text) ? -1 : left.hasSameText(as: right) ? 0 : 1
        return .bool(op.holds(forOrder: order))
      }
    }
  }

  private static let newSignature = Signature("str", ["object", "encoding", "errors"])

  private static func new(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let type = a[0].object(TypeObject.self)
    let given = try newSignature.bind(a, skipping: 1, machine)
    let text: String
    if given[1] != nil || given[2] != nil {
      guard let bytes = given[0]?.object(BytesObject.self) else {
        let name = given[0].map(machine.typeName) ?? "str"
        throw machine.typeError(
          name == "str"
            ? "decoding str is not supported"
            : "decoding to str: need a bytes-like object, \(name) found"
        )
      }
      text = try bytes.decoded(machine)
    } else if let value = given[0] {
      if type === machine.types.str {
        if machine.type(of: value) === type { return value }
        return machine.string(try machine.str(value))
      }
      text = try machine.str(value)
    } else {
      text = ""
    }
    return .object(StringObject(text, type: type))
  }

  /// The receiver as a `str` whose class is not a script's.
  private static func plain(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let string: StringObject = try machine.receiver(a)
    return string.type === machine.types.str ? a[0] : machine.string(string.text)
  }

  private static func getItem(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let string: StringObject = try machine.receiver(a)
    if let slice = a[1].object(SliceObject.self) {
      let picked = try slice.picked(from: string.count, machine)
      return machine.string(
        string.slice(start: picked.start, step: picked.step, count: picked.count)
      )
    }
    let place = try machine.position(a[1], count: string.count) { name in
      "string indices must be integers, not '\(name)'"
    }
    guard let place else { throw machine.indexError("string index out of range") }
    return machine.string(string.character(at: place))
  }

  private static func contains(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let string: StringObject = try machine.receiver(a)
    guard let part = a[1].object(StringObject.self) else {
      throw machine.typeError(
        "'in <string>' requires string as left operand, not \(machine.typeName(a[1]))"
      )
    }
    return .bool(Array(string.text.utf8).firstIndex(of: Array(part.text.utf8)) != nil)
  }

  private static func add(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let string: StringObject = try machine.receiver(a)
    guard let other = a[1].object(StringObject.self) else {
      throw machine.typeError(
        "can only concatenate str (not \"\(machine.typeName(a[1]))\") to str"
      )
    }
    try machine.checkSize(string.text.utf8.count + other.text.utf8.count)
    return machine.string(string.text + other.text)
  }

  private static func multiply(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let string: StringObject = try machine.receiver(a)
    guard let times = try machine.repetitions(a[1]) else {
      return try ListType.nonInteger(machine, a[1])
    }
    guard times > 0, !string.text.isEmpty else { return machine.string("") }
    try machine.checkSize(times, of: string.text.utf8.count)
    return machine.string(String(repeating: string.text, count: times))
  }

  private static func format(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let string: StringObject = try machine.receiver(a)
    var named: [String: Value] = [:]
    for (i, name) in a.keywords.enumerated() {
      named[machine.symbols.name(name)] = a.values[a.positionalCount + i]
    }
    let values = named
    var run = BraceFormat(machine, positional: a.positional(from: 1)) {
      (name) throws(PythonError) in values[name]
    }
    return machine.string(try run.text(string.text))
  }

  private static func join(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let string: StringObject = try machine.receiver(a)
    if machine.type(of: a[1]).find(machine.names.dunderIter).isUnbound,
      machine.type(of: a[1]).find(machine.names.dunderGetitem).isUnbound
    {
      throw machine.typeError("can only join an iterable")
    }
    let items = try machine.items(a[1])
    var text = ""
    for (i, item) in items.enumerated() {
      guard let part = item.object(StringObject.self) else {
        throw machine.typeError(
          "sequence item \(i): expected str instance, \(machine.typeName(item)) found"
        )
      }
      if i > 0 { text += string.text }
      text += part.text
    }
    return machine.string(text)
  }

  private static func encode(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let string: StringObject = try machine.receiver(a)
    let name = a.optional(1) ?? a.keyword(machine.symbol("encoding"))
    let encoding = name.flatMap(machine.text)?.lowercased() ?? "utf-8"
    switch encoding {
    case "utf-8", "utf8": break
    case "ascii", "latin-1", "latin1", "iso-8859-1":
      guard string.isASCII else { throw machine.notSupported("str.encode('\(encoding)')") }
    default: throw machine.notSupported("str.encode('\(encoding)')")
    }
    return .object(BytesObject(Array(string.text.utf8), type: machine.types.bytes))
  }
}

extension Machine {
  /// The text of a `str`, or a TypeError made of `message` and the name of the class.
  func requireText(_ value: Value, _ message: String) throws(PythonError) -> String {
    if let string = value.object(StringObject.self) { return string.text }
    // CPython's argument parser writes None instead of its class.
    let isParsed = message.contains("argument")
    throw typeError(message + (isParsed && value.isNone ? "None" : typeName(value)))
  }
}

extension [UInt8] {
  /// The offset of the first occurrence of `part` at or after `start` that ends by `end`.
  func firstIndex(of part: [UInt8], from start: Int = 0, to end: Int? = nil) -> Int? {
    let end = end ?? count
    let last = end - part.count
    guard start <= last else { return nil }
    guard let first = part.first else { return start }
    var i = start
    search: while i <= last {
      if self[i] == first {
        var j = 1
        while j < part.count {
          if self[i + j] != part[j] {
            i += 1
            continue search
          }
          j += 1
        }
        return i
      }
      i += 1
    }
    return nil
  }

  /// The offset of the last occurrence of `part` at or after `start` that ends by `end`.
  func lastIndex(of part: [UInt8], from start: Int = 0, to end: Int? = nil) -> Int? {
    let end = end ?? count
    var i = end - part.count
    while i >= start {
      if self[i..<i + part.count].elementsEqual(part) { return i }
      i -= 1
    }
    return nil
  }
}

/// The iterator of a text: its code points.
final class StringIterator: IteratorObject {
  private let string: StringObject
  private var position: String.UnicodeScalarView.Index

  init(_ string: StringObject, type: TypeObject?) {
    self.string = string
    position = string.text.unicodeScalars.startIndex
    super.init(type: type)
  }

  override func next(_ machine: Machine) throws(PythonError) -> Value? {
    let scalars = string.text.unicodeScalars
    guard position < scalars.endIndex else { return nil }
    let scalar = scalars[position]
    position = scalars.index(after: position)
    return machine.string(String(scalar))
  }
}
