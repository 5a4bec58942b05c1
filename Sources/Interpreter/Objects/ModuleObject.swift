/// A module: built in, or the script itself.
final class ModuleObject: Object {
  /// The dotted name.
  let name: String
  /// What to do when an attribute is missing: modules such as `torch` make their entries when first asked for.
  let missing: (@Sendable (Machine, ModuleObject, Symbol) throws(PythonError) -> Value?)?

  init(
    name: String,
    type: TypeObject?,
    missing: (@Sendable (Machine, ModuleObject, Symbol) throws(PythonError) -> Value?)? = nil
  ) {
    self.name = name
    self.missing = missing
    super.init(type: type)
    attributes = AttributeTable()
  }
}
