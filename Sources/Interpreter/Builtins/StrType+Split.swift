/// The methods of `str` that cut, pad and translate.
extension StrType {
  static let splitRows: [BuiltinRow] = [
    BuiltinRow("split", keywords: true) { (machine, a) throws(PythonError) in
      try split(machine, a, splitSignature, backwards: false)
    },
    BuiltinRow("rsplit", keywords: true) { (machine, a) throws(PythonError) in
      try split(machine, a, rsplitSignature, backwards: true)
    },
    BuiltinRow("splitlines", keywords: true, splitLines),
    BuiltinRow("strip", 0...1) { (machine, a) throws(PythonError) in
      try strip(machine, a, "strip", left: true, right: true)
    },
    BuiltinRow("lstrip", 0...1) { (machine, a) throws(PythonError) in
      try strip(machine, a, "lstrip", left: true, right: false)
    },
    BuiltinRow("rstrip", 0...1) { (machine, a) throws(PythonError) in
      try strip(machine, a, "rstrip", left: false, right: true)
    },
    BuiltinRow("center", 1...2) { (machine, a) throws(PythonError) in
      try pad(machine, a) { total, width in total / 2 + (total & width & 1) }
    },
    BuiltinRow("ljust", 1...2) { (machine, a) throws(PythonError) in
      try pad(machine, a) { _, _ in 0 }
    },
    BuiltinRow("rjust", 1...2) { (machine, a) throws(PythonError) in
      try pad(machine, a) { total, _ in total }
    },
    BuiltinRow("zfill", 1...1, zeroFill),
    BuiltinRow("expandtabs", keywords: true, expandTabs),
    BuiltinRow("translate", 1...1, translate),
    BuiltinRow("maketrans", 0...2, binding: .nothing, makeTranslation),
  ]

  private static let splitSignature = Signature("split", ["sep", "maxsplit"])
  private static let rsplitSignature = Signature("rsplit", ["sep", "maxsplit"])
  private static let linesSignature = Signature("splitlines", ["keepends"])
  private static let tabsSignature = Signature("expandtabs", ["tabsize"])

  private static func split(
    _ machine: Machine,
    _ a: Arguments,
    _ signature: Signature,
    backwards: Bool
  ) throws(PythonError) -> Value {
    let string: StringObject = try machine.receiver(a)
    let given = try signature.bind(a, skipping: 1, machine)
    var limit = Int.max
    if let value = given[1] {
      limit = try machine.index(value)
      if limit < 0 { limit = Int.max }
    }
    let bytes = Array(string.text.utf8)
    var parts: [String]
    if let separator = given[0], !separator.isNone {
      let cut = Array(try machine.requireText(separator, "must be str or None, not ").utf8)
      if cut.isEmpty { throw machine.valueError("empty separator") }
      parts = backwards ? splitBack(bytes, cut, limit) : split(bytes, cut, limit)
    } else {
      parts = splitWords(string, limit, backwards: backwards)
    }
    return machine.list(parts.map(machine.string))
  }

  private static func split(_ bytes: [UInt8], _ cut: [UInt8], _ limit: Int) -> [String] {
    var parts: [String] = []
    var start = 0
    while parts.count < limit, let place = bytes.firstIndex(of: cut, from: start) {
      parts.append(String(utf8: bytes[start..<place]))
      start = place + cut.count
    }
    parts.append(String(utf8: bytes[start...]))
    return parts
  }

  private static func splitBack(_ bytes: [UInt8], _ cut: [UInt8], _ limit: Int) -> [String] {
    var parts: [String] = []
    var end = bytes.count
    while parts.count < limit, let place = bytes.lastIndex(of: cut, to: end) {
      parts.append(String(utf8: bytes[(place + cut.count)..<end]))
      end = place
    }
    parts.append(String(utf8: bytes[..<end]))
    return parts.reversed()
  }

  private static func splitWords(
    _ string: StringObject,
    _ limit: Int,
    backwards: Bool
  ) -> [String] {
    let scalars = Array(string.text.unicodeScalars)
    var words: [Range<Int>] = []
    var i = 0
    while i < scalars.count {
      while i < scalars.count, scalars[i].isPythonSpace { i += 1 }
      if i == scalars.count { break }
      let start = i
      while i < scalars.count, !scalars[i].isPythonSpace { i += 1 }
      words.append(start..<i)
    }
    func text(_ range: Range<Int>) -> String {
      String(String.UnicodeScalarView(scalars[range]))
    }
    guard words.count > limit else { return words.map(text) }
    if backwards {
      let kept = words.suffix(limit)
      let end = words[words.count - limit - 1].upperBound
      return [text(0..<end)] + kept.map(text)
    }
    let kept = words.prefix(limit)
    return kept.map(text) + [text(words[limit].lowerBound..<scalars.count)]
  }

  private static func splitLines(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let string: StringObject = try machine.receiver(a)
    let given = try linesSignature.bind(a, skipping: 1, machine)
    let keepsEnds = try given[0].map(machine, false)
    let scalars = Array(string.text.unicodeScalars)
    var lines: [Value] = []
    var start = 0
    var i = 0
    while i < scalars.count {
      guard scalars[i].isLineBoundary else {
        i += 1
        continue
      }
      var end = i + 1
      if scalars[i] == "\r", end < scalars.count, scalars[end] == "\n" { end += 1 }
      let line = scalars[start..<(keepsEnds ? end : i)]
      lines.append(machine.string(String(String.UnicodeScalarView(line))))
      start = end
      i = end
    }
    if start < scalars.count {
      lines.append(machine.string(String(String.UnicodeScalarView(scalars[start...]))))
    }
    return machine.list(lines)
  }

  private static func strip(
    _ machine: Machine,
    _ a: Arguments,
    _ function: String,
    left: Bool,
    right: Bool
  ) throws(PythonError) -> Value {
    let string: StringObject = try machine.receiver(a)
    var set: Set<Unicode.Scalar>?
    if let value = a.optional(1), !value.isNone {
      guard let characters = value.object(StringObject.self) else {
        throw machine.typeError("\(function) arg must be None or str")
      }
      set = Set(characters.text.unicodeScalars)
    }
    func isCut(_ scalar: Unicode.Scalar) -> Bool {
      if let set { return set.contains(scalar) }
      return scalar.isPythonSpace
    }
    var rest = string.text.unicodeScalars[...]
    if left { while let first = rest.first, isCut(first) { rest.removeFirst() } }
    if right { while let last = rest.last, isCut(last) { rest.removeLast() } }
    return machine.string(String(rest))
  }

  private static func pad(
    _ machine: Machine,
    _ a: Arguments,
    _ left: (_ total: Int, _ width: Int) -> Int
  ) throws(PythonError) -> Value {
    let string: StringObject = try machine.receiver(a)
    let width = try machine.index(a[1])
    var fill = " "
    if let value = a.optional(2) {
      guard let character = value.object(StringObject.self) else {
        throw machine.typeError(
          "The fill character must be a unicode character, not \(machine.typeName(value))"
        )
      }
      guard character.count == 1 else {
        throw machine.typeError("The fill character must be exactly one character long")
      }
      fill = character.text
    }
    let total = width - string.count
    guard total > 0 else { return machine.string(string.text) }
    try machine.checkSize(total, of: fill.utf8.count)
    let before = left(total, width)
    return machine.string(
      String(repeating: fill, count: before) + string.text
        + String(repeating: fill, count: total - before)
    )
  }

  private static func zeroFill(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let string: StringObject = try machine.receiver(a)
    let missing = try machine.index(a[1]) - string.count
    guard missing > 0 else { return machine.string(string.text) }
    try machine.checkSize(missing)
    let zeros = String(repeating: "0", count: missing)
    if let first = string.text.utf8.first, first == 0x2B || first == 0x2D {
      return machine.string(string.text.prefix(1) + zeros + string.text.dropFirst())
    }
    return machine.string(zeros + string.text)
  }

  private static func expandTabs(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let string: StringObject = try machine.receiver(a)
    let given = try tabsSignature.bind(a, skipping: 1, machine)
    var size = 8
    if let value = given[0] { size = try machine.index(value) }
    var result = ""
    var column = 0
    for scalar in string.text.unicodeScalars {
      if scalar == "\t" {
        guard size > 0 else { continue }
        let spaces = size - column % size
        try machine.checkSize(result.utf8.count + spaces)
        result += String(repeating: " ", count: spaces)
        column += spaces
      } else {
        result.unicodeScalars.append(scalar)
        column = scalar == "\n" || scalar == "\r" ? 0 : column + 1
      }
    }
    return machine.string(result)
  }

  private static func translate(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let string: StringObject = try machine.receiver(a)
    var result = ""
    for scalar in string.text.unicodeScalars {
      let key = Value.int(Int(scalar.value))
      let found: Value
      if let dict = a[1].object(DictObject.self), dict.type === machine.types.dict {
        guard let value = try machine.find(key, in: dict) else {
          result.unicodeScalars.append(scalar)
          continue
        }
        found = value
      } else {
        do throws(PythonError) {
          found = try machine.item(a[1], key)
        } catch {
          _ = try machine.caught(machine.types.lookupError)
          result.unicodeScalars.append(scalar)
          continue
        }
      }
      if found.isNone { continue }
      if let text = machine.text(found) {
        result += text
      } else if case .int(let code) = found {
        guard code >= 0, code < 0x110000 else {
          throw machine.valueError("character mapping must be in range(0x110000)")
        }
        result.unicodeScalars.append(Unicode.Scalar(UInt32(code)) ?? "\u{FFFD}")
      } else {
        throw machine.typeError("character mapping must return integer, None or str")
      }
    }
    return machine.string(result)
  }

  private static func makeTranslation(
    _ machine: Machine,
    _ a: Arguments
  ) throws(PythonError) -> Value {
    let table = DictObject(type: machine.types.dict)
    if a.positionalCount == 1 {
      guard let source = a[0].object(DictObject.self) else {
        throw machine.typeError(
          "if you give only one argument to maketrans it must be a dict"
        )
      }
      for entry in source.table.entries where !entry.key.isUnbound {
        guard let key = entry.key.object(StringObject.self) else {
          guard case .int = entry.key else {
            throw machine.typeError("keys in translate table must be strings or integers")
          }
          try machine.set(entry.key, to: entry.value, in: table)
          continue
        }
        guard key.count == 1, let scalar = key.text.unicodeScalars.first else {
          throw machine.valueError("string keys in translate table must be of length 1")
        }
        try machine.set(.int(Int(scalar.value)), to: entry.value, in: table)
      }
      return .object(table)
    }
    let from = Array(
      try machine.requireText(a[0], "maketrans() argument 1 must be str, not ")
        .unicodeScalars
    )
    let to = Array(
      try machine.requireText(a[1], "maketrans() argument 2 must be str, not ").unicodeScalars
    )
    guard from.count == to.count else {
      throw machine.valueError(
        "the first two maketrans arguments must have equal length"
      )
    }
    for (key, value) in zip(from, to) {
      try machine.set(.int(Int(key.value)), to: .int(Int(value.value)), in: table)
    }
    if let removed = a.optional(2) {
      let text = try machine.requireText(removed, "maketrans() argument 3 must be str, not ")
      for scalar in text.unicodeScalars {
        try machine.set(.int(Int(scalar.value)), to: .none, in: table)
      }
    }
    return .object(table)
  }
}
