/// The modes of autograd.
public struct Modes: Sendable, Hashable {
  /// Whether operations on tensors that require grad are recorded, `torch.is_grad_enabled()`.
  public var gradMode: Bool
  /// Whether inference mode is on.
  public var inferenceMode: Bool
  /// Whether anomaly detection is on.
  public var anomalyMode: Bool

  /// Modes, PyTorch's defaults unless given.
  public init(gradMode: Bool = true, inferenceMode: Bool = false, anomalyMode: Bool = false) {
    self.gradMode = gradMode
    self.inferenceMode = inferenceMode
    self.anomalyMode = anomalyMode
  }
}
