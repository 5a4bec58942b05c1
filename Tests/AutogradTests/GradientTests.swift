import Testing

@testable import Autograd

/// A differentiable function of one or two tensors and where to try it.
struct GradientCase: Sendable, CustomTestStringConvertible {
  typealias Function = @Sendable (Session, [Tensor]) throws(AutogradError) -> Tensor

  let name: String
  let sizes: [[Int]]
  let range: ClosedRange<Double>
  let function: Function

  init(
    _ name: String,
    _ sizes: [[Int]] = [[2, 3]],
    in range: ClosedRange<Double> = 0.2...0.8,
    _ function: @escaping Function
  ) {
    self.name = name
    self.sizes = sizes
    self.range = range
    self.function = function
  }

  var testDescription: String { name }
}

@Suite struct GradientTests {
  /// The rows but digamma, whose derivative (polygamma) the engine lacks and refuses by name.
  static let unary: [GradientCase] = UnaryOperation.all.filter {
    $0.derivative != nil && $0.name != "digamma"
  }.map { row in
    GradientCase(row.name, in: row.name == "acosh" ? 1.2...1.8 : 0.2...0.8) {
      (s, x) throws(AutogradError) in try s.unary(row, x[0])
    }
  }

  static let binary: [GradientCase] = BinaryOperation.all.filter { $0.derivative != nil }.flatMap {
    row -> [GradientCase] in
    let values: [AttributeValue] =
      row.derivative?.attributeLabels == ["alpha"] ? [.scalar(.int(1))] : [.none]
    return [
      GradientCase(row.name, [[2, 3], [2, 3]]) { (s, x) throws(AutogradError) in
        try s.binary(row, x[0], .tensor(x[1]), values)
      },
      GradientCase(row.name + " broadcast", [[2, 3], [3]]) { (s, x) throws(AutogradError) in
        try s.binary(row, x[0], .tensor(x[1]), values)
      },
    ]
  }

  static let others: [GradientCase] = [
    GradientCase("add alpha", [[2, 3], [3]]) { (s, x) throws(AutogradError) in
      try s.add(x[0], .tensor(x[1]), alpha: .float(2.5))
    },
    GradientCase("sub alpha", [[2, 3], [3]]) { (s, x) throws(AutogradError) in
      try s.sub(x[0], .tensor(x[1]), alpha: .float(2.5))
    },
    GradientCase("rsub") { (s, x) throws(AutogradError) in
      try s.rsub(x[0], .number(.float(2.5)), alpha: .float(3))
    },
    GradientCase("pow 3") { (s, x) throws(AutogradError) in try s.pow(x[0], .number(.int(3))) },
    GradientCase("pow 0.5") { (s, x) throws(AutogradError) in
      try s.pow(x[0], .number(.float(0.5)))
    },
    GradientCase("2 ** x") { (s, x) throws(AutogradError) in try s.rpow(x[0], .int(2)) },
    GradientCase("sum") { (s, x) throws(AutogradError) in try s.sum(x[0]) },
    GradientCase("sum 1", [[2, 3, 2]]) { (s, x) throws(AutogradError) in
      try s.sum(x[0], dims: [1], keepdim: false)
    },
    GradientCase("sum 0 2 keepdim", [[2, 3, 2]]) { (s, x) throws(AutogradError) in
      try s.sum(x[0], dims: [0, -1], keepdim: true)
    },
    GradientCase("mean") { (s, x) throws(AutogradError) in try s.mean(x[0]) },
    GradientCase("mean 0", [[2, 3, 2]]) { (s, x) throws(AutogradError) in
      try s.mean(x[0], dims: [0], keepdim: false)
    },
    GradientCase("prod") { (s, x) throws(AutogradError) in try s.prod(x[0]) },
    GradientCase("prod 1") { (s, x) throws(AutogradError) in
      try s.prod(x[0], dim: 1, keepdim: false)
    },
    GradientCase("max") { (s, x) throws(AutogradError) in try s.extremum(x[0], greatest: true) },
    GradientCase("min 1") { (s, x) throws(AutogradError) in
      try s.extremum(x[0], dim: 1, keepdim: false, greatest: false).values
    },
    GradientCase("amax 0") { (s, x) throws(AutogradError) in
      try s.extremum(x[0], dims: [0], keepdim: false, greatest: true)
    },
    GradientCase("clone") { (s, x) throws(AutogradError) in try s.clone(x[0]) },
    GradientCase("where", [[2, 3], [2, 3]]) { (s, x) throws(AutogradError) in
      try s.where(s.binary(.gt, x[0], .number(.float(0.5))), .tensor(x[0]), .tensor(x[1]))
    },
    GradientCase("masked_fill") { (s, x) throws(AutogradError) in
      try s.maskedFill(x[0], s.binary(.gt, x[0], .number(.float(0.5))), .number(.float(2)))
    },
    GradientCase("clamp") { (s, x) throws(AutogradError) in
      try s.clamp(x[0], .float(0.3), .float(0.6))
    },
    GradientCase("cat", [[2, 3], [2, 2]]) { (s, x) throws(AutogradError) in try s.cat(x, 1) },
    GradientCase("stack", [[2, 3], [2, 3]]) { (s, x) throws(AutogradError) in try s.stack(x, 1) },
    GradientCase("mm", [[2, 3], [3, 4]]) { (s, x) throws(AutogradError) in try s.mm(x[0], x[1]) },
    GradientCase("mm transposed", [[3, 2], [4, 3]]) { (s, x) throws(AutogradError) in
      try s.mm(s.t(x[0]), s.t(x[1]))
    },
    GradientCase("mv", [[2, 3], [3]]) { (s, x) throws(AutogradError) in try s.mv(x[0], x[1]) },
    GradientCase("dot", [[3], [3]]) { (s, x) throws(AutogradError) in try s.dot(x[0], x[1]) },
    GradientCase("bmm", [[2, 2, 3], [2, 3, 2]]) { (s, x) throws(AutogradError) in
      try s.bmm(x[0], x[1])
    },
    GradientCase("matmul 3d 2d", [[2, 2, 3], [3, 2]]) { (s, x) throws(AutogradError) in
      try s.matmul(x[0], x[1])
    },
    GradientCase("matmul 2d 3d", [[2, 3], [2, 3, 2]]) { (s, x) throws(AutogradError) in
      try s.matmul(x[0], x[1])
    },
    GradientCase("addmm", [[3], [2, 2], [2, 3]]) { (s, x) throws(AutogradError) in
      try s.addmm(x[0], x[1], x[2], beta: .float(0.5), alpha: .int(2))
    },
    GradientCase("view") { (s, x) throws(AutogradError) in try s.view(x[0], [3, 2]) },
    GradientCase("reshape of a transposed tensor") { (s, x) throws(AutogradError) in
      try s.reshape(s.t(x[0]), [6])
    },
    GradientCase("permute", [[2, 3, 2]]) { (s, x) throws(AutogradError) in
      try s.permute(x[0], [2, 0, 1])
    },
    GradientCase("expand", [[2, 1]]) { (s, x) throws(AutogradError) in
      try s.expand(x[0], [3, 2, 4])
    },
    GradientCase("select") { (s, x) throws(AutogradError) in try s.select(x[0], 1, -1) },
    GradientCase("slice", [[5]]) { (s, x) throws(AutogradError) in
      try s.slice(x[0], 0, start: 1, stop: 5, step: 2)
    },
    GradientCase("diagonal", [[3, 4]]) { (s, x) throws(AutogradError) in
      try s.diagonal(x[0], offset: 1)
    },
    GradientCase("unfold", [[5]]) { (s, x) throws(AutogradError) in try s.unfold(x[0], 0, 3, 1) },
    GradientCase("as_strided", [[6]]) { (s, x) throws(AutogradError) in
      try s.asStrided(x[0], sizes: [2, 2], strides: [2, 1], storageOffset: 1)
    },
    GradientCase("as_strided overlapping", [[6]]) { (s, x) throws(AutogradError) in
      try s.asStrided(x[0], sizes: [3, 2], strides: [1, 1], storageOffset: 1)
    },
    GradientCase("unbind") { (s, x) throws(AutogradError) in try s.unbind(x[0])[1] },
    GradientCase("split") { (s, x) throws(AutogradError) in try s.split(x[0], 2, 1)[0] },
    GradientCase("index") { (s, x) throws(AutogradError) in
      try s.index(x[0], [nil, s.tensor([.int(0), .int(2), .int(0)], sizes: [3])])
    },
    GradientCase("gather") { (s, x) throws(AutogradError) in
      try s.gather(x[0], 1, s.tensor([.int(0), .int(2)], sizes: [2, 1]))
    },
    GradientCase("in-place mul") { (s, x) throws(AutogradError) in
      try s.mulInPlace(s.clone(x[0]), .tensor(x[0]))
    },
    GradientCase("in-place write to a view") { (s, x) throws(AutogradError) in
      let base = try s.mul(x[0], .number(.int(2)))
      try s.mulInPlace(s.select(base, 0, 1), .tensor(s.unary(.sin, s.select(x[0], 0, 0))))
      return base
    },
    GradientCase("index_put_", [[4], [2]]) { (s, x) throws(AutogradError) in
      try s.indexPutInPlace(
        s.clone(x[0]),
        [s.tensor([.int(0), .int(2)], sizes: [2])],
        x[1],
        accumulate: false
      )
    },
  ]

  @Test(arguments: unary + binary + others)
  func `gradients agree with finite differences`(_ row: GradientCase) throws {
    let s = Session()
    let x = try inputs(row, s)
    let weights = try weights(of: row.function(s, x), s)
    let gradients = try s.grad(
      [.tensor(weighted(row.function(s, x), weights, s))],
      x.map { .tensor($0) },
      allowUnused: true
    )
    try compare(gradients, x, s) { () throws(AutogradError) in
      try weighted(row.function(s, x), weights, s)
    }
  }

  @Test(arguments: unary.filter { $0.name != "lgamma" } + binary + others)
  func `second gradients agree with finite differences`(_ row: GradientCase) throws {
    let s = Session()
    let x = try inputs(row, s)
    let weights = try weights(of: row.function(s, x), s)
    func slope() throws(AutogradError) -> Tensor? {
      let gradients = try s.grad(
        [.tensor(weighted(row.function(s, x), weights, s))],
        x.map { .tensor($0) },
        createGraph: true,
        allowUnused: true
      )
      var total: Tensor?
      for gradient in gradients {
        guard let gradient, gradient.requiresGrad else { continue }
        let part = try weighted(gradient, self.weights(of: gradient, s), s)
        total = if let total { try s.add(total, .tensor(part)) } else { part }
      }
      return total
    }
    guard let first = try slope() else { return }
    let gradients = try s.grad([.tensor(first)], x.map { .tensor($0) }, allowUnused: true)
    try compare(gradients, x, s) { () throws(AutogradError) in try slope() }
  }

  private func inputs(_ row: GradientCase, _ s: Session) throws -> [Tensor] {
    var seed = 7.0
    return try row.sizes.map { sizes in
      let elements = (0..<Shape.numel(sizes)).map { _ -> Double in
        seed = (seed * 37 + 11).truncatingRemainder(dividingBy: 101)
        return row.range.lowerBound + (row.range.upperBound - row.range.lowerBound) * seed / 101
      }
      return try s.floats(elements, sizes: sizes, .float64, requiresGrad: true)
    }
  }

  private func weights(of tensor: Tensor, _ s: Session) throws(AutogradError) -> Tensor {
    try s.floats(
      (0..<tensor.numel).map { 1 + 0.37 * Double($0) },
      sizes: tensor.sizes,
      .float64
    )
  }

  private func weighted(
    _ tensor: Tensor,
    _ weights: Tensor,
    _ s: Session
  ) throws(AutogradError) -> Tensor { try s.sum(s.mul(tensor, .tensor(weights))) }

  private func compare(
    _ gradients: [Tensor?],
    _ x: [Tensor],
    _ s: Session,
    _ value: () throws(AutogradError) -> Tensor?
  ) throws {
    let step = 1e-5
    for (index, input) in x.enumerated() {
      let flat = s.detach(input)
      let count = input.numel
      let elements = s.elements(flat).map { $0.double }
      let found = s.values(gradients[index]) ?? Array(repeating: 0, count: count)
      for place in 0..<count {
        func at(_ shift: Double) throws -> Double {
          var moved = elements
          moved[place] += shift
          let source = try s.floats(moved, sizes: input.sizes, .float64)
          try s.setData(input, source)
          return try value().map { try s.item($0).double } ?? 0
        }
        let expected = try (at(step) - at(-step)) / (2 * step)
        let difference = abs(expected - found[place])
        #expect(
          difference <= 1e-4 * max(1, abs(expected)),
          "input \(index), element \(place): \(found[place]), by differences \(expected)"
        )
      }
      try s.setData(input, s.floats(elements, sizes: input.sizes, .float64))
    }
  }
}
