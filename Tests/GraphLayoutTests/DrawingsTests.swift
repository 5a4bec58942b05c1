import Glibc
import GraphLayout
import Testing

@Suite struct DrawingsTests {
  @Test(arguments: DrawingFile.names)
  func `a graph is drawn as its file shows`(name: String) throws {
    let file = try DrawingFile(name: name)
    let picture = try file.draw()
    if picture != file.picture, getenv("RECORD") != nil { try file.record(picture) }
    #expect(picture == file.picture)
  }
}
