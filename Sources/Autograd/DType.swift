/// The type of a tensor's elements.
///
/// A further type is a case here, a row in ``traits``, a conformance to `Element` and a line in
/// `DType.visit`.
public enum DType: UInt8, Sendable, Hashable, CaseIterable {
  /// `torch.bool`, one byte.
  case bool
  /// `torch.int32`.
  case int32
  /// `torch.int64`.
  case int64
  /// `torch.float32`.
  case float32
  /// `torch.float64`.
  case float64
}

extension DType {
  /// The categories of type promotion, lowest first.
  public enum Category: UInt8, Sendable, Comparable {
    /// `torch.bool`.
    case bool
    /// The integers.
    case integer
    /// The floating point numbers.
    case floatingPoint

    /// Whether a category is lifted by another.
    public static func < (a: Category, b: Category) -> Bool { a.rawValue < b.rawValue }
  }

  /// What is known of a type.
  public struct Traits: Sendable {
    /// Bytes of an element.
    public let itemSize: Int
    /// Its category in type promotion.
    public let category: Category
    /// The name without module, `float32`.
    public let shortName: String
    /// The name that C++ prints, `Float`.
    public let scalarTypeName: String
    /// The name of the C++ type, `float`.
    public let cppName: String
    /// The name of the old tensor type, `torch.FloatTensor`.
    public let tensorTypeName: String
    /// The text in version errors: as ``tensorTypeName`` but for bool.
    public let typeString: String
  }

  /// The table of types, in the order of the cases.
  static let traitsTable: [Traits] = [
    Traits(
      itemSize: 1,
      category: .bool,
      shortName: "bool",
      scalarTypeName: "Bool",
      cppName: "bool",
      tensorTypeName: "torch.BoolTensor",
      typeString: "CPUBoolType"
    ),
    Traits(
      itemSize: 4,
      category: .integer,
      shortName: "int32",
      scalarTypeName: "Int",
      cppName: "int",
      tensorTypeName: "torch.IntTensor",
      typeString: "torch.IntTensor"
    ),
    Traits(
      itemSize: 8,
      category: .integer,
      shortName: "int64",
      scalarTypeName: "Long",
      cppName: "long int",
      tensorTypeName: "torch.LongTensor",
      typeString: "torch.LongTensor"
    ),
    Traits(
      itemSize: 4,
      category: .floatingPoint,
      shortName: "float32",
      scalarTypeName: "Float",
      cppName: "float",
      tensorTypeName: "torch.FloatTensor",
      typeString: "torch.FloatTensor"
    ),
    Traits(
      itemSize: 8,
      category: .floatingPoint,
      shortName: "float64",
      scalarTypeName: "Double",
      cppName: "double",
      tensorTypeName: "torch.DoubleTensor",
      typeString: "torch.DoubleTensor"
    ),
  ]

  /// What is known of this type.
  public var traits: Traits { Self.traitsTable[Int(rawValue)] }

  /// Bytes of an element.
  public var itemSize: Int {
    switch self {
    case .bool: 1
    case .int32, .float32: 4
    case .int64, .float64: 8
    }
  }

  /// The category in type promotion.
  public var category: Category {
    switch self {
    case .bool: .bool
    case .int32, .int64: .integer
    case .float32, .float64: .floatingPoint
    }
  }

  /// The name in Python, `torch.float32`.
  public var name: String { "torch." + traits.shortName }

  /// The name that C++ prints, `Float`.
  public var scalarTypeName: String { traits.scalarTypeName }

  /// The name of the old tensor type, `torch.FloatTensor`.
  public var tensorTypeName: String { traits.tensorTypeName }

  /// Whether this is a floating point type, hence one that may require grad.
  public var isFloatingPoint: Bool { category == .floatingPoint }

  /// Whether this is an integer type; `bool` is none unless asked for.
  public func isIntegral(includingBool: Bool) -> Bool {
    category == .integer || (includingBool && self == .bool)
  }

  /// The type with a Python name, with or without `torch.`, or one of its synonyms.
  public init?(named name: String) {
    let short = name.hasPrefix("torch.") ? String(name.dropFirst(6)) : name
    switch short {
    case "float": self = .float32
    case "double": self = .float64
    case "long": self = .int64
    case "int": self = .int32
    default:
      guard let row = Self.traitsTable.firstIndex(where: { $0.shortName == short }),
        let type = DType(rawValue: UInt8(row))
      else { return nil }
      self = type
    }
  }
}

extension DType {
  /// The common type of two types of one category rank, PyTorch's `promoteTypes`.
  public static func promote(_ a: DType, _ b: DType) -> DType {
    // The cases are in order of promotion: the later of the two can hold the other.
    a.rawValue >= b.rawValue ? a : b
  }
}
