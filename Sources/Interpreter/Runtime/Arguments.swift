/// The arguments of one call, lying on the caller's stack: positional ones, then the values of keywords.
///
/// Valid during the call only.
struct Arguments {
  /// All values: `positionalCount` positional ones, then one for each of `keywords`.
  let values: UnsafeBufferPointer<Value>
  /// The names of the last values.
  let keywords: [Symbol]

  /// The number of positional arguments.
  var positionalCount: Int { values.count - keywords.count }

  /// The positional argument at `index`.
  subscript(index: Int) -> Value { values[index] }

  /// The value of the keyword argument `name`.
  func keyword(_ name: Symbol) -> Value? {
    guard let place = keywords.firstIndex(of: name) else { return nil }
    return values[positionalCount + place]
  }
}

/// A function written in Swift, as one row of a table.
///
/// `check` limits come from `arity` before `body` runs; the words of the error are CPython's.
struct BuiltinRow: Sendable {
  /// What a built-in does. `self` of a method is the first argument.
  typealias Body = @Sendable (Machine, Arguments) throws(PythonError) -> Value

  let name: String
  /// How many positional arguments it takes (without `self`); nil when the body checks itself.
  let arity: ClosedRange<Int>?
  /// Whether keyword arguments reach the body; otherwise they raise "NAME() takes no keyword arguments".
  let takesKeywords: Bool
  let body: Body

  init(
    _ name: String,
    _ arity: ClosedRange<Int>? = nil,
    keywords: Bool = false,
    _ body: @escaping Body
  ) {
    self.name = name
    self.arity = arity
    self.takesKeywords = keywords
    self.body = body
  }
}

/// A built-in function or method as a Python object.
final class BuiltinFunction: Object {
  let row: BuiltinRow
  /// The class whose method it is, for error texts; nil for a free function.
  unowned let owner: TypeObject?

  init(_ row: BuiltinRow, owner: TypeObject? = nil, type: TypeObject?) {
    self.row = row
    self.owner = owner
    super.init(type: type)
  }
}
