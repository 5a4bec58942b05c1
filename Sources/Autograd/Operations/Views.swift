// Views: their geometry, as ATen computes it.
extension Session {
  /// The dimension counted from the front.
  ///
  /// - Throws: If it is out of range; a 0-dimensional tensor has one dimension here.
  func wrapDim(_ dim: Int, _ count: Int) throws(AutogradError) -> Int {
    let range = max(count, 1)
    guard dim >= -range && dim < range else {
      throw .index(
        "Dimension out of range (expected to be in range of [\(-range), \(range - 1)], but got \(dim))"
      )
    }
    return dim < 0 ? dim + range : dim
  }

  /// Fills in a size of -1.
  ///
  /// - Throws: If the sizes do not fit the number of elements.
  func inferSizes(_ sizes: [Int], numel: Int) throws(AutogradError) -> [Int] {
    var known = 1
    var inferred: Int?
    for (index, size) in sizes.enumerated() {
      if size == -1 {
        if inferred != nil { throw .runtime("only one dimension can be inferred") }
        inferred = index
      } else if size >= 0 {
        known &*= size
      } else {
        throw .runtime(
          "invalid shape dimension \(size) at index \(index) of shape \(Shape.text(sizes))"
        )
      }
    }
    if numel == known && inferred == nil { return sizes }
    if let inferred, known > 0, numel % known == 0 {
      var result = sizes
      result[inferred] = numel / known
      return result
    }
    if inferred != nil && known == 0 && numel == 0 {
      throw .runtime(
        "cannot reshape tensor of 0 elements into shape \(Shape.text(sizes)) because the unspecified "
          + "dimension size -1 can be any value and is ambiguous"
      )
    }
    throw .runtime("shape '\(Shape.text(sizes))' is invalid for input of size \(numel)")
  }

  /// `view(sizes)`.
  ///
  /// - Throws: If the sizes do not fit, or the strides do not allow a view.
  public func view(_ x: Tensor, _ sizes: [Int]) throws(AutogradError) -> Tensor {
    try view("view", x, .view, [.ints(x.sizes)]) { () throws(AutogradError) in
      let target = try inferSizes(sizes, numel: x.numel)
      guard let strides = Shape.viewStrides(sizes: x.sizes, strides: x.strides, as: target) else {
        throw .runtime(
          "view size is not compatible with input tensor's size and stride (at least one dimension "
            + "spans across two contiguous subspaces). Use .reshape(...) instead."
        )
      }
      return Geometry(sizes: target, strides: strides, offset: x.storageOffset)
    }
  }

  /// `reshape(sizes)`: a view where possible, else a copy.
  ///
  /// - Throws: If the sizes do not fit.
  public func reshape(_ x: Tensor, _ sizes: [Int]) throws(AutogradError) -> Tensor {
    let target = try inferSizes(sizes, numel: x.numel)
    if Shape.viewStrides(sizes: x.sizes, strides: x.strides, as: target) != nil {
      return try view(x, target)
    }
    return try unsafeView(cloneContiguous(x), target)
  }

  /// `flatten(start_dim, end_dim)`: the tensor itself where nothing is to be done.
  ///
  /// - Throws: If a dimension is out of range.
  public func flatten(
    _ x: Tensor,
    _ start: Int = 0,
    _ end: Int = -1
  ) throws(AutogradError) -> Tensor {
    let first = try wrapDim(start, x.dim)
    let last = try wrapDim(end, x.dim)
    if first > last {
      throw .runtime("flatten() has invalid args: start_dim cannot come after end_dim")
    }
    if x.dim == 0 { return try reshape(x, [1]) }
    if first == last { return x }
    var sizes = Array(x.sizes[..<first])
    sizes.append(Shape.numel(Array(x.sizes[first...last])))
    sizes += x.sizes[(last + 1)...]
    return try reshape(x, sizes)
  }

  /// A fresh tensor seen with other sizes; not a view for autograd.
  func unsafeView(_ x: Tensor, _ sizes: [Int]) throws(AutogradError) -> Tensor {
    let target = try inferSizes(sizes, numel: x.numel)
    let result = makeAlias(
      x,
      sizes: target,
      strides: Shape.contiguousStrides(target),
      storageOffset: x.storageOffset
    )
    try record(.unsafeView, x, result: result, [.ints(x.sizes)])
    finished("_unsafe_view", [x], [result], viewOf: x)
    return result
  }

  /// `t()`.
  ///
  /// - Throws: For more than two dimensions.
  public func t(_ x: Tensor) throws(AutogradError) -> Tensor {
    try view("t", x, .t) { () throws(AutogradError) in try transposed2D(x) }
  }

  /// `t_()`.
  ///
  /// - Throws: As ``t(_:)``, and if the tensor may not be written.
  @discardableResult
  public func tInPlace(_ x: Tensor) throws(AutogradError) -> Tensor {
    try reshapeInPlace("t_", x, .tInPlace) { () throws(AutogradError) in try transposed2D(x) }
  }

  private func transposed2D(_ x: Tensor) throws(AutogradError) -> Geometry {
    if x.dim > 2 {
      throw .runtime("t() expects a tensor with <= 2 dimensions, but self is \(x.dim)D")
    }
    var geometry = Geometry(x)
    geometry.sizes.reverse()
    geometry.strides.reverse()
    return geometry
  }

  /// `transpose(dim0, dim1)`.
  ///
  /// - Throws: If a dimension is out of range.
  public func transpose(_ x: Tensor, _ dim0: Int, _ dim1: Int) throws(AutogradError) -> Tensor {
    try view("transpose", x, .transpose, [.int(dim0), .int(dim1)]) { () throws(AutogradError) in
      try transposed(x, dim0, dim1)
    }
  }

  /// `transpose_(dim0, dim1)`.
  ///
  /// - Throws: As ``transpose(_:_:_:)``, and if the tensor may not be written.
  @discardableResult
  public func transposeInPlace(
    _ x: Tensor,
    _ dim0: Int,
    _ dim1: Int
  ) throws(AutogradError) -> Tensor {
    try reshapeInPlace("transpose_", x, .transposeInPlace, [.int(dim0), .int(dim1)]) {
      () throws(AutogradError) in try transposed(x, dim0, dim1)
    }
  }

  private func transposed(_ x: Tensor, _ dim0: Int, _ dim1: Int) throws(AutogradError) -> Geometry {
    let first = try wrapDim(dim0, x.dim)
    let second = try wrapDim(dim1, x.dim)
    var geometry = Geometry(x)
    if first != second {
      geometry.sizes.swapAt(first, second)
      geometry.strides.swapAt(first, second)
    }
    return geometry
  }

  /// `permute(dims)`.
  ///
  /// - Throws: If the dims are no permutation.
  public func permute(_ x: Tensor, _ dims: [Int]) throws(AutogradError) -> Tensor {
    try view("permute", x, .permute, [.ints(dims)]) { () throws(AutogradError) in
      guard dims.count == x.dim else {
        throw .runtime(
          "permute(sparse_coo): number of dimensions in the tensor input does not match the length of "
            + "the desired ordering of dimensions i.e. input.dim() = \(x.dim) is not equal to "
            + "len(dims) = \(dims.count)"
        )
      }
      var geometry = Geometry(x)
      var seen = Set<Int>()
      for (index, dim) in dims.enumerated() {
        let dim = try wrapDim(dim, x.dim)
        if !seen.insert(dim).inserted {
          throw .runtime("permute(): duplicate dims are not allowed.")
        }
        geometry.sizes[index] = x.sizes[dim]
        geometry.strides[index] = x.strides[dim]
      }
      return geometry
    }
  }

  /// `unsqueeze(dim)`.
  ///
  /// - Throws: If the dimension is out of range.
  public func unsqueeze(_ x: Tensor, _ dim: Int) throws(AutogradError) -> Tensor {
    try view("unsqueeze", x, .unsqueeze, [.int(dim)]) { () throws(AutogradError) in
      try unsqueezed(x, dim)
    }
  }

  /// `unsqueeze_(dim)`.
  ///
  /// - Throws: As ``unsqueeze(_:_:)``, and if the tensor may not be written.
  @discardableResult
  public func unsqueezeInPlace(_ x: Tensor, _ dim: Int) throws(AutogradError) -> Tensor {
    try reshapeInPlace("unsqueeze_", x, .unsqueezeInPlace, [.int(dim)]) {
      () throws(AutogradError) in
      try unsqueezed(x, dim)
    }
  }

  private func unsqueezed(_ x: Tensor, _ dim: Int) throws(AutogradError) -> Geometry {
    let dim = try wrapDim(dim, x.dim + 1)
    var geometry = Geometry(x)
    geometry.strides.insert(dim < x.dim ? x.sizes[dim] * x.strides[dim] : 1, at: dim)
    geometry.sizes.insert(1, at: dim)
    return geometry
  }

  /// `squeeze()`, of all dimensions of size 1 or of those given.
  ///
  /// One dimension and a tuple of dimensions make different nodes.
  ///
  /// - Throws: If a dimension is out of range.
  public func squeeze(_ x: Tensor, _ dims: [Int]? = nil, isTuple: Bool = false)
    throws(AutogradError) -> Tensor
  {
    let (derivative, values) = squeezeRow(x, dims, isTuple, inPlace: false)
    return try view("squeeze", x, derivative, values) { () throws(AutogradError) in
      try squeezed(x, dims)
    }
  }

  /// `squeeze_()`.
  ///
  /// - Throws: As ``squeeze(_:_:isTuple:)``, and if the tensor may not be written.
  @discardableResult
  public func squeezeInPlace(_ x: Tensor, _ dims: [Int]? = nil, isTuple: Bool = false)
    throws(AutogradError) -> Tensor
  {
    let (derivative, values) = squeezeRow(x, dims, isTuple, inPlace: true)
    return try reshapeInPlace("squeeze_", x, derivative, values) { () throws(AutogradError) in
      try squeezed(x, dims)
    }
  }

  private func squeezeRow(
    _ x: Tensor,
    _ dims: [Int]?,
    _ isTuple: Bool,
    inPlace: Bool
  ) -> (Derivative, [AttributeValue]) {
    guard let dims else { return (inPlace ? .squeezeInPlace : .squeeze, [.ints(x.sizes)]) }
    if isTuple {
      return (inPlace ? .squeezeDimsInPlace : .squeezeDims, [.ints(dims), .ints(x.sizes)])
    }
    return (inPlace ? .squeezeDimInPlace : .squeezeDim, [.int(dims[0]), .ints(x.sizes)])
  }

  private func squeezed(_ x: Tensor, _ dims: [Int]?) throws(AutogradError) -> Geometry {
    var chosen = Set(x.sizes.indices)
    if let dims {
      chosen = []
      for dim in dims { chosen.insert(try wrapDim(dim, x.dim)) }
    }
    var geometry = Geometry(sizes: [], strides: [], offset: x.storageOffset)
    for index in x.sizes.indices where !(chosen.contains(index) && x.sizes[index] == 1) {
      geometry.sizes.append(x.sizes[index])
      geometry.strides.append(x.strides[index])
    }
    return geometry
  }

  /// `expand(sizes)`; -1 keeps a size.
  ///
  /// - Throws: If a size other than 1 would change.
  public func expand(_ x: Tensor, _ sizes: [Int]) throws(AutogradError) -> Tensor {
    try view("expand", x, .expand, [.ints(x.sizes)]) { () throws(AutogradError) in
      guard sizes.count >= x.dim else {
        throw .runtime(
          "expand(\(x.dtype.tensorTypeName){\(Shape.text(x.sizes))}, size=\(Shape.text(sizes))): the "
            + "number of sizes provided (\(sizes.count)) must be greater or equal to the number of "
            + "dimensions in the tensor (\(x.dim))"
        )
      }
      var geometry = Geometry(sizes: sizes, strides: sizes, offset: x.storageOffset)
      let missing = sizes.count - x.dim
      for index in stride(from: sizes.count - 1, through: 0, by: -1) {
        let own = index - missing
        let size = own >= 0 ? x.sizes[own] : 1
        var stride =
          own >= 0
          ? x.strides[own]
          : index + 1 < sizes.count ? geometry.sizes[index + 1] * geometry.strides[index + 1] : 1
        var target = sizes[index]
        if target == -1 {
          guard own >= 0 else {
            throw .runtime(
              "The expanded size of the tensor (-1) isn't allowed in a leading, non-existing dimension "
                + "\(index)"
            )
          }
          target = size
        }
        if target != size {
          guard size == 1 else {
            throw .runtime(
              "The expanded size of the tensor (\(target)) must match the existing size (\(size)) at "
                + "non-singleton dimension \(index).  Target sizes: \(Shape.text(sizes)).  Tensor sizes: "
                + Shape.text(x.sizes)
            )
          }
          stride = 0
        }
        geometry.sizes[index] = target
        geometry.strides[index] = stride
      }
      return geometry
    }
  }

  /// `select(dim, index)`.
  ///
  /// - Throws: If the dimension or the index is out of range.
  public func select(_ x: Tensor, _ dim: Int, _ index: Int) throws(AutogradError) -> Tensor {
    try view("select", x, .select, [.int(dim), .int(index), .ints(x.sizes)]) {
      () throws(AutogradError) in
      if x.dim == 0 { throw .index("select() cannot be applied to a 0-dim tensor.") }
      let dim = try wrapDim(dim, x.dim)
      let size = x.sizes[dim]
      guard index >= -size && index < size else {
        throw .index(
          "select(): index \(index) out of range for tensor of size \(Shape.text(x.sizes)) at "
            + "dimension \(dim)"
        )
      }
      var geometry = Geometry(x)
      geometry.offset += (index < 0 ? index + size : index) * x.strides[dim]
      geometry.sizes.remove(at: dim)
      geometry.strides.remove(at: dim)
      return geometry
    }
  }

  /// `x[start:stop:step]` along a dimension.
  ///
  /// - Throws: If the dimension is out of range or the step is not positive.
  public func slice(
    _ x: Tensor,
    _ dim: Int,
    start: Int? = nil,
    stop: Int? = nil,
    step: Int = 1
  ) throws(AutogradError) -> Tensor {
    let first = start ?? 0
    let last = stop ?? Int.max
    return try view(
      "slice",
      x,
      .slice,
      [.int(dim), .int(last), .ints(x.sizes), .int(first), .int(step)]
    ) { () throws(AutogradError) in
      if x.dim == 0 { throw .index("slice() cannot be applied to a 0-dim tensor.") }
      let dim = try wrapDim(dim, x.dim)
      if step <= 0 { throw .runtime("slice step must be positive") }
      let range = Shape.sliceRange(first, last, x.sizes[dim])
      var geometry = Geometry(x)
      geometry.offset += range.lowerBound * x.strides[dim]
      geometry.sizes[dim] = (range.count + step - 1) / step
      geometry.strides[dim] *= step
      return geometry
    }
  }

  /// `narrow(dim, start, length)`.
  ///
  /// - Throws: If the range does not lie in the tensor.
  public func narrow(
    _ x: Tensor,
    _ dim: Int,
    _ start: Int,
    _ length: Int
  ) throws(AutogradError) -> Tensor {
    if x.dim == 0 { throw .runtime("narrow() cannot be applied to a 0-dim tensor.") }
    if length < 0 { throw .runtime("narrow(): length must be non-negative.") }
    let wrapped = try wrapDim(dim, x.dim)
    let size = x.sizes[wrapped]
    guard start >= -size && start <= size else {
      throw .index(
        "start out of range (expected to be in range of [\(-size), \(size)], but got \(start))"
      )
    }
    let first = start < 0 ? start + size : start
    guard first + length <= size else {
      throw .runtime("start (\(first)) + length (\(length)) exceeds dimension size (\(size)).")
    }
    return try slice(x, dim, start: first, stop: first + length)
  }

  /// `diagonal(offset, dim1, dim2)`.
  ///
  /// - Throws: If the dimensions are out of range or equal.
  public func diagonal(
    _ x: Tensor,
    offset: Int = 0,
    dim1: Int = 0,
    dim2: Int = 1
  ) throws(AutogradError) -> Tensor {
    try view(
      "diagonal",
      x,
      .diagonal,
      [.int(dim1), .int(dim2), .int(offset), .ints(x.sizes)]
    ) { () throws(AutogradError) in
      let first = try wrapDim(dim1, x.dim)
      let second = try wrapDim(dim2, x.dim)
      if first == second {
        throw .runtime("diagonal dimensions cannot be identical \(dim1), \(dim2)")
      }
      var geometry = Geometry(x)
      let length =
        offset >= 0
        ? max(min(x.sizes[first], x.sizes[second] - offset), 0)
        : max(min(x.sizes[first] + offset, x.sizes[second]), 0)
      if length > 0 {
        geometry.offset +=
          offset >= 0 ? offset * x.strides[second] : -offset * x.strides[first]
      }
      for dim in [max(first, second), min(first, second)] {
        geometry.sizes.remove(at: dim)
        geometry.strides.remove(at: dim)
      }
      geometry.sizes.append(length)
      geometry.strides.append(x.strides[first] + x.strides[second])
      return geometry
    }
  }

  /// `unfold(dimension, size, step)`.
  ///
  /// - Throws: If the window is larger than the dimension.
  public func unfold(
    _ x: Tensor,
    _ dimension: Int,
    _ size: Int,
    _ step: Int
  ) throws(AutogradError) -> Tensor {
    try view(
      "unfold",
      x,
      .unfold,
      [.int(dimension), .ints(x.sizes), .int(size), .int(step)]
    ) { () throws(AutogradError) in
      let dim = try wrapDim(dimension, x.dim)
      let length = x.dim == 0 ? 1 : x.sizes[dim]
      if size > length {
        throw .runtime(
          "maximum size for tensor at dimension \(dim) is \(length) but size is \(size)"
        )
      }
      if step <= 0 { throw .runtime("step is \(step) but must be > 0") }
      var geometry = Geometry(x)
      geometry.sizes.append(size)
      geometry.strides.append(x.dim == 0 ? 1 : x.strides[dim])
      if x.dim > 0 {
        geometry.sizes[dim] = (length - size) / step + 1
        geometry.strides[dim] *= step
      }
      return geometry
    }
  }

  /// `as_strided(size, stride, storage_offset)`.
  ///
  /// - Throws: If an element would lie outside the storage.
  public func asStrided(
    _ x: Tensor,
    sizes: [Int],
    strides: [Int],
    storageOffset: Int? = nil
  ) throws(AutogradError) -> Tensor {
    try view(
      "as_strided",
      x,
      .asStrided,
      AsStrided.values(base: x, sizes, strides, storageOffset)
    ) { () throws(AutogradError) in try strided(x, sizes, strides, storageOffset) }
  }

  /// `as_strided_(size, stride, storage_offset)`.
  ///
  /// - Throws: As ``asStrided(_:sizes:strides:storageOffset:)``, and if the tensor may not be written.
  @discardableResult
  public func asStridedInPlace(
    _ x: Tensor,
    sizes: [Int],
    strides: [Int],
    storageOffset: Int? = nil
  ) throws(AutogradError) -> Tensor {
    try reshapeInPlace(
      "as_strided_",
      x,
      .asStridedInPlace,
      AsStrided.values(base: x, sizes, strides, storageOffset)
    ) { () throws(AutogradError) in try strided(x, sizes, strides, storageOffset) }
  }

  private func strided(
    _ x: Tensor,
    _ sizes: [Int],
    _ strides: [Int],
    _ storageOffset: Int?
  ) throws(AutogradError) -> Geometry {
    if sizes.count != strides.count {
      throw .runtime(
        "mismatch in length of strides and shape: size has \(sizes.count) dimensions, strides has "
          + "\(strides.count)"
      )
    }
    let offset = storageOffset ?? x.storageOffset
    if strides.contains(where: { $0 < 0 }) {
      throw .runtime(
        "as_strided: Negative strides are not supported at the moment, got strides: "
          + Shape.text(strides)
      )
    }
    var last = offset
    for (size, stride) in zip(sizes, strides) { last += max(size - 1, 0) * stride }
    let needed = sizes.contains(0) ? 0 : (last + 1) * x.itemSize
    if needed > x.storage.byteCount {
      throw .runtime(
        "setStorage: sizes \(Shape.text(sizes)), strides \(Shape.text(strides)), storage offset "
          + "\(offset), and itemsize \(x.itemSize) requiring a storage size of \(needed) are out of "
          + "bounds for storage of size \(x.storage.byteCount)"
      )
    }
    return Geometry(sizes: sizes, strides: strides, offset: offset)
  }

  /// `alias()`, what `x[...]` makes.
  ///
  /// - Throws: If the grad_fn is invalid.
  public func alias(_ x: Tensor) throws(AutogradError) -> Tensor {
    try view("alias", x, .alias) { () throws(AutogradError) in Geometry(x) }
  }
}

// Several views at once.
extension Session {
  /// `unbind(dim)`.
  ///
  /// - Throws: If the dimension is out of range.
  public func unbind(_ x: Tensor, _ dim: Int = 0) throws(AutogradError) -> [Tensor] {
    try views("unbind", x, .unbind, [.int(dim)]) { () throws(AutogradError) in
      if x.dim == 0 {
        throw .index("Dimension specified as \(dim) but tensor has no dimensions")
      }
      let dim = try wrapDim(dim, x.dim)
      return (0..<x.sizes[dim]).map { index in
        var geometry = Geometry(x)
        geometry.offset += index * x.strides[dim]
        geometry.sizes.remove(at: dim)
        geometry.strides.remove(at: dim)
        return geometry
      }
    }
  }

  /// `split(split_size, dim)`.
  ///
  /// - Throws: If the size is negative, or 0 of a dimension that is not empty.
  public func split(_ x: Tensor, _ size: Int, _ dim: Int = 0) throws(AutogradError) -> [Tensor] {
    try views("split", x, .split, [.int(dim), .ints(x.sizes), .int(size)]) {
      () throws(AutogradError) in
      if x.dim == 0 { throw .runtime("split expects at least a 1-dimensional tensor") }
      let dim = try wrapDim(dim, x.dim)
      if size < 0 {
        throw .runtime("split expects split_size be non-negative, but got split_size=\(size)")
      }
      let length = x.sizes[dim]
      if size == 0 && length != 0 {
        throw .runtime(
          "split_size can only be 0 if dimension size is 0, but got dimension size of \(length)"
        )
      }
      let count = size == 0 ? 1 : max((length + size - 1) / size, 1)
      return (0..<count).map { part(x, dim, $0 * size, min(size, length - $0 * size)) }
    }
  }

  /// `split(split_sizes, dim)`.
  ///
  /// - Throws: If the sizes do not add up.
  public func split(_ x: Tensor, sizes: [Int], _ dim: Int = 0) throws(AutogradError) -> [Tensor] {
    try views("split_with_sizes", x, .splitWithSizes, [.int(dim), .ints(x.sizes), .ints(sizes)]) {
      () throws(AutogradError) in
      if x.dim == 0 { throw .runtime("split expects at least a 1-dimensional tensor") }
      let wrapped = try wrapDim(dim, x.dim)
      for size in sizes where size < 0 {
        throw .runtime(
          "split_with_sizes expects split_sizes have only non-negative entries, but got "
            + "split_sizes=\(Shape.text(sizes))"
        )
      }
      var sum = 0
      for size in sizes { sum += size }
      guard sum == x.sizes[wrapped] else {
        throw .runtime(
          "split_with_sizes expects split_sizes to sum exactly to \(x.sizes[wrapped]) (input tensor's "
            + "size at dimension \(wrapped)), but got split_sizes=\(Shape.text(sizes))"
        )
      }
      var start = 0
      return sizes.map { size in
        defer { start += size }
        return part(x, wrapped, start, size)
      }
    }
  }

  /// `chunk(chunks, dim)`.
  ///
  /// - Throws: If there is to be no chunk.
  public func chunk(_ x: Tensor, _ chunks: Int, _ dim: Int = 0) throws(AutogradError) -> [Tensor] {
    if x.dim == 0 { throw .runtime("chunk expects at least a 1-dimensional tensor") }
    if chunks <= 0 {
      throw .runtime("chunk expects `chunks` to be greater than 0, got: \(chunks)")
    }
    let wrapped = try wrapDim(dim, x.dim)
    let length = x.sizes[wrapped]
    let size = (length + chunks - 1) / chunks
    if size == 0 && length == 0 {
      return try split(x, sizes: Array(repeating: 0, count: chunks), dim)
    }
    return try split(x, size, dim)
  }

  private func part(_ x: Tensor, _ dim: Int, _ start: Int, _ length: Int) -> Geometry {
    var geometry = Geometry(x)
    geometry.offset += start * x.strides[dim]
    geometry.sizes[dim] = max(length, 0)
    return geometry
  }
}

extension Shape {
  /// The strides of a view with other sizes, as ATen's `computeStride` finds them; nil if there are none.
  static func viewStrides(sizes: [Int], strides: [Int], as target: [Int]) -> [Int]? {
    if sizes.isEmpty { return Array(repeating: 1, count: target.count) }
    let numel = Shape.numel(sizes)
    if numel == 0 { return sizes == target ? strides : contiguousStrides(target) }
    var result = [Int](repeating: 0, count: target.count)
    var viewDim = target.count - 1
    var chunkStride = strides[sizes.count - 1]
    var tensorNumel = 1
    var viewNumel = 1
    for dim in stride(from: sizes.count - 1, through: 0, by: -1) {
      tensorNumel *= sizes[dim]
      guard
        dim == 0
          || (sizes[dim - 1] != 1 && strides[dim - 1] != tensorNumel * chunkStride)
      else { continue }
      while viewDim >= 0 && (viewNumel < tensorNumel || target[viewDim] == 1) {
        result[viewDim] = viewNumel * chunkStride
        viewNumel *= target[viewDim]
        viewDim -= 1
      }
      if viewNumel != tensorNumel { return nil }
      if dim > 0 {
        chunkStride = strides[dim - 1]
        tensorNumel = 1
        viewNumel = 1
      }
    }
    return viewDim == -1 ? result : nil
  }

  /// The elements of a slice with bounds as Python counts them.
  static func sliceRange(_ start: Int, _ stop: Int, _ size: Int) -> Range<Int> {
    let first = min(max(start < 0 ? start + size : start, 0), size)
    let last = min(max(stop < 0 ? stop + size : stop, first), size)
    return first..<max(first, last)
  }
}
