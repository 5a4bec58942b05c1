import Autograd
import Testing

@testable import Timeline

@Suite struct MomentTests {
  let timeline = Timeline.sample()

  @Test func `a moment is the same whichever way one gets there`() {
    var cursor = timeline.cursor()
    var forward: [Moment] = []
    for step in timeline.steps.indices {
      cursor.move(to: step)
      forward.append(cursor.moment)
    }
    for step in timeline.steps.indices.reversed() {
      cursor.move(to: step)
      #expect(cursor.moment == forward[step])
      #expect(timeline.moment(at: step) == forward[step])
    }
  }

  @Test func `a saved tensor is broken at the step of the write`() throws {
    let write = try #require(timeline.step(ofLine: 5))
    let saver = NodeID(3)
    #expect(timeline.moment(at: write - 1).node(saver)?.saved.map(\.status) == [.intact, .intact])
    let saved = try #require(timeline.moment(at: write).node(saver)?.saved.first)
    #expect(saved.status == .versionMoved)
    #expect(saved.savedVersion == 0 && saved.currentVersion == 1)
    #expect(saved.values?.elements() == [.float(6)])
    #expect(timeline.marks(at: write).contains(.brokenSaved))
  }

  @Test func `a tensor knows its names, its version and its elements`() throws {
    let x = try #require(timeline.moment(at: 5).tensor(TensorID(2)))
    #expect(x.label == "x" && x.names.first?.line == 3)
    #expect(x.version == 1 && x.values.elements() == [.float(7)])
    #expect(!x.isLeaf && x.gradFn == .node(NodeID(4), outputNr: 0))
    #expect(timeline.moment(at: 3).tensor(TensorID(2))?.values.elements() == [.float(6)])
  }
}
