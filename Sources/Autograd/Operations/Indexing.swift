// Index expressions, as python_variable_indexing.cpp and TensorIndexing.h take them apart.
extension Session {
  /// `x[indices]`; a single index is a list of one, a tuple is a list with `isTuple`.
  ///
  /// - Throws: If an index is out of range or does not fit.
  public func getItem(
    _ x: Tensor,
    _ indices: [TensorIndex],
    isTuple: Bool
  ) throws(AutogradError) -> Tensor {
    if !isTuple, indices.count == 1 {
      switch indices[0] {
      case .newDimension: return try unsqueeze(x, 0)
      case .ellipsis: return try alias(x)
      case .integer(let index): return try applySelect(x, 0, index, 0)
      case .slice(let start, let stop, let step):
        return try applySlice(x, 0, start, stop, step, always: true)
      case .bool, .tensor: break
      }
    }
    let (sliced, tensors) = try applyIndices(x, indices)
    if tensors.isEmpty { return sliced === x ? try alias(x) : sliced }
    return try index(sliced, tensors)
  }

  /// `x[indices] = value`.
  ///
  /// - Throws: If an index is out of range, the value does not fit, or the tensor may not be written.
  public func setItem(
    _ x: Tensor,
    _ indices: [TensorIndex],
    isTuple: Bool,
    _ value: Tensor
  ) throws(AutogradError) {
    if !isTuple, indices.count == 1 {
      switch indices[0] {
      case .newDimension: return try assign(unsqueeze(x, 0), value)
      case .ellipsis: return try assign(x, value)
      case .integer(let index): return try assign(applySelect(x, 0, index, 0), value)
      case .slice(let start, let stop, let step):
        return try assign(applySlice(x, 0, start, stop, step, always: false), value)
      case .bool(false): return
      case .bool(true): return try assign(unsqueeze(x, 0), value)
      case .tensor: break
      }
    }
    let (sliced, tensors) = try applyIndices(x, indices)
    if tensors.isEmpty { return try assign(sliced, value) }
    let values = try stripLeadingOnes(value)
    try indexPutInPlace(sliced, tensors, values, accumulate: false)
  }

  /// Writes a value into a part, broadcast as an assignment does.
  private func assign(_ target: Tensor, _ value: Tensor) throws(AutogradError) {
    if target.sizes == value.sizes {
      try copyInPlace(target, value)
    } else if value.dim == 0 {
      try fillInPlace(target, .tensor(value))
    } else {
      let stripped = try stripLeadingOnes(value)
      try copyInPlace(
        target,
        stripped.sizes == target.sizes ? stripped : expand(stripped, target.sizes)
      )
    }
  }

  private func stripLeadingOnes(_ value: Tensor) throws(AutogradError) -> Tensor {
    let leading = value.sizes.prefix { $0 == 1 }.count
    return leading == 0 ? value : try view(value, Array(value.sizes[leading...]))
  }

  private func applySelect(
    _ x: Tensor,
    _ dim: Int,
    _ index: Int,
    _ realDim: Int
  ) throws(AutogradError) -> Tensor {
    if index == 0 && dim == 0 && x.dim == 0 {
      throw .index(
        "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in C++ to "
          + "convert a 0-dim tensor to a number"
      )
    }
    let size = dim < x.dim ? x.sizes[dim] : 0
    guard index >= -size && index < size else {
      throw .index("index \(index) is out of bounds for dimension \(realDim) with size \(size)")
    }
    return try select(x, dim, index)
  }

  private func applySlice(
    _ x: Tensor,
    _ dim: Int,
    _ start: Int?,
    _ stop: Int?,
    _ step: Int?,
    always: Bool
  ) throws(AutogradError) -> Tensor {
    let step = step ?? 1
    if step == 0 { throw .value("slice step cannot be zero") }
    if step < 0 { throw .value("step must be greater than zero") }
    let first = start ?? 0
    let last = stop ?? Int.max
    if x.dim == 0 { throw .index("slice() cannot be applied to a 0-dim tensor.") }
    if !always && first == 0 && last >= x.sizes[dim] && step == 1 { return x }
    return try slice(x, dim, start: first, stop: last, step: step)
  }

  /// Applies what makes views and gathers the tensors, each at the dimension that it indexes.
  private func applyIndices(
    _ x: Tensor,
    _ indices: [TensorIndex]
  ) throws(AutogradError) -> (Tensor, [Tensor?]) {
    var specified = 0
    for index in indices {
      switch index {
      case .integer, .slice: specified += 1
      case .tensor(let tensor):
        if tensor.dtype == .bool { specified += tensor.dim } else { specified += 1 }
      case .newDimension, .ellipsis, .bool: break
      }
    }
    if specified > x.dim { throw .index("too many indices for tensor of dimension \(x.dim)") }
    var result = x
    var dim = 0
    var tensors: [Tensor?] = []
    func note(_ tensor: Tensor?) {
      while tensors.count < dim { tensors.append(nil) }
      tensors.append(tensor)
    }
    for (position, index) in indices.enumerated() {
      switch index {
      case .integer(let value): result = try applySelect(result, dim, value, position)
      case .slice(let start, let stop, let step):
        result = try applySlice(result, dim, start, stop, step, always: false)
        dim += 1
      case .ellipsis: dim += x.dim - specified
      case .newDimension:
        result = try unsqueeze(result, dim)
        dim += 1
      case .bool(let value):
        result = try unsqueeze(result, dim)
        note(try boolIndex(value))
        dim += 1
      case .tensor(let tensor):
        if tensor.dim > 0 || tensor.dtype.isFloatingPoint {
          for column in try indexColumns(tensor, result, dim) {
            note(column)
            dim += 1
          }
        } else if tensor.dtype == .bool {
          result = try unsqueeze(result, dim)
          note(try boolIndex(item(tensor).isTrue))
          dim += 1
        } else {
          result = try applySelect(result, dim, item(tensor).integer, position)
        }
      }
    }
    return (result, tensors)
  }

  private func boolIndex(_ value: Bool) throws(AutogradError) -> Tensor {
    try unobserved { () throws(AutogradError) in try full([value ? 1 : 0], .int(0), .int64) }
  }

  // A mask of several dimensions is kept as it is, since backward saves it; marks hold its further
  // dimensions.
  private func indexColumns(
    _ tensor: Tensor,
    _ x: Tensor,
    _ dim: Int
  ) throws(AutogradError) -> [Tensor?] {
    guard tensor.dtype == .bool || !tensor.dtype.isFloatingPoint else {
      throw .index("tensors used as indices must be long, int, byte or bool tensors")
    }
    if tensor.dtype != .bool { return [tensor] }
    for index in tensor.sizes.indices
    where dim + index >= x.dim || tensor.sizes[index] != x.sizes[dim + index] {
      throw .index(
        "The shape of the mask \(Shape.text(tensor.sizes)) at index \(index) does not match the shape of "
          + "the indexed tensor \(Shape.text(x.sizes)) at index \(dim + index)"
      )
    }
    return [tensor] + Array(repeating: nil, count: tensor.dim - 1)
  }
}

/// Index tensors made ready: where in the source every indexed place lies.
struct IndexPlan {
  /// The sizes of the indexed result.
  let sizes: [Int]
  /// For every element of the result, its offset from the tensor's first element.
  let offsets: [Int]
}

extension Session {
  /// `x.index(indices)`: elements at index tensors, a copy.
  ///
  /// - Throws: If the index tensors do not broadcast, or an index is out of range.
  public func index(_ x: Tensor, _ indices: [Tensor?]) throws(AutogradError) -> Tensor {
    try observing("index", [x] + indices.compactMap { $0 }) { () throws(AutogradError) in
      let plan = try plan(x, indices)
      let result = try allocate(x.dtype, sizes: plan.sizes)
      result.initializeElements { out in
        x.withElements { x1 in
          x.dtype.visit(GatherElements(out: out, x: x1, offsets: plan.offsets))
        }
      }
      try record(
        .index,
        inputs: [x] + indices,
        differentiable: 1,
        results: [result],
        [.ints(x.sizes)]
      )
      finished("index", [x] + indices.compactMap { $0 }, [result])
      return result
    }
  }

  /// `index_put_(indices, values, accumulate)`.
  ///
  /// - Throws: If the values do not fit, an index is out of range, or the tensor may not be written.
  @discardableResult
  public func indexPutInPlace(
    _ x: Tensor,
    _ indices: [Tensor?],
    _ values: Tensor,
    accumulate: Bool
  ) throws(AutogradError) -> Tensor {
    try indexPutInPlace(x, indices, values, accumulate: accumulate, .indexPut)
  }

  /// As above, with a node of another name.
  func indexPutInPlace(
    _ x: Tensor,
    _ indices: [Tensor?],
    _ values: Tensor,
    accumulate: Bool,
    _ derivative: Derivative
  ) throws(AutogradError) -> Tensor {
    var others = ShortList<Operand>(.tensor(values))
    for index in indices { others.append(index.map { .tensor($0) } ?? .number(.int(0))) }
    return try inPlace("index_put_", derivative, x, others, [.bool(accumulate)]) {
      () throws(AutogradError) in
      if x.dtype != values.dtype {
        throw .runtime(
          "Index put requires the source and destination dtypes match, got \(x.dtype.scalarTypeName) for "
            + "the destination and \(values.dtype.scalarTypeName) for the source."
        )
      }
      let plan = try plan(x, indices)
      guard Shape.isExpandable(values.sizes, to: plan.sizes) else {
        throw .runtime(
          "shape mismatch: value tensor of shape \(Shape.text(values.sizes)) cannot be broadcast to "
            + "indexing result of shape \(Shape.text(plan.sizes))"
        )
      }
      let source = try rowMajor(
        makeAlias(
          values,
          sizes: plan.sizes,
          strides: Broadcast.strides(values.sizes, values.strides, in: plan.sizes),
          storageOffset: values.storageOffset
        )
      )
      let offset = x.storageOffset * x.itemSize
      write(x) { bytes in
        source.withElements(whileWriting: x.storage, bytes) { values in
          x.dtype.visit(
            PutElements(
              out: bytes + offset,
              values: values,
              offsets: plan.offsets,
              accumulate: accumulate
            )
          )
        }
      }
    }
  }

  /// `index_put(indices, values, accumulate)`, a copy.
  ///
  /// - Throws: As ``indexPutInPlace(_:_:_:accumulate:)``.
  public func indexPut(
    _ x: Tensor,
    _ indices: [Tensor?],
    _ values: Tensor,
    accumulate: Bool
  ) throws(AutogradError) -> Tensor {
    let inputs = [x, values] + indices.compactMap { $0 }
    return try observing("index_put", inputs) { () throws(AutogradError) in
      let result = try unobserved { () throws(AutogradError) in
        try unrecorded { () throws(AutogradError) in
          let copy = try cloneSilently(x)
          try indexPutInPlace(copy, indices, values, accumulate: accumulate)
          copy.versionCounter = nil
          return copy
        }
      }
      result.storage.writes = 0
      try record(
        .indexPut,
        inputs: [x, values] + indices,
        differentiable: 2,
        results: [result],
        [.bool(accumulate)]
      )
      finished("index_put", inputs, [result])
      return result
    }
  }

  /// Where the indexed elements lie, after masks became indices and indices were broadcast.
  private func plan(_ x: Tensor, _ indices: [Tensor?]) throws(AutogradError) -> IndexPlan {
    var lists: [(dim: Int, sizes: [Int], values: [Int])] = []
    var dim = 0
    while dim < indices.count {
      guard let tensor = indices[dim] else {
        dim += 1
        continue
      }
      if tensor.dtype == .bool {
        let columns = trueColumns(tensor)
        for (index, column) in columns.enumerated() {
          lists.append((dim + index, [column.count], column))
        }
        dim += max(tensor.dim, 1)
      } else {
        lists.append((dim, tensor.sizes, elements(tensor).map { $0.integer }))
        dim += 1
      }
    }
    var common: [Int] = []
    for list in lists {
      guard let joined = try? Broadcast.sizes(common, list.sizes) else {
        throw .index(
          "shape mismatch: indexing tensors could not be broadcast together with shapes "
            + lists.map { Shape.text($0.sizes) }.joined(separator: ", ")
        )
      }
      common = joined
    }
    let count = Shape.numel(common)
    var indexed = [Int](repeating: 0, count: count)
    for list in lists {
      let size = x.sizes[list.dim]
      for value in list.values where value < -size || value >= size {
        throw .index("index \(value) is out of bounds for dimension \(list.dim) with size \(size)")
      }
      let strides = Broadcast.strides(
        list.sizes,
        Shape.contiguousStrides(list.sizes),
        in: common
      )
      let places = Shape.offsets(common, strides)
      for place in 0..<count {
        let value = list.values[places[place]]
        indexed[place] += (value < 0 ? value + size : value) * x.strides[list.dim]
      }
    }
    let dims = lists.map { $0.dim }
    let first = dims.first ?? 0
    let isAdjacent = dims == Array(first..<(first + dims.count))
    let position = isAdjacent ? first : 0
    let kept = x.sizes.indices.filter { !dims.contains($0) }
    let before = kept.filter { isAdjacent && $0 < position }
    let after = kept.filter { !(isAdjacent && $0 < position) }
    let outer = Shape.offsets(before.map { x.sizes[$0] }, before.map { x.strides[$0] })
    let inner = Shape.offsets(after.map { x.sizes[$0] }, after.map { x.strides[$0] })
    var offsets: [Int] = []
    offsets.reserveCapacity(outer.count * count * inner.count)
    for a in outer { for b in indexed { for c in inner { offsets.append(a + b + c) } } }
    return IndexPlan(
      sizes: before.map { x.sizes[$0] } + common + after.map { x.sizes[$0] },
      offsets: offsets
    )
  }

  /// The indices of the true elements, a column a dimension.
  func trueColumns(_ mask: Tensor) -> [[Int]] {
    var columns = [[Int]](repeating: [], count: mask.dim)
    var counter = [Int](repeating: 0, count: mask.dim)
    mask.forEachOffset { bytes in
      if bytes.loadUnaligned(as: Bool.self) {
        for dim in counter.indices { columns[dim].append(counter[dim]) }
      }
      var dim = mask.dim - 1
      while dim >= 0 {
        counter[dim] += 1
        if counter[dim] < mask.sizes[dim] { break }
        counter[dim] = 0
        dim -= 1
      }
    }
    return columns
  }
}

extension Shape {
  /// The offsets of all elements, row by row.
  static func offsets(_ sizes: [Int], _ strides: [Int]) -> [Int] {
    var offsets = [0]
    for (size, stride) in zip(sizes, strides) {
      var next: [Int] = []
      next.reserveCapacity(offsets.count * size)
      for offset in offsets { for i in 0..<size { next.append(offset + i * stride) } }
      offsets = next
    }
    return offsets
  }
}

private struct GatherElements: ElementVisitor {
  let out: UnsafeMutableRawPointer
  let x: UnsafeRawPointer
  let offsets: [Int]

  func visit<E: Element>(_ type: E.Type) {
    let out = out.assumingMemoryBound(to: E.self)
    let x = x.assumingMemoryBound(to: E.self)
    for (place, offset) in offsets.enumerated() { out[place] = x[offset] }
  }
}

private struct PutElements: ElementVisitor {
  let out: UnsafeMutableRawPointer
  let values: UnsafeRawPointer
  let offsets: [Int]
  let accumulate: Bool

  func visit<E: Element>(_ type: E.Type) {
    let out = out.assumingMemoryBound(to: E.self)
    let values = values.assumingMemoryBound(to: E.self)
    if accumulate {
      for (place, offset) in offsets.enumerated() {
        out[offset] = E.add(out[offset], values[place])
      }
    } else {
      for (place, offset) in offsets.enumerated() { out[offset] = values[place] }
    }
  }
}

// Scattering along a dimension.
extension Session {
  /// `scatter_(dim, index, src)`.
  ///
  /// - Throws: If the index does not fit, or the tensor may not be written.
  @discardableResult
  public func scatterInPlace(
    _ x: Tensor,
    _ dim: Int,
    _ index: Tensor,
    _ source: Tensor
  ) throws(AutogradError) -> Tensor {
    try inPlace(
      "scatter_",
      .scatter,
      x,
      ShortList(.tensor(source), .tensor(index)),
      [.int(dim)]
    ) { () throws(AutogradError) in
      try scatter(x, dim, index, source, accumulate: false)
    }
  }

  /// `index_add(dim, index, source)`, a copy.
  ///
  /// - Throws: If the index does not fit.
  public func indexAdd(
    _ x: Tensor,
    _ dim: Int,
    _ index: Tensor,
    _ source: Tensor
  ) throws(AutogradError) -> Tensor {
    try observing("index_add", [x, index, source]) { () throws(AutogradError) in
      let wrapped = try wrapDim(dim, x.dim)
      let result = try unobserved { () throws(AutogradError) in
        try unrecorded { () throws(AutogradError) in
          let copy = try cloneSilently(x)
          let indices = Array(repeating: nil, count: wrapped) + [index]
          try indexPutInPlace(copy, indices, source, accumulate: true)
          copy.versionCounter = nil
          return copy
        }
      }
      result.storage.writes = 0
      try record(
        .indexAdd,
        inputs: [x, source, index],
        differentiable: 2,
        results: [result],
        [.scalar(.int(1)), .int(dim), .int(source.dim)]
      )
      finished("index_add", [x, index, source], [result])
      return result
    }
  }

  /// `gather(dim, index)`.
  ///
  /// - Throws: If the index does not fit.
  public func gather(
    _ x: Tensor,
    _ dim: Int,
    _ index: Tensor
  ) throws(AutogradError) -> Tensor {
    try observing("gather", [x, index]) { () throws(AutogradError) in
      let wrapped = try wrapDim(dim, x.dim)
      try checkIndex("gather", index, x.dim)
      let offsets = try offsetsAlong(x, wrapped, index)
      let result = try allocate(x.dtype, sizes: index.sizes)
      result.initializeElements { out in
        x.withElements { x.dtype.visit(GatherElements(out: out, x: $0, offsets: offsets)) }
      }
      try record(
        .gather,
        inputs: [x, index],
        differentiable: 1,
        results: [result],
        [.int(dim), .bool(false)]
      )
      finished("gather", [x, index], [result], [("dim", .int(dim))])
      return result
    }
  }

  /// Writes or adds a source at indices along a dimension, without history.
  func scatter(
    _ x: Tensor,
    _ dim: Int,
    _ index: Tensor,
    _ source: Tensor,
    accumulate: Bool
  ) throws(AutogradError) {
    let wrapped = try wrapDim(dim, x.dim)
    try checkIndex("scatter", index, x.dim)
    if x.dtype != source.dtype {
      throw .runtime("scatter(): Expected self.dtype to be equal to src.dtype")
    }
    let offsets = try offsetsAlong(x, wrapped, index)
    let values = try rowMajor(
      makeAlias(
        source,
        sizes: index.sizes,
        strides: source.strides,
        storageOffset: source.storageOffset
      )
    )
    let offset = x.storageOffset * x.itemSize
    write(x) { bytes in
      values.withElements(whileWriting: x.storage, bytes) { values in
        x.dtype.visit(
          PutElements(
            out: bytes + offset,
            values: values,
            offsets: offsets,
            accumulate: accumulate
          )
        )
      }
    }
  }

  private func checkIndex(_ name: String, _ index: Tensor, _ dim: Int) throws(AutogradError) {
    if index.dtype != .int64 && index.dtype != .int32 {
      throw .runtime("\(name)(): Expected dtype int32/int64 for index")
    }
    if index.dim != dim {
      throw .runtime("Index tensor must have the same number of dimensions as input tensor")
    }
  }

  private func offsetsAlong(
    _ x: Tensor,
    _ dim: Int,
    _ index: Tensor
  ) throws(AutogradError) -> [Int] {
    let indices = elements(index).map { $0.integer }
    if x.dim == 0 { return indices.map { _ in 0 } }
    var strides = x.strides
    strides[dim] = 0
    var offsets = Shape.offsets(index.sizes, strides)
    for (place, value) in indices.enumerated() {
      guard value >= 0 && value < x.sizes[dim] else {
        throw .runtime(
          "index \(value) is out of bounds for dimension \(dim) with size \(x.sizes[dim])"
        )
      }
      offsets[place] += value * x.strides[dim]
    }
    return offsets
  }
}
