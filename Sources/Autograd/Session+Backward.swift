extension Session {
  /// Runs `torch.autograd.backward`: accumulates gradients into leaves.
  ///
  /// - Parameters:
  ///   - roots: The tensors to start from.
  ///   - gradients: The gradient of each root; nil for ones, which a root of one element may have.
  ///   - retainGraph: Whether the saved tensors stay; as `createGraph` by default.
  ///   - createGraph: Whether the pass is recorded.
  ///   - inputs: The tensors to accumulate into; nil for all leaves.
  /// - Throws: PyTorch's errors for the arguments, and what nodes and hooks throw.
  public func backward(
    _ roots: [Tensor],
    gradients: [Tensor?] = [],
    retainGraph: Bool? = nil,
    createGraph: Bool = false,
    inputs: [Tensor]? = nil
  ) throws(AutogradError) {
    if let inputs, inputs.isEmpty {
      throw .runtime("`inputs` argument to `backward()` cannot be empty.")
    }
    let given = try makeGradients(roots.map { .tensor($0) }, gradients, for: "backward")
    if createGraph { try warn(Message.createGraph, once: true) }
    _ = try pass(
      roots.map { .tensor($0) },
      given,
      retainGraph ?? createGraph,
      createGraph,
      inputs?.map { .tensor($0) },
      accumulates: true
    )
  }

  /// Where backward starts or what gradients are wanted for: a tensor or a `GradientEdge`.
  public enum GradientTarget {
    /// A tensor.
    case tensor(Tensor)
    /// An edge, with the shape that its node knows.
    case edge(Edge)
  }

  /// Runs `torch.autograd.backward` with edges among roots and inputs.
  ///
  /// - Throws: As ``backward(_:gradients:retainGraph:createGraph:inputs:)``.
  public func backward(
    targets roots: [GradientTarget],
    gradients: [Tensor?] = [],
    retainGraph: Bool? = nil,
    createGraph: Bool = false,
    inputs: [GradientTarget]? = nil
  ) throws(AutogradError) {
    if let inputs, inputs.isEmpty {
      throw .runtime("`inputs` argument to `backward()` cannot be empty.")
    }
    let given = try makeGradients(roots, gradients, for: "backward")
    if createGraph { try warn(Message.createGraph, once: true) }
    _ = try pass(
      roots,
      given,
      retainGraph ?? createGraph,
      createGraph,
      inputs,
      accumulates: true
    )
  }

  /// Runs `torch.autograd.grad`: returns gradients and leaves `.grad` alone.
  ///
  /// - Parameters:
  ///   - outputs: What to start from.
  ///   - inputs: What gradients are wanted for.
  ///   - gradients: The gradient of each output, or nil for ones.
  ///   - retainGraph: Whether the saved tensors stay; as `createGraph` by default.
  ///   - createGraph: Whether the pass is recorded.
  ///   - allowUnused: Whether an input that no gradient reaches gives nil; else it is an error.
  ///   - materializeGrads: Whether such an input gives zeros.
  /// - Returns: The gradients, in the order of the inputs.
  /// - Throws: PyTorch's errors for the arguments, and what nodes and hooks throw.
  public func grad(
    _ outputs: [GradientTarget],
    _ inputs: [GradientTarget],
    gradients: [Tensor?] = [],
    retainGraph: Bool? = nil,
    createGraph: Bool = false,
    allowUnused: Bool? = nil,
    materializeGrads: Bool = false
  ) throws(AutogradError) -> [Tensor?] {
    if materializeGrads && allowUnused == false {
      throw .value(
        "Expected allow_unused to be True or not passed when materialize_grads=True, but got: "
          + "allow_unused=False."
      )
    }
    if inputs.isEmpty { throw .runtime("`inputs` argument to `grad()` cannot be empty.") }
    let given = try makeGradients(outputs, gradients, for: "grad")
    var results = try pass(
      outputs,
      given,
      retainGraph ?? createGraph,
      createGraph,
      inputs,
      accumulates: false
    )
    let allowUnused = allowUnused ?? materializeGrads
    for index in results.indices where results[index] == nil {
      if !allowUnused {
        throw .runtime(
          "The differentiated Tensor at index \(index) appears to not have been used in the graph. Set "
            + "allow_unused=True if this is the desired behavior."
        )
      }
      if materializeGrads {
        guard case .tensor(let tensor) = inputs[index] else {
          throw .runtime("materialize_grads cannot be used when the given input is a GradientEdge")
        }
        results[index] = try zerosLike(tensor)
      }
    }
    return results
  }

  /// Applies a node to gradients, as calling `grad_fn(...)` in Python does.
  ///
  /// - Throws: If the number of gradients is wrong, and what the node throws.
  public func apply(_ node: Node, _ gradients: [Tensor?]) throws(AutogradError) -> [Tensor?] {
    guard gradients.count == node.inputCount else {
      throw .type("expected \(node.inputCount) arguments, got \(gradients.count) instead")
    }
    var inputs = ShortList<Tensor?>(gradients)
    return try node.apply(&inputs, self).array
  }

  private func pass(
    _ roots: [GradientTarget],
    _ gradients: [Tensor?],
    _ keepGraph: Bool,
    _ createGraph: Bool,
    _ inputs: [GradientTarget]?,
    accumulates: Bool
  ) throws(AutogradError) -> [Tensor?] {
    let (edges, wanted) = try observing(
      accumulates ? "backward" : "grad",
      roots.compactMap { $0.tensor }
    ) { () throws(AutogradError) in try self.edges(roots, inputs, accumulates) }
    if edges.isEmpty { return [] }
    guard isObserved, let observer else {
      return try execute(
        roots: edges,
        gradients: gradients,
        keepGraph: keepGraph,
        createGraph: createGraph,
        wanted: wanted,
        accumulates: accumulates
      )
    }
    nextPassID += 1
    let description = BackwardPass(
      id: nextPassID,
      roots: roots.compactMap { $0.tensor },
      gradients: gradients.compactMap { $0 },
      keepGraph: keepGraph,
      createGraph: createGraph,
      inputs: (inputs ?? []).compactMap { $0.tensor },
      accumulates: accumulates,
      depth: backwardDepth
    )
    observer.backwardBegan(description)
    do {
      let results = try execute(
        roots: edges,
        gradients: gradients,
        keepGraph: keepGraph,
        createGraph: createGraph,
        wanted: wanted,
        accumulates: accumulates
      )
      observer.backwardEnded(description, error: nil)
      return results
    } catch {
      observer.backwardEnded(description, error: error)
      throw error
    }
  }

  /// Where a pass starts, and what gradients are wanted for.
  private func edges(
    _ roots: [GradientTarget],
    _ inputs: [GradientTarget]?,
    _ accumulates: Bool
  ) throws(AutogradError) -> (roots: [Edge], wanted: [Edge]?) {
    var edges: [Edge] = []
    for (index, root) in roots.enumerated() {
      let edge = try self.edge(root)
      guard edge.isValid else {
        throw .runtime(
          "element \(index) of tensors does not require grad and does not have a grad_fn"
        )
      }
      edges.append(edge)
    }
    var wanted: [Edge]?
    if let inputs {
      var list: [Edge] = []
      for input in inputs { list.append(try wantedEdge(input, accumulates)) }
      wanted = list
    }
    return (edges, wanted)
  }

  private func edge(_ target: GradientTarget) throws(AutogradError) -> Edge {
    switch target {
    case .tensor(let tensor): try gradientEdge(of: tensor)
    case .edge(let edge): edge
    }
  }

  private func wantedEdge(
    _ target: GradientTarget,
    _ accumulates: Bool
  ) throws(AutogradError) -> Edge {
    guard case .tensor(let tensor) = target else { return try edge(target) }
    let node = try gradFn(of: tensor) ?? tensor.gradAccumulator
    if accumulates { try retainGrad(tensor) }
    guard tensor.requiresGrad else {
      throw .runtime("One of the differentiated Tensors does not require grad")
    }
    // No graph holds the accumulator of the leaf, so no gradient can reach it.
    return Edge(node, tensor.outputNr)
  }

  /// Fills in the gradients of the roots that were not given.
  private func makeGradients(
    _ roots: [GradientTarget],
    _ gradients: [Tensor?],
    for name: String
  ) throws(AutogradError) -> [Tensor?] {
    try observing(name, roots.compactMap { $0.tensor }) { () throws(AutogradError) in
      try unobserved { () throws(AutogradError) in try makeGradients(roots, gradients) }
    }
  }

  private func makeGradients(
    _ roots: [GradientTarget],
    _ gradients: [Tensor?]
  ) throws(AutogradError) -> [Tensor?] {
    var result: [Tensor?] = []
    for (index, root) in roots.enumerated() {
      let sizes: [Int]
      let dtype: DType
      switch root {
      case .tensor(let tensor):
        sizes = tensor.sizes
        dtype = tensor.dtype
      case .edge(let edge):
        guard let node = edge.function else {
          result.append(nil)
          continue
        }
        sizes = node.metadata[edge.inputNr].sizes
        dtype = node.metadata[edge.inputNr].dtype ?? defaultDType
      }
      if index < gradients.count, let gradient = gradients[index] {
        guard gradient.sizes == sizes else {
          throw .runtime(
            "Mismatch in shape: grad_output[\(index)] has a shape of "
              + "torch.Size(\(Shape.text(gradient.sizes))) and output[\(index)] has a shape of "
              + "torch.Size(\(Shape.text(sizes)))."
          )
        }
        result.append(gradient)
        continue
      }
      if case .tensor(let tensor) = root, !tensor.requiresGrad {
        result.append(nil)
        continue
      }
      guard Shape.numel(sizes) == 1 else { throw .runtime(Message.scalarOnly) }
      let mode = gradMode
      gradMode = false
      defer { gradMode = mode }
      result.append(try full(sizes, .int(1), dtype))
    }
    return result
  }
}

extension Session.GradientTarget {
  fileprivate var tensor: Tensor? { if case .tensor(let tensor) = self { tensor } else { nil } }
}
