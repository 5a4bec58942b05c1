/// A function written in Python.
final class FunctionObject: Object {
  let code: Code
  /// What the machine's loop reads of the code.
  let body: UnsafeMutablePointer<CodeBody>
  /// The variables of the module it was defined in.
  let globals: Namespace
  /// The values of the last positional parameters that have one.
  var defaults: [Value] = []
  /// The values of keyword-only parameters that have one.
  var keywordDefaults: [(name: Symbol, value: Value)] = []
  /// The cells of `code.freeNames`.
  var closure: [CellObject] = []
  /// `__name__`, which `functools.wraps` changes.
  var name: String
  /// `__qualname__`.
  var qualifiedName: String
  /// `__doc__`.
  var documentation: Value = .none
  /// `__module__`.
  var module = "__main__"

  init(code: Code, globals: Namespace, type: TypeObject?) {
    self.code = code
    body = code.body
    self.globals = globals
    name = code.name
    qualifiedName = code.qualifiedName
    super.init(type: type)
  }
}

/// A function bound to its receiver.
final class BoundMethod: Object {
  let function: Value
  let receiver: Value

  init(function: Value, receiver: Value, type: TypeObject?) {
    self.function = function
    self.receiver = receiver
    super.init(type: type)
  }
}

/// A `property`.
final class PropertyObject: Object {
  var getter: Value
  var setter: Value
  var deleter: Value
  /// The attribute that the property was bound to, for messages.
  var name = ""
  /// `__doc__`.
  var documentation: Value = .none

  init(getter: Value, setter: Value, deleter: Value, type: TypeObject?) {
    self.getter = getter
    self.setter = setter
    self.deleter = deleter
    super.init(type: type)
  }
}

/// A `staticmethod` or `classmethod`, told apart by its type.
final class MethodWrapper: Object {
  let function: Value

  init(function: Value, type: TypeObject?) {
    self.function = function
    super.init(type: type)
  }
}
