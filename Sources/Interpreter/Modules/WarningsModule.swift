/// The module `warnings`.
enum WarningsModule {
  /// Makes the module.
  static func make(_ machine: Machine) throws(PythonError) -> ModuleObject {
    let module = ModuleObject(name: "warnings", type: machine.types.module)
    machine.install(rows: rows, in: module)
    let recorder = machine.makeType("catch_warnings", module: "warnings", layout: .plain)
    recorder.allowsAttributes = true
    machine.install(rows: catchRows, in: recorder)
    module.attributes?[machine.symbol("catch_warnings")] = .object(recorder)
    module.attributes?[machine.symbol("WarningMessage")] = .object(machine.warningMessageType)
    return module
  }

  private static let rows: [BuiltinRow] = [
    BuiltinRow("warn", 0...4, keywords: true) { (machine, arguments) throws(PythonError) in
      try warn(machine, arguments)
    },
    BuiltinRow("warn_explicit", 0...8, keywords: true) {
      (machine, arguments) throws(PythonError) in
      try warnExplicitly(machine, arguments)
    },
    BuiltinRow("simplefilter", 0...4, keywords: true) {
      (machine, arguments) throws(PythonError) in
      try add(machine, filter: arguments, isSimple: true)
    },
    BuiltinRow("filterwarnings", 0...6, keywords: true) {
      (machine, arguments) throws(PythonError) in
      try add(machine, filter: arguments, isSimple: false)
    },
    BuiltinRow("resetwarnings", 0...0) { (machine, arguments) throws(PythonError) in
      machine.warnings.filters = []
      machine.warnings.filtersChanged()
      return .none
    },
    BuiltinRow("formatwarning", 4...5, keywords: true) {
      (machine, arguments) throws(PythonError) in
      let category = arguments[1].object(TypeObject.self)?.name ?? ""
      let file = try machine.str(arguments[2])
      let line = try machine.index(arguments[3])
      let source = arguments.optional(4).flatMap { machine.text($0) } ?? ""
      let place = WarningPlace(
        file: file,
        line: line,
        source: source,
        module: "",
        isScript: false
      )
      return machine.string(
        machine.warningText(category, try machine.str(arguments[0]), place)
      )
    },
  ]

  private static func argument(
    _ machine: Machine,
    _ arguments: Arguments,
    _ index: Int,
    _ name: String
  ) -> Value? {
    if let value = arguments.optional(index) { return value }
    return arguments.keyword(machine.symbol(name))
  }

  private static func warn(
    _ machine: Machine,
    _ arguments: Arguments
  ) throws(PythonError) -> Value {
    guard let message = argument(machine, arguments, 0, "message") else {
      throw machine.typeError("warn() missing required argument 'message' (pos 1)")
    }
    let category = argument(machine, arguments, 1, "category") ?? .none
    let level = try argument(machine, arguments, 2, "stacklevel").map {
      (value) throws(PythonError) in try machine.index(value)
    }
    let (type, text, instance) = try subject(machine, message, category)
    try machine.warn(type, instance, text, at: machine.warningPlace(level ?? 1))
    return .none
  }

  private static func warnExplicitly(
    _ machine: Machine,
    _ arguments: Arguments
  ) throws(PythonError) -> Value {
    guard let message = argument(machine, arguments, 0, "message"),
      let category = argument(machine, arguments, 1, "category"),
      let file = argument(machine, arguments, 2, "filename"),
      let line = argument(machine, arguments, 3, "lineno")
    else { throw machine.typeError("warn_explicit() missing required argument") }
    let (type, text, instance) = try subject(machine, message, category)
    let module = argument(machine, arguments, 4, "module").flatMap { machine.text($0) }
    let name = try machine.str(file)
    let place = WarningPlace(
      file: name,
      line: try machine.index(line),
      source: "",
      module: module ?? name,
      isScript: true
    )
    try machine.warn(type, instance, text, at: place)
    return .none
  }

  /// The class, the text and the instance of a warning given as a message or as an instance.
  private static func subject(
    _ machine: Machine,
    _ message: Value,
    _ category: Value
  ) throws(PythonError) -> (TypeObject, String, Value) {
    if machine.type(of: message).isSubtype(of: machine.types.warning) {
      return (machine.type(of: message), try machine.str(message), message)
    }
    if category.isNone { return (machine.types.userWarning, try machine.str(message), .unbound) }
    guard let type = category.object(TypeObject.self), type.isSubtype(of: machine.types.warning)
    else {
      throw machine.typeError(
        "category must be a Warning subclass, not '\(machine.typeName(category))'"
      )
    }
    return (type, try machine.str(message), .unbound)
  }

  private static func add(
    _ machine: Machine,
    filter arguments: Arguments,
    isSimple: Bool
  ) throws(PythonError) -> Value {
    guard let value = argument(machine, arguments, 0, "action") else {
      let name = isSimple ? "simplefilter" : "filterwarnings"
      throw machine.typeError("\(name)() missing 1 required positional argument: 'action'")
    }
    guard let text = machine.text(value), let action = WarningState.Action(rawValue: text) else {
      throw machine.error(
        machine.types.assertionError,
        "invalid action: \(try machine.repr(value))"
      )
    }
    let shift = isSimple ? 1 : 2
    var filter = WarningState.Filter(action: action, category: machine.types.warning)
    if !isSimple {
      filter.message = try pattern(machine, argument(machine, arguments, 1, "message"), "message")
      filter.module = try pattern(machine, argument(machine, arguments, 3, "module"), "module")
    }
    if let category = argument(machine, arguments, shift, "category") {
      guard let type = category.object(TypeObject.self), type.isSubtype(of: machine.types.warning)
      else {
        throw machine.error(
          machine.types.assertionError,
          "category must be a Warning subclass"
        )
      }
      filter.category = type
    }
    if let line = argument(machine, arguments, isSimple ? 2 : 4, "lineno") {
      filter.line = try machine.index(line)
    }
    var appends = false
    if let value = argument(machine, arguments, isSimple ? 3 : 5, "append") {
      appends = try machine.isTrue(value)
    }
    machine.warnings.insert(filter, appends: appends)
    return .none
  }

  private static func pattern(
    _ machine: Machine,
    _ value: Value?,
    _ name: String
  ) throws(PythonError) -> String {
    guard let value else { return "" }
    guard let text = machine.text(value) else {
      throw machine.error(machine.types.assertionError, "\(name) must be a string")
    }
    return text
  }

  private static let catchRows: [BuiltinRow] = [
    BuiltinRow("__init__", 0...0, keywords: true) { (machine, arguments) throws(PythonError) in
      guard case .object(let object) = arguments[0] else { return .none }
      let table = AttributeTable()
      let record = arguments.keyword(machine.symbol("record"))
      table[machine.symbol("_record")] = record ?? .bool(false)
      table[machine.symbol("_filter")] = arguments.keyword(machine.symbol("action")) ?? Value.none
      table[machine.symbol("_category")] =
        arguments.keyword(machine.symbol("category")) ?? .object(machine.types.warning)
      object.attributes = table
      return .none
    },
    BuiltinRow("__enter__", 0...0) { (machine, arguments) throws(PythonError) in
      guard case .object(let object) = arguments[0], let table = object.attributes else {
        return .none
      }
      if table[machine.symbol("_entered")] != nil {
        throw machine.runtimeError("Cannot enter \(try machine.repr(arguments[0])) twice")
      }
      table[machine.symbol("_entered")] = .bool(true)
      machine.savedWarnings.append((object, machine.warnings.filters))
      machine.warnings.filtersChanged()
      var recorder: ListObject?
      if try machine.isTrue(table[machine.symbol("_record")] ?? .none) {
        recorder = ListObject([], type: machine.types.list)
      }
      // Without a list of its own, what is shown goes where it went before.
      machine.warnings.recorders.append(recorder ?? machine.warnings.recorders.last ?? nil)
      if let text = machine.text(table[machine.symbol("_filter")] ?? .none),
        let action = WarningState.Action(rawValue: text)
      {
        let category = table[machine.symbol("_category")]?.object(TypeObject.self)
        machine.warnings.insert(
          WarningState.Filter(action: action, category: category ?? machine.types.warning),
          appends: false
        )
      }
      return recorder.map { .object($0) } ?? .none
    },
    BuiltinRow("__exit__", 0...3) { (machine, arguments) throws(PythonError) in
      guard case .object(let object) = arguments[0] else { return .none }
      guard let saved = machine.savedWarnings.last, saved.manager === object else {
        throw machine.runtimeError(
          "Cannot exit \(try machine.repr(arguments[0])) without entering first"
        )
      }
      machine.savedWarnings.removeLast()
      machine.warnings.filters = saved.filters
      machine.warnings.filtersChanged()
      machine.warnings.recorders.removeLast()
      return .none
    },
  ]
}

extension WarningState {
  /// Adds a filter, before the others or after them; one that is there already moves.
  mutating func insert(_ filter: Filter, appends: Bool) {
    if appends {
      for other in filters where other.isSame(as: filter) { return }
      filters.append(filter)
    } else {
      filters.removeAll { $0.isSame(as: filter) }
      filters.insert(filter, at: 0)
    }
    filtersChanged()
  }
}

extension WarningState.Filter {
  fileprivate func isSame(as other: Self) -> Bool {
    action == other.action && message == other.message && category === other.category
      && module == other.module && line == other.line
  }
}
