/// A Swift type that stands for a ``DType``: what kernels are generic over.
protocol Element: BitwiseCopyable, Sendable {
  static var dtype: DType { get }
  static var isIntegral: Bool { get }
  static var zero: Self { get }
  static var one: Self { get }
  /// The least value; minus infinity for floating point types.
  static var lowest: Self { get }
  /// The greatest value; infinity for floating point types.
  static var highest: Self { get }

  init(from value: Double)
  init(from value: Int)

  var double: Double { get }
  var integer: Int { get }
  var isTrue: Bool { get }
  var isNaN: Bool { get }

  static func add(_ a: Self, _ b: Self) -> Self
  static func sub(_ a: Self, _ b: Self) -> Self
  static func mul(_ a: Self, _ b: Self) -> Self
  static func equal(_ a: Self, _ b: Self) -> Bool
  static func less(_ a: Self, _ b: Self) -> Bool
}

extension Element {
  /// A number of the language as an element.
  @inline(__always)
  init(_ scalar: Scalar) {
    switch scalar {
    case .bool(let value): self.init(from: value ? 1 : 0)
    case .int(let value): self.init(from: value)
    case .float(let value): self.init(from: value)
    }
  }

  /// The element as one of another type.
  @inline(__always)
  func cast<Other: Element>(to _: Other.Type) -> Other {
    Self.isIntegral ? Other(from: integer) : Other(from: double)
  }

  /// The element as a number of the language.
  var scalar: Scalar {
    switch Self.dtype.category {
    case .bool: .bool(isTrue)
    case .integer: .int(integer)
    case .floatingPoint: .float(double)
    }
  }
}

extension Bool: Element {
  static var dtype: DType { .bool }
  static var isIntegral: Bool { true }
  static var zero: Bool { false }
  static var one: Bool { true }
  static var lowest: Bool { false }
  static var highest: Bool { true }
  @inline(__always) init(from value: Double) { self = !(value == 0) }
  @inline(__always) init(from value: Int) { self = value != 0 }
  @inline(__always) var double: Double { self ? 1 : 0 }
  @inline(__always) var integer: Int { self ? 1 : 0 }
  @inline(__always) var isTrue: Bool { self }
  @inline(__always) var isNaN: Bool { false }
  @inline(__always) static func add(_ a: Bool, _ b: Bool) -> Bool { a || b }
  @inline(__always) static func sub(_ a: Bool, _ b: Bool) -> Bool { a != b }
  @inline(__always) static func mul(_ a: Bool, _ b: Bool) -> Bool { a && b }
  @inline(__always) static func equal(_ a: Bool, _ b: Bool) -> Bool { a == b }
  @inline(__always) static func less(_ a: Bool, _ b: Bool) -> Bool { !a && b }
}

/// What all integers have in common.
protocol IntegerElement: Element, FixedWidthInteger {}

extension IntegerElement {
  static var isIntegral: Bool { true }
  static var zero: Self { 0 }
  static var one: Self { 1 }
  static var lowest: Self { .min }
  static var highest: Self { .max }
  // What does not fit becomes the least value, as x86 converts.
  @inline(__always) init(from value: Double) {
    self = Self(exactly: value.rounded(.towardZero)) ?? .min
  }
  @inline(__always) init(from value: Int) { self.init(truncatingIfNeeded: value) }
  @inline(__always) var double: Double { Double(self) }
  @inline(__always) var integer: Int { Int(self) }
  @inline(__always) var isTrue: Bool { self != 0 }
  @inline(__always) var isNaN: Bool { false }
  @inline(__always) static func add(_ a: Self, _ b: Self) -> Self { a &+ b }
  @inline(__always) static func sub(_ a: Self, _ b: Self) -> Self { a &- b }
  @inline(__always) static func mul(_ a: Self, _ b: Self) -> Self { a &* b }
  @inline(__always) static func equal(_ a: Self, _ b: Self) -> Bool { a == b }
  @inline(__always) static func less(_ a: Self, _ b: Self) -> Bool { a < b }
}

extension Int32: IntegerElement {
  static var dtype: DType { .int32 }
}

extension Int: IntegerElement {
  static var dtype: DType { .int64 }
}

/// What the floating point types have in common.
protocol FloatElement: Element, BinaryFloatingPoint {}

extension FloatElement {
  static var isIntegral: Bool { false }
  static var zero: Self { 0 }
  static var one: Self { 1 }
  static var lowest: Self { -.infinity }
  static var highest: Self { .infinity }
  @inline(__always) init(from value: Double) { self.init(value) }
  @inline(__always) init(from value: Int) { self.init(value) }
  @inline(__always) var double: Double { Double(self) }
  @inline(__always) var integer: Int { Int(truncating: Double(self)) }
  @inline(__always) var isTrue: Bool { !(self == 0) }
  @inline(__always) static func add(_ a: Self, _ b: Self) -> Self { a + b }
  @inline(__always) static func sub(_ a: Self, _ b: Self) -> Self { a - b }
  @inline(__always) static func mul(_ a: Self, _ b: Self) -> Self { a * b }
  @inline(__always) static func equal(_ a: Self, _ b: Self) -> Bool { a == b }
  @inline(__always) static func less(_ a: Self, _ b: Self) -> Bool { a < b }
}

extension Float: FloatElement {
  static var dtype: DType { .float32 }
}

extension Double: FloatElement {
  static var dtype: DType { .float64 }
}

/// A generic function to be called with the Swift type of a ``DType``.
protocol ElementVisitor {
  associatedtype Output
  func visit<E: Element>(_ type: E.Type) -> Output
}

extension DType {
  /// Calls a generic function with the Swift type: the one place that knows which is which.
  @inline(__always)
  func visit<Visitor: ElementVisitor>(_ visitor: Visitor) -> Visitor.Output {
    switch self {
    case .bool: visitor.visit(Bool.self)
    case .int32: visitor.visit(Int32.self)
    case .int64: visitor.visit(Int.self)
    case .float32: visitor.visit(Float.self)
    case .float64: visitor.visit(Double.self)
    }
  }
}

/// Encodes a number as the bytes of an element.
private struct EncodeScalar: ElementVisitor {
  let scalar: Scalar

  func visit<E: Element>(_ type: E.Type) -> UInt64 {
    var word: UInt64 = 0
    withUnsafeMutableBytes(of: &word) { $0.storeBytes(of: E(scalar), as: E.self) }
    return word
  }
}

/// Decodes the bytes of an element.
private struct DecodeScalar: ElementVisitor {
  let bytes: UnsafeRawPointer

  func visit<E: Element>(_ type: E.Type) -> Scalar {
    bytes.loadUnaligned(as: E.self).scalar
  }
}

extension DType {
  /// The bytes of a number as an element of this type, first byte lowest.
  @inline(__always)
  func encode(_ scalar: Scalar) -> UInt64 {
    switch self {
    case .float32: UInt64(Float(scalar).bitPattern)
    case .float64: Double(scalar).bitPattern
    case .bool, .int32, .int64: visit(EncodeScalar(scalar: scalar))
    }
  }

  /// The number at an address.
  func decode(_ bytes: UnsafeRawPointer) -> Scalar { visit(DecodeScalar(bytes: bytes)) }
}
