import Testing

@testable import Autograd

@Suite struct ViewTests {
  @Test func `a write to a view rebases the history of its base`() throws {
    let s = Session()
    let x = try s.leaf(3)
    let b = try s.mul(x, .number(.int(2)))
    let v = try s.slice(b, 0, start: 0, stop: 2)
    try s.mulInPlace(v, .number(.int(3)))
    #expect(try s.gradFnName(b) == "CopySlices")
    #expect(try s.nextNames(b) == ["MulBackward0", nil])
    #expect(try s.gradFnName(v) == "AsStridedBackward0")
    #expect(b.version == 1 && v.version == 1)
    try s.backward([s.sum(b)])
    #expect(s.values(x.grad) == [6, 6, 2])
  }

  @Test func `a write to the base gives its views a new grad_fn`() throws {
    let s = Session()
    let x = try s.leaf(3)
    let b = try s.mul(x, .number(.int(2)))
    let v = try s.slice(b, 0, start: 1)
    try s.mulInPlace(b, .number(.int(3)))
    #expect(try s.gradFnName(v) == "AsStridedBackward0")
    try s.backward([s.sum(v)])
    #expect(s.values(x.grad) == [0, 6, 6])
  }

  @Test func `a view of a view hangs off the root`() throws {
    let s = Session()
    let x = try s.leaf(2, 3)
    let b = try s.clone(x)
    let v1 = try s.narrow(b, 0, 0, 1)
    let v2 = try s.narrow(v1, 1, 1, 1)
    try s.mulInPlace(v2, .number(.int(2)))
    #expect(v2.base === b)
    let first = try s.gradFn(of: v1)?.nextEdges[0].function
    #expect(first === (try s.gradFn(of: b)))
    try s.backward([s.sum(b)])
    #expect(s.values(x.grad) == [1, 2, 1, 1, 1, 1])
  }

  @Test func `one of several views may not be written`() throws {
    let s = Session()
    let x = try s.leaf(3, 2)
    let b = try s.mul(x, .number(.int(1)))
    let parts = try s.unbind(b)
    #expect(
      message { () throws(AutogradError) in try s.mulInPlace(parts[1], .number(.int(2))) }
        == "Output 1 of Unbind is a view and is being modified inplace. This view is the output of a "
        + "function that returns multiple views. Such functions do not allow the output views to be "
        + "modified inplace. You should replace the inplace operation by an out-of-place one."
    )
  }

  @Test func `a saved view that was written is named after its new grad_fn`() throws {
    let s = Session()
    let x = try s.leaf(4)
    let b = try s.mul(x, .number(.int(1)))
    let v = try s.slice(b, 0, start: 0, stop: 2)
    let y = try s.unary(.sin, v)
    try s.fillInPlace(s.select(b, 0, 3), .number(.float(5)))
    let text = message { () throws(AutogradError) in try s.backward([s.sum(y)]) }
    #expect(
      text?.contains("which is output 0 of AsStrided, is at version 1; expected version 0") == true
    )
  }
}
