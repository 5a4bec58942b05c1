import Autograd

/// `torch.float32` and its like.
final class DTypeObject: Object {
  let dtype: DType

  init(_ dtype: DType, type: TypeObject) {
    self.dtype = dtype
    super.init(type: type)
  }
}

/// A `torch.device`.
final class DeviceObject: Object {
  /// `cpu`, `cuda`, ….
  let kind: String
  let index: Int?

  init(kind: String, index: Int?, type: TypeObject) {
    self.kind = kind
    self.index = index
    super.init(type: type)
  }

  /// `cuda:0`.
  var text: String { index.map { "\(kind):\($0)" } ?? kind }
}

/// A constant that is only its name: `torch.strided`, `torch.contiguous_format`.
final class NamedConstant: Object {
  let text: String

  init(_ text: String, type: TypeObject) {
    self.text = text
    super.init(type: type)
  }
}

/// A `torch.Generator`.
final class TorchGenerator: Object {
  let generator: Generator

  init(_ generator: Generator, type: TypeObject) {
    self.generator = generator
    super.init(type: type)
  }
}
