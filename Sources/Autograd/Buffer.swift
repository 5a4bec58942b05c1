/// The bytes of a storage as a value, shared until written.
///
/// A recorded moment keeps a copy of the buffer; a write copies the bytes only when such a copy exists.
/// Up to eight bytes lie inline, so a 0-dimensional tensor needs no memory of its own for its element.
public struct Buffer: Sendable {
  /// Number of bytes.
  public let byteCount: Int

  /// The bytes when there are at most eight of them.
  @usableFromInline var word: UInt64

  /// The bytes otherwise; words keep them aligned.
  @usableFromInline var words: ContiguousArray<UInt64>

  /// Creates a buffer of zeros.
  public init(byteCount: Int) {
    self.byteCount = byteCount
    word = 0
    words = byteCount <= 8 ? [] : ContiguousArray(repeating: 0, count: (byteCount + 7) / 8)
  }

  /// Creates a buffer whose bytes are about to be written.
  init(uninitializedByteCount byteCount: Int) {
    self.byteCount = byteCount
    word = 0
    words = []
    guard byteCount > 8 else { return }
    let count = (byteCount + 7) / 8
    words = ContiguousArray(unsafeUninitializedCapacity: count) { _, initialized in
      initialized = count
    }
  }

  /// Creates a buffer of at most eight bytes.
  @inlinable public init(word: UInt64, byteCount: Int) {
    self.byteCount = byteCount
    self.word = word
    words = []
  }
}

extension Buffer {
  /// Calls a closure with the bytes.
  @inlinable @inline(__always)
  public func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    if byteCount <= 8 {
      return try withUnsafeBytes(of: word) { (bytes) throws(Failure) -> Result in
        guard let base = bytes.baseAddress else { preconditionFailure("a word has an address") }
        return try body(base)
      }
    }
    return try words.withUnsafeBufferPointer { (pointer) throws(Failure) -> Result in
      guard let base = pointer.baseAddress else {
        preconditionFailure("a full array has an address")
      }
      return try body(UnsafeRawPointer(base))
    }
  }

  /// Calls a closure with the bytes for writing; they are copied first if another buffer shares them.
  @inlinable @inline(__always)
  mutating func withMutableBytes<Result, Failure: Error>(
    _ body: (UnsafeMutableRawPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    if byteCount <= 8 {
      return try withUnsafeMutableBytes(of: &word) { (bytes) throws(Failure) -> Result in
        guard let base = bytes.baseAddress else { preconditionFailure("a word has an address") }
        return try body(base)
      }
    }
    return try words.withUnsafeMutableBufferPointer { (pointer) throws(Failure) -> Result in
      guard let base = pointer.baseAddress else {
        preconditionFailure("a full array has an address")
      }
      return try body(UnsafeMutableRawPointer(base))
    }
  }

  /// Whether two buffers hold the same bytes.
  public func hasSameBytes(as other: Buffer) -> Bool {
    byteCount == other.byteCount && word == other.word && words == other.words
  }
}
