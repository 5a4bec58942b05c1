// Element-wise computation without history: results are fresh tensors or existing ones.
extension Session {
  /// A copy with another type; the tensor itself if it has that type.
  func castElements(_ x: Tensor, _ dtype: DType) throws(AutogradError) -> Tensor {
    x.dtype == dtype ? x : try mapElements(x, Casting.loop(x.dtype, dtype), dtype)
  }

  /// A new tensor of a function's values, laid out like the input.
  func mapElements(
    _ x: Tensor,
    _ loop: UnaryLoop,
    _ dtype: DType
  ) throws(AutogradError) -> Tensor {
    if x.sizes.isEmpty {
      var word: UInt64 = 0
      x.withElements { x in withUnsafeMutablePointer(to: &word) { loop($0, x, 1, 1, 1) } }
      return makeScalar(word, dtype)
    }
    if x.isNonOverlappingAndDense {
      let byteCount = x.numel &* dtype.itemSize
      try reserve(byteCount)
      let result = make(
        Buffer(uninitializedByteCount: byteCount),
        dtype,
        sizes: x.sizes,
        strides: x.strides,
        numel: x.numel,
        isContiguous: x.isContiguous
      )
      result.initializeElements { out in x.withElements { loop(out, $0, x.numel, 1, 1) } }
      return result
    }
    let strides = Broadcast.resultStrides(x.sizes, operands: [x.strides])
    let result = try allocate(dtype, sizes: x.sizes, strides: strides)
    let rows = StridedRows(x.sizes, [strides, x.strides])
    result.initializeElements { out in
      x.withElements { rows.map(out, $0, loop, dtype.itemSize, x.itemSize) }
    }
    return result
  }

  /// Writes a function's values into an existing tensor of the same sizes.
  func mapElements(_ x: Tensor, _ loop: UnaryLoop, into target: Tensor) {
    let itemSize = target.itemSize
    let offset = target.storageOffset &* itemSize
    write(target) { bytes in
      x.withElements(whileWriting: target.storage, bytes) { x1 in
        if target.isContiguous && x.isContiguous && target.numel == x.numel {
          loop(bytes + offset, x1, target.numel, 1, 1)
          return
        }
        let strides = Broadcast.strides(x.sizes, x.strides, in: target.sizes)
        StridedRows(target.sizes, [target.strides, strides])
          .map(bytes + offset, x1, loop, itemSize, x.itemSize)
      }
    }
  }

  /// A new tensor of a function's values over two operands that have the function's type.
  func zipElements(
    _ a: Tensor,
    _ b: Operand,
    _ loop: BinaryLoop,
    _ common: DType,
    _ dtype: DType
  ) throws(AutogradError) -> Tensor {
    let other = b.tensor
    if a.sizes.isEmpty && other?.sizes.isEmpty != false {
      var result: UInt64 = 0
      a.withElements { a in
        if let other {
          other.withElements { b in
            withUnsafeMutablePointer(to: &result) { loop($0, a, b, 1, 1, 1, 1) }
          }
        } else {
          withUnsafePointer(to: common.encode(b.number ?? .int(0))) { b in
            withUnsafeMutablePointer(to: &result) { loop($0, a, b, 1, 1, 1, 1) }
          }
        }
      }
      return makeScalar(result, dtype)
    }
    var sizes = a.sizes
    var strides = a.strides
    var isContiguous = true
    if !a.isContiguous || !(other.map { $0.sizes.isEmpty || $0.hasSameRows(as: a) } ?? true) {
      sizes = try Broadcast.sizes(a.sizes, other?.sizes ?? [])
      strides = Broadcast.resultStrides(
        sizes,
        operands: [
          Broadcast.strides(a.sizes, a.strides, in: sizes),
          Broadcast.strides(other?.sizes ?? [], other?.strides ?? [], in: sizes),
        ]
      )
      isContiguous = Shape.isContiguous(sizes: sizes, strides: strides)
    }
    let numel = Shape.numel(sizes)
    let byteCount = numel &* dtype.itemSize
    try reserve(byteCount)
    let result = make(
      Buffer(uninitializedByteCount: byteCount),
      dtype,
      sizes: sizes,
      strides: strides,
      numel: numel,
      isContiguous: isContiguous
    )
    result.initializeElements { out in
      a.withElements { a1 in
        if let other {
          other.withElements {
            zip(out, result, a, a1, other.sizes, other.strides, $0, loop, a.itemSize)
          }
        } else {
          withUnsafePointer(to: common.encode(b.number ?? .int(0))) {
            zip(out, result, a, a1, [], [], $0, loop, a.itemSize)
          }
        }
      }
    }
    return result
  }

  /// Writes a function's values over two operands into an existing tensor of the broadcast sizes.
  func zipElements(
    _ a: Tensor,
    _ b: Operand,
    _ loop: BinaryLoop,
    _ common: DType,
    into target: Tensor
  ) {
    let itemSize = target.itemSize
    let offset = target.storageOffset &* itemSize
    write(target) { bytes in
      a.withElements(whileWriting: target.storage, bytes) { a1 in
        switch b {
        case .number(let number):
          withUnsafePointer(to: common.encode(number)) { b1 in
            zip(bytes + offset, target, a, a1, [], [], b1, loop, common.itemSize)
          }
        case .tensor(let b):
          b.withElements(whileWriting: target.storage, bytes) { b1 in
            zip(bytes + offset, target, a, a1, b.sizes, b.strides, b1, loop, b.itemSize)
          }
        }
      }
    }
  }

  private func zip(
    _ out: UnsafeMutableRawPointer,
    _ target: Tensor,
    _ a: Tensor,
    _ a1: UnsafeRawPointer,
    _ bSizes: [Int],
    _ bStrides: [Int],
    _ b1: UnsafeRawPointer,
    _ loop: BinaryLoop,
    _ bItemSize: Int
  ) {
    if target.isContiguous && a.isContiguous && target.sizes == a.sizes {
      if bSizes.isEmpty { return loop(out, a1, b1, target.numel, 1, 1, 0) }
      if bSizes == target.sizes && Shape.isContiguous(sizes: bSizes, strides: bStrides) {
        return loop(out, a1, b1, target.numel, 1, 1, 1)
      }
    }
    let sizes = target.sizes
    let rows = StridedRows(
      sizes,
      [
        target.strides, Broadcast.strides(a.sizes, a.strides, in: sizes),
        Broadcast.strides(bSizes, bStrides, in: sizes),
      ]
    )
    rows.zip(out, a1, b1, loop, target.itemSize, a.itemSize, bItemSize)
  }
}

extension StridedRows {
  /// Runs a loop over all rows; the sizes are those of the elements in bytes.
  func map(
    _ out: UnsafeMutableRawPointer,
    _ x: UnsafeRawPointer,
    _ loop: UnaryLoop,
    _ outSize: Int,
    _ xSize: Int
  ) {
    let so = inner[0]
    let sx = inner[1]
    forEachRow { offsets in
      loop(out + offsets[0] &* outSize, x + offsets[1] &* xSize, count, so, sx)
    }
  }

  /// Runs a loop over all rows; the sizes are those of the elements in bytes.
  func zip(
    _ out: UnsafeMutableRawPointer,
    _ a: UnsafeRawPointer,
    _ b: UnsafeRawPointer,
    _ loop: BinaryLoop,
    _ outSize: Int,
    _ aSize: Int,
    _ bSize: Int
  ) {
    let so = inner[0]
    let sa = inner[1]
    let sb = inner[2]
    forEachRow { offsets in
      loop(
        out + offsets[0] &* outSize,
        a + offsets[1] &* aSize,
        b + offsets[2] &* bSize,
        count,
        so,
        sa,
        sb
      )
    }
  }
}

extension Tensor {
  /// Whether two tensors have equal sizes and both lie row by row.
  @inline(__always)
  func hasSameRows(as other: Tensor) -> Bool {
    isContiguous && other.isContiguous && sizes == other.sizes
  }
}
