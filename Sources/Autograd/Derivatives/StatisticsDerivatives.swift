// The formulas of derivatives.yaml, in its words.
extension Derivative {
  private static let attributes = ["correction", "dim", "keepdim"]

  static let variance = Derivative(
    "VarBackward0",
    saved: [.input(0, "self")],
    attributes: attributes
  ) { (c) throws(AutogradError) in try c.varianceGradient(c.grad, c.saved(0)) }

  static let std = Derivative(
    "StdBackward0",
    saved: [.result(), .input(0, "self")],
    attributes: attributes
  ) { (c) throws(AutogradError) in
    let s = c.session
    let share = try s.div(c.grad, .tensor(s.mulScalar(c.saved(0), .int(2))))
    let isZero = try s.binary(.eq, c.saved(0), .number(.int(0)))
    return try c.varianceGradient(s.maskedFill(share, isZero, .number(.int(0))), c.saved(1))
  }

  static let vectorNorm = Derivative(
    "LinalgVectorNormBackward0",
    saved: [.result(), .input(0, "self")],
    attributes: ["dim", "keepdim", "ord"]
  ) { (c) throws(AutogradError) in
    let s = c.session
    let x = c.saved(1)
    let dims = c.value(0).intsValue
    let grad = try s.restoreDims(c.grad, x.sizes, dims, c.value(1).boolValue)
    let norm = try s.restoreDims(c.saved(0), x.sizes, dims, c.value(1).boolValue)
    let isZero = try s.binary(.eq, norm, .number(.int(0)))
    let order = c.value(2).scalarValue.double
    switch order {
    case 0: return try s.zerosLike(x)
    case 1: return try s.mul(s.unary(.sgn, x), .tensor(grad))
    case 2:
      let share = try s.maskedFill(s.div(grad, .tensor(norm)), isZero, .number(.int(0)))
      return try s.mul(x, .tensor(share))
    case .infinity, -.infinity:
      let isTop = try s.binary(.eq, s.unary(.abs, x), .tensor(norm))
      let count = try s.sum(isTop, dims: dims, keepdim: true)
      let share = try s.div(grad, .tensor(count))
      return try s.mul(s.mul(s.unary(.sgn, x), .tensor(isTop)), .tensor(share))
    default:
      let size = try s.unary(.abs, x)
      let slope = try s.mul(s.unary(.sgn, x), .tensor(s.pow(size, .number(.float(order - 1)))))
      let scale = try s.div(grad, .tensor(s.pow(norm, .number(.float(order - 1)))))
      return try s.mul(slope, .tensor(s.maskedFill(scale, isZero, .number(.int(0)))))
    }
  }

  static let cumsum = Derivative("CumsumBackward0", attributes: ["dim"]) {
    (c) throws(AutogradError) in try c.session.reversedSum(c.grad, c.value(0).intValue)
  }

  static let cumprod = Derivative(
    "CumprodBackward0",
    saved: [.result(), .input(0, "self")],
    attributes: ["dim"]
  ) { (c) throws(AutogradError) in
    let s = c.session
    let (result, x, dim) = (c.saved(0), c.saved(1), c.value(0).intValue)
    if x.dim == 0 { return c.grad }
    let hasZero = s.elements(x).contains { $0.double == 0 }
    if !hasZero {
      return try s.div(s.reversedSum(s.mul(c.grad, .tensor(result)), dim), .tensor(x))
    }
    // Where elements are zero, each prefix is multiplied anew without the element.
    let wrapped = try s.wrapDim(dim, x.dim)
    let columns = try s.unbind(x, wrapped)
    let grads = try s.unbind(c.grad, wrapped)
    var parts: [Tensor] = []
    for place in columns.indices {
      var product = try s.onesLike(columns[place])
      for before in 0..<place { product = try s.mul(product, .tensor(columns[before])) }
      var total = try s.mul(grads[place], .tensor(product))
      for after in (place + 1)..<max(columns.count, place + 1) {
        product = try s.mul(product, .tensor(columns[after]))
        total = try s.add(total, .tensor(s.mul(grads[after], .tensor(product))))
      }
      parts.append(total)
    }
    return try s.stack(parts, wrapped)
  }
}

extension BackwardContext {
  fileprivate func varianceGradient(
    _ grad: Tensor,
    _ x: Tensor
  ) throws(AutogradError) -> Tensor {
    let s = session
    let correction = value(0).scalarValue.double
    let dims = value(1).intsValue
    let chosen = try s.wrapDims(dims, x.dim)
    let count = chosen.reduce(1) { $0 * (x.sizes.isEmpty ? 1 : x.sizes[$1]) }
    let restored = try s.restoreDims(grad, x.sizes, dims, value(2).boolValue)
    let center = try s.mean(x, dims: chosen, keepdim: true)
    let factor = 2 / (Double(count) - correction)
    return try s.mul(
      s.mulScalar(restored, .float(factor)),
      .tensor(s.sub(x, .tensor(center)))
    )
  }
}

extension Session {
  /// The sums from each element to the end of a dimension.
  func reversedSum(_ x: Tensor, _ dim: Int) throws(AutogradError) -> Tensor {
    if x.dim == 0 { return x }
    return try flip(cumsum(flip(x, [dim]), dim), [dim])
  }
}
