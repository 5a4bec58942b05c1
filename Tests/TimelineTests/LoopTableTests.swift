import Interpreter
import Testing

@testable import Timeline

@Suite struct LoopTableTests {
  @Test func `statements know the rounds of the loops that they run in`() {
    let script = """
      for i in range(2):
        for j in range(2):
          f()
        g()
      h()
      """
    let source = SourceText(name: "x.py", bytes: Array(script.utf8))
    var rounds = LoopRounds(LoopTable(of: source))
    var tables = SharedTables()
    // The head of a loop runs again after each round.
    let lines = [1, 2, 3, 2, 3, 2, 4, 1, 2, 3, 2, 4, 1, 5]
    let starts = [0, 21, 44, 50, 54]
    var shown: [String] = []
    for line in lines {
      rounds.begin(starts[line - 1], depth: 0, &tables)
      let path = tables.loopPath(rounds.path).map { "\($0.line):\($0.iteration)" }
      shown.append(path.joined(separator: " "))
    }
    #expect(
      shown == [
        "", "1:0", "1:0 2:0", "1:0 2:0", "1:0 2:1", "1:0 2:1", "1:0", "1:0", "1:1", "1:1 2:0",
        "1:1 2:0", "1:1", "1:1", "",
      ]
    )
  }
}
