/// A Python exception.
final class ExceptionObject: Object {
  /// `e.args`.
  var arguments: [Value]
  /// `e.__cause__`, from `raise … from`.
  var cause: ExceptionObject?
  /// `e.__context__`: what was being handled when this one was raised.
  var context: ExceptionObject?
  /// Whether `raise … from None` hides the context.
  var suppressesContext = false
  /// The name that an undefined one may have been meant for, for the traceback.
  var suggestion: String?
  /// Where it passed, outermost last as it is collected; printed the other way round.
  var traceback: [TracebackEntry] = []

  init(_ arguments: [Value], type: TypeObject?) {
    self.arguments = arguments
    super.init(type: type)
  }
}

/// One frame that an exception passed.
struct TracebackEntry {
  let code: Code
  let range: SourceRange
}
