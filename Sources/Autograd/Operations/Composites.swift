// What PyTorch makes of other operations too: these have no nodes of their own.
extension Session {
  /// `movedim(source, destination)`.
  ///
  /// - Throws: If the dims are out of range or repeat.
  public func movedim(
    _ x: Tensor,
    _ source: [Int],
    _ destination: [Int]
  ) throws(AutogradError) -> Tensor {
    guard source.count == destination.count else {
      throw .runtime(
        "movedim: Invalid source or destination dims: source (\(Shape.text(source)) dims) should contain "
          + "the same number of dims as destination (\(Shape.text(destination)) dims)"
      )
    }
    var order = [Int](repeating: -1, count: x.dim)
    var moved: Set<Int> = []
    for (from, to) in zip(source, destination) {
      let (a, b) = (try wrapDim(from, x.dim), try wrapDim(to, x.dim))
      guard moved.insert(a).inserted, order[b] < 0 else {
        throw .runtime("movedim: repeated dim in `source` (\(Shape.text(source)))")
      }
      order[b] = a
    }
    var rest = (0..<x.dim).filter { !moved.contains($0) }[...]
    for place in order.indices where order[place] < 0 { order[place] = rest.popFirst() ?? 0 }
    return try permute(x, order)
  }

  /// `unflatten(dim, sizes)`.
  ///
  /// - Throws: If the sizes do not fit the dimension.
  public func unflatten(
    _ x: Tensor,
    _ dim: Int,
    _ sizes: [Int]
  ) throws(AutogradError) -> Tensor {
    let wrapped = try wrapDim(dim, x.dim)
    if sizes.isEmpty { throw .runtime("unflatten: sizes must be non-empty") }
    let known = sizes.filter { $0 >= 0 }.reduce(1, *)
    guard
      sizes.contains(-1) ? known != 0 && x.sizes[wrapped] % known == 0 : known == x.sizes[wrapped]
    else {
      throw .runtime(
        "unflatten: Provided sizes \(Shape.text(sizes)) don't multiply up to the size of dim "
          + "\(wrapped) (\(x.sizes[wrapped])) in the input tensor"
      )
    }
    let inferred = sizes.map { $0 == -1 ? x.sizes[wrapped] / known : $0 }
    return try view(x, Array(x.sizes[..<wrapped]) + inferred + Array(x.sizes[(wrapped + 1)...]))
  }

  /// The tensor with at least one, two or three dimensions.
  public func atLeast(_ x: Tensor, _ count: Int) throws(AutogradError) -> Tensor {
    if x.dim >= count { return x }
    switch (count, x.dim) {
    case (_, 0): return try reshape(x, [Int](repeating: 1, count: count))
    case (2, _): return try unsqueeze(x, 0)
    case (_, 1): return try unsqueeze(unsqueeze(x, 0), -1)
    default: return try unsqueeze(x, -1)
    }
  }

  /// `hstack`, `vstack` or `dstack`, by the dimension that grows.
  ///
  /// - Throws: If the sizes do not fit.
  public func stacked(_ tensors: [Tensor], along dim: Int) throws(AutogradError) -> Tensor {
    let names = ["vstack", "hstack", "dstack"]
    if tensors.isEmpty {
      throw .runtime("\(names[dim]) expects a non-empty TensorList")
    }
    let count = dim == 1 ? 1 : dim + 2
    var ready: [Tensor] = []
    for tensor in tensors { ready.append(try atLeast(tensor, dim == 0 ? 2 : count)) }
    return try cat(ready, dim == 1 && ready[0].dim == 1 ? 0 : dim)
  }

  /// `column_stack`.
  ///
  /// - Throws: If the sizes do not fit.
  public func columnStack(_ tensors: [Tensor]) throws(AutogradError) -> Tensor {
    if tensors.isEmpty { throw .runtime("column_stack expects a non-empty TensorList") }
    var ready: [Tensor] = []
    for tensor in tensors {
      ready.append(try tensor.dim <= 1 ? reshape(tensor, [tensor.numel, 1]) : tensor)
    }
    return try stacked(ready, along: 1)
  }

  /// `tile(dims)`.
  ///
  /// - Throws: If memory runs out.
  public func tile(_ x: Tensor, _ repeats: [Int]) throws(AutogradError) -> Tensor {
    let missing = max(0, x.dim - repeats.count)
    return try `repeat`(x, Array(repeating: 1, count: missing) + repeats)
  }

  /// `repeat_interleave(repeats, dim)` with one number for all.
  ///
  /// - Throws: If the dimension is out of range.
  public func repeatInterleave(
    _ x: Tensor,
    _ count: Int,
    _ dim: Int?
  ) throws(AutogradError) -> Tensor {
    let source = try dim == nil ? reshape(x, [-1]) : x
    let wrapped = try wrapDim(dim ?? 0, source.dim)
    let wide = try unsqueeze(source, wrapped + 1)
    var sizes = wide.sizes
    sizes[wrapped + 1] = count
    let copy = try clone(expand(wide, sizes))
    return try flatten(copy, wrapped, wrapped + 1)
  }

  /// `broadcast_tensors`.
  ///
  /// - Throws: If the sizes do not broadcast.
  public func broadcastTensors(_ tensors: [Tensor]) throws(AutogradError) -> [Tensor] {
    var sizes: [Int] = []
    for tensor in tensors { sizes = try Broadcast.sizes(sizes, tensor.sizes) }
    var results: [Tensor] = []
    for tensor in tensors {
      results.append(try tensor.sizes == sizes ? tensor : expand(tensor, sizes))
    }
    return results
  }

  /// `tensor_split(sections, dim)`.
  ///
  /// - Throws: If the dimension is out of range.
  public func tensorSplit(
    _ x: Tensor,
    sections: Int,
    _ dim: Int
  ) throws(AutogradError) -> [Tensor] {
    let wrapped = try wrapDim(dim, x.dim)
    if sections <= 0 {
      throw .runtime("number of sections must be larger than 0, got \(sections)")
    }
    let (least, extra) = x.sizes[wrapped].quotientAndRemainder(dividingBy: sections)
    var parts: [Tensor] = []
    var start = 0
    for section in 0..<sections {
      let size = section < extra ? least + 1 : least
      parts.append(try slice(x, wrapped, start: start, stop: start + size))
      start += size
    }
    return parts
  }

  /// `tensor_split(indices, dim)`.
  ///
  /// - Throws: If the dimension is out of range.
  public func tensorSplit(
    _ x: Tensor,
    indices: [Int],
    _ dim: Int
  ) throws(AutogradError) -> [Tensor] {
    let wrapped = try wrapDim(dim, x.dim)
    var parts: [Tensor] = []
    var start = 0
    for index in indices {
      parts.append(try slice(x, wrapped, start: start, stop: index))
      start = index
    }
    parts.append(try slice(x, wrapped, start: start, stop: x.sizes[wrapped]))
    return parts
  }

  /// `isclose(other, rtol, atol, equal_nan)`.
  ///
  /// - Throws: If the types differ.
  public func isClose(
    _ a: Tensor,
    _ b: Tensor,
    rtol: Double,
    atol: Double,
    equalNaN: Bool
  ) throws(AutogradError) -> Tensor {
    if a.dtype != b.dtype {
      throw .runtime("\(a.dtype.scalarTypeName) did not match \(b.dtype.scalarTypeName)")
    }
    return try composed("isclose", nil, [a, b]) { () throws(AutogradError) in
      var result = try binary(.eq, a, .tensor(b))
      if equalNaN && a.dtype.isFloatingPoint {
        let both = try binary(.logicalAnd, unary(.isNaN, a), .tensor(unary(.isNaN, b)))
        result = try binary(.logicalOr, result, .tensor(both))
      }
      let (x, y) = (try to(a, .float64), try to(b, .float64))
      let error = try unary(.abs, sub(x, .tensor(y)))
      let allowed = try add(
        mul(unary(.abs, y), .number(.float(rtol))),
        .number(.float(atol))
      )
      let isNear = try binary(
        .logicalAnd,
        unary(.isFinite, error),
        .tensor(binary(.le, error, .tensor(allowed)))
      )
      return try binary(.logicalOr, result, .tensor(isNear))
    }
  }

  /// `torch.equal`: whether sizes and elements are the same.
  public func isEqual(_ a: Tensor, _ b: Tensor) throws(AutogradError) -> Bool {
    if a.sizes != b.sizes { return false }
    return try silently { () throws(AutogradError) in
      try item(truth(binary(.eq, a, .tensor(b)), dims: nil, keepdim: false, all: true)).isTrue
    }
  }

  /// `count_nonzero(dim)`.
  ///
  /// - Throws: If a dimension is out of range.
  public func countNonzero(_ x: Tensor, _ dims: [Int]?) throws(AutogradError) -> Tensor {
    try composed("count_nonzero", nil, [x]) { () throws(AutogradError) in
      try sum(binary(.ne, x, .number(.int(0))), dims: dims, keepdim: false)
    }
  }

  /// `diff(n, dim)`.
  ///
  /// - Throws: If the dimension is out of range.
  public func diff(_ x: Tensor, _ n: Int, _ dim: Int) throws(AutogradError) -> Tensor {
    let wrapped = try wrapDim(dim, x.dim)
    var result = x
    for _ in 0..<n {
      let length = result.sizes[wrapped]
      let after = try narrow(result, wrapped, min(1, length), max(length - 1, 0))
      let before = try narrow(result, wrapped, 0, max(length - 1, 0))
      result =
        try result.dtype == .bool
        ? binary(.logicalXor, after, .tensor(before)) : sub(after, .tensor(before))
    }
    return result
  }

  /// `meshgrid(indexing)` of vectors.
  ///
  /// - Throws: If a tensor has more than one dimension.
  public func meshgrid(_ tensors: [Tensor], indexing: String) throws(AutogradError) -> [Tensor] {
    var ready = tensors
    let swaps = indexing == "xy" && tensors.count >= 2
    if swaps { ready.swapAt(0, 1) }
    let sizes = ready.map(\.numel)
    var grids: [Tensor] = []
    for (dim, tensor) in ready.enumerated() {
      var form = [Int](repeating: 1, count: ready.count)
      form[dim] = tensor.numel
      grids.append(try expand(view(tensor, form), sizes))
    }
    if swaps {
      for place in grids.indices { grids[place] = try transpose(grids[place], 0, 1) }
      grids.swapAt(0, 1)
    }
    return grids
  }

  /// `cosine_similarity(dim, eps)`.
  ///
  /// - Throws: If the sizes do not broadcast.
  public func cosineSimilarity(
    _ a: Tensor,
    _ b: Tensor,
    dim: Int,
    eps: Double
  ) throws(AutogradError) -> Tensor {
    let pair = try broadcastTensors([a, b])
    var scaled: [Tensor] = []
    for tensor in pair {
      let norm = try vectorNorm(tensor, order: 2, dims: [dim], keepdim: true)
      let safe = try silently { () throws(AutogradError) in
        try clamp(detach(norm), .float(eps), nil)
      }
      let factor = try add(
        norm,
        .tensor(
          silently { () throws(AutogradError) in
            try sub(safe, .tensor(detach(norm)))
          }
        )
      )
      scaled.append(try div(tensor, .tensor(factor)))
    }
    return try sum(mul(scaled[0], .tensor(scaled[1])), dims: [dim], keepdim: false)
  }
}
