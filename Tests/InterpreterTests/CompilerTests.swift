import Testing

@testable import Interpreter

/// The code that scripts become.
@Suite struct CompilerTests {
  private static let scripts = [
    """
    def f(items, *rest, key=None, **options):
        total = 0
        for item in items:
            try:
                if item is None: continue
                if item < 0: break
                with open(item) as a, lock:
                    return a.read()
            except (ValueError, TypeError) as e:
                total += 1
                raise RuntimeError(str(e)) from e
            except KeyError as e:
                return item
            else:
                yield item
            finally:
                total -= 1
                while total:
                    try:
                        total = yield from g(total)
                    finally:
                        break
        else:
            return total
        return [x for x in rest if x for y in x], {k: v for k, v in options.items()}
    """,
    """
    class A(B, metaclass=M):
        '''Text.'''
        x: int = 1
        def __init__(self):
            super().__init__()
            self.__x, *self.y = 1, 2, 3
            self.y[0] += 1
            self.z.w -= 1
        @property
        def x(self): return self.__x
        for i in range(3): pass
    """,
    """
    def outer(a, b=1):
        c = 2
        def inner():
            nonlocal c
            c += a
            return (lambda: (a, b, c))()
        return inner
    match outer(1):
        case 1 | 2 as x if x: pass
        case None: pass
        case _: pass
    f(*a, b, *c, d=1, **e, g=2)
    f(*a)
    print(f"{a!r:>{b}} {c}", sep="")
    del a, b[0], c.d
    assert a < b < c, "message"
    x = y = {**a, 1: 2, **b}
    import a.b.c, d as e
    from f import g, h as i
    """,
  ]

  @Test(arguments: scripts)
  func `the stack has one depth at every place, whatever the way there`(script: String) throws {
    let code = try SyntaxFront.code(SourceText(name: "t.py", text: script))
    #expect(StackCheck.flaw(in: code) == nil)
  }

  @Test func `every instruction knows its place`() throws {
    let source = SourceText(name: "t.py", text: "x = a + b.c(1)\n")
    let code = try SyntaxFront.code(source)
    let places = zip(code.instructions, code.ranges).map { instruction, range in
      "\(instruction.opcode) \(source.text(range))"
    }
    #expect(places.contains("binary a + b.c(1)"))
    #expect(places.contains("call b.c(1)"))
    #expect(places.contains("storeGlobal x"))
  }

  @Test func `a call over lines is where its method's name is`() throws {
    let source = SourceText(name: "t.py", text: "(a\n  .b()\n  .c())\n")
    let code = try SyntaxFront.code(source)
    let lines = zip(code.instructions, code.ranges).filter { $0.0.opcode == .call }.map {
      $0.1.start.line
    }
    #expect(lines == [2, 3])
  }

  @Test func `snapshots follow the simple statements of the module`() throws {
    let script = "import m\nx = 1\nif x:\n    x += 1\ndef f():\n    y = 1\nf()\npass\n"
    let code = try SyntaxFront.code(SourceText(name: "t.py", text: script))
    let lines = zip(code.instructions, code.ranges).filter { $0.0.opcode == .completed }.map {
      $0.1.start.line
    }
    #expect(lines == [2, 4, 7])
  }

  @Test func `captured variables live in cells, others in slots`() throws {
    let script = "def f(a, b):\n    c = a\n    d = 1\n    def g(): return a, c\n    return g\n"
    let module = try SyntaxFront.code(SourceText(name: "t.py", text: script))
    let f = try #require(module.inner.first)
    #expect(f.localNames.count == 4)
    #expect(f.cells.map(\.parameter) == [0, nil])
    #expect(f.inner.first?.freeNames.count == 2)
    #expect(f.inner.first?.qualifiedName == "f.<locals>.g")
  }

  @Test func `a method that uses super gets the cell of its class`() throws {
    let script = "class A:\n    def f(self): super().f()\n"
    let code = try SyntaxFront.code(SourceText(name: "t.py", text: script))
    let body = try #require(code.inner.first)
    #expect(body.kind == .classBody && body.cells.count == 1)
    #expect(body.inner.first?.freeNames == body.cells.map(\.name))
  }

  @Test(arguments: [
    ("x is 1", "\"is\" with a literal. Did you mean \"==\"?"),
    ("x is not 'a'", "\"is not\" with a literal. Did you mean \"!=\"?"),
    ("assert (x, 'text')", "assertion is always true, perhaps remove parentheses?"),
    ("[(1, 2) (3, 4)]", "'tuple' object is not callable; perhaps you missed a comma?"),
    (
      "[[1, 2] [3, 4]]",
      "list indices must be integers or slices, not tuple; perhaps you missed a comma?"
    ),
  ])
  func `odd code is warned about as in Python`(script: String, expected: String) throws {
    let source = SourceText(name: "t.py", text: script)
    let machine = Machine()
    let compiled = try Compiler.compile(
      try Parser(source: source).parse(),
      source: source,
      machine: machine,
      globals: Namespace(builtins: machine.builtins)
    )
    #expect(compiled.warnings.map(\.message) == [expected])
  }
}

/// Follows the depth of the stack along every way through a code.
enum StackCheck {
  /// What is wrong with a code or one inside it; nil for nothing.
  static func flaw(in code: Code) -> String? {
    var walk = Walk(code)
    if let flaw = walk.run() { return "\(code.qualifiedName): \(flaw)" }
    for inner in code.inner {
      if let flaw = flaw(in: inner) { return flaw }
    }
    return nil
  }

  private struct Walk {
    let code: Code
    var depths: [Int?]
    var pending: [(index: Int, depth: Int)] = []

    init(_ code: Code) {
      self.code = code
      depths = Array(repeating: nil, count: code.instructions.count)
    }

    mutating func run() -> String? {
      if let flaw = reach(0, 0) { return flaw }
      while let (index, depth) = pending.popLast() {
        if let flaw = step(index, depth) { return flaw }
      }
      return code.ranges.count == code.instructions.count ? nil : "ranges are missing"
    }

    private mutating func step(_ index: Int, _ depth: Int) -> String? {
      let instruction = code.instructions[index]
      if let effect = instruction.jumpEffect,
        let flaw = reach(Int(instruction.a), depth + effect)
      {
        return flaw
      }
      let handler = code.handlers.first { $0.start <= index && index < $0.end }
      if let handler {
        if handler.depth > depth { return "\(index) lies below the depth of its handler" }
        if let flaw = reach(handler.target, handler.depth + 1) { return flaw }
      }
      if instruction.endsStretch { return nil }
      return reach(index + 1, depth + instruction.stackEffect)
    }

    private mutating func reach(_ index: Int, _ depth: Int) -> String? {
      guard depths.indices.contains(index) else { return "leaves the code" }
      if depth < 0 || depth > code.stackDepth { return "depth \(depth) at \(index)" }
      guard let known = depths[index] else {
        depths[index] = depth
        pending.append((index, depth))
        return nil
      }
      return known == depth ? nil : "depths \(known) and \(depth) at \(index)"
    }
  }
}
