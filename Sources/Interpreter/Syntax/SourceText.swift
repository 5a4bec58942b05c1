/// The text of a script, addressed in UTF-8 bytes.
public final class SourceText: Sendable {
  /// The file's name as messages show it.
  public let name: String
  /// The text.
  public let bytes: [UInt8]

  /// A source from its name and bytes.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}
