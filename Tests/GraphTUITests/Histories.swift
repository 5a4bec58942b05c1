import Autograd
import Interpreter
import Timeline

/// Histories made by hand, for tests that need no interpreter.
enum Histories {
  /// A script that never uses a gradient.
  static func plain() -> Timeline {
    let builder = TimelineBuilder(source: SourceText(name: "plain.py", text: "a = 1\nb = 2\n"))
    for (line, name) in [(1, "a"), (2, "b")] {
      builder.begin(.statement, at: place(line))
      builder.bind(name, to: Binding(name: name, line: line, value: .int(line)))
      builder.endStatement()
    }
    return builder.timeline
  }

  /// A loop that makes, uses and drops the same graph in every round; late, when the next one has
  /// been made, as names do that are bound anew.
  static func training(rounds: Int, dropsLate: Bool = false) -> Timeline {
    let text = """
      w = torch.tensor(1.0, requires_grad=True)
      for i in range(3):
          y = w * w
          y.backward()
          w.data.sub_(0.1 * w.grad)

      """
    let builder = TimelineBuilder(source: SourceText(name: "training.py", text: text))
    builder.begin(.operation("tensor"), at: place(1))
    let w = scalar(1, builder, requiresGrad: true)
    builder.bind("w", to: Binding(name: "w", line: 1, value: .tensor(w)))
    builder.setOperands(inputs: [], outputs: [w])
    builder.endStatement()
    var old: (tensor: TensorID, node: NodeID)?
    for round in 0..<rounds {
      builder.begin(.operation("mul"), at: place(3))
      let sum = builder.createNode("AccumulateGrad", edges: [], sequenceNr: nil, variable: w)
      let mul = builder.createNode(
        "MulBackward0",
        edges: [NodeEdge(sum), NodeEdge(sum)],
        sequenceNr: round
      )
      builder.save(w, as: "self", by: mul)
      builder.save(w, as: "other", by: mul)
      let y = scalar(1, builder, requiresGrad: true, gradFn: .node(mul, outputNr: 0))
      builder.bind("y", to: Binding(name: "y", line: 3, value: .tensor(y)))
      builder.setOperands(inputs: [w, w], outputs: [y])
      if let old {
        builder.kill(old.tensor)
        builder.kill(old.node)
      }
      builder.endStatement()

      builder.begin(.backwardBegan(round + 1), at: place(4), marks: .backward)
      builder.beginBackward(BackwardState(pass: round + 1, roots: [y]))
      let one = scalar(1, builder)
      builder.wait(one, for: NodeEdge(mul))
      builder.begin(.nodeApplied(mul), at: place(4), marks: .backward)
      builder.apply(mul, to: [one])
      builder.release(mul)
      let two = scalar(2, builder)
      builder.give([two, two])
      builder.begin(.accumulated(w), at: place(4), marks: [.backward, .accumulated])
      builder.setGrad(of: w, to: two)
      builder.endBackward()
      builder.endStatement()

      builder.begin(.operation("sub_"), at: place(5))
      if dropsLate {
        old = (y, mul)
      } else {
        builder.kill(y)
        builder.kill(mul)
      }
      builder.kill(sum)
      builder.endStatement()
    }
    return builder.timeline
  }

  /// A chain of operations, each on what the one before made.
  static func chain(_ count: Int) -> Timeline {
    let text = "for i in range(\(count)):\n    x = x * 2\n"
    let builder = TimelineBuilder(source: SourceText(name: "chain.py", text: text))
    var input: TensorID?
    var last: NodeID?
    for index in 0..<count {
      builder.begin(.operation("mul"), at: place(2))
      let node = builder.createNode(
        "MulBackward0",
        edges: [last.map { NodeEdge($0) }, nil],
        sequenceNr: index
      )
      let x = scalar(Float(index), builder, requiresGrad: true, gradFn: .node(node, outputNr: 0))
      builder.bind("x", to: Binding(name: "x", line: 2, value: .tensor(x)))
      builder.setOperands(inputs: input.map { [$0] } ?? [], outputs: [x])
      if let input { builder.kill(input) }
      builder.endStatement()
      (input, last) = (x, node)
    }
    return builder.timeline
  }

  private static func place(_ line: Int) -> ScriptPlace {
    let start = SourcePosition(line: line, column: 0, offset: 0)
    let end = SourcePosition(line: line, column: 1, offset: 0)
    let range = SourceRange(start: start, end: end)
    return ScriptPlace(statement: range, expression: range)
  }

  private static func scalar(
    _ value: Float,
    _ builder: TimelineBuilder,
    requiresGrad: Bool = false,
    gradFn: GradFn = .none
  ) -> TensorID {
    let buffer = Buffer(word: UInt64(value.bitPattern), byteCount: 4)
    let storage = builder.createStorage(buffer)
    let counter = builder.createCounter()
    return builder.createTensor(
      Geometry(dtype: .float32, sizes: [], strides: [], storageOffset: 0),
      on: storage,
      counter: counter,
      requiresGrad: requiresGrad,
      gradFn: gradFn
    )
  }
}
