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
    let stubs = Stubs(graph)
    var rank = try Ranking(stubs.graph).rank
    let components = Components(stubs.graph)
    components.shelve(&rank, stubs.graph, self)
    var layered = LayeredGraph(stubs.graph, rank: rank)
    try Ordering(components, cancellation).order(&layered)
    let order = PortOrder(layered)
    let extents = Extents(layered, direction, spacing)
    let positions = try Positioning(layered, order, extents, cancellation)
    return try route(graph, stubs, layered, order, positions, cancellation)
  }

  /// Lays out a graph with new nodes and edges so that what was there stays where it is, as far as
  /// there is room, and never changes sides.
  ///
  /// Nodes move to lower ranks only where new edges ask for it; see ``Appending``.
  ///
  /// - Parameters:
  ///   - graph: The graph; its first nodes and edges are those of the old one.
  ///   - old: The drawing of the old graph.
  ///   - cancellation: Stops the work from outside.
  /// - Returns: Boxes and routes in cells.
  /// - Throws: `LayoutError.cycle` for a graph with a cycle, `LayoutError.cancelled`.
  public func layOut(
    _ graph: Graph,
    after old: LaidOutGraph,
    cancellation: CancellationToken = CancellationToken()
  ) throws(LayoutError) -> LaidOutGraph {
    guard old.rankCount > 0 else { return try layOut(graph, cancellation: cancellation) }
    try cancellation.check()
    let stubs = Stubs(graph)
    let appending = try Appending(stubs, to: old)
    let order = PortOrder(appending.layered)
    let extents = Extents(appending.layered, direction, spacing)
    let positions = Positioning(appending, order, extents)
    return try route(graph, stubs, appending.layered, order, positions, cancellation)
  }

  private func route(
    _ graph: Graph,
    _ stubs: Stubs,
    _ layered: LayeredGraph,
    _ order: PortOrder,
    _ positions: Positioning,
    _ cancellation: CancellationToken
  ) throws(LayoutError) -> LaidOutGraph {
    let ports = Ports(layered, order, positions.extents, positions.column)
    let routing = try Routing(layered, ports, positions, direction, spacing, cancellation)
    return LaidOutGraph(graph, stubs, layered, positions, ports, routing, self)
  }
}
