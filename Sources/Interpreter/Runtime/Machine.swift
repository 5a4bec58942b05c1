/// The state of one running interpreter: types, built-ins, modules, the exception on its way, limits.
///
/// Everything that Python keeps per process or thread is here, so that several can live side by side.
final class Machine {
  /// The interned names.
  var symbols = SymbolTable()
  /// The exception that a thrown ``PythonError`` stands for.
  var raised: Object?

  init() {}
}
