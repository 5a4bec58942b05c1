import Autograd

extension TorchSignature {
  /// Why arguments do not fit.
  enum Mismatch {
    case tooMany
    case missing(from: Int)
    case wrongType(parameter: Int, position: Int?)
    case unexpectedKeyword
  }

  /// Puts the arguments of a call into `slots`, one initialised value for each parameter.
  ///
  /// - Parameters:
  ///   - arguments: The call's arguments.
  ///   - start: The number of leading arguments to pass over: the receiver of a method.
  ///   - slots: Room for a value for each parameter, initialised.
  ///   - takesNumbers: Whether numbers pass for tensors.
  ///   - torch: The module's state.
  /// - Returns: Why they do not fit; nil when they do.
  func bind(
    _ arguments: Arguments,
    from start: Int,
    into slots: UnsafeMutablePointer<Value>,
    takesNumbers: Bool,
    _ torch: Torch
  ) -> Mismatch? {
    let given = arguments.positionalCount - start
    slots.update(repeating: .unbound, count: parameters.count)
    if given > maxPositional && !takesSpread { return .tooMany }
    var position = 0
    var keywords = arguments.keywords.count
    for index in 0..<parameters.count {
      var value = Value.unbound
      var isKeyword = false
      if position < given {
        if parameters[index].isKeywordOnly { return .tooMany }
        value = arguments.values[start + position]
      } else if keywords > 0 {
        isKeyword = true
        value = arguments.keyword(parameters[index].name) ?? .unbound
        if value.isUnbound {
          for name in parameters[index].numpyNames where value.isUnbound {
            value = arguments.keyword(name) ?? .unbound
          }
        }
      }
      if value.isUnbound {
        if !parameters[index].isOptional { return .missing(from: index) }
      } else if value.isNone && parameters[index].allowsNone {
        // None stands for the default.
      } else if torch.accepts(value, parameters[index], takesNumbers: takesNumbers) {
        slots[index] = value
      } else if takesSpread, position == 0, !isKeyword, torch.isIndex(value) {
        slots[index] = .object(
          TupleObject(arguments.positional(from: start), type: torch.machine.types.tuple)
        )
        position = given
        continue
      } else {
        return .wrongType(parameter: index, position: isKeyword ? nil : position)
      }
      if isKeyword {
        if !value.isUnbound { keywords -= 1 }
      } else {
        position += 1
      }
    }
    return keywords > 0 ? .unexpectedKeyword : nil
  }
}

extension Torch {
  /// Whether a value may be an argument for `parameter`, by the rules of PyTorch's parser.
  func accepts(_ value: Value, _ parameter: TorchParameter, takesNumbers: Bool) -> Bool {
    switch parameter.kind {
    case .tensor:
      if isTensor(value) { return true }
      return takesNumbers && isNumber(value)
    case .scalar: return isNumber(value) || isPlainScalar(value)
    case .double:
      switch value {
      case .float, .int: return true
      case .bool: return true
      default: return isNumber(value) || isPlainScalar(value)
      }
    case .int: return isInt(value)
    case .bool:
      if case .bool = value { return true }
      return false
    case .ints: return acceptsInts(value, size: parameter.size)
    case .tensors: return isSequence(value)
    case .doubles, .scalars:
      guard let items = items(of: value) else { return false }
      return items.first.map(isNumber) ?? true
    case .scalarType: return dtype(of: value) != nil
    case .layout: return value.object(NamedConstant.self)?.type === types.layout
    case .memoryFormat: return value.object(NamedConstant.self)?.type === types.memoryFormat
    case .device:
      return value.object(StringObject.self) != nil || value.object(DeviceObject.self) != nil
        || isInt(value)
    case .generator: return value.object(TorchGenerator.self) != nil
    case .string: return value.object(StringObject.self) != nil
    case .names, .name: return false
    case .object: return true
    }
  }

  /// Whether the value is a tensor or of a class derived from `torch.Tensor`.
  @inline(__always)
  func isTensor(_ value: Value) -> Bool {
    if case .object(let object) = value, let type = object.type { return type.layout == .tensor }
    return false
  }

  /// The tensor inside, if the value is one.
  @inline(__always)
  func tensor(_ value: Value) -> Tensor? {
    guard case .object(let object) = value, let type = object.type, type.layout == .tensor else {
      return nil
    }
    return (object as? TensorObject)?.tensor
  }

  /// Whether the value is a Python number.
  func isNumber(_ value: Value) -> Bool {
    switch value {
    case .bool, .int, .float: true
    case .object(let object): object is IntegerObject || object is NumberInstance
    default: false
    }
  }

  /// Whether the value is an int, no bool, or a tensor that stands for one.
  func isInt(_ value: Value) -> Bool {
    switch value {
    case .int: return true
    case .object(let object):
      if object is IntegerObject { return true }
      if let instance = object as? NumberInstance, case .int = instance.number { return true }
      guard let tensor = tensor(value) else { return false }
      return tensor.dtype.isIntegral(includingBool: false) && tensor.dim == 0
        && !tensor.requiresGrad
    default: return false
    }
  }

  /// Whether the value has an `__index__` that PyTorch takes for an int.
  func isIndex(_ value: Value) -> Bool {
    switch value {
    case .int: return true
    case .object:
      if isInt(value) { return true }
      if let tensor = tensor(value) {
        return tensor.dtype.isIntegral(includingBool: true) && tensor.numel == 1
      }
      let index = machine.type(of: value).find(machine.names.dunderIndex)
      return !index.isUnbound
    default: return false
    }
  }

  private func isPlainScalar(_ value: Value) -> Bool {
    guard let tensor = tensor(value) else { return false }
    return tensor.dim == 0 && !tensor.requiresGrad
  }

  private func isSequence(_ value: Value) -> Bool {
    value.object(TupleObject.self) != nil || value.object(ListObject.self) != nil
  }

  /// The items of a tuple or list.
  func items(of value: Value) -> [Value]? {
    if let tuple = value.object(TupleObject.self) { return tuple.items }
    return value.object(ListObject.self)?.items
  }

  // Only the first item decides; wrong ones after it are found when the list is read.
  private func acceptsInts(_ value: Value, size: Int) -> Bool {
    if let items = items(of: value) { return items.first.map(isIndex) ?? true }
    return size > 0 && isInt(value)
  }
}
