import Glibc
import Testing

@testable import GraphTUI

@Suite struct CommandTests {
  @Test func `every command has a row, a key and a help text`() {
    #expect(Set(Command.all.map(\.id)) == Set(Command.ID.allCases))
    #expect(Command.all.count == Command.ID.allCases.count)
    for command in Command.all {
      #expect(!command.keys.isEmpty && !command.help.isEmpty)
      #expect(command.help.count <= 62, "fits beside its keys in 80 columns")
    }
  }

  @Test func `no key gives two commands`() {
    let keys = Command.all.flatMap(\.keys)
    #expect(Set(keys).count == keys.count)
  }

  @Test(
    arguments: [
      ("Right", Command.ID.stepForward), ("Left", .stepBack), ("PageDown", .statementForward),
      ("Up", .statementBack), ("Home", .first), ("Space", .play), ("]", .nextEvent),
      ("C", .runBack), ("Shift-Tab", .previousPane), ("h", .left), ("L", .panRight),
      ("0", .center), ("N", .searchPrevious), ("B", .branches), ("Ctrl-L", .redraw),
      ("Ctrl-Z", .suspend), ("F1", .help), ("Esc", .cancel),
    ]
  )
  func `keys give the commands that people rely on`(name: String, command: Command.ID) throws {
    let key = try #require(Key(name: name))
    #expect(Command.command(for: key) == command)
  }

  @Test func `the document of the keys is up to date`() throws {
    let path = #filePath.replacing("Tests/GraphTUITests/CommandTests.swift", with: "docs/keys.md")
    if getenv("RECORD") != nil {
      try FileText.write(Command.document, to: path)
      Issue.record("recorded docs/keys.md")
    }
    #expect(try FileText.read(path) == Command.document)
  }
}

@Suite struct KeyNameTests {
  @Test func `the name of a key names the key`() {
    for key in Command.all.flatMap(\.keys) { #expect(Key(name: key.name) == key) }
    for key in [Key(.left, [.control, .shift]), Key(.function(12)), .control("a"), Key(.delete)] {
      #expect(Key(name: key.name) == key)
    }
  }

  @Test func `names are read as people write them`() {
    #expect(Key(name: "pgdn") == Key(.pageDown))
    #expect(Key(name: "Return") == Key(.enter))
    #expect(Key(name: "ctrl-L") == .control("l"))
    #expect(Key(name: "→") == Key(.right))
    #expect(Key(name: "-") == .character("-"))
    #expect(Key(name: "Ctrl-") == nil)
    #expect(Key(name: "Rihgt") == nil)
    #expect(Key(name: "F99") == nil)
  }

  @Test func `a script of keys is read word by word`() throws {
    let script = try KeyScript("Right Right / w Enter")
    #expect(
      script.keys == [Key(.right), Key(.right), .character("/"), .character("w"), Key(.enter)]
    )
    #expect(
      try KeyScript("Right*3 j").keys == Array(repeating: Key(.right), count: 3) + [.character("j")]
    )
    #expect(try KeyScript(": 'go 2' Enter").keys.count == 6)
    #expect(try KeyScript("' \"").keys == [.character("'"), .character("\"")])
    #expect(try KeyScript("").keys.isEmpty)
  }

  @Test func `a word that is no key is named`() {
    #expect(throws: KeyScript.UnknownKey(word: "Rihgt")) { try KeyScript("j Rihgt") }
  }
}
