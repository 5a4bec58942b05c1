// The head and tail of operations: what PyTorch generates for every operation of derivatives.yaml.
extension Session {
  /// Records an operation of one tensor: a node, its edge and saved tensors, the result's history.
  @inline(__always)
  func record(
    _ derivative: Derivative,
    _ a: Tensor,
    result: Tensor,
    _ values: [AttributeValue] = []
  ) throws(AutogradError) {
    guard isRecording && a.requiresGrad && !a.isInference else { return }
    let node = makeNode(derivative, values)
    node.edges = ShortList(try gradientEdge(of: a))
    created(node)
    setHistory(result, node)
    if !derivative.saved.isEmpty {
      try save(node, derivative, requiring: 1, .tensor(a), nil, nil, result: result)
    }
  }

  /// Records an operation of a tensor and an operand; a number has an edge, but one to nowhere.
  @inline(__always)
  func record(
    _ derivative: Derivative,
    _ a: Tensor,
    _ b: Operand,
    result: Tensor,
    _ values: [AttributeValue] = []
  ) throws(AutogradError) {
    guard isRecording else { return }
    var requiring: UInt32 = a.requiresGrad ? 1 : 0
    let other = b.tensor
    if let other, other.requiresGrad { requiring |= 2 }
    // Inference tensors alone do not reach autograd.
    if requiring == 0 || (a.isInference && other?.isInference != false) { return }
    let node = makeNode(derivative, values)
    let first = requiring & 1 != 0 ? try gradientEdge(of: a) : Edge(nil)
    if let other, requiring & 2 != 0 {
      node.edges = ShortList(first, try gradientEdge(of: other))
    } else {
      node.edges = ShortList(first, Edge(nil))
    }
    created(node)
    setHistory(result, node)
    if !derivative.saved.isEmpty {
      try save(node, derivative, requiring: requiring, .tensor(a), b, nil, result: result)
    }
  }

  /// Records an operation of any number of tensors with any number of results.
  ///
  /// - Parameters:
  ///   - derivative: The row.
  ///   - inputs: The inputs; nil for one that was not given. Those past `differentiable` are only saved.
  ///   - differentiable: How many inputs have an edge; all by default.
  ///   - results: The results that carry a gradient.
  ///   - extra: Results that carry none; a slot's number counts them after the others.
  ///   - values: The values of the row's attributes.
  /// - Throws: If an input may not be saved or its grad_fn is invalid.
  func record(
    _ derivative: Derivative,
    inputs: [Tensor?],
    differentiable: Int? = nil,
    results: [Tensor],
    extra: [Tensor] = [],
    _ values: [AttributeValue] = []
  ) throws(AutogradError) {
    guard
      let (node, requiring) = try prepare(
        derivative,
        inputs: inputs,
        differentiable: differentiable,
        values
      )
    else { return }
    for result in results { setHistory(result, node) }
    if derivative.saved.isEmpty { return }
    let outputs = results + extra
    for slot in derivative.saved {
      var variable = SavedVariable()
      if slot.isNeeded(requiring) {
        switch slot.source {
        case .input(let index):
          if let input = inputs[index] {
            variable = try SavedVariable(input, isOutput: false, self)
          }
        case .inputs(let range):
          try saveList(node, slot, inputs[range.lowerBound...])
          continue
        case .result(let index):
          variable = try SavedVariable(outputs[index], isOutput: true, self)
        }
      }
      saved(node, slot.label, variable)
    }
  }

  /// A node with its edges, if one of the inputs requires grad and recording is on; nothing is saved.
  func prepare(
    _ derivative: Derivative,
    inputs: [Tensor?],
    differentiable: Int? = nil,
    _ values: [AttributeValue] = []
  ) throws(AutogradError) -> (node: FormulaNode, requiring: UInt32)? {
    guard isRecording else { return nil }
    let count = differentiable ?? inputs.count
    var requiring: UInt32 = 0
    for index in 0..<count {
      if let input = inputs[index], input.requiresGrad { requiring |= 1 << UInt32(min(index, 31)) }
    }
    if requiring == 0 || !inputs.contains(where: { $0?.isInference == false }) { return nil }
    let node = makeNode(derivative, values)
    for index in 0..<count {
      if let input = inputs[index], input.requiresGrad {
        node.edges.append(try gradientEdge(of: input))
      } else {
        node.edges.append(Edge(nil))
      }
    }
    created(node)
    return (node, requiring)
  }

  @inline(__always)
  private func makeNode(_ derivative: Derivative, _ values: [AttributeValue]) -> FormulaNode {
    FormulaNode(derivative, values, id: makeNodeID(), sequenceNr: makeSequenceNr())
  }

  @inline(__always)
  private func saved(_ node: Node, _ label: String, _ variable: SavedVariable) {
    node.saved.append(variable)
    if isObserved, let observer, !variable.isNothing {
      observer.variableSaved(node, label: label, variable: variable)
    }
  }

  private func saveList(
    _ node: Node,
    _ slot: SavedSlot,
    _ tensors: ArraySlice<Tensor?>
  ) throws(AutogradError) {
    for tensor in tensors {
      guard let tensor else {
        saved(node, slot.label, SavedVariable())
        continue
      }
      saved(node, slot.label, try SavedVariable(tensor, isOutput: false, self))
    }
  }

  /// Fills the slots of a row with up to three operands.
  @inline(__always)
  private func save(
    _ node: FormulaNode,
    _ derivative: Derivative,
    requiring: UInt32,
    _ a: Operand,
    _ b: Operand?,
    _ c: Operand?,
    result: Tensor
  ) throws(AutogradError) {
    for slot in derivative.saved {
      var variable = SavedVariable()
      if slot.isNeeded(requiring) {
        switch slot.source {
        case .input(let index):
          let operand = index == 0 ? a : index == 1 ? b : c
          switch operand {
          case .tensor(let tensor): variable = try SavedVariable(tensor, isOutput: false, self)
          case .number(let number): variable = SavedVariable(number)
          case nil: break
          }
        case .result: variable = try SavedVariable(result, isOutput: true, self)
        case .inputs: break
        }
      }
      saved(node, slot.label, variable)
    }
  }
}

// Operations in place.
extension Session {
  /// Runs an operation in place: checks, node, the write itself, version, history.
  ///
  /// The order is PyTorch's: a refused write touches nothing; an error of the write leaves the version.
  ///
  /// - Parameters:
  ///   - name: The name, `add_`.
  ///   - derivative: The row; its input 0 is the tensor. Nil if the operation records nothing.
  ///   - target: The tensor to be written.
  ///   - others: The other operands.
  ///   - values: The values of the row's attributes.
  ///   - write: Writes the elements.
  /// - Returns: The tensor.
  /// - Throws: If the tensor may not be written, or what the write throws.
  @discardableResult
  func inPlace(
    _ name: @autoclosure () -> String,
    _ derivative: Derivative?,
    _ target: Tensor,
    _ others: ShortList<Operand> = ShortList(),
    _ values: [AttributeValue] = [],
    _ write: () throws(AutogradError) -> Void
  ) throws(AutogradError) -> Tensor {
    do {
      var node: FormulaNode?
      var requiring: UInt32 = 0
      if isRecording {
        requiring = target.requiresGrad ? 1 : 0
        for index in others.indices {
          if let tensor = others[index].tensor, tensor.requiresGrad {
            requiring |= 2 << UInt32(index)
          }
        }
        if requiring != 0 {
          try checkInPlace(target, recorded: true)
          if let derivative {
            node = try prepareInPlace(derivative, target, others, requiring, values)
          }
        }
      }
      try write()
      try bumpVersion(target)
      if let node {
        try rebaseHistory(target, node)
        try saveResult(node, node.derivative, requiring, target)
      }
    } catch {
      if isObserved, let observer {
        observer.operationFailed(name(), inputs: operands(target, others), error: error)
      }
      throw error
    }
    if isObserved, let observer {
      observer.operationFinished(
        Operation(
          name(),
          inputs: operands(target, others),
          outputs: [target],
          attributes: derivative.map { Array(zip($0.attributeLabels, values)) }.map {
            $0.map { (label: $0.0, value: $0.1) }
          } ?? [],
          target: target
        )
      )
    }
    return target
  }

  private func operands(_ target: Tensor, _ others: ShortList<Operand>) -> [Tensor] {
    [target] + others.array.compactMap { $0.tensor }
  }

  private func prepareInPlace(
    _ derivative: Derivative,
    _ target: Tensor,
    _ others: ShortList<Operand>,
    _ requiring: UInt32,
    _ values: [AttributeValue]
  ) throws(AutogradError) -> FormulaNode {
    let node = makeNode(derivative, values)
    node.edges = ShortList(target.requiresGrad ? try gradientEdge(of: target) : Edge(nil))
    let count = derivative.inputCount
    for index in others.indices where index + 1 < count {
      if let tensor = others[index].tensor, tensor.requiresGrad {
        node.edges.append(try gradientEdge(of: tensor))
      } else {
        node.edges.append(Edge(nil))
      }
    }
    created(node)
    for slot in derivative.saved {
      var variable = SavedVariable()
      if slot.isNeeded(requiring) {
        switch slot.source {
        case .input(0):
          // The value before the write is kept as a clone, which only the node holds.
          variable = try SavedVariable(try cloneSilently(target), isOutput: false, self)
        case .input(let index):
          switch others[index - 1] {
          case .tensor(let tensor): variable = try SavedVariable(tensor, isOutput: false, self)
          case .number(let number): variable = SavedVariable(number)
          }
        case .inputs(let range):
          for index in (range.lowerBound - 1)..<others.count {
            guard case .tensor(let tensor) = others[index] else {
              saved(node, slot.label, SavedVariable())
              continue
            }
            saved(node, slot.label, try SavedVariable(tensor, isOutput: false, self))
          }
          continue
        case .result: break
        }
      }
      if case .result = slot.source {
        node.saved.append(variable)
      } else {
        saved(node, slot.label, variable)
      }
    }
    return node
  }

  private func saveResult(
    _ node: FormulaNode,
    _ derivative: Derivative,
    _ requiring: UInt32,
    _ target: Tensor
  ) throws(AutogradError) {
    for (index, slot) in derivative.saved.enumerated() {
      guard case .result = slot.source, slot.isNeeded(requiring) else { continue }
      let variable = try SavedVariable(
        target,
        isOutput: true,
        isInplaceOnView: target.isView,
        self
      )
      node.saved[index] = variable
      if isObserved, let observer {
        observer.variableSaved(node, label: slot.label, variable: variable)
      }
    }
  }
}

extension SavedSlot {
  @inline(__always)
  func isNeeded(_ requiring: UInt32) -> Bool { neededFor == 0 || neededFor & requiring != 0 }
}

// What observers are told of operations.
extension Session {
  /// Runs an operation and tells the observer if it raises.
  @inline(__always)
  func observing<Result>(
    _ name: @autoclosure () -> String,
    _ inputs: @autoclosure () -> [Tensor],
    _ body: () throws(AutogradError) -> Result
  ) throws(AutogradError) -> Result {
    do {
      return try body()
    } catch {
      if isObserved, let observer {
        observer.operationFailed(name(), inputs: inputs(), error: error)
      }
      throw error
    }
  }

  /// Tells the observer that an operation returned.
  @inline(__always)
  func finished(
    _ name: @autoclosure () -> String,
    _ inputs: @autoclosure () -> [Tensor],
    _ outputs: @autoclosure () -> [Tensor],
    _ attributes: @autoclosure () -> [(label: String, value: AttributeValue)] = [],
    viewOf: Tensor? = nil
  ) {
    if isObserved, let observer {
      observer.operationFinished(
        Operation(
          name(),
          inputs: inputs(),
          outputs: outputs(),
          attributes: attributes(),
          viewOf: viewOf
        )
      )
    }
  }
}
