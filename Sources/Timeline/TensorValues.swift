public import Autograd

/// The elements of a tensor at one moment.
///
/// They share the bytes with the history; reading copies nothing. Past the memory budget of a history old
/// bytes are dropped: then ``isDropped`` is true and there are no elements.
public struct TensorValues: Sendable {
  /// How the elements lie in the bytes.
  public let geometry: Geometry
  /// The bytes of the storage; nil once dropped.
  public let buffer: Buffer?

  /// The elements that lie in a buffer.
  public init(geometry: Geometry, buffer: Buffer?) {
    self.geometry = geometry
    self.buffer = buffer
  }
}

extension TensorValues {
  /// Whether the bytes were dropped to save memory.
  public var isDropped: Bool { buffer == nil }

  /// Number of elements.
  public var count: Int { geometry.numel }

  /// The element at a place counted row by row; nil if dropped or outside the storage.
  public func element(_ position: Int) -> Scalar? {
    var offset = geometry.storageOffset
    var rest = position
    for dimension in geometry.sizes.indices.reversed() {
      let size = geometry.sizes[dimension]
      guard size > 0 else { return nil }
      offset += rest % size * geometry.strides[dimension]
      rest /= size
    }
    return rest == 0 ? stored(at: offset) : nil
  }

  /// The element at an index for every dimension; nil if dropped.
  public func element(at index: [Int]) -> Scalar? {
    var offset = geometry.storageOffset
    for (place, stride) in zip(index, geometry.strides) { offset += place * stride }
    return stored(at: offset)
  }

  /// The first elements row by row, at most `limit`; none if dropped.
  public func elements(limit: Int = .max) -> [Scalar] {
    var elements: [Scalar] = []
    let wanted = Swift.min(limit, count)
    elements.reserveCapacity(wanted)
    for position in 0..<wanted {
      guard let element = element(position) else { return elements }
      elements.append(element)
    }
    return elements
  }

  private func stored(at offset: Int) -> Scalar? {
    let dtype = geometry.dtype
    let size = dtype.itemSize
    guard let buffer, offset >= 0, (offset + 1) * size <= buffer.byteCount else { return nil }
    return buffer.withBytes { bytes in dtype.scalar(at: bytes + offset * size) }
  }
}

extension TensorValues: Equatable {
  /// Whether two tensors have the same elements, bit for bit, in the same shape; dropped ones are equal.
  public static func == (a: TensorValues, b: TensorValues) -> Bool {
    guard a.geometry.dtype == b.geometry.dtype, a.geometry.sizes == b.geometry.sizes else {
      return false
    }
    guard let first = a.buffer, let second = b.buffer else { return a.isDropped && b.isDropped }
    if a.geometry == b.geometry && first.hasSameBytes(as: second) { return true }
    for position in 0..<a.count where !a.hasSameBits(as: b, at: position) { return false }
    return true
  }

  private func hasSameBits(as other: TensorValues, at position: Int) -> Bool {
    switch (element(position), other.element(position)) {
    case (.float(let a)?, .float(let b)?): a.bitPattern == b.bitPattern
    case (let a, let b): a == b
    }
  }
}

extension DType {
  /// The element that lies at `bytes`, as a number of the language.
  func scalar(at bytes: UnsafeRawPointer) -> Scalar {
    switch self {
    case .bool: .bool(bytes.loadUnaligned(as: UInt8.self) != 0)
    case .int32: .int(Int(bytes.loadUnaligned(as: Int32.self)))
    case .int64: .int(bytes.loadUnaligned(as: Int.self))
    case .float32: .float(Double(bytes.loadUnaligned(as: Float.self)))
    case .float64: .float(bytes.loadUnaligned(as: Double.self))
    }
  }
}
