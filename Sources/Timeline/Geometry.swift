public import Autograd

/// How a tensor lies in its storage.
public struct Geometry: Sendable, Hashable {
  /// The type of the elements.
  public let dtype: DType
  /// Number of elements in every dimension.
  public let sizes: [Int]
  /// Distance of neighbours in every dimension, in elements.
  public let strides: [Int]
  /// The first element's place in the storage, in elements.
  public let storageOffset: Int

  /// A geometry from its parts.
  public init(dtype: DType, sizes: [Int], strides: [Int], storageOffset: Int) {
    self.dtype = dtype
    self.sizes = sizes
    self.strides = strides
    self.storageOffset = storageOffset
  }

  /// Number of elements.
  public var numel: Int {
    var product = 1
    for size in sizes { product *= size }
    return product
  }
}
