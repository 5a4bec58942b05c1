/// The base of every Python object that lives on the heap.
///
/// Like CPython's `ob_type`, each object knows its type, and what it can do is found there: methods of
/// built-in types are entries of the same attribute tables as those of classes in scripts, so a script
/// may derive from `list`, `dict`, `Exception` or `torch.nn.Module` alike. The methods below are the
/// fast paths of built-in classes; the ``Machine`` consults a script's dunder methods first when
/// `type.definesDunders` says that there are any.
class Object {
  /// The class of the object, `type(x)`.
  final var type: TypeObject?
  /// The instance's own attributes, `x.__dict__`; nil until one is set.
  final var attributes: AttributeTable?

  init(type: TypeObject?) {
    self.type = type
  }
}

/// The attributes of one object in order of their creation.
///
/// A reference type so that `__dict__` and `vars()` can show the live attributes. Up to eight entries are
/// searched in line; beyond, through an index.
final class AttributeTable {
  private(set) var keys: [Symbol] = []
  private(set) var values: [Value] = []
  private var index: [Symbol: Int] = [:]
  private static let inlineLimit = 8

  /// The number of attributes.
  var count: Int { keys.count }

  /// The value bound to `key`; setting `.unbound` or nil removes it.
  subscript(key: Symbol) -> Value? {
    get {
      position(of: key).map { values[$0] }
    }
    set {
      guard let newValue, !newValue.isUnbound else {
        remove(key)
        return
      }
      if let place = position(of: key) {
        values[place] = newValue
      } else {
        append(key, newValue)
      }
    }
  }

  /// Removes `key` and says whether it was there.
  @discardableResult
  func remove(_ key: Symbol) -> Bool {
    guard let place = position(of: key) else { return false }
    keys.remove(at: place)
    values.remove(at: place)
    index.removeAll(keepingCapacity: true)
    if keys.count > Self.inlineLimit {
      for (i, key) in keys.enumerated() { index[key] = i }
    }
    return true
  }

  private func position(of key: Symbol) -> Int? {
    if keys.count > Self.inlineLimit { return index[key] }
    for i in 0..<keys.count where keys[i] == key { return i }
    return nil
  }

  private func append(_ key: Symbol, _ value: Value) {
    keys.append(key)
    values.append(value)
    if keys.count == Self.inlineLimit + 1 {
      for (i, key) in keys.enumerated() { index[key] = i }
    } else if keys.count > Self.inlineLimit {
      index[key] = keys.count - 1
    }
  }
}

/// A Python class, built in or made by a script.
final class TypeObject: Object {
  /// The class's `__name__`.
  let name: String
  /// The module it was defined in (`builtins`, `torch`, `__main__`), for `repr`.
  let module: String
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

  /// The native shape of a type's instances.
  enum Layout {
    case plain, exception, list, dict, tuple, set, string, integer, float, type, tensor, function,
      other
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
    self.module = module
    self.bases = bases
    self.layout = layout
    self.isUserDefined = isUserDefined
    super.init(type: metatype)
    linearization = [self]
  }

  /// Sets the method resolution order; the machine computes it by C3.
  func setLinearization(_ order: [TypeObject]) {
    linearization = order
  }

  /// The attribute `key` of the class or of the nearest base that has it.
  func lookup(_ key: Symbol) -> Value? {
    for type in linearization {
      if let value = type.members[key] { return value }
    }
    return nil
  }

  /// Whether the class is `other` or derived from it.
  func isSubtype(of other: TypeObject) -> Bool {
    linearization.contains { $0 === other }
  }
}

/// A variable that closures share.
final class CellObject: Object {
  /// The variable's value.
  var value: Value

  init(_ value: Value) {
    self.value = value
    super.init(type: nil)
  }
}
