/// The modules that are written in Python, compiled when they are first imported.
enum LibraryModules {
  static let rows: [ModuleRow] = [
    row("abc") { PackageResources.abc_py },
    row("bisect") { PackageResources.bisect_py },
    row("collections") { PackageResources.collections_py },
    row("collections.abc") { PackageResources.collections_abc_py },
    row("contextlib") { PackageResources.contextlib_py },
    row("dataclasses") { PackageResources.dataclasses_py },
    row("enum") { PackageResources.enum_py },
    row("functools") { PackageResources.functools_py },
    row("heapq") { PackageResources.heapq_py },
    row("io") { PackageResources.io_py },
    row("numbers") { PackageResources.numbers_py },
    row("pprint") { PackageResources.pprint_py },
    row("statistics") { PackageResources.statistics_py },
    row("string") { PackageResources.string_py },
    row("textwrap") { PackageResources.textwrap_py },
    row("types") { PackageResources.types_py },
    row("typing") { PackageResources.typing_py },
  ]

  private static func row(
    _ name: String,
    _ bytes: @escaping @Sendable () -> [UInt8]
  ) -> ModuleRow {
    ModuleRow(name: name) { (machine) throws(PythonError) in
      try machine.runLibrary(
        SourceText(name: "<library>/\(name).py", bytes: bytes()),
        name: name
      )
    }
  }

  /// What the library itself needs beyond the language: functions made from text.
  static let support = ModuleRow(name: "_library") { (machine) throws(PythonError) in
    machine.module(
      "_library",
      [define],
      values: [
        ("keywords", machine.tuple(keywords.split(separator: " ").map { machine.string("\($0)") }))
      ]
    )
  }

  private static let keywords =
    "False None True and as assert async await break class continue def del elif else except "
    + "finally for from global if import in is lambda nonlocal not or pass raise return try while "
    + "with yield"

  /// `define(source, values)`: runs definitions with some names bound, and gives all names afterwards.
  private static let define = BuiltinRow("define", 2...2) { (machine, a) throws(PythonError) in
    let globals = Namespace(builtins: machine.builtins)
    globals[machine.names.dunderName] = machine.string("__main__")
    if let values = a[1].object(DictObject.self) {
      for entry in values.table.entries where !entry.key.isUnbound {
        if let name = machine.text(entry.key) { globals[machine.symbol(name)] = entry.value }
      }
    }
    let source = SourceText(name: "<string>", text: machine.text(a[0]) ?? "")
    let code: Code
    do throws(PythonSyntaxError) {
      code = try machine.compile(source, globals: globals, isLibrary: true)
    } catch {
      throw machine.error(machine.types.syntaxError, error.message)
    }
    let function = FunctionObject(code: code, globals: globals, type: machine.types.function)
    _ = try machine.call(.object(function))
    return try machine.dict(globals.bindings.map { ($0.name, $0.value) })
  }
}
