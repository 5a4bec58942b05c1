import GraphLayout
import Testing

@Suite struct CellWidthTests {
  @Test(
    arguments: [
      ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("中文", 4), ("ｗ", 2), ("ア", 2), ("│┼▼", 3),
      ("∂x", 2), ("한글", 4), ("\u{1112}\u{1161}\u{11AB}", 2), ("🙂", 2), ("a\u{200B}b", 2),
      ("👩\u{200D}👧", 4), ("\u{0E01}\u{0E33}", 2), ("\u{20000}", 2), ("\u{10FFFF}", 1), ("\t", 1),
    ]
  )
  func `a text is as wide as the cells it takes`(text: String, cells: Int) {
    #expect(CellWidth.of(text) == cells)
  }
}
