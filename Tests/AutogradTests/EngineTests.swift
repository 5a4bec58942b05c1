import Testing

@testable import Autograd

@Suite struct EngineTests {
  @Test func `the gradient of a product is the other factor`() throws {
    let s = Session()
    let x = try s.floats([1, 2, 3], requiresGrad: true)
    let y = try s.floats([4, 5, 6], requiresGrad: true)
    try s.backward([s.sum(s.mul(x, .tensor(y)))])
    #expect(s.values(x.grad) == [4, 5, 6])
    #expect(s.values(y.grad) == [1, 2, 3])
  }

  @Test func `a chain of a million nodes is built, run backward and released`() throws {
    let s = Session()
    let x = try s.float(1, requiresGrad: true)
    var y = x
    for _ in 0..<1_000_000 { y = try s.mul(y, .number(.float(1.0))) }
    try s.backward([y])
    #expect(s.values(x.grad) == [1])
    var z = x
    for _ in 0..<200_000 { z = try s.mul(z, .tensor(x)) }
    z = x
  }

  @Test func `gradients of several paths are summed before the leaf`() throws {
    let s = Session()
    let x = try s.float(2, requiresGrad: true)
    var seen: [[Double]?] = []
    try s.registerHook(
      x,
      Hook(
        name: "hook",
        .tensor({ (grad) throws(AutogradError) -> Tensor? in
          seen.append(s.values(grad))
          return nil
        })
      )
    )
    let a = try s.mul(x, .number(.int(2)))
    let b = try s.mul(x, .number(.int(3)))
    try s.backward([s.add(a, .tensor(b))])
    #expect(seen == [[5]])
    #expect(s.values(x.grad) == [5])
    #expect(x.grad?.version == 1)
  }

  @Test func `newer nodes run first and accumulators as soon as they can`() throws {
    let s = Session()
    let x = try s.leaf(1)
    let y = try s.leaf(1)
    let a = try s.unary(.sin, x)
    let b = try s.unary(.cos, y)
    let c = try s.mul(a, .tensor(b))
    let d = try s.unary(.exp, x)
    let out = try s.sum(s.add(c, .tensor(d)))
    let recorder = ApplyRecorder()
    s.observer = recorder
    try s.backward([out])
    #expect(
      recorder.names == [
        "SumBackward0", "AddBackward0", "ExpBackward0", "MulBackward0", "CosBackward0",
        "AccumulateGrad", "SinBackward0", "AccumulateGrad",
      ]
    )
  }

  @Test func `a second backward needs the saved tensors`() throws {
    let s = Session()
    let x = try s.leaf(2)
    let a = try s.sum(s.add(x, .number(.int(2))))
    try s.backward([a])
    try s.backward([a])
    #expect(s.values(x.grad) == [2, 2])
    let b = try s.sum(s.mul(x, .number(.int(2))))
    try s.backward([b])
    #expect(message { () throws(AutogradError) in try s.backward([b]) } == Message.backwardTwice)
  }

  @Test func `grad returns gradients and leaves the leaves alone`() throws {
    let s = Session()
    let x = try s.leaf(2)
    let z = try s.leaf(2)
    let b = try s.mul(x, .number(.int(2)))
    let out = try s.sum(s.mul(b, .number(.int(3))))
    let grads = try s.grad([.tensor(out)], [.tensor(b), .tensor(x)], retainGraph: true)
    #expect(grads.map { s.values($0) } == [[3, 3], [6, 6]])
    #expect(x.grad == nil)
    #expect(
      message { () throws(AutogradError) in
        _ = try s.grad([.tensor(out)], [.tensor(x), .tensor(z)])
      }
        == "The differentiated Tensor at index 1 appears to not have been used in the graph. Set "
        + "allow_unused=True if this is the desired behavior."
    )
  }

  @Test func `create_graph records the backward pass`() throws {
    let s = Session()
    let x = try s.floats([2], requiresGrad: true)
    let g1 = try #require(
      s.grad(
        [.tensor(s.pow(x, .number(.int(3))))],
        [.tensor(x)],
        createGraph: true
      )[0]
    )
    #expect(s.values(g1) == [12])
    #expect(try s.gradFnName(g1) == "MulBackward0")
    #expect(try s.nextNames(g1) == [nil, "MulBackward1"])
    let g2 = try #require(s.grad([.tensor(g1)], [.tensor(x)], createGraph: true)[0])
    #expect(s.values(g2) == [12])
    let g3 = try #require(s.grad([.tensor(g2)], [.tensor(x)], createGraph: true)[0])
    #expect(s.values(g3) == [6])
  }
}

/// Notes which nodes are applied.
final class ApplyRecorder: Observer {
  var names: [String] = []

  func nodeWillApply(_ node: Node, gradients: [Tensor?]) { names.append(node.typeName) }
}
