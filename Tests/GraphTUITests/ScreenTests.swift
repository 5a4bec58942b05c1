import Glibc
import Interpreter
import Testing
import Timeline

@testable import GraphTUI

/// The screens in `Screens/`.
///
/// A text file says the history or the script, the size and the keys, and below them the screen that
/// must come out. `RECORD=1` writes what comes out.
@Suite struct ScreenTests {
  @Test(arguments: ScreenFile.all)
  func `a screen is as it was drawn`(name: String) throws {
    var file = try ScreenFile(name)
    let script = try KeyScript(file["keys"] ?? "")
    let size = try #require(ScreenSize(argument: file["size"] ?? "80x24"))
    var explorer = Explorer(try file.timeline)
    _ = explorer.update(.resize(rows: size.rows, columns: size.columns))
    for key in script.keys { _ = explorer.update(.key(key)) }
    let glyphs: Glyphs = file["glyphs"] == "ascii" ? .ascii : .unicode
    let screen = explorer.screen(glyphs: glyphs).text
    if getenv("RECORD") != nil, screen != file.screen {
      file.screen = screen
      try file.write()
      Issue.record("recorded \(name)")
      return
    }
    #expect(screen == file.screen, "\n\(screen)")
  }

  @Test func `there are screens`() {
    #expect(ScreenFile.all.count >= 36)
  }
}

/// The histories that a screen file can name.
private let histories: [String: @Sendable () -> Timeline] = [
  "sample": { Timeline.sample() },
  "training": { Histories.training(rounds: 3) },
  "plain": { Histories.plain() },
]

/// A file of a screen: lines of `field: value`, a line `---`, the screen.
private struct ScreenFile {
  private let path: String
  private var header: [String] = []
  var screen = ""

  static let folder = #filePath.replacing("ScreenTests.swift", with: "Screens/")
  /// The scripts that real PyTorch has run.
  static let scripts = #filePath.replacing(
    "GraphTUITests/ScreenTests.swift",
    with: "ConformanceTests/Cases/"
  )

  static var all: [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".txt") { names.append(name) }
    }
    return names.sorted()
  }

  init(_ name: String) throws {
    path = Self.folder + name
    let lines = try FileText.read(path).split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
    let rule = lines.firstIndex(of: "---") ?? lines.count
    header = Array(lines[..<rule])
    screen = lines[min(rule + 1, lines.count)...].joined(separator: "\n")
  }

  subscript(field: String) -> String? {
    for line in header where line.hasPrefix(field + ": ") {
      return String(line.dropFirst(field.count + 2))
    }
    return nil
  }

  /// The history that is shown: the recording of `script:`, or one made by hand.
  var timeline: Timeline {
    get throws {
      guard let script = self["script"] else {
        let history = try #require(histories[self["history"] ?? "sample"])
        return history()
      }
      let name = String(
        script[(script.lastIndex(of: "/").map(script.index(after:)) ?? script.startIndex)...]
      )
      let bytes = try FileText.bytes(of: Self.scripts + script)
      return Timeline.record(SourceText(name: name, bytes: bytes))
    }
  }

  func write() throws {
    try FileText.write((header + ["---"]).joined(separator: "\n") + "\n" + screen, to: path)
  }
}
