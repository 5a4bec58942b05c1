import Autograd

// Index expressions.
extension Torch {
  /// The rows of subscripts.
  static let indexRows: [BuiltinRow] = [
    BuiltinRow("__getitem__", 1...1) { (machine, arguments) throws(PythonError) in
      let torch = machine.requireTorch()
      guard let tensor = torch.tensor(arguments[0]) else { return .notImplemented }
      let key = try torch.indices(arguments[1])
      return torch.wrap(
        try torch.run { () throws(AutogradError) in
          try torch.session.getItem(tensor, key.indices, isTuple: key.isTuple)
        }
      )
    },
    BuiltinRow("__setitem__", 2...2) { (machine, arguments) throws(PythonError) in
      let torch = machine.requireTorch()
      let tensor = try torch.object(arguments[0]).tensor
      let value: Tensor
      if let source = torch.tensor(arguments[2]) {
        value = source
      } else if torch.isNumber(arguments[2]) {
        let number = try torch.scalar(arguments[2])
        value = try torch.run { () throws(AutogradError) in
          try torch.session.unwatched { () throws(AutogradError) in
            try torch.session.tensor([number], sizes: [], tensor.dtype)
          }
        }
      } else {
        throw machine.typeError(
          "can't assign a \(torch.typeName(arguments[2])) to a \(tensor.dtype.tensorTypeName)"
        )
      }
      let key = try torch.indices(arguments[1])
      try torch.run { () throws(AutogradError) in
        try torch.session.setItem(tensor, key.indices, isTuple: key.isTuple, value)
      }
      return .none
    },
    BuiltinRow("__delitem__", 1...1) { (machine, arguments) throws(PythonError) in
      throw machine.typeError("Tensor does not support deleting items")
    },
  ]

  /// The index expression of a key; a single index is a list of one.
  func indices(
    _ key: Value
  ) throws(PythonError) -> (indices: [TensorIndex], isTuple: Bool) {
    if let tuple = key.object(TupleObject.self) {
      var indices: [TensorIndex] = []
      indices.reserveCapacity(tuple.items.count)
      for item in tuple.items { indices.append(try index(item)) }
      return (indices, true)
    }
    if let list = key.object(ListObject.self), treatsAsTuple(list.items) {
      try warn(
        "Using a non-tuple sequence for multidimensional indexing is deprecated and will be changed "
          + "in pytorch 2.9; use x[tuple(seq)] instead of x[seq]. In pytorch 2.9 this will be "
          + "interpreted as tensor index, x[torch.tensor(seq)], which will result either in an error "
          + "or a different result"
      )
      var indices: [TensorIndex] = []
      for item in list.items { indices.append(try index(item)) }
      return (indices, true)
    }
    return ([try index(key)], false)
  }

  // The rule of NumPy for short lists that hold more than numbers.
  private func treatsAsTuple(_ items: [Value]) -> Bool {
    if items.count >= 32 { return false }
    for item in items {
      if isTensor(item) || self.items(of: item) != nil { return true }
      switch item {
      case .none, .ellipsis: return true
      case .object(let object) where object is SliceObject: return true
      default: break
      }
    }
    return false
  }

  private func index(_ item: Value) throws(PythonError) -> TensorIndex {
    switch item {
    case .int(let number): return .integer(number)
    case .bool(let truth): return .bool(truth)
    case .none: return .newDimension
    case .ellipsis: return .ellipsis
    case .object(let object):
      if let slice = object as? SliceObject { return try index(slice) }
      if let tensor = tensor(item) { return .tensor(tensor) }
      if items(of: item) != nil || object is RangeObject {
        return .tensor(try makeTensor(item, dtype: emptyDType(item)))
      }
      if object is StringObject {
        throw machine.indexError(Self.invalidIndex + " (got str)")
      }
      if !machine.type(of: item).find(machine.names.dunderIndex).isUnbound {
        return .integer(try machine.index(item))
      }
    default: break
    }
    throw machine.indexError(Self.invalidIndex + " (got \(typeName(item)))")
  }

  private func emptyDType(_ value: Value) -> DType? {
    if let items = items(of: value), items.isEmpty { return .int64 }
    return nil
  }

  private func index(_ slice: SliceObject) throws(PythonError) -> TensorIndex {
    let step = slice.step.isNone ? nil : try sliceBound(slice.step)
    if let step, step <= 0 {
      throw machine.valueError(
        step == 0 ? "slice step cannot be zero" : "step must be greater than zero"
      )
    }
    return .slice(
      start: slice.lower.isNone ? nil : try sliceBound(slice.lower),
      stop: slice.upper.isNone ? nil : try sliceBound(slice.upper),
      step: step
    )
  }

  private func sliceBound(_ value: Value) throws(PythonError) -> Int {
    if case .int(let number) = value { return number }
    if let tensor = tensor(value) { return try int(wrap(tensor)) }
    if value.object(IntegerObject.self) != nil {
      return try machine.isTrue(machine.compare(.less, value, .int(0))) ? Int.min : Int.max
    }
    guard !machine.type(of: value).find(machine.names.dunderIndex).isUnbound else {
      throw machine.typeError("slice indices must be integers or None or have an __index__ method")
    }
    return try machine.index(value)
  }

  private static let invalidIndex =
    "only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid indices"
}
