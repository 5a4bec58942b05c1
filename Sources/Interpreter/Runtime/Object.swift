/// The base of every Python object that lives on the heap.
///
/// Like CPython's `ob_type`, each object knows its type, and what it can do is found there: methods of
/// built-in types are entries of the same attribute tables as those of classes in scripts, so a script
/// may derive from `list`, `dict`, `Exception` or `torch.nn.Module` alike.
class Object {
  /// The class of the object, `type(x)`.
  final var type: TypeObject?
  /// The instance's own attributes, `x.__dict__`; nil until one is set.
  final var attributes: AttributeTable?

  init(type: TypeObject?) {
    self.type = type
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
