import BigInt

extension Machine {
  /// A `str`.
  func string(_ text: String) -> Value { .object(StringObject(text, type: types.str)) }

  /// A `tuple`.
  func tuple(_ items: [Value]) -> Value {
    items.isEmpty ? emptyTuple : .object(TupleObject(items, type: types.tuple))
  }

  /// A `list`.
  func list(_ items: [Value]) -> Value { .object(ListObject(items, type: types.list)) }

  /// A `dict` of `pairs`, later ones winning.
  func dict(_ pairs: [(Value, Value)] = []) throws(PythonError) -> Value {
    let made = DictObject(type: types.dict)
    for (key, value) in pairs { try set(key, to: value, in: made) }
    return .object(made)
  }

  /// A `dict` whose keys are names.
  func dict(_ pairs: [(Symbol, Value)]) throws(PythonError) -> Value {
    let made = DictObject(type: types.dict)
    for (key, value) in pairs { try set(string(symbols.name(key)), to: value, in: made) }
    return .object(made)
  }

  /// An `int`: a word where it fits one.
  func integer(_ big: BigInt) -> Value {
    if let word = Int(exactly: big) { return .int(word) }
    return .object(IntegerObject(big, type: types.int))
  }

  /// A `slice`.
  func slice(_ lower: Value, _ upper: Value, _ step: Value) -> Value {
    .object(SliceObject(lower: lower, upper: upper, step: step, type: types.slice))
  }

  /// A built-in function that belongs to no class.
  func function(_ row: BuiltinRow, module: String = "builtins") -> Value {
    .object(BuiltinFunction(row, module: module, type: types.builtinFunction))
  }

  /// The text of a `str`, also of a class derived from it; nil for anything else.
  func text(_ value: Value) -> String? { value.object(StringObject.self)?.text }

  /// The name of the class of `value`, for messages.
  func typeName(_ value: Value) -> String { type(of: value).name }
}
