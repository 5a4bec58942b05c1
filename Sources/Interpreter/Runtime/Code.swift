/// A compiled body: of a module, function, lambda, comprehension or class.
///
/// A frame has `slotCount` slots for locals and cells and a stack of `stackDepth` values above them.
final class Code {
  /// The name: `<module>`, that of a function, `<lambda>`, `<listcomp>`, `<genexpr>`, ….
  let name: String
  /// The qualified name, `Net.forward` or `outer.<locals>.inner`, as errors print it.
  let qualifiedName: String
  /// What the body belongs to.
  let kind: Kind
  /// The source that the ranges point into.
  let source: SourceText
  /// The line of the `def`, `class` or `lambda`.
  let firstLine: Int

  var instructions: [Instruction] = []
  /// The expression or statement that each instruction came from; parallel to `instructions`.
  var ranges: [SourceRange] = []
  var constants: [Value] = []
  /// The statements of this body in order of appearance.
  var statements: [StatementMark] = []
  /// What catches in which stretch of instructions; the innermost stretch comes first.
  var handlers: [Handler] = []
  /// The bodies inside this one.
  var inner: [Code] = []
  /// The names of keyword arguments at calls, see ``Opcode/call``.
  var keywordNames: [[Symbol]] = []
  /// The dotted names of imports.
  var imports: [String] = []

  /// The parameters first (positional-only, positional, keyword-only, `*args`, `**kwargs`), then other locals.
  var localNames: [Symbol] = []
  /// The locals that inner functions capture: their cells' names, and, for one that is also a parameter, its index.
  var cells: [(name: Symbol, parameter: Int?)] = []
  /// The names whose cells come from the enclosing functions.
  var freeNames: [Symbol] = []
  var parameters = Parameters()
  /// The highest number of values on the stack.
  var stackDepth = 0
  /// Whether the body has a `yield`.
  var isGenerator = false
  /// The first statement when it is a string.
  var documentation: String?
  /// Whether the code is the program's own library and not the script: not shown as the script's place.
  var isLibrary = false

  /// What a body belongs to.
  enum Kind {
    case module, function, lambda, comprehension, classBody
  }

  /// How many parameters of which kind; their names are the first of `localNames`.
  struct Parameters {
    var positionalOnly = 0
    /// Positional parameters in all, positional-only ones included.
    var positional = 0
    var keywordOnly = 0
    var hasRest = false
    var hasKeywordRest = false

    /// The slots that parameters take.
    var count: Int { positional + keywordOnly + (hasRest ? 1 : 0) + (hasKeywordRest ? 1 : 0) }
  }

  /// A statement and whether it is simple, which is when a snapshot follows it at module level.
  struct StatementMark {
    let range: SourceRange
    let isSimple: Bool
  }

  /// A stretch `start..<end` of instructions whose exceptions go to `target` with the stack cut to `depth` values,
  /// on which the exception is then pushed.
  struct Handler {
    let start: Int
    let end: Int
    let target: Int
    let depth: Int
  }

  /// The number of slots below the stack.
  var slotCount: Int { localNames.count + cells.count + freeNames.count }

  /// What the machine's loop reads, made when the code first runs; nothing may change afterwards.
  private(set) lazy var body: UnsafeMutablePointer<CodeBody> = {
    let made = UnsafeMutablePointer<CodeBody>.allocate(capacity: 1)
    made.initialize(to: CodeBody(self))
    hasBody = true
    return made
  }()
  private var hasBody = false

  init(name: String, qualifiedName: String, kind: Kind, source: SourceText, firstLine: Int) {
    self.name = name
    self.qualifiedName = qualifiedName
    self.kind = kind
    self.source = source
    self.firstLine = firstLine
  }

  deinit {
    guard hasBody else { return }
    body.pointee.instructions.deallocate()
    body.pointee.constants.deinitialize(count: constants.count)
    body.pointee.constants.deallocate()
    body.deallocate()
  }
}

/// The parts of a ``Code`` that the machine reads while it runs, without any reference counting.
struct CodeBody {
  let instructions: UnsafeMutablePointer<Instruction>
  let constants: UnsafeMutablePointer<Value>
  /// The locals that are not cells.
  let localCount: Int
  /// Locals and cells.
  let slotCount: Int
  /// Values that a frame needs in all.
  let frameSize: Int
  /// The positional parameters, when there are no others and no cells; else -1: the general way to bind arguments.
  let plainParameters: Int
  let isGenerator: Bool

  init(_ code: Code) {
    let count = code.instructions.count
    instructions = UnsafeMutablePointer<Instruction>.allocate(capacity: count + 1)
    for i in 0..<count { (instructions + i).initialize(to: code.instructions[i]) }
    constants = UnsafeMutablePointer<Value>.allocate(capacity: code.constants.count + 1)
    for (i, value) in code.constants.enumerated() { (constants + i).initialize(to: value) }
    localCount = code.localNames.count
    slotCount = code.slotCount
    frameSize = code.slotCount + code.stackDepth + 4
    let parameters = code.parameters
    let isPlain = parameters.count == parameters.positional && !code.isGenerator
    plainParameters = isPlain && code.cells.isEmpty ? parameters.positional : -1
    isGenerator = code.isGenerator
  }
}
