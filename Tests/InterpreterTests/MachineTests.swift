import Testing

@testable import Interpreter

/// The machine on code put together by hand.
@Suite struct MachineTests {
  private let machine = Machine()
  private let source = SourceText(name: "hand.py", text: "a\nb\nc\n")

  private func code(
    locals: [String] = [],
    parameters: Int = 0,
    _ constants: [Value],
    _ instructions: [Instruction]
  ) -> Code {
    let code = Code(
      name: "f",
      qualifiedName: "f",
      kind: .function,
      source: source,
      firstLine: 1
    )
    code.localNames = locals.map { machine.symbol($0) }
    code.parameters.positional = parameters
    code.constants = constants
    code.instructions = instructions
    let place = SourcePosition(line: 2, column: 0, offset: 2)
    code.ranges = Array(
      repeating: SourceRange(start: place, end: place),
      count: instructions.count
    )
    code.stackDepth = 16
    return code
  }

  private func function(_ code: Code) -> Value {
    let globals = Namespace(builtins: machine.builtins)
    return .object(FunctionObject(code: code, globals: globals, type: machine.types.function))
  }

  private func text(_ body: () throws(PythonError) -> Value) -> String {
    do throws(PythonError) {
      return try machine.repr(try body())
    } catch {
      guard let raised = machine.raised else { return "no exception" }
      machine.raised = nil
      return machine.lastLines(raised)
    }
  }

  @Test func `a loop counts words in place`() {
    let sum = code(
      locals: ["n", "total", "i"],
      parameters: 1,
      [.int(0)],
      [
        Instruction(.loadConstant, 0), Instruction(.storeLocal, 1), Instruction(.loadLocal, 0),
        Instruction(.getIterator), Instruction(.forIterate, 10), Instruction(.storeLocal, 2),
        Instruction(.loadLocal, 1), Instruction(.loadLocal, 2), Instruction(.binary, 0),
        Instruction(.jump, 11), Instruction(.jump, 13), Instruction(.storeLocal, 1),
        Instruction(.jump, 4), Instruction(.loadLocal, 1), Instruction(.returnValue),
      ]
    )
    let range = Value.object(RangeObject(start: 0, stop: 1000, step: 1, type: machine.types.range))
    #expect(text { () throws(PythonError) in try machine.call(function(sum), [range]) } == "499500")
  }

  @Test func `recursion without an end is an error and not a crash`() {
    let endless = code(
      locals: ["f"],
      parameters: 1,
      [],
      [
        Instruction(.loadLocal, 0), Instruction(.pushUnbound), Instruction(.loadLocal, 0),
        Instruction(.call, 1), Instruction(.returnValue),
      ]
    )
    let f = function(endless)
    #expect(
      text { () throws(PythonError) in try machine.call(f, [f]) }
        == "RecursionError: maximum recursion depth exceeded\n"
    )
    #expect(machine.depth == 0)
    #expect(machine.frame == nil)
  }

  @Test func `a handler gets the exception and the stack cut`() {
    let guarded = code(
      [.int(1), .int(0)],
      [
        Instruction(.loadConstant, 0), Instruction(.loadConstant, 1),
        Instruction(.binary, Int(BinaryOperator.floorDivide.rawValue)),
        Instruction(.returnValue), Instruction(.pushException), Instruction(.swap, 2),
        Instruction(.popException), Instruction(.returnValue),
      ]
    )
    guarded.handlers = [Code.Handler(start: 0, end: 3, target: 4, depth: 0)]
    #expect(
      text { () throws(PythonError) in try machine.call(function(guarded)) }
        == "ZeroDivisionError('integer division or modulo by zero')"
    )
    #expect(machine.handled == nil)
  }

  @Test func `a generator goes on where it yielded and ends with StopIteration`() {
    let counting = code(
      locals: ["n"],
      parameters: 1,
      [.int(1), .none],
      [
        Instruction(.loadLocal, 0), Instruction(.yieldValue), Instruction(.pop),
        Instruction(.loadConstant, 0), Instruction(.yieldValue), Instruction(.returnValue),
      ]
    )
    counting.isGenerator = true
    var generator = Value.none
    #expect(
      text { () throws(PythonError) in
        generator = try machine.call(function(counting), [.int(7)])
        return machine.list(try machine.items(generator))
      } == "[7, 1]"
    )
    let next = machine.types.generator.find(machine.names.dunderNext)
    #expect(
      text { () throws(PythonError) in try machine.callMethod(next, generator) }
        == "StopIteration\n"
    )
  }

  @Test(arguments: [
    (0, "TypeError: f() missing 2 required positional arguments: 'x' and 'y'\n"),
    (1, "TypeError: f() missing 1 required positional argument: 'y'\n"),
    (2, "None"),
    (3, "TypeError: f() takes 2 positional arguments but 3 were given\n"),
  ])
  func `a wrong number of arguments is named`(count: Int, expected: String) {
    let plain = code(
      locals: ["x", "y"],
      parameters: 2,
      [.none],
      [Instruction(.loadConstant, 0), Instruction(.returnValue)]
    )
    let arguments = [Value](repeating: .int(1), count: count)
    #expect(
      text { () throws(PythonError) in try machine.call(function(plain), arguments) } == expected
    )
  }

  @Test func `a missing attribute proposes the one that was meant`() {
    let found = Suggestion.closest(to: "wieght", among: ["bias", "forward", "weight"])
    #expect(found == "weight")
    #expect(Suggestion.closest(to: "x", among: ["momentum", "y"]) == nil)
  }
}
