// What Python warns about while it compiles, category SyntaxWarning.
extension Compiler {
  private func warn(_ message: String, at range: SourceRange) {
    let warning = SyntaxWarning(message: message, line: range.start.line)
    if !warnings.contains(warning) { warnings.append(warning) }
  }

  /// `x is 1`.
  func warnAboutIdentity(_ first: Expression, _ rest: [Comparison], at range: SourceRange) {
    var left = first
    for link in rest {
      let isIdentity = link.comparator == .is || link.comparator == .isNot
      if isIdentity, left.isOddIdentity || link.operand.isOddIdentity {
        warn(
          link.comparator == .is
            ? "\"is\" with a literal. Did you mean \"==\"?"
            : "\"is not\" with a literal. Did you mean \"!=\"?",
          at: range
        )
      }
      left = link.operand
    }
  }

  /// `(1, 2)(3)`, as after a forgotten comma.
  func warnAboutCall(_ function: Expression) {
    guard let name = function.uncallableType else { return }
    warn(
      "'\(name)' object is not callable; perhaps you missed a comma?",
      at: function.range
    )
  }

  /// `(1, 2)[a, b]`, as after a forgotten comma.
  func warnAboutSubscript(_ container: Expression, _ place: Expression, at range: SourceRange) {
    if let name = container.unsubscriptableType {
      return warn(
        "'\(name)' object is not subscriptable; perhaps you missed a comma?",
        at: range
      )
    }
    guard container.isSequenceDisplay, let index = place.nonIndexType else { return }
    guard let name = container.uncallableType else { return }
    warn(
      "\(name) indices must be integers or slices, not \(index); perhaps you missed a comma?",
      at: range
    )
  }

  /// `assert (test, message)`.
  func warnAboutAssertion(_ test: Expression, at range: SourceRange) {
    guard case .tuple(let elements) = test.kind, !elements.isEmpty else { return }
    warn("assertion is always true, perhaps remove parentheses?", at: range)
  }
}

extension Expression {
  /// Whether `is` compares the value in a way that depends on the implementation.
  fileprivate var isOddIdentity: Bool {
    switch kind {
    case .constant(.none), .constant(.bool), .constant(.ellipsis): false
    case .constant: true
    case .unary(.minus, let operand): operand.isOddIdentity
    default: false
    }
  }

  /// The class of a display or literal that cannot be called.
  fileprivate var uncallableType: String? {
    switch kind {
    case .constant(let constant): constant.typeName
    case .tuple: "tuple"
    case .list: "list"
    case .comprehension(let comprehension): comprehension.form.typeName
    case .dictionary: "dict"
    case .set: "set"
    case .formattedString: "str"
    default: nil
    }
  }

  /// The class of a display or literal that has no subscripts.
  fileprivate var unsubscriptableType: String? {
    switch kind {
    case .constant(.string), .constant(.bytes): nil
    case .constant(let constant): constant.typeName
    case .set: "set"
    case .comprehension(let comprehension):
      switch comprehension.form {
      case .set: "set"
      case .generator: "generator"
      default: nil
      }
    case .lambda: "function"
    default: nil
    }
  }

  /// Whether the value is a text, a list or a tuple, whose subscripts are numbers.
  fileprivate var isSequenceDisplay: Bool {
    switch kind {
    case .constant(.string), .constant(.bytes), .formattedString, .tuple, .list: true
    case .comprehension(let comprehension): comprehension.form == .list
    default: false
    }
  }

  /// The class of a display or literal that is no index.
  fileprivate var nonIndexType: String? {
    switch kind {
    case .constant(.integer), .constant(.bigInteger), .constant(.bool): nil
    case .slice: nil
    case .lambda: "function"
    default: uncallableType
    }
  }
}

extension Constant {
  /// The name of the class of the value.
  fileprivate var typeName: String {
    switch self {
    case .none: "NoneType"
    case .bool: "bool"
    case .ellipsis: "ellipsis"
    case .integer, .bigInteger: "int"
    case .float: "float"
    case .imaginary: "complex"
    case .string: "str"
    case .bytes: "bytes"
    }
  }
}

extension Comprehension.Form {
  /// The name of the class of the result.
  fileprivate var typeName: String {
    switch self {
    case .list: "list"
    case .set: "set"
    case .dictionary: "dict"
    case .generator: "generator"
    }
  }
}
