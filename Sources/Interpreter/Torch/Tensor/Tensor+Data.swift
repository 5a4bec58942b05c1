import Autograd

// Tensors from Python data, and back.
extension Torch {
  /// What nested lists of numbers hold: their shape, and the numbers in order.
  struct NestedData {
    var sizes: [Int] = []
    var elements: [Scalar] = []
    /// The type that the numbers ask for.
    var dtype = DType.bool
    /// Whether there is any number.
    var isEmpty: Bool { elements.isEmpty }
  }

  /// Reads nested sequences of numbers and tensors.
  func nestedData(_ value: Value) throws(PythonError) -> NestedData {
    var data = NestedData()
    data.sizes = try shape(of: value)
    data.elements.reserveCapacity(Shape.numel(data.sizes))
    try collect(value, depth: 0, into: &data)
    if data.isEmpty { data.dtype = session.defaultDType }
    return data
  }

  /// The shape by the first item of each level.
  private func shape(of value: Value) throws(PythonError) -> [Int] {
    var sizes: [Int] = []
    var value = value
    while true {
      if let tensor = tensor(value) { return sizes + tensor.sizes }
      guard let items = try sequence(value) else { return sizes }
      sizes.append(items.count)
      if sizes.count > 128 {
        throw machine.valueError("too many dimensions '\(typeName(value))'")
      }
      guard let first = items.first else { return sizes }
      value = first
    }
  }

  /// The items of what counts as a sequence of data; nil for a number.
  private func sequence(_ value: Value) throws(PythonError) -> [Value]? {
    if let items = items(of: value) { return items }
    guard case .object(let object) = value else { return nil }
    if object is StringObject { return nil }
    if object is RangeObject { return try machine.items(value) }
    guard tensor(value) == nil else { return nil }
    let type = machine.type(of: value)
    if type.find(machine.names.dunderLen).isUnbound
      || type.find(machine.names.dunderGetitem).isUnbound || object is DictObject
      || object is SetObject
    {
      return nil
    }
    return try machine.items(value)
  }

  // Depth is that of the shape, of which the first items were already walked.
  private func collect(
    _ value: Value,
    depth: Int,
    into data: inout NestedData
  ) throws(PythonError) {
    if depth == data.sizes.count {
      try append(value, to: &data)
      return
    }
    if let tensor = tensor(value) {
      try append(tensor, Array(data.sizes[depth...]), depth, to: &data)
      return
    }
    guard let items = try sequence(value) else {
      throw machine.typeError("not a sequence")
    }
    guard items.count == data.sizes[depth] else {
      throw machine.valueError(
        "expected sequence of length \(data.sizes[depth]) at dim \(depth) (got \(items.count))"
      )
    }
    for item in items { try collect(item, depth: depth + 1, into: &data) }
  }

  private func append(_ value: Value, to data: inout NestedData) throws(PythonError) {
    switch value {
    case .float(let number):
      data.elements.append(.float(number))
      data.dtype = DType.promote(data.dtype, session.defaultDType)
    case .int(let number):
      data.elements.append(.int(number))
      if data.dtype == .bool { data.dtype = .int64 }
    case .bool(let truth): data.elements.append(.bool(truth))
    case .object(let object):
      if let tensor = tensor(value) {
        guard tensor.dim == 0 else {
          throw machine.valueError("only one element tensors can be converted to Python scalars")
        }
        try warnOfConversion(tensor)
        data.elements.append(TensorFormatter.Content(tensor).first)
        data.dtype = DType.promote(data.dtype, tensor.dtype)
      } else if object is IntegerObject {
        throw machine.runtimeError("Overflow when unpacking long long")
      } else if let instance = object as? NumberInstance {
        try append(instance.number, to: &data)
      } else {
        try refuse(value, data)
      }
    case .none, .ellipsis, .notImplemented, .unbound: try refuse(value, data)
    }
  }

  private func refuse(_ value: Value, _ data: NestedData) throws(PythonError) {
    if items(of: value) != nil {
      throw machine.typeError("must be real number, not \(typeName(value))")
    }
    if data.sizes.isEmpty {
      if value.object(StringObject.self) != nil {
        throw machine.typeError("new(): invalid data type '\(typeName(value))'")
      }
      throw machine.runtimeError("Could not infer dtype of \(typeName(value))")
    }
    if value.object(StringObject.self) != nil {
      throw machine.typeError("new(): invalid data type '\(typeName(value))'")
    }
    throw machine.runtimeError("Could not infer dtype of \(typeName(value))")
  }

  private func append(
    _ tensor: Tensor,
    _ sizes: [Int],
    _ depth: Int,
    to data: inout NestedData
  ) throws(PythonError) {
    guard tensor.sizes == sizes else {
      let index = zip(tensor.sizes, sizes).enumerated().first { $0.element.0 != $0.element.1 }
      throw machine.valueError(
        "expected sequence of length \(sizes[index?.offset ?? 0]) at dim "
          + "\(depth + (index?.offset ?? 0)) (got \(tensor.sizes.first ?? 0))"
      )
    }
    let content = TensorFormatter.Content(tensor)
    content.forEachPlace { data.elements.append(content.buffer.element(at: $0, tensor.dtype)) }
    data.dtype = DType.promote(data.dtype, tensor.dtype)
  }

  /// The warning that a tensor which requires grad becomes a number.
  func warnOfConversion(_ tensor: Tensor) throws(PythonError) {
    guard tensor.requiresGrad, session.gradMode else { return }
    try warn(
      "Converting a tensor with requires_grad=True to a scalar may lead to unexpected behavior.\n"
        + "Consider using tensor.detach() first.",
      once: true
    )
  }

  /// A tensor of Python data.
  func makeTensor(_ value: Value, dtype: DType? = nil) throws(PythonError) -> Tensor {
    let data = try nestedData(value)
    return try run { () throws(AutogradError) in
      try session.tensor(data.elements, sizes: data.sizes, dtype ?? data.dtype)
    }
  }

  /// `tensor.tolist()`.
  func list(_ tensor: Tensor) -> Value {
    let content = TensorFormatter.Content(tensor)
    return list(content, 0, content.offset)
  }

  // Recursion is over the dimensions.
  private func list(_ content: TensorFormatter.Content, _ dim: Int, _ place: Int) -> Value {
    if dim == content.sizes.count { return value(content.buffer.element(at: place, content.dtype)) }
    var items: [Value] = []
    items.reserveCapacity(content.sizes[dim])
    for index in 0..<content.sizes[dim] {
      items.append(list(content, dim + 1, place + index * content.strides[dim]))
    }
    return machine.list(items)
  }
}

extension TensorFormatter.Content {
  /// Calls a closure with the place of every element in order.
  func forEachPlace(_ body: (Int) -> Void) {
    if sizes.contains(0) { return }
    var index = [Int](repeating: 0, count: sizes.count)
    var place = offset
    while true {
      body(place)
      var dim = sizes.count - 1
      while dim >= 0 {
        index[dim] += 1
        place += strides[dim]
        if index[dim] < sizes[dim] { break }
        place -= sizes[dim] * strides[dim]
        index[dim] = 0
        dim -= 1
      }
      if dim < 0 { return }
    }
  }
}
