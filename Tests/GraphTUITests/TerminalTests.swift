import Glibc
import Testing

@testable import GraphTUI

/// How the program behaves in a real terminal; what it draws is tested elsewhere.
@Suite(.serialized, .enabled(if: Tmux.isInstalled, "tmux is not installed"))
struct TerminalTests {
  private let script: String

  init() throws {
    script = "/tmp/graphtui-terminal-test-\(getpid()).py"
    try FileText.write("x = 1  # 中文\n", to: script)
  }

  private func start(_ tmux: Tmux, options: String = "") throws {
    try tmux.type(line: "clear; \(try Tmux.program) \(options) \(script); echo status $?")
    try tmux.wait(for: "the explorer") { try $0.contains("help") && isFullScreen(tmux) }
  }

  private func isFullScreen(_ tmux: Tmux) throws -> Bool {
    try tmux.value("#{alternate_on}") == "1"
  }

  private func expectRestored(_ tmux: Tmux) throws {
    #expect(try tmux.value("#{alternate_on} #{cursor_flag} #{mouse_any_flag}") == "0 1 0")
    try tmux.type(line: "stty -a | grep -o ' -*echo \\| -*icanon'")
    try tmux.wait(for: "echo and canonical input") {
      $0.contains("\n echo") && $0.contains(" icanon") && !$0.contains("-icanon\n")
    }
  }

  @Test func `q gives the terminal back with status 0`() throws {
    let tmux = try Tmux()
    try start(tmux)
    try tmux.press("q")
    try tmux.wait(for: "the status") { $0.contains("status 0") }
    try expectRestored(tmux)
  }

  @Test(arguments: [("TERM", 143), ("HUP", 129)])
  func `a signal gives the terminal back`(signal: String, status: Int) throws {
    let tmux = try Tmux()
    try start(tmux)
    try tmux.run(["run-shell", "pkill -\(signal) -P #{pane_pid}"])
    try tmux.wait(for: "the status") { $0.contains("status \(status)") }
    try expectRestored(tmux)
  }

  @Test func `Ctrl-C ends it and gives the terminal back`() throws {
    let tmux = try Tmux()
    try start(tmux)
    try tmux.press("C-c")
    try tmux.wait(for: "the shell") { try !$0.contains("help") && !isFullScreen(tmux) }
    try tmux.type(line: "echo status $?")
    try tmux.wait(for: "the status") { $0.contains("status 130") }
    try expectRestored(tmux)
  }

  @Test(arguments: [("SEGV", 139), ("ABRT", 134), ("ILL", 132), ("TRAP", 133)])
  func `a crash gives the terminal back`(signal: String, status: Int) throws {
    let tmux = try Tmux()
    try start(tmux)
    try tmux.run(["run-shell", "pkill -\(signal) -P #{pane_pid}"])
    try tmux.wait(for: "the status") { $0.contains("status \(status)") }
    try expectRestored(tmux)
  }

  @Test func `Ctrl-Z stops it and fg shows it again in the new size`() throws {
    let tmux = try Tmux()
    try tmux.type(line: "exec bash --norc -i")
    try start(tmux)
    try tmux.press("C-z")
    try tmux.wait(for: "the shell") { try $0.contains("Stopped") && !isFullScreen(tmux) }
    try tmux.run(["resize-window", "-x", "60", "-y", "12"])
    try tmux.type(line: "fg")
    try tmux.wait(for: "the explorer") { screen in
      let last = screen.split(separator: "\n").last ?? ""
      return try isFullScreen(tmux) && last.contains("small window")
        && screen.split(separator: "\n", omittingEmptySubsequences: false).count == 13
    }
  }

  @Test func `a new size of the window is used at once, down to one cell`() throws {
    let tmux = try Tmux()
    try start(tmux)
    for (columns, rows) in [(100, 30), (20, 5), (2, 1), (1, 1), (80, 24)] {
      try tmux.run(["resize-window", "-x", "\(columns)", "-y", "\(rows)"])
    }
    try tmux.wait(for: "the status line at the bottom") { screen in
      (screen.split(separator: "\n").last ?? "").contains("help")
    }
    try tmux.press("q")
    try tmux.wait(for: "the status") { $0.contains("status 0") }
  }

  @Test func `Ctrl-L repairs a spoiled screen`() throws {
    let tmux = try Tmux()
    try start(tmux)
    let good = try tmux.screen()
    try tmux.run(["run-shell", "printf '\\033[2J\\033[Hspoiled' > #{pane_tty}"])
    try tmux.wait(for: "the damage") { $0.contains("spoiled") }
    try tmux.press("C-l")
    try tmux.wait(for: "the repair") { $0 == good }
  }

  @Test func `NO_COLOR and --color never leave no colour`() throws {
    for (environment, options) in [(["NO_COLOR=1"], ""), ([], "--color never")] {
      let tmux = try Tmux(environment: environment)
      try start(tmux, options: options)
      try tmux.press("?")
      try tmux.wait(for: "help") { $0.contains("one step forward") && $0.contains("step 0") }
      let codes = try tmux.coloredScreen().matches(of: /\e\[[0-9;]*(3[0-7]|4[0-7]|9[0-7])[0-9;]*m/)
      #expect(codes.isEmpty)
    }
  }

  @Test func `a script that runs for ever says so, and Escape shows what was recorded`() throws {
    let endless = script + ".endless.py"
    try FileText.write("while True:\n    a = 1\n", to: endless)
    let tmux = try Tmux()
    try tmux.type(line: "clear; \(try Tmux.program) \(endless)")
    try tmux.wait(for: "that it runs") { $0.contains("running") && $0.contains("Esc stops it") }
    try tmux.press("Escape")
    try tmux.wait(for: "the history", seconds: 60) {
      $0.contains("step 0 of") || $0.contains("the run was stopped")
    }
    try tmux.press("C-c")
  }

  @Test func `a locale without UTF-8 shows the same picture`() throws {
    let tmux = try Tmux(environment: ["LC_ALL=C"])
    try start(tmux)
    #expect(try tmux.screen().contains("中文"))
  }

  @Test(arguments: [("dumb", "TERM=dumb"), ("no-such", "TERM=no-such"), ("", "TERM is not set")])
  func `a terminal that cannot do it is named`(type: String, words: String) throws {
    let tmux = try Tmux(columns: 200)
    try tmux.type(line: "clear; TERM=\(type) \(try Tmux.program) \(script); echo status $?")
    let screen = try tmux.wait(for: "the status") { $0.contains("status 2") }
    #expect(screen.contains(words) && screen.contains("replay"))
  }

  @Test(arguments: ["> /tmp/graphtui-terminal-test-out", "< /dev/null"])
  func `no terminal, no picture: one line and a hint`(redirection: String) throws {
    let tmux = try Tmux(columns: 200)
    try tmux.type(line: "clear; \(try Tmux.program) \(script) \(redirection); echo status $?")
    let screen = try tmux.wait(for: "the status") { $0.contains("status 2") }
    #expect(screen.contains("is not a terminal; 'graphtui replay"))
    if redirection.hasPrefix(">") {
      #expect(try FileText.read("/tmp/graphtui-terminal-test-out").isEmpty)
    }
  }
}
