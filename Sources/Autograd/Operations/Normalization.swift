import Glibc

// Linear layers, normalisation and dropout.
extension Session {
  /// `linear(input, weight, bias)`: a fused product where there is a bias.
  ///
  /// - Throws: If the sizes do not fit.
  public func linear(
    _ x: Tensor,
    _ weight: Tensor,
    _ bias: Tensor?
  ) throws(AutogradError) -> Tensor {
    guard let bias else { return try matmul(x, weight.dim == 1 ? weight : t(weight)) }
    if weight.dim != 2 { return try add(matmul(x, t(weight)), .tensor(bias)) }
    if x.dim == 2 { return try addmm(bias, x, t(weight)) }
    if x.dim == 0 {
      throw .runtime("both arguments to linear need to be at least 1D, but they are 0D and 2D")
    }
    let rows = try reshape(x, [-1, x.sizes[x.dim - 1]])
    let result = try addmm(bias, rows, t(weight))
    return try view(result, Array(x.sizes.dropLast()) + [weight.sizes[0]])
  }

  /// `layer_norm(normalized_shape, weight, bias, eps)`.
  ///
  /// - Throws: If the shape is not that of the last dimensions.
  public func layerNorm(
    _ x: Tensor,
    _ shape: [Int],
    _ weight: Tensor?,
    _ bias: Tensor?,
    eps: Double
  ) throws(AutogradError) -> Tensor {
    guard shape.count >= 1 else {
      throw .runtime(
        "Expected normalized_shape to be at least 1-dimensional, i.e., containing at least one element, "
          + "but got normalized_shape = []"
      )
    }
    for parameter in [weight, bias] {
      if let parameter, parameter.sizes != shape {
        let name = parameter === weight ? "weight" : "bias"
        throw .runtime(
          "Expected \(name) to be of same shape as normalized_shape, but got \(name) of shape "
            + "\(Shape.text(parameter.sizes)) and normalized_shape = \(Shape.text(shape))"
        )
      }
    }
    guard x.dim >= shape.count, Array(x.sizes.suffix(shape.count)) == shape else {
      let text = shape.map(String.init).joined(separator: ", ")
      throw .runtime(
        "Given normalized_shape=\(Shape.text(shape)), expected input with shape [*, \(text)], but got "
          + "input of size\(Shape.text(x.sizes))"
      )
    }
    return try observing("layer_norm", [x]) { () throws(AutogradError) in
      let dims = Array((x.dim - shape.count)..<x.dim)
      let (result, center, rate) = try silently {
        () throws(AutogradError) -> (Tensor, Tensor, Tensor) in
        let (center, rate) = try moments(x, dims, eps)
        var result = try mul(sub(x, .tensor(center)), .tensor(rate))
        if let weight { result = try mul(result, .tensor(weight)) }
        if let bias { result = try add(result, .tensor(bias)) }
        return (result, center, rate)
      }
      try record(
        .layerNorm,
        inputs: [x, weight, bias],
        results: [result],
        extra: [center, rate],
        [.ints(shape), .double(eps)]
      )
      finished("layer_norm", [x], [result])
      return result
    }
  }

  /// The mean and the inverse deviation over dimensions, which stay with size 1.
  func moments(
    _ x: Tensor,
    _ dims: [Int],
    _ eps: Double
  ) throws(AutogradError) -> (mean: Tensor, rate: Tensor) {
    let center = try mean(x, dims: dims, keepdim: true)
    let difference = try sub(x, .tensor(center))
    let variance = try mean(mul(difference, .tensor(difference)), dims: dims, keepdim: true)
    return (center, try unary(.rsqrt, add(variance, .number(.float(eps)))))
  }

  /// `batch_norm` of planes: statistics of the batch in training, else the running ones.
  ///
  /// - Throws: If the sizes do not fit, or running statistics are missing.
  public func batchNorm(
    _ x: Tensor,
    _ weight: Tensor?,
    _ bias: Tensor?,
    running: (mean: Tensor?, variance: Tensor?),
    training: Bool,
    momentum: Double,
    eps: Double
  ) throws(AutogradError) -> Tensor {
    let channels = x.dim > 1 ? x.sizes[1] : 0
    let parts = [
      ("running_mean", running.mean), ("running_var", running.variance), ("weight", weight),
      ("bias", bias),
    ]
    for (name, tensor) in parts {
      if let tensor, tensor.numel != channels {
        throw .runtime("\(name) should contain \(channels) elements not \(tensor.numel)")
      }
    }
    if !training && (running.mean == nil || running.variance == nil) {
      throw .runtime(
        "Expected running_mean and running_var to be defined in evaluation mode"
      )
    }
    return try observing("batch_norm", [x]) { () throws(AutogradError) in
      let dims = [0] + Array(2..<max(x.dim, 2))
      let form = [1, channels] + [Int](repeating: 1, count: max(x.dim - 2, 0))
      let (result, center, rate) = try silently {
        () throws(AutogradError) -> (Tensor, Tensor, Tensor) in
        let center: Tensor
        let rate: Tensor
        if training {
          (center, rate) = try moments(x, dims, eps)
          try updateRunning(x, dims, running, momentum)
        } else {
          center = try view(running.mean ?? x, form)
          rate = try unary(
            .rsqrt,
            add(view(running.variance ?? x, form), .number(.float(eps)))
          )
        }
        var result = try mul(sub(x, .tensor(center)), .tensor(rate))
        if let weight { result = try mul(result, .tensor(view(weight, form))) }
        if let bias { result = try add(result, .tensor(view(bias, form))) }
        return (result, center, rate)
      }
      try record(
        .batchNorm,
        inputs: [x, weight, bias, running.mean, running.variance],
        differentiable: 3,
        results: [result],
        extra: [center, rate],
        [.double(eps), .bool(training)]
      )
      finished("batch_norm", [x], [result])
      return result
    }
  }

  private func updateRunning(
    _ x: Tensor,
    _ dims: [Int],
    _ running: (mean: Tensor?, variance: Tensor?),
    _ momentum: Double
  ) throws(AutogradError) {
    let keep: Scalar = .float(1 - momentum)
    if let target = running.mean {
      let batch = try mean(x, dims: dims, keepdim: false)
      let blended = try add(
        mul(target, .number(keep)),
        .tensor(mul(batch, .number(.float(momentum))))
      )
      try overwrite(target, blended)
    }
    if let target = running.variance {
      let batch = try variance(x, dims: dims, correction: 1, keepdim: false, root: false)
      let blended = try add(
        mul(target, .number(keep)),
        .tensor(mul(batch, .number(.float(momentum))))
      )
      try overwrite(target, blended)
    }
  }

  /// `dropout(p, train)`: the tensor itself where nothing is dropped.
  ///
  /// - Throws: If `p` is no probability.
  public func dropout(_ x: Tensor, _ p: Double, training: Bool) throws(AutogradError) -> Tensor {
    guard let noise = try dropoutNoise(x, p, training) else { return x }
    return try mul(x, .tensor(noise))
  }

  /// `dropout_(p, train)`.
  ///
  /// - Throws: If `p` is no probability, or the tensor may not be written.
  @discardableResult
  public func dropoutInPlace(
    _ x: Tensor,
    _ p: Double,
    training: Bool
  ) throws(AutogradError) -> Tensor {
    guard let noise = try dropoutNoise(x, p, training) else { return x }
    return try mulInPlace(x, .tensor(noise))
  }

  private func dropoutNoise(
    _ x: Tensor,
    _ p: Double,
    _ training: Bool
  ) throws(AutogradError) -> Tensor? {
    guard p >= 0 && p <= 1 else {
      throw .runtime(
        "dropout probability has to be between 0 and 1, but got \(NumberText.general(p, digits: 6))"
      )
    }
    if p == 0 || !training || x.numel == 0 { return nil }
    return try silently { () throws(AutogradError) in
      if p == 1 { return try zeros([], x.dtype) }
      let noise = try zerosLike(x)
      try bernoulliInPlace(noise, 1 - p)
      noise.versionCounter = nil
      return try div(noise, .number(.float(1 - p)))
    }
  }
}
