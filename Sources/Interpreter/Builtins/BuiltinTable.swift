extension Machine {
  /// Fills the tables of the built-in classes and functions.
  func installBuiltins() {
    for type in types.named { builtins[symbols.symbol(type.name)] = .object(type) }
    builtins[symbols.symbol("Ellipsis")] = .ellipsis
    builtins[symbols.symbol("NotImplemented")] = .notImplemented
    builtins[names.dunderDebug] = .bool(true)
    let error = Value.object(types.osError)
    builtins[symbols.symbol("EnvironmentError")] = error
    builtins[symbols.symbol("IOError")] = error
  }
}
