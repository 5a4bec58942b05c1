internal import GraphLayout

/// The plainest graph files: `source target` on each line.
///
/// A second file has `id<TAB>label` on each line. Empty lines and lines of edges that begin with
/// `#` say nothing.
enum EdgeList {
  /// Reads both files.
  static func read(edges: [UInt8], labels: [UInt8]) throws(GraphFileError) -> GraphFile {
    var file = GraphFile()
    var number = 0
    for line in labels.split(separator: 10, omittingEmptySubsequences: false) {
      number += 1
      var line = line
      if line.last == 13 { line.removeLast() }
      guard !line.isEmpty else { continue }
      guard let tab = line.firstIndex(of: 9) else {
        let place = GraphFileError.Place(line: number, column: 1)
        throw GraphFileError(place: place, message: "a label needs a line `id<TAB>label`")
      }
      let v = file.node(String(decoding: line[..<tab], as: UTF8.self))
      let label = GraphFile.printable(String(decoding: line[(tab + 1)...], as: UTF8.self))
      file.graph.nodes[v] = Graph.Node(id: file.graph.nodes[v].id, lines: [label])
    }
    number = 0
    for line in edges.split(separator: 10, omittingEmptySubsequences: false) {
      number += 1
      if line.first == UInt8(ascii: "#") { continue }
      let fields = line.split { $0 == 32 || $0 == 9 || $0 == 13 }
      if fields.isEmpty { continue }
      guard fields.count == 2 else {
        let last = fields.count == 1 ? fields[0].endIndex : fields[2].startIndex
        let before = line[line.startIndex..<last]
        let place = GraphFileError.Place(
          line: number,
          column: String(decoding: before, as: UTF8.self).count + 1
        )
        throw GraphFileError(place: place, message: "an edge needs a line `source target`")
      }
      let column = String(decoding: line[line.startIndex..<fields[0].startIndex], as: UTF8.self)
      let source = file.node(String(decoding: fields[0], as: UTF8.self))
      let target = file.node(String(decoding: fields[1], as: UTF8.self))
      file.addEdge(
        Graph.Edge(source: source, target: target),
        GraphFileError.Place(line: number, column: column.count + 1)
      )
    }
    return file
  }
}
