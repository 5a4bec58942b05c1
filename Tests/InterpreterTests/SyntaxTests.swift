import Testing

@testable import Interpreter

/// What scripts are read as.
@Suite struct SyntaxTests {
  private func tree(_ text: String) throws -> String {
    let module = try Parser(source: SourceText(name: "t.py", text: text)).parse()
    return module.body.map(Outline.text).joined(separator: "; ")
  }

  @Test(arguments: [
    ("a + b * c - d", "((a add (b multiply c)) subtract d)"),
    ("-a ** -b", "(minus (a power (minus b)))"),
    ("a ** b ** c", "(a power (b power c))"),
    ("not a == b and c or d", "or[and[(not cmp[a equal b]) c] d]"),
    ("a < b <= c != d", "cmp[a less b lessOrEqual c notEqual d]"),
    ("a not in b is not c", "cmp[a notIn b isNot c]"),
    ("a | b ^ c & d << e", "(a bitOr (b bitXor (c bitAnd (d leftShift e))))"),
    ("a @ b // c % d / e", "((((a matrixMultiply b) floorDivide c) modulo d) divide e)"),
    ("a if b else c if d else e", "if(b a if(d c e))"),
    ("~a.b[c](d)", "(invert call(sub(a.b c) d))"),
    ("lambda x, *y, z=1, **k: x", "lambda(x *y z=1 **k: x)"),
    ("(yield)", "yield"),
    ("(x := 1)", "(x := 1)"),
    ("x[1:, ::2, None]", "sub(x tuple[slice(1  ) slice(  2) None])"),
    ("f(a, *b, c=1, **d)", "call(f a *b c=1 **d)"),
    ("f(x for x in y if z)", "call(f generator(x for x in y if z))"),
    ("{a: b, **c}", "{a: b **c}"),
    ("{*a, b}", "set[*a b]"),
    ("[x for x, in y for z in x]", "list(x for tuple[x] in y for z in x)"),
  ])
  func `operators bind as in Python`(text: String, expected: String) throws {
    #expect(try tree(text) == expected)
  }

  @Test(arguments: [
    ("a = b, *c = d", "a = tuple[b *c] = d"),
    ("a: int = 1", "a: int = 1"),
    ("(a): int", "(a): int"),
    ("a @= b", "a matrixMultiply= b"),
    ("del a, (b, c)", "del a tuple[b c]"),
    ("raise a from b", "raise a from b"),
    ("from ..a import (b as c, d,)", "from ..a import b as c, d"),
    ("import a.b as c, d", "import a.b as c, d"),
    ("global a, b", "global a, b"),
    ("assert a, b", "assert a, b"),
  ])
  func `simple statements are told apart`(text: String, expected: String) throws {
    #expect(try tree(text) == expected)
  }

  @Test(arguments: [
    ("0x_FF", Constant.integer(255)), ("0o17", .integer(15)), ("0b101", .integer(5)),
    ("1_000", .integer(1000)), ("00", .integer(0)), ("1e3", .float(1000)), ("1.", .float(1)),
    (".5", .float(0.5)), ("1_0.2_5", .float(10.25)), ("3j", .imaginary(3)),
    ("0xFFFFFFFFFFFFFFFFF", .bigInteger("FFFFFFFFFFFFFFFFF", radix: 16)),
    ("'a' \"b\" '''c\nd'''", .string("abc\nd")),
    (#"'\x41\u00e9\101\n\q'"#, .string("Aé" + "A\n\\q")),
    (#"r'\n'"#, .string("\\n")), (#"b'\xff\n'"#, .bytes([255, 10])),
    (#"'\N{GREEK SMALL LETTER ALPHA}'"#, .string("α")), ("'a\\\nb'", .string("ab")),
    ("...", .ellipsis),
  ])
  func `literals have Python's values`(text: String, expected: Constant) throws {
    let module = try Parser(source: SourceText(name: "t.py", text: text)).parse()
    guard case .expression(let value)? = module.body.first?.kind else {
      Issue.record("not an expression")
      return
    }
    #expect(value.constant == expected)
  }

  @Test(arguments: [
    ("f'a{b}c'", "f[a{b}c]"),
    ("f'{a!r:>{w}.2f}'", "f[{a!repr:f[>{w}.2f]}]"),
    ("f'{a = }'", "f[a = {a!repr}]"),
    ("f'{a=:x}'", "f[a={a:f[x]}]"),
    ("'x' f'{a}' 'y'", "f[x{a}y]"),
    ("f'{{{a}}}'", "f[{{a}}]"),
    ("f'{a[\"b\"]}{d != e}'", "f[{sub(a 'b')}{cmp[d notEqual e]}]"),
    ("f'{a, b}'", "f[{tuple[a b]}]"),
    (#"rf'\d{a}'"#, #"f[\d{a}]"#),
  ])
  func `f-strings are read to their parts`(text: String, expected: String) throws {
    #expect(try tree(text) == expected)
  }

  @Test func `ranges count bytes as CPython does`() throws {
    let source = SourceText(name: "t.py", text: "é = (a +\n     f(b))\n")
    let statement = try #require(try Parser(source: source).parse().body.first)
    #expect(source.text(statement.range) == "é = (a +\n     f(b))")
    guard case .assign(_, let value) = statement.kind,
      case .binary(_, _, let right) = value.kind
    else {
      Issue.record("not an assignment of a sum")
      return
    }
    #expect(value.range.start.line == 1 && value.range.start.column == 6)
    #expect(value.range.end.line == 2 && value.range.end.column == 9)
    #expect(source.text(right.range) == "f(b)")
  }

  @Test func `a compound statement ends with its last line`() throws {
    let source = SourceText(name: "t.py", text: "if a:\n    b\n\n# end\nc\n")
    let statement = try #require(try Parser(source: source).parse().body.first)
    #expect(source.text(statement.range) == "if a:\n    b")
  }

  @Test func `comments are kept with their lines`() throws {
    let text = "# one\nx = [  # two\n  1,\n  # three\n]\n'''# no'''\n"
    let module = try Parser(source: SourceText(name: "t.py", text: text)).parse()
    #expect(
      module.comments == [
        Comment(line: 1, text: "# one"), Comment(line: 2, text: "# two"),
        Comment(line: 4, text: "# three"),
      ]
    )
  }

  @Test(arguments: ["x = 1", "名前 = 1", "µ = 2", "match = case = _ = 1", "print = 3"])
  func `names may be in any script, and soft keywords are names`(text: String) {
    #expect(SyntaxFront.mistake(in: text) == nil)
  }
}

/// Scripts that are larger or deeper than people write.
@Suite struct SyntaxLimitTests {
  private func mistake(in script: String) -> String? {
    var mistake: String?
    LargeStack.run { mistake = SyntaxFront.mistake(in: script) }
    return mistake
  }

  @Test func `chains as long as CPython compiles are compiled`() {
    #expect(mistake(in: "x = " + String(repeating: "1 + ", count: 2900) + "1") == nil)
    #expect(mistake(in: "x = a" + String(repeating: ".b(1)[2]", count: 900)) == nil)
    #expect(mistake(in: String(repeating: "x = ", count: 5000) + "1") == nil)
    #expect(mistake(in: "x = a" + String(repeating: " and a", count: 50000)) == nil)
    #expect(mistake(in: "x = a" + String(repeating: " < a", count: 50000)) == nil)
  }

  @Test(arguments: ["1 + ", "a.b + ", "not ", "- ", "lambda: ", "a if b else ", "2 ** "])
  func `longer ones end in CPython's error`(link: String) {
    let script = "x = " + String(repeating: link, count: 20000) + "1"
    let found = mistake(in: script)
    #expect(found?.hasPrefix("RecursionError 1:") == true)
    #expect(found?.hasSuffix("maximum recursion depth exceeded during compilation") == true)
  }

  @Test func `parentheses nest two hundred deep`() {
    let text = { (count: Int) in
      "x = " + String(repeating: "(", count: count) + "1" + String(repeating: ")", count: count)
    }
    #expect(mistake(in: text(200)) == nil)
    #expect(mistake(in: text(201)) == "SyntaxError 1:205 too many nested parentheses")
  }

  @Test func `blocks nest a hundred deep`() {
    let text = { (count: Int) in
      (0..<count).map { String(repeating: " ", count: $0) + "if x:\n" }.joined()
        + String(repeating: " ", count: count) + "pass\n"
    }
    #expect(mistake(in: text(99)) == nil)
    #expect(
      mistake(in: text(100)) == "IndentationError 101:1 too many levels of indentation"
    )
  }

  @Test func `loops nest twenty deep`() {
    let text = { (count: Int) in
      (0..<count).map { String(repeating: " ", count: $0) + "for x in y:\n" }.joined()
        + String(repeating: " ", count: count) + "pass\n"
    }
    #expect(mistake(in: text(20)) == nil)
    #expect(mistake(in: text(21)) == "SyntaxError 21:21 too many statically nested blocks")
  }

  @Test func `five thousand elifs are no nesting`() {
    let script = "if x:\n y\n" + String(repeating: "elif x:\n y\n", count: 5000)
    #expect(mistake(in: script) == nil)
  }

  @Test func `a mistake in deep brackets is found in time`() {
    let script = "x = " + String(repeating: "a[b + f(c, ", count: 40) + "1 +"
    #expect(mistake(in: script + String(repeating: ")]", count: 40)) != nil)
  }
}
