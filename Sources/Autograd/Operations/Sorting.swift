// Orders along a dimension.
extension Session {
  /// `sort(dim, descending)`: the values and where they were; equal ones keep their order.
  ///
  /// - Throws: If the dimension is out of range.
  public func sort(
    _ x: Tensor,
    _ dim: Int,
    descending: Bool
  ) throws(AutogradError) -> (values: Tensor, indices: Tensor) {
    let wrapped = try wrapDim(dim, x.dim)
    return try chosen("sort", .sort, x, wrapped, given: dim) { row in
      Self.order(row, descending: descending)
    }
  }

  /// `topk(k, dim, largest)`.
  ///
  /// - Throws: If the dimension is out of range or shorter than `k`.
  public func topk(
    _ x: Tensor,
    _ count: Int,
    _ dim: Int,
    largest: Bool
  ) throws(AutogradError) -> (values: Tensor, indices: Tensor) {
    let wrapped = try wrapDim(dim, x.dim)
    guard count >= 0 && count <= (x.dim == 0 ? 1 : x.sizes[wrapped]) else {
      throw .runtime("selected index k out of range")
    }
    return try chosen("topk", .topk, x, wrapped, given: dim) { row in
      Array(Self.order(row, descending: largest).prefix(count))
    }
  }

  /// `kthvalue(k, dim, keepdim)`.
  ///
  /// - Throws: If the dimension is out of range or shorter than `k`.
  public func kthValue(
    _ x: Tensor,
    _ k: Int,
    _ dim: Int,
    keepdim: Bool
  ) throws(AutogradError) -> (values: Tensor, indices: Tensor) {
    let wrapped = try wrapDim(dim, x.dim)
    guard k >= 1 && k <= (x.dim == 0 ? 1 : x.sizes[wrapped]) else {
      throw .runtime("kthvalue(): selected number k out of range for dimension \(wrapped)")
    }
    return try single("kthvalue", .kthvalue, x, wrapped, given: dim, keepdim: keepdim) { row in
      Self.order(row, descending: false)[k - 1]
    }
  }

  /// `median(dim, keepdim)`: of an even number the lower one.
  ///
  /// - Throws: If the dimension is out of range.
  public func median(
    _ x: Tensor,
    _ dim: Int,
    keepdim: Bool
  ) throws(AutogradError) -> (values: Tensor, indices: Tensor) {
    let wrapped = try wrapDim(dim, x.dim)
    return try single("median", .medianDim, x, wrapped, given: dim, keepdim: keepdim) { row in
      if let place = row.firstIndex(where: { $0.double.isNaN }) { return place }
      return Self.order(row, descending: false)[(row.count - 1) / 2]
    }
  }

  /// `median()` of all elements.
  ///
  /// - Throws: If memory runs out.
  public func median(_ x: Tensor) throws(AutogradError) -> Tensor {
    try composed("median", .medianAll, [x]) { () throws(AutogradError) in
      let row = elements(x)
      if row.isEmpty { return try tensor([.float(.nan)], sizes: [], x.dtype) }
      let isNaN = row.first { $0.double.isNaN }
      let middle = Self.order(row, descending: false)[(row.count - 1) / 2]
      return try tensor([isNaN ?? row[middle]], sizes: [], x.dtype)
    }
  }

  /// `mode(dim, keepdim)`: the most frequent value, of several the smallest, and its last place.
  ///
  /// - Throws: If the dimension is out of range.
  public func mode(
    _ x: Tensor,
    _ dim: Int,
    keepdim: Bool
  ) throws(AutogradError) -> (values: Tensor, indices: Tensor) {
    let wrapped = try wrapDim(dim, x.dim)
    return try single("mode", .mode, x, wrapped, given: dim, keepdim: keepdim) { row in
      let order = Self.order(row, descending: false)
      var best = (count: 0, place: 0)
      var run = 0
      for (position, place) in order.enumerated() {
        run = position > 0 && row[order[position - 1]].double == row[place].double ? run + 1 : 1
        if run > best.count || (run == best.count && row[best.place].double == row[place].double) {
          best = (run, place)
        }
      }
      return best.place
    }
  }

  /// `unique(sorted, return_inverse, return_counts)` of all elements.
  ///
  /// - Throws: If memory runs out.
  public func unique(
    _ x: Tensor
  ) throws(AutogradError) -> (values: Tensor, inverse: Tensor, counts: Tensor) {
    try observing("_unique2", [x]) { () throws(AutogradError) in
      let all = elements(x)
      var values: [Scalar] = []
      var counts: [Scalar] = []
      var inverse = [Scalar](repeating: .int(0), count: all.count)
      var total = 0
      for place in Self.order(all, descending: false) {
        if let last = values.last, last.double == all[place].double {
          total += 1
          counts[counts.count - 1] = .int(total)
        } else {
          values.append(all[place])
          total = 1
          counts.append(.int(1))
        }
        inverse[place] = .int(values.count - 1)
      }
      let (found, places, numbers) = try silently { () throws(AutogradError) in
        (
          try tensor(values, sizes: [values.count], x.dtype),
          try tensor(inverse, sizes: x.sizes, .int64),
          try tensor(counts, sizes: [counts.count], .int64)
        )
      }
      try record(.unique, x, result: found)
      finished("_unique2", [x], [found, places, numbers])
      return (found, places, numbers)
    }
  }

  /// The places of a row's elements in order; NaN counts as the greatest.
  private static func order(_ row: [Scalar], descending: Bool) -> [Int] {
    func isLess(_ a: Scalar, _ b: Scalar) -> Bool {
      if case .int(let a) = a, case .int(let b) = b { return a < b }
      let (x, y) = (a.double, b.double)
      if x.isNaN { return false }
      return y.isNaN || x < y
    }
    return row.indices.sorted { a, b in
      if descending ? isLess(row[b], row[a]) : isLess(row[a], row[b]) { return true }
      if descending ? isLess(row[a], row[b]) : isLess(row[b], row[a]) { return false }
      return a < b
    }
  }

  /// Several elements of every row, by their places.
  private func chosen(
    _ name: String,
    _ derivative: Derivative,
    _ x: Tensor,
    _ dim: Int,
    given: Int,
    _ choose: ([Scalar]) -> [Int]
  ) throws(AutogradError) -> (values: Tensor, indices: Tensor) {
    try observing(name, [x]) { () throws(AutogradError) in
      let all = elements(x)
      let length = x.dim == 0 ? 1 : x.sizes[dim]
      let step = x.dim == 0 ? 1 : Shape.numel(Array(x.sizes[(dim + 1)...]))
      let outer = length == 0 ? 0 : all.count / max(length * step, 1)
      var sizes = x.sizes
      var count = length
      var picked: [[Int]] = []
      for row in 0..<(outer * step) {
        let start = row / step * length * step + row % step
        let places = choose((0..<length).map { all[start + $0 * step] })
        count = places.count
        picked.append(places)
      }
      if x.dim > 0 { sizes[dim] = picked.isEmpty ? choose([]).count : count }
      var values = [Scalar](repeating: .int(0), count: Shape.numel(sizes))
      var indices = values
      for (row, places) in picked.enumerated() {
        let source = row / step * length * step + row % step
        let target = row / step * count * step + row % step
        for (position, place) in places.enumerated() {
          values[target + position * step] = all[source + place * step]
          indices[target + position * step] = .int(place)
        }
      }
      let (found, order) = try silently { () throws(AutogradError) in
        (try tensor(values, sizes: sizes, x.dtype), try tensor(indices, sizes: sizes, .int64))
      }
      try record(
        derivative,
        inputs: [x],
        results: [found],
        extra: [order],
        [.int(given), .ints(x.sizes)]
      )
      finished(name, [x], [found, order], [("dim", .int(given))])
      return (found, order)
    }
  }

  /// One element of every row, by its place.
  private func single(
    _ name: String,
    _ derivative: Derivative,
    _ x: Tensor,
    _ dim: Int,
    given: Int,
    keepdim: Bool,
    _ choose: ([Scalar]) -> Int
  ) throws(AutogradError) -> (values: Tensor, indices: Tensor) {
    try observing(name, [x]) { () throws(AutogradError) in
      let (values, indices) = try silently { () throws(AutogradError) in
        let (values, indices) = try chosen(name, derivative, x, dim, given: given) { row in
          row.isEmpty ? [] : [choose(row)]
        }
        if keepdim || x.dim == 0 { return (values, indices) }
        return (
          try clone(squeeze(values, [dim])), try clone(squeeze(indices, [dim]))
        )
      }
      try record(
        derivative,
        inputs: [x],
        results: [values],
        extra: [indices],
        [.int(given), .bool(keepdim), .ints(x.sizes)]
      )
      finished(name, [x], [values, indices], [("dim", .int(given))])
      return (values, indices)
    }
  }
}
