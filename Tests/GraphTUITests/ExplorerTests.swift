import GraphLayout
import Interpreter
import Testing
import Timeline

@testable import GraphTUI

@Suite struct ExplorerTests {
  private func explorer(
    _ timeline: Timeline = .sample(),
    rows: Int = 24,
    columns: Int = 80,
    keys: String = ""
  ) throws -> Explorer {
    var explorer = Explorer(timeline)
    _ = explorer.update(.resize(rows: rows, columns: columns))
    try press(keys, &explorer)
    return explorer
  }

  private func press(_ keys: String, _ explorer: inout Explorer) throws {
    for key in try KeyScript(keys).keys { _ = explorer.update(.key(key)) }
  }

  @Test(
    arguments: [
      ("Right", 1), ("Right Right Left", 1), ("Left", 0), ("Down*4", 4), ("Down*6", 7),
      ("End", 7), ("End Home", 0), ("End Up", 5), ("PageDown PageDown", 2), ("]", 5), ("] ]", 7),
      ("End [", 5), ("g 3 Enter", 3), ("g 'line 4' Enter", 4), ("g '99' Enter", 0), ("c", 5),
      ("c c", 7), ("End C", 5), (": '4' Enter", 4), (": 'goto 6' Enter", 6),
      (": 'last' Enter", 7), ("/ 'add_' Enter", 5), ("/ 'mul' Enter n", 4),
      ("End / 'mul' Enter N N", 4), ("g 3 Escape Right", 1), ("g 'line' Backspace*5 Right", 1),
    ]
  )
  func `keys move in time`(keys: String, step: Int) throws {
    #expect(try explorer(keys: keys).cursor.step == step)
  }

  @Test func `time runs until the end and stops there`() throws {
    var explorer = try explorer(keys: "Space")
    #expect(explorer.patience == 700)
    try press("+ +", &explorer)
    #expect(explorer.patience == 200)
    for _ in 0..<20 { _ = explorer.update(.tick) }
    #expect(explorer.cursor.step == explorer.lastStep)
    #expect(explorer.patience == nil)
  }

  @Test func `the selection follows what each step does until it is held`() throws {
    var explorer = try explorer(keys: "Down*3")
    #expect(explorer.selection == .tensor(TensorID(2)))
    try press("k", &explorer)
    #expect(explorer.pinned == .tensor(TensorID(1)))
    try press("Down", &explorer)
    #expect(explorer.selection == .tensor(TensorID(1)))
    try press("Escape", &explorer)
    #expect(explorer.selection == .tensor(TensorID(3)))
  }

  @Test func `h j k l select the nearest box in their direction`() throws {
    var explorer = try explorer(rows: 40, columns: 120, keys: "Down*5 k")
    #expect(explorer.selection == .node(NodeID(2)))
    try press("k", &explorer)
    #expect(explorer.selection == .tensor(TensorID(1)))
    try press("j j", &explorer)
    #expect(explorer.selection == .node(NodeID(4)))
    try press("h", &explorer)
    #expect(explorer.selection == .node(NodeID(3)))
    try press("l", &explorer)
    #expect(explorer.selection == .node(NodeID(4)))
  }

  @Test func `last write and next read of a storage are found`() throws {
    var explorer = try explorer(keys: "Down*4")
    try press("k Tab", &explorer)
    #expect(explorer.selection == .node(NodeID(2)))
    try press("Shift-Tab End", &explorer)
    explorer.pin(.tensor(TensorID(2)))
    try press("w", &explorer)
    #expect(explorer.cursor.step == 5)
    try press("w", &explorer)
    #expect(explorer.cursor.step == 5 && explorer.note.contains("no write"))
    try press("g '3' Enter r", &explorer)
    #expect(explorer.cursor.step == 4)
  }

  @Test func `a breakpoint stops the run on its line`() throws {
    var explorer = try explorer(keys: "Down*4 b Home c")
    #expect(explorer.breakpoints == [4])
    #expect(explorer.cursor.step == 4)
    try press("b", &explorer)
    #expect(explorer.breakpoints.isEmpty)
  }

  @Test func `panes take the focus in turn and by number`() throws {
    var explorer = try explorer(keys: "1")
    #expect(explorer.focus == .source)
    try press("Tab", &explorer)
    #expect(explorer.focus == .graph)
    try press("Shift-Tab Shift-Tab", &explorer)
    #expect(explorer.focus == .output)
    try press("3 m", &explorer)
    #expect(explorer.layout.kind == .single)
    #expect(explorer.layout.panes.keys.first == .tensor)
  }

  @Test func `commands ask the outside for what only it can do`() throws {
    var explorer = try explorer()
    guard case .quit = explorer.update(.key(.character("q"))) else {
      Issue.record("q does not quit")
      return
    }
    guard case .suspend = explorer.update(.key(.control("z"))) else {
      Issue.record("Ctrl-Z does not suspend")
      return
    }
    guard case .mouse(false) = explorer.update(.key(.character("M"))) else {
      Issue.record("M does not leave the mouse")
      return
    }
    try press(": 'theme light'", &explorer)
    guard case .theme(let theme) = explorer.update(.key(Key(.enter))) else {
      Issue.record(":theme does not change the theme")
      return
    }
    #expect(theme.name == "light")
    #expect(explorer.patience == nil)
  }

  @Test func `q and Escape close what lies over the panes before they quit`() throws {
    for key in ["q", "Escape", "?"] {
      var explorer = try explorer(keys: "?")
      guard case .none = explorer.update(.key(try #require(Key(name: key)))) else {
        Issue.record("\(key) quits from help")
        continue
      }
      guard case .none = explorer.overlay else {
        Issue.record("\(key) leaves the help open")
        continue
      }
    }
  }

  @Test func `a click selects, moves in time and takes the focus`() throws {
    var explorer = try explorer(keys: "Down*4")
    let line = explorer.layout.timeline
    _ = explorer.update(.mouse(.press, row: line.row, column: 0))
    #expect(explorer.cursor.step == 0)
    _ = explorer.update(.mouse(.press, row: line.endRow - 1, column: 79))
    #expect(explorer.cursor.step == 7)
    _ = explorer.update(.mouse(.press, row: 3, column: 5))
    #expect(explorer.focus == .source)
    #expect(explorer.sourceCursor == 3)
    let screen = explorer.screen(glyphs: .unicode).text.split(
      separator: "\n",
      omittingEmptySubsequences: false
    )
    let row = try #require(
      screen.firstIndex { $0.contains("AddBackward0  ║") || $0.contains("AddBackward0   │") }
    )
    _ = explorer.update(.mouse(.press, row: row, column: 65))
    #expect(explorer.pinned == .node(NodeID(4)))
  }

  @Test func `nothing that is on the screen moves when time does`() throws {
    for timeline in [Timeline.sample(), Histories.training(rounds: 4)] {
      var explorer = try explorer(timeline, rows: 50, columns: 160)
      var places: [Entity: GraphLayout.Rect] = [:]
      let origin = explorer.origin
      for step in 0...explorer.lastStep {
        explorer.move(to: step)
        #expect(explorer.origin == origin)
        for box in explorer.map.boxes.indices {
          guard let occupant = explorer.map.occupant(of: box, at: step) else { continue }
          let place = explorer.map.drawing.boxes[box]
          #expect(places[occupant.entity, default: place] == place)
          places[occupant.entity] = place
        }
      }
    }
  }

  @Test(arguments: [false, true])
  func `the graphs of the rounds of a loop take turns in the same boxes`(late: Bool) throws {
    let explorer = try explorer(Histories.training(rounds: 50, dropsLate: late))
    #expect(explorer.map.boxes.count == 2)
    #expect(explorer.map.boxes[1].occupants.count == 50)
  }

  @Test func `a moment looks the same whichever way one comes to it`() throws {
    for timeline in [Timeline.sample(), Histories.training(rounds: 3)] {
      var forward: [String] = []
      var explorer = try explorer(timeline, rows: 60, columns: 160)
      for step in 0...explorer.lastStep {
        explorer.move(to: step)
        forward.append(explorer.screen(glyphs: .unicode).text)
      }
      for step in (0...explorer.lastStep).reversed() {
        explorer.move(to: step)
        #expect(explorer.screen(glyphs: .unicode).text == forward[step])
      }
    }
  }

  @Test(arguments: 0..<4)
  func `any keys and any sizes leave it alive`(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    var explorer = try explorer(seed % 2 == 0 ? .sample() : Histories.training(rounds: 3))
    let keys =
      Command.all.flatMap(\.keys).filter { $0 != .character("q") }
      + "0123456789line add_".map { Key.character($0) }
    for _ in 0..<400 {
      switch Int.random(in: 0..<20, using: &random) {
      case 0:
        let size = (Int.random(in: 0..<70, using: &random), Int.random(in: 0..<210, using: &random))
        _ = explorer.update(.resize(rows: size.0, columns: size.1))
      case 1:
        let row = Int.random(in: -1..<60, using: &random)
        let column = Int.random(in: -1..<200, using: &random)
        let actions: [Event.MouseAction] = [.press, .release, .wheelUp, .wheelDown]
        let action = try #require(actions.randomElement(using: &random))
        _ = explorer.update(.mouse(action, row: row, column: column))
      case 2: _ = explorer.update(.tick)
      default:
        _ = explorer.update(.key(try #require(keys.randomElement(using: &random))))
      }
      let canvas = explorer.screen(glyphs: .ascii)
      #expect(canvas.totalRows == explorer.rows && canvas.totalColumns == explorer.columns)
      #expect(canvas.text.utf8.allSatisfy { $0 < 0x80 })
    }
  }
}

/// A small generator, so that a failing seed can be run again.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

@Suite struct PaneLayoutTests {
  @Test func `panes fill the window and do not overlap`() {
    for rows in 1..<70 {
      for columns in stride(from: 1, to: 220, by: 7) {
        let layout = PaneLayout(rows: rows, columns: columns, focus: .graph, isMaximized: false)
        guard layout.kind != .tooSmall else { continue }
        var covered = [Int](repeating: 0, count: rows * columns)
        let areas =
          Array(layout.panes.values) + layout.separators
          + [layout.timeline, layout.status, layout.hints]
        for area in areas {
          for row in area.row..<area.endRow {
            for column in area.column..<area.endColumn { covered[row * columns + column] += 1 }
          }
        }
        #expect(covered.allSatisfy { $0 == 1 }, "\(columns)x\(rows)")
        for pane in Pane.allCases where layout.panes[pane] != nil {
          #expect((layout.inside(pane)?.rows ?? 0) >= 1, "\(pane) at \(columns)x\(rows)")
        }
      }
    }
  }

  @Test func `the usual sizes show every pane`() {
    for (rows, columns) in [(24, 80), (30, 100), (60, 200), (50, 70), (43, 132)] {
      let layout = PaneLayout(rows: rows, columns: columns, focus: .graph, isMaximized: false)
      #expect(layout.panes.count == 4)
    }
  }
}

@Suite struct TimelinePaneTests {
  @Test(arguments: [2, 8, 80, 300])
  func `every step has a column and the ends are at the ends`(columns: Int) {
    let timeline = Histories.training(rounds: 20)
    let pane = TimelinePane(marks: HistoryMarks(timeline).marks, step: 0)
    let last = timeline.steps.count - 1
    #expect(pane.column(of: 0, columns: columns) == 0)
    #expect(pane.column(of: last, columns: columns) == columns - 1)
    #expect(pane.step(atColumn: 0, columns: columns) == 0)
    #expect(pane.step(atColumn: columns - 1, columns: columns) == last)
  }
}

@Suite struct SourceLinesTests {
  @Test func `tabs are expanded and characters keep their places in bytes`() {
    let lines = SourceLines(.init(name: "a.py", text: "é\tx = '中'\nif y: pass  # no\n"))
    #expect(lines.count == 2)
    let first = lines.pieces(ofLine: 1)
    #expect(first.map(\.width).prefix(3) == [1, 3, 1])
    #expect(first.map(\.offset).prefix(4) == [0, 2, 3, 4])
    #expect(first[7].text == "中" && first[7].width == 2 && first[7].role == .string)
    let second = lines.pieces(ofLine: 2)
    #expect(second[0].role == .keyword && second[3].role == .code)
    #expect(second.last?.role == .comment)
  }

  @Test(
    arguments: [
      ("x = 1.5e3", 4, Role.number), ("'''a\nb'''", 4, .string), ("f'{x}'", 0, .string),
      ("return x", 0, .keyword), ("returns", 0, .code), ("'\\'' # c", 5, .comment),
      ("'open\nx", 6, .code),
    ]
  )
  func `the colours of a script`(text: String, offset: Int, role: Role) {
    #expect(PythonColors(Array(text.utf8))[offset] == role)
  }

  @Test func `a text that ends in the middle of something is coloured too`() {
    for text in ["'", "'''", "f\"", "#", "1.", "\\", "'\\", "é"] {
      #expect(PythonColors(Array(text.utf8))[0] != .error)
    }
  }
}
