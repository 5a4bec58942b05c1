/// A Python class, built in or made by a script.
final class TypeObject: Object {
  /// The class's `__name__`.
  var name: String
  /// The class's `__qualname__`.
  var qualifiedName: String
  /// The module it was defined in (`builtins`, `torch`, `__main__`), for `repr`.
  var module: String
  /// The method resolution order, the type itself first.
  private(set) var linearization: [TypeObject] = []
  /// The direct bases.
  let bases: [TypeObject]
  /// The class's own attributes: methods, class variables, properties.
  let members = AttributeTable()
  /// What makes instances: how a built-in type allocates, inherited by classes derived from it.
  var layout: Layout
  /// Whether a script (or the library in Python) wrote the class.
  let isUserDefined: Bool
  /// Whether instances have a `__dict__`.
  var allowsAttributes: Bool
  /// Whether scripts may set attributes of the class although it is built in, as of `torch.Tensor`.
  var allowsMemberChanges = false
  /// The names of `__slots__`, when the class has some.
  var slotNames: [Symbol] = []

  private var subclasses: [Weak] = []
  private var cache: UnsafeMutablePointer<CacheEntry>?
  private static let cacheSize = 256

  /// The native shape of a type's instances.
  enum Layout {
    case plain, exception, list, dict, tuple, set, string, integer, float, type, tensor, function,
      other
  }

  private struct Weak {
    weak var type: TypeObject?
  }

  /// What a name was found to be in the linearization, `.unbound` for nothing.
  private struct CacheEntry {
    var key: Int32
    var value: Value
  }

  init(
    name: String,
    module: String,
    bases: [TypeObject],
    layout: Layout,
    isUserDefined: Bool = false,
    metatype: TypeObject? = nil
  ) {
    self.name = name
    self.qualifiedName = name
    self.module = module
    self.bases = bases
    self.layout = layout
    self.isUserDefined = isUserDefined
    allowsAttributes = isUserDefined
    super.init(type: metatype)
    members.owner = self
    linearization = [self]
    if bases.count == 1 { linearization += bases[0].linearization }
    for base in bases {
      if base.allowsAttributes { allowsAttributes = true }
      base.subclasses.append(Weak(type: self))
    }
  }

  deinit {
    members.owner = nil
    guard let cache else { return }
    cache.deinitialize(count: Self.cacheSize)
    cache.deallocate()
  }

  /// Sets the method resolution order; the machine computes it by C3.
  func setLinearization(_ order: [TypeObject]) {
    linearization = order
    membersChanged()
  }
}

extension TypeObject {
  /// The attribute `key` of the class or of the nearest base that has it.
  func lookup(_ key: Symbol) -> Value? {
    let value = find(key)
    return value.isUnbound ? nil : value
  }

  /// The attribute `key` of the class or of the nearest base that has it, else `.unbound`; remembered.
  @inline(__always)
  func find(_ key: Symbol) -> Value {
    if let cache {
      let entry = cache + (Int(key.number) & (Self.cacheSize - 1))
      if entry.pointee.key == key.number { return entry.pointee.value }
    }
    return search(key)
  }

  /// The class in the linearization, after `start`, that has `key` itself, and what it is there.
  func lookup(_ key: Symbol, after start: TypeObject) -> Value? {
    var passed = false
    for type in linearization {
      if passed {
        if let value = type.members[key] { return value }
      } else if type === start {
        passed = true
      }
    }
    return nil
  }

  /// Whether the class is `other` or derived from it.
  func isSubtype(of other: TypeObject) -> Bool {
    if self === other { return true }
    for type in linearization where type === other { return true }
    return false
  }

  /// Forgets what was found before, here and in every derived class.
  func membersChanged() {
    forget()
    var pending = subclasses
    subclasses.removeAll { $0.type == nil }
    while let next = pending.popLast() {
      guard let type = next.type else { continue }
      type.forget()
      pending += type.subclasses
    }
  }

  /// The classes derived directly from this one that are still alive.
  var liveSubclasses: [TypeObject] {
    var live: [TypeObject] = []
    for entry in subclasses {
      if let type = entry.type { live.append(type) }
    }
    return live
  }

  private func forget() {
    guard let cache else { return }
    for i in 0..<Self.cacheSize {
      cache[i].key = -1
      cache[i].value = .unbound
    }
  }

  @inline(never)
  private func search(_ key: Symbol) -> Value {
    var found = Value.unbound
    for type in linearization {
      found = type.members.find(key)
      if !found.isUnbound { break }
    }
    let cache = self.cache ?? makeCache()
    let place = Int(key.number) & (Self.cacheSize - 1)
    cache[place].key = key.number
    cache[place].value = found
    return found
  }

  private func makeCache() -> UnsafeMutablePointer<CacheEntry> {
    let made = UnsafeMutablePointer<CacheEntry>.allocate(capacity: Self.cacheSize)
    made.initialize(repeating: CacheEntry(key: -1, value: .unbound), count: Self.cacheSize)
    cache = made
    return made
  }
}
