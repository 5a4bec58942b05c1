/// The text of tensors, as `repr` of PyTorch gives it.
///
/// Works on bytes and a geometry, so that a recorded moment prints as the live tensor did.
public struct TensorFormatter: Sendable {
  /// The constants to print with.
  public var options: PrintOptions
  /// The default dtype, which is not shown.
  public var defaultDType: DType

  /// A formatter with given constants.
  public init(options: PrintOptions = PrintOptions(), defaultDType: DType = .float32) {
    self.options = options
    self.defaultDType = defaultDType
  }
}

extension TensorFormatter {
  /// The values of a tensor: bytes and where its elements lie in them.
  public struct Content {
    /// The bytes of the storage.
    public let buffer: Buffer
    /// The type of the elements.
    public let dtype: DType
    /// Number of elements in every dimension.
    public let sizes: [Int]
    /// Distance of neighbours in every dimension, in elements.
    public let strides: [Int]
    /// The place of the first element, in elements.
    public let offset: Int

    /// Values from their parts.
    public init(buffer: Buffer, dtype: DType, sizes: [Int], strides: [Int], offset: Int) {
      self.buffer = buffer
      self.dtype = dtype
      self.sizes = sizes
      self.strides = strides
      self.offset = offset
    }

    /// The values of a tensor as they are now.
    public init(_ tensor: Tensor) {
      self.init(
        buffer: tensor.storage.buffer,
        dtype: tensor.dtype,
        sizes: tensor.sizes,
        strides: tensor.strides,
        offset: tensor.storageOffset
      )
    }
  }

  /// The `repr` of a tensor.
  ///
  /// - Parameters:
  ///   - content: The values.
  ///   - prefix: What stands before the values, `tensor(` but for subclasses.
  ///   - history: The suffix about autograd, `grad_fn=<MulBackward0>` or `requires_grad=True`.
  /// - Returns: The text, with line breaks but none at the end.
  public func text(_ content: Content, prefix: String = "tensor(", history: String? = nil) -> String
  {
    let isEmpty = content.sizes.contains(0)
    var suffixes: [String] = []
    if isEmpty ? content.sizes.count != 1 : options.edgeItems == 0 {
      suffixes.append("size=" + Self.tuple(content.sizes))
    }
    let isExpected =
      content.dtype == defaultDType
      || (!isEmpty && (content.dtype == .int64 || content.dtype == .bool))
    if !isExpected { suffixes.append("dtype=" + content.dtype.name) }
    if let history { suffixes.append(history) }
    let indent = prefix.utf8.count
    return addSuffixes(suffixes, to: prefix + body(content, indent: indent), indent: indent)
  }

  /// The values alone, in brackets, continued on lines indented by `indent` and the depth.
  public func body(_ content: Content, indent: Int) -> String {
    if content.sizes.contains(0) { return "[]" }
    let isSummarized = options.threshold.map { Shape.numel(content.sizes) > $0 } ?? false
    let block = Block(content: content, options: options, isSummarized: isSummarized)
    var text = ""
    block.append(to: &text, dimension: 0, offset: content.offset, indent: indent)
    return text
  }

  /// Sizes as Python prints a tuple, `(2,)`.
  public static func tuple(_ sizes: [Int]) -> String {
    if sizes.count == 1 { return "(\(sizes[0]),)" }
    return "(" + sizes.map(String.init).joined(separator: ", ") + ")"
  }

  private func addSuffixes(_ suffixes: [String], to text: String, indent: Int) -> String {
    var result = text
    let bytes = text.utf8
    let lineStart = bytes.lastIndex(of: 10).map { bytes.index(after: $0) } ?? bytes.startIndex
    // PyTorch counts two more columns than the line has.
    var column = bytes.distance(from: lineStart, to: bytes.endIndex) + 2
    for suffix in suffixes {
      let length = suffix.utf8.count
      if column + length + 2 > options.lineWidth {
        result += ",\n" + String(repeating: " ", count: indent) + suffix
        column = indent + length
      } else {
        result += ", " + suffix
        column += length + 2
      }
    }
    return result + ")"
  }
}

/// The brackets and elements of one tensor.
private struct Block {
  let content: TensorFormatter.Content
  let options: PrintOptions
  let isSummarized: Bool
  let format: ElementFormat

  init(content: TensorFormatter.Content, options: PrintOptions, isSummarized: Bool) {
    self.content = content
    self.options = options
    self.isSummarized = isSummarized
    let places = Self.displayed(content, options, isSummarized)
    let values = places.map { content.buffer.element(at: $0, content.dtype) }
    format = ElementFormat(values, dtype: content.dtype, options: options)
  }

  /// The places of the elements that are displayed, in order.
  private static func displayed(
    _ content: TensorFormatter.Content,
    _ options: PrintOptions,
    _ isSummarized: Bool
  ) -> [Int] {
    var places = [content.offset]
    for (size, stride) in zip(content.sizes, content.strides) {
      let indices = shown(size, options, isSummarized)
      var next: [Int] = []
      next.reserveCapacity(places.count * indices.count)
      for place in places {
        for index in indices { next.append(place + index * stride) }
      }
      places = next
    }
    return places
  }

  /// The indices of a dimension that are displayed.
  private static func shown(_ size: Int, _ options: PrintOptions, _ isSummarized: Bool) -> [Int] {
    guard isSummarized, size > 2 * options.edgeItems else { return Array(0..<size) }
    return Array(0..<options.edgeItems) + Array((size - options.edgeItems)..<size)
  }

  // Recursion is over the dimensions, of which there are few.
  func append(to text: inout String, dimension: Int, offset: Int, indent: Int) {
    if dimension == content.sizes.count {
      text += element(offset)
      return
    }
    text += "["
    if dimension == content.sizes.count - 1 {
      appendRow(to: &text, dimension: dimension, offset: offset, indent: indent)
    } else {
      let separator =
        "," + String(repeating: "\n", count: content.sizes.count - dimension - 1)
        + String(repeating: " ", count: indent + 1)
      let indices = Self.shown(content.sizes[dimension], options, isSummarized)
      let isCut = indices.count < content.sizes[dimension]
      if isCut, indices.isEmpty { text += "..." }
      for (number, index) in indices.enumerated() {
        if number > 0 { text += separator }
        if isCut && number == options.edgeItems { text += "..." + separator }
        append(
          to: &text,
          dimension: dimension + 1,
          offset: offset + index * content.strides[dimension],
          indent: indent + 1
        )
      }
    }
    text += "]"
  }

  private func appendRow(to text: inout String, dimension: Int, offset: Int, indent: Int) {
    let perLine = max(1, Self.floorDivide(options.lineWidth - indent, format.width + 2))
    let indices = Self.shown(content.sizes[dimension], options, isSummarized)
    let isCut = indices.count < content.sizes[dimension]
    let lineBreak = ",\n" + String(repeating: " ", count: indent + 1)
    var count = 0
    func add(_ item: String) {
      if count > 0 { text += count % perLine == 0 ? lineBreak : ", " }
      text += item
      count += 1
    }
    if isCut && options.edgeItems == 0 { add("...") }
    for (number, index) in indices.enumerated() {
      if isCut && number == options.edgeItems { add(" ...") }
      add(element(offset + index * content.strides[dimension]))
    }
  }

  private func element(_ place: Int) -> String {
    format.text(content.buffer.element(at: place, content.dtype))
  }

  private static func floorDivide(_ a: Int, _ b: Int) -> Int {
    a >= 0 ? a / b : -((-a + b - 1) / b)
  }
}

extension Buffer {
  /// The element at a place counted in elements.
  public func element(at place: Int, _ dtype: DType) -> Scalar {
    withBytes { bytes in
      switch dtype {
      case .bool: .bool(bytes.load(fromByteOffset: place, as: UInt8.self) != 0)
      case .int32: .int(Int(bytes.load(fromByteOffset: place * 4, as: Int32.self)))
      case .int64: .int(bytes.load(fromByteOffset: place * 8, as: Int.self))
      case .float32: .float(Double(bytes.load(fromByteOffset: place * 4, as: Float.self)))
      case .float64: .float(bytes.load(fromByteOffset: place * 8, as: Double.self))
      }
    }
  }
}
