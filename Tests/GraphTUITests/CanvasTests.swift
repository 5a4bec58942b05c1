import Testing

@testable import GraphTUI

@Suite struct CanvasTests {
  @Test func `text is drawn where it is put`() {
    var canvas = Canvas(rows: 2, columns: 8)
    let end = canvas.put("leaf", row: 1, column: 2)
    #expect(canvas.text == "\n  leaf\n")
    #expect(end == 6)
  }

  @Test func `text past an edge is cut on all four sides`() {
    var canvas = Canvas(rows: 2, columns: 4)
    canvas.put("abcdef", row: 0, column: -2)
    canvas.put("abcdef", row: 1, column: 2)
    canvas.put("never", row: -1, column: 0)
    canvas.put("never", row: 2, column: 0)
    #expect(canvas.text == "cdef\n  ab\n")
  }

  @Test func `text stops at its limit of columns`() {
    var canvas = Canvas(rows: 1, columns: 8)
    #expect(canvas.put("中中中", row: 0, column: 0, limit: 5) == 4)
    #expect(canvas.text == "中中\n")
  }

  @Test func `a wide character takes two cells and is never halved`() {
    var canvas = Canvas(rows: 3, columns: 4)
    canvas.put("a中b", row: 0, column: 0)
    canvas.put("xyz中", row: 1, column: 0)
    canvas.put("中", row: 2, column: -1)
    #expect(canvas.text == "a中b\nxyz\n\n")
    #expect(canvas[0, 1].width == 2)
    #expect(canvas[0, 2].width == 0)
  }

  @Test(arguments: [(0, "x b\n"), (1, " xb\n")])
  func `writing over half of a wide character blanks the other half`(column: Int, text: String) {
    var canvas = Canvas(rows: 1, columns: 3)
    canvas.put("中b", row: 0, column: 0)
    canvas.put("x", row: 0, column: column)
    #expect(canvas.text == text)
  }

  @Test func `wide characters written over each other leave no halves`() {
    var canvas = Canvas(rows: 1, columns: 6)
    canvas.put("中中中", row: 0, column: 0)
    canvas.put("字", row: 0, column: 1)
    #expect(canvas.text == " 字 中\n")
    #expect(canvas[row: 0].map(\.width) == [1, 2, 0, 1, 2, 0])
  }

  @Test func `combining marks share the cell of their base`() {
    var canvas = Canvas(rows: 1, columns: 4)
    let end = canvas.put("e\u{301}\u{323}x", row: 0, column: 0)
    #expect(end == 2)
    #expect(canvas[0, 0].text.unicodeScalars.count == 3)
    #expect(canvas[0, 1].text == "x")
  }

  @Test func `a mark without a base and invisible characters leave nothing`() {
    var canvas = Canvas(rows: 1, columns: 4)
    canvas.put("\u{301}\u{200D}\u{202E}a\u{FE0F}", row: 0, column: 0)
    #expect(canvas.text == "a\n")
    #expect(canvas[0, 0].text.unicodeScalars.count == 1)
  }

  @Test func `control characters are shown as pictures`() {
    var canvas = Canvas(rows: 1, columns: 8)
    canvas.put("\u{1B}[2J\t\n\u{7F}\u{9B}", row: 0, column: 0)
    #expect(canvas.text == "␛[2J␉␊␡\u{FFFD}\n")
  }

  @Test func `a part of the canvas has its own origin and clips`() {
    var canvas = Canvas(rows: 4, columns: 6)
    canvas.inset(Rect(row: 1, column: 2, rows: 2, columns: 3)) { canvas in
      #expect(canvas.bounds == Rect(row: 0, column: 0, rows: 2, columns: 3))
      canvas.put("abcdef", row: 0, column: 0)
      canvas.inset(Rect(row: 1, column: 1, rows: 9, columns: 9)) { canvas in
        canvas.fill(canvas.bounds, with: "#")
      }
    }
    #expect(canvas.text == "\n  abc\n   ##\n\n")
  }

  @Test func `a wide character does not leave its part`() {
    var canvas = Canvas(rows: 1, columns: 6)
    canvas.inset(Rect(row: 0, column: 1, rows: 1, columns: 3)) { canvas in
      canvas.put("ab中", row: 0, column: 0)
    }
    #expect(canvas.text == " ab\n")
  }

  @Test func `a box is drawn with the lines of the glyphs`() {
    var canvas = Canvas(rows: 3, columns: 5)
    canvas.box(canvas.bounds, Glyphs.unicode.light)
    #expect(canvas.text == "┌───┐\n│   │\n└───┘\n")
    canvas.box(canvas.bounds, Glyphs.ascii.light)
    #expect(canvas.text == "+---+\n|   |\n+---+\n")
  }

  @Test func `text keeps the ground beneath it`() {
    var canvas = Canvas(rows: 1, columns: 4)
    canvas.fill(canvas.bounds, on: .currentLine)
    canvas.put("x", row: 0, column: 1, .keyword)
    #expect(canvas[0, 1].style == Style(.keyword, on: .currentLine))
  }

  @Test func `an ASCII canvas keeps its columns`() {
    var canvas = Canvas(rows: 1, columns: 6)
    canvas.put("│中e\u{301}x", row: 0, column: 0)
    #expect(canvas.inASCII.text == "????x\n")
    #expect(canvas.inASCII.text.utf8.allSatisfy { $0 < 0x80 })
  }

  @Test func `ANSI text changes the look only where it changes`() {
    var canvas = Canvas(rows: 2, columns: 8)
    canvas.put("ab", row: 0, column: 0, .error)
    canvas.put("cd", row: 0, column: 2, .error)
    canvas.put("e", row: 0, column: 4)
    #expect(
      canvas.ansi(theme: .standard, depth: .sixteen) == "\u{1B}[0;1;31mabcd\u{1B}[me\n\n"
    )
    #expect(canvas.ansi(theme: .standard, depth: .mono) == "\u{1B}[0;1mabcd\u{1B}[me\n\n")
  }

  @Test func `ANSI text keeps blanks that have a background`() {
    var canvas = Canvas(rows: 1, columns: 4)
    canvas.fill(Rect(row: 0, column: 0, rows: 1, columns: 2), on: .selected)
    #expect(
      canvas.ansi(theme: .standard, depth: .sixteen) == "\u{1B}[0;1;7m  \u{1B}[m\n"
    )
  }

  @Test func `nothing is too small to draw on`() {
    for (rows, columns) in [(0, 0), (1, 1), (0, 5), (5, 0)] {
      var canvas = Canvas(rows: rows, columns: columns)
      canvas.box(canvas.bounds, Glyphs.unicode.heavy)
      canvas.put("中文", row: 0, column: 0)
      canvas.lay(.selected, under: Rect(row: -1, column: -1, rows: 9, columns: 9))
      #expect(canvas.totalRows == rows)
    }
  }

  @Test func `a text that is too long ends in an ellipsis`() {
    #expect(Glyphs.unicode.fitted("abcdef", to: 6) == "abcdef")
    #expect(Glyphs.unicode.fitted("abcdef", to: 4) == "abc…")
    #expect(Glyphs.unicode.fitted("中文字", to: 4) == "中…")
    #expect(Glyphs.ascii.fitted("abcdef", to: 4) == "abc~")
    #expect(Glyphs.ascii.fitted("abcdef", to: 0) == "")
  }
}
