/// How far apart things are, in cells.
public struct Spacing: Sendable, Hashable {
  /// Free cells between two nodes of a rank.
  public var nodes: Int
  /// Free cells between a node and a line that passes it, and between two such lines.
  public var lines: Int
  /// The least number of free cells between two ranks.
  public var ranks: Int

  /// The distances between nodes, lines and ranks.
  public init(nodes: Int = 2, lines: Int = 1, ranks: Int = 1) {
    self.nodes = nodes
    self.lines = lines
    self.ranks = ranks
  }
}
