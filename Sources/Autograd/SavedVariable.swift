/// A snapshot of a tensor at a certain version, kept by a node for backward.
///
/// An input is kept as it is; an output of the very node that saves it is kept as an alias without
/// history, since the output holds the node. A number of the language is kept as a number. See
/// <doc:SavedVariables>.
public struct SavedVariable {
  /// What is kept.
  enum Content: UInt8 {
    case nothing
    case released
    /// The tensor itself.
    case original
    /// An alias without history of an output of the node.
    case output
    /// A number of the language.
    case number
    /// What a pack hook made.
    case packed
  }

  private(set) var content = Content.nothing
  private(set) var held: Tensor?
  private var heldNumber = Scalar.int(0)

  /// The version when the tensor was saved.
  public private(set) var savedVersion: Int32 = 0

  /// The write count of the storage when the tensor was saved.
  public private(set) var savedWrites: Int32 = 0

  private var savedStorage: Int32 = 0
  private(set) var outputNr: Int32 = 0
  private(set) var isLeaf = false
  private(set) var isOutput = false
  private(set) var requiresGrad = false
  private var extra: SavedVariableExtra?

  init() {}
}

/// What few saved tensors have.
final class SavedVariableExtra {
  /// The grad_fn of a view that was written in place; the node is not the tensor's grad_fn then.
  weak var weakGradFn: Node?
  var isInplaceOnView = false
  /// The grad_fn or accumulator to restore after an unpack hook.
  var gradFn: Node?
  var gradAccumulator: Node?
  /// The bytes when saved, if an observer wants them.
  var snapshot: Buffer?
  /// What a pack hook made of the tensor.
  var packed: PackedTensor?
}

/// What a pack hook made of a saved tensor.
final class PackedTensor {
  let hooks: SavedVariableHooks
  let data: AnyObject

  init(hooks: SavedVariableHooks, data: AnyObject) {
    self.hooks = hooks
    self.data = data
  }
}

/// A pair of hooks for saved tensors, `torch.autograd.graph.saved_tensors_hooks`.
public final class SavedVariableHooks {
  let pack: (Tensor) throws(AutogradError) -> AnyObject
  let unpack: (AnyObject) throws(AutogradError) -> Tensor

  /// Creates a pair of hooks; what `pack` returns is an object of the language side.
  public init(
    pack: @escaping (Tensor) throws(AutogradError) -> AnyObject,
    unpack: @escaping (AnyObject) throws(AutogradError) -> Tensor
  ) {
    self.pack = pack
    self.unpack = unpack
  }
}

// What an observer sees.
extension SavedVariable {
  /// Whether nothing was saved, Python's `None`.
  public var isNothing: Bool { content == .nothing }

  /// Whether the tensor was saved and then released.
  public var isReleased: Bool { content == .released }

  /// Whether a hook packed the tensor.
  public var isPacked: Bool { content == .packed }

  /// Whether the tensor is an output of the node that saved it.
  public var isResult: Bool { isOutput }

  /// The tensor or its alias, without any check; nil if there is none or a hook packed it.
  public var tensor: Tensor? { held }

  /// The number of the language that was saved.
  public var number: Scalar? { content == .number ? heldNumber : nil }

  /// The version of the tensor now; it differs from ``savedVersion`` where unpacking would fail.
  public var currentVersion: Int? { tensor?.version }

  /// The write count of the storage now; if it alone moved, the gradient is silently wrong.
  public var currentWrites: Int? { tensor?.storage.writes }

  /// Whether unpacking fails with the version error.
  public var isModified: Bool { tensor.map { $0.version != Int(savedVersion) } ?? false }

  /// Whether the value was written in a way that the version does not show.
  public var isSilentlyModified: Bool {
    tensor.map {
      $0.version == Int(savedVersion)
        && ($0.storage.writes != Int(savedWrites) || $0.storage.id != Int(savedStorage))
    } ?? false
  }

  /// The bytes of the storage when saved, if an observer asked for them.
  public var snapshot: Buffer? { extra?.snapshot }
}

extension SavedVariable {
  /// Saves a number of the language.
  init(_ number: Scalar) {
    content = .number
    heldNumber = number
  }

  /// Saves a tensor.
  ///
  /// - Parameters:
  ///   - tensor: The tensor.
  ///   - isOutput: Whether it is an output of the node that saves it.
  ///   - isInplaceOnView: Whether it is a view that was written by the node's own operation.
  ///   - session: The session, for its saved-tensor hooks.
  /// - Throws: If it is an inference tensor, or a hook fails.
  init(
    _ tensor: Tensor,
    isOutput: Bool,
    isInplaceOnView: Bool = false,
    _ session: Session
  ) throws(AutogradError) {
    if tensor.isInference { throw .runtime(Message.inferenceSave) }
    savedVersion = Int32(truncatingIfNeeded: tensor.version)
    savedWrites = Int32(truncatingIfNeeded: tensor.storage.writes)
    savedStorage = Int32(truncatingIfNeeded: tensor.storage.id)
    self.isOutput = isOutput
    let gradFn = try session.gradFn(of: tensor)
    isLeaf = gradFn == nil
    if isInplaceOnView {
      let extra = SavedVariableExtra()
      extra.isInplaceOnView = true
      extra.weakGradFn = gradFn
      self.extra = extra
    }
    if session.keepsSavedValues { materializeExtra().snapshot = tensor.storage.buffer }
    if let hooks = session.defaultSavedVariableHooks, !tensor.isWrappedNumber {
      try saveMetadata(tensor, session)
      try pack(hooks, tensor, session)
      return
    }
    if !isOutput || isLeaf {
      content = .original
      held = tensor
      return
    }
    try saveMetadata(tensor, session)
    content = .output
    held = session.tensorData(tensor)
  }

  private mutating func materializeExtra() -> SavedVariableExtra {
    if let extra { return extra }
    let new = SavedVariableExtra()
    extra = new
    return new
  }

  private mutating func saveMetadata(
    _ tensor: Tensor,
    _ session: Session
  ) throws(AutogradError) {
    outputNr = Int32(truncatingIfNeeded: tensor.outputNr)
    if isLeaf {
      requiresGrad = tensor.requiresGrad
      if requiresGrad {
        materializeExtra().gradAccumulator = try session.gradientEdge(of: tensor).function
      }
    } else if !isOutput {
      materializeExtra().gradFn = try session.gradFn(of: tensor)
    }
  }

  private mutating func pack(
    _ hooks: SavedVariableHooks,
    _ tensor: Tensor,
    _ session: Session
  ) throws(AutogradError) {
    let version = tensor.version
    let mode = session.gradMode
    session.gradMode = false
    defer { session.gradMode = mode }
    let data = try hooks.pack(content == .original ? session.detach(tensor) : tensor)
    if version != tensor.version { throw .runtime(Message.packModifies) }
    content = .packed
    held = nil
    materializeExtra().packed = PackedTensor(hooks: hooks, data: data)
  }

  /// Registers hooks on this one saved tensor, `SavedTensor.register_hooks`.
  mutating func register(_ hooks: SavedVariableHooks, _ session: Session) throws(AutogradError) {
    switch content {
    case .packed: throw .runtime(Message.hooksAlreadySet)
    case .released: throw .runtime(Message.hooksAfterRelease)
    case .nothing: throw .runtime(Message.hooksOnNone)
    case .number: try pack(hooks, session.wrap(heldNumber), session)
    case .original, .output:
      guard let tensor = held else { return }
      if content == .original { try saveMetadata(tensor, session) }
      try pack(hooks, tensor, session)
    }
  }

  /// Restores the tensor as it was when saved.
  ///
  /// - Parameters:
  ///   - node: The node that saved it, which is the grad_fn of a saved output.
  ///   - session: The session.
  /// - Returns: The tensor; nil if none was saved.
  /// - Throws: If it was released, changed in place since, or detached in place.
  func unpack(_ node: Node, _ session: Session) throws(AutogradError) -> Tensor? {
    switch content {
    case .nothing: return nil
    case .released: throw .runtime(Message.backwardTwice)
    case .number: return session.wrap(heldNumber)
    case .packed: return try unpackPacked(node, session)
    case .original, .output: break
    }
    guard let tensor = held else { return nil }
    if content == .original {
      if tensor.version == Int(savedVersion) && isLeaf { return tensor }
      let gradFn = try session.gradFn(of: tensor)
      if !isLeaf && gradFn == nil { throw .runtime(Message.savedThenDetached) }
      try checkVersion(tensor, gradFn, session)
      return tensor
    }
    let gradFn = extra?.isInplaceOnView == true ? extra?.weakGradFn ?? node : node
    try checkVersion(tensor, gradFn, session)
    return session.alias(
      tensor,
      gradFn: gradFn,
      outputNr: Int(outputNr),
      requiresGrad: requiresGrad
    )
  }

  private func unpackPacked(_ node: Node, _ session: Session) throws(AutogradError) -> Tensor? {
    guard let extra, let packed = extra.packed else { return nil }
    let data = try packed.hooks.unpack(packed.data)
    var gradFn = extra.isInplaceOnView ? extra.weakGradFn : extra.gradFn
    if !isLeaf && gradFn == nil { gradFn = node }
    if gradFn == nil && !requiresGrad && !data.requiresGrad { return data }
    let tensor = session.alias(
      data,
      gradFn: gradFn,
      outputNr: Int(outputNr),
      requiresGrad: requiresGrad
    )
    if let accumulator = extra.gradAccumulator as? AccumulateGrad {
      let meta = tensor.materializeMeta()
      meta.gradAccumulator = accumulator
      meta.keptAccumulator = accumulator
    }
    return tensor
  }

  private func checkVersion(
    _ tensor: Tensor,
    _ gradFn: Node?,
    _ session: Session
  ) throws(AutogradError) {
    let current = tensor.version
    if current == Int(savedVersion) { return }
    throw .runtime(
      Message.modifiedInPlace(
        type: tensor.dtype.traits.typeString,
        sizes: tensor.sizes,
        output: gradFn.map { (Int(outputNr), $0.forwardName) },
        current: current,
        expected: Int(savedVersion),
        anomaly: session.anomalyMode
      )
    )
  }

  /// Drops the tensor.
  mutating func release() {
    if content == .nothing { return }
    content = .released
    held = nil
    extra?.gradFn = nil
    extra?.packed = nil
  }

  /// Hands over what only this may hold.
  mutating func surrender(to queue: inout ReleaseQueue) {
    queue.add(held.take())
    if let extra { queue.add(extra.gradFn.take()) }
  }
}
