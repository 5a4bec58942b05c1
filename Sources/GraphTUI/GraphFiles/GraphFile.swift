internal import Glibc
internal import GraphLayout

/// A graph that was read from a file, with the place of each edge in it.
struct GraphFile {
  /// The graph.
  var graph = Graph()
  /// Where each edge stands.
  var edgePlaces: [GraphFileError.Place] = []
  /// The direction the file asks for.
  var direction: Direction?
  private var number: [String: Int] = [:]

  /// The position of a node, which is added if it is new.
  mutating func node(_ id: String) -> Int {
    if let known = number[id] { return known }
    number[id] = graph.nodes.count
    graph.nodes.append(Graph.Node(id: id, lines: [GraphFile.printable(id)]))
    return graph.nodes.count - 1
  }

  /// Adds an edge.
  mutating func addEdge(_ edge: Graph.Edge, _ place: GraphFileError.Place) {
    graph.edges.append(edge)
    edgePlaces.append(place)
  }

  /// What to say of a cycle: its nodes in order, at the edge that closes it.
  func cycleError(_ cycle: [Int]) -> GraphFileError {
    let names = (cycle + cycle.prefix(1)).map { graph.nodes[$0].id }
    let closing = graph.edges.firstIndex { $0.source == cycle.last && $0.target == cycle.first }
    return GraphFileError(
      place: closing.map { edgePlaces[$0] },
      message: "the graph has a cycle: " + names.joined(separator: " -> ")
    )
  }

  /// A text in which nothing moves the cursor.
  static func printable(_ text: some StringProtocol) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isControl = scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
      let isBreak = scalar.value == 0x2028 || scalar.value == 0x2029
      result.append(isControl || isBreak ? " " : scalar)
    }
    return String(result)
  }
}

extension GraphFile {
  /// Reads a file of edges, with its labels in a file beside it, or a DOT file.
  ///
  /// - Parameter path: The file, or `-` for the standard input.
  /// - Throws: `GraphFileError` for a file that cannot be read or understood.
  init(path: String) throws(GraphFileError) {
    let bytes = try GraphFile.bytes(path)
    if GraphFile.isDot(path, bytes) {
      var parser = DotParser(bytes)
      self = try parser.parse()
    } else {
      var labels: [UInt8] = []
      if path.hasSuffix(".edges") {
        let beside = path.dropLast(".edges".count) + ".nodes"
        if access(String(beside), F_OK) == 0 { labels = try GraphFile.bytes(String(beside)) }
      }
      self = try EdgeList.read(edges: bytes, labels: labels)
    }
  }

  private static func isDot(_ path: String, _ bytes: [UInt8]) -> Bool {
    if path.hasSuffix(".dot") || path.hasSuffix(".gv") { return true }
    if path.hasSuffix(".edges") { return false }
    return bytes.contains(UInt8(ascii: "{"))
  }

  private static func bytes(_ path: String) throws(GraphFileError) -> [UInt8] {
    let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY)
    guard descriptor >= 0 else { throw failure() }
    defer { if descriptor != STDIN_FILENO { close(descriptor) } }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw failure()
      }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
  }

  private static func failure() -> GraphFileError {
    GraphFileError(place: nil, message: String(cString: strerror(errno)))
  }
}
