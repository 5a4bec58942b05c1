/// The methods of `str` that look for a part, and `replace`.
extension StrType {
  static let searchRows: [BuiltinRow] = [
    BuiltinRow("find", 1...3) { (machine, a) throws(PythonError) in
      .int(try find(machine, a, backwards: false) ?? -1)
    },
    BuiltinRow("rfind", 1...3) { (machine, a) throws(PythonError) in
      .int(try find(machine, a, backwards: true) ?? -1)
    },
    BuiltinRow("index", 1...3) { (machine, a) throws(PythonError) in
      if let place = try find(machine, a, backwards: false) { return .int(place) }
      throw machine.valueError("substring not found")
    },
    BuiltinRow("rindex", 1...3) { (machine, a) throws(PythonError) in
      if let place = try find(machine, a, backwards: true) { return .int(place) }
      throw machine.valueError("substring not found")
    },
    BuiltinRow("count", 1...3, count),
    BuiltinRow("startswith", 1...3) { (machine, a) throws(PythonError) in
      try hasEnd(machine, a, "startswith") { text, part in text.starts(with: part) }
    },
    BuiltinRow("endswith", 1...3) { (machine, a) throws(PythonError) in
      try hasEnd(machine, a, "endswith") { text, part in
        text.count >= part.count && text.suffix(part.count).elementsEqual(part)
      }
    },
    BuiltinRow("replace", 2...3, replace),
    BuiltinRow("removeprefix", 1...1) { (machine, a) throws(PythonError) in
      let string: StringObject = try machine.receiver(a)
      let part = try machine.requireText(a[1], "removeprefix() argument must be str, not ")
      let bytes = Array(string.text.utf8)
      guard bytes.starts(with: part.utf8) else { return machine.string(string.text) }
      return machine.string(String(utf8: bytes[part.utf8.count...]))
    },
    BuiltinRow("removesuffix", 1...1) { (machine, a) throws(PythonError) in
      let string: StringObject = try machine.receiver(a)
      let part = try machine.requireText(a[1], "removesuffix() argument must be str, not ")
      let bytes = Array(string.text.utf8)
      let rest = bytes.count - part.utf8.count
      guard rest >= 0, bytes[rest...].elementsEqual(part.utf8) else {
        return machine.string(string.text)
      }
      return machine.string(String(utf8: bytes[..<rest]))
    },
    BuiltinRow("partition", 1...1) { (machine, a) throws(PythonError) in
      try partition(machine, a, backwards: false)
    },
    BuiltinRow("rpartition", 1...1) { (machine, a) throws(PythonError) in
      try partition(machine, a, backwards: true)
    },
  ]

  /// The bounds in `arguments[2...]` as indices of code points, and whether they are in order.
  private static func bounds(
    _ string: StringObject,
    _ a: Arguments,
    _ machine: Machine
  ) throws(PythonError) -> Range<Int>? {
    let count = string.count
    func place(_ value: Value?, _ standard: Int) throws(PythonError) -> Int {
      guard let value, !value.isNone else { return standard }
      let index = try machine.clampedIndex(value)
      return index < 0 ? max(0, index + count) : index
    }
    let start = try place(a.optional(2), 0)
    let end = min(count, try place(a.optional(3), count))
    return start <= end ? start..<end : nil
  }

  private static func find(
    _ machine: Machine,
    _ a: Arguments,
    backwards: Bool
  ) throws(PythonError) -> Int? {
    let string: StringObject = try machine.receiver(a)
    let part = Array(try machine.requireText(a[1], "must be str, not ").utf8)
    guard let bounds = try bounds(string, a, machine) else { return nil }
    let bytes = Array(string.text.utf8)
    let start = string.byte(ofIndex: bounds.lowerBound)
    let end = string.byte(ofIndex: bounds.upperBound)
    let place =
      backwards
      ? bytes.lastIndex(of: part, from: start, to: end)
      : bytes.firstIndex(of: part, from: start, to: end)
    return place.map { string.index(ofByte: $0) }
  }

  private static func count(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let string: StringObject = try machine.receiver(a)
    let part = Array(try machine.requireText(a[1], "must be str, not ").utf8)
    guard let bounds = try bounds(string, a, machine) else { return .int(0) }
    if part.isEmpty { return .int(bounds.count + 1) }
    let bytes = Array(string.text.utf8)
    var start = string.byte(ofIndex: bounds.lowerBound)
    let end = string.byte(ofIndex: bounds.upperBound)
    var count = 0
    while let place = bytes.firstIndex(of: part, from: start, to: end) {
      count += 1
      start = place + part.count
    }
    return .int(count)
  }

  private static func hasEnd(
    _ machine: Machine,
    _ a: Arguments,
    _ function: String,
    _ matches: (ArraySlice<UInt8>, [UInt8]) -> Bool
  ) throws(PythonError) -> Value {
    let string: StringObject = try machine.receiver(a)
    var parts: [String] = []
    if let tuple = a[1].object(TupleObject.self) {
      for item in tuple.items {
        parts.append(
          try machine.requireText(item, "tuple for \(function) must only contain str, not ")
        )
      }
    } else {
      parts.append(
        try machine.requireText(
          a[1],
          "\(function) first arg must be str or a tuple of str, not "
        )
      )
    }
    guard let bounds = try bounds(string, a, machine) else { return .bool(false) }
    let bytes = Array(string.text.utf8)
    let text =
      bytes[string.byte(ofIndex: bounds.lowerBound)..<string.byte(ofIndex: bounds.upperBound)]
    for part in parts where matches(text, Array(part.utf8)) { return .bool(true) }
    return .bool(false)
  }

  private static func replace(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let string: StringObject = try machine.receiver(a)
    let old = Array(try machine.requireText(a[1], "replace() argument 1 must be str, not ").utf8)
    let new = try machine.requireText(a[2], "replace() argument 2 must be str, not ")
    var remaining = Int.max
    if let count = a.optional(3) {
      remaining = try machine.index(count)
      if remaining < 0 { remaining = Int.max }
    }
    if old.isEmpty { return machine.string(interleaved(string.text, new, remaining)) }
    let bytes = Array(string.text.utf8)
    var result: [UInt8] = []
    var start = 0
    while remaining > 0, let place = bytes.firstIndex(of: old, from: start) {
      result += bytes[start..<place]
      result += new.utf8
      start = place + old.count
      remaining -= 1
      try machine.checkSize(result.count)
    }
    if start == 0, remaining > 0 || result.isEmpty, bytes.firstIndex(of: old) == nil {
      return string.type === machine.types.str ? a[0] : machine.string(string.text)
    }
    result += bytes[start...]
    return machine.string(String(utf8: result))
  }

  private static func interleaved(_ text: String, _ part: String, _ count: Int) -> String {
    var remaining = count
    var result = ""
    for scalar in text.unicodeScalars {
      if remaining > 0 {
        result += part
        remaining -= 1
      }
      result.unicodeScalars.append(scalar)
    }
    return remaining > 0 ? result + part : result
  }

  private static func partition(
    _ machine: Machine,
    _ a: Arguments,
    backwards: Bool
  ) throws(PythonError) -> Value {
    let string: StringObject = try machine.receiver(a)
    let part = Array(try machine.requireText(a[1], "must be str, not ").utf8)
    if part.isEmpty { throw machine.valueError("empty separator") }
    let bytes = Array(string.text.utf8)
    let place = backwards ? bytes.lastIndex(of: part) : bytes.firstIndex(of: part)
    let whole = machine.string(string.text)
    let empty = machine.string("")
    guard let place else {
      return machine.tuple(backwards ? [empty, empty, whole] : [whole, empty, empty])
    }
    return machine.tuple([
      machine.string(String(utf8: bytes[..<place])),
      machine.string(String(utf8: part)),
      machine.string(String(utf8: bytes[(place + part.count)...])),
    ])
  }
}
