extension Session {
  /// A new tensor in a new storage.
  @inline(__always)
  func make(
    _ buffer: consuming Buffer,
    _ dtype: DType,
    sizes: [Int],
    strides: [Int],
    numel: Int,
    isContiguous: Bool = true
  ) -> Tensor {
    nextStorageID &+= 1
    nextTensorID &+= 1
    let tensor = Tensor(
      id: nextTensorID,
      storage: Storage(id: nextStorageID, buffer: buffer, account: memory),
      sizes: sizes,
      strides: strides,
      storageOffset: 0,
      numel: numel,
      dtype: dtype,
      isContiguous: isContiguous
    )
    if inferenceMode { tensor.isInference = true }
    return tensor
  }

  /// A new tensor whose elements are about to be written.
  func allocate(
    _ dtype: DType,
    sizes: [Int],
    strides: [Int]? = nil
  ) throws(AutogradError) -> Tensor {
    let numel = Shape.numel(sizes)
    let byteCount = numel &* dtype.itemSize
    try reserve(byteCount)
    return make(
      Buffer(uninitializedByteCount: byteCount),
      dtype,
      sizes: sizes,
      strides: strides ?? Shape.contiguousStrides(sizes),
      numel: numel,
      isContiguous: strides.map { Shape.isContiguous(sizes: sizes, strides: $0) } ?? true
    )
  }

  /// Throws if that many bytes more would pass the limit.
  func reserve(_ byteCount: Int) throws(AutogradError) {
    if byteCount > memory.limit &- memory.bytes || byteCount < 0 {
      throw AutogradError(
        .memory,
        "[enforce fail at alloc_cpu.cpp:127] . DefaultCPUAllocator: can't allocate memory: you tried "
          + "to allocate \(byteCount) bytes. Error code 12 (Cannot allocate memory)"
      )
    }
  }

  /// A 0-dimensional tensor.
  @inline(__always)
  func makeScalar(_ word: UInt64, _ dtype: DType) -> Tensor {
    make(Buffer(word: word, byteCount: dtype.itemSize), dtype, sizes: [], strides: [], numel: 1)
  }

  /// A number of the language as the 0-dimensional tensor that PyTorch wraps it in.
  public func wrap(_ number: Scalar) -> Tensor {
    let dtype = number.wrappedDType
    let tensor = makeScalar(dtype.encode(number), dtype)
    tensor.isWrappedNumber = true
    tensor.isInference = false
    return tensor
  }

  /// Another tensor in the same storage.
  func makeAlias(
    _ tensor: Tensor,
    sizes: [Int],
    strides: [Int],
    storageOffset: Int
  ) -> Tensor {
    nextTensorID &+= 1
    let alias = Tensor(
      id: nextTensorID,
      storage: tensor.storage,
      sizes: sizes,
      strides: strides,
      storageOffset: storageOffset,
      numel: Shape.numel(sizes),
      dtype: tensor.dtype,
      isContiguous: Shape.isContiguous(sizes: sizes, strides: strides)
    )
    alias.isInference = tensor.isInference
    return alias
  }

  /// An alias of the same geometry.
  func makeAlias(_ tensor: Tensor) -> Tensor {
    nextTensorID &+= 1
    let alias = Tensor(
      id: nextTensorID,
      storage: tensor.storage,
      sizes: tensor.sizes,
      strides: tensor.strides,
      storageOffset: tensor.storageOffset,
      numel: tensor.numel,
      dtype: tensor.dtype,
      isContiguous: tensor.isContiguous
    )
    alias.isInference = tensor.isInference
    return alias
  }
}

extension Tensor {
  /// Calls a closure with the address of the first element.
  @inline(__always)
  func withElements<Result>(_ body: (UnsafeRawPointer) -> Result) -> Result {
    let offset = storageOffset &* dtype.itemSize
    return storage.buffer.withBytes { body($0 + offset) }
  }

  /// Calls a closure with the address of the first element, while the bytes of another storage are
  /// being written; if that is this one, the address lies in them.
  @inline(__always)
  func withElements<Result>(
    whileWriting other: Storage,
    _ bytes: UnsafeMutableRawPointer,
    _ body: (UnsafeRawPointer) -> Result
  ) -> Result {
    let offset = storageOffset &* dtype.itemSize
    if storage === other { return body(UnsafeRawPointer(bytes) + offset) }
    return storage.buffer.withBytes { body($0 + offset) }
  }

  /// Calls a closure with the storage's bytes for the first writing of a new tensor.
  @inline(__always)
  func initializeElements<Result>(_ body: (UnsafeMutableRawPointer) -> Result) -> Result {
    storage.buffer.withMutableBytes(body)
  }
}

extension Session {
  /// Calls a closure with a storage's bytes for writing: every write of existing elements goes here.
  @inline(__always)
  func write<Result>(_ tensor: Tensor, _ body: (UnsafeMutableRawPointer) -> Result) -> Result {
    willWrite(tensor)
    return tensor.storage.buffer.withMutableBytes(body)
  }

  /// Counts a write.
  @inline(__always)
  func willWrite(_ tensor: Tensor) {
    tensor.storage.writes &+= 1
    if isObserved, let observer { observer.storageWritten(tensor.storage, through: tensor) }
  }
}
