import Autograd
import Interpreter

extension Timeline {
  /// A small history made by hand, for previews and tests: an in-place write breaks a saved tensor, backward raises.
  package static func sample() -> Timeline {
    let script = """
      import torch
      w = torch.tensor(2.0, requires_grad=True)
      x = w * 3
      y = x * x
      x.add_(1)
      y.backward()

      """
    let source = SourceText(name: "sample.py", bytes: Array(script.utf8))
    let builder = TimelineBuilder(source: source)
    let lines = SampleLines(source)

    builder.begin(.statement, at: lines.place(1))
    builder.bind("torch", to: Binding(name: "torch", line: 1, value: .text("<module 'torch'>")))
    builder.endStatement()

    builder.begin(.operation("tensor"), at: lines.place(2))
    let w = builder.scalar(2, requiresGrad: true)
    builder.bind("w", to: Binding(name: "w", line: 2, value: .tensor(w)))
    builder.setOperands(inputs: [], outputs: [w])
    builder.endStatement()

    builder.begin(.operation("mul"), at: lines.place(3))
    let accumulate = builder.createNode("AccumulateGrad", edges: [], sequenceNr: nil, variable: w)
    let mul = builder.createNode("MulBackward0", edges: [NodeEdge(accumulate), nil], sequenceNr: 0)
    builder.save(Scalar.int(3), as: "other", by: mul)
    let x = builder.scalar(6, requiresGrad: true, gradFn: .node(mul, outputNr: 0))
    builder.bind("x", to: Binding(name: "x", line: 3, value: .tensor(x)))
    builder.setOperands(inputs: [w], outputs: [x])
    builder.endStatement()

    builder.begin(.operation("mul"), at: lines.place(4))
    let square = builder.createNode(
      "MulBackward0",
      edges: [NodeEdge(mul), NodeEdge(mul)],
      sequenceNr: 1
    )
    builder.save(x, as: "self", by: square)
    builder.save(x, as: "other", by: square)
    let y = builder.scalar(36, requiresGrad: true, gradFn: .node(square, outputNr: 0))
    builder.bind("y", to: Binding(name: "y", line: 4, value: .tensor(y)))
    builder.setOperands(inputs: [x, x], outputs: [y])
    builder.endStatement()

    builder.begin(
      .operation("add_"),
      at: lines.place(5),
      marks: [.versionBump, .brokenSaved]
    )
    let add = builder.createNode("AddBackward0", edges: [NodeEdge(mul), nil], sequenceNr: 2)
    builder.write(Buffer(float: 7), to: builder.now.tensorTable[x.index].storage, writes: 1)
    if let counter = builder.now.tensorTable[x.index].counter {
      builder.setVersion(counter, to: 1)
    }
    builder.setGradFn(of: x, to: .node(add, outputNr: 0))
    builder.setOperands(inputs: [x], outputs: [x])
    builder.endStatement()

    builder.begin(.backwardBegan(1), at: lines.place(6), marks: .backward)
    builder.beginBackward(BackwardState(pass: 1, roots: [y]))
    let one = builder.scalar(1)
    builder.wait(one, for: NodeEdge(square))

    builder.begin(.error, at: lines.place(6), marks: .backward)
    builder.apply(square, to: [one])
    let error = ScriptError(
      type: "RuntimeError",
      message: "one of the variables needed for gradient computation has been modified by an "
        + "inplace operation: [torch.FloatTensor []], which is output 0 of MulBackward0, is at "
        + "version 1; expected version 0 instead.",
      place: lines.place(6),
      node: square,
      saved: 0,
      isUncaught: true
    )
    builder.raise(error)
    builder.say(.error(error))
    builder.endStatement()
    return builder.timeline
  }
}

/// The places of whole lines.
private struct SampleLines {
  private var ranges: [SourceRange] = []

  init(_ source: SourceText) {
    var offset = 0
    for (index, line) in source.bytes.split(separator: 10, omittingEmptySubsequences: false)
      .enumerated()
    {
      ranges.append(
        SourceRange(
          start: SourcePosition(line: index + 1, column: 0, offset: offset),
          end: SourcePosition(line: index + 1, column: line.count, offset: offset + line.count)
        )
      )
      offset += line.count + 1
    }
  }

  func place(_ line: Int) -> ScriptPlace {
    ScriptPlace(statement: ranges[line - 1], expression: ranges[line - 1])
  }
}

extension TimelineBuilder {
  /// A 0-dimensional float32 tensor on a storage and with a counter of its own.
  fileprivate func scalar(
    _ value: Float,
    requiresGrad: Bool = false,
    gradFn: GradFn = .none
  ) -> TensorID {
    let storage = createStorage(Buffer(float: value))
    let counter = createCounter()
    return createTensor(
      Geometry(dtype: .float32, sizes: [], strides: [], storageOffset: 0),
      on: storage,
      counter: counter,
      requiresGrad: requiresGrad,
      gradFn: gradFn
    )
  }
}

extension Buffer {
  /// The bytes of one float32.
  fileprivate init(float: Float) {
    self.init(word: UInt64(float.bitPattern), byteCount: 4)
  }
}
