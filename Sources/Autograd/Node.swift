/// A node of the autograd graph: it turns the gradients of a forward call's outputs into those of its
/// inputs.
///
/// A node takes one gradient for every forward output (``inputMetadata`` describes them) and gives one
/// for every differentiable forward input (``nextEdges`` says where each of them goes). A graph can be a
/// million nodes deep, hence nothing here recurses along edges: a node that dies hands what only it held
/// to a ``ReleaseQueue``.
public class Node {
  /// The number in order of creation, from 1.
  public let id: Int

  /// The order of the forward calls; ready nodes run highest first.
  public internal(set) var sequenceNr: UInt64

  /// Whether the saved tensors were released.
  public internal(set) var isReleased = false

  var edges: ShortList<Edge>
  var metadata: ShortList<InputMetadata>
  var saved: ShortList<SavedVariable>
  var hooks: NodeHooks?

  /// The forward call, kept in anomaly mode; an object of the language side.
  public var forwardTrace: AnyObject?

  /// The object of the language side for this node, which is not kept alive: it clears the slot when it dies.
  public var wrapper: Unmanaged<AnyObject>?

  /// A slot for what the language side keeps with the node, Python's `metadata` dict.
  public var attachment: AnyObject?

  /// A slot for an observer: its note on this node, which dies with it.
  public var note: AnyObject?

  // What the engine knows of this node while a task runs.
  var scratch = EngineScratch()

  init(id: Int, sequenceNr: UInt64) {
    self.id = id
    self.sequenceNr = sequenceNr
    edges = ShortList()
    metadata = ShortList()
    saved = ShortList()
  }

  deinit {
    guard !edges.isEmpty || !saved.isEmpty else { return }
    var queue = ReleaseQueue()
    surrenderStored(to: &queue)
    queue.drain()
  }

  /// Whether this is an ``AccumulateGrad``.
  var isAccumulator: Bool { sequenceNr == .max }

  /// The name as PyTorch gives it, `MulBackward0` or `torch::autograd::CopySlices`.
  public var name: String { "Node" }

  /// The names of the saved tensors, one for each of ``savedVariables``.
  public var savedLabels: [String] { [] }

  /// Whether a label stands for a list of saved tensors, such as `indices`.
  public func hasListSlot(_ label: String) -> Bool { false }

  /// The values other than tensors that the node keeps, `dim` or `alpha`, in PyTorch's order.
  public var attributes: [(label: String, value: AttributeValue)] { [] }

  /// The gradients of the forward inputs, from those of the outputs.
  func apply(
    _ gradients: inout ShortList<Tensor?>,
    _ session: Session
  ) throws(AutogradError) -> ShortList<Tensor?> {
    preconditionFailure("every node says how it is applied")
  }

  /// Drops what was saved for backward.
  func release() {
    isReleased = true
    saved.first.release()
    saved.second.release()
    for index in saved.rest.indices { saved.rest[index].release() }
  }

  /// Hands over what only this node may hold.
  func surrender(to queue: inout ReleaseQueue) {
    surrenderStored(to: &queue)
  }
}

extension Node {
  /// Where the gradients of the forward inputs go, one edge an input.
  public var nextEdges: [Edge] { edges.array }

  /// What is known of the gradients that the node takes.
  public var inputMetadata: [InputMetadata] { metadata.array }

  /// Number of gradients that the node takes.
  public var inputCount: Int { metadata.count }

  /// Number of gradients that the node gives.
  public var outputCount: Int { edges.count }

  /// The tensors and wrapped numbers saved for backward, in the order of ``savedLabels``.
  public var savedVariables: [SavedVariable] { saved.array }

  /// The name without namespace, as the type of the node prints.
  public var typeName: String {
    let name = self.name
    guard let colon = name.lastIndex(of: ":") else { return name }
    return String(name[name.index(after: colon)...])
  }

  /// The name of the forward operation, which errors about views and saved tensors use.
  ///
  /// `Backward` and what follows it goes, but a number other than 0 stays: `FillBackward2` is `Fill2`.
  public var forwardName: String {
    let characters = Array(name.utf8)
    let word = Array("Backward".utf8)
    var end = characters.count
    while end > 0, characters[end - 1] >= 48, characters[end - 1] <= 57 { end -= 1 }
    guard end >= word.count, Array(characters[(end - word.count)..<end]) == word else {
      return name
    }
    let digits = characters[end...]
    let stem = characters[..<(end - word.count)]
    return String(decoding: digits.elementsEqual([48]) ? stem : stem + digits, as: UTF8.self)
  }

  /// The saved tensor with a label, unless there is none.
  public func savedVariable(_ label: String) -> SavedVariable? {
    guard let index = savedLabels.firstIndex(of: label) else { return nil }
    return saved[index]
  }

  /// The node that the gradient of an input goes to.
  @inline(__always)
  final func next(_ index: Int) -> Node? {
    switch index {
    case 0: edges.first.function
    case 1: edges.second.function
    default: edges.rest[index - 2].function
    }
  }

  /// Which input of that node takes it.
  @inline(__always)
  final func nextInputNr(_ index: Int) -> Int {
    switch index {
    case 0: edges.first.inputNr
    case 1: edges.second.inputNr
    default: edges.rest[index - 2].inputNr
    }
  }

  /// Whether a gradient has the shape and type that the node takes.
  @inline(__always)
  final func takes(_ gradient: Tensor, _ inputNr: Int) -> Bool {
    if inputNr == 0 {
      return metadata.first.sizes == gradient.sizes
        && (metadata.first.dtype == gradient.dtype || metadata.first.dtype == nil)
    }
    return metadata[inputNr].sizes == gradient.sizes
      && (metadata[inputNr].dtype == gradient.dtype || metadata[inputNr].dtype == nil)
  }

  /// The number that was saved.
  @inline(__always)
  final func savedNumber(_ index: Int) -> Scalar? {
    switch index {
    case 0: saved.first.number
    case 1: saved.second.number
    default: saved.rest[index - 2].number
    }
  }

  /// Takes a saved tensor out for the formulas, and tells the observer; a number stays, nil comes.
  @inline(__always)
  final func unpackSaved(_ index: Int, _ session: Session) throws(AutogradError) -> Tensor? {
    if session.isObserved || index > 1 { return try unpackObserved(index, session) }
    // The common case of an input that nobody changed, without a copy of the saved variable.
    let content = index == 0 ? saved.first.content : saved.second.content
    if content == .nothing || content == .number { return nil }
    if content == .original, let tensor = index == 0 ? saved.first.held : saved.second.held,
      tensor.version == Int(index == 0 ? saved.first.savedVersion : saved.second.savedVersion),
      tensor.viewInfo == nil,
      tensor.storedGradFn != nil || (index == 0 ? saved.first.isLeaf : saved.second.isLeaf)
    {
      return tensor
    }
    return try unpackObserved(index, session)
  }

  private final func unpackObserved(
    _ index: Int,
    _ session: Session
  ) throws(AutogradError) -> Tensor? {
    do {
      let tensor = saved[index].number != nil ? nil : try saved[index].unpack(self, session)
      if session.isObserved, let observer = session.observer, !saved[index].isNothing {
        observer.variableUnpacked(self, index: index, variable: saved[index])
      }
      return tensor
    } catch {
      session.observer?.unpackFailed(self, index: index, variable: saved[index], error: error)
      throw error
    }
  }

  /// Notes an output of the forward call and returns its number.
  @discardableResult
  func addInputMetadata(_ tensor: Tensor) -> Int {
    metadata.append(InputMetadata(sizes: tensor.sizes, dtype: tensor.dtype))
    return metadata.count - 1
  }

  /// The hooks, made at need.
  func materializeHooks() -> NodeHooks {
    if let hooks { return hooks }
    let new = NodeHooks()
    hooks = new
    return new
  }

  final func surrenderStored(to queue: inout ReleaseQueue) {
    // Everything is moved, not copied: the queue counts references.
    queue.add(edges.first.function.take())
    queue.add(edges.second.function.take())
    for index in edges.rest.indices { queue.add(edges.rest[index].function.take()) }
    saved.first.surrender(to: &queue)
    saved.second.surrender(to: &queue)
    for index in saved.rest.indices { saved.rest[index].surrender(to: &queue) }
    edges.removeAll()
    saved.removeAll()
  }
}

/// What dies with a node, taken apart without recursion.
struct ReleaseQueue {
  private var nodes: [Node] = []
  private var tensors: [Tensor] = []

  mutating func add(_ node: consuming Node?) {
    guard var node = node.take() else { return }
    if isKnownUniquelyReferenced(&node) { nodes.append(node) }
  }

  mutating func add(_ tensor: consuming Tensor?) {
    guard var tensor = tensor.take() else { return }
    if isKnownUniquelyReferenced(&tensor) { tensors.append(tensor) }
  }

  mutating func drain() {
    while true {
      if let node = nodes.popLast() {
        node.surrender(to: &self)
      } else if let tensor = tensors.popLast() {
        add(tensor.storedGradFn.take())
        if let view = tensor.viewInfo.take() { add(view.base) }
        add(tensor.meta?.grad.take())
      } else {
        return
      }
    }
  }
}
