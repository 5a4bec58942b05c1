/// The names of one body: of the module, a function, a lambda, a comprehension or a class.
final class Scope {
  /// What the body belongs to.
  let kind: Code.Kind
  /// The name of the function or class, `<lambda>`, `<listcomp>`, ….
  let name: String
  /// The body around it; nil for the module.
  private(set) weak var parent: Scope?
  /// The class whose private names (`__x`) are mangled here.
  let className: String?
  /// Where the names came from, in order of appearance.
  private(set) var symbols: [String: Uses] = [:]
  /// The names in order of appearance.
  private(set) var order: [String] = []
  /// What each name stands for, once the scopes are resolved.
  var storage: [String: Storage] = [:]
  /// The variables in slots, parameters first, once the scopes are resolved.
  var localNames: [String] = []
  /// The variables shared with inner functions, in order.
  var cells: [String] = []
  /// The variables of enclosing functions, in order.
  var free: [String] = []
  /// The parameters, in the order of the machine's slots.
  var parameters: [String] = []
  /// Whether the body has a `yield`.
  var isGenerator = false
  /// Whether the class has annotated names, which `__annotations__` collects.
  var hasAnnotations = false
  /// Where `global` and `nonlocal` name a variable, for messages.
  var declarations: [String: SourceRange] = [:]
  /// The bodies inside, in order of appearance.
  private(set) var children: [Scope] = []

  /// How a body uses a name.
  struct Uses: OptionSet {
    let rawValue: UInt16
    /// It is read.
    static let read = Uses(rawValue: 1)
    /// It is assigned, deleted, defined or imported.
    static let bound = Uses(rawValue: 2)
    /// It is a parameter.
    static let parameter = Uses(rawValue: 4)
    /// A `global` statement names it.
    static let global = Uses(rawValue: 8)
    /// A `nonlocal` statement names it.
    static let nonlocal = Uses(rawValue: 16)
    /// An annotation without parentheses stands behind it.
    static let annotated = Uses(rawValue: 32)
    /// The `for` of a comprehension assigns it.
    static let iteration = Uses(rawValue: 64)
  }

  /// Where a variable lives.
  enum Storage {
    /// A slot of the frame.
    case local(Int)
    /// A cell of the frame, own ones first.
    case cell(Int)
    /// A slot of the module's namespace.
    case global
    /// The namespace of a class body, then the module.
    case name
    /// The namespace of a class body, then a cell of the frame.
    case nameOrCell(Int)
  }

  init(_ kind: Code.Kind, name: String, parent: Scope?) {
    self.kind = kind
    self.name = name
    self.parent = parent
    className = kind == .classBody ? name : parent?.className
    parent?.children.append(self)
  }
}

extension Scope {
  /// Whether variables of the body are slots and cells, which inner functions can share.
  var isFunction: Bool { kind == .function || kind == .lambda || kind == .comprehension }

  /// Notes a use of a name, already mangled.
  func note(_ name: String, _ uses: Uses) {
    if symbols[name] == nil { order.append(name) }
    symbols[name, default: []].formUnion(uses)
  }

  /// How the body uses a name.
  func uses(of name: String) -> Uses { symbols[name] ?? [] }

  /// Whether a name is a variable of the body itself.
  func binds(_ name: String) -> Bool {
    let uses = uses(of: name)
    guard uses.isDisjoint(with: [.global, .nonlocal]) else { return false }
    return !uses.isDisjoint(with: [.bound, .parameter])
  }

  /// A name as the innermost class changes it: `__x` in class `A` is `_A__x`.
  func mangled(_ name: String) -> String {
    guard let className, name.utf8.count > 2, name.utf8.starts(with: "__".utf8),
      !name.hasSuffix("__"), !name.utf8.contains(UInt8(ascii: "."))
    else { return name }
    let stripped = className.drop { $0 == "_" }
    return stripped.isEmpty ? name : "_\(stripped)\(name)"
  }

  /// The qualified name of the body: `Net.forward`, `outer.<locals>.inner`.
  var qualifiedName: String {
    guard let parent, parent.kind != .module else { return name }
    // A function that the enclosing one declares global is qualified as if it stood in the module.
    if kind == .function || kind == .classBody, parent.uses(of: name).contains(.global) {
      return name
    }
    return parent.qualifiedName + (parent.kind == .classBody ? "." : ".<locals>.") + name
  }
}
