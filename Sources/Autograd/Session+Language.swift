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

extension Node {
  /// Whether a label stands for a list of saved tensors.
  public func hasListSlot(_ label: String) -> Bool {
    savedLabels.count { $0 == label } > 1
  }
}
