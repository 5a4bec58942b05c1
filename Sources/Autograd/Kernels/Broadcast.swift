/// Sizes, strides and order of an element-wise operation, as PyTorch's `TensorIterator` finds them.
enum Broadcast {
  /// The common sizes of two shapes.
  ///
  /// - Throws: If a size differs and neither is 1.
  static func sizes(_ a: [Int], _ b: [Int]) throws(AutogradError) -> [Int] {
    if a == b { return a }
    if b.isEmpty { return a }
    if a.isEmpty { return b }
    let count = max(a.count, b.count)
    var sizes = [Int](repeating: 1, count: count)
    for index in stride(from: count - 1, through: 0, by: -1) {
      let left = index - (count - a.count)
      let right = index - (count - b.count)
      let m = left >= 0 ? a[left] : 1
      let n = right >= 0 ? b[right] : 1
      guard m == n || m == 1 || n == 1 else {
        throw .runtime(
          "The size of tensor a (\(m)) must match the size of tensor b (\(n)) at non-singleton "
            + "dimension \(index)"
        )
      }
      sizes[index] = m == 1 ? n : m
    }
    return sizes
  }

  /// The strides of an operand seen with broadcast sizes; 0 where it is repeated.
  static func strides(_ sizes: [Int], _ strides: [Int], in target: [Int]) -> [Int] {
    if sizes == target { return strides }
    let missing = target.count - sizes.count
    var result = [Int](repeating: 0, count: target.count)
    for index in sizes.indices {
      let repeated = sizes[index] == 1 && target[missing + index] != 1
      result[missing + index] = repeated ? 0 : strides[index]
    }
    return result
  }

  /// The strides of a new result: dense, in the order of the operands' strides.
  static func resultStrides(_ sizes: [Int], operands: [[Int]]) -> [Int] {
    let count = sizes.count
    // From the fastest dimension to the slowest.
    var order = Array((0..<count).reversed())
    func comparison(_ d0: Int, _ d1: Int) -> Int {
      for strides in operands {
        let s0 = strides[d0]
        let s1 = strides[d1]
        if s0 == 0 || s1 == 0 { continue }
        if s0 < s1 { return -1 }
        if s0 > s1 { return 1 }
        if sizes[d0] > sizes[d1] { return 1 }
      }
      return 0
    }
    for i in 1..<max(count, 1) {
      var moving = i
      for other in stride(from: i - 1, through: 0, by: -1) {
        let result = comparison(order[other], order[moving])
        if result > 0 {
          order.swapAt(other, moving)
          moving = other
        } else if result < 0 {
          break
        }
      }
    }
    var strides = [Int](repeating: 1, count: count)
    var next = 1
    for dim in order {
      strides[dim] = next
      next &*= max(sizes[dim], 1)
    }
    return strides
  }
}

/// Runs over rows of several operands of one size.
struct StridedRows {
  /// Elements in a row.
  private(set) var count: Int
  /// The operands' strides within a row.
  private(set) var inner: [Int]

  private var sizes: [Int] = []
  private var strides: [[Int]] = []
  private var isEmpty = false

  /// Joins dimensions where it can and chooses the innermost by the first operand.
  init(_ sizes: [Int], _ operands: [[Int]]) {
    var dims = sizes.indices.filter { sizes[$0] != 1 }
    isEmpty = sizes.contains(0)
    let first = operands[0]
    let positions = Dictionary(uniqueKeysWithValues: dims.enumerated().map { ($1, $0) })
    dims.sort {
      first[$0] != first[$1] ? first[$0] > first[$1] : (positions[$0] ?? 0) < (positions[$1] ?? 0)
    }
    var joined: [Int] = []
    var columns = operands.map { _ in [Int]() }
    for dim in dims {
      if let last = joined.indices.last,
        operands.indices.allSatisfy({ columns[$0][last] == operands[$0][dim] &* sizes[dim] })
      {
        joined[last] &*= sizes[dim]
        for index in operands.indices { columns[index][last] = operands[index][dim] }
      } else {
        joined.append(sizes[dim])
        for index in operands.indices { columns[index].append(operands[index][dim]) }
      }
    }
    count = joined.popLast() ?? 1
    inner = columns.indices.map { columns[$0].popLast() ?? 0 }
    self.sizes = joined
    strides = columns
  }

  /// Calls a closure with the operands' offsets of every row.
  @inline(__always)
  func forEachRow(_ body: ([Int]) -> Void) {
    if isEmpty { return }
    var offsets = [Int](repeating: 0, count: inner.count)
    var counters = [Int](repeating: 0, count: sizes.count)
    while true {
      body(offsets)
      var dim = sizes.count - 1
      while dim >= 0 {
        counters[dim] += 1
        for index in offsets.indices { offsets[index] &+= strides[index][dim] }
        if counters[dim] < sizes[dim] { break }
        for index in offsets.indices { offsets[index] &-= strides[index][dim] &* sizes[dim] }
        counters[dim] = 0
        dim -= 1
      }
      if dim < 0 { return }
    }
  }
}
