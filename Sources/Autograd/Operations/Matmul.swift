/// Multiplies two matrices that lie row by row: `out[i, j] += a[i, k] * b[k, j]`.
private struct MultiplyMatrices: ElementVisitor {
  let out: UnsafeMutableRawPointer
  let a: UnsafeRawPointer
  let b: UnsafeRawPointer
  let rows: Int
  let inner: Int
  let columns: Int

  func visit<E: Element>(_ type: E.Type) {
    let out = out.assumingMemoryBound(to: E.self)
    let a = a.assumingMemoryBound(to: E.self)
    let b = b.assumingMemoryBound(to: E.self)
    out.update(repeating: .zero, count: rows * columns)
    for i in 0..<rows {
      let row = out + i * columns
      for k in 0..<inner {
        let factor = a[i * inner + k]
        let other = b + k * columns
        for j in 0..<columns { row[j] = E.add(row[j], E.mul(factor, other[j])) }
      }
    }
  }
}

extension Session {
  /// Batches of matrix products of row-major operands, without history.
  private func multiply(
    _ a: Tensor,
    _ b: Tensor,
    batches: Int,
    rows: Int,
    inner: Int,
    columns: Int,
    sizes: [Int]
  ) throws(AutogradError) -> Tensor {
    let a = try rowMajor(a)
    let b = try rowMajor(b)
    let result = try allocate(a.dtype, sizes: sizes)
    let size = a.itemSize
    result.initializeElements { out in
      a.withElements { a1 in
        b.withElements { b1 in
          for batch in 0..<batches {
            a.dtype.visit(
              MultiplyMatrices(
                out: out + batch * rows * columns * size,
                a: a1 + batch * rows * inner * size,
                b: b1 + batch * inner * columns * size,
                rows: rows,
                inner: inner,
                columns: columns
              )
            )
          }
        }
      }
    }
    return result
  }

  private func checkSameType(_ a: Tensor, _ b: Tensor) throws(AutogradError) {
    if a.dtype != b.dtype {
      throw .runtime(
        "expected m1 and m2 to have the same dtype, but got: \(a.dtype.traits.cppName) != "
          + b.dtype.traits.cppName
      )
    }
  }

  private func computeMm(_ a: Tensor, _ b: Tensor) throws(AutogradError) -> Tensor {
    try multiply(
      a,
      b,
      batches: 1,
      rows: a.sizes[0],
      inner: a.sizes[1],
      columns: b.sizes[1],
      sizes: [a.sizes[0], b.sizes[1]]
    )
  }

  private func checkMatrices(_ a: Tensor, _ b: Tensor, _ second: String = "mat2")
    throws(AutogradError)
  {
    if a.dim != 2 {
      throw .runtime(
        second == "mat2" ? "self must be a matrix" : "mat1 must be a matrix, got \(a.dim)-D tensor"
      )
    }
    if b.dim != 2 {
      throw .runtime("mat2 must be a matrix" + (second == "mat2" ? "" : ", got \(b.dim)-D tensor"))
    }
    if a.sizes[1] != b.sizes[0] {
      throw .runtime(
        "mat1 and mat2 shapes cannot be multiplied (\(a.sizes[0])x\(a.sizes[1]) and "
          + "\(b.sizes[0])x\(b.sizes[1]))"
      )
    }
    try checkSameType(a, b)
  }

  /// `mm(mat2)`.
  ///
  /// - Throws: If the operands are no matrices that can be multiplied.
  public func mm(_ a: Tensor, _ b: Tensor) throws(AutogradError) -> Tensor {
    try observing("mm", [a, b]) { () throws(AutogradError) in
      try checkMatrices(a, b)
      let result = try computeMm(a, b)
      try record(.mm, a, .tensor(b), result: result, matrixValues(b, a))
      finished("mm", [a, b], [result])
      return result
    }
  }

  private func matrixValues(_ tensors: Tensor...) -> [AttributeValue] {
    tensors.flatMap { [.ints($0.sizes), .ints($0.strides)] }
  }

  /// `mv(vec)`.
  ///
  /// - Throws: If the operands are no matrix and vector that can be multiplied.
  public func mv(_ a: Tensor, _ b: Tensor) throws(AutogradError) -> Tensor {
    try observing("mv", [a, b]) { () throws(AutogradError) in
      if a.dim != 2 || b.dim != 1 {
        throw .runtime("vector + matrix @ vector expected, got 1, \(a.dim), \(b.dim)")
      }
      if a.sizes[1] != b.sizes[0] {
        throw .runtime(
          "size mismatch, got input (\(a.sizes[0])), mat (\(a.sizes[0])x\(a.sizes[1])), vec "
            + "(\(b.sizes[0]))"
        )
      }
      try checkSameType(a, b)
      let result = try multiply(
        a,
        b,
        batches: 1,
        rows: a.sizes[0],
        inner: a.sizes[1],
        columns: 1,
        sizes: [a.sizes[0]]
      )
      try record(.mv, a, .tensor(b), result: result)
      finished("mv", [a, b], [result])
      return result
    }
  }

  /// `dot(tensor)`.
  ///
  /// - Throws: If the operands are no vectors of one length and type.
  public func dot(_ a: Tensor, _ b: Tensor) throws(AutogradError) -> Tensor {
    try observing("dot", [a, b]) { () throws(AutogradError) in
      if a.dim != 1 || b.dim != 1 {
        throw .runtime("1D tensors expected, but got \(a.dim)D and \(b.dim)D tensors")
      }
      if a.dtype != b.dtype {
        throw .runtime(
          "dot : expected both vectors to have same dtype, but found \(a.dtype.scalarTypeName) and "
            + b.dtype.scalarTypeName
        )
      }
      if a.numel != b.numel {
        throw .runtime(
          "inconsistent tensor size, expected tensor \(Shape.text(a.sizes)) and src "
            + "\(Shape.text(b.sizes)) to have the same number of elements, but got \(a.numel) and "
            + "\(b.numel) elements respectively"
        )
      }
      let result = try multiply(
        a,
        b,
        batches: 1,
        rows: 1,
        inner: a.numel,
        columns: 1,
        sizes: []
      )
      try record(.dot, a, .tensor(b), result: result)
      finished("dot", [a, b], [result])
      return result
    }
  }

  /// `bmm(mat2)`.
  ///
  /// - Throws: If the operands are no batches of matrices that can be multiplied.
  public func bmm(_ a: Tensor, _ b: Tensor) throws(AutogradError) -> Tensor {
    try observing("bmm", [a, b]) { () throws(AutogradError) in
      if a.dim != 3 { throw .runtime("batch1 must be a 3D tensor") }
      if b.dim != 3 { throw .runtime("batch2 must be a 3D tensor") }
      if a.sizes[0] != b.sizes[0] || a.sizes[2] != b.sizes[1] {
        throw .runtime(
          "Expected size for first two dimensions of batch2 tensor to be: [\(a.sizes[0]), "
            + "\(a.sizes[2])] but got: [\(b.sizes[0]), \(b.sizes[1])]."
        )
      }
      try checkSameType(a, b)
      let result = try multiply(
        a,
        b,
        batches: a.sizes[0],
        rows: a.sizes[1],
        inner: a.sizes[2],
        columns: b.sizes[2],
        sizes: [a.sizes[0], a.sizes[1], b.sizes[2]]
      )
      try record(.bmm, a, .tensor(b), result: result)
      finished("bmm", [a, b], [result])
      return result
    }
  }

  /// `beta * self + alpha * mat1 @ mat2`.
  ///
  /// - Throws: If the operands do not fit.
  public func addmm(
    _ x: Tensor,
    _ a: Tensor,
    _ b: Tensor,
    beta: Scalar = .int(1),
    alpha: Scalar = .int(1)
  ) throws(AutogradError) -> Tensor {
    try observing("addmm", [x, a, b]) { () throws(AutogradError) in
      try checkMatrices(a, b, "addmm")
      let sizes = [a.sizes[0], b.sizes[1]]
      guard Shape.isExpandable(x.sizes, to: sizes) else {
        let dim = sizes.count - 1
        let size = x.sizes.last ?? 1
        throw .runtime(
          "The expanded size of the tensor (\(sizes[dim])) must match the existing size (\(size)) at "
            + "non-singleton dimension \(dim).  Target sizes: \(Shape.text(sizes)).  Tensor sizes: "
            + Shape.text(x.sizes)
        )
      }
      let result = try computeAddmm(x, a, b, beta, alpha)
      try record(
        .addmm,
        inputs: [x, a, b],
        results: [result],
        [.scalar(alpha), .scalar(beta)] + matrixValues(a, b)
      )
      finished("addmm", [x, a, b], [result])
      return result
    }
  }

  /// `addmm_(mat1, mat2)`.
  ///
  /// - Throws: As ``addmm(_:_:_:beta:alpha:)``, and if the tensor may not be written.
  @discardableResult
  public func addmmInPlace(
    _ x: Tensor,
    _ a: Tensor,
    _ b: Tensor,
    beta: Scalar = .int(1),
    alpha: Scalar = .int(1)
  ) throws(AutogradError) -> Tensor {
    try inPlace(
      "addmm_",
      .addmm,
      x,
      ShortList(.tensor(a), .tensor(b)),
      [.scalar(alpha), .scalar(beta)] + matrixValues(a, b)
    ) { () throws(AutogradError) in
      try checkMatrices(a, b, "addmm")
      let result = try computeAddmm(x, a, b, beta, alpha)
      if result.sizes != x.sizes {
        throw .runtime(
          "The input tensor must be a matrix with size \(a.sizes[0])x\(b.sizes[1]), but got a "
            + "\(x.dim)-D tensor with size \(x.sizes.map(String.init).joined(separator: "x"))"
        )
      }
      mapElements(result, Casting.loop(result.dtype, x.dtype), into: x)
    }
  }

  private func computeAddmm(
    _ x: Tensor,
    _ a: Tensor,
    _ b: Tensor,
    _ beta: Scalar,
    _ alpha: Scalar
  ) throws(AutogradError) -> Tensor {
    if x.dtype != a.dtype {
      throw .runtime(
        "self and mat2 must have the same dtype, but got \(x.dtype.scalarTypeName) and "
          + b.dtype.scalarTypeName
      )
    }
    var product = try computeMm(a, b)
    if !alpha.isOne { product = try compute(.mul, product, .number(alpha)) }
    if beta.double == 0 { return product }
    let own = beta.isOne ? x : try compute(.mul, x, .number(beta))
    return try compute(.add, product, .tensor(own))
  }

  /// `matmul(other)`, the operator `@`.
  ///
  /// - Throws: If the operands do not fit.
  public func matmul(_ a: Tensor, _ b: Tensor) throws(AutogradError) -> Tensor {
    switch (a.dim, b.dim) {
    case (0, _), (_, 0):
      throw .runtime(
        "both arguments to matmul need to be at least 1D, but they are \(a.dim)D and \(b.dim)D"
      )
    case (1, 1): return try dot(a, b)
    case (2, 1): return try mv(a, b)
    case (1, 2): return try squeezeInPlace(mm(unsqueeze(a, 0), b), [0])
    case (2, 2): return try mm(a, b)
    case (3..., 1...2) where b.dim == 1 || !a.requiresGrad || a.dim >= 3:
      return try foldedMatmul(a, b)
    case (1...2, 3...): return try foldedLeftMatmul(a, b)
    default: return try batchedMatmul(a, b)
    }
  }

  /// Many rows at once: the leading dimensions are folded into one.
  private func foldedMatmul(_ a: Tensor, _ b: Tensor) throws(AutogradError) -> Tensor {
    let rows = Shape.numel(Array(a.sizes.dropLast()))
    let inner = a.sizes[a.dim - 1]
    let folded = try reshape(a, [rows, inner])
    if b.dim == 1 {
      return try unsafeView(mv(folded, b), Array(a.sizes.dropLast()))
    }
    return try unsafeView(mm(folded, b), Array(a.sizes.dropLast()) + [b.sizes[1]])
  }

  /// A matrix or vector on the left of batches: the transposed problem, folded.
  private func foldedLeftMatmul(_ a: Tensor, _ b: Tensor) throws(AutogradError) -> Tensor {
    let transposed = try transpose(b, -2, -1)
    if a.dim == 1 { return try foldedMatmul(transposed, a) }
    let product = try foldedMatmul(transposed, t(a))
    return try contiguous(transpose(product, -2, -1))
  }

  private func batchedMatmul(_ a: Tensor, _ b: Tensor) throws(AutogradError) -> Tensor {
    let left = Array(a.sizes.dropLast(2))
    let right = Array(b.sizes.dropLast(2))
    let batch = try Broadcast.sizes(left, right)
    let n = a.sizes[a.dim - 2]
    let m = a.sizes[a.dim - 1]
    let p = b.sizes[b.dim - 1]
    let count = Shape.numel(batch)
    let x = try reshape(expand(a, batch + [n, m]), [count, n, m])
    let y = try reshape(
      expand(b, batch + [b.sizes[b.dim - 2], p]),
      [count, b.sizes[b.dim - 2], p]
    )
    return try unsafeView(bmm(x, y), batch + [n, p])
  }

  /// The outer product of two vectors.
  func outer(_ a: Tensor, _ b: Tensor) throws(AutogradError) -> Tensor {
    try mul(reshape(a, [a.sizes[0], 1]), .tensor(b))
  }
}
