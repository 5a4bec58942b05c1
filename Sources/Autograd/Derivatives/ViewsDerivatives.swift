// The formulas of derivatives.yaml, in its words.
extension Derivative {
  private static let selfSizes = ["self_sym_sizes"]

  static let view = reshaping("ViewBackward0")
  static let unsafeView = reshaping("UnsafeViewBackward0")

  private static func reshaping(_ name: String) -> Derivative {
    Derivative(name, attributes: selfSizes) { (c) throws(AutogradError) in
      try c.session.reshape(c.grad, c.value(0).intsValue)
    }
  }

  static let t = transposing("TBackward0")
  static let tInPlace = transposing("TBackward1")

  private static func transposing(_ name: String) -> Derivative {
    Derivative(name) { (c) throws(AutogradError) in try c.session.t(c.grad) }
  }

  static let transpose = transposingDims("TransposeBackward0")
  static let transposeInPlace = transposingDims("TransposeBackward1")

  private static func transposingDims(_ name: String) -> Derivative {
    Derivative(name, attributes: ["dim0", "dim1"]) { (c) throws(AutogradError) in
      try c.session.transpose(c.grad, c.value(0).intValue, c.value(1).intValue)
    }
  }

  static let permute = Derivative("PermuteBackward0", attributes: ["dims"]) {
    (c) throws(AutogradError) in
    let dims = c.value(0).intsValue
    var inverse = dims
    for (index, dim) in dims.enumerated() { inverse[dim < 0 ? dim + dims.count : dim] = index }
    return try c.session.permute(c.grad, inverse)
  }

  static let unsqueeze = unsqueezing("UnsqueezeBackward0")
  static let unsqueezeInPlace = unsqueezing("UnsqueezeBackward1")

  private static func unsqueezing(_ name: String) -> Derivative {
    Derivative(name, attributes: ["dim"]) { (c) throws(AutogradError) in
      try c.session.squeeze(c.grad, [c.value(0).intValue])
    }
  }

  static let squeeze = squeezing("SqueezeBackward0")
  static let squeezeInPlace = squeezing("SqueezeBackward3")
  static let squeezeDim = squeezingDims("SqueezeBackward1")
  static let squeezeDimInPlace = squeezingDims("SqueezeBackward4")
  static let squeezeDims = squeezingDims("SqueezeBackward2")
  static let squeezeDimsInPlace = squeezingDims("SqueezeBackward5")

  private static func squeezing(_ name: String) -> Derivative {
    Derivative(name, attributes: selfSizes) { (c) throws(AutogradError) in
      let sizes = c.value(0).intsValue
      return try c.session.unsqueeze(c.grad, to: sizes, sizes.indices.map { $0 })
    }
  }

  private static func squeezingDims(_ name: String) -> Derivative {
    Derivative(name, attributes: ["dim", "self_sym_sizes"]) { (c) throws(AutogradError) in
      let sizes = c.value(1).intsValue
      let dims = if case .int(let dim) = c.value(0) { [dim] } else { c.value(0).intsValue }
      return try c.session.unsqueeze(
        c.grad,
        to: sizes,
        dims.map { $0 < 0 ? $0 + max(sizes.count, 1) : $0 }
      )
    }
  }

  static let expand = Derivative("ExpandBackward0", attributes: selfSizes) {
    (c) throws(AutogradError) in
    try c.session.sumTo(c.grad, sizes: c.value(0).intsValue)
  }

  static let select = Derivative(
    "SelectBackward0",
    attributes: ["dim", "index", "self_sym_sizes"]
  ) { (c) throws(AutogradError) in
    let dim = c.value(0).intValue
    let index = c.value(1).intValue
    return try c.session.embedBackward(
      "select_backward",
      .selectBackward,
      c.grad,
      c.value(2).intsValue,
      [.int(dim), .int(index)]
    ) { (zeros) throws(AutogradError) in try c.session.select(zeros, dim, index) }
  }

  static let slice = Derivative(
    "SliceBackward0",
    attributes: ["dim", "end", "self_sym_sizes", "start", "step"]
  ) { (c) throws(AutogradError) in
    let dim = c.value(0)
    let end = c.value(1)
    let start = c.value(3)
    let step = c.value(4)
    return try c.session.embedBackward(
      "slice_backward",
      .sliceBackward,
      c.grad,
      c.value(2).intsValue,
      [dim, end, start, step]
    ) { (zeros) throws(AutogradError) in
      try c.session.slice(
        zeros,
        dim.intValue,
        start: start.intValue,
        stop: end.intValue,
        step: step.intValue
      )
    }
  }

  static let diagonal = Derivative(
    "DiagonalBackward0",
    attributes: ["dim1", "dim2", "offset", "self_sym_sizes"]
  ) { (c) throws(AutogradError) in
    let dim1 = c.value(0)
    let dim2 = c.value(1)
    let offset = c.value(2)
    return try c.session.embedBackward(
      "diagonal_backward",
      .diagonalBackward,
      c.grad,
      c.value(3).intsValue,
      [dim1, dim2, offset]
    ) { (zeros) throws(AutogradError) in
      try c.session.diagonal(
        zeros,
        offset: offset.intValue,
        dim1: dim1.intValue,
        dim2: dim2.intValue
      )
    }
  }

  static let unfold = Derivative(
    "UnfoldBackward0",
    attributes: ["dimension", "self_sym_sizes", "size", "step"]
  ) { (c) throws(AutogradError) in
    try c.session.unfoldBackward(
      c.grad,
      c.value(1).intsValue,
      c.value(0).intValue,
      c.value(2).intValue,
      c.value(3).intValue
    )
  }

  static let alias = Derivative("AliasBackward0") { c in c.grad }

  static let unbind = Derivative(
    "UnbindBackward0",
    attributes: ["dim"],
    inputs: 1,
    joint: {
      (c) throws(AutogradError) in
      let dim = c.value(0).intValue
      var parts: [Tensor] = []
      for index in 0..<c.gradientCount { parts.append(try c.gradOrZeros(index)) }
      return [try c.session.stack(parts, dim)]
    }
  )

  static let split = splitting("SplitBackward0", ["dim", "self_sym_sizes", "split_size"])
  static let splitWithSizes = splitting(
    "SplitWithSizesBackward0",
    ["dim", "self_sym_sizes", "split_sizes"]
  )

  private static func splitting(_ name: String, _ attributes: [String]) -> Derivative {
    Derivative(
      name,
      attributes: attributes,
      inputs: 1,
      joint: { (c) throws(AutogradError) in
        var parts: [Tensor] = []
        for index in 0..<c.gradientCount { parts.append(try c.gradOrZeros(index)) }
        return [try c.session.cat(parts, c.value(0).intValue)]
      }
    )
  }
}

// The gradients that are operations themselves.
extension Derivative {
  static let selectBackward = Derivative(
    "SelectBackwardBackward0",
    attributes: ["dim", "index"]
  ) { (c) throws(AutogradError) in
    try c.session.select(c.grad, c.value(0).intValue, c.value(1).intValue)
  }
  static let sliceBackward = Derivative(
    "SliceBackwardBackward0",
    attributes: ["dim", "end", "start", "step"]
  ) { (c) throws(AutogradError) in
    try c.session.slice(
      c.grad,
      c.value(0).intValue,
      start: c.value(2).intValue,
      stop: c.value(1).intValue,
      step: c.value(3).intValue
    )
  }
  static let diagonalBackward = Derivative(
    "DiagonalBackwardBackward0",
    attributes: ["dim1", "dim2", "offset"]
  ) { (c) throws(AutogradError) in
    try c.session.diagonal(
      c.grad,
      offset: c.value(2).intValue,
      dim1: c.value(0).intValue,
      dim2: c.value(1).intValue
    )
  }
  static let unfoldBackward = Derivative(
    "UnfoldBackwardBackward0",
    attributes: ["dim", "size", "step"]
  ) { (c) throws(AutogradError) in
    try c.session.unfold(
      c.grad,
      c.value(0).intValue,
      c.value(1).intValue,
      c.value(2).intValue
    )
  }
}

extension BackwardContext {
  /// Number of forward outputs.
  public var gradientCount: Int { gradients.count }

  /// The gradient of an output; zeros of its shape if none came.
  func gradOrZeros(_ index: Int) throws(AutogradError) -> Tensor {
    if let grad = gradients[index] { return grad }
    let metadata = node.metadata[index]
    return try session.full(metadata.sizes, .int(0), metadata.dtype ?? .float32)
  }
}

extension Session {
  /// Zeros with a gradient in the place that a view shows, as one operation.
  func embedBackward(
    _ name: String,
    _ derivative: Derivative,
    _ grad: Tensor,
    _ sizes: [Int],
    _ values: [AttributeValue],
    _ place: (Tensor) throws(AutogradError) -> Tensor
  ) throws(AutogradError) -> Tensor {
    let result = try unobserved { () throws(AutogradError) in
      let zeros = try full(sizes, .int(0), grad.dtype)
      _ = try unrecorded { () throws(AutogradError) in try copyInPlace(place(zeros), grad) }
      zeros.versionCounter = nil
      return zeros
    }
    result.storage.writes = 0
    try record(derivative, grad, result: result, values)
    finished(name, [grad], [result])
    return result
  }

  /// The gradient of windows, added where they overlap.
  fileprivate func unfoldBackward(
    _ grad: Tensor,
    _ sizes: [Int],
    _ dim: Int,
    _ size: Int,
    _ step: Int
  ) throws(AutogradError) -> Tensor {
    let result = try unobserved { () throws(AutogradError) in
      let zeros = try full(sizes, .int(0), grad.dtype)
      let dim = try wrapDim(dim, sizes.count)
      try unrecorded { () throws(AutogradError) in
        for offset in 0..<size {
          let part = try select(grad, grad.dim - 1, offset)
          let target = try slice(
            zeros,
            dim,
            start: offset,
            stop: offset + (part.sizes[dim] - 1) * step + 1,
            step: step
          )
          try addInPlace(target, .tensor(part))
        }
      }
      zeros.versionCounter = nil
      return zeros
    }
    try record(.unfoldBackward, grad, result: result, [.int(dim), .int(size), .int(step)])
    finished("unfold_backward", [grad], [result])
    return result
  }

  /// Puts dimensions of size 1 back.
  fileprivate func unsqueeze(
    _ grad: Tensor,
    to sizes: [Int],
    _ dims: [Int]
  ) throws(AutogradError) -> Tensor {
    var result = grad
    for dim in dims.sorted() where dim < sizes.count && sizes[dim] == 1 {
      result = try unsqueeze(result, dim)
    }
    return result
  }

  /// Runs a closure that the observer does not see.
  func unobserved<Result>(
    _ body: () throws(AutogradError) -> Result
  ) throws(AutogradError) -> Result {
    let watching = observer
    observer = nil
    defer { observer = watching }
    return try body()
  }
}

/// The attributes of AsStridedBackward0, which remembers the geometry of its input too.
enum AsStrided {
  static func values(base: Tensor, _ view: Tensor) -> [AttributeValue] {
    values(base: base, view.sizes, view.strides, view.storageOffset)
  }

  static func values(
    base: Tensor,
    _ sizes: [Int],
    _ strides: [Int],
    _ offset: Int?
  ) -> [AttributeValue] {
    [
      .ints(sizes), offset.map { .int($0) } ?? .none, .ints(strides), .ints(base.sizes),
      .ints(base.strides), .int(base.storageOffset),
    ]
  }
}

extension Derivative {
  static let asStrided = striding("AsStridedBackward0")
  static let asStridedInPlace = striding("AsStridedBackward1")

  private static func striding(_ name: String) -> Derivative {
    Derivative(name, attributes: ["size", "storage_offset", "stride"]) {
      (c) throws(AutogradError) in
      let inputOffset = c.value(5).intValue
      var offset = inputOffset
      if case .int(let value) = c.value(1) { offset = value }
      return try c.session.asStridedBackward(
        c.grad,
        input: (c.value(3).intsValue, c.value(4).intsValue, inputOffset),
        output: (c.value(0).intsValue, c.value(2).intsValue, offset)
      )
    }
  }
}

extension Session {
  /// The gradient of a tensor from that of its elements at strided places.
  ///
  /// As ATen does: the gradient is laid out in a storage like the input's, summed where the output saw
  /// one element twice, and read back with the input's strides, divided where the input overlaps itself.
  fileprivate func asStridedBackward(
    _ grad: Tensor,
    input: (sizes: [Int], strides: [Int], offset: Int),
    output: (sizes: [Int], strides: [Int], offset: Int)
  ) throws(AutogradError) -> Tensor {
    var grad = grad
    var sizes: [Int] = []
    var strides: [Int] = []
    for dim in stride(from: output.sizes.count - 1, through: 0, by: -1) {
      if output.sizes[dim] == 0 { return try full(input.sizes, .int(0), grad.dtype) }
      if output.sizes[dim] == 1 {
        grad = try squeeze(grad, [dim])
      } else if output.strides[dim] == 0 {
        grad = try sum(grad, dims: [dim], keepdim: false)
      } else {
        sizes.insert(output.sizes[dim], at: 0)
        strides.insert(output.strides[dim], at: 0)
      }
    }
    var inputSizes: [Int] = []
    var inputStrides: [Int] = []
    for (size, stride) in zip(input.sizes, input.strides) {
      if size == 0 { return try full(input.sizes, .int(0), grad.dtype) }
      if size != 1 {
        inputSizes.append(size)
        inputStrides.append(stride)
      }
    }
    let base = min(input.offset, output.offset)
    let length = max(
      Shape.storageLength(inputSizes, inputStrides, input.offset - base),
      Shape.storageLength(sizes, strides, output.offset - base)
    )
    var storage = try full([length], .int(0), grad.dtype)
    let outputOverlaps = Shape.mayOverlap(sizes, strides)
    let inputOverlaps = Shape.mayOverlap(inputSizes, inputStrides)
    if outputOverlaps {
      let places = try stridedPlaces(sizes, strides, output.offset - base)
      storage = try indexAdd(storage, 0, places, reshape(grad, [-1]))
    } else {
      let target = try asStrided(
        storage,
        sizes: sizes,
        strides: strides,
        storageOffset: output.offset - base
      )
      try copyInPlace(target, grad)
    }
    if inputOverlaps {
      let places = try stridedPlaces(inputSizes, inputStrides, input.offset - base)
      let counts = try indexAdd(
        full([length], .int(0), grad.dtype),
        0,
        places,
        full([Shape.numel(inputSizes)], .int(1), grad.dtype)
      )
      storage = try div(storage, .tensor(counts))
    }
    return try asStrided(
      storage,
      sizes: input.sizes,
      strides: input.strides,
      storageOffset: input.offset - base
    )
  }

  private func stridedPlaces(
    _ sizes: [Int],
    _ strides: [Int],
    _ offset: Int
  ) throws(AutogradError) -> Tensor {
    var places = [offset]
    for (size, stride) in zip(sizes, strides) {
      places = places.flatMap { place in (0..<size).map { place + $0 * stride } }
    }
    return try tensor(places.map { .int($0) }, sizes: [places.count], .int64)
  }
}

extension Shape {
  /// Number of elements of the storage that strided elements reach into.
  static func storageLength(_ sizes: [Int], _ strides: [Int], _ offset: Int) -> Int {
    var length = offset + 1
    for (size, stride) in zip(sizes, strides) { length += (size - 1) * stride }
    return length
  }

  /// Whether two indices may lead to one place; ATen's conservative test.
  static func mayOverlap(_ sizes: [Int], _ strides: [Int]) -> Bool {
    var reached = 0
    for index in sizes.indices.sorted(by: { strides[$0] < strides[$1] }) {
      if strides[index] <= reached { return true }
      reached += strides[index] * (sizes[index] - 1)
    }
    return false
  }
}
