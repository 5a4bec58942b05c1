import Testing
import Timeline

@testable import GraphTUI

@Suite struct ReplayTests {
  private func player(_ timeline: Timeline = .sample()) -> Player {
    Player(
      timeline,
      size: ScreenSize(columns: 80, rows: 24),
      glyphs: .unicode,
      theme: .standard,
      depth: .full
    )
  }

  @Test func `a frame for every statement or operation`() {
    var player = player()
    player.step(by: .statement, from: 0, to: .max)
    #expect(
      player.frames.map(\.title) == [0, 1, 2, 3, 4, 5, 7].map { "step \($0) of 7" }
    )
    player = self.player()
    player.step(by: .operation, from: 5, to: 6)
    #expect(player.frames.map(\.title) == ["step 5 of 7", "step 6 of 7"])
  }

  @Test func `keys make the frames that a person would see`() throws {
    var player = player()
    player.press(try KeyScript("Right Right / w Enter q Right").keys)
    #expect(player.frames.count == 6)
    #expect(player.frames[2].title == "key Right")
    #expect(player.frames[3].canvas.text.contains("\n/\n"))
  }

  @Test func `text has one title and as many lines as the screen a frame`() {
    var player = player()
    player.step(by: .operation, from: 0, to: 1)
    let lines = player.text(.text, speed: 1, title: "x").split(
      separator: "\n",
      omittingEmptySubsequences: false
    )
    #expect(lines.count == 51)
    #expect(lines[0] == "=== step 0 of 7 ===")
    #expect(lines[25] == "=== step 1 of 7 ===")
  }

  @Test func `a cast has a header and two events a frame, with no bare control characters`() {
    var player = player()
    player.step(by: .statement, from: 0, to: .max)
    let lines = player.text(.cast, speed: 4, title: "a\"b\\c\n").split(separator: "\n")
    #expect(lines.count == 15)
    let header =
      "{\"version\": 2, \"width\": 80, \"height\": 24, \"title\": \"graphtui a\\\"b\\\\c\\n\"}"
    #expect(lines[0] == header)
    #expect(lines[3].hasPrefix("[0.250, \"m\", \"step 1 of 7\"]"))
    for line in lines { #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 }) }
  }

  @Test func `sizes are read as people write them`() {
    #expect(ScreenSize(argument: "100x30") == ScreenSize(columns: 100, rows: 30))
    for wrong in ["80", "x24", "0x24", "80x24x1", "ax1", "5000x2"] {
      #expect(ScreenSize(argument: wrong) == nil)
    }
  }
}
