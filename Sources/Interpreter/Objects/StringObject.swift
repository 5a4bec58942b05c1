/// A Python `str`.
///
/// Indices count code points. The text is kept as a Swift string, whose UTF-8 makes slicing of ASCII text direct.
final class StringObject: Object {
  /// The text.
  let text: String
  /// Whether every code point is one byte, so that an index is an offset.
  private(set) lazy var isASCII = text.utf8.allSatisfy { $0 < 0x80 }
  /// The hash, made when first asked for.
  private(set) lazy var hash = Hashing.hash(text)
  /// The code points of a text that is not ASCII.
  private lazy var scalars = Array(text.unicodeScalars)

  init(_ text: String, type: TypeObject?) {
    self.text = text
    super.init(type: type)
  }
}

extension StringObject {
  /// The number of code points.
  var count: Int { isASCII ? text.utf8.count : scalars.count }

  /// The code point at `index`, which is in range, as a text.
  func character(at index: Int) -> String {
    if isASCII {
      let utf8 = text.utf8
      return String(UnicodeScalar(utf8[utf8.index(utf8.startIndex, offsetBy: index)]))
    }
    return String(scalars[index])
  }

  /// The code points `lower..<upper`, which are in range.
  func slice(_ lower: Int, _ upper: Int) -> String {
    guard lower < upper else { return "" }
    if isASCII {
      let utf8 = text.utf8
      let start = utf8.index(utf8.startIndex, offsetBy: lower)
      return String(text[start..<utf8.index(start, offsetBy: upper - lower)])
    }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[lower..<upper])
    return String(view)
  }

  /// The code points at `start`, `start + step`, … of which there are `count`.
  func slice(start: Int, step: Int, count: Int) -> String {
    if step == 1 { return slice(start, start + count) }
    var view = String.UnicodeScalarView()
    if isASCII {
      let bytes = Array(text.utf8)
      for i in 0..<count { view.append(UnicodeScalar(bytes[start + i * step])) }
    } else {
      for i in 0..<count { view.append(scalars[start + i * step]) }
    }
    return String(view)
  }

  /// The index of the code point that starts at `offset` of the UTF-8.
  func index(ofByte offset: Int) -> Int {
    if isASCII { return offset }
    var index = 0
    var bytes = 0
    while bytes < offset {
      bytes += scalars[index].utf8.count
      index += 1
    }
    return index
  }

  /// The offset in the UTF-8 of the code point at `index`.
  func byte(ofIndex index: Int) -> Int {
    if isASCII { return index }
    var bytes = 0
    for i in 0..<min(index, scalars.count) { bytes += scalars[i].utf8.count }
    return bytes
  }

  /// Whether the code points are the same; Swift's `==` would also equate other normal forms.
  func hasSameText(as other: StringObject) -> Bool {
    text.hasSameCodePoints(as: other.text)
  }
}

extension String {
  /// Whether the code points are the same; `==` would also equate other normal forms.
  func hasSameCodePoints(as other: String) -> Bool {
    utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
  }

  /// Whether it comes before `other` in the order of code points.
  func precedes(_ other: String) -> Bool {
    utf8.lexicographicallyPrecedes(other.utf8)
  }

  /// A text from UTF-8 that is known to be valid.
  init(utf8 bytes: some Collection<UInt8>) {
    self.init(decoding: bytes, as: UTF8.self)
  }
}

extension Object {
  /// The object as a `str` whose class is not a script's, nil for anything else.
  @inline(__always)
  final var asPlainString: StringObject? {
    guard Swift.type(of: self) == StringObject.self else { return nil }
    let string = unsafeDowncast(self, to: StringObject.self)
    if let type = string.type, type.isUserDefined { return nil }
    return string
  }
}
