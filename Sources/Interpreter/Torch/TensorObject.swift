import Autograd

/// A `torch.Tensor` as a Python object.
///
/// A tensor has at most one of these at a time, so that `is` tells what it should. When the last reference of
/// the script goes while a graph still holds the tensor, the class and the attributes stay with the tensor.
final class TensorObject: Object {
  /// The tensor of the engine.
  let tensor: Tensor

  /// The object of `tensor`, which must have none.
  init(_ tensor: Tensor, type: TypeObject) {
    self.tensor = tensor
    super.init(type: type)
    tensor.wrapper = Unmanaged.passUnretained(self)
  }

  deinit {
    tensor.wrapper = nil
    if attributes != nil || type?.allowsMemberChanges == false {
      tensor.attachment = TensorIdentity(type: type, attributes: attributes)
    }
  }
}

/// What of a tensor's Python object outlives it.
final class TensorIdentity {
  let type: TypeObject?
  let attributes: AttributeTable?

  init(type: TypeObject?, attributes: AttributeTable?) {
    self.type = type
    self.attributes = attributes
  }
}

extension Torch {
  /// The Python object of a tensor: the one it has, or a new one.
  @inline(__always)
  func wrap(_ tensor: Tensor) -> Value {
    if let known = tensor.wrapper,
      let object = known.takeUnretainedValue() as? TensorObject
    {
      return .object(object)
    }
    return .object(makeObject(tensor))
  }

  /// The Python object of a tensor, None for none.
  func wrap(_ tensor: Tensor?) -> Value {
    guard let tensor else { return .none }
    return wrap(tensor)
  }

  /// A new Python object for a tensor that has none now; of the class that it had before, if it had one.
  private func makeObject(_ tensor: Tensor) -> TensorObject {
    guard let identity = tensor.attachment as? TensorIdentity else {
      return TensorObject(tensor, type: types.tensor)
    }
    tensor.attachment = nil
    let object = TensorObject(tensor, type: identity.type ?? types.tensor)
    object.attributes = identity.attributes
    return object
  }
}
