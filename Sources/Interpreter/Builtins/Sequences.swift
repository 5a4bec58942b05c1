/// What lists, tuples, texts and ranges have in common: indices, slices, comparison, repetition.
extension SliceObject {
  /// The items that a slice picks out of `count`: a start, a step and how many.
  struct Picked {
    let start: Int
    let step: Int
    let count: Int

    /// The indices in order.
    func indices() -> [Int] {
      var indices: [Int] = []
      indices.reserveCapacity(count)
      for i in 0..<count { indices.append(start + i * step) }
      return indices
    }
  }

  /// What the slice picks out of `count` items.
  func picked(from count: Int, _ machine: Machine) throws(PythonError) -> Picked {
    let (start, stop, step) = try bounds(count, machine)
    let picked: Int
    if step > 0 {
      picked = start < stop ? (stop - start - 1) / step + 1 : 0
    } else {
      picked = stop < start ? (start - stop - 1) / -step + 1 : 0
    }
    return Picked(start: start, step: step, count: picked)
  }

  /// `slice.indices(count)`.
  func bounds(
    _ count: Int,
    _ machine: Machine
  ) throws(PythonError) -> (start: Int, stop: Int, step: Int) {
    var step = 1
    if !self.step.isNone {
      step = max(try machine.clampedIndex(self.step), -Int.max)
      if step == 0 { throw machine.valueError("slice step cannot be zero") }
    }
    func place(_ value: Value, _ standard: Int) throws(PythonError) -> Int {
      if value.isNone { return standard }
      var index = try machine.clampedIndex(value)
      if index < 0 { index = max(index, -count) + count - (index < -count ? 1 : 0) }
      if index < 0 { return step < 0 ? -1 : 0 }
      return index >= count ? (step < 0 ? count - 1 : count) : index
    }
    let start = try place(lower, step < 0 ? count - 1 : 0)
    let stop = try place(upper, step < 0 ? -1 : count)
    return (start, stop, step)
  }
}

extension Machine {
  /// The position that `key` means in `count` items; nil where it is out of range.
  ///
  /// `message` says what indices of the kind must be, for the TypeError.
  func position(
    _ key: Value,
    count: Int,
    _ message: (String) -> String
  ) throws(PythonError) -> Int? {
    let index: Int
    if case .int(let small) = key {
      index = small
    } else {
      guard let number = try wholeIndexIfAny(key) else {
        throw typeError(message(typeName(key)))
      }
      guard case .int(let small) = number else {
        throw error(types.indexError, "cannot fit '\(typeName(key))' into an index-sized integer")
      }
      index = small
    }
    let place = index < 0 ? index + count : index
    return place >= 0 && place < count ? place : nil
  }

  /// Whether two runs of items are equal.
  func areEqual(_ a: [Value], _ b: [Value]) throws(PythonError) -> Bool {
    guard a.count == b.count else { return false }
    var i = 0
    while i < a.count {
      if try !isSame(a[i], b[i]) { return false }
      i += 1
    }
    return true
  }

  /// Whether two items are one object or equal, as containers compare.
  func isSame(_ a: Value, _ b: Value) throws(PythonError) -> Bool {
    if a.isIdentical(to: b) { return true }
    return try isEqual(a, b)
  }

  /// Compares two runs of items as sequences compare: the first difference decides.
  func compare(
    _ op: ComparisonOperator,
    _ a: some ListOrTuple,
    _ b: some ListOrTuple
  ) throws(PythonError) -> Value {
    var i = 0
    while i < a.items.count, i < b.items.count {
      if try !isSame(a.items[i], b.items[i]) {
        switch op {
        case .equal: return .bool(false)
        case .notEqual: return .bool(true)
        default: return try compare(op, a.items[i], b.items[i])
        }
      }
      i += 1
    }
    return .bool(op.holds(forOrder: a.items.count - b.items.count))
  }

  /// The items repeated `times`, for `*`.
  func repeated(_ items: [Value], _ times: Int) throws(PythonError) -> [Value] {
    guard times > 0, !items.isEmpty else { return [] }
    if times == 1 { return items }
    let (total, overflow) = items.count.multipliedReportingOverflow(by: times)
    if overflow { throw memoryError() }
    try checkSize(total, of: MemoryLayout<Value>.stride)
    if items.count == 1 { return [Value](repeating: items[0], count: total) }
    var result: [Value] = []
    result.reserveCapacity(total)
    for _ in 0..<times { result += items }
    return result
  }

  /// How often `*` repeats, nil where the operand is no whole number.
  func repetitions(_ value: Value) throws(PythonError) -> Int? {
    guard let number = try wholeIndexIfAny(value) else { return nil }
    return try count(number)
  }

  /// `[…]`, `(…)` or `{…}` of items; `shell` marks an object that contains itself.
  func repr(
    _ items: [Value],
    of object: Object,
    open: String,
    close: String,
    recursive: String
  ) throws(PythonError) -> String {
    guard enterRepr(object) else { return recursive }
    defer { leaveRepr(object) }
    var text = open
    var first = true
    for item in items {
      if !first { text += ", " }
      first = false
      text += try repr(item)
    }
    return text + close
  }
}

/// A list or a tuple, whose items can be compared one by one.
protocol ListOrTuple: Object {
  /// The items as they are now.
  var items: [Value] { get }
}

extension ListObject: ListOrTuple {}
extension TupleObject: ListOrTuple {}

extension ComparisonOperator {
  /// Whether the comparison holds for two things of which the first is below (< 0), at or above the second.
  func holds(forOrder order: Int) -> Bool {
    switch self {
    case .less: order < 0
    case .lessOrEqual: order <= 0
    case .equal: order == 0
    case .notEqual: order != 0
    case .greater: order > 0
    case .greaterOrEqual: order >= 0
    case .is, .isNot, .in, .notIn: false
    }
  }

  /// The name of the method and the operator of each rich comparison.
  static let methods: [(name: String, op: ComparisonOperator)] = [
    ("__lt__", .less), ("__le__", .lessOrEqual), ("__eq__", .equal), ("__ne__", .notEqual),
    ("__gt__", .greater), ("__ge__", .greaterOrEqual),
  ]
}
