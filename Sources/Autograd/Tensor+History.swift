extension Session {
  /// The grad_fn of a tensor, made anew for a view whose base or sibling was written.
  ///
  /// - Throws: If the view may not be written in place.
  public func gradFn(of tensor: Tensor) throws(AutogradError) -> Node? {
    tensor.storedGradFn
  }

  /// Where the gradient of a tensor goes: to its grad_fn, or to the accumulator of a leaf.
  public func gradientEdge(of tensor: Tensor) throws(AutogradError) -> Edge {
    Edge(nil)
  }

  /// An alias that shares storage and version but has no history.
  func tensorData(_ tensor: Tensor) -> Tensor {
    alias(tensor, gradFn: nil, outputNr: 0, requiresGrad: false)
  }

  /// An alias that shares storage and version and has a history of its own.
  func alias(_ tensor: Tensor, gradFn: Node?, outputNr: Int, requiresGrad: Bool) -> Tensor {
    let alias = Tensor(
      id: 0,
      storage: tensor.storage,
      sizes: tensor.sizes,
      strides: tensor.strides,
      storageOffset: tensor.storageOffset,
      numel: tensor.numel,
      dtype: tensor.dtype,
      isContiguous: tensor.isContiguous
    )
    alias.storedGradFn = gradFn
    alias.outputNr = outputNr
    alias.requiresGradFlag = requiresGrad
    alias.versionCounter = tensor.materializeVersionCounter()
    return alias
  }

  /// A detached alias.
  public func detach(_ tensor: Tensor) throws(AutogradError) -> Tensor { tensorData(tensor) }

  /// A number as a 0-dimensional tensor.
  func wrap(_ number: Scalar) -> Tensor { preconditionFailure("wrap") }
}
