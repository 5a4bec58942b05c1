import BigInt

/// Conversions between built-in values that several built-ins share.
extension Machine {
  /// `ascii(value)`.
  func ascii(_ value: Value) throws(PythonError) -> String {
    let text = try repr(value)
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar.isASCII {
        result.unicodeScalars.append(scalar)
      } else {
        let quoted = String(scalar).pythonRepr(ascii: true)
        result += quoted.dropFirst().dropLast()
      }
    }
    return result
  }

  /// The `float` of a number or of anything with `__float__` or `__index__`.
  func double(_ value: Value) throws(PythonError) -> Double {
    if let number = Number(value) {
      let double = number.double
      if case .big = number, double.isInfinite {
        throw overflowError("int too large to convert to float")
      }
      return double
    }
    let its = type(of: value)
    if let method = its.lookup(names.dunderFloat) {
      let result = try call(method, [value])
      if let number = Number(result), case .float(let double) = number { return double }
      throw typeError("\(its.name).__float__ returned non-float (type \(typeName(result)))")
    }
    if its.lookup(names.dunderIndex) != nil {
      return Number.double(try wholeIndex(value))
    }
    throw typeError("must be real number, not \(its.name)")
  }

  /// The whole number of anything with `__index__`, of any size; nil where there is none.
  func wholeIndexIfAny(_ value: Value) throws(PythonError) -> Number? {
    if let number = Number(value) { return number.isFloat ? nil : number }
    guard let method = type(of: value).lookup(names.dunderIndex) else { return nil }
    let result = try call(method, [value])
    guard let number = Number(result), !number.isFloat else {
      throw typeError("__index__ returned non-int (type \(typeName(result)))")
    }
    return number
  }

  /// The whole number of anything with `__index__`.
  func wholeIndex(_ value: Value) throws(PythonError) -> Number {
    if let number = try wholeIndexIfAny(value) { return number }
    throw typeError("'\(typeName(value))' object cannot be interpreted as an integer")
  }

  /// The whole number of a value for `%d` and its like: by `__index__`, or `__int__` where that is allowed.
  func wholeNumber(_ value: Value, allowsInt: Bool) throws(PythonError) -> Number? {
    if let number = try wholeIndexIfAny(value) { return number }
    guard allowsInt, let method = type(of: value).lookup(names.dunderInt) else { return nil }
    return Number(try call(method, [value]))
  }

  /// A `float` cut off to the whole number towards zero.
  func truncated(_ double: Double) throws(PythonError) -> Number {
    if double.isNaN { throw valueError("cannot convert float NaN to integer") }
    if double.isInfinite { throw overflowError("cannot convert float infinity to integer") }
    let whole = double.rounded(.towardZero)
    if let small = Int(exactly: whole) { return .int(small) }
    return .big(BigInt(exactly: whole) ?? 0)
  }

  /// The value of a number.
  func value(_ number: Number) -> Value {
    switch number {
    case .int(let number): .int(number)
    case .big(let number): integer(number)
    case .float(let number): .float(number)
    }
  }

  /// Raises the error of a number with too many decimal digits to be written.
  func checkDigits(of number: BigInt) throws(PythonError) {
    guard IntegerText.isTooLong(number) else { return }
    throw valueError(
      "Exceeds the limit (\(IntegerText.digitLimit) digits) for integer string conversion; "
        + "use sys.set_int_max_str_digits() to increase the limit"
    )
  }

  /// Whether the value has `__getitem__`, which makes it a mapping for `%`.
  func hasItems(_ value: Value) -> Bool {
    type(of: value).lookup(names.dunderGetitem) != nil
  }

  /// `__index__` as a position: numbers beyond a word stop at its ends.
  func clampedIndex(_ value: Value) throws(PythonError) -> Int {
    if case .int(let index) = value { return index }
    guard let number = try wholeIndexIfAny(value) else {
      throw typeError("slice indices must be integers or None or have an __index__ method")
    }
    switch number {
    case .int(let index): return index
    case .big(let big): return big.sign == .minus ? Int.min : Int.max
    case .float: return 0
    }
  }

  /// A count that must fit a word, for `*` and sizes; `OverflowError` where it does not.
  func count(_ number: Number) throws(PythonError) -> Int {
    switch number {
    case .int(let count): return count
    case .big(let big):
      if big.sign == .minus { return Int.min }
      throw overflowError("cannot fit 'int' into an index-sized integer")
    case .float: return 0
    }
  }

  /// Raises `MemoryError` when `count` items of `size` bytes are more than a script may have.
  func checkSize(_ count: Int, of size: Int = 1) throws(PythonError) {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: size)
    if overflow || bytes > min(limits.memory, 1 << 32) { throw memoryError() }
  }

  /// The receiver of a method, which must be a `T`.
  func receiver<T: Object>(
    _ arguments: Arguments,
    _ type: T.Type = T.self
  ) throws(PythonError) -> T {
    if arguments.positionalCount > 0, let object = arguments[0].object(T.self) { return object }
    let given = arguments.positionalCount > 0 ? typeName(arguments[0]) : "nothing"
    throw typeError("descriptor doesn't apply to a '\(given)' object")
  }
}

extension Number {
  /// The nearest `float` of a number, for use where a function is wanted.
  static func double(_ number: Number) -> Double { number.double }
}
