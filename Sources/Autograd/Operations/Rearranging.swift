// Copies of elements in another order or number.
extension Session {
  /// A new tensor of the elements that lie at given offsets from a tensor's first element.
  func pick(_ x: Tensor, sizes: [Int], _ offsets: [Int]) throws(AutogradError) -> Tensor {
    let result = try allocate(x.dtype, sizes: sizes)
    result.initializeElements { out in
      x.withElements { source in
        let size = x.itemSize
        for (place, offset) in offsets.enumerated() {
          (out + place * size).copyMemory(from: source + offset * size, byteCount: size)
        }
      }
    }
    return result
  }

  /// The offsets of all elements, row by row.
  func offsets(_ x: Tensor) -> [Int] { offsets(x.sizes, x.strides) }

  /// The offsets of all elements of a geometry, row by row.
  func offsets(_ sizes: [Int], _ strides: [Int]) -> [Int] {
    var offsets = [0]
    for (size, stride) in zip(sizes, strides) {
      var next: [Int] = []
      next.reserveCapacity(offsets.count * size)
      for offset in offsets {
        for index in 0..<size { next.append(offset + index * stride) }
      }
      offsets = next
    }
    return offsets
  }

  /// `flip(dims)`.
  ///
  /// - Throws: If a dimension is out of range or appears twice.
  public func flip(_ x: Tensor, _ dims: [Int]) throws(AutogradError) -> Tensor {
    try observing("flip", [x]) { () throws(AutogradError) in
      let chosen = dims.isEmpty ? [] : try wrapDims(dims, x.dim)
      var strides = x.strides
      var start = 0
      for dim in chosen where x.sizes[dim] > 0 {
        start += (x.sizes[dim] - 1) * strides[dim]
        strides[dim] = -strides[dim]
      }
      let result = try pick(x, sizes: x.sizes, offsets(x.sizes, strides).map { $0 + start })
      try record(.flip, x, result: result, [.ints(dims)])
      finished("flip", [x], [result], [("dims", .ints(dims))])
      return result
    }
  }

  /// `nonzero()`: the indices of elements that are not zero, a row each.
  ///
  /// - Throws: If memory runs out.
  public func nonzero(_ x: Tensor) throws(AutogradError) -> Tensor {
    try observing("nonzero", [x]) { () throws(AutogradError) in
      var places: [Int] = []
      for (place, element) in elements(x).enumerated() where element.isTrue {
        places.append(place)
      }
      let strides = Shape.contiguousStrides(x.sizes)
      let result = try allocate(.int64, sizes: [places.count, x.dim])
      result.initializeElements { out in
        let out = out.assumingMemoryBound(to: Int.self)
        for (row, place) in places.enumerated() {
          for dim in 0..<x.dim {
            out[row * x.dim + dim] = place / strides[dim] % x.sizes[dim]
          }
        }
      }
      finished("nonzero", [x], [result])
      return result
    }
  }
}
