/// The classes that every script finds: those of the built-in values and the exceptions.
///
/// They are made bare; the tables of their methods are installed by the machine.
final class BuiltinTypes {
  let object: TypeObject
  let type: TypeObject

  let int: TypeObject
  let bool: TypeObject
  let float: TypeObject
  let complex: TypeObject
  let str: TypeObject
  let bytes: TypeObject
  let bytearray: TypeObject
  let list: TypeObject
  let tuple: TypeObject
  let dict: TypeObject
  let set: TypeObject
  let frozenset: TypeObject
  let range: TypeObject
  let slice: TypeObject
  let noneType: TypeObject
  let ellipsisType: TypeObject
  let notImplementedType: TypeObject
  let function: TypeObject
  let builtinFunction: TypeObject
  let method: TypeObject
  let methodDescriptor: TypeObject
  let wrapperDescriptor: TypeObject
  let property: TypeObject
  let staticmethod: TypeObject
  let classmethod: TypeObject
  let getsetDescriptor: TypeObject
  let memberDescriptor: TypeObject
  let superType: TypeObject
  let module: TypeObject
  let code: TypeObject
  let cell: TypeObject
  let frame: TypeObject
  let traceback: TypeObject
  let mappingProxy: TypeObject
  let genericAlias: TypeObject
  let unionType: TypeObject
  let generator: TypeObject
  let iterator: TypeObject
  let callableIterator: TypeObject
  let listIterator: TypeObject
  let listReverseIterator: TypeObject
  let tupleIterator: TypeObject
  let strIterator: TypeObject
  let rangeIterator: TypeObject
  let setIterator: TypeObject
  let dictKeys: TypeObject
  let dictValues: TypeObject
  let dictItems: TypeObject
  let dictKeyIterator: TypeObject
  let dictValueIterator: TypeObject
  let dictItemIterator: TypeObject
  let enumerate: TypeObject
  let zip: TypeObject
  let map: TypeObject
  let filter: TypeObject
  let reversed: TypeObject

  // Exceptions
  let baseException: TypeObject
  let baseExceptionGroup: TypeObject
  let exception: TypeObject
  let generatorExit: TypeObject
  let keyboardInterrupt: TypeObject
  let systemExit: TypeObject
  let exceptionGroup: TypeObject
  let arithmeticError: TypeObject
  let assertionError: TypeObject
  let attributeError: TypeObject
  let bufferError: TypeObject
  let eofError: TypeObject
  let importError: TypeObject
  let lookupError: TypeObject
  let memoryError: TypeObject
  let nameError: TypeObject
  let osError: TypeObject
  let referenceError: TypeObject
  let runtimeError: TypeObject
  let stopIteration: TypeObject
  let stopAsyncIteration: TypeObject
  let syntaxError: TypeObject
  let systemError: TypeObject
  let typeError: TypeObject
  let valueError: TypeObject
  let warning: TypeObject
  let floatingPointError: TypeObject
  let overflowError: TypeObject
  let zeroDivisionError: TypeObject
  let moduleNotFoundError: TypeObject
  let indexError: TypeObject
  let keyError: TypeObject
  let unboundLocalError: TypeObject
  let blockingIOError: TypeObject
  let childProcessError: TypeObject
  let connectionError: TypeObject
  let fileExistsError: TypeObject
  let fileNotFoundError: TypeObject
  let interruptedError: TypeObject
  let isADirectoryError: TypeObject
  let notADirectoryError: TypeObject
  let permissionError: TypeObject
  let processLookupError: TypeObject
  let timeoutError: TypeObject
  let notImplementedError: TypeObject
  let recursionError: TypeObject
  let indentationError: TypeObject
  let tabError: TypeObject
  let unicodeError: TypeObject
  let unicodeDecodeError: TypeObject
  let unicodeEncodeError: TypeObject
  let unicodeTranslateError: TypeObject
  let bytesWarning: TypeObject
  let deprecationWarning: TypeObject
  let encodingWarning: TypeObject
  let futureWarning: TypeObject
  let importWarning: TypeObject
  let pendingDeprecationWarning: TypeObject
  let resourceWarning: TypeObject
  let runtimeWarning: TypeObject
  let syntaxWarning: TypeObject
  let unicodeWarning: TypeObject
  let userWarning: TypeObject

  /// The classes that scripts know by name, in the order of the table above.
  let named: [TypeObject]

  init() {
    let object = TypeObject(name: "object", module: "builtins", bases: [], layout: .plain)
    let type = TypeObject(name: "type", module: "builtins", bases: [object], layout: .type)
    object.type = type
    type.type = type
    func make(
      _ name: String,
      _ base: TypeObject,
      _ layout: TypeObject.Layout = .other,
      module: String = "builtins"
    ) -> TypeObject {
      TypeObject(name: name, module: module, bases: [base], layout: layout, metatype: type)
    }
    func make(exception name: String, _ base: TypeObject) -> TypeObject {
      let made = make(name, base, .exception)
      made.allowsAttributes = true
      return made
    }
    self.object = object
    self.type = type
    int = make("int", object, .integer)
    bool = make("bool", int, .integer)
    float = make("float", object, .float)
    complex = make("complex", object)
    str = make("str", object, .string)
    bytes = make("bytes", object)
    bytearray = make("bytearray", object)
    list = make("list", object, .list)
    tuple = make("tuple", object, .tuple)
    dict = make("dict", object, .dict)
    set = make("set", object, .set)
    frozenset = make("frozenset", object, .set)
    range = make("range", object)
    slice = make("slice", object)
    noneType = make("NoneType", object)
    ellipsisType = make("ellipsis", object)
    notImplementedType = make("NotImplementedType", object)
    function = make("function", object, .function)
    builtinFunction = make("builtin_function_or_method", object, .function)
    method = make("method", object, .function)
    methodDescriptor = make("method_descriptor", object, .function)
    wrapperDescriptor = make("wrapper_descriptor", object, .function)
    property = make("property", object)
    staticmethod = make("staticmethod", object)
    classmethod = make("classmethod", object)
    getsetDescriptor = make("getset_descriptor", object)
    memberDescriptor = make("member_descriptor", object)
    superType = make("super", object)
    module = make("module", object)
    code = make("code", object)
    cell = make("cell", object)
    frame = make("frame", object)
    traceback = make("traceback", object)
    mappingProxy = make("mappingproxy", object)
    genericAlias = make("GenericAlias", object, module: "types")
    unionType = make("UnionType", object, module: "types")
    generator = make("generator", object)
    iterator = make("iterator", object)
    callableIterator = make("callable_iterator", object)
    listIterator = make("list_iterator", object)
    listReverseIterator = make("list_reverseiterator", object)
    tupleIterator = make("tuple_iterator", object)
    strIterator = make("str_iterator", object)
    rangeIterator = make("range_iterator", object)
    setIterator = make("set_iterator", object)
    dictKeys = make("dict_keys", object)
    dictValues = make("dict_values", object)
    dictItems = make("dict_items", object)
    dictKeyIterator = make("dict_keyiterator", object)
    dictValueIterator = make("dict_valueiterator", object)
    dictItemIterator = make("dict_itemiterator", object)
    enumerate = make("enumerate", object)
    zip = make("zip", object)
    map = make("map", object)
    filter = make("filter", object)
    reversed = make("reversed", object)

    baseException = make(exception: "BaseException", object)
    baseExceptionGroup = make(exception: "BaseExceptionGroup", baseException)
    exception = make(exception: "Exception", baseException)
    generatorExit = make(exception: "GeneratorExit", baseException)
    keyboardInterrupt = make(exception: "KeyboardInterrupt", baseException)
    systemExit = make(exception: "SystemExit", baseException)
    exceptionGroup = make(exception: "ExceptionGroup", exception)
    arithmeticError = make(exception: "ArithmeticError", exception)
    assertionError = make(exception: "AssertionError", exception)
    attributeError = make(exception: "AttributeError", exception)
    bufferError = make(exception: "BufferError", exception)
    eofError = make(exception: "EOFError", exception)
    importError = make(exception: "ImportError", exception)
    lookupError = make(exception: "LookupError", exception)
    memoryError = make(exception: "MemoryError", exception)
    nameError = make(exception: "NameError", exception)
    osError = make(exception: "OSError", exception)
    referenceError = make(exception: "ReferenceError", exception)
    runtimeError = make(exception: "RuntimeError", exception)
    stopIteration = make(exception: "StopIteration", exception)
    stopAsyncIteration = make(exception: "StopAsyncIteration", exception)
    syntaxError = make(exception: "SyntaxError", exception)
    systemError = make(exception: "SystemError", exception)
    typeError = make(exception: "TypeError", exception)
    valueError = make(exception: "ValueError", exception)
    warning = make(exception: "Warning", exception)
    floatingPointError = make(exception: "FloatingPointError", arithmeticError)
    overflowError = make(exception: "OverflowError", arithmeticError)
    zeroDivisionError = make(exception: "ZeroDivisionError", arithmeticError)
    moduleNotFoundError = make(exception: "ModuleNotFoundError", importError)
    indexError = make(exception: "IndexError", lookupError)
    keyError = make(exception: "KeyError", lookupError)
    unboundLocalError = make(exception: "UnboundLocalError", nameError)
    blockingIOError = make(exception: "BlockingIOError", osError)
    childProcessError = make(exception: "ChildProcessError", osError)
    connectionError = make(exception: "ConnectionError", osError)
    fileExistsError = make(exception: "FileExistsError", osError)
    fileNotFoundError = make(exception: "FileNotFoundError", osError)
    interruptedError = make(exception: "InterruptedError", osError)
    isADirectoryError = make(exception: "IsADirectoryError", osError)
    notADirectoryError = make(exception: "NotADirectoryError", osError)
    permissionError = make(exception: "PermissionError", osError)
    processLookupError = make(exception: "ProcessLookupError", osError)
    timeoutError = make(exception: "TimeoutError", osError)
    notImplementedError = make(exception: "NotImplementedError", runtimeError)
    recursionError = make(exception: "RecursionError", runtimeError)
    indentationError = make(exception: "IndentationError", syntaxError)
    tabError = make(exception: "TabError", indentationError)
    unicodeError = make(exception: "UnicodeError", valueError)
    unicodeDecodeError = make(exception: "UnicodeDecodeError", unicodeError)
    unicodeEncodeError = make(exception: "UnicodeEncodeError", unicodeError)
    unicodeTranslateError = make(exception: "UnicodeTranslateError", unicodeError)
    bytesWarning = make(exception: "BytesWarning", warning)
    deprecationWarning = make(exception: "DeprecationWarning", warning)
    encodingWarning = make(exception: "EncodingWarning", warning)
    futureWarning = make(exception: "FutureWarning", warning)
    importWarning = make(exception: "ImportWarning", warning)
    pendingDeprecationWarning = make(exception: "PendingDeprecationWarning", warning)
    resourceWarning = make(exception: "ResourceWarning", warning)
    runtimeWarning = make(exception: "RuntimeWarning", warning)
    syntaxWarning = make(exception: "SyntaxWarning", warning)
    unicodeWarning = make(exception: "UnicodeWarning", warning)
    userWarning = make(exception: "UserWarning", warning)
    named = [
      object,
      type,
      int,
      bool,
      float,
      complex,
      str,
      bytes,
      bytearray,
      list,
      tuple,
      dict,
      set,
      frozenset,
      range,
      slice,
      property,
      staticmethod,
      classmethod,
      superType,
      enumerate,
      zip,
      map,
      filter,
      reversed,
      baseException,
      baseExceptionGroup,
      exception,
      generatorExit,
      keyboardInterrupt,
      systemExit,
      exceptionGroup,
      arithmeticError,
      assertionError,
      attributeError,
      bufferError,
      eofError,
      importError,
      lookupError,
      memoryError,
      nameError,
      osError,
      referenceError,
      runtimeError,
      stopIteration,
      stopAsyncIteration,
      syntaxError,
      systemError,
      typeError,
      valueError,
      warning,
      floatingPointError,
      overflowError,
      zeroDivisionError,
      moduleNotFoundError,
      indexError,
      keyError,
      unboundLocalError,
      blockingIOError,
      childProcessError,
      connectionError,
      fileExistsError,
      fileNotFoundError,
      interruptedError,
      isADirectoryError,
      notADirectoryError,
      permissionError,
      processLookupError,
      timeoutError,
      notImplementedError,
      recursionError,
      indentationError,
      tabError,
      unicodeError,
      unicodeDecodeError,
      unicodeEncodeError,
      unicodeTranslateError,
      bytesWarning,
      deprecationWarning,
      encodingWarning,
      futureWarning,
      importWarning,
      pendingDeprecationWarning,
      resourceWarning,
      runtimeWarning,
      syntaxWarning,
      unicodeWarning,
      userWarning,
    ]
  }
}
