extension ScopeBuilder {
  /// Walks statements.
  mutating func visit(_ body: [Statement]) throws(PythonSyntaxError) {
    for statement in body { try visit(statement) }
  }

  private mutating func visit(_ statement: Statement) throws(PythonSyntaxError) {
    switch statement.kind {
    case .pass, .break, .continue: break
    case .expression(let value): try visit(value)
    case .assign(let targets, let value):
      try visit(value)
      for target in targets { try visitTarget(target) }
    case .augmentedAssign(let target, _, let value):
      if case .name(let name) = target.kind {
        note(name, [.read, .bound])
      } else {
        try visit(target)
      }
      try visit(value)
    case .annotatedAssign(let target, let annotation, let value, let isSimple):
      try visitAnnotated(target, annotation, value, isSimple, statement.range)
    case .delete(let targets): for target in targets { try visitTarget(target) }
    case .return(let value): if let value { try visit(value) }
    case .raise(let exception, let cause):
      if let exception { try visit(exception) }
      if let cause { try visit(cause) }
    case .import(let aliases): for alias in aliases { note(alias.boundName, .bound) }
    case .importFrom(let module, let aliases, _):
      try visitImport(module, aliases)
    case .global(let names): try declare(names, .global, statement.range)
    case .nonlocal(let names): try declare(names, .nonlocal, statement.range)
    case .assert(let test, let message):
      try visit(test)
      if let message { try visit(message) }
    default: try visitCompound(statement)
    }
  }

  private mutating func visitCompound(_ statement: Statement) throws(PythonSyntaxError) {
    switch statement.kind {
    case .if(let branches, let otherwise):
      for branch in branches {
        try visit(branch.test)
        try visit(branch.body)
      }
      try visit(otherwise)
    case .while(let test, let body, let otherwise):
      try visit(test)
      try visit(body)
      try visit(otherwise)
    case .for(let target, let iterable, let body, let otherwise):
      try visitTarget(target)
      try visit(iterable)
      try visit(body)
      try visit(otherwise)
    case .try(let parts):
      try visit(parts.body)
      for handler in parts.handlers {
        if let type = handler.type { try visit(type) }
        if let name = handler.name { note(name, .bound) }
        try visit(handler.body)
      }
      try visit(parts.otherwise)
      try visit(parts.finally)
    case .with(let items, let body):
      for item in items {
        try visit(item.context)
        if let target = item.target { try visitTarget(target) }
      }
      try visit(body)
    case .function(let definition): try visit(definition, statement.range)
    case .class(let definition): try visit(definition, statement.range)
    case .match(let subject, let cases):
      try visit(subject)
      for matchCase in cases {
        try visit(matchCase.pattern)
        if let condition = matchCase.condition { try visit(condition) }
        try visit(matchCase.body)
      }
    default: break
    }
  }

  private mutating func visitAnnotated(
    _ target: Expression,
    _ annotation: Expression,
    _ value: Expression?,
    _ isSimple: Bool,
    _ range: SourceRange
  ) throws(PythonSyntaxError) {
    if case .name(let name) = target.kind {
      let uses = scope.uses(of: scope.mangled(name))
      if isSimple, scope.kind != .module, !uses.isDisjoint(with: [.global, .nonlocal]) {
        let word = uses.contains(.global) ? "global" : "nonlocal"
        throw source.error("annotated name '\(name)' can't be \(word)", range)
      }
      if isSimple {
        note(name, [.annotated, .bound])
        scope.hasAnnotations = true
      } else if value != nil {
        note(name, .bound)
      }
    } else {
      try visit(target)
    }
    try visitAnnotation(annotation)
    if let value { try visit(value) }
  }

  private mutating func visitImport(
    _ module: String?,
    _ aliases: [ImportAlias]
  ) throws(PythonSyntaxError) {
    for alias in aliases {
      if alias.name == "*" {
        guard scope.kind == .module else {
          throw source.error("import * only allowed at module level", alias.range)
        }
      } else {
        note(alias.asName ?? alias.name, .bound)
      }
      if module == "__future__", alias.name == "annotations" { postponesAnnotations = true }
    }
  }

  /// `global` and `nonlocal`, which must come before any other use.
  private func declare(
    _ names: [String],
    _ kind: Scope.Uses,
    _ range: SourceRange
  ) throws(PythonSyntaxError) {
    let word = kind == .global ? "global" : "nonlocal"
    if kind == .nonlocal, scope.kind == .module {
      throw source.error("nonlocal declaration not allowed at module level", range)
    }
    for name in names {
      let mangled = scope.mangled(name)
      let uses = scope.uses(of: mangled)
      let other: Scope.Uses = kind == .global ? .nonlocal : .global
      if uses.contains(.parameter) {
        throw source.error("name '\(name)' is parameter and \(word)", range)
      }
      if uses.contains(.read) {
        throw source.error("name '\(name)' is used prior to \(word) declaration", range)
      }
      if uses.contains(.annotated) {
        throw source.error("annotated name '\(name)' can't be \(word)", range)
      }
      if uses.contains(.bound) {
        throw source.error("name '\(name)' is assigned to before \(word) declaration", range)
      }
      if uses.contains(other) {
        let first = scope.declarations[mangled] ?? range
        throw source.error("name '\(name)' is nonlocal and global", first)
      }
      scope.note(mangled, kind)
      if scope.declarations[mangled] == nil { scope.declarations[mangled] = range }
    }
  }

  private mutating func visit(
    _ definition: FunctionDefinition,
    _ range: SourceRange
  ) throws(PythonSyntaxError) {
    note(definition.name, .bound)
    for decorator in definition.decorators { try visit(decorator) }
    try visitSignature(definition.parameters)
    if let returns = definition.returns { try visitAnnotation(returns) }
    try enter(.function, name: definition.name, at: range) {
      (builder) throws(PythonSyntaxError) in
      try builder.note(definition.parameters)
      try builder.visit(definition.body)
    }
  }

  private mutating func visit(
    _ definition: ClassDefinition,
    _ range: SourceRange
  ) throws(PythonSyntaxError) {
    note(definition.name, .bound)
    for decorator in definition.decorators { try visit(decorator) }
    for base in definition.bases { try visit(base) }
    for keyword in definition.keywords { try visit(keyword.value) }
    try enter(.classBody, name: definition.name, at: range) {
      (builder) throws(PythonSyntaxError) in
      try builder.visit(definition.body)
    }
  }

  private mutating func visit(_ pattern: Pattern) throws(PythonSyntaxError) {
    switch pattern.kind {
    case .value(let value): try visit(value)
    case .singleton: break
    case .sequence(let patterns), .or(let patterns):
      for pattern in patterns { try visit(pattern) }
    case .mapping(let keys, let patterns, let rest):
      for key in keys { try visit(key) }
      for pattern in patterns { try visit(pattern) }
      if let rest { note(rest, .bound) }
    case .class(let type, let positional, _, let named):
      try visit(type)
      for pattern in positional + named { try visit(pattern) }
    case .star(let name): if let name { note(name, .bound) }
    case .capture(let inner, let name):
      if let inner { try visit(inner) }
      if let name { note(name, .bound) }
    }
  }
}

extension ImportAlias {
  /// The name that `import` binds: the first part of a dotted one.
  var boundName: String {
    if let asName { return asName }
    guard let dot = name.firstIndex(of: ".") else { return name }
    return String(name[..<dot])
  }
}
