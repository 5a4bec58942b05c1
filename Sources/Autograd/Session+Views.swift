// How views are made; the operations are in Operations/Views.swift. See <doc:Views>.
extension Session {
  /// Sizes, strides and offset of a view.
  struct Geometry {
    var sizes: [Int]
    var strides: [Int]
    var offset: Int

    init(_ tensor: Tensor) {
      sizes = tensor.sizes
      strides = tensor.strides
      offset = tensor.storageOffset
    }

    init(sizes: [Int], strides: [Int], offset: Int) {
      self.sizes = sizes
      self.strides = strides
      self.offset = offset
    }
  }

  /// A differentiable view with a node of its own.
  func view(
    _ name: String,
    _ x: Tensor,
    _ derivative: Derivative,
    _ values: [AttributeValue] = [],
    _ geometry: () throws(AutogradError) -> Geometry
  ) throws(AutogradError) -> Tensor {
    try observing(name, [x]) { () throws(AutogradError) in
      let geometry = try geometry()
      let node = try prepare(derivative, inputs: [x], values)?.node
      let result = makeAlias(
        x,
        sizes: geometry.sizes,
        strides: geometry.strides,
        storageOffset: geometry.offset
      )
      linkView(result, of: x, creationMeta(.default))
      if let node { setHistory(result, node) }
      finished(
        name,
        [x],
        [result],
        zip(derivative.attributeLabels, values).map { ($0, $1) },
        viewOf: x
      )
      return result
    }
  }

  /// Several views with one node, which may not be written in place.
  func views(
    _ name: String,
    _ x: Tensor,
    _ derivative: Derivative,
    _ values: [AttributeValue],
    _ geometries: () throws(AutogradError) -> [Geometry]
  ) throws(AutogradError) -> [Tensor] {
    try observing(name, [x]) { () throws(AutogradError) in
      let geometries = try geometries()
      let node = try prepare(derivative, inputs: [x], values)?.node
      var results: [Tensor] = []
      for geometry in geometries {
        let result = makeAlias(
          x,
          sizes: geometry.sizes,
          strides: geometry.strides,
          storageOffset: geometry.offset
        )
        linkView(result, of: x, creationMeta(.multiOutputNode))
        if let node { setHistory(result, node) }
        results.append(result)
      }
      finished(
        name,
        [x],
        results,
        zip(derivative.attributeLabels, values).map { ($0, $1) },
        viewOf: x
      )
      return results
    }
  }

  /// Makes an alias a view of a tensor: it hangs off the root and shares its version.
  func linkView(_ result: Tensor, of x: Tensor, _ meta: CreationMeta) {
    if x.isInference { return }
    let counter = x.materializeVersionCounter()
    result.versionCounter = counter
    let base = x.viewInfo?.base ?? x
    let meta = x.viewInfo.map { meta.propagated(from: $0.creationMeta) } ?? meta
    result.viewInfo = ViewInfo(base: base, creationMeta: meta, attrVersion: counter.current)
  }

  /// The origin of a view made now.
  func creationMeta(_ ordinary: CreationMeta) -> CreationMeta {
    inferenceMode ? .inferenceMode : gradMode ? ordinary : .noGradMode
  }

  /// Changes the geometry of a tensor in place, `t_()` and the like.
  ///
  /// The tensor gets a node on top of its old one; its base, if it is a view, keeps its history.
  @discardableResult
  func reshapeInPlace(
    _ name: String,
    _ x: Tensor,
    _ derivative: Derivative,
    _ values: [AttributeValue] = [],
    _ geometry: () throws(AutogradError) -> Geometry
  ) throws(AutogradError) -> Tensor {
    try observing(name, [x]) { () throws(AutogradError) in
      let recorded = isRecording && x.requiresGrad
      try checkInPlace(x, recorded: recorded)
      let node = try prepare(derivative, inputs: [x], values)?.node
      let geometry = try geometry()
      x.set(geometry)
      try bumpVersion(x)
      if let node {
        let old = x.storedGradFn
        setGradientEdge(x, node, node.addInputMetadata(x))
        if isObserved, let observer {
          observer.gradFnChanged(x, from: old, to: node, cause: .rebased)
        }
      }
      if isObserved, let observer {
        observer.operationFinished(Operation(name, inputs: [x], outputs: [x], target: x))
      }
      return x
    }
  }
}

extension Tensor {
  /// Gives the tensor another geometry in the same storage.
  func set(_ geometry: Session.Geometry) {
    sizes = geometry.sizes
    strides = geometry.strides
    storageOffset = geometry.offset
    numel = Shape.numel(sizes)
    isContiguous = Shape.isContiguous(sizes: sizes, strides: strides)
  }
}

// detach, .data and what else changes the relation of a tensor to its storage or history.
extension Session {
  /// A leaf that shares storage and version with a tensor; it is not a view.
  public func detach(_ tensor: Tensor) -> Tensor {
    let result = tensorData(tensor)
    finished("detach", [tensor], [result], viewOf: tensor)
    return result
  }

  /// As above, without telling the observer.
  func detachSilently(_ tensor: Tensor) throws(AutogradError) -> Tensor { tensorData(tensor) }

  /// Makes a tensor a leaf without history.
  ///
  /// - Throws: If it is a view.
  @discardableResult
  public func detachInPlace(_ tensor: Tensor) throws(AutogradError) -> Tensor {
    if tensor.isView { throw .runtime(Message.detachView) }
    let old = tensor.storedGradFn
    tensor.requiresGradFlag = false
    tensor.storedGradFn = nil
    tensor.outputNr = 0
    if isObserved, let observer {
      observer.detachedInPlace(tensor, from: old)
      if old != nil { observer.gradFnChanged(tensor, from: old, to: nil, cause: .detached) }
    }
    return tensor
  }

  /// Reads `.data`: an alias with a version counter of its own, invisible to version checks.
  public func data(_ tensor: Tensor) -> Tensor {
    let alias = makeAlias(tensor)
    if isObserved, let observer { observer.dataRead(tensor, alias: alias) }
    return alias
  }

  /// Assigns `.data`: other storage and sizes, same identity, version, history and views.
  ///
  /// - Throws: If the tensor requires grad and the new type cannot.
  public func setData(_ tensor: Tensor, _ source: Tensor) throws(AutogradError) {
    if tensor.requiresGrad && !source.dtype.isFloatingPoint {
      throw .runtime(
        "data set to a tensor that requires gradients must be floating point or complex dtype"
      )
    }
    if source.dtype != tensor.dtype, let meta = tensor.meta { meta.gradAccumulator = nil }
    let old = tensor.storage
    tensor.storage = source.storage
    tensor.dtype = source.dtype
    tensor.set(Geometry(source))
    if isObserved, let observer { observer.dataAssigned(tensor, from: source, oldStorage: old) }
  }

  /// Shares the storage and sizes of another tensor, `set_()`.
  ///
  /// - Throws: As an operation in place.
  @discardableResult
  public func set(_ tensor: Tensor, _ source: Tensor) throws(AutogradError) -> Tensor {
    let result = try notImplementedInPlace("set_", tensor, ShortList(.tensor(source))) {
      () throws(AutogradError) in
      tensor.storage = source.storage
      tensor.set(Geometry(source))
    }
    if !isRecording || !tensor.requiresGrad { tensor.meta?.gradAccumulator = nil }
    return result
  }

  /// Sets `requires_grad`, as `requires_grad_()` does.
  ///
  /// - Throws: If the type cannot require grad, or it is switched off on a tensor that is no leaf.
  @discardableResult
  public func setRequiresGrad(_ tensor: Tensor, _ value: Bool) throws(AutogradError) -> Tensor {
    if try !isLeaf(tensor) && !value {
      throw .runtime(Message.nonLeafRequiresGrad + Message.nonLeafRequiresGradHint)
    }
    if value && tensor.isInference && !inferenceMode {
      throw .runtime(
        "Setting requires_grad=True on inference tensor outside InferenceMode is not allowed."
      )
    }
    if value && !tensor.dtype.isFloatingPoint {
      throw .runtime("only Tensors of floating point dtype can require gradients")
    }
    if tensor.storedGradFn != nil { return tensor }
    if tensor.requiresGradFlag == value { return tensor }
    tensor.requiresGradFlag = value
    if isObserved, let observer { observer.requiresGradChanged(tensor, to: value) }
    return tensor
  }

  /// Assigns `.grad`.
  ///
  /// - Throws: If the gradient does not fit the tensor.
  public func setGrad(_ tensor: Tensor, _ grad: Tensor?) throws(AutogradError) {
    let old = tensor.grad
    if let grad {
      if grad === tensor { throw .runtime("can't assign Variable as its own grad") }
      let expected: DType?
      switch tensor.meta?.gradDType ?? .own {
      case .own: expected = tensor.dtype
      case .any: expected = nil
      case .only(let dtype): expected = dtype
      }
      if let expected, grad.dtype != expected {
        throw .runtime(
          "attempting to assign a gradient with dtype '\(grad.dtype.traits.cppName)' to a tensor with "
            + "grad_dtype '\(expected.scalarTypeName)'. \(Message.gradDType)"
        )
      }
      if grad.sizes != tensor.sizes {
        throw .runtime(
          "attempting to assign a gradient of size '\(Shape.text(grad.sizes))' to a tensor of size "
            + "'\(Shape.text(tensor.sizes))'. Please ensure that the gradient and the tensor are the "
            + "same size"
        )
      }
      tensor.materializeMeta().grad = grad
    } else {
      tensor.meta?.grad = nil
    }
    if isObserved, let observer { observer.gradAssigned(tensor, from: old, to: grad) }
  }

  /// Reads `.grad` as Python does, with its warning for a tensor that is no leaf.
  ///
  /// - Throws: If the grad_fn is invalid or the warning becomes an error.
  public func grad(of tensor: Tensor) throws(AutogradError) -> Tensor? {
    if tensor.grad == nil && !tensor.retainsGrad && tensor.requiresGrad {
      if try !isLeaf(tensor) { try warn(Message.nonLeafGrad) }
    }
    return tensor.grad
  }

  /// Sets `grad_dtype` of a leaf.
  ///
  /// - Throws: If the tensor is no leaf or has a gradient of another type.
  public func setGradDType(_ tensor: Tensor, _ value: GradDType) throws(AutogradError) {
    if try !isLeaf(tensor) {
      throw .runtime("grad_dtype can only be set on leaf tensors.")
    }
    if case .only(let dtype) = value, let grad = tensor.grad, grad.dtype != dtype {
      throw .runtime(
        "Cannot set grad_dtype to '\(dtype.scalarTypeName)' because there is already a gradient with "
          + "dtype '\(grad.dtype.traits.cppName)'. Please clear the gradient (.grad = None) before "
          + "changing grad_dtype, or ensure the new grad_dtype matches the existing gradient's dtype."
      )
    }
    let meta = tensor.materializeMeta()
    meta.gradDType = value
    if let accumulator = meta.gradAccumulator {
      let dtype: DType? =
        switch value {
        case .own: tensor.dtype
        case .any: nil
        case .only(let dtype): dtype
        }
      accumulator.metadata = ShortList(InputMetadata(sizes: tensor.sizes, dtype: dtype))
    }
  }

  /// The version as Python reads it.
  ///
  /// - Throws: For an inference tensor.
  public func version(of tensor: Tensor) throws(AutogradError) -> Int {
    if tensor.isInference {
      throw .runtime("Inference tensors do not track version counter.")
    }
    return tensor.version
  }

  /// Bumps the version without a write, `torch.autograd.graph.increment_version`.
  ///
  /// - Throws: For an inference tensor outside inference mode.
  public func incrementVersion(_ tensor: Tensor) throws(AutogradError) { try bumpVersion(tensor) }

  /// Sets the version, as `_unsafe_preserve_version_counter` does on exit.
  public func setVersion(_ tensor: Tensor, _ version: Int) {
    let counter = tensor.materializeVersionCounter()
    let old = counter.current
    counter.current = version
    if isObserved, let observer, old != version {
      observer.versionBumped(tensor, from: old, to: version)
    }
  }

  /// Changes the sizes in place, `resize_()`; a growing tensor gets new memory, the version moves.
  ///
  /// - Throws: If the tensor requires grad.
  @discardableResult
  public func resizeInPlace(_ tensor: Tensor, _ sizes: [Int]) throws(AutogradError) -> Tensor {
    if tensor.requiresGrad { throw .runtime("cannot resize variables that require grad") }
    if tensor.sizes == sizes { return tensor }
    try resize(tensor, sizes)
    try bumpVersion(tensor)
    if isObserved, let observer {
      observer.operationFinished(
        Operation("resize_", inputs: [tensor], outputs: [tensor], target: tensor)
      )
    }
    return tensor
  }

  /// Changes the sizes, and the storage if it is too small.
  func resize(_ tensor: Tensor, _ sizes: [Int]) throws(AutogradError) {
    let needed = (tensor.storageOffset + Shape.numel(sizes)) * tensor.itemSize
    if needed > tensor.storage.byteCount {
      try reserve(needed)
      var buffer = Buffer(byteCount: needed)
      let old = tensor.storage.buffer
      old.withBytes { source in
        buffer.withMutableBytes { $0.copyMemory(from: source, byteCount: old.byteCount) }
      }
      tensor.storage.replace(buffer: buffer)
    }
    tensor.set(
      Geometry(
        sizes: sizes,
        strides: Shape.contiguousStrides(sizes),
        offset: tensor.storageOffset
      )
    )
  }
}
