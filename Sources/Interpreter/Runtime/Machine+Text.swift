/// The text of values.
extension Machine {
  /// Python's `repr(value)`.
  func repr(_ value: Value) throws(PythonError) -> String {
    switch value {
    case .none: return "None"
    case .bool(let truth): return truth ? "True" : "False"
    case .int(let number): return String(number)
    case .ellipsis: return "Ellipsis"
    case .notImplemented: return "NotImplemented"
    case .unbound: return "<unbound>"
    case .float, .object: break
    }
    if depth + 1 > recursionLimit {
      throw recursionError(" while getting the repr of an object")
    }
    let method = type(of: value).find(names.dunderRepr)
    if method.isUnbound || method.isNone { return defaultRepr(value) }
    depth += 1
    defer { depth -= 1 }
    let result = try callMethod(method, value)
    guard let text = text(result) else {
      throw typeError("__repr__ returned non-string (type \(typeName(result)))")
    }
    return text
  }

  /// Python's `str(value)`.
  func str(_ value: Value) throws(PythonError) -> String {
    guard case .object(let object) = value else { return try repr(value) }
    if let string = object as? StringObject, object.type === types.str { return string.text }
    let method = type(of: value).find(names.dunderStr)
    if method.isUnbound || method.object(BuiltinFunction.self)?.owner === types.object {
      return try repr(value)
    }
    if depth + 1 > recursionLimit {
      throw recursionError(" while getting the str of an object")
    }
    depth += 1
    defer { depth -= 1 }
    let result = try callMethod(method, value)
    guard let text = text(result) else {
      throw typeError("__str__ returned non-string (type \(typeName(result)))")
    }
    return text
  }

  /// Python's `format(value, spec)`.
  func format(_ value: Value, spec: String) throws(PythonError) -> String {
    if spec.isEmpty {
      switch value {
      case .int, .bool, .none: return try repr(value)
      case .object(let object):
        if let string = object as? StringObject, object.type === types.str { return string.text }
      default: break
      }
    }
    let method = type(of: value).find(names.dunderFormat)
    if method.isUnbound {
      if spec.isEmpty { return try str(value) }
      throw unsupportedFormat(value)
    }
    let result = try callMethod(method, value, string(spec))
    guard let text = text(result) else {
      throw typeError("__format__ must return a str, not \(typeName(result))")
    }
    return text
  }

  /// Python's `<__main__.Net object at 0x7f…>`.
  func defaultRepr(_ value: Value) -> String {
    let type = type(of: value)
    return "<\(qualifiedName(type)) object at \(address(of: value))>"
  }

  /// The error of `object.__format__`.
  func unsupportedFormat(_ value: Value) -> PythonError {
    typeError("unsupported format string passed to \(typeName(value)).__format__")
  }

  /// `0x7f…`, twelve digits as CPython's addresses have.
  func address(of value: Value) -> String {
    let digits = String(identity(of: value), radix: 16)
    let padding = String(repeating: "0", count: max(0, 9 - digits.utf8.count))
    return "0x7f" + (digits.utf8.count > 10 ? digits : padding + digits)
  }

  /// Python's `id(value)`.
  func identity(of value: Value) -> Int {
    switch value {
    case .object(let object): Int(bitPattern: Unmanaged.passUnretained(object).toOpaque())
    case .none, .unbound: 0x5580_0000_0010
    case .ellipsis: 0x5580_0000_0020
    case .notImplemented: 0x5580_0000_0030
    case .bool(let truth): truth ? 0x5580_0000_0050 : 0x5580_0000_0040
    case .int(let number): 0x5580_1000_0000 &+ (number & 0xffff_ffff) &* 32
    case .float(let number): 0x5600_0000_0000 + Int(number.bitPattern & 0xffff_ffff_ff) * 16
    }
  }

  /// `__main__.Net`, or `list` for a built-in class.
  func qualifiedName(_ type: TypeObject) -> String {
    type.module == "builtins" ? type.qualifiedName : "\(type.module).\(type.qualifiedName)"
  }
}
