/// How the elements of a loss become one number, PyTorch's `Reduction`.
public enum Reduction: Int, Sendable, Hashable {
  /// They do not.
  case none
  /// Their mean.
  case mean
  /// Their sum.
  case sum
}

// Losses with nodes of their own.
extension Session {
  /// The elements of a loss, or their mean or sum.
  public func reduced(_ loss: Tensor, _ reduction: Reduction) throws(AutogradError) -> Tensor {
    switch reduction {
    case .none: loss
    case .mean: try mean(loss)
    case .sum: try sum(loss)
    }
  }

  /// `mse_loss(target, reduction)`.
  ///
  /// - Throws: If the sizes do not broadcast.
  public func mseLoss(
    _ x: Tensor,
    _ target: Tensor,
    _ reduction: Reduction
  ) throws(AutogradError) -> Tensor {
    try composed("mse_loss", .mseLoss, [x, target], [.int(reduction.rawValue)]) {
      () throws(AutogradError) in
      let difference = try sub(x, .tensor(target))
      return try reduced(mul(difference, .tensor(difference)), reduction)
    }
  }

  /// `l1_loss(target, reduction)`, which PyTorch makes of other operations.
  ///
  /// - Throws: If the sizes do not broadcast.
  public func l1Loss(
    _ x: Tensor,
    _ target: Tensor,
    _ reduction: Reduction
  ) throws(AutogradError) -> Tensor {
    try reduced(unary(.abs, sub(x, .tensor(target))), reduction)
  }

  /// `smooth_l1_loss(target, reduction, beta)`.
  ///
  /// - Throws: If beta is negative or the sizes do not broadcast.
  public func smoothL1Loss(
    _ x: Tensor,
    _ target: Tensor,
    _ reduction: Reduction,
    beta: Double
  ) throws(AutogradError) -> Tensor {
    if beta < 0 { throw .runtime("smooth_l1_loss does not support negative values for beta.") }
    if beta == 0 { return try l1Loss(x, target, reduction) }
    return try composed(
      "smooth_l1_loss",
      .smoothL1Loss,
      [x, target],
      [.double(beta), .int(reduction.rawValue)]
    ) { () throws(AutogradError) in
      let values = try mapped(sub(x, .tensor(target)), "smooth_l1_cpu") {
        let size = $0.magnitude
        return size < beta ? 0.5 * size * size / beta : size - 0.5 * beta
      }
      return try reduced(values, reduction)
    }
  }

  /// `huber_loss(target, reduction, delta)`.
  ///
  /// - Throws: If delta is not positive or the sizes do not broadcast.
  public func huberLoss(
    _ x: Tensor,
    _ target: Tensor,
    _ reduction: Reduction,
    delta: Double
  ) throws(AutogradError) -> Tensor {
    if delta <= 0 {
      throw .runtime("huber_loss does not support non-positive values for delta.")
    }
    return try composed(
      "huber_loss",
      .huberLoss,
      [x, target],
      [.double(delta), .int(reduction.rawValue)]
    ) { () throws(AutogradError) in
      let values = try mapped(sub(x, .tensor(target)), "huber_cpu") {
        let size = $0.magnitude
        return size <= delta ? 0.5 * size * size : delta * (size - 0.5 * delta)
      }
      return try reduced(values, reduction)
    }
  }

  /// `soft_margin_loss(target, reduction)`.
  ///
  /// - Throws: If the sizes do not broadcast.
  public func softMarginLoss(
    _ x: Tensor,
    _ target: Tensor,
    _ reduction: Reduction
  ) throws(AutogradError) -> Tensor {
    try composed("soft_margin_loss", .softMarginLoss, [x, target], [.int(reduction.rawValue)]) {
      () throws(AutogradError) in
      let powers = try unary(.exp, neg(mul(x, .tensor(target))))
      return try reduced(unary(.log1p, powers), reduction)
    }
  }

  /// `binary_cross_entropy(target, weight, reduction)`.
  ///
  /// - Throws: If an element does not lie between 0 and 1.
  public func binaryCrossEntropy(
    _ x: Tensor,
    _ target: Tensor,
    _ weight: Tensor?,
    _ reduction: Reduction
  ) throws(AutogradError) -> Tensor {
    try checkUnit(x, "input")
    try checkUnit(target, "target")
    return try composed(
      "binary_cross_entropy",
      .binaryCrossEntropy,
      [x, target, weight],
      differentiable: 2,
      [.int(reduction.rawValue)]
    ) { () throws(AutogradError) in
      let log = try mapped(x, "binary_cross_entropy") { max(Kernel.Log.apply($0), -100) }
      let rest = try mapped(x, "binary_cross_entropy") { max(Kernel.Log1p.apply(-$0), -100) }
      let flipped = try sub(target, .number(.int(1)))
      var loss = try sub(mul(flipped, .tensor(rest)), .tensor(mul(target, .tensor(log))))
      if let weight { loss = try mul(loss, .tensor(weight)) }
      return try reduced(loss, reduction)
    }
  }

  private func checkUnit(_ x: Tensor, _ name: String) throws(AutogradError) {
    for element in elements(x) where !(element.double >= 0 && element.double <= 1) {
      throw .runtime("all elements of \(name) should be between 0 and 1")
    }
  }

  /// `binary_cross_entropy_with_logits(target, weight, pos_weight, reduction)`.
  ///
  /// - Throws: If the sizes do not broadcast.
  public func binaryCrossEntropyWithLogits(
    _ x: Tensor,
    _ target: Tensor,
    _ weight: Tensor?,
    _ positiveWeight: Tensor?,
    _ reduction: Reduction
  ) throws(AutogradError) -> Tensor {
    try composed(
      "binary_cross_entropy_with_logits",
      .binaryCrossEntropyWithLogits,
      [x, target, weight, positiveWeight],
      differentiable: 2,
      [.int(reduction.rawValue)]
    ) { () throws(AutogradError) in
      let logs = try mapped(x, "binary_cross_entropy_with_logits") {
        min($0, 0) - Kernel.Log1p.apply(Kernel.Exp.apply(-$0.magnitude))
      }
      let flipped = try rsub(target, .number(.int(1)))
      var loss: Tensor
      if let positiveWeight {
        let scale = try add(
          mul(sub(positiveWeight, .number(.int(1))), .tensor(target)),
          .number(.int(1))
        )
        loss = try sub(mul(flipped, .tensor(x)), .tensor(mul(scale, .tensor(logs))))
      } else {
        loss = try sub(mul(flipped, .tensor(x)), .tensor(logs))
      }
      if let weight { loss = try mul(loss, .tensor(weight)) }
      return try reduced(loss, reduction)
    }
  }

  /// `kl_div(target, reduction, log_target)`, which PyTorch makes of other operations.
  ///
  /// - Throws: If the sizes do not broadcast.
  public func klDiv(
    _ x: Tensor,
    _ target: Tensor,
    _ reduction: Reduction,
    logTarget: Bool
  ) throws(AutogradError) -> Tensor {
    if logTarget {
      let difference = try sub(target, .tensor(x))
      return try reduced(mul(unary(.exp, target), .tensor(difference)), reduction)
    }
    let entropy = try xlogy(target, .tensor(target))
    return try reduced(sub(entropy, .tensor(mul(target, .tensor(x)))), reduction)
  }
}

// Losses over classes.
extension Session {
  /// `nll_loss_nd(target, weight, reduction, ignore_index)` of scores in rows, or in planes.
  ///
  /// - Throws: If the sizes do not fit or a target is no class.
  public func nllLoss(
    _ x: Tensor,
    _ target: Tensor,
    _ weight: Tensor?,
    _ reduction: Reduction,
    ignoring ignored: Int
  ) throws(AutogradError) -> Tensor {
    if x.dim < 1 { throw .value("Expected 1 or more dimensions (got \(x.dim))") }
    if x.dim != 1 && (target.dim == 0 || x.sizes[0] != target.sizes[0]) {
      throw .value(
        "Expected input batch_size (\(x.sizes[0])) to match target batch_size "
          + "(\(target.sizes.first ?? 0))."
      )
    }
    if x.dim <= 2 {
      try checkRows(x, target)
      return try nllRows(x, target, weight, reduction, ignored)
    }
    let spread = Array(x.sizes[2...])
    if Array(target.sizes[1...]) != spread {
      throw .runtime(
        "Expected target size \(Shape.text([x.sizes[0]] + spread)), got \(Shape.text(target.sizes))"
      )
    }
    // The classes go last, so that every position is a row.
    let order = [0] + Array(2..<x.dim) + [1]
    let rows = try reshape(permute(x, order), [-1, x.sizes[1]])
    let loss = try nllRows(rows, reshape(target, [-1]), weight, reduction, ignored)
    return reduction == .none ? try view(loss, target.sizes) : loss
  }

  private func checkRows(_ x: Tensor, _ target: Tensor) throws(AutogradError) {
    if target.dim > 1 {
      throw .runtime(
        "0D or 1D target tensor expected, multi-target not supported"
      )
    }
    if target.dtype != .int64 {
      throw .runtime("expected scalar type Long but found \(target.dtype.scalarTypeName)")
    }
  }

  private func nllRows(
    _ x: Tensor,
    _ target: Tensor,
    _ weight: Tensor?,
    _ reduction: Reduction,
    _ ignored: Int
  ) throws(AutogradError) -> Tensor {
    try observing("nll_loss", [x, target]) { () throws(AutogradError) in
      let classes = x.sizes.last ?? 0
      let scores = elements(x).map(\.double)
      let weights = weight.map { elements($0).map(\.double) }
      var losses: [Double] = []
      var total = 0.0
      for (row, element) in elements(target).enumerated() {
        let chosen = element.integer
        if chosen == ignored {
          losses.append(0)
          continue
        }
        guard chosen >= 0 && chosen < classes else {
          throw .index("Target \(chosen) is out of bounds.")
        }
        let factor = weights?[chosen] ?? 1
        total += factor
        losses.append(-scores[row * classes + chosen] * factor)
      }
      let sum = losses.reduce(0, +)
      let (result, totalWeight) = try silently { () throws(AutogradError) in
        let result: Tensor
        switch reduction {
        case .none:
          result = try tensor(
            losses.map { .float($0) },
            sizes: x.dim == 1 ? [] : target.sizes,
            x.dtype
          )
        case .sum: result = try tensor([.float(sum)], sizes: [], x.dtype)
        case .mean: result = try tensor([.float(sum / total)], sizes: [], x.dtype)
        }
        return (result, try tensor([.float(total)], sizes: [], x.dtype))
      }
      try record(
        .nllLoss,
        inputs: [x, target, weight],
        differentiable: 1,
        results: [result],
        extra: [totalWeight],
        [.int(ignored), .int(reduction.rawValue)]
      )
      finished("nll_loss", [x, target], [result])
      return result
    }
  }

  /// The gradient of the rows of a negative log likelihood.
  func nllBackward(
    _ grad: Tensor,
    _ x: Tensor,
    _ target: Tensor,
    _ weight: Tensor?,
    _ total: Tensor,
    _ reduction: Reduction,
    _ ignored: Int
  ) throws(AutogradError) -> Tensor {
    // A factor for every score: minus the weight at the target, zero elsewhere.
    let mask = try silently { () throws(AutogradError) in
      let classes = x.sizes.last ?? 0
      let weights = weight.map { elements($0).map(\.double) }
      var factors = [Scalar](repeating: .float(0), count: x.numel)
      for (row, element) in elements(target).enumerated() where element.integer != ignored {
        factors[row * classes + element.integer] = .float(-(weights?[element.integer] ?? 1))
      }
      return try tensor(factors, sizes: x.sizes, x.dtype)
    }
    var factor = grad
    if reduction == .none && x.dim > 1 { factor = try unsqueeze(grad, 1) }
    if reduction == .mean { factor = try div(grad, .tensor(total)) }
    return try mul(mask, .tensor(factor))
  }

  /// `cross_entropy_loss(target, weight, reduction, ignore_index, label_smoothing)`.
  ///
  /// - Throws: If the sizes do not fit or a target is no class.
  public func crossEntropyLoss(
    _ x: Tensor,
    _ target: Tensor,
    _ weight: Tensor?,
    _ reduction: Reduction,
    ignoring ignored: Int,
    smoothing: Double
  ) throws(AutogradError) -> Tensor {
    let dim = x.dim == 1 ? 0 : 1
    if x.sizes == target.sizes {
      guard target.dtype.isFloatingPoint else {
        throw .runtime(
          "Expected floating point type for target with class probabilities, got "
            + target.dtype.scalarTypeName
        )
      }
      if ignored >= 0 {
        throw .runtime("ignore_index is not supported for floating point target")
      }
      return try crossEntropyOfProbabilities(x, target, weight, reduction, smoothing, dim)
    }
    if x.dim > 0, target.dim > 0, x.sizes[0] == target.sizes[0] || x.dim == 1,
      target.dtype != .int64
    {
      throw .runtime(
        "expected target dtype to be Long or Byte, but got \(target.dtype.scalarTypeName)"
      )
    }
    if smoothing > 0 {
      return try smoothed(x, target, weight, reduction, ignored, smoothing, dim)
    }
    return try nllLoss(logSoftmax(x, dim), target, weight, reduction, ignoring: ignored)
  }

  private func crossEntropyOfProbabilities(
    _ x: Tensor,
    _ target: Tensor,
    _ weight: Tensor?,
    _ reduction: Reduction,
    _ smoothing: Double,
    _ dim: Int
  ) throws(AutogradError) -> Tensor {
    let logs = try logSoftmax(x, dim)
    var wanted = target
    if smoothing > 0 {
      let share = smoothing / Double(x.sizes[dim])
      wanted = try add(
        mul(target, .number(.float(1 - smoothing))),
        .number(.float(share))
      )
    }
    var product = try mul(logs, .tensor(wanted))
    if let weight { product = try mul(product, .tensor(spread(weight, x, dim))) }
    switch reduction {
    case .none: return try neg(sum(product, dims: [dim], keepdim: false))
    case .sum: return try neg(sum(product))
    case .mean:
      let count = x.dim == 1 ? 1 : x.numel / x.sizes[dim]
      return try div(neg(sum(product)), .number(.int(count)))
    }
  }

  private func smoothed(
    _ x: Tensor,
    _ target: Tensor,
    _ weight: Tensor?,
    _ reduction: Reduction,
    _ ignored: Int,
    _ smoothing: Double,
    _ dim: Int
  ) throws(AutogradError) -> Tensor {
    let logs = try logSoftmax(x, dim)
    let loss = try nllLoss(logs, target, weight, reduction, ignoring: ignored)
    var smooth: Tensor
    if let weight {
      smooth = try neg(sum(mul(logs, .tensor(spread(weight, x, dim))), dims: [dim], keepdim: false))
    } else {
      smooth = try neg(sum(logs, dims: [dim], keepdim: false))
    }
    let isIgnored = try binary(.eq, target, .number(.int(ignored)))
    smooth = try maskedFill(smooth, isIgnored, .number(.int(0)))
    switch reduction {
    case .none: break
    case .sum: smooth = try sum(smooth)
    case .mean:
      if let weight {
        let used = try maskedFill(
          index(weight, [maskedFill(target, isIgnored, .number(.int(0)))]),
          isIgnored,
          .number(.int(0))
        )
        smooth = try div(sum(smooth), .tensor(sum(used)))
      } else {
        let kept = try sum(unary(.logicalNot, isIgnored))
        smooth = try div(sum(smooth), .tensor(kept))
      }
    }
    let classes = Double(x.sizes[dim])
    return try add(
      mul(loss, .number(.float(1 - smoothing))),
      .tensor(mul(smooth, .number(.float(smoothing / classes))))
    )
  }

  private func spread(_ weight: Tensor, _ x: Tensor, _ dim: Int) throws(AutogradError) -> Tensor {
    var sizes = [Int](repeating: 1, count: x.dim)
    sizes[dim] = weight.numel
    return try view(weight, sizes)
  }
}
