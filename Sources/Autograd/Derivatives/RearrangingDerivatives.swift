// The formulas of derivatives.yaml, in its words.
extension Derivative {
  static let flip = Derivative("FlipBackward0", attributes: ["dims"]) { (c) throws(AutogradError) in
    try c.session.flip(c.grad, c.value(0).intsValue)
  }
}

extension Derivative {
  static let triu = Derivative("TriuBackward0", attributes: ["diagonal"]) {
    (c) throws(AutogradError) in
    try c.session.triangle(c.grad, c.value(0).intValue, lower: false)
  }
  static let tril = Derivative("TrilBackward0", attributes: ["diagonal"]) {
    (c) throws(AutogradError) in
    try c.session.triangle(c.grad, c.value(0).intValue, lower: true)
  }
  static let roll = Derivative("RollBackward0", attributes: ["dims", "shifts"]) {
    (c) throws(AutogradError) in
    try c.session.roll(c.grad, c.value(1).intsValue.map { -$0 }, c.value(0).intsValue)
  }
  static let `repeat` = Derivative("RepeatBackward0", attributes: ["repeats", "self_sym_sizes"]) {
    (c) throws(AutogradError) in
    let s = c.session
    let repeats = c.value(0).intsValue
    let sizes = c.value(1).intsValue
    if repeats.contains(0) { return try s.zeros(sizes, c.grad.dtype) }
    let padding = repeats.count - sizes.count
    var split: [Int] = []
    var summed: [Int] = []
    for (dim, count) in repeats.enumerated() {
      summed.append(split.count)
      split.append(count)
      if dim >= padding { split.append(sizes[dim - padding]) }
    }
    if summed.isEmpty { return c.grad }
    return try s.sum(s.reshape(c.grad, split), dims: summed, keepdim: false)
  }
  static let diagEmbed = Derivative("DiagEmbedBackward0", attributes: ["dim1", "dim2", "offset"]) {
    (c) throws(AutogradError) in
    try c.session.diagonal(
      c.grad,
      offset: c.value(2).intValue,
      dim1: c.value(0).intValue,
      dim2: c.value(1).intValue
    )
  }
  static let diagonalCopy = Derivative(
    "DiagonalBackward0_copy",
    attributes: ["dim1", "dim2", "offset", "self_sym_sizes"]
  ) { (c) throws(AutogradError) in
    let s = c.session
    let result = try s.zeros(c.value(3).intsValue, c.grad.dtype)
    try s.copyInPlace(s.diagonal(result, offset: c.value(2).intValue), c.grad)
    return result
  }
  static let rot90 = Derivative("Rot90Backward0", attributes: ["dims", "k"]) {
    (c) throws(AutogradError) in
    try c.session.rot90(c.grad, -c.value(1).intValue, c.value(0).intsValue)
  }
  static let constantPad = Derivative("ConstantPadNdBackward0", attributes: ["pad"]) {
    (c) throws(AutogradError) in
    try c.session.constantPad(c.grad, c.value(0).intsValue.map { -$0 }, .int(0))
  }
}
