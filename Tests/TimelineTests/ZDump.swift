import Foundation
import Interpreter
import Testing

@testable import Timeline

@Suite struct ZDump {
  @Test func `dump`() throws {
    guard let path = ProcessInfo.processInfo.environment["DUMP"] else { return }
    let bytes = Array(try Data(contentsOf: URL(filePath: path)))
    let timeline = Timeline.record(SourceText(name: "a.py", bytes: bytes))
    for step in timeline.steps {
      let loops = step.loops.map { "\($0.line):\($0.iteration)" }.joined(separator: " ")
      let stack = step.callStack.map { "\($0.function)@\($0.callLine)" }.joined(separator: " ")
      print(
        step.index,
        step.line ?? 0,
        step.endsStatement ? "." : " ",
        step.marks.rawValue,
        "[\(loops)] [\(stack)]",
        timeline.sentence(at: step.index)
      )
    }
    print(timeline.outcome, timeline.moment(at: timeline.steps.count - 1).frames)
  }
}
