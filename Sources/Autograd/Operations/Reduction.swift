/// Reduces rows of elements that lie side by side: `out[i] = f(x[i * count ..< (i + 1) * count])`.
typealias ReductionLoop =
  @Sendable (
    _ out: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ rows: Int, _ count: Int
  ) -> Void

/// A function of a row of elements.
protocol ReductionKernel: SendableMetatype {
  static func apply<E: Element>(_ x: UnsafePointer<E>, _ count: Int) -> E
}

extension Kernel {
  /// Sums floating point numbers in double precision, in lanes that the compiler can vectorize.
  enum Sum: ReductionKernel {
    static func apply<E: Element>(_ x: UnsafePointer<E>, _ count: Int) -> E {
      if E.isIntegral {
        var sum = 0
        for i in 0..<count { sum &+= x[i].integer }
        return E(from: sum)
      }
      var lanes = SIMD8<Double>(repeating: 0)
      var i = 0
      while i + 8 <= count {
        var values = SIMD8<Double>()
        for lane in 0..<8 { values[lane] = x[i + lane].double }
        lanes += values
        i += 8
      }
      var sum = lanes.sum()
      while i < count {
        sum += x[i].double
        i += 1
      }
      return E(from: sum)
    }
  }

  enum Product: ReductionKernel {
    static func apply<E: Element>(_ x: UnsafePointer<E>, _ count: Int) -> E {
      var product = E.one
      for i in 0..<count { product = E.mul(product, x[i]) }
      return product
    }
  }

  enum Greatest: ReductionKernel {
    static func apply<E: Element>(_ x: UnsafePointer<E>, _ count: Int) -> E {
      x[place(x, count) { E.less($1, $0) }]
    }
  }

  enum Least: ReductionKernel {
    static func apply<E: Element>(_ x: UnsafePointer<E>, _ count: Int) -> E {
      x[place(x, count) { E.less($0, $1) }]
    }
  }

  /// The place of the first element that wins against all; NaN wins.
  @inline(__always)
  static func place<E: Element>(
    _ x: UnsafePointer<E>,
    _ count: Int,
    _ wins: (E, E) -> Bool
  ) -> Int {
    var best = 0
    for i in 0..<count {
      if x[i].isNaN { return i }
      if wins(x[i], x[best]) { best = i }
    }
    return best
  }
}

/// The loop of a kernel, made for a type.
private struct MakeReduction<K: ReductionKernel>: ElementVisitor {
  func visit<E: Element>(_ type: E.Type) -> ReductionLoop {
    { out, x, rows, count in
      let out = out.assumingMemoryBound(to: E.self)
      let x = x.assumingMemoryBound(to: E.self)
      for row in 0..<rows { out[row] = K.apply(x + row * count, count) }
    }
  }
}

/// Places of winners, as int64.
private struct MakePlace: ElementVisitor {
  let greatest: Bool

  func visit<E: Element>(_ type: E.Type) -> ReductionLoop {
    let greatest = greatest
    return { out, x, rows, count in
      let out = out.assumingMemoryBound(to: Int.self)
      let x = x.assumingMemoryBound(to: E.self)
      for row in 0..<rows {
        out[row] =
          greatest
          ? Kernel.place(x + row * count, count) { E.less($1, $0) }
          : Kernel.place(x + row * count, count) { E.less($0, $1) }
      }
    }
  }
}

/// Whether all, or any, elements are true.
private struct MakeTruth: ElementVisitor {
  let all: Bool

  func visit<E: Element>(_ type: E.Type) -> ReductionLoop {
    let all = all
    return { out, x, rows, count in
      let out = out.assumingMemoryBound(to: Bool.self)
      let x = x.assumingMemoryBound(to: E.self)
      for row in 0..<rows {
        var result = all
        for i in 0..<count where x[row * count + i].isTrue != all {
          result = !all
          break
        }
        out[row] = result
      }
    }
  }
}

extension Session {
  /// Reduces dimensions, without history: they are brought last and row by row first.
  func reduce(
    _ x: Tensor,
    _ dims: [Int],
    keepdim: Bool,
    _ dtype: DType,
    _ loop: ReductionLoop
  ) throws(AutogradError) -> Tensor {
    let reduced = Set(dims)
    var sizes: [Int] = []
    var rows = 1
    for (index, size) in x.sizes.enumerated() {
      if reduced.contains(index) {
        if keepdim { sizes.append(1) }
      } else {
        sizes.append(size)
        rows *= size
      }
    }
    var source = x
    let kept = x.sizes.indices.filter { !reduced.contains($0) }
    let order = kept + x.sizes.indices.filter { reduced.contains($0) }
    if order != Array(x.sizes.indices) {
      source = makeAlias(
        x,
        sizes: order.map { x.sizes[$0] },
        strides: order.map { x.strides[$0] },
        storageOffset: x.storageOffset
      )
    }
    source = try rowMajor(source)
    let count = x.sizes.indices.reduce(1) { reduced.contains($1) ? $0 * x.sizes[$1] : $0 }
    let result = try allocate(dtype, sizes: sizes)
    result.initializeElements { out in source.withElements { loop(out, $0, rows, count) } }
    return result
  }

  /// The dims of a reduction, counted from the front; all of them for an empty list.
  ///
  /// - Throws: If one is out of range or appears twice.
  func wrapDims(_ dims: [Int]?, _ count: Int) throws(AutogradError) -> [Int] {
    guard let dims, !dims.isEmpty else { return Array(0..<count) }
    var result: [Int] = []
    for dim in dims {
      let wrapped = try wrapDim(dim, count)
      if result.contains(wrapped) {
        throw .runtime("dim \(wrapped) appears multiple times in the list of dims")
      }
      result.append(wrapped)
    }
    return count == 0 ? [] : result
  }

  /// `sum()` of all elements.
  ///
  /// - Throws: If memory runs out.
  public func sum(_ x: Tensor, dtype: DType? = nil) throws(AutogradError) -> Tensor {
    try observing("sum", [x]) { () throws(AutogradError) in
      let result = try computeSum(x, Array(x.sizes.indices), false, dtype)
      try record(.sum, x, result: result, [.ints(x.sizes)])
      finished("sum", [x], [result])
      return result
    }
  }

  /// `sum(dim, keepdim)`.
  ///
  /// - Throws: If a dimension is out of range or appears twice.
  public func sum(
    _ x: Tensor,
    dims: [Int]?,
    keepdim: Bool,
    dtype: DType? = nil
  ) throws(AutogradError) -> Tensor {
    try observing("sum", [x]) { () throws(AutogradError) in
      let result = try computeSum(x, wrapDims(dims, x.dim), keepdim, dtype)
      try record(
        .sumDims,
        x,
        result: result,
        [dims.map { .ints($0) } ?? .none, .bool(keepdim), .ints(x.sizes)]
      )
      finished("sum", [x], [result], [("dim", dims.map { .ints($0) } ?? .none)])
      return result
    }
  }

  private func computeSum(
    _ x: Tensor,
    _ dims: [Int],
    _ keepdim: Bool,
    _ dtype: DType?
  ) throws(AutogradError) -> Tensor {
    let dtype = dtype ?? (x.dtype.isFloatingPoint ? x.dtype : .int64)
    return try reduce(
      castElements(x, dtype),
      dims,
      keepdim: keepdim,
      dtype,
      dtype.visit(MakeReduction<Kernel.Sum>())
    )
  }

  /// `mean()` of all elements.
  ///
  /// - Throws: For integers.
  public func mean(_ x: Tensor, dtype: DType? = nil) throws(AutogradError) -> Tensor {
    try observing("mean", [x]) { () throws(AutogradError) in
      let result = try computeMean(x, Array(x.sizes.indices), false, dtype)
      try record(.mean, x, result: result, [.int(x.numel), .ints(x.sizes)])
      finished("mean", [x], [result])
      return result
    }
  }

  /// `mean(dim, keepdim)`.
  ///
  /// - Throws: For integers, or if a dimension is out of range or appears twice.
  public func mean(
    _ x: Tensor,
    dims: [Int]?,
    keepdim: Bool,
    dtype: DType? = nil
  ) throws(AutogradError) -> Tensor {
    try observing("mean", [x]) { () throws(AutogradError) in
      let result = try computeMean(x, wrapDims(dims, x.dim), keepdim, dtype)
      try record(
        .meanDims,
        x,
        result: result,
        [dims.map { .ints($0) } ?? .none, .bool(keepdim), .int(x.numel), .ints(x.sizes)]
      )
      finished("mean", [x], [result], [("dim", dims.map { .ints($0) } ?? .none)])
      return result
    }
  }

  private func computeMean(
    _ x: Tensor,
    _ dims: [Int],
    _ keepdim: Bool,
    _ dtype: DType?
  ) throws(AutogradError) -> Tensor {
    let dtype = dtype ?? x.dtype
    guard dtype.isFloatingPoint else {
      throw .runtime(
        "mean(): could not infer output dtype. Input dtype must be either a floating point or complex "
          + "dtype. Got: \(dtype.scalarTypeName)"
      )
    }
    let sum = try computeSum(x, dims, keepdim, dtype)
    var count = 1
    for dim in dims { count *= x.sizes[dim] }
    return try compute(.div, sum, .number(.int(count)))
  }

  /// `prod()` of all elements.
  ///
  /// - Throws: If memory runs out.
  public func prod(_ x: Tensor, dtype: DType? = nil) throws(AutogradError) -> Tensor {
    try observing("prod", [x]) { () throws(AutogradError) in
      let dtype = dtype ?? (x.dtype.isFloatingPoint ? x.dtype : .int64)
      let result = try reduce(
        castElements(x, dtype),
        Array(x.sizes.indices),
        keepdim: false,
        dtype,
        dtype.visit(MakeReduction<Kernel.Product>())
      )
      try record(.prod, x, result: result)
      finished("prod", [x], [result])
      return result
    }
  }

  /// `prod(dim, keepdim)`.
  ///
  /// - Throws: If the dimension is out of range.
  public func prod(
    _ x: Tensor,
    dim: Int,
    keepdim: Bool,
    dtype: DType? = nil
  ) throws(AutogradError) -> Tensor {
    try observing("prod", [x]) { () throws(AutogradError) in
      let dtype = dtype ?? (x.dtype.isFloatingPoint ? x.dtype : .int64)
      let result = try reduce(
        castElements(x, dtype),
        wrapDims([dim], x.dim),
        keepdim: keepdim,
        dtype,
        dtype.visit(MakeReduction<Kernel.Product>())
      )
      try record(.prodDim, x, result: result, [.int(dim), .bool(keepdim)])
      finished("prod", [x], [result], [("dim", .int(dim))])
      return result
    }
  }

  /// `max()` or `min()` of all elements.
  ///
  /// - Throws: If there are no elements.
  public func extremum(_ x: Tensor, greatest: Bool) throws(AutogradError) -> Tensor {
    let name = greatest ? "max" : "min"
    return try observing(name, [x]) { () throws(AutogradError) in
      guard x.numel > 0 else {
        throw .runtime(
          "\(name)(): Expected reduction dim to be specified for input.numel() == 0. Specify the "
            + "reduction dim with the 'dim' argument."
        )
      }
      let result = try reduceExtremum(x, Array(x.sizes.indices), false, greatest)
      try record(greatest ? .maxAll : .minAll, x, result: result)
      finished(name, [x], [result])
      return result
    }
  }

  /// `max(dim)` or `min(dim)`: values and indices.
  ///
  /// - Throws: If the dimension is out of range or empty.
  public func extremum(
    _ x: Tensor,
    dim: Int,
    keepdim: Bool,
    greatest: Bool
  ) throws(AutogradError) -> (values: Tensor, indices: Tensor) {
    let name = greatest ? "max" : "min"
    return try observing(name, [x]) { () throws(AutogradError) in
      let dims = try wrapDims([dim], x.dim)
      if x.dim > 0 && x.sizes[dims[0]] == 0 {
        throw .index("\(name)(): Expected reduction dim \(dims[0]) to have non-zero size.")
      }
      let values = try reduceExtremum(x, dims, keepdim, greatest)
      let indices = try reduce(
        x,
        dims,
        keepdim: keepdim,
        .int64,
        x.dtype.visit(MakePlace(greatest: greatest))
      )
      try record(
        greatest ? .maxDim : .minDim,
        inputs: [x],
        results: [values],
        extra: [indices],
        [.int(dim), .bool(keepdim), .ints(x.sizes)]
      )
      finished(name, [x], [values, indices], [("dim", .int(dim))])
      return (values, indices)
    }
  }

  /// `amax(dim)` or `amin(dim)`.
  ///
  /// - Throws: If a dimension is out of range or appears twice.
  public func extremum(
    _ x: Tensor,
    dims: [Int],
    keepdim: Bool,
    greatest: Bool
  ) throws(AutogradError) -> Tensor {
    let name = greatest ? "amax" : "amin"
    return try observing(name, [x]) { () throws(AutogradError) in
      let result = try reduceExtremum(x, wrapDims(dims, x.dim), keepdim, greatest)
      try record(
        greatest ? .amax : .amin,
        x,
        result: result,
        [.ints(dims), .bool(keepdim)]
      )
      finished(name, [x], [result], [("dim", .ints(dims))])
      return result
    }
  }

  private func reduceExtremum(
    _ x: Tensor,
    _ dims: [Int],
    _ keepdim: Bool,
    _ greatest: Bool
  ) throws(AutogradError) -> Tensor {
    try reduce(
      x,
      dims,
      keepdim: keepdim,
      x.dtype,
      greatest
        ? x.dtype.visit(MakeReduction<Kernel.Greatest>())
        : x.dtype.visit(MakeReduction<Kernel.Least>())
    )
  }

  /// `argmax` or `argmin`, of all elements or along a dimension.
  ///
  /// - Throws: If the dimension is out of range or there are no elements.
  public func argExtremum(
    _ x: Tensor,
    dim: Int?,
    keepdim: Bool,
    greatest: Bool
  ) throws(AutogradError) -> Tensor {
    let name = greatest ? "argmax" : "argmin"
    return try observing(name, [x]) { () throws(AutogradError) in
      guard x.numel > 0 else {
        throw .index(
          "\(name)(): Expected reduction dim to be specified for input.numel() == 0. Specify the "
            + "reduction dim with the 'dim' argument."
        )
      }
      let result = try reduce(
        x,
        wrapDims(dim.map { [$0] }, x.dim),
        keepdim: keepdim,
        .int64,
        x.dtype.visit(MakePlace(greatest: greatest))
      )
      finished(name, [x], [result])
      return result
    }
  }

  /// `all` or `any`, of all elements or along dimensions.
  ///
  /// - Throws: If a dimension is out of range or appears twice.
  public func truth(
    _ x: Tensor,
    dims: [Int]?,
    keepdim: Bool,
    all: Bool
  ) throws(AutogradError) -> Tensor {
    let name = all ? "all" : "any"
    return try observing(name, [x]) { () throws(AutogradError) in
      let result = try reduce(
        x,
        wrapDims(dims, x.dim),
        keepdim: keepdim,
        .bool,
        x.dtype.visit(MakeTruth(all: all))
      )
      finished(name, [x], [result])
      return result
    }
  }

  /// A gradient summed to the sizes that were broadcast, `at::sum_to`.
  func sumTo(_ x: Tensor, sizes: [Int]) throws(AutogradError) -> Tensor {
    if x.sizes == sizes { return x }
    if sizes.isEmpty { return try sum(x) }
    let leading = x.dim - sizes.count
    var dims = Array(0..<leading)
    for index in leading..<x.dim where sizes[index - leading] == 1 && x.sizes[index] != 1 {
      dims.append(index)
    }
    var result = x
    if !dims.isEmpty { result = try sum(x, dims: dims, keepdim: true) }
    return leading > 0 ? try view(result, sizes) : result
  }
}
