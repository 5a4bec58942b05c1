/// A Python `str`.
///
/// Indices count code points. The text is kept as a Swift string, whose UTF-8 makes slicing of ASCII text direct.
final class StringObject: Object {
  /// The text.
  let text: String
  /// Whether every code point is one byte, so that an index is an offset.
  private(set) lazy var isASCII = text.utf8.allSatisfy { $0 < 0x80 }

  init(_ text: String, type: TypeObject?) {
    self.text = text
    super.init(type: type)
  }
}
