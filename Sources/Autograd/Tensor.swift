/// A tensor: a view of a storage, with what autograd knows of it.
///
/// Everything that may fail or that changes state is a method of ``Session``; a tensor only answers.
public final class Tensor {
  /// The number in order of creation, from 1.
  public let id: Int

  /// The memory, shared with views and aliases.
  public internal(set) var storage: Storage

  /// Number of elements in every dimension.
  public internal(set) var sizes: [Int]

  /// Distance of neighbours in every dimension, in elements.
  public internal(set) var strides: [Int]

  /// The first element's place in the storage, in elements.
  public internal(set) var storageOffset: Int

  /// Number of elements.
  public internal(set) var numel: Int

  /// The type of the elements.
  public internal(set) var dtype: DType

  /// Whether the elements lie row by row without gaps.
  public internal(set) var isContiguous: Bool

  /// Whether the tensor was made in inference mode; it has no version counter then.
  public internal(set) var isInference = false

  /// Whether the tensor wraps a number of the language.
  public internal(set) var isWrappedNumber = false

  /// The flag that `requires_grad_()` sets; ``requiresGrad`` is the answer.
  var requiresGradFlag = false

  /// Which output of ``storedGradFn`` this is.
  public internal(set) var outputNr = 0

  /// The grad_fn as last set; a view's may be out of date, see ``Session/gradFn(of:)``.
  public internal(set) var storedGradFn: Node?

  /// The version counter; nil until someone counts or shares.
  public internal(set) var versionCounter: VersionCounter?

  /// What only few tensors have: a grad, hooks, a name.
  public internal(set) var meta: AutogradMeta?

  /// The base and the origin, if this is a view.
  public internal(set) var viewInfo: ViewInfo?

  /// The object of the language side for this tensor, which is not kept alive: it clears the slot when it dies.
  public var wrapper: Unmanaged<AnyObject>?

  /// A slot for what the language side keeps with the tensor.
  public var attachment: AnyObject?

  /// A slot for an observer: its note on this tensor, which dies with it.
  public var note: AnyObject?

  init(
    id: Int,
    storage: Storage,
    sizes: [Int],
    strides: [Int],
    storageOffset: Int,
    numel: Int,
    dtype: DType,
    isContiguous: Bool
  ) {
    self.id = id
    self.storage = storage
    self.sizes = sizes
    self.strides = strides
    self.storageOffset = storageOffset
    self.numel = numel
    self.dtype = dtype
    self.isContiguous = isContiguous
  }
}

extension Tensor {
  /// Number of dimensions.
  public var dim: Int { sizes.count }

  /// Bytes of an element.
  public var itemSize: Int { dtype.itemSize }

  /// Whether gradients flow to or through this tensor.
  public var requiresGrad: Bool {
    if requiresGradFlag || storedGradFn != nil { return true }
    guard let viewInfo else { return false }
    return viewInfo.base.requiresGrad
  }

  /// Whether this is a differentiable view of another tensor, Python's `_is_view()`.
  public var isView: Bool { viewInfo != nil }

  /// The tensor at the root of the views, Python's `_base`.
  public var base: Tensor? { viewInfo?.base }

  /// The version of the value; 0 for an inference tensor, which has none.
  public var version: Int { versionCounter?.current ?? 0 }

  /// The gradient, without the warning that reading it from Python may give.
  public var grad: Tensor? { meta?.grad }

  /// Whether `retain_grad()` was called on this tensor while it was no leaf.
  public var retainsGrad: Bool { meta?.retainsGrad ?? false }

  /// The name that the user gave in C++ or that a caller set.
  public var name: String? { meta?.name }

  /// The accumulator of this leaf, if a graph holds one.
  public var gradAccumulator: AccumulateGrad? { meta?.gradAccumulator }

  /// Whether the elements fill a block of memory, each place once.
  public var isNonOverlappingAndDense: Bool {
    isContiguous || Shape.isNonOverlappingAndDense(sizes: sizes, strides: strides)
  }

  /// The counter, made at need, so that it can be shared.
  func materializeVersionCounter() -> VersionCounter {
    if let versionCounter { return versionCounter }
    let counter = VersionCounter()
    versionCounter = counter
    return counter
  }

  /// The cold part, made at need.
  func materializeMeta() -> AutogradMeta {
    if let meta { return meta }
    let new = AutogradMeta()
    meta = new
    return new
  }
}

/// What only few tensors have.
public final class AutogradMeta {
  /// The gradient.
  public internal(set) var grad: Tensor?

  // The graph keeps the accumulator alive, not the leaf; the accumulator clears this when it dies. A weak
  // reference would slow every use of the accumulator down.
  private var unretainedAccumulator: Unmanaged<AccumulateGrad>?

  /// The accumulator of a leaf, as long as a graph holds it.
  var gradAccumulator: AccumulateGrad? {
    get { unretainedAccumulator?.takeUnretainedValue() }
    set { unretainedAccumulator = newValue.map { Unmanaged.passUnretained($0) } }
  }

  /// The accumulator of another tensor, which an unpack hook's tensor stands for.
  var keptAccumulator: AccumulateGrad?

  /// Forgets an accumulator that dies, unless there is another one by now.
  func forget(_ accumulator: AccumulateGrad) {
    if unretainedAccumulator?.toOpaque() == Unmanaged.passUnretained(accumulator).toOpaque() {
      unretainedAccumulator = nil
    }
  }

  /// The hooks of ``Session/registerHook(_:_:)`` for the present version of the tensor.
  var hooks: HookList?

  /// Called after the gradient was accumulated.
  var postAccumulateHooks: HookList?

  /// Whether `retain_grad()` was called.
  public internal(set) var retainsGrad = false

  /// The type that gradients are to have; the tensor's own unless set.
  public internal(set) var gradDType = GradDType.own

  /// A name for the tensor.
  public internal(set) var name: String?

  init() {}
}

/// The type that the gradient of a leaf is to have, Python's `grad_dtype`.
public enum GradDType: Sendable, Hashable {
  /// The tensor's own type, the default.
  case own
  /// Any type, `None` in Python.
  case any
  /// A given type.
  case only(DType)
}
