/// Where the edges point.
public enum Direction: String, Sendable, Hashable, CaseIterable {
  /// Downwards, as data flows from the leaves to the result.
  case topToBottom
  /// Upwards.
  case bottomToTop
  /// To the right.
  case leftToRight

  /// Whether ranks are rows and not columns.
  public var isVertical: Bool { self != .leftToRight }

  /// How many cells a size takes along a rank.
  func across(_ size: Size) -> Int { isVertical ? size.width : size.height }

  /// How many cells a size takes from rank to rank.
  func along(_ size: Size) -> Int { isVertical ? size.height : size.width }
}
