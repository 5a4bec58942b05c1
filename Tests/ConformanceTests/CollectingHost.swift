import Interpreter

/// A host that keeps what a script says.
final class CollectingHost: Host {
  var output = ""
  var errors = ""
  var observesStatements: Bool { false }
  var isCancelled: Bool { false }
  func write(_ text: String) { output += text }
  func writeError(_ text: String) { errors += text }
  func warn(_ warning: WarningReport) { errors += warning.text }
  func willExecute(_ place: ScriptPlace) {}
  func didComplete(_ place: ScriptPlace) {}
}
