/// The node of a tensor of which a view was written in place.
///
/// It takes the gradient of the whole base, lets the node of the write turn the part that the view shows,
/// and passes the whole on: edge 0 leads to the base's old history, the others are those of the write.
/// See <doc:Views>.
public final class CopySlices: Node {
  /// The node of the write on the view.
  public private(set) var function: Node?

  /// The geometry of the base.
  let baseSizes: [Int]
  let baseStrides: [Int]

  /// The geometry of the view, with its offset from the base's.
  let viewSizes: [Int]
  let viewStrides: [Int]
  let viewOffset: Int

  init(base: Tensor, view: Tensor, function: Node, id: Int, sequenceNr: UInt64) {
    self.function = function
    baseSizes = base.sizes
    baseStrides = base.strides
    viewSizes = view.sizes
    viewStrides = view.strides
    viewOffset = view.storageOffset - base.storageOffset
    super.init(id: id, sequenceNr: sequenceNr)
  }

  deinit {
    guard function != nil else { return }
    var queue = ReleaseQueue()
    surrender(to: &queue)
    queue.drain()
  }

  /// `torch::autograd::CopySlices`.
  public override var name: String { "torch::autograd::CopySlices" }

  /// What the node of the write saved.
  public override var savedLabels: [String] { [] }

  override func apply(
    _ gradients: inout ShortList<Tensor?>,
    _ session: Session
  ) throws(AutogradError) -> ShortList<Tensor?> {
    var outputs = ShortList<Tensor?>(count: edges.count)
    guard let grad = gradients[0] else { return outputs }
    guard let function else { throw .runtime(Message.backwardTwice) }
    let result = try session.emptyStrided(baseSizes, baseStrides, grad.dtype)
    try session.copyInPlace(result, grad)
    let slice = try session.asStrided(
      result,
      sizes: viewSizes,
      strides: viewStrides,
      storageOffset: viewOffset
    )
    var inner = ShortList<Tensor?>(try session.clone(slice))
    let outer = session.innerCall
    session.innerCall = (function, self)
    defer { session.innerCall = outer }
    let produced = try function.apply(&inner, session)
    for index in edges.indices where index < produced.count && session.shouldCompute(self, index) {
      guard let gradient = produced[index] else { continue }
      if index == 0 {
        try session.copyInPlace(slice, gradient)
        outputs[0] = result
      } else {
        outputs[index] = gradient
      }
    }
    return outputs
  }

  override func release() {
    super.release()
    function?.release()
    function = nil
  }

  override func surrender(to queue: inout ReleaseQueue) {
    queue.add(function.take())
    super.surrender(to: &queue)
  }
}
