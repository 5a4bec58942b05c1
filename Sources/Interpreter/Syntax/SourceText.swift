/// The text of a script, as the lexer, tracebacks and the source pane read it.
///
/// Line ends are `\n` alone (`\r\n` and `\r` are translated, as Python does), a byte order mark is
/// dropped and the last line always ends in a newline.
public final class SourceText: Sendable {
  /// The name of the script, as tracebacks show it.
  public let name: String
  /// The text in UTF-8.
  public let bytes: [UInt8]
  /// The offset of the first byte of each line.
  let lineStarts: [Int32]

  /// The text of a script read from a file.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = Self.normalized(bytes)
    var starts: [Int32] = [0]
    starts.reserveCapacity(self.bytes.count / 24)
    for (offset, byte) in self.bytes.enumerated() where byte == 0x0A {
      starts.append(Int32(truncatingIfNeeded: offset + 1))
    }
    lineStarts = starts
  }

  /// The text of a script held in a string.
  public convenience init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  private static func normalized(_ bytes: [UInt8]) -> [UInt8] {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    var text = bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes
    if text.contains(0x0D) {
      var translated: [UInt8] = []
      translated.reserveCapacity(text.count)
      var offset = 0
      while offset < text.count {
        if text[offset] == 0x0D {
          translated.append(0x0A)
          if offset + 1 < text.count, text[offset + 1] == 0x0A { offset += 1 }
        } else {
          translated.append(text[offset])
        }
        offset += 1
      }
      text = translated
    }
    if let last = text.last, last != 0x0A { text.append(0x0A) }
    return text
  }
}

extension SourceText {
  /// The number of lines.
  public var lineCount: Int { lineStarts.count - 1 }

  /// The text of a line, counted from 1, without its newline; empty outside the source.
  public func line(_ number: Int) -> String {
    guard number >= 1, number <= lineCount else { return "" }
    let start = Int(lineStarts[number - 1])
    let end = Int(lineStarts[number]) - 1
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// The text of a range.
  public func text(_ range: SourceRange) -> String {
    let start = min(max(range.start.offset, 0), bytes.count)
    let end = min(max(range.end.offset, start), bytes.count)
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// The place of an offset.
  public func position(of offset: Int) -> SourcePosition {
    var low = 0
    var high = lineStarts.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if Int(lineStarts[middle]) <= offset { low = middle } else { high = middle }
    }
    return SourcePosition(line: low + 1, column: offset - Int(lineStarts[low]), offset: offset)
  }

  /// The offset of the first byte of a line, counted from 1.
  func start(ofLine line: Int) -> Int { Int(lineStarts[min(line, lineStarts.count) - 1]) }

  /// The characters (Unicode scalars) between two offsets.
  func characterCount(from start: Int, to end: Int) -> Int {
    var count = 0
    for byte in bytes[start..<max(start, min(end, bytes.count))] where byte & 0xC0 != 0x80 {
      count += 1
    }
    return count
  }

  /// The first byte that is not part of valid UTF-8; nil where all is.
  var invalidByte: Int? {
    // The common case is decided at the speed of a copy.
    let text = String(decoding: bytes, as: UTF8.self)
    if text.utf8.count == bytes.count, !bytes.contains(0xEF) { return nil }
    var decoder = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var offset = 0
    while true {
      switch decoder.parseScalar(from: &iterator) {
      case .valid(let scalar): offset += scalar.count
      case .emptyInput: return nil
      case .error: return offset
      }
    }
  }
}
