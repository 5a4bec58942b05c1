import Autograd
import BigInt

/// A node of the graph as a Python object: what `grad_fn` shows.
///
/// A node has at most one of these at a time; `metadata` stays with the node.
class NodeObject: Object {
  /// The node.
  final let node: Node

  init(_ node: Node, type: TypeObject) {
    self.node = node
    super.init(type: type)
    node.wrapper = Unmanaged.passUnretained(self)
  }

  deinit {
    node.wrapper = nil
  }
}

extension Torch {
  /// The Python object of a node: the one it has, or a new one; None for none.
  func wrap(_ node: Node?) -> Value {
    guard let node else { return .none }
    if let known = node.wrapper {
      let object = known.takeUnretainedValue()
      if let made = object as? NodeObject { return .object(made) }
    }
    if let function = node as? FunctionNode,
      let state = function.implementation as? FunctionState
    {
      return .object(FunctionContext(function, state))
    }
    return .object(NodeObject(node, type: nodeType(node.typeName)))
  }

  /// The node of a Python object.
  func node(_ value: Value) -> Node? {
    value.object(NodeObject.self)?.node
  }

  /// The class of the nodes of a name, `<class 'MulBackward0'>`.
  func nodeType(_ name: String) -> TypeObject {
    if let known = nodeTypes[name] { return known }
    let made = machine.makeType(name, base: types.node)
    nodeTypes[name] = made
    return made
  }

  /// The node of a receiver.
  func requireNode(_ value: Value) throws(PythonError) -> Node {
    guard let node = node(value) else {
      throw machine.typeError("expected a node of the graph, got \(typeName(value))")
    }
    return node
  }
}

// What nodes show.
extension Torch {
  /// The methods of nodes.
  static let nodeRows: [BuiltinRow] = [
    BuiltinRow("name", 0...0) { (machine, arguments) throws(PythonError) in
      machine.string(try machine.requireTorch().requireNode(arguments[0]).name)
    },
    BuiltinRow("_sequence_nr", 0...0) { (machine, arguments) throws(PythonError) in
      let number = try machine.requireTorch().requireNode(arguments[0]).sequenceNr
      if let word = Int(exactly: number) { return .int(word) }
      return machine.integer(.init(number))
    },
    BuiltinRow("__call__") { (machine, arguments) throws(PythonError) in
      let torch = machine.requireTorch()
      let node = try torch.requireNode(arguments[0])
      var gradients: [Tensor?] = []
      for value in arguments.positional(from: 1) { gradients.append(torch.tensor(value)) }
      let results = try torch.run { () throws(AutogradError) in
        try torch.session.apply(node, gradients)
      }
      if results.count == 1 { return torch.wrap(results[0]) }
      return machine.tuple(results.map { torch.wrap($0) })
    },
    BuiltinRow("register_hook", 1...1) { (machine, arguments) throws(PythonError) in
      let torch = machine.requireTorch()
      let node = try torch.requireNode(arguments[0])
      let hook = torch.postHook(arguments[1])
      return torch.handle(hook, in: torch.session.registerPostHook(node, hook))
    },
    BuiltinRow("register_prehook", 1...1) { (machine, arguments) throws(PythonError) in
      let torch = machine.requireTorch()
      let node = try torch.requireNode(arguments[0])
      let hook = torch.preHook(arguments[1])
      return torch.handle(hook, in: torch.session.registerPreHook(node, hook))
    },
    BuiltinRow("__getattr__", 1...1) { (machine, arguments) throws(PythonError) in
      try machine.requireTorch().nodeAttribute(arguments[0], machine.text(arguments[1]) ?? "")
    },
    BuiltinRow("__repr__", 0...0) { (machine, arguments) throws(PythonError) in
      machine.string(machine.defaultRepr(arguments[0]))
    },
  ]

  /// The computed attributes of nodes.
  static let nodeAttributes: [AttributeRow] = [
    AttributeRow("next_functions") { (machine, value) throws(PythonError) in
      let torch = machine.requireTorch()
      let edges = try torch.requireNode(value).nextEdges
      return machine.tuple(
        edges.map { machine.tuple([torch.wrap($0.function), .int($0.inputNr)]) }
      )
    },
    AttributeRow("requires_grad") { (machine, _) throws(PythonError) in .bool(true) },
    AttributeRow("metadata") { (machine, value) throws(PythonError) in
      let node = try machine.requireTorch().requireNode(value)
      if let dict = node.attachment as? DictObject { return .object(dict) }
      let made = DictObject(type: machine.types.dict)
      node.attachment = made
      return .object(made)
    },
    AttributeRow("_input_metadata") { (machine, value) throws(PythonError) in
      let torch = machine.requireTorch()
      let items = try torch.requireNode(value).inputMetadata
      return machine.tuple(
        items.map { .object(InputMetadataObject($0, type: torch.nodeType("InputMetadata"))) }
      )
    },
    AttributeRow("_input_metadata_len") { (machine, value) throws(PythonError) in
      .int(try machine.requireTorch().requireNode(value).inputMetadata.count)
    },
  ]

  /// `variable` of an accumulator, `_saved_self`, `_raw_saved_self` and so on.
  private func nodeAttribute(_ value: Value, _ name: String) throws(PythonError) -> Value {
    let node = try requireNode(value)
    if name == "variable", let accumulator = node as? AccumulateGrad {
      return wrap(accumulator.variable)
    }
    if name.hasPrefix("_saved_") {
      let found = try savedAttribute(node, String(name.dropFirst(7)))
      if !found.isUnbound { return found }
    }
    if name.hasPrefix("_raw_saved_") {
      let label = String(name.dropFirst(11))
      if let index = node.savedLabels.firstIndex(of: label) {
        return .object(SavedTensorObject(node, index, type: types.savedTensor))
      }
    }
    throw machine.attributeError(
      "'\(typeName(value))' object has no attribute '\(name)'",
      object: value,
      name: machine.symbol(name)
    )
  }

  private func savedAttribute(_ node: Node, _ label: String) throws(PythonError) -> Value {
    let labels = node.savedLabels
    let places = labels.indices.filter { labels[$0] == label }
    if let first = places.first {
      if node.hasListSlot(label) {
        var items: [Value] = []
        for place in places { items.append(try saved(node, place)) }
        return machine.tuple(items)
      }
      return try saved(node, first)
    }
    for attribute in node.attributes where attribute.label == label {
      return self.value(attribute.value)
    }
    return .unbound
  }

  private func saved(_ node: Node, _ index: Int) throws(PythonError) -> Value {
    let tensor = try run { () throws(AutogradError) in
      try session.unpack(node, index)
    }
    return wrap(tensor)
  }

  /// An attribute of a node or operation as a Python value.
  func value(_ attribute: AttributeValue) -> Value {
    switch attribute {
    case .none: .none
    case .bool(let value): .bool(value)
    case .int(let value): .int(value)
    case .ints(let values): tuple(values)
    case .double(let value): .float(value)
    case .scalar(let value): self.value(value)
    case .dtype(let value): wrap(value)
    case .string(let value): machine.string(value)
    case .intLists(let values): machine.tuple(values.map { tuple($0) })
    case .dtypes(let values): machine.tuple(values.map { wrap($0) })
    }
  }
}

/// What a node knows of a gradient that it takes, `_input_metadata[0]`.
final class InputMetadataObject: Object {
  let metadata: InputMetadata

  init(_ metadata: InputMetadata, type: TypeObject) {
    self.metadata = metadata
    super.init(type: type)
  }
}

/// A `SavedTensor`: the place in a node where a tensor is saved.
final class SavedTensorObject: Object {
  let node: Node
  let index: Int

  init(_ node: Node, _ index: Int, type: TypeObject) {
    self.node = node
    self.index = index
    super.init(type: type)
  }
}
