import Glibc
import Testing

@testable import GraphTUI

/// Files that are no good scripts, given to the real program: a status and clear words, never a crash.
@Suite struct BadInputTests {
  /// A file and what `run` makes of it.
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    /// What the file holds; nil for no file.
    var bytes: [UInt8]?
    var options = ""
    /// The exit status of `run`.
    var status: Int32
    /// The end of what `run` writes.
    var end: String
    /// What the last screen of `replay` shows; nil where there are no screens.
    var shown: String?

    var testDescription: String { name }

    init(
      _ name: String,
      _ text: String,
      options: String = "",
      status: Int32 = 0,
      end: String,
      shown: String
    ) {
      self.init(name, Array(text.utf8), options: options, status: status, end: end, shown: shown)
    }

    init(
      _ name: String,
      _ bytes: [UInt8]?,
      options: String = "",
      status: Int32,
      end: String,
      shown: String?
    ) {
      self.name = name
      self.bytes = bytes
      self.options = options
      self.status = status
      self.end = end
      self.shown = shown
    }
  }

  static let cases = [
    Case("missing", nil, status: 2, end: ".py: No such file or directory\n", shown: nil),
    Case(
      "binary",
      Array(0...255),
      status: 1,
      end: "SyntaxError: source code cannot contain null bytes\n",
      shown: "source code cannot contain null"
    ),
    Case("empty", "", end: "", shown: "step 0 of 0"),
    Case(
      "unclosed",
      "x = (1\ny = 2\n",
      status: 1,
      end: "SyntaxError: '(' was never closed\n",
      shown: "SyntaxError: '(' was never closed"
    ),
    Case(
      "endless",
      "while True:\n    a = 1\n",
      options: "--max-steps 1000",
      status: 2,
      end: ":1: stopped after 1000 steps (--max-steps)\n",
      shown: "the run reached its limit of steps"
    ),
    Case(
      "brackets",
      "x = " + String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000) + "\n",
      status: 1,
      end: "SyntaxError: too many nested parentheses\n",
      shown: "too many nested"
    ),
    Case(
      "recursion",
      "def f(n):\n    return f(n + 1)\nf(0)\n",
      status: 1,
      end: "RecursionError: maximum recursion depth exceeded\n",
      shown: "RecursionError"
    ),
    Case(
      "long line",
      "x = '" + String(repeating: "a", count: 1 << 20) + "'\nprint(len(x))\n",
      end: "1048576\n",
      shown: "prints 1048576"
    ),
    Case("CRLF", "if True:\r\n    x = 1\r\n    print(x)\r\n", end: "1\n", shown: "prints 1"),
    Case("BOM", "\u{FEFF}print('bom')\n", end: "bom\n", shown: "prints bom"),
    Case(
      "tabs",
      "if True:\n\tx = 1\n\tif x:\n\t\tprint('tabs')\n",
      end: "tabs\n",
      shown: "prints tabs"
    ),
    Case("CJK", "权重 = 2  # 注释\nprint(权重, '中文')\n", end: "2 中文\n", shown: "prints 2 中文"),
  ]

  @Test(arguments: cases)
  func `a strange file gives a status and clear words`(scene: Case) throws {
    let path = "/tmp/graphtui-bad-input-\(getpid())-\(scene.name.replacing(" ", with: "-")).py"
    if let bytes = scene.bytes {
      try FileText.write(String(decoding: bytes, as: UTF8.self), to: path)
    }
    defer { unlink(path) }
    let ran = try output(of: "run \(scene.options) \(path)")
    #expect(ran.status == scene.status && ran.text.hasSuffix(scene.end), "\(ran)")
    if ran.status == 2 { #expect(ran.text.split(separator: "\n").count == 1, "\(ran)") }
    let replayed = try output(of: "replay --format text --keys End \(scene.options) \(path)")
    if let shown = scene.shown {
      #expect(replayed.status == 0 && replayed.text.contains(shown), "\(replayed)")
    } else {
      #expect(replayed.status == scene.status && replayed.text.hasSuffix(scene.end), "\(replayed)")
    }
  }

  @Test(arguments: ["run", "replay --format text"])
  func `a directory is one line and status 2`(command: String) throws {
    let result = try output(of: command + " /tmp")
    #expect(result.status == 2 && result.text == "graphtui: /tmp: Is a directory\n", "\(result)")
  }

  @Test(.enabled(if: Tmux.isInstalled, "tmux is not installed"))
  func `explore shows a syntax error`() throws {
    let path = "/tmp/graphtui-bad-input-\(getpid())-explored.py"
    try FileText.write("x = (1\ny = 2\n", to: path)
    defer { unlink(path) }
    let tmux = try Tmux()
    try tmux.type(line: "clear; \(try Tmux.program) --at error \(path); echo status $?")
    try tmux.wait(for: "the error") { $0.contains("line 1  SyntaxError: '(' was never closed") }
    try tmux.press("q")
    try tmux.wait(for: "the prompt") { $0.contains("status 0") }
  }

  /// Runs the program for 20 seconds at most; both of its streams, and its status.
  private func output(of arguments: String) throws -> (status: Int32, text: String) {
    let command = "timeout 20 \(try Tmux.program) \(arguments) 2>&1 < /dev/null"
    guard let stream = popen(command, "r") else { throw Tmux.Failure(what: "no shell") }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&chunk, 1, chunk.count, stream)
      guard count > 0 else { break }
      bytes += chunk[..<count]
    }
    let status = pclose(stream)
    // The status of a process that ended by itself is in the second byte.
    let code = status & 0x7f == 0 ? (status >> 8) & 0xff : -1
    return (code, String(decoding: bytes, as: UTF8.self))
  }
}
