/// Decides where every variable lives, and refuses `nonlocal` names that no function binds.
struct ScopeResolver {
  /// The text, for the places of errors.
  let source: SourceText

  /// Resolves the names of a body and of those inside it.
  func resolve(_ scope: Scope) throws(PythonSyntaxError) {
    for name in scope.order { try resolve(name, in: scope) }
    for child in scope.children { try resolve(child) }
  }

  /// Gives every variable its slot, once all names are resolved.
  func assignSlots(_ scope: Scope) {
    var locals = scope.parameters.filter { !$0.isEmpty }
    var slots: [String: Int] = [:]
    for (slot, name) in locals.enumerated() { slots[name] = slot }
    for name in scope.order where scope.binds(name) && scope.isFunction {
      if slots[name] == nil, !scope.cells.contains(name) {
        slots[name] = locals.count
        locals.append(name)
      }
    }
    for (name, uses) in scope.symbols {
      scope.storage[name] = storage(of: name, uses, in: scope, slots)
    }
    for (slot, name) in (scope.cells + scope.free).enumerated() where scope.storage[name] == nil {
      scope.storage[name] = .cell(slot)
    }
    scope.localNames = locals
    for child in scope.children { assignSlots(child) }
  }

  private func storage(
    of name: String,
    _ uses: Scope.Uses,
    in scope: Scope,
    _ slots: [String: Int]
  ) -> Scope.Storage {
    if uses.contains(.global) { return .global }
    if scope.kind == .module { return .global }
    let cell = (scope.cells + scope.free).firstIndex(of: name)
    if scope.kind == .classBody {
      if scope.binds(name) { return .name }
      guard let cell else { return .name }
      return uses.contains(.nonlocal) ? .cell(cell) : .nameOrCell(cell)
    }
    if let cell { return .cell(cell) }
    if let slot = slots[name] { return .local(slot) }
    return .global
  }

  /// Finds the function whose variable a name is, and makes it a cell there.
  private func resolve(_ name: String, in scope: Scope) throws(PythonSyntaxError) {
    let uses = scope.uses(of: name)
    if scope.kind == .module || uses.contains(.global) || scope.binds(name) { return }
    var passed = [scope]
    var next = scope.parent
    while let outer = next {
      if outer.kind == .classBody, name == "__class__" {
        return share(name, from: outer, through: passed)
      }
      if outer.isFunction {
        if outer.uses(of: name).contains(.global) { break }
        if outer.binds(name) { return share(name, from: outer, through: passed) }
      }
      if outer.kind != .module { passed.append(outer) }
      next = outer.parent
    }
    guard uses.contains(.nonlocal) else { return }
    let range =
      scope.declarations[name]
      ?? SourceRange(start: source.position(of: 0), end: source.position(of: 0))
    throw source.error("no binding for nonlocal '\(name)' found", range)
  }

  private func share(_ name: String, from owner: Scope, through scopes: [Scope]) {
    if !owner.cells.contains(name) { owner.cells.append(name) }
    for scope in scopes where !scope.free.contains(name) { scope.free.append(name) }
  }
}
