/// A place in a source: a line, a column and the offset from the start, all in UTF-8 bytes.
public struct SourcePosition: Sendable, Hashable {
  private let storedLine: Int32
  private let storedColumn: Int32
  private let storedOffset: Int32

  /// The line, counted from 1.
  public var line: Int { Int(storedLine) }
  /// The bytes between the start of the line and the place, as CPython's `col_offset`.
  public var column: Int { Int(storedColumn) }
  /// The bytes between the start of the source and the place.
  public var offset: Int { Int(storedOffset) }

  /// A place from its three numbers; sources are below 2 GiB.
  public init(line: Int, column: Int, offset: Int) {
    storedLine = Int32(truncatingIfNeeded: line)
    storedColumn = Int32(truncatingIfNeeded: column)
    storedOffset = Int32(truncatingIfNeeded: offset)
  }
}

/// The part of a source that a token or a piece of the tree was read from.
public struct SourceRange: Sendable, Hashable {
  /// The first byte.
  public let start: SourcePosition
  /// The place after the last byte.
  public let end: SourcePosition

  /// A range from its first byte up to, and without, `end`.
  public init(start: SourcePosition, end: SourcePosition) {
    self.start = start
    self.end = end
  }
}
