/// What a script needs from outside, and what it tells while it runs.
///
/// The only way from the interpreter to a screen, a file or a recorder.
public protocol Host: AnyObject {
  /// Text that the script printed, as it is printed.
  func write(_ text: String)
  /// Text that the script printed to `sys.stderr`.
  func writeError(_ text: String)
  /// A warning that Python would show.
  func warn(_ warning: WarningReport)
  /// A statement of the script is about to run.
  func willExecute(_ place: ScriptPlace)
  /// A simple statement at module level is complete.
  func didComplete(_ place: ScriptPlace)
  /// Whether `willExecute` is wanted; read once, when the run begins.
  var observesStatements: Bool { get }
  /// Whether the run should end as if interrupted; asked every few statements.
  var isCancelled: Bool { get }
}

/// A place in the script: the statement that runs and, inside it, the expression.
public struct ScriptPlace: Sendable, Equatable {
  /// The statement's range in the source.
  public var statement: SourceRange
  /// The range of the expression inside the statement.
  public var expression: SourceRange

  /// A place from its two ranges.
  public init(statement: SourceRange, expression: SourceRange) {
    self.statement = statement
    self.expression = expression
  }
}

/// A warning as Python would show it.
public struct WarningReport: Sendable, Equatable {
  /// The category's name, `UserWarning`.
  public var category: String
  /// The text.
  public var message: String
  /// The line that it is attributed to; nil where that is a file of the library.
  public var line: Int?
  /// What Python prints for it on standard error, line ends included.
  public var text: String

  /// A warning from its parts.
  public init(category: String, message: String, line: Int?, text: String) {
    self.category = category
    self.message = message
    self.line = line
    self.text = text
  }
}

/// How far a script may go.
public struct Limits: Sendable {
  /// Statements executed before the run is stopped; nil for no limit.
  public var steps: Int?
  /// Bytes of tensors and Python objects alive at once.
  public var memory: Int
  /// Python frames on the stack, CPython's recursion limit.
  public var recursion: Int

  /// Limits as the command line sets them.
  public init(steps: Int? = nil, memory: Int = 4 << 30, recursion: Int = 1000) {
    self.steps = steps
    self.memory = memory
    self.recursion = recursion
  }
}
