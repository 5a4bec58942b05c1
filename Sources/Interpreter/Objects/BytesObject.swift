/// A Python `bytes`.
final class BytesObject: Object {
  /// The bytes.
  let bytes: [UInt8]

  init(_ bytes: [UInt8], type: TypeObject?) {
    self.bytes = bytes
    super.init(type: type)
  }

  /// The text that they are the UTF-8 of.
  func decoded(_ machine: Machine) throws(PythonError) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    throw machine.error(machine.types.unicodeDecodeError, "'utf-8' codec can't decode the bytes")
  }

  /// How `repr` writes them.
  var text: String {
    let quote: UInt8 =
      bytes.contains(0x27) && !bytes.contains(0x22) ? 0x22 : 0x27
    var text: [UInt8] = [UInt8(ascii: "b"), quote]
    for byte in bytes {
      switch byte {
      case quote, 0x5C: text += [0x5C, byte]
      case 0x09: text += Array("\\t".utf8)
      case 0x0A: text += Array("\\n".utf8)
      case 0x0D: text += Array("\\r".utf8)
      case 0x20..<0x7F: text.append(byte)
      default:
        let digits = String(byte, radix: 16)
        text += Array(("\\x" + (digits.utf8.count == 1 ? "0" : "") + digits).utf8)
      }
    }
    return String(utf8: text + [quote])
  }
}
