// The formulas of derivatives.yaml, in its words.
extension Derivative {
  static let sum = Derivative("SumBackward0", attributes: ["self_sym_sizes"]) {
    (c) throws(AutogradError) in try c.session.expand(c.grad, c.value(0).intsValue)
  }
  static let sumDims = Derivative(
    "SumBackward1",
    attributes: ["dim", "keepdim", "self_sym_sizes"]
  ) { (c) throws(AutogradError) in
    try c.session.sumBackward(
      c.grad,
      c.value(2).intsValue,
      c.value(0).intsValue,
      keepdim: c.value(1).boolValue
    )
  }
  static let mean = Derivative("MeanBackward0", attributes: ["self_sym_numel", "self_sym_sizes"]) {
    (c) throws(AutogradError) in
    try c.session.divScalar(
      c.session.expand(c.grad, c.value(1).intsValue),
      .int(c.value(0).intValue)
    )
  }
  static let meanDims = Derivative(
    "MeanBackward1",
    attributes: ["dim", "keepdim", "self_sym_numel", "self_sym_sizes"]
  ) { (c) throws(AutogradError) in
    let sizes = c.value(3).intsValue
    let dims = c.value(0).intsValue
    var count = dims.isEmpty ? c.value(2).intValue : 1
    for dim in dims where !sizes.isEmpty { count *= sizes[dim < 0 ? dim + sizes.count : dim] }
    let sum = try c.session.sumBackward(c.grad, sizes, dims, keepdim: c.value(1).boolValue)
    return try c.session.divScalar(sum, .int(count))
  }
  static let prod = Derivative("ProdBackward0", saved: [.result(), .input(0, "self")]) {
    (c) throws(AutogradError) in try c.session.prodBackward(c.grad, c.saved(1), c.saved(0))
  }
  static let prodDim = Derivative(
    "ProdBackward1",
    saved: [.result(), .input(0, "self")],
    attributes: ["dim", "keepdim"]
  ) { (c) throws(AutogradError) in
    let x = c.saved(1)
    if x.dim == 0 { return c.grad }
    var grad = c.grad
    var result = c.saved(0)
    let dim = c.value(0).intValue
    if !c.value(1).boolValue {
      grad = try c.session.unsqueeze(grad, dim)
      result = try c.session.unsqueeze(result, dim)
    }
    return try c.session.prodBackward(grad, x, result, dim: dim)
  }
  static let maxAll = evenly("MaxBackward1")
  static let minAll = evenly("MinBackward1")
  static let maxDim = selecting("MaxBackward0")
  static let minDim = selecting("MinBackward0")
  static let amax = byCount("AmaxBackward0")
  static let amin = byCount("AminBackward0")

  /// All elements equal to the result share the gradient.
  private static func evenly(_ name: String) -> Derivative {
    Derivative(name, saved: [.result(), .input(0, "self")]) { (c) throws(AutogradError) in
      let session = c.session
      let x = c.saved(1)
      let result = c.saved(0)
      let isNaN = try session.item(result).double.isNaN
      let mask =
        isNaN ? try session.unary(.isNaN, x) : try session.binary(.eq, x, .tensor(result))
      let share = try session.div(c.grad, .tensor(session.sum(mask)))
      return try session.maskedFillInPlace(
        session.full(x.sizes, .int(0), c.grad.dtype),
        mask,
        .tensor(share)
      )
    }
  }

  private static func byCount(_ name: String) -> Derivative {
    Derivative(
      name,
      saved: [.result(), .input(0, "self")],
      attributes: ["dim", "keepdim"]
    ) { (c) throws(AutogradError) in
      let session = c.session
      let x = c.saved(1)
      let dims = c.value(0).intsValue
      let keepdim = c.value(1).boolValue
      let grad = try session.restoreDims(c.grad, x.sizes, dims, keepdim)
      let result = try session.restoreDims(c.saved(0), x.sizes, dims, keepdim)
      let mask = try session.binary(.eq, result, .tensor(x))
      let count = try session.sum(mask, dims: dims, keepdim: true)
      return try session.div(session.mul(grad, .tensor(mask)), .tensor(count))
    }
  }

  private static func selecting(_ name: String) -> Derivative {
    Derivative(
      name,
      saved: [.result(1, "indices")],
      attributes: ["dim", "keepdim", "self_sym_sizes"]
    ) { (c) throws(AutogradError) in
      let session = c.session
      var grad = c.grad
      var indices = c.saved(0)
      let dim = c.value(0).intValue
      let sizes = c.value(2).intsValue
      if !c.value(1).boolValue && !sizes.isEmpty {
        grad = try session.unsqueeze(grad, dim)
        indices = try session.unsqueeze(indices, dim)
      }
      return try session.scatterInPlace(
        session.full(sizes, .int(0), grad.dtype),
        dim,
        indices,
        grad
      )
    }
  }
}

extension Session {
  /// The gradient of a sum, repeated along the dimensions that were summed.
  func sumBackward(
    _ grad: Tensor,
    _ sizes: [Int],
    _ dims: [Int],
    keepdim: Bool
  ) throws(AutogradError) -> Tensor {
    let restored = try restoreDims(grad, sizes, dims, keepdim)
    return try expand(restored, sizes)
  }

  /// Puts reduced dimensions back with size 1.
  func restoreDims(
    _ x: Tensor,
    _ sizes: [Int],
    _ dims: [Int],
    _ keepdim: Bool
  ) throws(AutogradError) -> Tensor {
    if keepdim || sizes.isEmpty { return x }
    var result = x
    for dim in try wrapDims(dims, sizes.count).sorted() { result = try unsqueeze(result, dim) }
    return result
  }

  /// The gradient of a product; where elements are zero the products of the others are computed.
  func prodBackward(
    _ grad: Tensor,
    _ x: Tensor,
    _ result: Tensor,
    dim: Int? = nil
  ) throws(AutogradError) -> Tensor {
    if x.dim == 0 { return try clone(grad) }
    let zeros = elements(x).reduce(0) { $0 + ($1.double == 0 ? 1 : 0) }
    if zeros == 0 { return try mul(grad, .tensor(div(result, .tensor(x)))) }
    var wrapped: Int?
    if let dim { wrapped = try wrapDim(dim, x.dim) }
    return try mul(grad, .tensor(productsOfOthers(x, wrapped)))
  }

  /// For each element the product of the others, along a dimension or of all; differentiable.
  private func productsOfOthers(_ x: Tensor, _ dim: Int?) throws(AutogradError) -> Tensor {
    guard let dim else {
      let flat = try reshape(x, [-1])
      return try reshape(productsOfOthers(flat, 0), x.sizes)
    }
    let count = x.sizes[dim]
    var parts: [Tensor] = []
    for skipped in 0..<count {
      var product: Tensor?
      for index in 0..<count where index != skipped {
        let factor = try select(x, dim, index)
        product = if let product { try mul(product, .tensor(factor)) } else { factor }
      }
      if let product {
        parts.append(product)
      } else {
        parts.append(try onesLike(select(x, dim, skipped)))
      }
    }
    return try stack(parts, dim)
  }
}
