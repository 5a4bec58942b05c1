/// The variables of a module, each in a numbered slot that compiled code addresses directly.
final class Namespace {
  /// What the machine's loop needs of a namespace, at a place that stays while slots are added.
  struct Body {
    /// The values by slot, `.unbound` where a name is not bound.
    var slots: UnsafeMutablePointer<Value>
    /// What a slot falls back on when it is unbound: the built-in of that name, or `.unbound`.
    var fallbacks: UnsafeMutablePointer<Value>
  }

  /// The names by slot.
  private(set) var names: [Symbol] = []
  /// The storage of the slots.
  let body: UnsafeMutablePointer<Body>
  private var index: [Symbol: Int] = [:]
  private var capacity = 16
  private let builtins: AttributeTable?

  /// - Parameter builtins: what unbound names fall back on; nil for the built-ins themselves.
  init(builtins: AttributeTable?) {
    self.builtins = builtins
    body = UnsafeMutablePointer<Body>.allocate(capacity: 1)
    body.initialize(
      to: Body(
        slots: UnsafeMutablePointer<Value>.allocate(capacity: capacity),
        fallbacks: UnsafeMutablePointer<Value>.allocate(capacity: capacity)
      )
    )
  }

  deinit {
    body.pointee.slots.deinitialize(count: names.count)
    body.pointee.fallbacks.deinitialize(count: names.count)
    body.pointee.slots.deallocate()
    body.pointee.fallbacks.deallocate()
    body.deallocate()
  }
}

extension Namespace {
  /// The slot of `name`, made unbound when it is new.
  ///
  /// The compiler calls it once for each name of a module.
  func slot(_ name: Symbol) -> Int {
    if let slot = index[name] { return slot }
    let slot = names.count
    if slot == capacity { grow() }
    names.append(name)
    (body.pointee.slots + slot).initialize(to: .unbound)
    (body.pointee.fallbacks + slot).initialize(to: builtins?[name] ?? .unbound)
    index[name] = slot
    return slot
  }

  /// The value bound to `name`, nil when there is none; setting nil unbinds it.
  subscript(name: Symbol) -> Value? {
    get {
      guard let slot = index[name], !body.pointee.slots[slot].isUnbound else { return nil }
      return body.pointee.slots[slot]
    }
    set {
      let slot = slot(name)
      let old = body.pointee.slots[slot]
      body.pointee.slots[slot] = newValue ?? .unbound
      _ = consume old
    }
  }

  /// The names that are bound, with their values, in the order of their slots.
  var bindings: [(name: Symbol, value: Value)] {
    var bound: [(name: Symbol, value: Value)] = []
    for (slot, name) in names.enumerated() where !body.pointee.slots[slot].isUnbound {
      bound.append((name, body.pointee.slots[slot]))
    }
    return bound
  }

  /// Unbinds every name, so that what only the module holds is released.
  func removeAll() {
    for slot in names.indices { body.pointee.slots[slot] = .unbound }
  }

  private func grow() {
    let count = names.count
    let slots = UnsafeMutablePointer<Value>.allocate(capacity: capacity * 2)
    let fallbacks = UnsafeMutablePointer<Value>.allocate(capacity: capacity * 2)
    slots.moveInitialize(from: body.pointee.slots, count: count)
    fallbacks.moveInitialize(from: body.pointee.fallbacks, count: count)
    body.pointee.slots.deallocate()
    body.pointee.fallbacks.deallocate()
    body.pointee = Body(slots: slots, fallbacks: fallbacks)
    capacity *= 2
  }
}
