/// `text.format(…)`, as CPython formats it.
struct BraceFormat {
  private let machine: Machine
  private let positional: [Value]
  private let named: (String) throws(PythonError) -> Value?
  private var nextIndex = 0
  private var isManual = false
  private var isAutomatic = false

  /// A run over `positional`, what `{0}` and `{}` stand for, and `named`, what `{name}` does.
  init(
    _ machine: Machine,
    positional: [Value],
    named: @escaping (String) throws(PythonError) -> Value?
  ) {
    self.machine = machine
    self.positional = positional
    self.named = named
  }

  /// The text with its fields replaced; `depth` is how deep fields may lie in one another.
  mutating func text(_ format: String, depth: Int = 2) throws(PythonError) -> String {
    if depth <= 0 { throw machine.valueError("Max string recursion exceeded") }
    let scalars = Array(format.unicodeScalars)
    var result = String.UnicodeScalarView()
    var i = 0
    while i < scalars.count {
      let scalar = scalars[i]
      i += 1
      guard scalar == "{" || scalar == "}" else {
        result.append(scalar)
        continue
      }
      if i < scalars.count, scalars[i] == scalar {
        result.append(scalar)
        i += 1
        continue
      }
      if scalar == "}" {
        throw machine.valueError("Single '}' encountered in format string")
      }
      if i == scalars.count {
        throw machine.valueError("Single '{' encountered in format string")
      }
      let start = i
      var nesting = 1
      var inBrackets = false
      while i < scalars.count, nesting > 0 {
        switch scalars[i] {
        case "[": inBrackets = nesting == 1 || inBrackets
        case "]": inBrackets = false
        case "{" where !inBrackets: nesting += 1
        case "}" where !inBrackets: nesting -= 1
        default: break
        }
        i += 1
      }
      if nesting > 0 { throw machine.valueError("expected '}' before end of string") }
      let field = try self.field(Array(scalars[start..<i - 1]), depth: depth)
      result.append(contentsOf: field.unicodeScalars)
      if result.count > FormatSpec.longest { throw machine.memoryError() }
    }
    return String(result)
  }

  /// One field, `name!conversion:spec`.
  private mutating func field(
    _ scalars: [Unicode.Scalar],
    depth: Int
  ) throws(PythonError) -> String {
    var end = 0
    var inBrackets = false
    while end < scalars.count {
      let scalar = scalars[end]
      if scalar == "[" { inBrackets = true }
      if scalar == "]" { inBrackets = false }
      if !inBrackets, scalar == ":" || scalar == "!" { break }
      if !inBrackets, scalar == "{" {
        throw machine.valueError("unexpected '{' in field name")
      }
      end += 1
    }
    var value = try self.value(Array(scalars[..<end]))
    var spec = ""
    if end < scalars.count, scalars[end] == "!" {
      guard end + 1 < scalars.count else {
        throw machine.valueError("unmatched '{' in format spec")
      }
      let conversion = scalars[end + 1]
      switch conversion {
      case "r": value = machine.string(try machine.repr(value))
      case "s": value = machine.string(try machine.str(value))
      case "a": value = machine.string(try machine.ascii(value))
      default:
        let shown =
          conversion.value > 32 && conversion.value < 127
          ? String(conversion) : "\\x" + String(conversion.value, radix: 16)
        throw machine.valueError("Unknown conversion specifier \(shown)")
      }
      end += 2
      if end < scalars.count, scalars[end] != ":" {
        throw machine.valueError("expected ':' after conversion specifier")
      }
    }
    if end < scalars.count {
      spec = String(String.UnicodeScalarView(scalars[(end + 1)...]))
      if spec.utf8.contains(UInt8(ascii: "{")) || spec.utf8.contains(UInt8(ascii: "}")) {
        spec = try text(spec, depth: depth - 1)
      }
    }
    return try machine.format(value, spec: spec)
  }

  /// What a field's name stands for, `0.attribute[key]`.
  private mutating func value(_ name: [Unicode.Scalar]) throws(PythonError) -> Value {
    var i = 0
    while i < name.count, name[i] != ".", name[i] != "[" { i += 1 }
    let first = String(String.UnicodeScalarView(name[..<i]))
    var value = try start(first)
    while i < name.count {
      let opens = name[i] == "["
      i += 1
      let start = i
      if opens {
        while i < name.count, name[i] != "]" { i += 1 }
        if i == name.count { throw machine.valueError("Missing ']' in format string") }
      } else {
        while i < name.count, name[i] != ".", name[i] != "[" { i += 1 }
      }
      let part = String(String.UnicodeScalarView(name[start..<i]))
      if part.isEmpty { throw machine.valueError("Empty attribute in format string") }
      if opens {
        i += 1
        if i < name.count, name[i] != ".", name[i] != "[" {
          throw machine.valueError("Only '.' or '[' may follow ']' in format field specifier")
        }
        let key = try index(part).map(Value.int) ?? machine.string(part)
        value = try machine.item(value, key)
      } else {
        value = try machine.attribute(value, machine.symbols.symbol(part))
      }
    }
    return value
  }

  private mutating func start(_ name: String) throws(PythonError) -> Value {
    var position = try index(name)
    if name.isEmpty {
      if isManual {
        throw machine.valueError(
          "cannot switch from manual field specification to automatic field numbering"
        )
      }
      isAutomatic = true
      position = nextIndex
      nextIndex += 1
    } else if position != nil {
      if isAutomatic {
        throw machine.valueError(
          "cannot switch from automatic field numbering to manual field specification"
        )
      }
      isManual = true
    }
    if let position {
      if position < positional.count { return positional[position] }
      throw machine.indexError(
        "Replacement index \(position) out of range for positional args tuple"
      )
    }
    if let value = try named(name) { return value }
    throw machine.keyError(machine.string(name))
  }

  private func index(_ text: String) throws(PythonError) -> Int? {
    if text.isEmpty { return nil }
    for byte in text.utf8 where byte < 0x30 || byte > 0x39 { return nil }
    guard let index = Int(text) else {
      throw machine.valueError("Too many decimal digits in format string")
    }
    return index
  }
}
