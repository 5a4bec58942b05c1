import Autograd
import Interpreter
import Testing

@testable import Timeline

@Suite struct LongHistoryTests {
  /// A chain of operations on scalars; every tenth writes in place.
  static func chain(_ count: Int, budget: Int = 1 << 20) -> Timeline {
    let builder = TimelineBuilder(source: SourceText(name: "chain.py", bytes: []))
    builder.timeline.tables.contents.budget = budget
    let geometry = Geometry(dtype: .int64, sizes: [], strides: [], storageOffset: 0)
    var previous: (tensor: TensorID, storage: StorageID, counter: VersionCounterID, node: NodeID)?
    for step in 1...count {
      if step % 10 == 0, let previous {
        builder.begin(.operation("add_"), marks: .versionBump)
        builder.write(
          Buffer(word: UInt64(step), byteCount: 8),
          to: previous.storage,
          writes: Int(builder.now.storageTable[previous.storage.index].writes) + 1
        )
        builder.setVersion(previous.counter, to: 1)
        continue
      }
      builder.begin(.operation("mul"))
      let node = builder.createNode(
        "MulBackward0",
        edges: [previous.map { NodeEdge($0.node) }, nil],
        sequenceNr: step
      )
      if let previous { builder.save(previous.tensor, as: "self", by: node) }
      let storage = builder.createStorage(Buffer(word: UInt64(step), byteCount: 8))
      let counter = builder.createCounter()
      let tensor = builder.createTensor(
        geometry,
        on: storage,
        counter: counter,
        requiresGrad: true,
        gradFn: .node(node, outputNr: 0)
      )
      builder.bind("x", to: Binding(name: "x", line: 1, value: .tensor(tensor)))
      if let previous, step % 3 == 0 { builder.kill(previous.tensor) }
      builder.setOperands(inputs: previous.map { [$0.tensor] } ?? [], outputs: [tensor])
      previous = (tensor, storage, counter, node)
    }
    return builder.timeline
  }

  @Test func `jumps through kept moments give the moments of a walk`() {
    let timeline = Self.chain(12000)
    #expect(timeline.keyframes.count > 2)
    var walk = timeline.cursor()
    var kept: [Int: Moment] = [:]
    for step in timeline.steps.indices {
      walk.move(to: step)
      if step % 501 == 0 { kept[step] = walk.moment }
    }
    var jumper = timeline.cursor()
    for step in [11022, 501, 0, 9018, 1002, 3507, 8016, 5010, 1503] {
      jumper.move(to: step)
      #expect(jumper.moment == kept[step])
      #expect(timeline.moment(at: step) == kept[step])
    }
  }

  @Test func `bytes past the budget are dropped and named so`() throws {
    let builder = TimelineBuilder(source: SourceText(name: "x.py", bytes: []))
    builder.timeline.tables.contents.budget = 1000
    let storage = builder.createStorage(Buffer(byteCount: 400))
    let tensor = builder.createTensor(
      Geometry(dtype: .float32, sizes: [100], strides: [1], storageOffset: 0),
      on: storage,
      counter: nil
    )
    for step in 1...4 {
      builder.begin(.operation("add_"))
      builder.write(Buffer(byteCount: 400), to: storage, writes: step)
    }
    let timeline = builder.timeline
    let old = try #require(timeline.moment(at: 0).tensor(tensor))
    let new = try #require(timeline.moment(at: 4).tensor(tensor))
    #expect(old.values.isDropped && old.values.elements().isEmpty)
    #expect(!new.values.isDropped && new.values.count == 100)
  }
}
