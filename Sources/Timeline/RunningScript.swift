import Autograd
import Interpreter

/// What a recorder asks the interpreter while a script runs.
///
/// Only the script's own frames count: those of library code written in Python are passed over.
protocol RunningScript: AnyObject {
  /// The innermost place of the script that is running.
  var place: ScriptPlace? { get }
  /// How many functions of the script are being called; 0 in the module.
  var callDepth: Int { get }
  /// The qualified name of the innermost function of the script.
  var functionName: String { get }
  /// Whether the innermost function is in fact the body of a class.
  var isInClassBody: Bool { get }
  /// Whether the innermost function is at its first statement, hence was just entered.
  var isAtFirstStatement: Bool { get }
  /// The session of the script's torch; nil until it is imported.
  var session: Session? { get }
  /// Calls `report` with the names of the innermost frame of the script whose bindings changed since this was called
  /// last for that frame; with no value for one that was unbound.
  func visitChangedNames(
    depth: Int,
    tensorName: @escaping (Tensor) -> String,
    _ report: (_ name: String, _ value: NamedValue?) -> Void
  )
}

extension Interpreter: RunningScript {
  var place: ScriptPlace? { currentPlace }
}
