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
  /// Calls `report` with the names of the innermost frame of the script whose binding changed since this was called
  /// last for that frame; with no value for a deleted one.
  func visitChangedNames(_ report: (_ name: String, _ value: NamedValue?) -> Void)
}

/// What a name is bound to in a running script.
enum NamedValue {
  /// A tensor.
  case tensor(Tensor)
  /// Anything else.
  case other(Binding.Value)
}
