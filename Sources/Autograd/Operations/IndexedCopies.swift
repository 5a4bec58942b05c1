// Reads and writes by indices along a dimension.
extension Session {
  /// `index_select(dim, index)`.
  ///
  /// - Throws: If the index is no vector or out of range.
  public func indexSelect(
    _ x: Tensor,
    _ dim: Int,
    _ index: Tensor
  ) throws(AutogradError) -> Tensor {
    let wrapped = try wrapDim(dim, x.dim)
    if index.dim > 1 { throw .index("index_select(): Index is supposed to be a vector") }
    guard index.dtype == .int64 || index.dtype == .int32 else {
      throw .runtime("index_select(): Expected dtype int32 or int64 for index")
    }
    let size = x.dim == 0 ? 1 : x.sizes[wrapped]
    for element in elements(index) where element.integer < 0 || element.integer >= size {
      throw .index("index out of range in self")
    }
    return try composed(
      "index_select",
      .indexSelect,
      [x, index],
      differentiable: 1,
      [.int(dim), .ints(x.sizes)]
    ) { () throws(AutogradError) in
      if x.dim == 0 { return try clone(x) }
      let flat = try reshape(index, [-1])
      return try self.index(x, Array(repeating: nil, count: wrapped) + [flat])
    }
  }

  /// `index_add_(dim, index, source, alpha)`.
  ///
  /// - Throws: If the index does not fit, or the tensor may not be written.
  @discardableResult
  public func indexAddInPlace(
    _ x: Tensor,
    _ dim: Int,
    _ index: Tensor,
    _ source: Tensor,
    alpha: Scalar
  ) throws(AutogradError) -> Tensor {
    try composedInPlace(
      "index_add_",
      .indexAdd,
      x,
      [.tensor(source), .tensor(index)],
      [.scalar(alpha), .int(dim), .int(source.dim)]
    ) { () throws(AutogradError) in
      let scaled = try alpha.isOne ? source : mul(source, .number(alpha))
      return try indexAdd(x, dim, index, scaled)
    }
  }

  /// `index_copy(dim, index, source)`.
  ///
  /// - Throws: If the index does not fit.
  public func indexCopy(
    _ x: Tensor,
    _ dim: Int,
    _ index: Tensor,
    _ source: Tensor
  ) throws(AutogradError) -> Tensor {
    try composed(
      "index_copy",
      .indexCopy,
      [x, source, index],
      differentiable: 2,
      [.int(dim), .int(source.dim)]
    ) { () throws(AutogradError) in try placed(x, dim, index, source) }
  }

  /// `index_copy_(dim, index, source)`.
  ///
  /// - Throws: As ``indexCopy(_:_:_:_:)``, and if the tensor may not be written.
  @discardableResult
  public func indexCopyInPlace(
    _ x: Tensor,
    _ dim: Int,
    _ index: Tensor,
    _ source: Tensor
  ) throws(AutogradError) -> Tensor {
    try composedInPlace(
      "index_copy_",
      .indexCopy,
      x,
      [.tensor(source), .tensor(index)],
      [.int(dim), .int(source.dim)]
    ) { () throws(AutogradError) in try placed(x, dim, index, source) }
  }

  /// `index_fill(dim, index, value)`.
  ///
  /// - Throws: If the index does not fit.
  public func indexFill(
    _ x: Tensor,
    _ dim: Int,
    _ index: Tensor,
    _ value: Operand
  ) throws(AutogradError) -> Tensor {
    switch value {
    case .number(let number):
      return try composed(
        "index_fill",
        .indexFillScalar,
        [x, index],
        differentiable: 1,
        [.int(dim)]
      ) { () throws(AutogradError) in
        try placed(x, dim, index, full([], number, x.dtype))
      }
    case .tensor(let tensor):
      return try composed(
        "index_fill",
        .indexFill,
        [x, tensor, index],
        differentiable: 2,
        [.int(dim)]
      ) { () throws(AutogradError) in try placed(x, dim, index, tensor) }
    }
  }

  /// `index_fill_(dim, index, value)`.
  ///
  /// - Throws: As ``indexFill(_:_:_:_:)``, and if the tensor may not be written.
  @discardableResult
  public func indexFillInPlace(
    _ x: Tensor,
    _ dim: Int,
    _ index: Tensor,
    _ value: Operand
  ) throws(AutogradError) -> Tensor {
    switch value {
    case .number(let number):
      return try composedInPlace(
        "index_fill_",
        .indexFillScalar,
        x,
        [.tensor(index)],
        [.int(dim)]
      ) { () throws(AutogradError) in
        try placed(x, dim, index, full([], number, x.dtype))
      }
    case .tensor(let tensor):
      return try composedInPlace(
        "index_fill_",
        .indexFill,
        x,
        [value, .tensor(index)],
        [.int(dim)]
      ) { () throws(AutogradError) in try placed(x, dim, index, tensor) }
    }
  }

  private func placed(
    _ x: Tensor,
    _ dim: Int,
    _ index: Tensor,
    _ source: Tensor
  ) throws(AutogradError) -> Tensor {
    let wrapped = try wrapDim(dim, x.dim)
    if index.dim > 1 {
      throw .index("index_copy_(): Index should have dimension 1 or 0 (got \(index.dim))")
    }
    let copy = try clone(x)
    let indices = Array(repeating: nil, count: wrapped) + [try reshape(index, [-1])]
    return try indexPutInPlace(copy, indices, source, accumulate: false)
  }

  /// `scatter(dim, index, src)` with a tensor or a number.
  ///
  /// - Throws: If the index does not fit.
  public func scatter(
    _ x: Tensor,
    _ dim: Int,
    _ index: Tensor,
    _ source: Operand
  ) throws(AutogradError) -> Tensor {
    switch source {
    case .tensor(let tensor):
      return try composed(
        "scatter",
        .scatter,
        [x, tensor, index],
        differentiable: 2,
        [.int(dim)]
      ) { () throws(AutogradError) in try scatterInPlace(clone(x), dim, index, tensor) }
    case .number(let number):
      return try composed(
        "scatter",
        .scatterValue,
        [x, index],
        differentiable: 1,
        [.int(dim)]
      ) { () throws(AutogradError) in
        try scatterInPlace(clone(x), dim, index, full(index.sizes, number, x.dtype))
      }
    }
  }

  /// `scatter_(dim, index, value)`.
  ///
  /// - Throws: If the index does not fit, or the tensor may not be written.
  @discardableResult
  public func scatterValueInPlace(
    _ x: Tensor,
    _ dim: Int,
    _ index: Tensor,
    _ value: Scalar
  ) throws(AutogradError) -> Tensor {
    try composedInPlace("scatter_", .scatterValue, x, [.tensor(index)], [.int(dim)]) {
      () throws(AutogradError) in
      try scatterInPlace(clone(x), dim, index, full(index.sizes, value, x.dtype))
    }
  }

  /// `scatter_add_(dim, index, src)`.
  ///
  /// - Throws: If the index does not fit, or the tensor may not be written.
  @discardableResult
  public func scatterAddInPlace(
    _ x: Tensor,
    _ dim: Int,
    _ index: Tensor,
    _ source: Tensor
  ) throws(AutogradError) -> Tensor {
    try composedInPlace(
      "scatter_add_",
      .scatterAdd,
      x,
      [.tensor(source), .tensor(index)],
      [.int(dim)]
    ) { () throws(AutogradError) in try scatterAdd(x, dim, index, source) }
  }

  /// `take(index)`: elements of the tensor seen as one row.
  ///
  /// - Throws: If an index is out of range.
  public func take(_ x: Tensor, _ index: Tensor) throws(AutogradError) -> Tensor {
    if index.dtype != .int64 {
      throw .runtime(
        "take(): Expected a long tensor for index, but got \(index.dtype.scalarTypeName)"
      )
    }
    for element in elements(index) where element.integer < -x.numel || element.integer >= x.numel {
      throw .index(
        "out of range: tried to access index \(element.integer) on a tensor of \(x.numel) elements."
      )
    }
    return try composed("take", .take, [x, index], differentiable: 1) {
      () throws(AutogradError) in try self.index(reshape(x, [-1]), [index])
    }
  }

  /// `masked_select(mask)`.
  ///
  /// - Throws: If the mask is none of bools or does not broadcast.
  public func maskedSelect(_ x: Tensor, _ mask: Tensor) throws(AutogradError) -> Tensor {
    if mask.dtype != .bool {
      throw .runtime("masked_select: expected BoolTensor for mask")
    }
    return try composed("masked_select", .maskedSelect, [x, mask], differentiable: 1) {
      () throws(AutogradError) in
      let sizes = try Broadcast.sizes(x.sizes, mask.sizes)
      return try index(expand(x, sizes), [clone(expand(mask, sizes))])
    }
  }

  /// `masked_scatter(mask, source)`.
  ///
  /// - Throws: If the source has too few elements.
  public func maskedScatter(
    _ x: Tensor,
    _ mask: Tensor,
    _ source: Tensor
  ) throws(AutogradError) -> Tensor {
    try composed(
      "masked_scatter",
      .maskedScatter,
      [x, source, mask],
      differentiable: 2,
      [.ints(source.sizes)]
    ) { () throws(AutogradError) in try maskedScatterValues(x, mask, source) }
  }

  /// `masked_scatter_(mask, source)`.
  ///
  /// - Throws: As ``maskedScatter(_:_:_:)``, and if the tensor may not be written.
  @discardableResult
  public func maskedScatterInPlace(
    _ x: Tensor,
    _ mask: Tensor,
    _ source: Tensor
  ) throws(AutogradError) -> Tensor {
    try composedInPlace(
      "masked_scatter_",
      .maskedScatter,
      x,
      [.tensor(source), .tensor(mask)],
      [.ints(source.sizes)]
    ) { () throws(AutogradError) in try maskedScatterValues(x, mask, source) }
  }

  private func maskedScatterValues(
    _ x: Tensor,
    _ mask: Tensor,
    _ source: Tensor
  ) throws(AutogradError) -> Tensor {
    if mask.dtype != .bool {
      throw .runtime(
        "masked_scatter_ only supports boolean masks, but got mask with dtype "
          + mask.dtype.scalarTypeName
      )
    }
    if x.dtype != source.dtype {
      throw .runtime(
        "masked_scatter: expected self and source to have same dtypes but got "
          + "\(x.dtype.scalarTypeName) and \(source.dtype.scalarTypeName)"
      )
    }
    let sizes = try Broadcast.sizes(x.sizes, mask.sizes)
    let wide = try clone(expand(mask, sizes))
    let count = elements(wide).count { $0.isTrue }
    if count > source.numel {
      throw .runtime("Number of elements of source < number of ones in mask")
    }
    let values = try slice(reshape(source, [-1]), 0, start: 0, stop: count)
    return try indexPutInPlace(clone(expand(x, sizes)), [wide], values, accumulate: false)
  }

  /// `embedding(weight, indices, padding_idx)`.
  ///
  /// - Throws: If an index is out of range.
  public func embedding(
    _ weight: Tensor,
    _ indices: Tensor,
    padding: Int
  ) throws(AutogradError) -> Tensor {
    if weight.dim != 2 { throw .runtime("'weight' must be 2-D") }
    guard indices.dtype == .int64 || indices.dtype == .int32 else {
      throw .runtime(
        "Expected tensor for argument #1 'indices' to have one of the following scalar types: Long, Int; "
          + "but got \(indices.dtype.tensorTypeName) instead (while checking arguments for embedding)"
      )
    }
    for element in elements(indices)
    where element.integer < 0 || element.integer >= weight.sizes[0] {
      throw .index("index out of range in self")
    }
    return try composed(
      "embedding",
      .embedding,
      [weight, indices],
      differentiable: 1,
      [.int(padding), .bool(false), .bool(false), .int(weight.sizes[0])]
    ) { () throws(AutogradError) in try index(weight, [indices]) }
  }
}
