import BigInt

/// Turns the tree of a module into code for the machine.
///
/// Names become numbered slots, statements become instructions in CPython's order of evaluation. What
/// CPython's compiler refuses is refused here with its words.
final class Compiler {
  /// The machine that makes constants and interns names.
  let machine: Machine
  /// The text that ranges point into.
  let source: SourceText
  /// The variables of the module.
  let globals: Namespace
  /// Whether the code belongs to the program's own library.
  let isLibrary: Bool
  /// The body that is compiled.
  var unit: CodeUnit
  /// The scopes of inner bodies, by the offset at which their construct starts.
  let scopes: [Int: Scope]
  /// Whether annotations are left alone (`from __future__ import annotations`).
  let postponesAnnotations: Bool
  /// The statement that is compiled.
  var lastStatement: SourceRange?
  /// What Python warns about while it compiles.
  var warnings: [SyntaxWarning] = []
  private var keywordLists: [[Symbol]: Int] = [:]

  /// A warning of the compiler, category SyntaxWarning.
  struct SyntaxWarning: Equatable {
    /// The text.
    let message: String
    /// The line, counted from 1.
    let line: Int
  }

  /// The blocks inside one another that CPython compiles.
  static let blockLimit = 20

  private init(
    _ module: Module,
    source: SourceText,
    machine: Machine,
    globals: Namespace,
    isLibrary: Bool
  ) throws(PythonSyntaxError) {
    self.machine = machine
    self.source = source
    self.globals = globals
    self.isLibrary = isLibrary
    try FutureImports(source: source).check(module)
    var builder = ScopeBuilder(source: source)
    let scope = try builder.build(module)
    let resolver = ScopeResolver(source: source)
    try resolver.resolve(scope)
    resolver.assignSlots(scope)
    scopes = builder.scopes
    postponesAnnotations = builder.postponesAnnotations
    let code = Code(
      name: "<module>",
      qualifiedName: "<module>",
      kind: .module,
      source: source,
      firstLine: 1
    )
    code.isLibrary = isLibrary
    unit = CodeUnit(code: code, scope: scope)
  }
}

extension Compiler {
  /// Compiles a module whose variables live in `globals`; the second part is what Python warns about.
  ///
  /// - Throws: What CPython's compiler refuses, or `notSupported` for what this program does not run.
  static func compile(
    _ module: Module,
    source: SourceText,
    machine: Machine,
    globals: Namespace,
    isLibrary: Bool = false
  ) throws(PythonSyntaxError) -> (code: Code, warnings: [SyntaxWarning]) {
    let compiler = try Compiler(
      module,
      source: source,
      machine: machine,
      globals: globals,
      isLibrary: isLibrary
    )
    let start = source.position(of: 0)
    let range = SourceRange(start: start, end: start)
    compiler.unit.code.documentation = module.body.documentation
    compiler.startAnnotations(at: range)
    try compiler.statements(module.body)
    compiler.finishBody(at: module.body.last?.range ?? range)
    return (compiler.unit.code, compiler.warnings)
  }

  /// Compiles a body of its own; its code is the last of `unit.code.inner` afterwards.
  func body(
    _ scope: Scope,
    at range: SourceRange,
    _ compile: () throws(PythonSyntaxError) -> Void
  ) throws(PythonSyntaxError) -> Code {
    let outer = unit
    let code = Code(
      name: scope.name,
      qualifiedName: scope.qualifiedName,
      kind: scope.kind,
      source: source,
      firstLine: range.start.line
    )
    code.isLibrary = isLibrary
    code.isGenerator = scope.isGenerator
    code.localNames = scope.localNames.map { machine.symbol($0) }
    code.freeNames = scope.free.map { machine.symbol($0) }
    code.cells = scope.cells.map { name in
      (machine.symbol(name), scope.parameters.firstIndex(of: name))
    }
    unit = CodeUnit(code: code, scope: scope)
    let statement = lastStatement
    if scope.kind == .lambda || scope.kind == .comprehension, let statement {
      // It has no statements of its own: its place is the one that it stands in.
      _ = unit.mark(statement, isSimple: false)
    }
    let outerLists = keywordLists
    keywordLists = [:]
    defer {
      unit = outer
      lastStatement = statement
      keywordLists = outerLists
    }
    try compile()
    finishBody(at: range)
    return code
  }

  /// Ends a body that may be left at its end.
  private func finishBody(at range: SourceRange) {
    let end = SourceRange(start: range.start, end: range.end)
    loadConstant(.none, at: end)
    unit.emit(.returnValue, at: end)
    unit.finish()
  }

  /// Pushes the function of a body: its closure and what flags say was pushed before.
  func makeFunction(_ code: Code, _ scope: Scope, flags: Int = 0, at range: SourceRange) {
    var flags = flags
    if !scope.free.isEmpty {
      let cells = unit.scope.cells + unit.scope.free
      for name in scope.free {
        unit.emit(.loadClosure, cells.firstIndex(of: name) ?? 0, at: range)
      }
      unit.emit(.buildTuple, scope.free.count, at: range)
      flags |= 4
    }
    unit.code.inner.append(code)
    unit.emit(.makeFunction, unit.code.inner.count - 1, b: flags, at: range)
  }

  /// The scope of the construct that starts where a range does.
  func scope(at range: SourceRange) -> Scope {
    guard let scope = scopes[range.start.offset] else {
      preconditionFailure("A body at offset \(range.start.offset) has no scope.")
    }
    return scope
  }

  /// The index of the names of a call's keyword arguments, plus one as ``Opcode/call`` wants it.
  func keywordIndex(_ names: [Symbol]) -> Int {
    if let index = keywordLists[names] { return index + 1 }
    unit.code.keywordNames.append(names)
    keywordLists[names] = unit.code.keywordNames.count - 1
    return unit.code.keywordNames.count
  }

  /// An error of a construct that this program does not run.
  func notSupported(_ construct: String, _ range: SourceRange) -> PythonSyntaxError {
    source.error(construct, range, kind: .notSupported)
  }
}

// Constants and names.
extension Compiler {
  /// Pushes the value of a literal; bytes and imaginary numbers are refused before.
  func loadConstant(_ constant: Constant, at range: SourceRange) {
    unit.emit(.loadConstant, unit.constant(constant) { value(constant) }, at: range)
  }

  /// The value of a literal.
  func value(_ constant: Constant) -> Value {
    switch constant {
    case .none, .imaginary: .none
    case .bytes(let bytes): .object(BytesObject(bytes, type: machine.types.bytes))
    case .bool(let value): .bool(value)
    case .ellipsis: .ellipsis
    case .integer(let value): .int(value)
    case .bigInteger(let digits, let radix):
      machine.integer(BigInt(digits, radix: radix) ?? BigInt(0))
    case .float(let value): .float(value)
    case .string(let text): machine.string(text)
    }
  }

  /// The symbol of a name as the innermost class changes it.
  func symbol(_ name: String) -> Symbol { machine.symbol(unit.scope.mangled(name)) }

  /// The symbol of an attribute, as the operand of an instruction.
  func attribute(_ name: String) -> Int { Int(symbol(name).number) }

  private func storage(_ name: String) -> (Scope.Storage, Symbol) {
    let mangled = unit.scope.mangled(name)
    return (unit.scope.storage[mangled] ?? .global, machine.symbol(mangled))
  }

  /// Pushes the value of a variable.
  func load(_ name: String, at range: SourceRange) {
    let (storage, symbol) = storage(name)
    switch storage {
    case .local(let slot): unit.emit(.loadLocal, slot, at: range)
    case .cell(let slot): unit.emit(.loadCell, slot, at: range)
    case .global: unit.emit(.loadGlobal, globals.slot(symbol), at: range)
    case .name: unit.emit(.loadName, Int(symbol.number), at: range)
    case .nameOrCell(let slot): unit.emit(.loadNameOrCell, Int(symbol.number), b: slot, at: range)
    }
  }

  /// Pops the value of a variable.
  func store(_ name: String, at range: SourceRange) throws(PythonSyntaxError) {
    if name == "__debug__" { throw source.error("cannot assign to __debug__", range) }
    let (storage, symbol) = storage(name)
    switch storage {
    case .local(let slot): unit.emit(.storeLocal, slot, at: range)
    case .cell(let slot): unit.emit(.storeCell, slot, at: range)
    case .global: unit.emit(.storeGlobal, globals.slot(symbol), at: range)
    case .name, .nameOrCell: unit.emit(.storeName, Int(symbol.number), at: range)
    }
  }

  /// Unbinds a variable.
  func delete(_ name: String, at range: SourceRange) throws(PythonSyntaxError) {
    if name == "__debug__" { throw source.error("cannot delete __debug__", range) }
    let (storage, symbol) = storage(name)
    switch storage {
    case .local(let slot): unit.emit(.deleteLocal, slot, at: range)
    case .cell(let slot): unit.emit(.deleteCell, slot, at: range)
    case .global: unit.emit(.deleteGlobal, globals.slot(symbol), at: range)
    case .name, .nameOrCell: unit.emit(.deleteName, Int(symbol.number), at: range)
    }
  }
}

extension [Statement] {
  /// The text of the first statement, when that is a string.
  var documentation: String? {
    guard case .expression(let value)? = first?.kind,
      case .constant(.string(let text)) = value.kind
    else { return nil }
    return text
  }
}
