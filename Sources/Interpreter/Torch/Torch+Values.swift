import Autograd

// Values of Python as the engine takes them.
extension Torch {
  /// A Python number, or a tensor of one element, as a number of the engine.
  func scalar(_ value: Value) throws(PythonError) -> Scalar {
    switch value {
    case .float(let number): return .float(number)
    case .int(let number): return .int(number)
    case .bool(let truth): return .bool(truth)
    case .object(let object):
      if let tensor = tensor(value) {
        return try run { () throws(AutogradError) in try session.item(tensor) }
      }
      if object is IntegerObject {
        throw machine.runtimeError("value cannot be converted to type int64_t without overflow")
      }
      if let instance = object as? NumberInstance { return try scalar(instance.number) }
    default: break
    }
    throw machine.typeError("must be Number, not \(typeName(value))")
  }

  /// A Python int, or what has an `__index__`, as a word.
  func int(_ value: Value) throws(PythonError) -> Int {
    if case .int(let number) = value { return number }
    if let tensor = tensor(value) {
      return try run { () throws(AutogradError) in try session.item(tensor) }.integer
    }
    if value.object(IntegerObject.self) != nil {
      throw machine.runtimeError("Overflow when unpacking long long")
    }
    return try machine.index(value)
  }

  /// The dtype that a value names: an object of dtype or one of Python's number classes.
  func dtype(of value: Value) -> DType? {
    guard case .object(let object) = value else { return nil }
    if let dtype = object as? DTypeObject { return dtype.dtype }
    if object === machine.types.float { return .float64 }
    if object === machine.types.int { return .int64 }
    if object === machine.types.bool { return .bool }
    return nil
  }

  /// A number of the engine as a Python number.
  func value(_ scalar: Scalar) -> Value {
    switch scalar {
    case .bool(let truth): .bool(truth)
    case .int(let number): .int(number)
    case .float(let number): .float(number)
    }
  }

  /// Sizes as a `torch.Size`.
  func size(_ sizes: [Int]) -> Value {
    .object(TupleObject(sizes.map { .int($0) }, type: types.size))
  }

  /// Ints as a plain tuple.
  func tuple(_ ints: [Int]) -> Value { machine.tuple(ints.map { .int($0) }) }
}

extension Torch {
  /// The indices of elements that are not zero, a tensor for each dimension.
  func indicesOfNonzero(_ tensor: Tensor) throws -> Value {
    let rows = try session.nonzero(tensor.dim == 0 ? session.unsqueeze(tensor, 0) : tensor)
    return machine.tuple(try session.unbind(rows, 1).map { wrap($0) })
  }
}
