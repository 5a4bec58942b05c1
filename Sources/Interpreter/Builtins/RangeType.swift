/// The methods of `range`.
enum RangeType {
  static let rows: [BuiltinRow] = [
    BuiltinRow("__new__", 0...3, new),
    BuiltinRow("__repr__", 0...0) { (machine, a) throws(PythonError) in
      let range: RangeObject = try machine.receiver(a)
      let step = range.step == 1 ? "" : ", \(range.step)"
      return machine.string("range(\(range.start), \(range.stop)\(step))")
    },
    BuiltinRow("__len__", 0...0) { (machine, a) throws(PythonError) in
      .int(try machine.receiver(a, RangeObject.self).count)
    },
    BuiltinRow("__iter__", 0...0) { (machine, a) throws(PythonError) in
      .object(RangeIterator(try machine.receiver(a), type: machine.types.rangeIterator))
    },
    BuiltinRow("__reversed__", 0...0) { (machine, a) throws(PythonError) in
      let range: RangeObject = try machine.receiver(a)
      return .object(
        RangeIterator(
          RangeObject(
            start: range.start + (range.count - 1) * range.step,
            stop: range.start - range.step,
            step: -range.step,
            type: machine.types.range
          ),
          type: machine.types.rangeIterator
        )
      )
    },
    BuiltinRow("__getitem__", 1...1, getItem),
    BuiltinRow("__contains__", 1...1) { (machine, a) throws(PythonError) in
      .bool(try place(of: a[1], in: machine.receiver(a), machine) != nil)
    },
    BuiltinRow("index", 1...1) { (machine, a) throws(PythonError) in
      if let place = try place(of: a[1], in: machine.receiver(a), machine) { return .int(place) }
      let isWhole = Number(a[1]).map { !$0.isFloat } ?? false
      throw machine.valueError(
        isWhole
          ? "\(try machine.repr(a[1])) is not in range"
          : "sequence.index(x): x not in sequence"
      )
    },
    BuiltinRow("count", 1...1) { (machine, a) throws(PythonError) in
      .int(try place(of: a[1], in: machine.receiver(a), machine) == nil ? 0 : 1)
    },
    BuiltinRow("__eq__", 1...1) { (machine, a) throws(PythonError) in
      guard let left = a[0].object(RangeObject.self), let right = a[1].object(RangeObject.self)
      else { return .notImplemented }
      return .bool(areEqual(left, right))
    },
    BuiltinRow("__ne__", 1...1) { (machine, a) throws(PythonError) in
      guard let left = a[0].object(RangeObject.self), let right = a[1].object(RangeObject.self)
      else { return .notImplemented }
      return .bool(!areEqual(left, right))
    },
    BuiltinRow("__hash__", 0...0) { (machine, a) throws(PythonError) in
      let range: RangeObject = try machine.receiver(a)
      let count = range.count
      var hash = Hashing.OfTuple()
      hash.add(Hashing.hash(count))
      hash.add(count > 0 ? Hashing.hash(range.start) : Hashing.none)
      hash.add(count > 1 ? Hashing.hash(range.step) : Hashing.none)
      return .int(hash.result)
    },
  ]

  static let attributes: [AttributeRow] = [
    AttributeRow("start") { (_, value) throws(PythonError) in
      .int(value.object(RangeObject.self)?.start ?? 0)
    },
    AttributeRow("stop") { (_, value) throws(PythonError) in
      .int(value.object(RangeObject.self)?.stop ?? 0)
    },
    AttributeRow("step") { (_, value) throws(PythonError) in
      .int(value.object(RangeObject.self)?.step ?? 1)
    },
  ]

  private static func new(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    var parts: [Int] = []
    for value in a.positional(from: 1) {
      guard case .int(let part) = try machine.wholeIndex(value) else {
        throw machine.overflowError("Python int too large to convert to C ssize_t")
      }
      parts.append(part)
    }
    if parts.isEmpty { throw machine.typeError("range expected at least 1 argument, got 0") }
    let step = parts.count > 2 ? parts[2] : 1
    if step == 0 { throw machine.valueError("range() arg 3 must not be zero") }
    let start = parts.count > 1 ? parts[0] : 0
    let stop = parts.count > 1 ? parts[1] : parts[0]
    // The distance must fit a word, which it does for anything that could be walked.
    if stop.subtractingReportingOverflow(start).overflow {
      throw machine.overflowError("Python int too large to convert to C ssize_t")
    }
    return .object(
      RangeObject(start: start, stop: stop, step: step, type: machine.types.range)
    )
  }

  private static func getItem(_ machine: Machine, _ a: Arguments) throws(PythonError) -> Value {
    let range: RangeObject = try machine.receiver(a)
    if let slice = a[1].object(SliceObject.self) {
      let (start, stop, step) = try slice.bounds(range.count, machine)
      return .object(
        RangeObject(
          start: range.start + start * range.step,
          stop: range.start + stop * range.step,
          step: range.step &* step,
          type: machine.types.range
        )
      )
    }
    let place = try machine.position(a[1], count: range.count) { name in
      "range indices must be integers or slices, not \(name)"
    }
    guard let place else { throw machine.indexError("range object index out of range") }
    return .int(range.start + place * range.step)
  }

  private static func place(
    of value: Value,
    in range: RangeObject,
    _ machine: Machine
  ) throws(PythonError) -> Int? {
    switch Number(value) {
    case .int(let number):
      let inside =
        range.step > 0
        ? number >= range.start && number < range.stop
        : number <= range.start && number > range.stop
      guard inside, (number - range.start) % range.step == 0 else { return nil }
      return (number - range.start) / range.step
    case .float(let number):
      guard let whole = Int(exactly: number) else { return nil }
      return try place(of: .int(whole), in: range, machine)
    case .big: return nil
    case nil:
      var item = range.start
      for place in 0..<range.count {
        if try machine.isSame(.int(item), value) { return place }
        item &+= range.step
      }
      return nil
    }
  }

  private static func areEqual(_ left: RangeObject, _ right: RangeObject) -> Bool {
    let count = left.count
    guard count == right.count else { return false }
    if count == 0 { return true }
    return left.start == right.start && (count == 1 || left.step == right.step)
  }
}

/// The methods of `slice`.
enum SliceType {
  static let rows: [BuiltinRow] = [
    BuiltinRow("__new__", 1...3) { (machine, a) throws(PythonError) in
      let parts = a.positional(from: 1)
      return parts.count == 1
        ? machine.slice(.none, parts[0], .none)
        : machine.slice(parts[0], parts[1], parts.count > 2 ? parts[2] : .none)
    },
    BuiltinRow("__repr__", 0...0) { (machine, a) throws(PythonError) in
      let slice: SliceObject = try machine.receiver(a)
      let lower = try machine.repr(slice.lower)
      let upper = try machine.repr(slice.upper)
      return machine.string("slice(\(lower), \(upper), \(try machine.repr(slice.step)))")
    },
    BuiltinRow("indices", 1...1) { (machine, a) throws(PythonError) in
      let count = try machine.index(a[1])
      if count < 0 { throw machine.valueError("length should not be negative") }
      let slice: SliceObject = try machine.receiver(a)
      let (start, stop, step) = try slice.bounds(count, machine)
      return machine.tuple([.int(start), .int(stop), .int(step)])
    },
    BuiltinRow("__eq__", 1...1) { (machine, a) throws(PythonError) in
      guard let left = a[0].object(SliceObject.self), let right = a[1].object(SliceObject.self)
      else { return .notImplemented }
      return .bool(
        try machine.areEqual(
          [left.lower, left.upper, left.step],
          [right.lower, right.upper, right.step]
        )
      )
    },
  ]

  static let attributes: [AttributeRow] = [
    AttributeRow("start") { (_, value) throws(PythonError) in
      value.object(SliceObject.self)?.lower ?? .none
    },
    AttributeRow("stop") { (_, value) throws(PythonError) in
      value.object(SliceObject.self)?.upper ?? .none
    },
    AttributeRow("step") { (_, value) throws(PythonError) in
      value.object(SliceObject.self)?.step ?? .none
    },
  ]
}
