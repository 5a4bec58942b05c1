import Autograd
import Interpreter
import Testing

@testable import Timeline

@Suite struct RecorderTests {
  let script = FakeScript()
  var session: Session { script.engine }

  /// A leaf of one element.
  private func leaf(_ value: Double) throws(AutogradError) -> Tensor {
    let tensor = try session.tensor([.float(value)], sizes: [], .float32)
    return try session.setRequiresGrad(tensor, true)
  }

  @Test func `a write after a save breaks the saved tensor at its step`() throws {
    script.bind("w") { () throws(AutogradError) in try leaf(2) }
    script.bind("x") { () throws(AutogradError) in try session.mul(script["w"], .number(.int(3))) }
    script.bind("y") { () throws(AutogradError) in
      try session.mul(script["x"], .tensor(script["x"]))
    }
    script.statement { () throws(AutogradError) in
      _ = try session.addInPlace(script["x"], .number(.int(1)))
    }
    let error = script.statement { () throws(AutogradError) in try session.backward([script["y"]]) }
    #expect(error != nil)

    let timeline = script.timeline
    let write = try #require(timeline.mark(.brokenSaved, after: 0))
    #expect(timeline.steps[write].kind == .operation("add_"))
    #expect(timeline.steps[write].line == 4)
    #expect(timeline.marks(at: write).isSuperset(of: [.versionBump, .brokenSaved]))
    #expect(
      timeline.sentence(at: write)
        == "add_ writes t2 (x) in place: version 0 → 1; MulBackward0 (n3) had saved it: backward "
        + "will fail"
    )
    let last = try #require(timeline.errorStep)
    let moment = timeline.moment(at: last)
    let raised = try #require(moment.error)
    let node = try #require(raised.node)
    #expect(moment.node(node)?.name == "MulBackward0")
    #expect(raised.saved == 0 || raised.saved == 1)
    #expect(raised.message.hasPrefix("one of the variables needed for gradient computation"))
    #expect(moment.backward?.node == node)
    #expect(moment.node(node)?.saved.first?.status == .versionMoved)
    #expect(moment.node(node)?.saved.first?.values?.elements() == [.float(6)])
  }

  @Test func `a write through data is found where versions agree`() throws {
    script.bind("w") { () throws(AutogradError) in try leaf(2) }
    script.bind("y") { () throws(AutogradError) in
      try session.mul(script["w"], .tensor(script["w"]))
    }
    script.statement { () throws(AutogradError) in
      _ = try session.addInPlace(session.data(script["w"]), .number(.int(1)))
    }
    let timeline = script.timeline
    let write = try #require(timeline.mark(.silentChange, after: 0))
    #expect(timeline.steps[write].line == 3)
    #expect(timeline.marks(at: write).contains(.uncountedWrite))
    #expect(!timeline.marks(at: write).contains(.brokenSaved))
    let node = try #require(timeline.moment(at: write).nodes.last)
    #expect(node.saved.map(\.status) == [.silentlyChanged, .silentlyChanged])
    #expect(timeline.moment(at: write - 1).node(node.id)?.saved.first?.status == .intact)
  }

  @Test func `backward is a step a node`() throws {
    script.bind("w") { () throws(AutogradError) in try leaf(2) }
    script.bind("y") { () throws(AutogradError) in
      try session.mul(script["w"], .tensor(script["w"]))
    }
    script.statement { () throws(AutogradError) in try session.backward([script["y"]]) }
    let timeline = script.timeline
    let begin = try #require(timeline.step(ofLine: 3))
    let kinds = timeline.steps[begin...].map(\.kind)
    let w = TensorID(1)
    #expect(
      kinds == [.backwardBegan(1), .nodeApplied(NodeID(2)), .accumulated(w), .backwardEnded(1)]
    )
    let applied = timeline.moment(at: begin + 1)
    #expect(applied.node(NodeID(2))?.isReleased == true)
    #expect(applied.node(NodeID(2))?.saved.allSatisfy { $0.wasUsed } == true)
    #expect(applied.backward?.waiting.first?.node == NodeID(1))
    let end = timeline.moment(at: timeline.steps.count - 1)
    let grad = try #require(end.tensor(w)?.grad)
    #expect(end.tensor(grad)?.values.elements() == [.float(4)])
    #expect(end.backward == nil)
    #expect(timeline.moment(at: begin + 1).tensor(w)?.grad == nil)
  }

  @Test func `what nobody can reach any more is dead`() throws {
    script.bind("w") { () throws(AutogradError) in try leaf(2) }
    script.bind("x") { () throws(AutogradError) in try session.mul(script["w"], .number(.int(3))) }
    script.statement { () throws(AutogradError) in script.delete("x") }
    let timeline = script.timeline
    let end = timeline.moment(at: timeline.steps.count - 1)
    #expect(end.liveTensors == [TensorID(1)])
    #expect(end.liveNodes.isEmpty)
    #expect(end.liveStorages == [StorageID(1)])
    #expect(timeline.sentence(at: timeline.steps.count - 1) == "x is no longer bound")
  }

  @Test func `a view shares storage and version with its base`() throws {
    script.bind("w") { () throws(AutogradError) in try session.zeros([2, 2], .float32) }
    script.bind("v") { () throws(AutogradError) in try session.view(script["w"], [4]) }
    script.statement { () throws(AutogradError) in
      _ = try session.addInPlace(script["v"], .number(.int(1)))
    }
    let timeline = script.timeline
    let moment = timeline.moment(at: timeline.steps.count - 1)
    let w = try #require(moment.tensor(TensorID(1)))
    let v = try #require(moment.tensor(TensorID(2)))
    #expect(v.isView && v.base == w.id && v.storage == w.storage)
    #expect(v.versionCounter == w.versionCounter && w.version == 1 && v.version == 1)
    #expect(w.values.elements() == Array(repeating: .float(1), count: 4))
    #expect(timeline.writes(of: w.storage) == [timeline.steps.count - 1])
  }

  @Test func `a recorded history is the same both ways`() throws {
    script.bind("w") { () throws(AutogradError) in try leaf(2) }
    for _ in 0..<20 {
      script.bind("y") { () throws(AutogradError) in
        try session.mul(script["w"], .tensor(script["w"]))
      }
      script.statement { () throws(AutogradError) in try session.backward([script["y"]]) }
    }
    script.checkBothWays()
  }
}

extension FakeScript {
  /// Expects the moments of a walk forward, of one back and of jumps to be equal.
  func checkBothWays() {
    let timeline = timeline
    var cursor = timeline.cursor()
    var forward: [Moment] = []
    for step in timeline.steps.indices {
      cursor.move(to: step)
      forward.append(cursor.moment)
    }
    for step in timeline.steps.indices.reversed() {
      cursor.move(to: step)
      #expect(cursor.moment == forward[step])
    }
    for step in timeline.steps.indices where step % 7 == 3 {
      #expect(timeline.moment(at: step) == forward[step])
    }
  }
}
