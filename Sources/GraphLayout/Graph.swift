/// A directed acyclic graph to be drawn: what its boxes say and which edges join them.
///
/// A node and an edge are known by their position in `nodes` and `edges`, which never changes:
/// graphs grow by appending.
public struct Graph: Sendable, Hashable {
  /// The nodes.
  public var nodes: [Node]
  /// The edges; the edges into one node are its arguments, in this order.
  public var edges: [Edge]

  /// A graph of some nodes and edges.
  public init(nodes: [Node] = [], edges: [Edge] = []) {
    self.nodes = nodes
    self.edges = edges
  }

  /// A thing that takes a rectangle of cells.
  public struct Node: Sendable, Hashable {
    /// The name by which error messages call the node.
    public var id: String
    /// The lines of text in it; no line may hold a line break.
    public var lines: [String]
    /// What is drawn around the text.
    public var style: Style
    /// The least number of cells it takes, border included; ports may need more.
    public var size: Size

    /// A node just large enough for its text.
    public init(id: String, lines: [String], style: Style = .box) {
      self.id = id
      self.lines = lines
      self.style = style
      var width = 0
      for line in lines { width = max(width, CellWidth.of(line)) }
      switch style {
      case .box, .rounded, .double, .dashed:
        size = Size(width: width + 4, height: lines.count + 2)
      case .line: size = Size(width: max(1, width), height: max(1, lines.count))
      case .dot: size = Size(width: 1, height: 1)
      }
    }

    /// How a node is drawn.
    public enum Style: String, Sendable, Hashable, CaseIterable {
      /// A box of light lines.
      case box
      /// A box with round corners.
      case rounded
      /// A box of double lines.
      case double
      /// A box of broken lines.
      case dashed
      /// The text alone.
      case line
      /// One mark and no text.
      case dot

      /// Whether lines are drawn around the text.
      public var hasBorder: Bool { self != .line && self != .dot }
    }
  }

  /// A line from one node to another.
  public struct Edge: Sendable, Hashable {
    /// The position of the node where the line starts.
    public var source: Int
    /// The position of the node where the arrow is.
    public var target: Int
    /// How the line is drawn; edges from one node that differ in it leave by different ports.
    public var line: Line
    /// Whether only the two ends are drawn, each with the name of the other end.
    public var isStub: Bool

    /// An edge between two nodes by position.
    public init(source: Int, target: Int, line: Line = .solid, isStub: Bool = false) {
      self.source = source
      self.target = target
      self.line = line
      self.isStub = isStub
    }

    /// How an edge is drawn.
    public enum Line: UInt8, Sendable, Hashable, CaseIterable {
      /// An unbroken line.
      case solid
      /// A broken line.
      case dashed
    }
  }
}
