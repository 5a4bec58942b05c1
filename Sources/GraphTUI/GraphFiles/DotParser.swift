internal import GraphLayout

/// Reads the part of the DOT language in which people write graphs: one directed graph of node and
/// edge statements with attributes, subgraphs taken as lists of their nodes.
///
/// Of the attributes `label`, `shape`, `style` and `rankdir` are heeded.
struct DotParser {
  private var lexer: DotLexer
  private var token = DotLexer.Token.end
  private var place = GraphFileError.Place(line: 1, column: 1)
  private var file = GraphFile()
  private var attributes: [[String: String]] = []
  /// Whether an edge that is written twice is one.
  private var isStrict = false
  private var known: [[Int]: Int] = [:]
  /// The scopes that are open, innermost last.
  private var scopes = [Scope()]

  private struct Scope {
    var node: [String: String] = [:]
    var edge: [String: String] = [:]
    /// The nodes that were named in it.
    var members: [Int] = []
    /// What stands before and after it: the ends of an edge statement.
    var sources: [Int]?
    var edges: [Int] = []
    /// Where it begins.
    var place = GraphFileError.Place(line: 1, column: 1)
  }

  /// A parser of a file.
  init(_ bytes: [UInt8]) { lexer = DotLexer(bytes) }

  /// The graph.
  mutating func parse() throws(GraphFileError) -> GraphFile {
    try advance()
    if isWord("strict") {
      isStrict = true
      try advance()
    }
    guard isWord("digraph") else {
      throw error("a directed graph begins with `digraph`")
    }
    try advance()
    if case .mark("{") = token {} else { try advance() }
    try expect("{")
    try statements()
    if token != .end { throw error("nothing may follow the graph") }
    for v in file.graph.nodes.indices { finish(v) }
    return file
  }
}

extension DotParser {
  private func error(_ message: String) -> GraphFileError {
    GraphFileError(place: place, message: message)
  }

  private mutating func advance() throws(GraphFileError) {
    try lexer.skip()
    place = lexer.place
    token = try lexer.token()
  }

  private func isWord(_ word: String) -> Bool {
    if case .word(let text) = token { return text.lowercased() == word }
    return false
  }

  private mutating func expect(_ mark: String) throws(GraphFileError) {
    guard token == .mark(mark) else { throw error("`\(mark)` is missing here") }
    try advance()
  }

  /// A name, with the pieces that `+` joins.
  private mutating func name() throws(GraphFileError) -> String {
    switch token {
    case .word(let text):
      try advance()
      return text
    case .quoted(var text):
      try advance()
      while token == .mark("+") {
        try advance()
        guard case .quoted(let more) = token else { throw error("a string is missing after `+`") }
        text += more
        try advance()
      }
      return text
    case .mark(let mark): throw error("a name is missing before `\(mark)`")
    case .end: throw error("the file ends within the graph")
    }
  }

  /// The attributes in brackets, if there are any.
  private mutating func attributeList() throws(GraphFileError) -> [String: String] {
    var found: [String: String] = [:]
    while token == .mark("[") {
      try advance()
      while token != .mark("]") {
        let key = try name()
        if token == .mark("=") {
          try advance()
          found[key.lowercased()] = try name()
        } else {
          found[key.lowercased()] = "true"
        }
        if token == .mark(",") || token == .mark(";") { try advance() }
      }
      try advance()
    }
    return found
  }
}

extension DotParser {
  /// The statements of the graph and of the subgraphs in it, up to the end of the graph.
  private mutating func statements() throws(GraphFileError) {
    var isOpen = true
    while isOpen {
      switch token {
      case .mark(";"), .mark(","): try advance()
      case .mark("}"):
        try advance()
        if scopes.count == 1 {
          isOpen = false
        } else {
          try closeSubgraph()
        }
      case .mark("{"): try openSubgraph(after: nil, edges: [])
      case .end: throw error("the file ends within the graph")
      default:
        if isWord("subgraph") {
          try openSubgraph(after: nil, edges: [])
        } else {
          try statement()
        }
      }
    }
  }

  private mutating func openSubgraph(
    after sources: [Int]?,
    edges: [Int]
  ) throws(GraphFileError) {
    if isWord("subgraph") {
      try advance()
      if token != .mark("{") { _ = try name() }
    }
    try expect("{")
    var scope = scopes[scopes.count - 1]
    scope.members = []
    scope.sources = sources
    scope.edges = edges
    scope.place = place
    scopes.append(scope)
  }

  /// Goes on with the edge statement of which a subgraph was an end.
  private mutating func closeSubgraph() throws(GraphFileError) {
    let scope = scopes.removeLast()
    scopes[scopes.count - 1].members += scope.members
    var members: [Int] = []
    for v in scope.members where !members.contains(v) { members.append(v) }
    var edges = scope.edges
    if let sources = scope.sources { edges += join(sources, members, scope.place) }
    try edgeStatement(from: members, edges)
  }

  private mutating func statement() throws(GraphFileError) {
    for kind in ["graph", "node", "edge"] where isWord(kind) {
      try advance()
      let found = try attributeList()
      switch kind {
      case "node": scopes[scopes.count - 1].node.merge(found) { $1 }
      case "edge": scopes[scopes.count - 1].edge.merge(found) { $1 }
      default: if let value = found["rankdir"] { try turn(value) }
      }
      return
    }
    let id = try name()
    if token == .mark("=") {
      try advance()
      let value = try name()
      if id.lowercased() == "rankdir", scopes.count == 1 { try turn(value) }
      return
    }
    let v = try node(id)
    if token == .mark("->") || token == .mark("--") {
      try edgeStatement(from: [v], [])
    } else {
      attributes[v].merge(try attributeList()) { $1 }
    }
  }

  /// What follows the first end of an edge statement, up to a subgraph, whose end goes on with it.
  private mutating func edgeStatement(
    from first: [Int],
    _ known: [Int]
  ) throws(GraphFileError) {
    var sources = first
    var edges = known
    while token == .mark("->") || token == .mark("--") {
      if token == .mark("--") { throw error("`--` joins nodes of undirected graphs only") }
      try advance()
      if token == .mark("{") || isWord("subgraph") {
        try openSubgraph(after: sources, edges: edges)
        return
      }
      let place = place
      let v = try node(try name())
      edges += join(sources, [v], place)
      sources = [v]
    }
    let found = try attributeList()
    for e in edges {
      let style = found["style"] ?? scopes[scopes.count - 1].edge["style"] ?? ""
      if style.contains("dashed") || style.contains("dotted") { file.graph.edges[e].line = .dashed }
    }
  }

  private mutating func join(
    _ sources: [Int],
    _ targets: [Int],
    _ place: GraphFileError.Place
  ) -> [Int] {
    var edges: [Int] = []
    for source in sources {
      for target in targets {
        if isStrict, let edge = known[[source, target]] {
          edges.append(edge)
          continue
        }
        if isStrict { known[[source, target]] = file.graph.edges.count }
        edges.append(file.graph.edges.count)
        file.addEdge(Graph.Edge(source: source, target: target), place)
      }
    }
    return edges
  }

  /// The node of a name, with the port after it skipped.
  private mutating func node(_ id: String) throws(GraphFileError) -> Int {
    while token == .mark(":") {
      try advance()
      _ = try name()
    }
    let v = file.node(id)
    if v == attributes.count { attributes.append(scopes[scopes.count - 1].node) }
    scopes[scopes.count - 1].members.append(v)
    return v
  }

  private mutating func turn(_ value: String) throws(GraphFileError) {
    switch value.uppercased() {
    case "BT": file.direction = .bottomToTop
    case "LR", "RL": file.direction = .leftToRight
    default: file.direction = .topToBottom
    }
  }

  /// Gives a node its text and its shape.
  private mutating func finish(_ v: Int) {
    let id = file.graph.nodes[v].id
    let found = attributes[v]
    let shape = found["shape"] ?? ""
    var style = Graph.Node.Style.box
    switch shape {
    case "point": style = .dot
    case "plaintext", "plain", "none": style = .line
    case "doublecircle", "doubleoctagon": style = .double
    case "ellipse", "oval", "circle", "Mrecord": style = .rounded
    default:
      let drawn = found["style"] ?? ""
      if drawn.contains("rounded") { style = .rounded }
      if drawn.contains("dashed") || drawn.contains("dotted") { style = .dashed }
    }
    let label = found["label"] ?? "\\N"
    file.graph.nodes[v] = Graph.Node(id: id, lines: DotParser.lines(label, id), style: style)
  }

  /// The lines of a label: `\n`, `\l` and `\r` end one, `\N` is the node's name.
  private static func lines(_ label: String, _ id: String) -> [String] {
    var lines: [String] = []
    var line = ""
    var isEscaped = false
    for character in label {
      if isEscaped {
        isEscaped = false
        switch character {
        case "n", "l", "r":
          lines.append(line)
          line = ""
        case "N": line += id
        default: line.append(character)
        }
      } else if character == "\\" {
        isEscaped = true
      } else if character == "\n" {
        lines.append(line)
        line = ""
      } else {
        line.append(character)
      }
    }
    lines.append(line)
    while lines.count > 1, lines.last?.isEmpty == true { lines.removeLast() }
    while lines.count > 1, lines.first?.isEmpty == true { lines.removeFirst() }
    return lines.map { GraphFile.printable($0) }
  }
}
