import BigInt

/// A Python `int` that does not fit 64 bits.
final class IntegerObject: Object {
  /// The number; always outside the range of `Int`.
  let number: BigInt

  init(_ number: BigInt, type: TypeObject?) {
    self.number = number
    super.init(type: type)
  }
}

/// An instance of a class that a script derived from `int` or `float`.
final class NumberInstance: Object {
  /// The number as a plain value.
  let number: Value

  init(_ number: Value, type: TypeObject?) {
    self.number = number
    super.init(type: type)
  }
}
