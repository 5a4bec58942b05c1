import GraphLayout
import Timeline

/// What is in the picture of a history before it has places: boxes, who lives in them, edges.
struct GraphPlan: Sendable {
  /// The boxes.
  private(set) var boxes: [GraphMap.Box] = []
  /// The edges, from what was used to what was made of it.
  private(set) var edges: [Graph.Edge] = []
  /// The box of each node.
  private(set) var boxOfNode: [NodeID: Int] = [:]
  /// The box of each tensor that has one of its own.
  private(set) var boxOfTensor: [TensorID: Int] = [:]

  private var turns: [Turn: [Int]] = [:]
  private var edgeNumbers: [EdgeKey: Int] = [:]

  /// What has to agree for two things to take turns in a box.
  private struct Turn: Hashable {
    var kind: GraphMap.Kind
    var name: String
    var line: Int
    var callPath: [String]
    var widths: Int
  }

  private struct EdgeKey: Hashable {
    var source: Int
    var target: Int
    var line: Graph.Edge.Line
    var count: Int
  }

  /// The plan of a history.
  init(_ timeline: Timeline) {
    let last = timeline.moment(at: timeline.steps.count - 1)
    let lifetimes = timeline.lifetimes()
    addLeaves(last, lifetimes, timeline)
    for number in stride(from: 1, through: last.nodeCount, by: 1) {
      guard let node = last.node(NodeID(number)) else { continue }
      addNode(node, last, lifetimes, timeline)
    }
    addAliases(last, lifetimes, timeline)
    for number in stride(from: 1, through: last.nodeCount, by: 1) {
      if let node = last.node(NodeID(number)) { addEdges(of: node, last, timeline) }
    }
    for box in boxes.indices { boxes[box].occupants.sort { $0.start < $1.start } }
  }
}

// MARK: Boxes

extension GraphPlan {
  private mutating func addLeaves(_ last: Moment, _ lifetimes: Lifetimes, _ timeline: Timeline) {
    for number in stride(from: 1, through: last.tensorCount, by: 1) {
      guard let tensor = last.tensor(TensorID(number)), tensor.requiresGrad, tensor.isLeaf,
        !tensor.isView, !lifetimes.names(of: tensor.id).isEmpty
      else { continue }
      addTensor(tensor, kind: .leaf, lifetimes, timeline)
    }
  }

  private mutating func addNode(
    _ node: NodeState,
    _ last: Moment,
    _ lifetimes: Lifetimes,
    _ timeline: Timeline
  ) {
    if let variable = node.variable {
      if boxOfTensor[variable] == nil, let tensor = last.tensor(variable) {
        addTensor(tensor, kind: .leaf, lifetimes, timeline)
      }
      boxOfNode[node.id] = boxOfTensor[variable]
      return
    }
    let step = timeline.steps[node.createdAt]
    var made = 4
    var named = 0
    for output in step.outputs {
      let names = lifetimes.names(of: output)
      let widest = names.map { CellWidth.of($0) }.max() ?? output.description.count
      made = max(made, widest + shapeWidth(last.tensor(output)) + 5)
      named = max(named, widest)
    }
    var widths = [max(CellWidth.of(node.name) + 2, 6), made + 2]
    var saved = 6
    for item in node.saved {
      guard let tensor = item.tensor else { continue }
      let names = lifetimes.names(of: tensor)
      saved += 5 + (names.map { CellWidth.of($0) }.max() ?? tensor.description.count)
    }
    if saved > 6 { widths.append(saved) }
    let turn = Turn(
      kind: .node,
      name: node.name,
      line: node.line ?? 0,
      callPath: node.callPath,
      widths: widths.count
    )
    let occupant = GraphMap.Occupant(
      entity: .node(node.id),
      start: node.createdAt,
      end: lifetimes.end(of: node.id),
      lastUse: lifetimes.lastUse(of: node.id)
    )
    boxOfNode[node.id] = place(occupant, turn, widths, brief: CellWidth.of(node.name) + named + 6)
  }

  private mutating func addTensor(
    _ tensor: TensorState,
    kind: GraphMap.Kind,
    _ lifetimes: Lifetimes,
    _ timeline: Timeline
  ) {
    guard boxOfTensor[tensor.id] == nil else { return }
    let names = lifetimes.names(of: tensor.id)
    let widest = names.map { CellWidth.of($0) }.max() ?? tensor.id.description.count
    var widths = [widest + shapeWidth(tensor) + 5]
    if kind == .leaf {
      widths += ["AccumulateGrad".count, 5 + max(shapeWidth(tensor), 4)]
    }
    let turn = Turn(
      kind: kind,
      name: names.first ?? "",
      line: timeline.steps[tensor.createdAt].line ?? 0,
      callPath: [],
      widths: widths.count
    )
    let occupant = GraphMap.Occupant(
      entity: .tensor(tensor.id),
      start: tensor.createdAt,
      end: lifetimes.end(of: tensor.id),
      lastUse: lifetimes.end(of: tensor.id)
    )
    boxOfTensor[tensor.id] = place(occupant, turn, widths, brief: widths[0] + 2)
  }

  /// Finds a box whose last occupant is gone by then, or makes one.
  private mutating func place(
    _ occupant: GraphMap.Occupant,
    _ turn: Turn,
    _ widths: [Int],
    brief: Int
  ) -> Int {
    for box in turns[turn] ?? [] {
      guard let last = boxes[box].occupants.last, last.lastUse <= occupant.start else { continue }
      boxes[box].occupants.append(occupant)
      boxes[box].brief = max(boxes[box].brief, brief)
      for (line, width) in widths.enumerated() {
        boxes[box].widths[line] = max(boxes[box].widths[line], width)
      }
      return box
    }
    boxes.append(GraphMap.Box(kind: turn.kind, occupants: [occupant], widths: widths, brief: brief))
    turns[turn, default: []].append(boxes.count - 1)
    return boxes.count - 1
  }

  /// Tensors without history that share memory with what is in the picture: `detach()`, `.data`.
  private mutating func addAliases(_ last: Moment, _ lifetimes: Lifetimes, _ timeline: Timeline) {
    for number in stride(from: 1, through: last.tensorCount, by: 1) {
      guard let tensor = last.tensor(TensorID(number)), boxOfTensor[tensor.id] == nil,
        tensor.gradFn == .none, !lifetimes.names(of: tensor.id).isEmpty,
        let owner = owner(of: tensor, last), let source = box(owner, last)
      else { continue }
      addTensor(tensor, kind: .plain, lifetimes, timeline)
      if let target = boxOfTensor[tensor.id] {
        let edge = numberOfEdge(of: source, target, .dashed, 0)
        let arrival = GraphMap.Arrival(
          edge: edge,
          source: boxOfTensor[owner] == nil ? node(of: owner, last) : .tensor(owner)
        )
        boxes[target].occupants[boxes[target].occupants.count - 1].edges.append(arrival)
      }
    }
  }

  /// The first tensor of the same memory that is in the picture and is older.
  private func owner(of tensor: TensorState, _ last: Moment) -> TensorID? {
    for other in last.storage(tensor.storage)?.tensors ?? [] where other < tensor.id {
      if box(other, last) != nil { return other }
    }
    return nil
  }

  private func node(of tensor: TensorID, _ last: Moment) -> Entity {
    last.tensor(tensor)?.gradFn.node.map { .node($0) } ?? .tensor(tensor)
  }

  private func box(_ tensor: TensorID, _ last: Moment) -> Int? {
    boxOfTensor[tensor] ?? last.tensor(tensor)?.gradFn.node.flatMap { boxOfNode[$0] }
  }

  private func shapeWidth(_ tensor: TensorState?) -> Int {
    guard let tensor else { return 2 }
    return tensor.sizes.isEmpty ? 7 : Digest.shape(tensor.sizes).count + 1
  }
}

// MARK: Edges

extension GraphPlan {
  private mutating func addEdges(of node: NodeState, _ last: Moment, _ timeline: Timeline) {
    guard node.variable == nil, let target = boxOfNode[node.id],
      let place = boxes[target].occupants.firstIndex(where: { $0.entity == .node(node.id) })
    else { return }
    var counts: [Int: Int] = [:]
    for edge in node.edges {
      guard let edge, let source = boxOfNode[edge.node], source != target else { continue }
      let count = counts[source, default: 0]
      counts[source] = count + 1
      let number = numberOfEdge(of: source, target, .solid, count)
      let entity =
        last.node(edge.node)?.variable.map { Entity.tensor($0) } ?? .node(edge.node)
      let arrival = GraphMap.Arrival(edge: number, source: entity)
      boxes[target].occupants[place].edges.append(arrival)
    }
    for input in timeline.steps[node.createdAt].inputs {
      guard let source = boxOfTensor[input], boxes[source].kind == .plain else { continue }
      let number = numberOfEdge(of: source, target, .dashed, 0)
      let arrival = GraphMap.Arrival(edge: number, source: .tensor(input))
      boxes[target].occupants[place].edges.append(arrival)
    }
  }

  /// The number of an edge of the picture, which is made if it is new.
  private mutating func numberOfEdge(
    of source: Int,
    _ target: Int,
    _ line: Graph.Edge.Line,
    _ count: Int
  ) -> Int {
    let key = EdgeKey(source: source, target: target, line: line, count: count)
    if let number = edgeNumbers[key] { return number }
    edges.append(Graph.Edge(source: source, target: target, line: line))
    edgeNumbers[key] = edges.count - 1
    return edges.count - 1
  }
}
