/// Walks a module and notes which body uses which names, with the errors of CPython's symbol table.
struct ScopeBuilder {
  /// The text, for the places of errors.
  let source: SourceText
  /// The body that is walked.
  var scope: Scope
  /// The scopes made, by the offset at which their construct starts.
  var scopes: [Int: Scope] = [:]
  /// Whether annotations are left alone (`from __future__ import annotations`).
  var postponesAnnotations = false
  /// Whether what is walked is the iterable of a comprehension, in which `:=` is refused.
  private var isInIterable = false

  /// A builder for a module.
  init(source: SourceText) {
    self.source = source
    scope = Scope(.module, name: "<module>", parent: nil)
  }

  /// Notes the names of a module.
  mutating func build(_ module: Module) throws(PythonSyntaxError) -> Scope {
    try visit(module.body)
    return scope
  }
}

extension ScopeBuilder {
  /// Notes a use of a name in the body that is walked.
  func note(_ name: String, _ uses: Scope.Uses) { scope.note(scope.mangled(name), uses) }

  /// Walks a body of its own.
  mutating func enter(
    _ kind: Code.Kind,
    name: String,
    at range: SourceRange,
    _ body: (inout ScopeBuilder) throws(PythonSyntaxError) -> Void
  ) throws(PythonSyntaxError) {
    let outer = scope
    scope = Scope(kind, name: name, parent: outer)
    scopes[range.start.offset] = scope
    try body(&self)
    scope = outer
  }

  /// Notes the parameters of a function.
  func note(_ parameters: Parameters) throws(PythonSyntaxError) {
    for parameter in parameters.inSlotOrder {
      let name = scope.mangled(parameter.name)
      if scope.uses(of: name).contains(.parameter) {
        throw source.error(
          "duplicate argument '\(parameter.name)' in function definition",
          parameter.range
        )
      }
      scope.note(name, .parameter)
      scope.parameters.append(name)
    }
  }

  /// Walks what a function's definition evaluates outside of its body.
  mutating func visitSignature(_ parameters: Parameters) throws(PythonSyntaxError) {
    let positional = parameters.positionalOnly + parameters.positional
    for parameter in positional + parameters.keywordOnly {
      if let value = parameter.defaultValue { try visit(value) }
    }
    for parameter in parameters.inSlotOrder {
      if let annotation = parameter.annotation { try visitAnnotation(annotation) }
    }
  }

  /// Walks an annotation, unless they are postponed.
  mutating func visitAnnotation(_ annotation: Expression) throws(PythonSyntaxError) {
    if !postponesAnnotations { try visit(annotation) }
  }
}

extension Parameters {
  /// All parameters in the order of the machine's slots.
  var inSlotOrder: [Parameter] {
    positionalOnly + positional + keywordOnly + [variadic, keywordVariadic].compactMap { $0 }
  }
}

// Expressions.
extension ScopeBuilder {
  /// Walks an expression.
  mutating func visit(_ expression: Expression) throws(PythonSyntaxError) {
    // Chains such as `a + b + c` and `a.b().c` lean to the left and may be very long.
    var current = expression
    var later: [[Expression]] = []
    walk: while true {
      switch current.kind {
      case .binary(let left, _, let right):
        later.append([right])
        current = left
      case .attribute(let value, _): current = value
      case .subscription(let value, let place):
        later.append([place])
        current = value
      case .call(let function, let arguments, let keywords):
        later.append(arguments + keywords.map(\.value))
        current = function
      default: break walk
      }
    }
    try visitPart(current)
    while let next = later.popLast() {
      for part in next { try visit(part) }
    }
  }

  private mutating func visit(_ expressions: [Expression]) throws(PythonSyntaxError) {
    for expression in expressions { try visit(expression) }
  }

  private mutating func visitPart(_ expression: Expression) throws(PythonSyntaxError) {
    switch expression.kind {
    case .name(let name):
      note(name, .read)
      if name == "super", scope.isFunction { note("__class__", .read) }
    case .constant: break
    case .formattedString(let parts): try visit(parts)
    case .slice(let a, let b, let c): for part in [a, b, c] { try visit(part) }
    case .unary(_, let value), .starred(let value): try visit(value)
    case .boolean(_, let values), .tuple(let values), .list(let values), .set(let values):
      try visit(values)
    case .comparison(let first, let rest):
      try visit(first)
      for comparison in rest { try visit(comparison.operand) }
    case .conditional(let test, let value, let otherwise):
      for part in [test, value, otherwise] { try visit(part) }
    case .dictionary(let items):
      for item in items {
        try visit(item.key)
        try visit(item.value)
      }
    case .lambda(let parameters, let body):
      try visitSignature(parameters)
      try enter(.lambda, name: "<lambda>", at: expression.range) {
        (builder) throws(PythonSyntaxError) in
        try builder.note(parameters)
        try builder.visit(body)
      }
    case .namedExpression(let target, let value): try visitNamed(target, value, expression.range)
    case .comprehension(let comprehension): try visit(comprehension, expression.range)
    case .yield(let value):
      try noteYield("'yield'", expression.range)
      try visit(value)
    case .yieldFrom(let value):
      try noteYield("'yield'", expression.range)
      try visit(value)
    case .await(let value): try visit(value)
    case .binary, .attribute, .subscription, .call: break
    }
  }

  private mutating func visit(_ expression: Expression?) throws(PythonSyntaxError) {
    if let expression { try visit(expression) }
  }

  private mutating func visit(_ parts: [FormattedPart]) throws(PythonSyntaxError) {
    for case .field(let field) in parts {
      try visit(field.value)
      if let format = field.format { try visit(format) }
    }
  }

  private func noteYield(_ word: String, _ range: SourceRange) throws(PythonSyntaxError) {
    guard scope.kind != .comprehension else {
      let owner = scope.name == "<genexpr>" ? "generator expression" : "\(scope.name.dropFirst())"
      let names = ["listcomp>": "list comprehension", "setcomp>": "set comprehension"]
      let found = names[owner] ?? (owner == "dictcomp>" ? "dict comprehension" : owner)
      throw source.error("\(word) inside \(found)", range)
    }
    // Elsewhere the compiler refuses it.
    if scope.isFunction { scope.isGenerator = true }
  }

  private mutating func visit(
    _ comprehension: Comprehension,
    _ range: SourceRange
  ) throws(PythonSyntaxError) {
    guard let first = comprehension.clauses.first else { return }
    // The outermost iterable is evaluated outside, the others inside.
    try visitIterable(first.iterable)
    try enter(.comprehension, name: comprehension.form.codeName, at: range) {
      (builder) throws(PythonSyntaxError) in
      builder.scope.note(".0", .parameter)
      builder.scope.parameters = [".0"]
      builder.scope.isGenerator = comprehension.form == .generator
      for (place, clause) in comprehension.clauses.enumerated() {
        try builder.visitTarget(clause.target, also: .iteration)
        if place > 0 { try builder.visitIterable(clause.iterable) }
        for condition in clause.conditions { try builder.visit(condition) }
      }
      try builder.visit(comprehension.element)
      try builder.visit(comprehension.value)
    }
  }

  private mutating func visitIterable(_ iterable: Expression) throws(PythonSyntaxError) {
    let wasInIterable = isInIterable
    isInIterable = true
    try visit(iterable)
    isInIterable = wasInIterable
  }

  /// `name := value`: inside a comprehension the name belongs to the function around it.
  private mutating func visitNamed(
    _ target: Expression,
    _ value: Expression,
    _ range: SourceRange
  ) throws(PythonSyntaxError) {
    guard case .name(let name) = target.kind else { return }
    if isInIterable {
      throw source.error(
        "assignment expression cannot be used in a comprehension iterable expression",
        range
      )
    }
    if scope.kind == .comprehension {
      try bindOutside(scope.mangled(name), target.range)
    } else {
      note(name, .bound)
    }
    try visit(value)
  }

  private func bindOutside(_ name: String, _ range: SourceRange) throws(PythonSyntaxError) {
    var owner: Scope? = scope
    while let inner = owner, inner.kind == .comprehension {
      if inner.uses(of: name).contains(.iteration) {
        throw source.error(
          "assignment expression cannot rebind comprehension iteration variable '\(name)'",
          range
        )
      }
      owner = inner.parent
    }
    guard let owner else { return }
    if owner.kind == .classBody {
      throw source.error(
        "assignment expression within a comprehension cannot be used in a class body",
        range
      )
    }
    let isGlobal = owner.kind == .module || owner.uses(of: name).contains(.global)
    var inner: Scope? = scope
    while let each = inner, each !== owner {
      each.note(name, isGlobal ? [.global] : [.nonlocal])
      inner = each.parent
    }
    owner.note(name, .bound)
  }

  /// Walks what is assigned to.
  mutating func visitTarget(
    _ target: Expression,
    also uses: Scope.Uses = []
  ) throws(PythonSyntaxError) {
    switch target.kind {
    case .name(let name):
      let earlier = scope.uses(of: scope.mangled(name))
      if uses.contains(.iteration), !earlier.isDisjoint(with: [.global, .nonlocal]) {
        throw source.error(
          "comprehension inner loop cannot rebind assignment expression target '\(name)'",
          target.range
        )
      }
      note(name, uses.union(.bound))
    case .tuple(let elements), .list(let elements):
      for element in elements { try visitTarget(element, also: uses) }
    case .starred(let value): try visitTarget(value, also: uses)
    default: try visit(target)
    }
  }
}

extension Comprehension.Form {
  /// The name of the comprehension's code.
  var codeName: String {
    switch self {
    case .list: "<listcomp>"
    case .set: "<setcomp>"
    case .dictionary: "<dictcomp>"
    case .generator: "<genexpr>"
    }
  }
}
