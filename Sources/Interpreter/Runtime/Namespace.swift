/// The variables of a module, each in a numbered slot that compiled code addresses directly.
final class Namespace {
  /// The names by slot.
  private(set) var names: [Symbol] = []
  /// The values by slot, `.unbound` where a name is not bound.
  var slots: [Value] = []
  /// What a slot falls back on when it is unbound: the built-in of that name, or `.unbound`.
  private(set) var fallbacks: [Value] = []
  private var index: [Symbol: Int] = [:]
  private let builtins: AttributeTable?

  /// - Parameter builtins: what unbound names fall back on; nil for the built-ins themselves.
  init(builtins: AttributeTable?) {
    self.builtins = builtins
  }

  /// The slot of `name`, made unbound when it is new. The compiler calls it once for each name of a module.
  func slot(_ name: Symbol) -> Int {
    if let slot = index[name] { return slot }
    let slot = names.count
    names.append(name)
    slots.append(.unbound)
    fallbacks.append(builtins?[name] ?? .unbound)
    index[name] = slot
    return slot
  }

  /// The value bound to `name`, nil when there is none.
  subscript(name: Symbol) -> Value? {
    get {
      guard let slot = index[name], !slots[slot].isUnbound else { return nil }
      return slots[slot]
    }
    set { slots[slot(name)] = newValue ?? .unbound }
  }
}
