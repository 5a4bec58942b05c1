import Autograd

/// One record of a trace: the tensors by name and the graph behind them.
struct SnapshotRecord {
  private let named: [(name: String, tensor: Tensor)]
  private let session: Session
  private var nameOf: [Int: String] = [:]
  private var storageNames: [Int: String] = [:]
  private var numbers: [Int: Int] = [:]
  private var graph: [GraphNode] = []

  private struct GraphNode {
    let name: String
    let variable: JSON?
    var next: [JSON] = []
  }

  /// Elements of a tensor that are written at most.
  private static let elementLimit = 1000

  /// - Parameters:
  ///   - named: The tensors, sorted by name.
  ///   - session: The session that they belong to.
  init(_ named: [(name: String, tensor: Tensor)], _ session: Session) {
    self.named = named
    self.session = session
    for (name, tensor) in named where nameOf[tensor.id] == nil { nameOf[tensor.id] = name }
  }

  /// A record without tensors.
  static func empty(line: Int) -> JSON {
    .object([
      JSON.Member("line", .int(line)),
      JSON.Member("tensors", .object([])),
      JSON.Member("graph", .array([])),
    ])
  }

  mutating func record(line: Int) -> JSON {
    var tensors: [JSON.Member] = []
    for (name, tensor) in named { tensors.append(JSON.Member(name, state(name, tensor))) }
    var nodes: [JSON] = []
    for (number, node) in graph.enumerated() {
      var members = [
        JSON.Member("id", .int(number)),
        JSON.Member("name", .string(node.name)),
        JSON.Member("next", .array(node.next)),
      ]
      if let variable = node.variable { members.append(JSON.Member("variable", variable)) }
      nodes.append(.object(members))
    }
    return .object([
      JSON.Member("line", .int(line)),
      JSON.Member("tensors", .object(tensors)),
      JSON.Member("graph", .array(nodes)),
    ])
  }
}

extension SnapshotRecord {
  private mutating func state(_ name: String, _ tensor: Tensor) -> JSON {
    // An empty storage has no address, so it is shared with nobody.
    let place = tensor.storage.byteCount == 0 ? -tensor.id : tensor.storage.id
    let storage = storageNames[place] ?? name
    storageNames[place] = storage
    var isLeaf = false
    var gradFn = JSON.null
    do throws(AutogradError) {
      let node = try session.gradFn(of: tensor)
      isLeaf = node == nil
      if let node { gradFn = .array([.int(walk(node)), .int(tensor.outputNr)]) }
    } catch {
      gradFn = .string("error")
    }
    let base = tensor.base.flatMap { nameOf[$0.id] }
    return .object([
      JSON.Member("dtype", .string(tensor.dtype.traits.shortName)),
      JSON.Member("shape", .array(tensor.sizes.map { .int($0) })),
      JSON.Member("data", data(tensor)),
      JSON.Member("requires_grad", .bool(tensor.requiresGrad)),
      JSON.Member("is_leaf", .bool(isLeaf)),
      JSON.Member("retains_grad", .bool(tensor.retainsGrad)),
      JSON.Member("grad_fn", gradFn),
      JSON.Member("version", tensor.isInference ? .null : .int(tensor.version)),
      JSON.Member("is_view", .bool(tensor.isView)),
      JSON.Member("base", JSON(base)),
      JSON.Member("storage", .string(storage)),
      JSON.Member("grad", tensor.grad.map { data($0) } ?? .null),
    ])
  }

  private func data(_ tensor: Tensor) -> JSON {
    if tensor.numel > Self.elementLimit { return .null }
    let values = TensorValues(geometry: Geometry(tensor), buffer: tensor.storage.buffer)
    var elements = values.elements()[...]
    return nested(tensor.sizes[...], &elements)
  }

  /// The elements in lists of lists, one level for each dimension.
  private func nested(_ sizes: ArraySlice<Int>, _ elements: inout ArraySlice<Scalar>) -> JSON {
    guard let size = sizes.first else {
      switch elements.popFirst() {
      case .bool(let value)?: return .bool(value)
      case .int(let value)?: return .int(value)
      case .float(let value)?: return Self.number(value)
      case nil: return .null
      }
    }
    var list: [JSON] = []
    for _ in 0..<size { list.append(nested(sizes.dropFirst(), &elements)) }
    return .array(list)
  }

  /// A number, or a string for what JSON has no number for.
  private static func number(_ value: Double) -> JSON {
    if value.isFinite { return .double(value) }
    return .string(value.isNaN ? "NaN" : value > 0 ? "Infinity" : "-Infinity")
  }

  /// Numbers the nodes reachable from a node, depth first, each when it is entered.
  private mutating func walk(_ root: Node) -> Int {
    if let number = numbers[root.id] { return number }
    var stack: [(number: Int, edges: [Edge], next: Int)] = []
    enter(root, &stack)
    while let top = stack.last {
      guard top.next < top.edges.count else {
        stack.removeLast()
        continue
      }
      stack[stack.count - 1].next += 1
      let edge = top.edges[top.next]
      guard let node = edge.function else {
        graph[top.number].next.append(.null)
        continue
      }
      let number = numbers[node.id] ?? graph.count
      graph[top.number].next.append(.array([.int(number), .int(edge.inputNr)]))
      if number == graph.count { enter(node, &stack) }
    }
    return numbers[root.id] ?? 0
  }

  private mutating func enter(
    _ node: Node,
    _ stack: inout [(number: Int, edges: [Edge], next: Int)]
  ) {
    var variable: JSON?
    if let accumulate = node as? AccumulateGrad {
      variable = JSON(nameOf[accumulate.variable.id])
    }
    stack.append((graph.count, node.nextEdges, 0))
    numbers[node.id] = graph.count
    graph.append(GraphNode(name: node.typeName, variable: variable))
  }
}
