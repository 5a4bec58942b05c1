import Foundation
import Testing

@testable import Autograd

@Suite struct TensorFormatterTests {
  /// Tensors as PyTorch printed them: a line `# dtype sizes values | suffix | options` and the text.
  ///
  /// Values are bit patterns after `=`, or the factor and offset of a sequence after `~`.
  static let cases: [(head: String, text: String)] = {
    let text = TestFile.text("Printing/tensors.txt")
    var cases: [(head: String, text: String)] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      if line.hasPrefix("# ") {
        cases.append((String(line.dropFirst(2)), ""))
      } else {
        cases[cases.count - 1].text += line + "\n"
      }
    }
    return cases.map { ($0.head, String($0.text.dropLast())) }
  }()

  @Test func `tensors print as PyTorch prints them`() throws {
    #expect(Self.cases.count > 700)
    for (head, expected) in Self.cases {
      let parts = head.split(separator: "|", omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      let formatter = TensorFormatter(options: try Self.options(parts.count > 2 ? parts[2] : ""))
      let history = parts.count > 1 && !parts[1].isEmpty ? parts[1] : nil
      let text = formatter.text(try Self.content(parts[0]), history: history)
      #expect(text == expected, "\(head)")
    }
  }

  private static func content(_ text: String) throws -> TensorFormatter.Content {
    let words = text.split(separator: " ")
    let dtype = try #require(DType(named: String(words[0])))
    let sizes = words[1] == "-" ? [] : words[1].split(separator: "x").compactMap { Int($0) }
    let count = sizes.reduce(1, *)
    let numbers = words[2].dropFirst().split(separator: ",")
      .filter { $0 != "-" }.compactMap { UInt64($0, radix: 16) }
    var buffer = Buffer(byteCount: count * dtype.itemSize)
    let isSequence = words[2].hasPrefix("~")
    for index in 0..<count {
      if isSequence {
        let value =
          Double(index) * Double(bitPattern: numbers[0]) + Double(bitPattern: numbers[1])
        buffer.setElement(at: index, value, dtype)
      } else {
        buffer.setBits(at: index, numbers[index], dtype)
      }
    }
    var strides = [Int](repeating: 1, count: sizes.count)
    for index in sizes.indices.dropLast().reversed() {
      strides[index] = strides[index + 1] * max(sizes[index + 1], 1)
    }
    return TensorFormatter.Content(
      buffer: buffer,
      dtype: dtype,
      sizes: sizes,
      strides: strides,
      offset: 0
    )
  }

  private static func options(_ text: String) throws -> PrintOptions {
    var options = PrintOptions()
    for word in text.split(separator: " ") {
      let pair = word.split(separator: "=")
      switch pair[0] {
      case "precision": options.precision = try #require(Int(pair[1]))
      case "linewidth": options.lineWidth = try #require(Int(pair[1]))
      case "edgeitems": options.edgeItems = try #require(Int(pair[1]))
      case "threshold": options.threshold = Int(pair[1])
      case "sci_mode": options.scientific = pair[1] == "True"
      default: Issue.record("an unknown option \(word)")
      }
    }
    return options
  }
}

extension Buffer {
  fileprivate mutating func setBits(at place: Int, _ bits: UInt64, _ dtype: DType) {
    let size = dtype.itemSize
    withMutableBytes { bytes in
      withUnsafeBytes(of: bits.littleEndian) {
        (bytes + place * size).copyMemory(
          from: $0.baseAddress ?? UnsafeRawPointer(bytes),
          byteCount: size
        )
      }
    }
  }

  fileprivate mutating func setElement(at place: Int, _ value: Double, _ dtype: DType) {
    switch dtype {
    case .float32: setBits(at: place, UInt64(Float(value).bitPattern), dtype)
    case .float64: setBits(at: place, value.bitPattern, dtype)
    default: setBits(at: place, UInt64(bitPattern: Int64(value)), dtype)
    }
  }
}
