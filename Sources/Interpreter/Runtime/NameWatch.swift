public import Autograd

/// What a name is bound to, as an observer sees it.
public enum NamedValue {
  /// A tensor.
  case tensor(Tensor)
  /// `None`.
  case none
  /// A truth value.
  case bool(Bool)
  /// An int that fits a word.
  case int(Int)
  /// A float.
  case float(Double)
  /// Anything else, as a short text.
  case text(String)
}

/// Finds the names whose bindings changed since it looked last.
///
/// It keeps no value alive: a value is remembered by what tells it from others.
final class NameWatch {
  private unowned let machine: Machine
  private var frames: [[Symbol: Seen]] = []
  private let parameters: Symbol
  private let modules: Symbol

  /// What is remembered of a value.
  private struct Seen: Equatable {
    let kind: UInt8
    let bits: UInt64
    /// For a container, what its text depends on.
    let content: Int
  }

  /// What is called with a name and its new value, nil once it is unbound.
  typealias Report = (_ name: String, _ value: NamedValue?) -> Void

  init(_ machine: Machine) {
    self.machine = machine
    parameters = machine.symbol("_parameters")
    modules = machine.symbol("_modules")
  }
}

extension NameWatch {
  /// Forgets the frames at `depth` and deeper, because a function was left or entered anew.
  func forget(from depth: Int) {
    if frames.count > depth { frames.removeLast(frames.count - depth) }
  }

  /// Reports the names of a module that changed.
  func visit(_ namespace: Namespace, tensorName: @escaping (Tensor) -> String, _ report: Report) {
    var seen = takeSeen(depth: 0)
    var bound = 0
    for (slot, symbol) in namespace.names.enumerated() {
      let value = namespace.body.pointee.slots[slot]
      if value.isUnbound { continue }
      let name = machine.symbols.name(symbol)
      if name.hasPrefix("__") { continue }
      bound += 1
      compare(symbol, name, value, &seen, tensorName, report)
      visitParameters(of: value, named: name) { dotted, tensor in
        bound += 1
        let symbol = machine.symbol(dotted)
        compare(symbol, dotted, tensor, &seen, tensorName, report)
      }
    }
    if bound < seen.count { dropUnbound(namespace, &seen, report) }
    frames[0] = seen
  }

  /// Reports the locals of a function that changed.
  func visit(
    _ frame: FramePointer,
    depth: Int,
    tensorName: @escaping (Tensor) -> String,
    _ report: Report
  ) {
    var seen = takeSeen(depth: depth)
    let code = frame.pointee.code
    var bound: Set<Symbol> = []
    for (slot, symbol) in (code.localNames + code.cells.map(\.name)).enumerated() {
      var value = frame.pointee.locals[slot]
      if let cell = value.object(CellObject.self) { value = cell.value }
      if value.isUnbound { continue }
      let name = machine.symbols.name(symbol)
      if name.hasPrefix(".") || !bound.insert(symbol).inserted { continue }
      compare(symbol, name, value, &seen, tensorName, report)
    }
    for symbol in seen.keys.filter({ !bound.contains($0) }).sorted(by: { $0.number < $1.number }) {
      seen[symbol] = nil
      report(machine.symbols.name(symbol), nil)
    }
    frames[depth] = seen
  }

  private func takeSeen(depth: Int) -> [Symbol: Seen] {
    while frames.count <= depth { frames.append([:]) }
    let seen = frames[depth]
    frames[depth] = [:]
    return seen
  }

  private func compare(
    _ symbol: Symbol,
    _ name: String,
    _ value: Value,
    _ seen: inout [Symbol: Seen],
    _ tensorName: @escaping (Tensor) -> String,
    _ report: Report
  ) {
    let now = look(at: value)
    if seen[symbol] == now { return }
    seen[symbol] = now
    report(name, named(value, tensorName))
  }

  private func dropUnbound(
    _ namespace: Namespace,
    _ seen: inout [Symbol: Seen],
    _ report: Report
  ) {
    var bound: Set<Symbol> = []
    for (name, value) in namespace.bindings {
      bound.insert(name)
      visitParameters(of: value, named: machine.symbols.name(name)) { dotted, _ in
        bound.insert(machine.symbol(dotted))
      }
    }
    for symbol in seen.keys.filter({ !bound.contains($0) }).sorted(by: { $0.number < $1.number }) {
      seen[symbol] = nil
      report(machine.symbols.name(symbol), nil)
    }
  }

  private func look(at value: Value) -> Seen {
    switch value {
    case .unbound: Seen(kind: 0, bits: 0, content: 0)
    case .none: Seen(kind: 1, bits: 0, content: 0)
    case .ellipsis: Seen(kind: 2, bits: 0, content: 0)
    case .notImplemented: Seen(kind: 3, bits: 0, content: 0)
    case .bool(let value): Seen(kind: 4, bits: value ? 1 : 0, content: 0)
    case .int(let value): Seen(kind: 5, bits: UInt64(bitPattern: Int64(value)), content: 0)
    case .float(let value): Seen(kind: 6, bits: value.bitPattern, content: 0)
    case .object(let object):
      if let tensor = value.tensor {
        Seen(kind: 7, bits: UInt64(tensor.id), content: 0)
      } else {
        Seen(
          kind: 8,
          bits: UInt64(UInt(bitPattern: ObjectIdentifier(object).hashValue)),
          content: ShortText.content(of: object)
        )
      }
    }
  }

  private func named(_ value: Value, _ tensorName: @escaping (Tensor) -> String) -> NamedValue {
    switch value {
    case .none: .none
    case .bool(let value): .bool(value)
    case .int(let value): .int(value)
    case .float(let value): .float(value)
    case .object:
      if let tensor = value.tensor {
        .tensor(tensor)
      } else {
        .text(ShortText(machine: machine, tensorName: tensorName).text(value))
      }
    case .unbound, .ellipsis, .notImplemented:
      .text(ShortText(machine: machine, tensorName: tensorName).text(value))
    }
  }
}

extension NameWatch {
  /// Calls `body` with the named parameters of a module, each tensor once, as `named_parameters()` gives them.
  func visitParameters(of value: Value, named name: String, _ body: (String, Value) -> Void) {
    guard isModule(value) else { return }
    var known: Set<Int> = []
    // Modules still to be looked at, the next one last.
    var pending = [(name, value)]
    while let (prefix, module) = pending.popLast() {
      guard case .object(let object) = module else { continue }
      for (key, tensor) in members(of: object, parameters) {
        guard let id = tensor.tensor?.id, known.insert(id).inserted
        else { continue }
        body(prefix + "." + key, tensor)
      }
      for (key, inner) in members(of: object, modules).reversed() {
        pending.append((prefix + "." + key, inner))
      }
    }
  }

  /// Whether a value is a `torch.nn.Module` with parameters or modules in it.
  private func isModule(_ value: Value) -> Bool {
    guard case .object(let object) = value, let attributes = object.attributes else { return false }
    return attributes[parameters]?.object(DictObject.self) != nil
      && attributes[modules]?.object(DictObject.self) != nil
  }

  private func members(of object: Object, _ name: Symbol) -> [(String, Value)] {
    guard let table = object.attributes?[name]?.object(DictObject.self)?.table else { return [] }
    var members: [(String, Value)] = []
    for entry in table.entries {
      if let key = entry.key.object(StringObject.self) { members.append((key.text, entry.value)) }
    }
    return members
  }
}
