import Glibc
import Testing

@testable import Interpreter

/// Broken scripts, each with what CPython 3.11 says of it.
///
/// A file of `SyntaxErrors` holds cases: the script, then a line `=> KIND line:offset message`.
@Suite struct SyntaxErrorTests {
  /// A script and what is said of it.
  struct Case {
    let script: String
    let expected: String
  }

  static let files = [
    "brackets", "calls", "characters", "fstrings", "grammar", "indentation", "numbers",
    "parameters", "patterns", "scopes", "strings", "targets", "words",
  ]

  @Test(arguments: files)
  func `a broken script is refused with the words and the place of CPython`(file: String) {
    let cases = Self.cases(in: file)
    #expect(!cases.isEmpty)
    for each in cases {
      #expect(SyntaxFront.mistake(in: each.script) == each.expected, "\(each.script)")
    }
  }

  @Test func `line ends of all kinds count as lines`() {
    for end in ["\n", "\r\n", "\r"] {
      let script = "x = 1" + end + "y = = 2" + end
      #expect(SyntaxFront.mistake(in: script) == "SyntaxError 2:5 invalid syntax")
    }
  }

  @Test func `a byte order mark is not part of the first line`() {
    #expect(SyntaxFront.mistake(in: "\u{FEFF}x = = 1") == "SyntaxError 1:5 invalid syntax")
  }

  @Test func `a form feed starts the indentation anew`() {
    #expect(SyntaxFront.mistake(in: "if x:\n    y\n  \u{0C}    z\n") == nil)
    #expect(
      SyntaxFront.mistake(in: "  \u{0C}x = = 1") == "SyntaxError 1:8 invalid syntax"
    )
  }

  @Test func `null bytes are refused`() {
    #expect(
      SyntaxFront.mistake(in: "x = 1\ny = \0\n")
        == "SyntaxError 2:0 source code cannot contain null bytes"
    )
  }

  @Test func `bytes that are no text are refused`() {
    let bytes: [UInt8] = Array("x = 1\ny = '".utf8) + [0xE9] + Array("'\n".utf8)
    let source = SourceText(name: "t.py", bytes: bytes)
    #expect(throws: PythonSyntaxError.self) { try Parser(source: source).parse() }
    #expect(
      SyntaxFront.mistake(in: source)
        == "SyntaxError 2:0 Non-UTF-8 code starting with '\\xe9' in file t.py on line 2, but no "
        + "encoding declared; see https://peps.python.org/pep-0263/ for details"
    )
  }

  @Test func `what is not run is named with its place`() {
    #expect(
      SyntaxFront.mistake(in: "x = 1\nasync def f():\n    pass\n")
        == "NotSupported 2:1 async def"
    )
    #expect(SyntaxFront.mistake(in: "x = 2j\n") == "NotSupported 1:5 complex number")
  }

  @Test func `a mistake is reported before what is not run`() {
    #expect(
      SyntaxFront.mistake(in: "async def f():\n    pass\nx = = 1\n")
        == "SyntaxError 3:5 invalid syntax"
    )
  }

  @Test func `the report marks the place as Python prints it`() throws {
    let source = SourceText(name: "t.py", text: "if x:\n    f(a b, c)\n")
    let error = #expect(throws: PythonSyntaxError.self) { try Parser(source: source).parse() }
    #expect(
      error?.report(file: "t.py") == """
          File "t.py", line 2
            f(a b, c)
              ^^^
        SyntaxError: invalid syntax. Perhaps you forgot a comma?

        """
    )
  }

  @Test func `an open parenthesis is marked alone`() throws {
    let source = SourceText(name: "t.py", text: "x = (1,\ny = 2\n")
    let error = #expect(throws: PythonSyntaxError.self) { try Parser(source: source).parse() }
    #expect(
      error?.report(file: "t.py") == """
          File "t.py", line 1
            x = (1,
                ^
        SyntaxError: '(' was never closed

        """
    )
  }

  private static func cases(in file: String) -> [Case] {
    let folder = String(#filePath.prefix { _ in true }.dropLast("SyntaxErrorTests.swift".count))
    guard let text = read(folder + "SyntaxErrors/\(file).txt") else { return [] }
    var cases: [Case] = []
    var script: [Substring] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("=> ") else {
        // A blank line parts an expectation from the next script.
        if !script.isEmpty || !line.isEmpty || cases.isEmpty { script.append(line) }
        continue
      }
      cases.append(
        Case(script: script.joined(separator: "\n"), expected: String(line.dropFirst(3)))
      )
      script = []
    }
    return cases
  }

  private static func read(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count <= 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += buffer[0..<count]
    }
  }
}

/// The parser and the compiler, as far as mistakes go.
enum SyntaxFront {
  /// The mistake in a script, `KIND line:offset message`; nil for none.
  static func mistake(in script: String) -> String? {
    mistake(in: SourceText(name: "t.py", text: script))
  }

  /// The mistake in a source, `KIND line:offset message`; nil for none.
  static func mistake(in source: SourceText) -> String? {
    do throws(PythonSyntaxError) {
      _ = try code(source)
      return nil
    } catch {
      return "\(error.kind.rawValue) \(error.line):\(error.offset) \(error.message)"
    }
  }

  /// The code of a script.
  static func code(_ source: SourceText) throws(PythonSyntaxError) -> Code {
    let module = try Parser(source: source).parse()
    let machine = Machine()
    return try Compiler.compile(
      module,
      source: source,
      machine: machine,
      globals: Namespace(builtins: machine.builtins)
    ).code
  }
}
