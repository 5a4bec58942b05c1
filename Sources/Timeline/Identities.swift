/// The identity of a tensor: `t1`, `t2`, … in order of creation.
public struct TensorID: Sendable, Hashable {
  /// The number, counted from 1.
  public var number: Int { Int(stored) }
  private let stored: Int32

  /// An identity from its number.
  public init(_ number: Int) {
    stored = Int32(truncatingIfNeeded: number)
  }
}

/// The identity of a backward node: `n1`, `n2`, … in order of creation.
public struct NodeID: Sendable, Hashable {
  /// The number, counted from 1.
  public var number: Int { Int(stored) }
  private let stored: Int32

  /// An identity from its number.
  public init(_ number: Int) {
    stored = Int32(truncatingIfNeeded: number)
  }
}

/// The identity of a storage: `s1`, `s2`, … in order of creation.
public struct StorageID: Sendable, Hashable {
  /// The number, counted from 1.
  public var number: Int { Int(stored) }
  private let stored: Int32

  /// An identity from its number.
  public init(_ number: Int) {
    stored = Int32(truncatingIfNeeded: number)
  }
}

/// The identity of a version counter: tensors with equal ones share their version.
public struct VersionCounterID: Sendable, Hashable {
  /// The number, counted from 1.
  public var number: Int { Int(stored) }
  private let stored: Int32

  /// An identity from its number.
  public init(_ number: Int) {
    stored = Int32(truncatingIfNeeded: number)
  }
}

/// An identity that counts from 1 and prints as a letter and its number.
protocol Identity: Comparable, CustomStringConvertible {
  static var letter: String { get }
  var number: Int { get }
  init(_ number: Int)
}

extension Identity {
  /// The place in a table of all that were created.
  var index: Int { number - 1 }

  init(index: Int) {
    self.init(index + 1)
  }
}

extension TensorID: Identity {
  static let letter = "t"

  /// The name that people see, `t3`.
  public var description: String { Self.letter + String(number) }

  /// Whether one was created before the other.
  public static func < (a: TensorID, b: TensorID) -> Bool { a.stored < b.stored }
}

extension NodeID: Identity {
  static let letter = "n"

  /// The name that people see, `n3`.
  public var description: String { Self.letter + String(number) }

  /// Whether one was created before the other.
  public static func < (a: NodeID, b: NodeID) -> Bool { a.stored < b.stored }
}

extension StorageID: Identity {
  static let letter = "s"

  /// The name that people see, `s3`.
  public var description: String { Self.letter + String(number) }

  /// Whether one was created before the other.
  public static func < (a: StorageID, b: StorageID) -> Bool { a.stored < b.stored }
}

extension VersionCounterID: Identity {
  static let letter = "c"

  /// The name that people see, `c3`.
  public var description: String { Self.letter + String(number) }

  /// Whether one was created before the other.
  public static func < (a: VersionCounterID, b: VersionCounterID) -> Bool { a.stored < b.stored }
}
