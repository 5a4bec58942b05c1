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

  /// The positional argument at `index`, nil where the call has fewer.
  func optional(_ index: Int) -> Value? { index < positionalCount ? values[index] : nil }

  /// The positional arguments from `start` on.
  func positional(from start: Int = 0) -> [Value] {
    start < positionalCount ? Array(values[start..<positionalCount]) : []
  }

  /// The value of the keyword argument `name`.
  func keyword(_ name: Symbol) -> Value? {
    guard let place = keywords.firstIndex(of: name) else { return nil }
    return values[positionalCount + place]
  }
}

/// A function written in Swift, as one row of a table.
///
/// The limits of `arity` are checked before `body` runs; the words of the error are CPython's.
struct BuiltinRow: Sendable {
  /// What a built-in does.
  ///
  /// `self` of a method is the first argument.
  typealias Body = @Sendable (Machine, Arguments) throws(PythonError) -> Value

  let name: String
  /// How many positional arguments it takes (without `self`); nil when the body checks itself.
  let arity: ClosedRange<Int>?
  /// Whether keyword arguments reach the body; otherwise they raise "NAME() takes no keyword arguments".
  let takesKeywords: Bool
  /// What the body gets as its first argument when the row belongs to a class.
  let binding: Binding
  let body: Body

  /// What a function of a class is bound to.
  enum Binding: Sendable {
    /// The instance, as of a method.
    case instance
    /// The class, as of a `classmethod`.
    case type
    /// Nothing, as of a `staticmethod` and of `__new__`.
    case nothing
  }

  init(
    _ name: String,
    _ arity: ClosedRange<Int>? = nil,
    keywords: Bool = false,
    binding: Binding = .instance,
    _ body: @escaping Body
  ) {
    self.name = name
    self.arity = arity
    self.takesKeywords = keywords
    self.binding = name == "__new__" ? .nothing : binding
    self.body = body
  }
}

/// An attribute of a built-in class that Swift code computes, as one row of a table.
struct AttributeRow: Sendable {
  /// Reads the attribute of an instance.
  typealias Get = @Sendable (Machine, Value) throws(PythonError) -> Value
  /// Writes it: the instance, then the new value, `.unbound` for `del`.
  typealias Set = @Sendable (Machine, Value, Value) throws(PythonError) -> Void

  let name: String
  let get: Get
  /// Nil where the attribute is read-only.
  let set: Set?

  init(_ name: String, _ get: @escaping Get, set: Set? = nil) {
    self.name = name
    self.get = get
    self.set = set
  }
}

/// A built-in function or method as a Python object.
final class BuiltinFunction: Object {
  let row: BuiltinRow
  /// The class whose method it is, for error texts and binding; nil for a free function.
  unowned let owner: TypeObject?
  /// The module it belongs to, for its `__module__`.
  let module: String

  init(_ row: BuiltinRow, owner: TypeObject? = nil, module: String = "builtins", type: TypeObject?)
  {
    self.row = row
    self.owner = owner
    self.module = module
    super.init(type: type)
  }
}

/// A computed attribute of a built-in class as a Python object.
final class GetSetObject: Object {
  let row: AttributeRow
  /// The class it belongs to.
  unowned let owner: TypeObject

  init(_ row: AttributeRow, owner: TypeObject, type: TypeObject?) {
    self.row = row
    self.owner = owner
    super.init(type: type)
  }
}
