/// The memory of one or more tensors at one moment.
public struct StorageState: Sendable, Equatable, Identifiable {
  /// Which storage it is.
  public let id: StorageID
  /// Whether the program can still reach it.
  public let isAlive: Bool
  /// Number of bytes.
  public let byteCount: Int
  /// How often it was written, through whatever alias.
  public let writes: Int
  /// The tensors that live in it, dead ones included, in order of creation.
  public let tensors: [TensorID]
}
