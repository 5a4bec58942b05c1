extension Expression {
  /// An expression, one higher than the highest of its parts.
  init(_ kind: Kind, _ range: SourceRange) {
    self.kind = kind
    self.range = range
    height = kind.heightOfParts + 1
  }
}

extension Expression.Kind {
  /// The height of the highest part; 0 for a leaf.
  fileprivate var heightOfParts: Int32 {
    switch self {
    case .constant, .name: 0
    case .formattedString(let parts): highest(parts)
    case .attribute(let value, _), .unary(_, let value), .starred(let value),
      .yieldFrom(let value), .await(let value):
      value.height
    case .subscription(let a, let b), .binary(let a, _, let b), .namedExpression(let a, let b):
      max(a.height, b.height)
    case .slice(let a, let b, let c):
      max(a?.height ?? 0, b?.height ?? 0, c?.height ?? 0)
    case .call(let function, let arguments, let keywords):
      keywords.reduce(max(function.height, highest(arguments))) { max($0, $1.value.height) }
    case .boolean(_, let items), .tuple(let items), .list(let items), .set(let items):
      highest(items)
    case .comparison(let first, let rest):
      rest.reduce(first.height) { max($0, $1.operand.height) }
    case .conditional(let a, let b, let c): max(a.height, b.height, c.height)
    case .lambda(let parameters, let body): max(parameters.height, body.height)
    case .dictionary(let items):
      items.reduce(0) { max($0, $1.key?.height ?? 0, $1.value.height) }
    case .comprehension(let comprehension): comprehension.height
    case .yield(let value): value?.height ?? 0
    }
  }
}

extension Parameters {
  fileprivate var height: Int32 {
    var height: Int32 = 0
    for group in [positionalOnly, positional, keywordOnly] {
      for parameter in group { height = max(height, parameter.defaultValue?.height ?? 0) }
    }
    return height
  }
}

extension Comprehension {
  fileprivate var height: Int32 {
    var height = max(element.height, value?.height ?? 0)
    for clause in clauses {
      height = max(
        height,
        clause.target.height,
        clause.iterable.height,
        highest(clause.conditions)
      )
    }
    return height
  }
}

private func highest(_ expressions: [Expression]) -> Int32 {
  var height: Int32 = 0
  for expression in expressions { height = max(height, expression.height) }
  return height
}

private func highest(_ parts: [FormattedPart]) -> Int32 {
  var height: Int32 = 0
  for case .field(let field) in parts {
    height = max(height, field.value.height, highest(field.format ?? []))
  }
  return height
}
