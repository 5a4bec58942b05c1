import GraphLayout
import Timeline

/// The picture of a whole history: one place for everything that ever is in the graph.
///
/// It is laid out once, so nothing moves when time does; a moment only decides what is shown. What
/// never lives at the same time and comes from the same place of the script, like the graphs of
/// the rounds of a training loop, takes turns in one box.
struct GraphMap: Sendable {
  /// How much a box says.
  enum Detail: Int, CaseIterable, Sendable {
    /// Names, versions, what was saved, gradients.
    case full
    /// One line.
    case brief
    /// A mark.
    case dot
  }

  /// A box of the picture.
  struct Box: Sendable {
    /// What kind of thing lives in it.
    var kind: Kind
    /// What lives in it, one after the other.
    var occupants: [Occupant]
    /// The widest text of each of its lines.
    var widths: [Int]
    /// The width of all that is said in one line.
    var brief: Int
  }

  /// What kind of thing lives in a box.
  enum Kind: Hashable, Sendable {
    /// A leaf that requires grad, with the node that adds to its grad.
    case leaf
    /// A node of the backward graph with the tensor that its operation made.
    case node
    /// A tensor without history that the graph uses.
    case plain
  }

  /// Who lives in a box for a while.
  struct Occupant: Sendable {
    /// Who.
    var entity: Entity
    /// The first step at which it is there.
    var start: Int
    /// The step at which it is gone.
    var end: Int
    /// The step at which another may take its place.
    var lastUse: Int
    /// The edges of the picture that lead to it, and whence.
    var edges: [Arrival] = []
  }

  /// An edge of the picture that leads to something, and what it comes from.
  struct Arrival: Sendable {
    var edge: Int
    var source: Entity
  }

  /// How much the boxes say.
  let detail: Detail
  /// The boxes, by the positions of the nodes of the drawing.
  let boxes: [Box]
  /// Where everything is.
  let drawing: LaidOutGraph
  private let boxOfNode: [NodeID: Int]
  private let boxOfTensor: [TensorID: Int]

  /// The picture of a history.
  init(_ plan: GraphPlan, detail: Detail) {
    self.detail = detail
    boxes = plan.boxes
    boxOfNode = plan.boxOfNode
    boxOfTensor = plan.boxOfTensor
    drawing = Self.layOut(plan, detail: detail)
  }
}

extension GraphMap {
  /// Who lives in a box at a step.
  func occupant(of box: Int, at step: Int) -> Occupant? {
    // The last one that had come by then: they are in order of their starts.
    let occupants = boxes[box].occupants
    var low = 0
    var high = occupants.count
    while low < high {
      let middle = (low + high) / 2
      if occupants[middle].start <= step { low = middle + 1 } else { high = middle }
    }
    guard low > 0, step < occupants[low - 1].end else { return nil }
    return occupants[low - 1]
  }

  /// The box of something; that of a tensor with history is the box of its grad_fn.
  func box(of entity: Entity, in moment: Moment) -> Int? {
    switch entity {
    case .node(let id): return boxOfNode[id]
    case .tensor(let id):
      if let box = boxOfTensor[id] { return box }
      return moment.tensor(id)?.gradFn.node.flatMap { boxOfNode[$0] }
    case .storage(let id):
      for tensor in moment.storage(id)?.tensors ?? [] {
        if let box = box(of: .tensor(tensor), in: moment) { return box }
      }
      return nil
    }
  }

  /// The box of something if the box shows it, and not another that takes its turn.
  func box(showing entity: Entity, in moment: Moment) -> Int? {
    guard let box = box(of: entity, in: moment),
      let occupant = occupant(of: box, at: moment.step)
    else { return nil }
    let isShown =
      switch (entity, occupant.entity) {
      case (.tensor(let one), .node(let other)): moment.tensor(one)?.gradFn.node == other
      case (.node(let one), .tensor(let other)): moment.node(one)?.variable == other
      case (.storage, _): true
      case (let one, let other): one == other
      }
    return isShown ? box : nil
  }

  /// What is shown at a step.
  func reveal(at step: Int) -> Reveal {
    var reveal = Reveal(
      nodes: [Bool](repeating: false, count: drawing.graph.nodes.count),
      edges: [Bool](repeating: false, count: drawing.graph.edges.count)
    )
    for box in boxes.indices {
      guard let occupant = occupant(of: box, at: step) else { continue }
      reveal.nodes[box] = true
      for arrival in occupant.edges where arrival.edge < drawing.graph.edges.count {
        let source = self.occupant(of: drawing.graph.edges[arrival.edge].source, at: step)
        reveal.edges[arrival.edge] = source?.entity == arrival.source
      }
    }
    return reveal
  }

  private static func layOut(_ plan: GraphPlan, detail: Detail) -> LaidOutGraph {
    var graph = Graph()
    for (index, box) in plan.boxes.enumerated() {
      let lines: [String]
      let style: Graph.Node.Style
      switch detail {
      case .full:
        lines = box.widths.map { String(repeating: "x", count: $0) }
        style = box.kind == .leaf ? .rounded : box.kind == .plain ? .dashed : .box
      case .brief:
        lines = [String(repeating: "x", count: box.brief)]
        style = box.kind == .leaf ? .rounded : box.kind == .plain ? .dashed : .box
      case .dot:
        lines = []
        style = .dot
      }
      graph.nodes.append(Graph.Node(id: String(index), lines: lines, style: style))
    }
    graph.edges = plan.edges
    let layout = Layout(spacing: Spacing(nodes: 2, lines: 1, ranks: 1), width: 100)
    if !plan.boxes.isEmpty, let drawing = try? layout.layOut(graph) { return drawing }
    // Taking turns made a cycle of two graphs; without edges there is none. And of nothing there is
    // no layout: a node that is never shown stands for it.
    graph.edges = []
    if plan.boxes.isEmpty { graph.nodes = [Graph.Node(id: "", lines: [], style: .dot)] }
    guard let drawing = try? layout.layOut(graph) else {
      preconditionFailure("a graph without edges has no cycle")
    }
    return drawing
  }
}
