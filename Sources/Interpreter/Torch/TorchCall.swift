import Autograd

/// A call whose arguments fit: what the body of a ``TorchRow`` works with.
///
/// Arguments are counted as the row writes them; of a method, 0 is the tensor itself.
struct TorchCall {
  let torch: Torch
  /// The function's name in messages.
  let name: String
  /// Which of the row's overloads fits.
  let overload: Int
  let variant: TorchSignatureGroup.Variant
  let signature: TorchSignature
  let values: UnsafeMutablePointer<Value>

  /// The session whose operations do the work.
  var session: Session { torch.session }
  /// Whether this is the method with the underscore.
  var isInPlace: Bool { variant == .inPlace }

  /// The argument at `index`, `.unbound` where it was left out.
  subscript(index: Int) -> Value { values[index] }

  /// Whether the argument at `index` was given, not as None.
  func has(_ index: Int) -> Bool { !values[index].isUnbound }
}

// Arguments as the engine takes them.
extension TorchCall {
  /// The tensor at `index`; a number that passed for one is wrapped.
  func tensor(_ index: Int) throws(PythonError) -> Tensor {
    if let tensor = torch.tensor(values[index]) { return tensor }
    return session.wrap(try torch.scalar(values[index]))
  }

  /// The tensor at `index`, unless it was left out.
  func optionalTensor(_ index: Int) throws(PythonError) -> Tensor? {
    has(index) ? try tensor(index) : nil
  }

  /// The tensor or number at `index`.
  func operand(_ index: Int) throws(PythonError) -> Operand {
    if let tensor = torch.tensor(values[index]) { return .tensor(tensor) }
    return .number(try torch.scalar(values[index]))
  }

  /// The number at `index`.
  func scalar(_ index: Int) throws(PythonError) -> Scalar { try torch.scalar(values[index]) }

  /// The number at `index`, or `other` where it was left out.
  func scalar(_ index: Int, default other: Scalar) throws(PythonError) -> Scalar {
    has(index) ? try torch.scalar(values[index]) : other
  }

  /// The number at `index`, unless it was left out.
  func optionalScalar(_ index: Int) throws(PythonError) -> Scalar? {
    has(index) ? try torch.scalar(values[index]) : nil
  }

  /// The int at `index`.
  func int(_ index: Int) throws(PythonError) -> Int { try torch.int(values[index]) }

  /// The int at `index`, or `other` where it was left out.
  func int(_ index: Int, default other: Int) throws(PythonError) -> Int {
    has(index) ? try torch.int(values[index]) : other
  }

  /// The int at `index`, unless it was left out.
  func optionalInt(_ index: Int) throws(PythonError) -> Int? {
    has(index) ? try torch.int(values[index]) : nil
  }

  /// The float at `index`, or `other` where it was left out.
  func double(_ index: Int, default other: Double = 0) throws(PythonError) -> Double {
    has(index) ? try torch.scalar(values[index]).double : other
  }

  /// The bool at `index`, or `other` where it was left out.
  func bool(_ index: Int, default other: Bool = false) -> Bool {
    if case .bool(let value) = values[index] { return value }
    return other
  }

  /// The text at `index`, unless it was left out.
  func string(_ index: Int) -> String? { torch.machine.text(values[index]) }

  /// The dtype at `index`, unless it was left out.
  func dtype(_ index: Int) -> DType? { has(index) ? torch.dtype(of: values[index]) : nil }

  /// The ints at `index`; a single int where the signature allows one counts as a list of one.
  func ints(_ index: Int) throws(PythonError) -> [Int] {
    guard let items = torch.items(of: values[index]) else { return [try torch.int(values[index])] }
    var ints: [Int] = []
    ints.reserveCapacity(items.count)
    for (place, item) in items.enumerated() {
      guard torch.isIndex(item) else {
        throw torch.machine.typeError(
          "\(name)(): argument '\(parameter(index).text)' failed to unpack the object at pos "
            + "\(place + 1) with error \"type must be tuple of ints,but got "
            + "\(torch.typeName(item))\""
        )
      }
      ints.append(try torch.int(item))
    }
    return ints
  }

  /// The ints at `index`, unless they were left out.
  func optionalInts(_ index: Int) throws(PythonError) -> [Int]? {
    has(index) ? try ints(index) : nil
  }

  /// The tensors in the list at `index`.
  func tensors(_ index: Int) throws(PythonError) -> [Tensor] {
    var tensors: [Tensor] = []
    for (place, item) in (torch.items(of: values[index]) ?? []).enumerated() {
      guard let tensor = torch.tensor(item) else {
        throw torch.machine.typeError(
          "expected Tensor as element \(place) in argument \(index), but got "
            + torch.typeName(item)
        )
      }
      tensors.append(tensor)
    }
    return tensors
  }

  /// The generator at `index`, or the session's.
  func generator(_ index: Int) -> Generator {
    values[index].object(TorchGenerator.self)?.generator ?? session.generator
  }

  private func parameter(_ index: Int) -> TorchParameter {
    signature.parameters[variant == .function ? index : index - 1]
  }
}

// Results.
extension TorchCall {
  /// A tensor as the result.
  @inline(__always)
  func result(_ tensor: Tensor) -> Value { torch.wrap(tensor) }

  /// Tensors as a tuple.
  func result(_ tensors: [Tensor]) -> Value {
    torch.machine.tuple(tensors.map { torch.wrap($0) })
  }
}

extension TorchCall {
  /// The tensors in the list at `index`, nil for None.
  func optionalTensors(_ index: Int) throws(PythonError) -> [Tensor?] {
    var tensors: [Tensor?] = []
    for item in torch.items(of: values[index]) ?? [] {
      if item.isNone {
        tensors.append(nil)
      } else {
        tensors.append(torch.tensor(item))
      }
    }
    return tensors
  }
}
