// Triangles, repetitions, rotations and borders.
extension Session {
  /// `triu(diagonal)` or, with `lower`, `tril`.
  ///
  /// - Throws: If the tensor has fewer than two dimensions.
  public func triangle(_ x: Tensor, _ offset: Int, lower: Bool) throws(AutogradError) -> Tensor {
    let name = lower ? "tril" : "triu"
    return try composed(name, lower ? .tril : .triu, [x], [.int(offset)]) {
      () throws(AutogradError) in try triangleValues(x, offset, lower)
    }
  }

  /// `triu_(diagonal)` or, with `lower`, `tril_`.
  ///
  /// - Throws: As ``triangle(_:_:lower:)``, and if the tensor may not be written.
  @discardableResult
  public func triangleInPlace(
    _ x: Tensor,
    _ offset: Int,
    lower: Bool
  ) throws(AutogradError) -> Tensor {
    try composedInPlace(
      lower ? "tril_" : "triu_",
      lower ? .tril : .triu,
      x,
      [],
      [.int(offset)]
    ) { () throws(AutogradError) in try triangleValues(x, offset, lower) }
  }

  private func triangleValues(
    _ x: Tensor,
    _ offset: Int,
    _ lower: Bool
  ) throws(AutogradError) -> Tensor {
    if x.dim < 2 {
      throw .runtime(
        "\(lower ? "tril" : "triu"): input tensor must have at least 2 dimensions"
      )
    }
    let (rows, columns) = (x.sizes[x.dim - 2], x.sizes[x.dim - 1])
    var mask: [Scalar] = []
    for row in 0..<rows {
      for column in 0..<columns {
        let place = column - row
        mask.append(.bool(lower ? place > offset : place < offset))
      }
    }
    let hidden = try tensor(mask, sizes: [rows, columns], .bool)
    return try maskedFill(x, hidden, .number(.int(0)))
  }

  /// `roll(shifts, dims)`; without dims the elements roll as one row.
  ///
  /// - Throws: If a dimension is out of range.
  public func roll(
    _ x: Tensor,
    _ shifts: [Int],
    _ dims: [Int]
  ) throws(AutogradError) -> Tensor {
    if dims.isEmpty && shifts.count == 1 {
      return try view(roll(reshape(x, [-1]), shifts, [0]), x.sizes)
    }
    guard shifts.count == dims.count, !shifts.isEmpty else {
      throw .runtime(
        shifts.isEmpty
          ? "`shifts` required"
          : "shifts and dimensions must align. shifts: \(shifts.count), dims:\(dims.count)"
      )
    }
    return try composed("roll", .roll, [x], [.ints(dims), .ints(shifts)]) {
      () throws(AutogradError) in
      var places = (0..<x.dim).map { Array(0..<x.sizes[$0]) }
      for (shift, dim) in zip(shifts, dims) {
        let wrapped = try wrapDim(dim, x.dim)
        let size = x.sizes[wrapped]
        if size == 0 { continue }
        places[wrapped] = (0..<size).map { place in
          let source = (place - shift) % size
          return places[wrapped][source < 0 ? source + size : source]
        }
      }
      return try pick(x, sizes: x.sizes, Self.offsets(places, x.strides))
    }
  }

  /// The offsets of given places in every dimension, row by row.
  private static func offsets(_ places: [[Int]], _ strides: [Int]) -> [Int] {
    var offsets = [0]
    for (dim, chosen) in places.enumerated() {
      var next: [Int] = []
      for offset in offsets {
        for place in chosen { next.append(offset + place * strides[dim]) }
      }
      offsets = next
    }
    return offsets
  }

  /// `repeat(repeats)`.
  ///
  /// - Throws: If there are fewer repeats than dimensions, or one is negative.
  public func `repeat`(_ x: Tensor, _ repeats: [Int]) throws(AutogradError) -> Tensor {
    if repeats.count < x.dim {
      throw .runtime(
        "Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor"
      )
    }
    for (dim, count) in repeats.enumerated() where count < 0 {
      throw .runtime(
        "Trying to create tensor with negative dimension \(count * (dim < repeats.count - x.dim ? 1 : x.sizes[dim - repeats.count + x.dim])): "
          + Shape.text(repeats)
      )
    }
    return try composed("repeat", .repeat, [x], [.ints(repeats), .ints(x.sizes)]) {
      () throws(AutogradError) in
      let padding = repeats.count - x.dim
      let sizes = Array(repeating: 1, count: padding) + x.sizes
      let strides = Array(repeating: 0, count: padding) + x.strides
      var places: [[Int]] = []
      for (dim, count) in repeats.enumerated() {
        places.append((0..<count).flatMap { _ in Array(0..<sizes[dim]) })
      }
      return try pick(
        x,
        sizes: zip(sizes, repeats).map { $0 * $1 },
        Self.offsets(places, strides)
      )
    }
  }

  /// `diag_embed(offset, dim1, dim2)`.
  ///
  /// - Throws: If a dimension is out of range.
  public func diagEmbed(
    _ x: Tensor,
    offset: Int,
    dim1: Int,
    dim2: Int
  ) throws(AutogradError) -> Tensor {
    let first = try wrapDim(dim1, x.dim + 1)
    let second = try wrapDim(dim2, x.dim + 1)
    if first == second {
      throw .runtime("diagonal dimensions cannot be identical \(dim1), \(dim2)")
    }
    return try composed(
      "diag_embed",
      .diagEmbed,
      [x],
      [.int(dim1), .int(dim2), .int(offset)]
    ) { () throws(AutogradError) in
      let length = (x.sizes.last ?? 1) + offset.magnitude.asInt
      var sizes = Array(x.sizes.dropLast())
      sizes.insert(length, at: min(first, second))
      sizes.insert(length, at: max(first, second))
      let result = try zeros(sizes, x.dtype)
      try copyInPlace(diagonal(result, offset: offset, dim1: first, dim2: second), x)
      return result
    }
  }

  /// `diag(diagonal)`: the diagonal of a matrix as a copy, or a matrix of a vector.
  ///
  /// - Throws: If the tensor has another number of dimensions.
  public func diag(_ x: Tensor, _ offset: Int) throws(AutogradError) -> Tensor {
    if x.dim == 1 { return try diagEmbed(x, offset: offset, dim1: 0, dim2: 1) }
    guard x.dim == 2 else {
      throw .runtime("diag(): Supports 1D or 2D tensors. Got \(x.dim)D")
    }
    return try composed(
      "diagonal_copy",
      .diagonalCopy,
      [x],
      [.int(0), .int(1), .int(offset), .ints(x.sizes)]
    ) { () throws(AutogradError) in try clone(diagonal(x, offset: offset)) }
  }

  /// `rot90(k, dims)`.
  ///
  /// - Throws: If the dims are not two different ones.
  public func rot90(_ x: Tensor, _ k: Int, _ dims: [Int]) throws(AutogradError) -> Tensor {
    if dims.count != 2 {
      throw .runtime("expected total rotation dims == 2, but got dims = \(dims.count)")
    }
    return try composed("rot90", .rot90, [x], [.ints(dims), .int(k)]) {
      () throws(AutogradError) in
      switch ((k % 4) + 4) % 4 {
      case 1: try clone(transpose(flip(x, [dims[1]]), dims[0], dims[1]))
      case 2: try flip(x, dims)
      case 3: try clone(transpose(flip(x, [dims[0]]), dims[0], dims[1]))
      default: try clone(x)
      }
    }
  }

  /// `constant_pad_nd(pad, value)`: pairs of numbers of elements, the last dimension first.
  ///
  /// - Throws: If there are too many pairs or a size becomes negative.
  public func constantPad(
    _ x: Tensor,
    _ pad: [Int],
    _ value: Scalar
  ) throws(AutogradError) -> Tensor {
    if pad.count % 2 != 0 {
      throw .runtime("Length of pad must be even but instead it equals \(pad.count)")
    }
    if pad.count / 2 > x.dim {
      throw .runtime(
        "Length of pad should be no more than twice the number of dimensions of the input. Pad length is "
          + "\(pad.count)while the input has \(x.dim)dimensions."
      )
    }
    return try composed("constant_pad_nd", .constantPad, [x], [.ints(pad)]) {
      () throws(AutogradError) in
      var source = x
      var sizes = x.sizes
      var starts = [Int](repeating: 0, count: x.dim)
      for pair in 0..<(pad.count / 2) {
        let dim = x.dim - 1 - pair
        let (before, after) = (pad[2 * pair], pad[2 * pair + 1])
        sizes[dim] += before + after
        if sizes[dim] < 0 {
          throw .runtime(
            "The input size \(x.sizes[dim]), plus negative padding \(before) and \(after) resulted in a "
              + "negative output size, which is invalid. Check dimension \(dim) of your input."
          )
        }
        let first = max(-before, 0)
        let last = x.sizes[dim] - max(-after, 0)
        source = try slice(source, dim, start: first, stop: last)
        starts[dim] = max(before, 0)
      }
      let result = try full(sizes, value, x.dtype)
      var target = result
      for dim in 0..<x.dim {
        target = try narrow(target, dim, starts[dim], source.sizes[dim])
      }
      try copyInPlace(target, source)
      return result
    }
  }
}

extension UInt {
  fileprivate var asInt: Int { Int(self) }
}
