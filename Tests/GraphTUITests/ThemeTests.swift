import Testing

@testable import GraphTUI

@Suite struct ThemeTests {
  @Test func `the first theme uses the terminal's own colours only`() {
    for role in Role.allCases {
      for ground in Ground.allCases {
        let look = Theme.standard.appearance(of: Style(role, on: ground), depth: .full)
        #expect(look == look.reduced(to: .sixteen))
        #expect(look.background == .standard)
      }
    }
  }

  @Test(arguments: Theme.all.map(\.name))
  func `without colours no colour is left`(name: String) throws {
    let theme = try #require(Theme.named(name))
    for role in Role.allCases {
      for ground in Ground.allCases {
        let look = theme.appearance(of: Style(role, on: ground), depth: .mono)
        #expect(look.foreground == .standard)
        #expect(look.background == .standard)
      }
    }
  }

  @Test(arguments: Theme.all.map(\.name), ColorDepth.allCases)
  func `what is selected or runs is told apart at every depth`(
    name: String,
    depth: ColorDepth
  ) throws {
    let theme = try #require(Theme.named(name))
    let plain = theme.appearance(of: Style(.text), depth: depth)
    for ground in [Ground.currentExpression, .selected, .changed]
    where name != "dark" || depth > .eight {
      #expect(theme.appearance(of: Style(.text, on: ground), depth: depth) != plain)
    }
  }

  @Test func `colours are reduced to the nearest that a terminal has`() {
    #expect(Color.rgb(255, 0, 0).reduced(to: .indexed) == .indexed(196))
    #expect(Color.rgb(250, 5, 5).reduced(to: .sixteen) == .ansi(9))
    #expect(Color.rgb(250, 5, 5).reduced(to: .eight) == .ansi(1))
    #expect(Color.indexed(244).reduced(to: .sixteen) == .ansi(8))
    #expect(Color.ansi(12).reduced(to: .eight) == .ansi(4))
    #expect(Color.ansi(12).reduced(to: .mono) == .standard)
    #expect(Color.standard.reduced(to: .eight) == .standard)
  }

  @Test func `brightness becomes an attribute where only eight colours exist`() {
    let grey = Appearance(foreground: .ansi(8)).reduced(to: .eight)
    #expect(grey == Appearance(foreground: .standard, attributes: .dim))
    let bright = Appearance(foreground: .ansi(9)).reduced(to: .eight)
    #expect(bright == Appearance(foreground: .ansi(1), attributes: .bold))
  }

  @Test func `escape sequences name colours by depth`() {
    let look = Appearance(foreground: .rgb(1, 2, 3), background: .ansi(12), attributes: .underline)
    #expect(look.escapeSequence == "\u{1B}[0;4;38;2;1;2;3;104m")
    #expect(Appearance(foreground: .indexed(200)).escapeSequence == "\u{1B}[0;38;5;200m")
    #expect(Appearance().escapeSequence == "\u{1B}[m")
  }

  @Test func `a number of colours gives the depth that it allows`() {
    #expect(ColorDepth(colors: -1) == .mono)
    #expect(ColorDepth(colors: 8) == .eight)
    #expect(ColorDepth(colors: 88) == .sixteen)
    #expect(ColorDepth(colors: 256) == .indexed)
  }

  @Test func `every glyph of the ASCII table is ASCII`() {
    let glyphs = Glyphs.ascii
    let texts = Mirror(reflecting: glyphs).children.flatMap { child -> [String] in
      if let text = child.value as? String { return [text] }
      if let texts = child.value as? [String] { return texts }
      return Mirror(reflecting: child.value).children.compactMap { $0.value as? String }
    }
    #expect(texts.count > 60)
    for text in texts { #expect(text.utf8.allSatisfy { $0 < 0x80 } && !text.isEmpty) }
  }
}
