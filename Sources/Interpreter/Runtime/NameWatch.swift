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
  /// What was seen in each frame, by slot of the module's namespace or of the function's locals.
  private var frames: [[Seen]] = []
  /// The parameters of modules, by dotted name.
  private var parametersSeen: [String: Seen] = [:]
  /// The names of the module by slot; empty for those that are not looked at.
  private var moduleNames: [String] = []
  private let parameters: Symbol
  private let modules: Symbol

  /// What is remembered of a value.
  private struct Seen: Equatable {
    let kind: UInt8
    let bits: UInt64
    /// For a container, what its text depends on.
    let content: Int

    static let unbound = Seen(kind: 0, bits: 0, content: 0)
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
  func visit(
    _ namespace: Namespace,
    tensorName: @escaping (Tensor) -> String,
    _ report: Report
  ) {
    let count = namespace.names.count
    while moduleNames.count < count {
      let name = machine.symbols.name(namespace.names[moduleNames.count])
      moduleNames.append(name.hasPrefix("__") ? "" : name)
    }
    prepare(depth: 0, slots: count)
    var holdsModules = false
    let slots = namespace.body.pointee.slots
    for slot in 0..<count where !moduleNames[slot].isEmpty {
      let now = look(at: slots[slot])
      if now.kind == Self.moduleKind { holdsModules = true }
      if frames[0][slot] == now { continue }
      frames[0][slot] = now
      report(
        moduleNames[slot],
        now.kind == Seen.unbound.kind ? nil : named(slots[slot], tensorName)
      )
    }
    if holdsModules || !parametersSeen.isEmpty {
      visitParameters(namespace, tensorName: tensorName, report)
    }
  }

  /// Reports the locals of a function that changed.
  func visit(
    _ frame: FramePointer,
    depth: Int,
    tensorName: @escaping (Tensor) -> String,
    _ report: Report
  ) {
    let code = frame.pointee.code
    let count = code.localNames.count + code.cells.count
    prepare(depth: depth, slots: count)
    for slot in 0..<count {
      var value = frame.pointee.locals[slot]
      if let cell = value.object(CellObject.self) { value = cell.value }
      let now = look(at: value)
      if frames[depth][slot] == now { continue }
      frames[depth][slot] = now
      let symbol =
        slot < code.localNames.count
        ? code.localNames[slot] : code.cells[slot - code.localNames.count].name
      let name = machine.symbols.name(symbol)
      if name.hasPrefix(".") { continue }
      report(name, now.kind == Seen.unbound.kind ? nil : named(value, tensorName))
    }
  }

  private func prepare(depth: Int, slots: Int) {
    while frames.count <= depth { frames.append([]) }
    while frames[depth].count < slots { frames[depth].append(.unbound) }
  }

  private func visitParameters(
    _ namespace: Namespace,
    tensorName: @escaping (Tensor) -> String,
    _ report: Report
  ) {
    var gone = Set(parametersSeen.keys)
    for slot in 0..<moduleNames.count where frames[0][slot].kind == Self.moduleKind {
      let module = namespace.body.pointee.slots[slot]
      visitParameters(of: module, named: moduleNames[slot]) { dotted, tensor in
        gone.remove(dotted)
        let now = look(at: tensor)
        if parametersSeen[dotted] == now { return }
        parametersSeen[dotted] = now
        report(dotted, named(tensor, tensorName))
      }
    }
    for name in gone.sorted() {
      parametersSeen[name] = nil
      report(name, nil)
    }
  }

  /// The kind of what has parameters.
  private static let moduleKind: UInt8 = 9

  private func look(at value: Value) -> Seen {
    switch value {
    case .unbound: return .unbound
    case .none: return Seen(kind: 1, bits: 0, content: 0)
    case .ellipsis: return Seen(kind: 2, bits: 0, content: 0)
    case .notImplemented: return Seen(kind: 3, bits: 0, content: 0)
    case .bool(let value): return Seen(kind: 4, bits: value ? 1 : 0, content: 0)
    case .int(let value):
      return Seen(kind: 5, bits: UInt64(bitPattern: Int64(value)), content: 0)
    case .float(let value): return Seen(kind: 6, bits: value.bitPattern, content: 0)
    case .object(let object):
      if let tensor = object as? TensorObject {
        return Seen(kind: 7, bits: UInt64(tensor.tensor.id), content: 0)
      }
      return Seen(
        kind: isModule(object) ? Self.moduleKind : 8,
        bits: UInt64(UInt(bitPattern: Unmanaged.passUnretained(object).toOpaque())),
        content: ShortText.content(of: object)
      )
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
    guard case .object(let object) = value, isModule(object) else { return }
    var known: Set<Int> = []
    // Modules still to be looked at, the next one last.
    var pending = [(name, value)]
    while let (prefix, module) = pending.popLast() {
      guard case .object(let object) = module else { continue }
      for (key, tensor) in members(of: object, parameters) {
        guard let id = tensor.tensor?.id, known.insert(id).inserted else { continue }
        body(prefix + "." + key, tensor)
      }
      for (key, inner) in members(of: object, modules).reversed() {
        pending.append((prefix + "." + key, inner))
      }
    }
  }

  /// Whether an object is a `torch.nn.Module`.
  private func isModule(_ object: Object) -> Bool {
    guard let attributes = object.attributes, attributes.count > 2 else { return false }
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
