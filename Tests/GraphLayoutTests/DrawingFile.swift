import Glibc
import GraphLayout

/// A file of `Drawings`: settings and a graph above, the picture below, after a line of dashes.
struct DrawingFile {
  /// The name, without the ending.
  let name: String
  /// The lines above the dashes.
  let source: [String]
  /// The picture that is expected.
  let picture: String

  static let folder = "\(#filePath.dropLast("DrawingFile.swift".count))Drawings/"
  private static let dashes = "----"

  /// The names of all files.
  static var names: [String] {
    guard let folder = opendir(folder) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasSuffix(".txt") { names.append(String(name.dropLast(4))) }
    }
    return names.sorted()
  }

  init(name: String) throws {
    self.name = name
    let text = try TextFile.read(Self.folder + name + ".txt")
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    let end = lines.firstIndex(of: Self.dashes) ?? lines.endIndex
    source = Array(lines[..<end])
    picture = lines[end...].dropFirst().map { $0 + "\n" }.joined()
  }

  /// Writes a new picture below the source.
  func record(_ picture: String) throws {
    let text = source.map { $0 + "\n" }.joined() + Self.dashes + "\n" + picture
    try TextFile.write(text, Self.folder + name + ".txt")
  }

  /// The picture that the source asks for.
  ///
  /// Lines of it are settings (`direction leftToRight`, `ascii`, `spacing 0 1 0`), nodes
  /// (`a: label / second line`, `a (rounded): label`) and edges (`a b c`: from `a` to `b` and `c`,
  /// `a ~ b` for a broken line, `a > b` for a stub).
  func draw() throws -> String {
    var graph = Graph()
    var layout = Layout()
    var glyphs = LineGlyphs.unicode
    var numbers: [String: Int] = [:]
    func node(_ id: String) -> Int {
      if let v = numbers[id] { return v }
      numbers[id] = graph.nodes.count
      graph.nodes.append(Graph.Node(id: id, lines: [id]))
      return graph.nodes.count - 1
    }
    for line in source where !line.isEmpty && !line.hasPrefix("#") {
      let words = line.split(separator: " ").map(String.init)
      if words[0] == "direction", let direction = Direction(rawValue: words[1]) {
        layout.direction = direction
      } else if words[0] == "width", let width = Int(words[1]) {
        layout.width = width
      } else if words[0] == "spacing" {
        let cells = words.dropFirst().compactMap { Int($0) }
        layout.spacing = Spacing(nodes: cells[0], lines: cells[1], ranks: cells[2])
      } else if words[0] == "ascii" {
        glyphs = .ascii
      } else if let colon = line.firstIndex(of: ":") {
        let head = line[..<colon].split { $0 == " " || $0 == "(" || $0 == ")" }.map(String.init)
        let lines = String(line[line.index(after: colon)...]).split(separator: "/").map {
          $0.split(separator: " ").joined(separator: " ")
        }
        let v = node(head[0])
        let style = head.count > 1 ? Graph.Node.Style(rawValue: head[1]) : nil
        graph.nodes[v] = Graph.Node(id: head[0], lines: lines, style: style ?? .box)
      } else {
        let source = node(words[0])
        var line = Graph.Edge.Line.solid
        var isStub = false
        for word in words.dropFirst() {
          switch word {
          case "~": line = .dashed
          case ">": isStub = true
          default:
            let target = node(word)
            graph.edges.append(
              Graph.Edge(source: source, target: target, line: line, isStub: isStub)
            )
          }
        }
      }
    }
    return Picture(try layout.layOut(graph), glyphs: glyphs).text
  }
}
