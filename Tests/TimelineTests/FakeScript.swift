import Autograd
import Interpreter

@testable import Timeline

/// A script whose statements are closures of a test, so that a recorder can be driven without Python.
final class FakeScript: RunningScript {
  let recorder: Recorder
  let engine = Session()
  var place: ScriptPlace?
  var callDepth = 0
  var functionName = "f"
  var isInClassBody: Bool { false }
  var isAtFirstStatement = false
  private var tensors: [String: Tensor] = [:]
  private var reported: [String: Int] = [:]
  private var line = 0

  init() {
    recorder = Recorder(source: SourceText(name: "fake.py", bytes: []))
    recorder.script = self
    engine.observer = recorder
  }

  var session: Session? { engine }

  /// What was recorded.
  var timeline: Timeline { recorder.timeline }

  /// The tensor bound to a name.
  subscript(name: String) -> Tensor {
    get {
      guard let tensor = tensors[name] else { preconditionFailure("nothing is bound to \(name)") }
      return tensor
    }
    set { tensors[name] = newValue }
  }

  /// Unbinds a name.
  func delete(_ name: String) { tensors[name] = nil }

  /// Runs a statement of the module, on the next line.
  @discardableResult
  func statement(_ body: () throws(AutogradError) -> Void) -> AutogradError? {
    line += 1
    let here = place(line)
    place = here
    recorder.willExecute(here)
    do throws(AutogradError) {
      try body()
      recorder.didComplete(here)
      return nil
    } catch {
      return error
    }
  }

  /// Runs a statement that binds a name.
  @discardableResult
  func bind(_ name: String, _ body: () throws(AutogradError) -> Tensor) -> AutogradError? {
    statement { () throws(AutogradError) in tensors[name] = try body() }
  }

  func visitChangedNames(
    depth: Int,
    tensorName: @escaping (Tensor) -> String,
    _ report: (String, NamedValue?) -> Void
  ) {
    for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) where reported[name] != tensor.id
    {
      reported[name] = tensor.id
      report(name, .tensor(tensor))
    }
    for name in reported.keys.sorted() where tensors[name] == nil {
      reported[name] = nil
      report(name, nil)
    }
  }

  private func place(_ line: Int) -> ScriptPlace {
    let start = SourcePosition(line: line, column: 0, offset: line * 10)
    let range = SourceRange(start: start, end: start)
    return ScriptPlace(statement: range, expression: range)
  }
}
