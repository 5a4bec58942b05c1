/// A body while it is compiled: its code, the depth of its stack, its jumps and its open blocks.
///
/// Code that cannot be reached is not kept.
final class CodeUnit {
  /// What is made.
  let code: Code
  /// The names of the body.
  let scope: Scope
  /// The blocks that are open, innermost last.
  var blocks: [Block] = []
  /// The values on the stack here.
  private(set) var depth = 0
  /// Whether the next instruction can be reached.
  private(set) var isReachable = true
  private var labels: [Placement] = []
  private var constantIndices: [Constant: Int] = [:]
  private var importIndices: [String: Int] = [:]
  private var statementIndices: [Int: Int] = [:]

  /// A place that jumps lead to.
  struct Label {
    fileprivate let number: Int
  }

  private struct Placement {
    var target: Int?
    var depth: Int?
  }

  init(code: Code, scope: Scope) {
    self.code = code
    self.scope = scope
  }
}

extension CodeUnit {
  /// The index of the next instruction.
  var position: Int { code.instructions.count }

  /// Adds an instruction that came from a range of the source.
  func emit(_ opcode: Opcode, _ a: Int = 0, b: Int = 0, at range: SourceRange) {
    guard isReachable else { return }
    let instruction = Instruction(opcode, a, b: b)
    code.instructions.append(instruction)
    code.ranges.append(range)
    setDepth(depth + instruction.stackEffect)
    if instruction.endsStretch { isReachable = false }
  }

  /// Adds a jump, of any kind, to a label.
  func jump(_ opcode: Opcode, to label: Label, at range: SourceRange) {
    guard isReachable else { return }
    let effect = Instruction(opcode).jumpEffect ?? 0
    labels[label.number].depth = depth + effect
    emit(opcode, label.number, at: range)
  }

  /// A label that is yet to be placed.
  func label() -> Label {
    labels.append(Placement())
    return Label(number: labels.count - 1)
  }

  /// Places a label before the next instruction.
  func place(_ label: Label) {
    if let jumped = labels[label.number].depth {
      assert(!isReachable || depth == jumped, "Two ways to a label differ in the stack.")
      depth = jumped
      isReachable = true
    }
    labels[label.number].target = position
    labels[label.number].depth = depth
  }

  /// Starts a stretch that is reached by an exception: the stack is cut, the exception on it.
  func startHandler(depth: Int) {
    isReachable = true
    setDepth(depth + 1)
  }

  /// Goes back to a depth after a stretch that left the body or a loop.
  func restoreDepth(_ depth: Int) { self.depth = depth }

  /// Puts the targets into the jumps, once every label is placed.
  func finish() {
    for index in code.instructions.indices
    where code.instructions[index].jumpEffect != nil {
      let label = Int(code.instructions[index].a)
      let target = labels[label].target ?? index
      code.instructions[index].a = Int32(truncatingIfNeeded: target)
    }
  }

  private func setDepth(_ value: Int) {
    depth = value
    code.stackDepth = max(code.stackDepth, value)
  }
}

extension CodeUnit {
  /// The index of a constant that was used before, or that `make` makes.
  func constant(_ constant: Constant, _ make: () -> Value) -> Int {
    if let index = constantIndices[constant] { return index }
    let index = code.constants.count
    code.constants.append(make())
    // Swift takes texts for equal that differ in normal form, so only ASCII is shared.
    switch constant {
    case .string(let text) where !text.utf8.allSatisfy({ $0 < 0x80 }): break
    case .float(let value) where value == 0: break
    default: constantIndices[constant] = index
    }
    return index
  }

  /// The index of a constant of its own.
  func constant(_ value: Value) -> Int {
    code.constants.append(value)
    return code.constants.count - 1
  }

  /// The index of a module's name.
  func importIndex(_ name: String) -> Int {
    if let index = importIndices[name] { return index }
    code.imports.append(name)
    importIndices[name] = code.imports.count - 1
    return code.imports.count - 1
  }

  /// The index of a statement's mark; the copies of a `finally` block share theirs.
  func mark(_ range: SourceRange, isSimple: Bool) -> Int {
    if let index = statementIndices[range.start.offset] { return index }
    code.statements.append(Code.StatementMark(range: range, isSimple: isSimple))
    statementIndices[range.start.offset] = code.statements.count - 1
    return code.statements.count - 1
  }
}
