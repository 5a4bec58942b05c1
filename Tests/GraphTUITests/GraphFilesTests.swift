import GraphLayout
import Testing

@testable import GraphTUI

@Suite struct GraphFilesTests {
  private func dot(_ text: String) throws(GraphFileError) -> GraphFile {
    var parser = DotParser(Array(text.utf8))
    return try parser.parse()
  }

  private func edges(_ file: GraphFile) -> [String] {
    file.graph.edges.map { edge in
      let mark = edge.line == .dashed ? "~" : ">"
      return file.graph.nodes[edge.source].id + mark + file.graph.nodes[edge.target].id
    }
  }

  @Test(
    arguments: [
      ("digraph { a -> b -> c }", ["a>b", "b>c"]),
      ("strict digraph G { a -> {b c} -> d; a -> b -> d }", ["a>b", "a>c", "b>d", "c>d"]),
      ("digraph { {a b} -> c [style=dashed] }", ["a~c", "b~c"]),
      (
        "digraph { edge [style=dotted]; a -> b; subgraph s { edge [style=solid] b -> c } c -> d }",
        ["a~b", "b>c", "c~d"]
      ),
      ("digraph { subgraph cluster_0 { label=x; a; b } -> c:n:sw }", ["a>c", "b>c"]),
      (
        "digraph \"g\" { // none\n/* a -> b */ \"a b\" -> \"c\" + \"d\";\n# line\n-1.5 -> _x }",
        ["a b>cd", "-1.5>_x"]
      ),
      ("digraph{}", []),
    ]
  )
  func `DOT files are read as people write them`(text: String, expected: [String]) throws {
    #expect(edges(try dot(text)) == expected)
  }

  @Test func `labels, shapes and directions of DOT files are heeded`() throws {
    let file = try dot(
      #"""
      digraph {
        rankdir=BT
        node [shape=box, style="filled,rounded"]
        a [label="\n (2, 3)\lsecond\n"]
        b [shape=point]; c [shape=plaintext label=<x<BR/><b>y</b>>]; d [label="is \N\t\"q\""]
      }
      """#
    )
    #expect(file.direction == .bottomToTop)
    #expect(
      file.graph.nodes.map { $0.lines } == [
        [" (2, 3)", "second"], ["b"], ["x", "y"], [#"is dt"q""#],
      ]
    )
    #expect(file.graph.nodes.map { $0.style } == [.rounded, .dot, .line, .rounded])
  }

  @Test(
    arguments: [
      ("graph { a -- b }", "f:1:1: a directed graph begins with `digraph`"),
      ("digraph {\n  a -- b\n}", "f:2:5: `--` joins nodes of undirected graphs only"),
      ("digraph { a -> ", "f:1:16: the file ends within the graph"),
      ("digraph { a -> ; }", "f:1:16: a name is missing before `;`"),
      ("digraph { \"a }", "f:1:11: the string has no end"),
      ("digraph { /* }", "f:1:11: the comment has no end"),
      ("digraph { a ? b }", "f:1:13: `?` cannot stand here"),
      ("digraph { a } b", "f:1:15: nothing may follow the graph"),
    ]
  )
  func `what is wrong with a DOT file is said with its place`(text: String, line: String) throws {
    let error = try #require(throws: GraphFileError.self) { try dot(text) }
    #expect(error.line(file: "f") == line)
  }

  @Test func `edges and labels are read line by line`() throws {
    let file = try EdgeList.read(
      edges: Array("# edges\n0 1\n\n 1\t2 \r\n".utf8),
      labels: Array("2\tloss\tfinal\n0\tx\u{7}\n".utf8)
    )
    #expect(edges(file) == ["0>1", "1>2"])
    #expect(file.graph.nodes.map { $0.lines } == [["loss final"], ["x "], ["1"]])
  }

  @Test(
    arguments: [
      ("0 1\n2\n", "", "f:2:2: an edge needs a line `source target`"),
      ("0 1 2\n", "", "f:1:5: an edge needs a line `source target`"),
      ("0 1\n", "0 x\n", "f:1:1: a label needs a line `id<TAB>label`"),
    ]
  )
  func `a bad line is named`(edges: String, labels: String, line: String) throws {
    let error = try #require(throws: GraphFileError.self) {
      try EdgeList.read(edges: Array(edges.utf8), labels: Array(labels.utf8))
    }
    #expect(error.line(file: "f") == line)
  }

  @Test func `a cycle is named at the edge that closes it`() throws {
    let file = try dot("digraph {\n a -> b -> c\n x -> a\n c -> a\n}")
    let error = try #require(throws: LayoutError.self) { try Layout().layOut(file.graph) }
    guard case .cycle(let cycle) = error else {
      Issue.record("\(error)")
      return
    }
    let line = file.cycleError(cycle).line(file: "f")
    #expect(line == "f:4:7: the graph has a cycle: a -> b -> c -> a")
  }
}
