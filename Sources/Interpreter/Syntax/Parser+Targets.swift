extension Parser {
  /// `star_targets 'in'`: what a `for` assigns to, and the `in` after it.
  mutating func forTargets() throws(ParseFailure) -> Expression {
    let start = index
    let target = try attempt { (parser) throws(ParseFailure) in
      let target = try parser.starTargets()
      try parser.expect(.in)
      return target
    }
    if let target { return target }
    guard isDiagnosing else {
      index = furthest
      throw .mismatch
    }
    back(to: start)
    try diagnoseTarget(try starExpressions(), .iteration)
    throw .mismatch
  }

  /// `star_targets`: one target or a tuple of them without parentheses.
  private mutating func starTargets() throws(ParseFailure) -> Expression {
    let start = index
    let first = try starTarget()
    guard kind == .comma else { return first }
    var elements = [first]
    while take(.comma), kind.startsExpression || kind == .star {
      elements.append(try starTarget())
    }
    return try expression(.tuple(elements), from: start)
  }

  /// `star_target`: what can be assigned to, with or without a star.
  mutating func starTarget() throws(ParseFailure) -> Expression {
    let start = index
    if kind == .star {
      advance()
      guard kind != .star else { throw .mismatch }
      return try expression(.starred(try starTarget()), from: start)
    }
    guard kind != .await else { throw .mismatch }
    let target = try primary()
    guard target.isTarget else { throw .mismatch }
    return target
  }
}

extension Expression {
  /// Whether the expression can be assigned to.
  var isTarget: Bool {
    switch kind {
    case .name, .attribute, .subscription: true
    case .tuple(let elements), .list(let elements): elements.allSatisfy(\.isElementTarget)
    default: false
    }
  }

  /// Whether the expression can be assigned to as an element of a tuple or list.
  private var isElementTarget: Bool {
    guard case .starred(let value) = kind else { return isTarget }
    return value.isTarget
  }

  /// Whether `del` takes the expression.
  var isDeletable: Bool {
    switch kind {
    case .name, .attribute, .subscription: true
    case .tuple(let elements), .list(let elements): elements.allSatisfy(\.isDeletable)
    default: false
    }
  }

  /// What assigns or deletes.
  enum TargetUse {
    /// An assignment or `as`.
    case assignment
    /// A `for`, in which `x in y` is read as one comparison.
    case iteration
    /// A `del`.
    case deletion
  }

  /// The first part that cannot be assigned to or deleted.
  func invalidTarget(_ use: TargetUse) -> Expression? {
    switch kind {
    case .name, .attribute, .subscription: return nil
    case .tuple(let elements), .list(let elements):
      for element in elements {
        if let invalid = element.invalidTarget(use) { return invalid }
      }
      return nil
    case .starred(let value): return use == .deletion ? self : value.invalidTarget(use)
    case .comparison(let first, let rest) where use == .iteration:
      return rest.first?.comparator == .in ? first.invalidTarget(use) : nil
    default: return self
    }
  }

  /// What messages call the expression.
  var description: String {
    switch kind {
    case .attribute: "attribute"
    case .subscription: "subscript"
    case .starred: "starred"
    case .name: "name"
    case .list: "list"
    case .tuple: "tuple"
    case .lambda: "lambda"
    case .call: "function call"
    case .boolean, .binary, .unary, .slice: "expression"
    case .yield, .yieldFrom: "yield expression"
    case .await: "await expression"
    case .comprehension(let comprehension): comprehension.form.description
    case .dictionary: "dict literal"
    case .set: "set display"
    case .formattedString: "f-string expression"
    case .comparison: "comparison"
    case .conditional: "conditional expression"
    case .namedExpression: "named expression"
    case .constant(let value): value.description
    }
  }
}

extension Comprehension.Form {
  /// What messages call the comprehension.
  fileprivate var description: String {
    switch self {
    case .list: "list comprehension"
    case .set: "set comprehension"
    case .dictionary: "dict comprehension"
    case .generator: "generator expression"
    }
  }
}

extension Constant {
  /// What messages call the literal.
  fileprivate var description: String {
    switch self {
    case .none: "None"
    case .bool(let value): value ? "True" : "False"
    case .ellipsis: "ellipsis"
    default: "literal"
    }
  }
}
