import Interpreter
import Testing

@testable import Timeline

@Suite struct HistoryTests {
  @Test(arguments: ConformanceCase.all)
  func `a recorded script has the same moments whichever way one gets there`(
    script: ConformanceCase
  ) throws {
    let timeline = Timeline.record(try script.source())
    // Long histories are looked at here and there.
    let stride = 1 + timeline.steps.count / 200
    var cursor = timeline.cursor()
    var forward: [Int: Moment] = [:]
    for step in timeline.steps.indices {
      cursor.move(to: step)
      if step % stride == 0 { forward[step] = cursor.moment }
    }
    for step in timeline.steps.indices.reversed() {
      cursor.move(to: step)
      if let moment = forward[step] { #expect(cursor.moment == moment) }
    }
    var step = 1
    for _ in 0..<50 {
      step = (step &* 7919 &+ 104_729) % timeline.steps.count
      cursor.move(to: step / stride * stride)
      #expect(cursor.moment == forward[step / stride * stride])
    }
  }

  @Test(arguments: ConformanceCase.all)
  func `a recorded script says and raises what it does unrecorded`(script: ConformanceCase) throws {
    let source = try script.source()
    let host = CollectingHost()
    let outcome = RunOutcome(Interpreter(source: source, host: host).run())
    let timeline = Timeline.record(source)
    var output = ""
    for case .output(let text) in timeline.transcript { output += text }
    #expect(SnapshotWriter.withoutAddresses(output) == SnapshotWriter.withoutAddresses(host.output))
    switch (timeline.outcome, outcome) {
    case (.raised(let error), .raised(let wanted)):
      #expect(error.type == wanted.type && error.line == wanted.line)
      #expect(
        SnapshotWriter.withoutAddresses(error.message)
          == SnapshotWriter.withoutAddresses(wanted.message)
      )
      #expect(timeline.errorStep == timeline.steps.count - 1)
    default:
      #expect(timeline.outcome == outcome)
    }
  }
}
