/// The stable sort of `list.sort` and `sorted`.
///
/// Short runs are found and extended by binary insertion as CPython does, so that comparisons come in its order;
/// the runs are then merged.
struct Sorting {
  private let machine: Machine

  init(_ machine: Machine) {
    self.machine = machine
  }

  /// The items in order of themselves or of their keys.
  mutating func sorted(
    _ items: [Value],
    key: Value,
    reverse: Bool
  ) throws(PythonError) -> [Value] {
    var keys = items
    if !key.isNone {
      for i in items.indices { keys[i] = try machine.call(key, [items[i]]) }
    }
    guard items.count > 1 else { return items }
    // A stable sort backwards is a stable sort of the reversed items, reversed.
    var order = Array(keys.indices)
    if reverse { order.reverse() }
    try sort(&order, by: keys)
    if reverse { order.reverse() }
    var sorted: [Value] = []
    sorted.reserveCapacity(items.count)
    for i in order { sorted.append(items[i]) }
    return sorted
  }

  private func sort(_ order: inout [Int], by keys: [Value]) throws(PythonError) {
    if let numbers = plainInts(keys) {
      try sort(&order) { (a, b) throws(PythonError) in numbers[a] < numbers[b] }
    } else if let numbers = plainFloats(keys) {
      try sort(&order) { (a, b) throws(PythonError) in numbers[a] < numbers[b] }
    } else if let texts = plainTexts(keys) {
      try sort(&order) { (a, b) throws(PythonError) in texts[a].precedes(texts[b]) }
    } else {
      let machine = machine
      try sort(&order) { (a, b) throws(PythonError) in try machine.isLess(keys[a], keys[b]) }
    }
  }

  private func plainInts(_ keys: [Value]) -> [Int]? {
    var numbers: [Int] = []
    numbers.reserveCapacity(keys.count)
    for key in keys {
      guard case .int(let number) = key else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  private func plainFloats(_ keys: [Value]) -> [Double]? {
    var numbers: [Double] = []
    numbers.reserveCapacity(keys.count)
    for key in keys {
      guard case .float(let number) = key else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  private func plainTexts(_ keys: [Value]) -> [String]? {
    var texts: [String] = []
    texts.reserveCapacity(keys.count)
    for key in keys {
      guard case .object(let object) = key, let string = object.asPlainString else { return nil }
      texts.append(string.text)
    }
    return texts
  }
}

// MARK: - Runs and merges

extension Sorting {
  private typealias Less = (Int, Int) throws(PythonError) -> Bool

  private func sort(
    _ order: inout [Int],
    _ less: Less
  ) throws(PythonError) {
    let least = Self.leastRun(order.count)
    var runs: [Range<Int>] = []
    var start = 0
    while start < order.count {
      let found = try run(&order, from: start, less)
      let end = max(found, min(order.count, start + least))
      try insert(&order, start, sorted: found, end, less)
      runs.append(start..<end)
      start = end
    }
    var buffer = order
    while runs.count > 1 {
      var merged: [Range<Int>] = []
      for i in stride(from: 0, to: runs.count, by: 2) {
        guard i + 1 < runs.count else {
          merged.append(runs[i])
          continue
        }
        try merge(&order, runs[i], runs[i + 1], &buffer, less)
        merged.append(runs[i].lowerBound..<runs[i + 1].upperBound)
      }
      runs = merged
    }
  }

  /// The end of the run that begins at `start`; a falling one is turned round.
  private func run(
    _ order: inout [Int],
    from start: Int,
    _ less: Less
  ) throws(PythonError) -> Int {
    var end = start + 1
    guard end < order.count else { return end }
    if try less(order[end], order[start]) {
      end += 1
      while end < order.count {
        if try !less(order[end], order[end - 1]) { break }
        end += 1
      }
      order[start..<end].reverse()
    } else {
      end += 1
      while end < order.count {
        if try less(order[end], order[end - 1]) { break }
        end += 1
      }
    }
    return end
  }

  private func insert(
    _ order: inout [Int],
    _ start: Int,
    sorted: Int,
    _ end: Int,
    _ less: Less
  ) throws(PythonError) {
    for next in sorted..<max(sorted, end) {
      let pivot = order[next]
      var low = start
      var high = next
      while low < high {
        let middle = low + (high - low) / 2
        if try less(pivot, order[middle]) { high = middle } else { low = middle + 1 }
      }
      var i = next
      while i > low {
        order[i] = order[i - 1]
        i -= 1
      }
      order[low] = pivot
    }
  }

  private func merge(
    _ order: inout [Int],
    _ left: Range<Int>,
    _ right: Range<Int>,
    _ buffer: inout [Int],
    _ less: Less
  ) throws(PythonError) {
    for i in left { buffer[i] = order[i] }
    var i = left.lowerBound
    var j = right.lowerBound
    var k = left.lowerBound
    while i < left.upperBound, j < right.upperBound {
      if try less(order[j], buffer[i]) {
        order[k] = order[j]
        j += 1
      } else {
        order[k] = buffer[i]
        i += 1
      }
      k += 1
    }
    while i < left.upperBound {
      order[k] = buffer[i]
      i += 1
      k += 1
    }
  }

  /// CPython's shortest run: the top six bits of the count, plus one when any bit below is set.
  private static func leastRun(_ count: Int) -> Int {
    var count = count
    var rest = 0
    while count >= 64 {
      rest |= count & 1
      count >>= 1
    }
    return count + rest
  }
}
