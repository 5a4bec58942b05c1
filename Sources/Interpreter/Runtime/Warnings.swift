/// What `warnings` keeps: the filters and what was shown before.
struct WarningState {
  /// What happens to a warning that a filter matches.
  enum Action: String {
    case `default`, error, ignore, always, module, once
  }

  /// One row of `warnings.filters`; the first that matches decides.
  struct Filter {
    var action: Action
    /// A regular expression that the start of the message must match; empty for any.
    var message = ""
    var category: TypeObject
    /// A regular expression that the module's name must match; empty for any.
    var module = ""
    /// The line; 0 for any.
    var line = 0
  }

  /// What a warning is remembered by.
  struct Key: Hashable {
    let message: String
    let category: ObjectIdentifier
    let line: Int
    let file: String
  }

  /// The filters, the first first.
  var filters: [Filter]
  /// What happens to a warning that no filter matches.
  var defaultAction = Action.default
  /// The warnings shown, by place; forgotten when a filter changes, as CPython's registries are.
  var shown: Set<Key> = []
  /// The warnings of filters with `once`.
  var once: Set<Key> = []
  /// The lists into which `catch_warnings(record=True)` collects, the innermost last; nil for a
  /// `catch_warnings` that does not.
  var recorders: [ListObject?] = []

  init(_ types: BuiltinTypes) {
    filters = [
      Filter(action: .default, category: types.deprecationWarning, module: "__main__"),
      Filter(action: .ignore, category: types.deprecationWarning),
      Filter(action: .ignore, category: types.pendingDeprecationWarning),
      Filter(action: .ignore, category: types.importWarning),
      Filter(action: .ignore, category: types.resourceWarning),
    ]
  }

  /// Notes that the filters changed.
  mutating func filtersChanged() {
    shown.removeAll()
  }
}

/// Where a warning is attributed to.
struct WarningPlace {
  /// The file as messages show it.
  var file: String
  var line: Int
  /// The text of the line; empty where it is not known.
  var source: String
  /// The module's `__name__`.
  var module: String
  /// Whether the file is the script.
  var isScript: Bool
}

extension Machine {
  /// Warns as `warnings.warn(message, category, stacklevel)` does.
  ///
  /// Level 1 is the line of Python code that runs, 2 its caller, and so on; `place` names a line of the library
  /// instead, where PyTorch attributes the warning to a file of its own.
  ///
  /// - Throws: the warning itself where a filter says `error`.
  func warn(
    _ category: TypeObject,
    _ message: String,
    stackLevel: Int = 1,
    at place: WarningPlace? = nil
  ) throws(PythonError) {
    try warn(
      category,
      .unbound,
      message,
      at: place ?? warningPlace(stackLevel)
    )
  }

  /// The place `level` Python frames up, 1 for the running one.
  func warningPlace(_ level: Int) -> WarningPlace {
    var candidate = frame
    for _ in 1..<max(level, 1) { candidate = candidate?.pointee.back }
    guard let frame = candidate else {
      return WarningPlace(file: "sys", line: 1, source: "", module: "sys", isScript: false)
    }
    let code = frame.pointee.code
    let line = frame.pointee.range?.start.line ?? code.firstLine
    return WarningPlace(
      file: code.source.name,
      line: line,
      source: code.source.line(line),
      module: frame.pointee.function.module,
      isScript: !code.isLibrary
    )
  }

  /// Warns with `instance`, an exception of class `category`, or makes one of `message` where it is unbound.
  func warn(
    _ category: TypeObject,
    _ instance: Value,
    _ message: String,
    at place: WarningPlace
  ) throws(PythonError) {
    let action = try warningAction(category, message, place)
    let key = WarningState.Key(
      message: message,
      category: ObjectIdentifier(category),
      line: action == .module ? 0 : place.line,
      file: place.file
    )
    switch action {
    case .ignore: return
    case .error:
      let raised =
        instance.isUnbound ? try call(.object(category), [string(message)]) : instance
      throw try raise(raised)
    case .always: break
    case .once:
      let anywhere = WarningState.Key(
        message: message,
        category: ObjectIdentifier(category),
        line: 0,
        file: ""
      )
      if !warnings.once.insert(anywhere).inserted { return }
    case .default, .module:
      if !warnings.shown.insert(key).inserted { return }
    }
    try show(category, instance, message, place)
  }

  private func warningAction(
    _ category: TypeObject,
    _ message: String,
    _ place: WarningPlace
  ) throws(PythonError) -> WarningState.Action {
    for filter in warnings.filters {
      guard category.isSubtype(of: filter.category), filter.line == 0 || filter.line == place.line,
        try matches(filter.message, message, ignoresCase: true),
        try matches(filter.module, place.module, ignoresCase: false)
      else { continue }
      return filter.action
    }
    return warnings.defaultAction
  }

  private func matches(
    _ pattern: String,
    _ text: String,
    ignoresCase: Bool
  ) throws(PythonError) -> Bool {
    if pattern.isEmpty { return true }
    if pattern == text { return true }
    do {
      let regex = try Regex(pattern).ignoresCase(ignoresCase)
      return text.prefixMatch(of: regex) != nil
    } catch {
      throw notSupported("the regular expression \(pattern)")
    }
  }

  private func show(
    _ category: TypeObject,
    _ instance: Value,
    _ message: String,
    _ place: WarningPlace
  ) throws(PythonError) {
    if let recorder = warnings.recorders.last, let recorder {
      let made = instance.isUnbound ? try call(.object(category), [string(message)]) : instance
      recorder.items.append(warningMessage(made, category, place))
      return
    }
    host.warn(
      WarningReport(
        category: category.name,
        message: message,
        line: place.isScript ? place.line : nil,
        text: warningText(category.name, message, place)
      )
    )
  }

  /// The lines that Python prints for a warning.
  func warningText(_ category: String, _ message: String, _ place: WarningPlace) -> String {
    var text = "\(place.file):\(place.line): \(category): \(message)\n"
    let source = place.source.trimmingSpaces
    if !source.isEmpty { text += "  \(source)\n" }
    return text
  }

  private func warningMessage(
    _ message: Value,
    _ category: TypeObject,
    _ place: WarningPlace
  ) -> Value {
    let made = Object(type: warningMessageType)
    let attributes = AttributeTable()
    attributes[names.message] = message
    attributes[names.category] = .object(category)
    attributes[names.filename] = string(place.file)
    attributes[names.lineno] = .int(place.line)
    attributes[names.file] = Value.none
    attributes[names.line] = Value.none
    attributes[symbols.symbol("source")] = Value.none
    made.attributes = attributes
    return .object(made)
  }
}

extension String {
  /// The text without spaces and tabs at its ends.
  var trimmingSpaces: String {
    var rest = Substring(self)
    while let first = rest.first, first == " " || first == "\t" || first == "\u{c}" {
      rest.removeFirst()
    }
    while let last = rest.last, last == " " || last == "\t" || last == "\r" { rest.removeLast() }
    return String(rest)
  }
}
