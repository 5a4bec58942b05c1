/// What the engine notes on a node while a task runs.
struct EngineScratch {
  /// The task that the other fields belong to; 0 for none.
  var task: Int32 = 0
  /// How many gradients are still to come.
  var dependencies: Int32 = 0
  /// Whether gradients have come.
  var hasPending = false
  /// Whether the task needs the node's gradients.
  var isNeeded = false
  /// Whether the task wants gradients that arrive here.
  var isCaptured = false
  /// The gradient of the first forward output.
  var first: Tensor?
  /// The gradients of the others.
  var rest: [Tensor?] = []
}

/// A running backward pass.
///
/// See <doc:Backward>: dependencies are counted first, then ready nodes run, newest forward call first.
final class GraphTask {
  let id: Int32
  let keepGraph: Bool
  let createGraph: Bool

  /// Whether gradients are wanted for some nodes only.
  var isRestricted = false

  /// Where gradients are captured: by node, the input and the place in ``captured``.
  var captures: [ObjectIdentifier: [(inputNr: Int, place: Int)]] = [:]

  /// What was captured.
  var captured: [Tensor?] = []

  /// Called when the pass ends.
  var callbacks: [() throws(AutogradError) -> Void] = []

  private var touched: [Node] = []
  private var outer: [(Node, EngineScratch)] = []

  init(id: Int32, keepGraph: Bool, createGraph: Bool) {
    self.id = id
    self.keepGraph = keepGraph
    self.createGraph = createGraph
  }

  /// Prepares a node for this task; whether it was not yet.
  @inline(__always)
  func touch(_ node: Node) -> Bool {
    if node.scratch.task == id { return false }
    if node.scratch.task != 0 {
      // An outer task is in the middle of this node.
      outer.append((node, node.scratch))
      node.scratch = EngineScratch()
    }
    node.scratch.task = id
    touched.append(node)
    return true
  }

  /// Leaves the nodes as they were.
  func finish() {
    for node in touched { node.scratch = EngineScratch() }
    for (node, scratch) in outer { node.scratch = scratch }
    touched = []
    outer = []
  }
}

/// The nodes that may run, newest forward call first.
///
/// A binary heap that moves its elements exactly as libstdc++'s does, since the order of nodes with one
/// sequence number (all accumulators have the highest) shows in PyTorch.
struct ReadyQueue {
  private var nodes: [Node] = []

  var isEmpty: Bool { nodes.isEmpty }

  mutating func push(_ node: Node) {
    nodes.append(node)
    siftUp(nodes.count - 1, node)
  }

  mutating func pop() -> Node? {
    guard let value = nodes.popLast() else { return nil }
    guard let top = nodes.first else { return value }
    let count = nodes.count
    var hole = 0
    var child = 0
    while child < (count - 1) / 2 {
      child = 2 * (child + 1)
      if nodes[child].sequenceNr < nodes[child - 1].sequenceNr { child -= 1 }
      nodes[hole] = nodes[child]
      hole = child
    }
    if count & 1 == 0 && child == (count - 2) / 2 {
      child = 2 * (child + 1)
      nodes[hole] = nodes[child - 1]
      hole = child - 1
    }
    siftUp(hole, value)
    return top
  }

  private mutating func siftUp(_ start: Int, _ value: Node) {
    var hole = start
    while hole > 0 {
      let parent = (hole - 1) / 2
      guard nodes[parent].sequenceNr < value.sequenceNr else { break }
      nodes[hole] = nodes[parent]
      hole = parent
    }
    nodes[hole] = value
  }
}

extension Session {
  /// Whether the running pass wants the gradient of a node's input.
  @inline(__always)
  func shouldCompute(_ node: Node, _ index: Int) -> Bool {
    guard let next = node.next(index) else { return false }
    guard let task = currentTask, task.isRestricted else { return true }
    if let innerCall, innerCall.function === node {
      // The node of a write on a view: its first edge stands for the base's.
      guard let outer = innerCall.outer.next(index) else { return false }
      return outer.scratch.task == task.id && (outer.scratch.isNeeded || outer.scratch.isCaptured)
    }
    return next.scratch.task == task.id && (next.scratch.isNeeded || next.scratch.isCaptured)
  }

  /// Runs a backward pass from edges.
  ///
  /// - Parameters:
  ///   - roots: Where gradients enter the graph.
  ///   - gradients: The gradients, one for each root.
  ///   - keepGraph: Whether the saved tensors stay.
  ///   - createGraph: Whether the pass is recorded.
  ///   - wanted: The edges whose gradients are wanted; nil for all leaves.
  ///   - accumulates: Whether wanted gradients go to `.grad`; else they are returned.
  /// - Returns: The wanted gradients, unless they were accumulated; nil where none arrived.
  /// - Throws: What a node or hook throws; ``currentNode`` is the node then.
  func execute(
    roots: [Edge],
    gradients: [Tensor?],
    keepGraph: Bool,
    createGraph: Bool,
    wanted: [Edge]?,
    accumulates: Bool
  ) throws(AutogradError) -> [Tensor?] {
    var inputs = ShortList<Tensor?>(gradients)
    for (index, root) in roots.enumerated() {
      guard let next = root.function, let gradient = inputs[index] else { continue }
      if next.takes(gradient, root.inputNr) { continue }
      inputs[index] = try reduce(gradient, next.metadata[root.inputNr], index, nil)
    }
    nextTaskID &+= 1
    let task = GraphTask(id: nextTaskID, keepGraph: keepGraph, createGraph: createGraph)
    let root: Node
    if roots.count == 1, let function = roots[0].function {
      root = function
    } else {
      let node = GraphRoot(gradients: inputs.array, id: makeNodeID(), sequenceNr: nextSequenceNr)
      node.edges = ShortList(roots)
      root = node
    }
    countDependencies(task, root)
    if let wanted { restrict(task, root, wanted, accumulates) }
    if roots.count == 1 {
      arrive(root, roots[0].inputNr, inputs[0])
    } else {
      root.scratch.hasPending = true
    }
    inputs.removeAll()
    let outerTask = currentTask
    let outerNode = currentNode
    let mode = gradMode
    currentTask = task
    gradMode = createGraph
    backwardDepth += 1
    defer {
      task.finish()
      currentTask = outerTask
      gradMode = mode
      backwardDepth -= 1
    }
    var queue = ReadyQueue()
    queue.push(root)
    var count = 0
    while let node = queue.pop() {
      currentNode = node
      do {
        try evaluate(node, task, &queue)
      } catch {
        if anomalyMode { try warnOfError(node) }
        throw error
      }
      count &+= 1
      if count & 0xFF == 0 { try checkCancellation() }
    }
    // Callbacks may install further ones.
    var next = 0
    while next < task.callbacks.count {
      try task.callbacks[next]()
      next += 1
    }
    currentNode = outerNode
    return task.captured
  }

  /// Has a closure called at the end of the running pass.
  ///
  /// - Throws: If none runs.
  public func queueCallback(_ body: @escaping () throws(AutogradError) -> Void)
    throws(AutogradError)
  {
    guard let currentTask else {
      throw .runtime("Final callbacks can only be installed during backward pass.")
    }
    currentTask.callbacks.append(body)
  }

  /// The number of the running pass, or -1.
  public var currentTaskID: Int { currentTask.map { Int($0.id) } ?? -1 }

  private func countDependencies(_ task: GraphTask, _ root: Node) {
    var stack: [Node] = [root]
    _ = task.touch(root)
    while let node = stack.popLast() {
      for index in node.edges.indices {
        guard let next = node.next(index) else { continue }
        if task.touch(next) { stack.append(next) }
        next.scratch.dependencies &+= 1
      }
    }
  }

  /// Marks the nodes from which a wanted one can be reached.
  private func restrict(_ task: GraphTask, _ root: Node, _ wanted: [Edge], _ accumulates: Bool) {
    task.isRestricted = true
    for (place, edge) in wanted.enumerated() {
      guard let function = edge.function else { continue }
      _ = task.touch(function)
      if accumulates {
        function.scratch.isNeeded = true
      } else {
        function.scratch.isCaptured = true
        task.captures[ObjectIdentifier(function), default: []].append((edge.inputNr, place))
      }
    }
    if !accumulates { task.captured = Array(repeating: nil, count: wanted.count) }
    var seen: Set<ObjectIdentifier> = [ObjectIdentifier(root)]
    var stack: [(node: Node, next: Int)] = [(root, 0)]
    while let frame = stack.last {
      let top = stack.count - 1
      guard frame.next < frame.node.edges.count else {
        stack.removeLast()
        if let parent = stack.last, frame.node.scratch.isNeeded || frame.node.scratch.isCaptured {
          parent.node.scratch.isNeeded = true
        }
        continue
      }
      stack[top].next += 1
      guard let child = frame.node.next(frame.next) else { continue }
      if seen.insert(ObjectIdentifier(child)).inserted {
        stack.append((child, 0))
      } else if child.scratch.isNeeded || child.scratch.isCaptured {
        frame.node.scratch.isNeeded = true
      }
    }
  }

  /// Notes a gradient that reached a node.
  @inline(__always)
  private func arrive(_ node: Node, _ inputNr: Int, _ gradient: Tensor?) {
    node.scratch.hasPending = true
    if inputNr == 0 {
      node.scratch.first = gradient
    } else {
      makeRoom(node)
      node.scratch.rest[inputNr - 1] = gradient
    }
  }

  @inline(__always)
  private func makeRoom(_ node: Node) {
    if node.scratch.rest.isEmpty && node.metadata.count > 1 {
      node.scratch.rest = Array(repeating: nil, count: node.metadata.count - 1)
    }
  }

  private func evaluate(
    _ node: Node,
    _ task: GraphTask,
    _ queue: inout ReadyQueue
  ) throws(AutogradError) {
    var inputs = ShortList<Tensor?>(node.scratch.first.take())
    if node.metadata.count > 1 {
      makeRoom(node)
      for index in node.scratch.rest.indices {
        inputs.append(node.scratch.rest[index].take())
      }
      node.scratch.rest = []
    }
    node.scratch.hasPending = false
    if task.isRestricted {
      if node.scratch.isCaptured {
        if !node.scratch.isNeeded { try runTensorPreHooks(node, &inputs) }
        for capture in task.captures[ObjectIdentifier(node)] ?? [] {
          task.captured[capture.place] = inputs[capture.inputNr]
        }
      }
      if !node.scratch.isNeeded { return }
    }
    var outputs = try call(node, task, &inputs)
    inputs.removeAll()
    if !task.keepGraph { release(node) }
    if outputs.isEmpty { return }
    if anomalyMode && anomalyCheckNaN { try checkNaN(node, outputs) }
    for index in node.edges.indices {
      guard let next = node.next(index) else { continue }
      if task.isRestricted && !(next.scratch.isNeeded || next.scratch.isCaptured) { continue }
      let inputNr = node.nextInputNr(index)
      if let gradient = outputs.take(index) {
        if inputNr == 0 {
          try accumulate(&next.scratch.first, gradient)
        } else {
          makeRoom(next)
          try accumulate(&next.scratch.rest[inputNr - 1], gradient)
        }
      }
      next.scratch.hasPending = true
      next.scratch.dependencies &-= 1
      if next.scratch.dependencies == 0 { queue.push(next) }
    }
  }

  /// Adds a gradient to those that reached an input before.
  @inline(__always)
  private func accumulate(_ slot: inout Tensor?, _ gradient: Tensor) throws(AutogradError) {
    guard slot != nil else {
      slot = gradient
      return
    }
    try addGradient(&slot, gradient)
  }

  private func addGradient(_ slot: inout Tensor?, _ gradient: Tensor) throws(AutogradError) {
    guard var old = slot.take() else { return }
    if !gradMode && isKnownUniquelyReferenced(&old) && old.isNonOverlappingAndDense
      && isKnownUniquelyReferenced(&old.storage)
    {
      slot = try addInPlaceUnrecorded(old, gradient)
    } else {
      slot = try add(old, .tensor(gradient))
    }
  }

  private func call(
    _ node: Node,
    _ task: GraphTask,
    _ inputs: inout ShortList<Tensor?>
  ) throws(AutogradError) -> ShortList<Tensor?> {
    try runTensorPreHooks(node, &inputs)
    if let hooks = node.hooks, !hooks.preHooks.hooks.isEmpty {
      try runPreHooks(node, hooks, &inputs)
    }
    if isObserved, let observer { observer.nodeWillApply(node, gradients: inputs.array) }
    guard let hooks = node.hooks, !hooks.postHooks.hooks.isEmpty else {
      var outputs = try node.apply(&inputs, self)
      try validate(&outputs, node)
      if isObserved, let observer { observer.nodeApplied(node, gradients: outputs.array) }
      return outputs
    }
    let kept = inputs.array
    var outputs = try node.apply(&inputs, self)
    try validate(&outputs, node)
    try runPostHooks(node, hooks, &outputs, kept)
    if isObserved, let observer { observer.nodeApplied(node, gradients: outputs.array) }
    return outputs
  }

  @inline(__always)
  private func release(_ node: Node) {
    guard isObserved, let observer else { return node.release() }
    let hadSaved = node.saved.indices.contains {
      node.saved[$0].tensor != nil || node.saved[$0].number != nil
    }
    node.release()
    if hadSaved { observer.nodeReleased(node) }
  }

  /// Brings the gradients that a node gives to the shapes and types of the inputs that they go to.
  @inline(__always)
  private func validate(
    _ gradients: inout ShortList<Tensor?>,
    _ node: Node
  ) throws(AutogradError) {
    if gradients.count != node.edges.count {
      throw .runtime(
        invalid(
          node,
          "number of gradients - expected \(node.edges.count), but got \(gradients.count)"
        )
      )
    }
    for index in gradients.indices {
      guard let next = node.next(index), let gradient = gradients[index] else { continue }
      let inputNr = node.nextInputNr(index)
      if next.takes(gradient, inputNr) { continue }
      gradients[index] = try reduce(gradient, next.metadata[inputNr], index, node)
    }
  }

  private func invalid(_ node: Node?, _ what: String) -> String {
    node.map { "Function \($0.name) returned an invalid \(what)" } ?? "invalid \(what)"
  }

  private func reduce(
    _ gradient: Tensor,
    _ expected: InputMetadata,
    _ index: Int,
    _ node: Node?
  ) throws(AutogradError) -> Tensor {
    guard expected.isValid else { return gradient }
    var gradient = gradient
    if gradient.sizes != expected.sizes {
      guard Shape.isExpandable(expected.sizes, to: gradient.sizes) else {
        throw .runtime(
          invalid(
            node,
            "gradient at index \(index) - got \(Shape.text(gradient.sizes)) but expected shape "
              + "compatible with \(Shape.text(expected.sizes))"
          )
        )
      }
      gradient = try sumTo(gradient, sizes: expected.sizes)
    }
    if let dtype = expected.dtype, dtype != gradient.dtype { gradient = try to(gradient, dtype) }
    return gradient
  }

  private func checkNaN(_ node: Node, _ outputs: ShortList<Tensor?>) throws(AutogradError) {
    for index in outputs.indices {
      if let output = outputs[index], hasNaN(output) {
        throw .runtime("Function '\(node.name)' returned nan values in its \(index)th output.")
      }
    }
  }

  private func warnOfError(_ node: Node) throws(AutogradError) {
    guard let text = forwardTraceText?(node) else {
      try warn(
        "Error detected in \(node.name). No forward pass information available. Enable detect anomaly "
          + "during forward pass for more information."
      )
      return
    }
    try warn(
      "Error detected in \(node.name). Traceback of forward call that caused the error:\n" + text
    )
  }
}
