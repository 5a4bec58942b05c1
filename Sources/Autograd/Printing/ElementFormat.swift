/// How the elements of one tensor are printed: one notation and one width for all of them.
///
/// Width and notation come from the values that are displayed. Floats that are zero or not finite do
/// not take part, so they may overflow the column.
struct ElementFormat {
  private enum Notation {
    case integer, whole, fixed, scientific
  }

  private let notation: Notation
  private let precision: Int

  /// The characters of the widest element.
  let width: Int

  init(_ values: [Scalar], dtype: DType, options: PrintOptions) {
    precision = options.precision
    guard dtype.isFloatingPoint else {
      notation = .integer
      var width = 1
      for value in values { width = max(width, Self.text(ofInteger: value).utf8.count) }
      self.width = width
      return
    }
    let finite = values.lazy.map(\.double).filter { $0.isFinite && $0 != 0 }
    var isWhole = true
    var smallest = Double.infinity
    var largest = 0.0
    for value in finite {
      if value != value.rounded(.up) { isWhole = false }
      smallest = min(smallest, value.magnitude)
      largest = max(largest, value.magnitude)
    }
    // Without such a value PyTorch leaves before it looks at the options.
    guard largest > 0 else {
      notation = .whole
      width = 1
      return
    }
    let isScientific =
      options.scientific ?? (largest / smallest > 1000 || largest > 1e8 || smallest < 1e-4)
    notation = isScientific ? .scientific : isWhole ? .whole : .fixed
    var width = 1
    for value in finite {
      width = max(width, Self.text(of: value, notation, precision).utf8.count)
    }
    self.width = width
  }

  /// The element, padded on the left.
  func text(_ value: Scalar) -> String {
    let text =
      notation == .integer
      ? Self.text(ofInteger: value) : Self.text(of: value.double, notation, precision)
    let missing = width - text.utf8.count
    return missing > 0 ? String(repeating: " ", count: missing) + text : text
  }

  private static func text(ofInteger value: Scalar) -> String {
    switch value {
    case .bool(let value): value ? "True" : "False"
    case .int(let value): String(value)
    case .float(let value): NumberText.fixed(value, digits: 0)
    }
  }

  private static func text(of value: Double, _ notation: Notation, _ precision: Int) -> String {
    switch notation {
    case .scientific: return NumberText.scientific(value, digits: precision)
    case .fixed: return NumberText.fixed(value, digits: precision)
    case .whole, .integer:
      let text = NumberText.fixed(value, digits: 0)
      return value.isFinite ? text + "." : text
    }
  }
}
