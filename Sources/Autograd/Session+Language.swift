// What the language side needs beside the operations.
extension Session {
  /// The type of the result of an operation of two operands, `torch.result_type`.
  public func resultType(_ a: Tensor, _ b: Operand) -> DType {
    Promotion.common(a, b, defaultDType)
  }

  /// Runs a closure of which the observer is told nothing.
  public func unwatched<Result>(
    _ body: () throws(AutogradError) -> Result
  ) throws(AutogradError) -> Result {
    let watching = observer
    observer = nil
    defer { observer = watching }
    return try body()
  }

  /// Writes a result into the tensor of `out=`, resized to fit.
  ///
  /// - Throws: If the type of the result cannot be cast, or the tensor may not be written.
  public func write(
    _ result: Tensor,
    out target: Tensor,
    name: String
  ) throws(AutogradError) {
    try checkCast(result.dtype, to: target.dtype)
    if target.isInference && !inferenceMode { throw .runtime(Message.inferenceInPlace) }
    try resizeOut(target, result.sizes)
    try copyInPlace(target, result)
  }
}

extension Session {
  /// Gives outputs a history whose backward raises, as `@once_differentiable` does.
  ///
  /// - Returns: Aliases of the outputs with a node `Error`.
  public func delayedError(_ message: String, _ outputs: [Tensor]) -> [Tensor] {
    let node = ErrorNode(
      "torch::autograd::Error",
      .runtime(message),
      id: makeNodeID(),
      sequenceNr: makeSequenceNr()
    )
    var results: [Tensor] = []
    for output in outputs {
      let input = tensorData(output)
      input.requiresGradFlag = true
      node.edges.append(Edge(gradAccumulator(of: input)))
      results.append(tensorData(output))
    }
    created(node)
    for result in results { setHistory(result, node) }
    return results
  }

  /// Exchanges all that two tensors are but their identity, `torch.utils.swap_tensors`.
  public func swap(_ a: Tensor, _ b: Tensor) {
    Swift.swap(&a.storage, &b.storage)
    Swift.swap(&a.dtype, &b.dtype)
    let geometry = Geometry(a)
    a.set(Geometry(b))
    b.set(geometry)
    Swift.swap(&a.isInference, &b.isInference)
    Swift.swap(&a.requiresGradFlag, &b.requiresGradFlag)
    Swift.swap(&a.outputNr, &b.outputNr)
    Swift.swap(&a.storedGradFn, &b.storedGradFn)
    Swift.swap(&a.versionCounter, &b.versionCounter)
    Swift.swap(&a.viewInfo, &b.viewInfo)
    // An accumulator refers to its tensor, so it does not go along.
    a.meta?.gradAccumulator = nil
    b.meta?.gradAccumulator = nil
    Swift.swap(&a.meta, &b.meta)
  }
}
