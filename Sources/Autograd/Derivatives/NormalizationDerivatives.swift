// The formulas of FunctionsManual.cpp, with the statistics computed anew so that they are differentiable.
extension Derivative {
  static let layerNorm = Derivative(
    "NativeLayerNormBackward0",
    saved: [
      .input(2, "bias"), .input(0, "input"), .result(1, "result1"), .result(2, "result2"),
      .input(1, "weight"),
    ],
    attributes: ["normalized_shape"],
    inputs: 3,
    joint: { (c) throws(AutogradError) in
      let s = c.session
      let x = c.saved(1)
      let dims = Array((x.dim - c.value(0).intsValue.count)..<x.dim)
      let outer = Array(0..<(x.dim - c.value(0).intsValue.count))
      let (center, rate) = try s.moments(x, dims, c.value(1).doubleValue)
      let normal = try s.mul(s.sub(x, .tensor(center)), .tensor(rate))
      var scaled = c.grad
      if let weight = c.savedIfAny(4) { scaled = try s.mul(scaled, .tensor(weight)) }
      return [
        c.needs(0) ? try s.normalizedGradient(scaled, normal, rate, dims) : nil,
        c.needs(1) ? try s.summed(s.mul(c.grad, .tensor(normal)), outer) : nil,
        c.needs(2) ? try s.summed(c.grad, outer) : nil,
      ]
    }
  )

  static let batchNorm = Derivative(
    "NativeBatchNormBackward0",
    saved: [
      .input(0, "input"), .result(1, "result1"), .result(2, "result2"),
      .input(3, "running_mean"), .input(4, "running_var"), .input(1, "weight"),
    ],
    attributes: ["eps", "training"],
    inputs: 3,
    joint: { (c) throws(AutogradError) in
      let s = c.session
      let x = c.saved(0)
      let dims = [0] + Array(2..<max(x.dim, 2))
      let form = [1, x.sizes[1]] + [Int](repeating: 1, count: max(x.dim - 2, 0))
      let training = c.value(1).boolValue
      let (center, rate) =
        training
        ? try s.moments(x, dims, c.value(0).doubleValue) : (c.saved(1), c.saved(2))
      let normal = try s.mul(s.sub(x, .tensor(center)), .tensor(rate))
      var scaled = c.grad
      if let weight = c.savedIfAny(5) {
        scaled = try s.mul(scaled, .tensor(s.view(weight, form)))
      }
      var input: Tensor?
      if c.needs(0) {
        input =
          training
          ? try s.normalizedGradient(scaled, normal, rate, dims)
          : try s.mul(scaled, .tensor(rate))
      }
      return [
        input,
        c.needs(1) ? try s.summed(s.mul(c.grad, .tensor(normal)), dims) : nil,
        c.needs(2) ? try s.summed(c.grad, dims) : nil,
      ]
    }
  )
}

extension Session {
  /// The gradient of a tensor that was brought to mean 0 and deviation 1.
  fileprivate func normalizedGradient(
    _ grad: Tensor,
    _ normal: Tensor,
    _ rate: Tensor,
    _ dims: [Int]
  ) throws(AutogradError) -> Tensor {
    let shared = try mean(grad, dims: dims, keepdim: true)
    let slope = try mean(mul(grad, .tensor(normal)), dims: dims, keepdim: true)
    let rest = try sub(sub(grad, .tensor(shared)), .tensor(mul(normal, .tensor(slope))))
    return try mul(rest, .tensor(rate))
  }

  /// The sum over dimensions; the tensor itself where there are none.
  fileprivate func summed(_ x: Tensor, _ dims: [Int]) throws(AutogradError) -> Tensor {
    dims.isEmpty ? x : try sum(x, dims: dims, keepdim: false)
  }
}

extension AttributeValue {
  /// The floating point number, or 0.
  var doubleValue: Double { if case .double(let value) = self { value } else { 0 } }
}
