/// A Python `str`.
///
/// Indices count code points. The text is kept as a Swift string, whose UTF-8 makes slicing of ASCII text direct.
final class StringObject: Object {
  /// The text.
  let text: String
  /// Whether every code point is one byte, so that an index is an offset.
  private(set) lazy var isASCII = text.utf8.allSatisfy { $0 < 0x80 }
  /// Python's hash of the text; as in CPython no number that a script may rely on.
  private(set) lazy var hash: Int = {
    var hash: UInt = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt(byte)) &* 0x0000_0100_0000_01b3 }
    return Int(bitPattern: hash ^ (hash >> 29)) >> 1
  }()

  init(_ text: String, type: TypeObject?) {
    self.text = text
    super.init(type: type)
  }
}
