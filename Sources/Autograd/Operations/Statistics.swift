// Variances and norms.
extension Session {
  /// `var(dim, correction, keepdim)`, or the root of it.
  ///
  /// - Throws: If the tensor is none of floating point, or a dimension is out of range.
  public func variance(
    _ x: Tensor,
    dims: [Int]?,
    correction: Double,
    keepdim: Bool,
    root: Bool
  ) throws(AutogradError) -> Tensor {
    let name = root ? "std" : "var"
    guard x.dtype.isFloatingPoint else {
      throw .runtime("\(name) and \(name)_mean only support floating point and complex dtypes")
    }
    let chosen = try wrapDims(dims, x.dim)
    let count = chosen.reduce(1) { $0 * (x.sizes.isEmpty ? 1 : x.sizes[$1]) }
    if Double(count) - correction <= 0 {
      try warn(
        "\(name)(): degrees of freedom is <= 0. Correction should be strictly less than the reduction "
          + "factor (input numel divided by output numel)."
      )
    }
    return try composed(
      name,
      root ? .std : .variance,
      [x],
      [
        .scalar(.float(correction)), dims.map { .ints($0) } ?? .none, .bool(keepdim),
      ]
    ) { () throws(AutogradError) in
      let wide = try to(x, .float64, copy: true)
      let center = try mean(wide, dims: chosen, keepdim: true)
      let difference = try sub(wide, .tensor(center))
      let total = try sum(mul(difference, .tensor(difference)), dims: chosen, keepdim: keepdim)
      let result = try div(total, .number(.float(max(Double(count) - correction, 0))))
      return try to(root ? unary(.sqrt, result) : result, x.dtype)
    }
  }

  /// `linalg.vector_norm(ord, dim, keepdim)`.
  ///
  /// - Throws: If the tensor is none of floating point, or a dimension is out of range.
  public func vectorNorm(
    _ x: Tensor,
    order: Double,
    dims: [Int]?,
    keepdim: Bool,
    dtype: DType? = nil
  ) throws(AutogradError) -> Tensor {
    guard x.dtype.isFloatingPoint else {
      throw .runtime(
        "linalg.vector_norm: Expected a floating point or complex tensor as input. Got "
          + x.dtype.scalarTypeName
      )
    }
    let source = try dtype.map { (dtype) throws(AutogradError) in try to(x, dtype) } ?? x
    return try composed(
      "linalg_vector_norm",
      .vectorNorm,
      [source],
      [dims.map { .ints($0) } ?? .none, .bool(keepdim), .scalar(.float(order))]
    ) { () throws(AutogradError) in
      let wide = try to(source, .float64, copy: true)
      let sizes = try unary(.abs, wide)
      let chosen = try wrapDims(dims, x.dim)
      let result: Tensor
      switch order {
      case .infinity, -.infinity:
        result = try extremum(sizes, dims: chosen, keepdim: keepdim, greatest: order > 0)
      case 0:
        result = try sum(binary(.ne, sizes, .number(.int(0))), dims: chosen, keepdim: keepdim)
      case 1: result = try sum(sizes, dims: chosen, keepdim: keepdim)
      case 2:
        result = try unary(
          .sqrt,
          sum(mul(sizes, .tensor(sizes)), dims: chosen, keepdim: keepdim)
        )
      default:
        let powers = try pow(sizes, .number(.float(order)))
        result = try pow(
          sum(powers, dims: chosen, keepdim: keepdim),
          .number(.float(1 / order))
        )
      }
      return try to(result, source.dtype, copy: true)
    }
  }

  /// `dist(other, p)`.
  ///
  /// - Throws: If the sizes do not broadcast.
  public func dist(_ a: Tensor, _ b: Tensor, p: Double) throws(AutogradError) -> Tensor {
    try vectorNorm(sub(a, .tensor(b)), order: p, dims: nil, keepdim: false)
  }
}

// Running sums and products.
extension Session {
  /// `cumsum(dim, dtype)`.
  ///
  /// - Throws: If the dimension is out of range.
  public func cumsum(
    _ x: Tensor,
    _ dim: Int,
    dtype: DType? = nil
  ) throws(AutogradError) -> Tensor {
    let source = try scanned(x, dtype)
    return try composed("cumsum", .cumsum, [source], [.int(dim)]) { () throws(AutogradError) in
      try scan(source, dim) {
        $0 + $1
      } integers: {
        $0 &+ $1
      }
    }
  }

  /// `cumsum_(dim)`.
  ///
  /// - Throws: If the dimension is out of range, or the tensor may not be written.
  @discardableResult
  public func cumsumInPlace(_ x: Tensor, _ dim: Int) throws(AutogradError) -> Tensor {
    try composedInPlace("cumsum_", .cumsum, x, [], [.int(dim)]) { () throws(AutogradError) in
      try scan(x, dim) {
        $0 + $1
      } integers: {
        $0 &+ $1
      }
    }
  }

  /// `cumprod(dim, dtype)`.
  ///
  /// - Throws: If the dimension is out of range.
  public func cumprod(
    _ x: Tensor,
    _ dim: Int,
    dtype: DType? = nil
  ) throws(AutogradError) -> Tensor {
    let source = try scanned(x, dtype)
    return try composed("cumprod", .cumprod, [source], [.int(dim)]) { () throws(AutogradError) in
      try scan(source, dim) {
        $0 * $1
      } integers: {
        $0 &* $1
      }
    }
  }

  private func scanned(_ x: Tensor, _ dtype: DType?) throws(AutogradError) -> Tensor {
    if let dtype { return try to(x, dtype) }
    return x.dtype.isFloatingPoint || x.dtype == .int64 ? x : try to(x, .int64)
  }

  /// Runs along a dimension.
  private func scan(
    _ x: Tensor,
    _ dim: Int,
    _ combine: (Double, Double) -> Double,
    integers: (Int, Int) -> Int
  ) throws(AutogradError) -> Tensor {
    let wrapped = try wrapDim(dim, x.dim)
    if x.dim == 0 { return try clone(x) }
    var values = elements(x)
    let length = x.sizes[wrapped]
    let step = Shape.numel(Array(x.sizes[(wrapped + 1)...]))
    for place in values.indices where place / max(step, 1) % max(length, 1) != 0 {
      switch (values[place - step], values[place]) {
      case (.float(let a), .float(let b)): values[place] = .float(combine(a, b))
      case (let a, let b): values[place] = .int(integers(a.integer, b.integer))
      }
    }
    return try tensor(values, sizes: x.sizes, x.dtype)
  }
}
