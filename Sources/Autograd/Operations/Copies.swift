// Operations that copy elements.
extension Session {
  /// `clone()`, laid out like the tensor.
  ///
  /// - Throws: If memory runs out.
  public func clone(_ x: Tensor) throws(AutogradError) -> Tensor {
    try observing("clone", [x]) { () throws(AutogradError) in
      let result = try cloneSilently(x)
      finished("clone", [x], [result])
      return result
    }
  }

  /// As above, without telling the observer of the operation.
  func cloneSilently(_ x: Tensor) throws(AutogradError) -> Tensor {
    let result = try mapElements(x, Casting.loop(x.dtype, x.dtype), x.dtype)
    try record(.clone, x, result: result)
    return result
  }

  /// `clone(memory_format=torch.contiguous_format)`.
  func cloneContiguous(_ x: Tensor) throws(AutogradError) -> Tensor {
    if x.isContiguous { return try clone(x) }
    return try observing("clone", [x]) { () throws(AutogradError) in
      let result = try copyContiguous(x)
      try record(.clone, x, result: result)
      finished("clone", [x], [result])
      return result
    }
  }

  /// The elements row by row in a fresh tensor, without history.
  func copyContiguous(_ x: Tensor) throws(AutogradError) -> Tensor {
    let result = try allocate(x.dtype, sizes: x.sizes)
    let rows = StridedRows(x.sizes, [result.strides, x.strides])
    result.initializeElements { out in
      x.withElements { rows.map(out, $0, Casting.loop(x.dtype, x.dtype), x.itemSize, x.itemSize) }
    }
    return result
  }

  /// The tensor, or its elements row by row in a fresh tensor, without history.
  func rowMajor(_ x: Tensor) throws(AutogradError) -> Tensor {
    x.isContiguous ? x : try copyContiguous(x)
  }

  /// `contiguous()`: the tensor itself if it is.
  ///
  /// - Throws: If memory runs out.
  public func contiguous(_ x: Tensor) throws(AutogradError) -> Tensor {
    x.isContiguous ? x : try cloneContiguous(x)
  }

  /// `to(dtype)`: the tensor itself if it has that type, unless a copy is asked for.
  ///
  /// - Throws: If memory runs out.
  public func to(
    _ x: Tensor,
    _ dtype: DType,
    copy: Bool = false
  ) throws(AutogradError) -> Tensor {
    if x.dtype == dtype && !copy { return x }
    return try observing("to", [x]) { () throws(AutogradError) in
      let result = try mapElements(x, Casting.loop(x.dtype, dtype), dtype)
      if dtype.isFloatingPoint {
        try record(.toCopy, x, result: result, [.dtype(x.dtype)])
      }
      finished("to", [x], [result], [("dtype", .dtype(dtype))])
      return result
    }
  }

  /// `copy_(src)`.
  ///
  /// - Throws: If the source does not broadcast, or the tensor may not be written.
  @discardableResult
  public func copyInPlace(_ target: Tensor, _ source: Tensor) throws(AutogradError) -> Tensor {
    let derivative: Derivative? = target.dtype.isFloatingPoint ? .copy : nil
    return try inPlaceCopy(target, source, derivative) { () throws(AutogradError) in
      if target === source { return }
      try checkOverlap(target, .tensor(source))
      let sizes = try Broadcast.sizes(target.sizes, source.sizes)
      if sizes != target.sizes {
        throw .runtime(
          "output with shape \(Shape.text(target.sizes)) doesn't match the broadcast shape "
            + Shape.text(sizes)
        )
      }
      mapElements(source, Casting.loop(source.dtype, target.dtype), into: target)
    }
  }

  // An integer target ignores the gradient of its source: nothing is recorded, nothing is checked.
  private func inPlaceCopy(
    _ target: Tensor,
    _ source: Tensor,
    _ derivative: Derivative?,
    _ write: () throws(AutogradError) -> Void
  ) throws(AutogradError) -> Tensor {
    if derivative == nil {
      return try inPlace("copy_", nil, target, ShortList(), [], write)
    }
    return try inPlace(
      "copy_",
      derivative,
      target,
      ShortList(.tensor(source)),
      [.dtype(source.dtype)],
      write
    )
  }

  /// `fill_(value)`.
  ///
  /// - Throws: If the value is a tensor with dimensions, or the tensor may not be written.
  @discardableResult
  public func fillInPlace(_ target: Tensor, _ value: Operand) throws(AutogradError) -> Tensor {
    switch value {
    case .number(let number):
      return try inPlace("fill_", .fillScalar, target, ShortList(value)) {
        () throws(AutogradError) in
        fillElements(target, number)
      }
    case .tensor(let tensor):
      guard tensor.dim == 0 else {
        throw .runtime(
          "fill_ only supports 0-dimension value tensor but got tensor with \(tensor.dim) dimensions."
        )
      }
      return try inPlace("fill_", .fill, target, ShortList(value)) { () throws(AutogradError) in
        fillElements(target, try item(tensor))
      }
    }
  }

  /// `zero_()`.
  ///
  /// - Throws: If the tensor may not be written.
  @discardableResult
  public func zeroInPlace(_ target: Tensor) throws(AutogradError) -> Tensor {
    try inPlace("zero_", .zeroInPlace, target) { () throws(AutogradError) in
      fillElements(target, .int(0))
    }
  }

  /// Writes one number everywhere, without history.
  func fillElements(_ target: Tensor, _ value: Scalar) {
    let offset = target.storageOffset * target.itemSize
    write(target) { bytes in
      if target.isContiguous {
        return target.dtype.visit(
          FillElements(value: value, out: bytes + offset, count: target.numel)
        )
      }
      let rows = StridedRows(target.sizes, [target.strides])
      withUnsafePointer(to: target.dtype.encode(value)) { word in
        let loop = Casting.loop(target.dtype, target.dtype)
        rows.forEachRow { offsets in
          loop(
            bytes + offset + offsets[0] * target.itemSize,
            word,
            rows.count,
            rows.inner[0],
            0
          )
        }
      }
    }
  }
}

// Operations that choose elements.
extension Session {
  /// `torch.where(condition, self, other)`.
  ///
  /// - Throws: If the condition is no mask, or sizes do not broadcast.
  public func `where`(
    _ condition: Tensor,
    _ a: Operand,
    _ b: Operand
  ) throws(AutogradError) -> Tensor {
    let inputs = [condition] + [a.tensor, b.tensor].compactMap { $0 }
    return try observing("where", inputs) { () throws(AutogradError) in
      guard condition.dtype == .bool else {
        throw .runtime(
          "where expected condition to be a boolean tensor, but got a tensor with dtype "
            + condition.dtype.scalarTypeName
        )
      }
      let x = a.tensor ?? wrap(a.number ?? .int(0))
      let y = b.tensor ?? wrap(b.number ?? .int(0))
      var common = Promotion.common([x, y])
      if common == .float64 && x.isWrappedNumber && y.isWrappedNumber { common = defaultDType }
      if x.isWrappedNumber != y.isWrappedNumber {
        common =
          x.isWrappedNumber
          ? Promotion.common(y, a, defaultDType) : Promotion.common(x, b, defaultDType)
      }
      let result = try choose(
        condition,
        castElements(x, common),
        castElements(y, common),
        common
      )
      try record(
        .where,
        inputs: [a.tensor, b.tensor, condition],
        differentiable: 2,
        results: [result]
      )
      finished("where", inputs, [result])
      return result
    }
  }

  private func choose(
    _ condition: Tensor,
    _ x: Tensor,
    _ y: Tensor,
    _ dtype: DType
  ) throws(AutogradError) -> Tensor {
    let sizes = try Broadcast.sizes(Broadcast.sizes(condition.sizes, x.sizes), y.sizes)
    let operands = [condition, x, y].map { Broadcast.strides($0.sizes, $0.strides, in: sizes) }
    let strides = Broadcast.resultStrides(sizes, operands: operands)
    let result = try allocate(dtype, sizes: sizes, strides: strides)
    let rows = StridedRows(sizes, [strides] + operands)
    result.initializeElements { out in
      condition.withElements { condition in
        x.withElements { x in
          y.withElements { y in
            dtype.visit(ChooseElements(rows: rows, out: out, condition: condition, x: x, y: y))
          }
        }
      }
    }
    return result
  }

  /// `masked_fill(mask, value)`.
  ///
  /// - Throws: If the mask is none, or the value has dimensions.
  public func maskedFill(
    _ x: Tensor,
    _ mask: Tensor,
    _ value: Operand
  ) throws(AutogradError) -> Tensor {
    try observing("masked_fill", [x, mask]) { () throws(AutogradError) in
      try checkMask(mask, value)
      let sizes = try Broadcast.sizes(mask.sizes, x.sizes)
      let result = try unobserved { () throws(AutogradError) in
        try unrecorded { () throws(AutogradError) in
          try sizes == x.sizes ? cloneSilently(x) : copyContiguous(expand(x, sizes))
        }
      }
      fillMasked(result, mask, try number(value))
      result.storage.writes = 0
      switch value {
      case .number:
        try record(.maskedFillScalar, inputs: [x, mask], differentiable: 1, results: [result])
      case .tensor(let tensor):
        try record(.maskedFill, inputs: [x, tensor, mask], differentiable: 2, results: [result])
      }
      finished("masked_fill", [x, mask], [result])
      return result
    }
  }

  /// `masked_fill_(mask, value)`.
  ///
  /// - Throws: As ``maskedFill(_:_:_:)``, and if the tensor may not be written.
  @discardableResult
  public func maskedFillInPlace(
    _ x: Tensor,
    _ mask: Tensor,
    _ value: Operand
  ) throws(AutogradError) -> Tensor {
    var others = ShortList<Operand>()
    if case .tensor = value { others.append(value) }
    others.append(.tensor(mask))
    let derivative: Derivative =
      if case .tensor = value { .maskedFill } else { .maskedFillScalar }
    return try inPlace("masked_fill_", derivative, x, others) { () throws(AutogradError) in
      try checkMask(mask, value)
      try checkOverlap(x, .tensor(mask))
      let sizes = try Broadcast.sizes(mask.sizes, x.sizes)
      if sizes != x.sizes {
        throw .runtime(
          "output with shape \(Shape.text(x.sizes)) doesn't match the broadcast shape "
            + Shape.text(sizes)
        )
      }
      fillMasked(x, mask, try number(value))
    }
  }

  private func number(_ value: Operand) throws(AutogradError) -> Scalar {
    switch value {
    case .number(let number): number
    case .tensor(let tensor): try item(tensor)
    }
  }

  private func checkMask(_ mask: Tensor, _ value: Operand) throws(AutogradError) {
    guard mask.dtype == .bool else {
      throw .runtime(
        "masked_fill_ only supports boolean masks, but got mask with dtype "
          + mask.dtype.traits.cppName
      )
    }
    if case .tensor(let tensor) = value, tensor.dim != 0 {
      throw .runtime(
        "masked_fill_ only supports a 0-dimensional value tensor, but got tensor with \(tensor.dim) "
          + "dimension(s)."
      )
    }
  }

  private func fillMasked(_ target: Tensor, _ mask: Tensor, _ value: Scalar) {
    let strides = Broadcast.strides(mask.sizes, mask.strides, in: target.sizes)
    let rows = StridedRows(target.sizes, [target.strides, strides])
    let offset = target.storageOffset * target.itemSize
    write(target) { bytes in
      mask.withElements(whileWriting: target.storage, bytes) { mask in
        target.dtype.visit(FillMasked(rows: rows, out: bytes + offset, mask: mask, value: value))
      }
    }
  }

  /// `clamp(min, max)` with numbers.
  ///
  /// - Throws: If neither is given.
  public func clamp(_ x: Tensor, _ lower: Scalar?, _ upper: Scalar?) throws(AutogradError) -> Tensor
  {
    try observing("clamp", [x]) { () throws(AutogradError) in
      let common = try clampType(x, lower, upper)
      let result = try mapElements(
        castElements(x, common),
        common.visit(ClampLoop(lower: lower, upper: upper)),
        common
      )
      try record(.clamp, x, result: result, clampValues(lower, upper))
      finished("clamp", [x], [result])
      return result
    }
  }

  /// `clamp_(min, max)` with numbers.
  ///
  /// - Throws: As ``clamp(_:_:_:)``, and if the tensor may not be written.
  @discardableResult
  public func clampInPlace(
    _ x: Tensor,
    _ lower: Scalar?,
    _ upper: Scalar?
  ) throws(AutogradError) -> Tensor {
    try inPlace("clamp_", .clamp, x, ShortList(), clampValues(lower, upper)) {
      () throws(AutogradError) in
      let common = try clampType(x, lower, upper)
      try checkCast(common, to: x.dtype)
      try checkOverlap(x, .tensor(x))
      mapElements(x, x.dtype.visit(ClampLoop(lower: lower, upper: upper)), into: x)
    }
  }

  private func clampType(
    _ x: Tensor,
    _ lower: Scalar?,
    _ upper: Scalar?
  ) throws(AutogradError) -> DType {
    if lower == nil && upper == nil {
      throw .runtime("torch.clamp: At least one of 'min' or 'max' must not be None")
    }
    var common = x.dtype
    for bound in [lower, upper] {
      if let bound, bound.category > common.category {
        common = bound.category == .floatingPoint ? defaultDType : .int64
      }
    }
    return common
  }

  private func clampValues(_ lower: Scalar?, _ upper: Scalar?) -> [AttributeValue] {
    [upper.map { .scalar($0) } ?? .none, lower.map { .scalar($0) } ?? .none]
  }
}

private struct ChooseElements: ElementVisitor {
  let rows: StridedRows
  let out: UnsafeMutableRawPointer
  let condition: UnsafeRawPointer
  let x: UnsafeRawPointer
  let y: UnsafeRawPointer

  func visit<E: Element>(_ type: E.Type) {
    let out = out.assumingMemoryBound(to: E.self)
    let condition = condition.assumingMemoryBound(to: Bool.self)
    let x = x.assumingMemoryBound(to: E.self)
    let y = y.assumingMemoryBound(to: E.self)
    let inner = rows.inner
    rows.forEachRow { offsets in
      for i in 0..<rows.count {
        out[offsets[0] + i * inner[0]] =
          condition[offsets[1] + i * inner[1]]
          ? x[offsets[2] + i * inner[2]] : y[offsets[3] + i * inner[3]]
      }
    }
  }
}

private struct FillMasked: ElementVisitor {
  let rows: StridedRows
  let out: UnsafeMutableRawPointer
  let mask: UnsafeRawPointer
  let value: Scalar

  func visit<E: Element>(_ type: E.Type) {
    let out = out.assumingMemoryBound(to: E.self)
    let mask = mask.assumingMemoryBound(to: Bool.self)
    let value = E(value)
    let inner = rows.inner
    rows.forEachRow { offsets in
      for i in 0..<rows.count where mask[offsets[1] + i * inner[1]] {
        out[offsets[0] + i * inner[0]] = value
      }
    }
  }
}

private struct ClampLoop: ElementVisitor {
  let lower: Scalar?
  let upper: Scalar?

  func visit<E: Element>(_ type: E.Type) -> UnaryLoop {
    let lower = self.lower.map { E($0) } ?? .lowest
    let upper = self.upper.map { E($0) } ?? .highest
    return { out, x, count, so, sx in
      let out = out.assumingMemoryBound(to: E.self)
      let x = x.assumingMemoryBound(to: E.self)
      for i in 0..<count {
        let value = x[i &* sx]
        let raised = E.less(value, lower) ? lower : value
        out[i &* so] = E.less(upper, raised) ? upper : raised
      }
    }
  }
}

// Operations that join tensors.
extension Session {
  /// `torch.cat(tensors, dim)`.
  ///
  /// - Throws: If there are no tensors, or their sizes differ elsewhere.
  public func cat(_ tensors: [Tensor], _ dim: Int = 0) throws(AutogradError) -> Tensor {
    try observing("cat", tensors) { () throws(AutogradError) in
      guard !tensors.isEmpty else {
        throw .value("torch.cat(): expected a non-empty list of Tensors")
      }
      for (index, tensor) in tensors.enumerated() where tensor.dim == 0 {
        throw .runtime("zero-dimensional tensor (at position \(index)) cannot be concatenated")
      }
      // An empty 1-D tensor joins with anything, for the sake of old programs.
      let parts = tensors.filter { $0.sizes != [0] }
      let common = Promotion.common(tensors)
      let first = parts.first ?? tensors[0]
      let wrapped = try wrapDim(dim, first.dim)
      var sizes = first.sizes
      if !parts.isEmpty { sizes[wrapped] = 0 }
      for (index, tensor) in tensors.enumerated() where tensor.sizes != [0] {
        guard tensor.dim == first.dim else {
          throw .runtime(
            "Tensors must have same number of dimensions: got \(first.dim) and \(tensor.dim)"
          )
        }
        for other in tensor.sizes.indices
        where other != wrapped && tensor.sizes[other] != first.sizes[other] {
          throw .runtime(
            "Sizes of tensors must match except in dimension \(wrapped). Expected size "
              + "\(first.sizes[other]) but got size \(tensor.sizes[other]) for tensor number \(index) in "
              + "the list."
          )
        }
        sizes[wrapped] += tensor.sizes[wrapped]
      }
      let result = try join(parts, common, sizes, wrapped)
      try record(
        .cat,
        inputs: tensors,
        results: [result],
        [.int(dim), .intLists(tensors.map { $0.sizes })]
      )
      finished("cat", tensors, [result], [("dim", .int(dim))])
      return result
    }
  }

  private func join(
    _ parts: [Tensor],
    _ dtype: DType,
    _ sizes: [Int],
    _ dim: Int
  ) throws(AutogradError) -> Tensor {
    let result = try allocate(dtype, sizes: sizes)
    var start = 0
    for part in parts {
      let rows = StridedRows(part.sizes, [result.strides, part.strides])
      result.initializeElements { out in
        part.withElements {
          rows.map(
            out + start * result.strides[dim] * result.itemSize,
            $0,
            Casting.loop(part.dtype, dtype),
            result.itemSize,
            part.itemSize
          )
        }
      }
      start += part.sizes[dim]
    }
    return result
  }

  /// `torch.stack(tensors, dim)`.
  ///
  /// - Throws: If there are no tensors, or their sizes differ.
  public func stack(_ tensors: [Tensor], _ dim: Int = 0) throws(AutogradError) -> Tensor {
    try observing("stack", tensors) { () throws(AutogradError) in
      guard let first = tensors.first else {
        throw .runtime("stack expects a non-empty TensorList")
      }
      for (index, tensor) in tensors.enumerated() where tensor.sizes != first.sizes {
        throw .runtime(
          "stack expects each tensor to be equal size, but got \(Shape.text(first.sizes)) at entry 0 and "
            + "\(Shape.text(tensor.sizes)) at entry \(index)"
        )
      }
      let wrapped = try wrapDim(dim, first.dim + 1)
      var sizes = first.sizes
      sizes.insert(1, at: wrapped)
      let parts = tensors.map { tensor in
        var strides = tensor.strides
        strides.insert(1, at: wrapped)
        return makeAlias(
          tensor,
          sizes: sizes,
          strides: strides,
          storageOffset: tensor.storageOffset
        )
      }
      sizes[wrapped] = tensors.count
      let result = try join(parts, Promotion.common(tensors), sizes, wrapped)
      try record(.stack, inputs: tensors, results: [result], [.int(dim)])
      finished("stack", tensors, [result], [("dim", .int(dim))])
      return result
    }
  }
}
