/// A layered drawing of a graph: the list of its phases and what they are told.
///
/// The method is that of Sugiyama, Tagawa and Toda ("Methods for Visual Understanding of
/// Hierarchical System Structures", 1981), each phase a file: ``Ranking``, ``LayeredGraph``,
/// ``Ordering``, ``Positioning`` with ``Ports``, ``Routing``, and the drawing of cells on demand in
/// ``LaidOutGraph``. The same graph gives the same cells on every machine.
public struct Layout: Sendable, Hashable {
  /// Where the edges point.
  public var direction: Direction
  /// How far apart things are.
  public var spacing: Spacing
  /// The columns to fill before parts of the graph that nothing joins go below each other.
  public var width: Int

  /// A layout in a direction.
  public init(direction: Direction = .topToBottom, spacing: Spacing = Spacing(), width: Int = 100) {
    self.direction = direction
    self.spacing = spacing
    self.width = width
  }

  /// Lays out a graph.
  ///
  /// - Parameters:
  ///   - graph: The graph; its edges must name nodes that are there.
  ///   - cancellation: Stops the work from outside.
  /// - Returns: Boxes and routes in cells.
  /// - Throws: `LayoutError.cycle` for a graph with a cycle, `LayoutError.cancelled`.
  public func layOut(
    _ graph: Graph,
    cancellation: CancellationToken = CancellationToken()
  ) throws(LayoutError) -> LaidOutGraph {
    try cancellation.check()
    var rank = try Ranking(graph).rank
    let components = Components(graph)
    components.shelve(&rank, graph, width: width, direction: direction)
    var layered = LayeredGraph(graph, rank: rank)
    try Ordering(components, cancellation).order(&layered)
    return try place(layered, cancellation)
  }

  /// Lays out a graph whose ranks and orders are settled.
  func place(
    _ layered: LayeredGraph,
    _ cancellation: CancellationToken
  ) throws(LayoutError) -> LaidOutGraph {
    let extents = Extents(layered, direction, spacing)
    let column = try Positioning(layered, extents, cancellation).column
    let ports = Ports(layered, extents, column)
    let routing = try Routing(layered, ports, extents, column, direction, spacing, cancellation)
    return LaidOutGraph(layered, extents, column, ports, routing, direction)
  }
}
