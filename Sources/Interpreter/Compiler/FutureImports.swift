/// Checks that `from __future__ import …` stands at the beginning and names what exists.
struct FutureImports {
  /// The text, for the places of errors.
  let source: SourceText

  /// The features that Python 3.11 knows.
  private static let features: Set<String> = [
    "nested_scopes", "generators", "division", "absolute_import", "with_statement",
    "print_function", "unicode_literals", "barry_as_FLUFL", "generator_stop", "annotations",
  ]

  /// Checks the statements of a module.
  func check(_ module: Module) throws(PythonSyntaxError) {
    var isBeginning = true
    for (place, statement) in module.body.enumerated() {
      switch statement.kind {
      case .importFrom("__future__"?, let aliases, 0):
        if !isBeginning {
          throw source.error(
            "from __future__ imports must occur at the beginning of the file",
            statement.range
          )
        }
        for alias in aliases where !Self.features.contains(alias.name) {
          throw source.error(
            alias.name == "braces"
              ? "not a chance" : "future feature \(alias.name) is not defined",
            line: statement.range.start.line,
            offset: statement.range.start.column + 1,
            endOffset: 0
          )
        }
      case .expression(let value):
        guard place == 0, case .constant(.string) = value.kind else {
          isBeginning = false
          continue
        }
      default: isBeginning = false
      }
    }
  }
}
