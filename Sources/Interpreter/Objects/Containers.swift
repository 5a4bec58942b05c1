/// A Python `tuple`, also the base of named tuples and of `torch.Size`.
final class TupleObject: Object {
  /// The items.
  let items: [Value]

  init(_ items: [Value], type: TypeObject?) {
    self.items = items
    super.init(type: type)
  }
}

/// A Python `list`.
final class ListObject: Object {
  /// The items.
  var items: [Value]

  init(_ items: [Value], type: TypeObject?) {
    self.items = items
    super.init(type: type)
  }
}

/// A Python `dict`, also of `OrderedDict`, `defaultdict` and `Counter`.
final class DictObject: Object {
  /// The entries in order of insertion.
  var table = ValueTable()
}

/// A Python `set` or `frozenset`.
final class SetObject: Object {
  /// The members.
  var table = SetTable()
}

/// A Python `slice`.
final class SliceObject: Object {
  let lower: Value
  let upper: Value
  let step: Value

  init(lower: Value, upper: Value, step: Value, type: TypeObject?) {
    self.lower = lower
    self.upper = upper
    self.step = step
    super.init(type: type)
  }
}

/// A Python `range`.
final class RangeObject: Object {
  let start: Int
  let stop: Int
  let step: Int

  init(start: Int, stop: Int, step: Int, type: TypeObject?) {
    self.start = start
    self.stop = stop
    self.step = step
    super.init(type: type)
  }

  /// The number of items.
  var count: Int {
    if step > 0 { return start < stop ? (stop - start - 1) / step + 1 : 0 }
    return start > stop ? (start - stop - 1) / -step + 1 : 0
  }
}
