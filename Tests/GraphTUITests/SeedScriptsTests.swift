import Testing

@testable import GraphTUI

/// The first scripts of the conformance cases, explored by fingers in a real terminal.
@Suite(.serialized, .enabled(if: Tmux.isInstalled, "tmux is not installed"))
struct SeedScriptsTests {
  /// A script in a terminal.
  struct Case: CustomTestStringConvertible, Sendable {
    var script: String
    var columns = 80
    var rows = 24
    var setting: String?

    var testDescription: String { "\(script) \(columns)x\(rows) \(setting ?? "")" }

    static let scripts = [
      "data_inplace_update", "data_read", "descent_each_way", "detach_then_inplace",
      "leaf_inplace_error", "no_grad_update", "rebind_loses_leaf", "retain_grad_after_rebind",
    ]

    static let all =
      scripts.flatMap { script in
        [(80, 24), (100, 30), (200, 60), (40, 12)].map { columns, rows in
          Case(script: script, columns: columns, rows: rows)
        }
      } + [
        Case(script: "no_grad_update", setting: "TERM=vt100"),
        Case(script: "leaf_inplace_error", setting: "LC_ALL=C"),
      ]
  }

  private static let folder = #filePath.replacing(
    "GraphTUITests/SeedScriptsTests.swift",
    with: "ConformanceTests/Cases/seed/"
  )

  @Test(arguments: Case.all)
  func `fingers get to the end, back to the start and out`(scene: Case) throws {
    let tmux = try Tmux(columns: scene.columns, rows: scene.rows)
    let file = Self.folder + scene.script + ".py"
    let program = (scene.setting.map { $0 + " " } ?? "") + (try Tmux.program)
    try tmux.type(line: "clear; \(program) \(file); echo status $?")
    let last = try lastStep(of: tmux.wait(for: "the explorer") { try lastStep(of: $0) != nil })
    let end = try #require(last)
    // A VT100 has no key End and no key Home.
    let hasHome = scene.setting != "TERM=vt100"
    for (key, count, step) in [
      hasHome ? ("End", 1, end) : ("Right", end, end), ("Right", 1, end), ("Left", 1, end - 1),
      hasHome ? ("Home", 1, 0) : ("Left", end, 0), ("Left", 1, 0),
    ] {
      try tmux.press("-N", "\(count)", key)
      try tmux.wait(for: "step \(step) after \(key)") { try self.step(in: $0) == step }
    }
    try tmux.press("q")
    try tmux.wait(for: "the prompt") { $0.contains("status 0\n$") }
    #expect(try tmux.value("#{alternate_on} #{cursor_flag} #{mouse_any_flag}") == "0 1 0")
    try tmux.type(line: "clear; stty -a | grep -o ' -*echo \\| -*icanon'")
    try tmux.wait(for: "echo and canonical input") {
      $0.contains("\n echo") && $0.contains(" icanon") && !$0.contains("-icanon\n")
    }
  }

  /// The steps of the status line, `step 3 of 12`.
  private func lastStep(of screen: String) throws -> Int? {
    try screen.firstMatch(of: Regex("step +[0-9]+ of ([0-9]+)", as: (Substring, Substring).self))
      .flatMap { Int($0.1) }
  }

  private func step(in screen: String) throws -> Int? {
    try screen.firstMatch(of: Regex("step +([0-9]+) of [0-9]+", as: (Substring, Substring).self))
      .flatMap { Int($0.1) }
  }
}
