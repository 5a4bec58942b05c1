import Testing

@testable import Autograd

@Suite struct AccumulateGradTests {
  @Test func `a gradient that nobody else holds is taken over`() throws {
    let s = Session()
    let x = try s.leaf(3)
    try s.backward([s.sum(s.mul(x, .number(.int(2))))])
    #expect(x.grad?.version == 0)
    try s.backward([s.sum(s.mul(x, .number(.int(2))))])
    #expect(x.grad?.version == 1)
    #expect(s.values(x.grad) == [4, 4, 4])
  }

  @Test func `an expanded gradient is copied`() throws {
    let s = Session()
    let x = try s.leaf(3)
    try s.backward([s.sum(x)])
    #expect(x.grad?.strides == [1])
    #expect(x.grad?.version == 1)
  }

  @Test func `later gradients are added in place to the same tensor`() throws {
    let s = Session()
    let x = try s.leaf(2)
    let y = try s.add(x, .number(.int(2)))
    try s.backward([y], gradients: [s.ones([2])])
    let first = x.grad
    try s.backward([y], gradients: [s.ones([2])])
    #expect(x.grad === first)
    #expect(s.values(first) == [2, 2])
  }

  @Test func `with create_graph gradients are added out of place`() throws {
    let s = Session()
    let x = try s.leaf(2)
    let y = try s.add(x, .number(.int(2)))
    try s.backward([y], gradients: [s.ones([2])])
    let first = x.grad
    try s.backward([y], gradients: [s.ones([2])], createGraph: true)
    #expect(x.grad !== first)
    #expect(s.values(first) == [1, 1])
    #expect(s.values(x.grad) == [2, 2])
  }

  @Test func `the gradient given to backward is not shared with a leaf`() throws {
    let s = Session()
    let x = try s.leaf(2)
    let given = try s.ones([2])
    try s.backward([s.add(x, .number(.int(1)))], gradients: [given])
    #expect(x.grad?.storage !== given.storage)
    let z = try s.leaf(2)
    try s.backward([s.view(z, [2])], gradients: [given])
    #expect(z.grad?.storage === given.storage)
  }
}
