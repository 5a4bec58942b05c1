internal import ArgumentParser
internal import Glibc
internal import GraphLayout

/// `graphtui draw`: any directed acyclic graph in the terminal.
struct Draw: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw a directed acyclic graph.",
    discussion: """
      FILE holds edges, `source target` on each line, with labels in a file of the same name that \
      ends in .nodes, `id<TAB>label` on each line; or it is a DOT file. `-` reads standard input.

      Example: graphtui draw --stats net.dot
      """
  )

  @Argument(help: "A file of edges or a DOT file; - reads standard input.")
  var file: String

  @Flag(help: "Print the drawing's numbers as JSON on standard error.")
  var stats = false

  @Flag(help: "Draw with ASCII characters.")
  var ascii = false

  @Option(help: "Colour the lines: auto, always or never.")
  var color = ColorChoice.auto

  @Option(help: "Where edges point: down, up or right; what the file says, or down.")
  var direction: DirectionChoice?

  /// When to colour.
  enum ColorChoice: String, ExpressibleByArgument {
    case auto
    case always
    case never
  }

  /// The directions by their names on the command line.
  enum DirectionChoice: String, ExpressibleByArgument {
    case down
    case up
    case right

    var direction: Direction {
      switch self {
      case .down: .topToBottom
      case .up: .bottomToTop
      case .right: .leftToRight
      }
    }
  }

  @MainActor func run() async throws {
    let clock = ContinuousClock()
    let file: GraphFile
    let drawn: LaidOutGraph
    let start: ContinuousClock.Instant
    do throws(GraphFileError) {
      file = try GraphFile(path: self.file)
      start = clock.now
      drawn = try lay(out: file)
    } catch {
      throw fail(error)
    }
    let milliseconds = (clock.now - start) / .milliseconds(1)
    let picture = Picture(drawn, glyphs: ascii ? .ascii : .unicode, paint: paint)
    var isOpen = true
    picture.write { bytes in
      if isOpen { isOpen = Draw.write(bytes, to: STDOUT_FILENO) }
    }
    if stats { printStatistics(file.graph, drawn, milliseconds) }
  }

  private func lay(out file: GraphFile) throws(GraphFileError) -> LaidOutGraph {
    let layout = Layout(direction: direction?.direction ?? file.direction ?? .topToBottom)
    do throws(LayoutError) {
      return try layout.layOut(file.graph)
    } catch {
      switch error {
      case .cycle(let cycle): throw file.cycleError(cycle)
      case .cancelled: throw GraphFileError(place: nil, message: "interrupted")
      }
    }
  }

  /// The colours of lines, six in turn, so that lines that meet differ.
  private var paint: Picture.Paint? {
    switch color {
    case .never: return nil
    case .always: break
    case .auto:
      guard isatty(STDOUT_FILENO) == 1 else { return nil }
      if let none = getenv("NO_COLOR"), none.pointee != 0 { return nil }
      if let terminal = getenv("TERM"), String(cString: terminal) == "dumb" { return nil }
    }
    return Picture.Paint(colors: (31...36).map { "\u{1B}[\($0)m" }, end: "\u{1B}[39m")
  }

  private func fail(_ error: GraphFileError) -> ExitCode {
    _ = Draw.write(Array((error.line(file: file) + "\n").utf8), to: STDERR_FILENO)
    return ExitCode(2)
  }

  private func printStatistics(_ graph: Graph, _ drawn: LaidOutGraph, _ milliseconds: Double) {
    let rounded = (milliseconds * 1000).rounded() / 1000
    let fields = [
      "\"nodes\": \(graph.nodes.count)",
      "\"edges\": \(graph.edges.count)",
      "\"ranks\": \(drawn.rankCount)",
      "\"crossings\": \(drawn.crossings)",
      "\"columns\": \(drawn.size.width)",
      "\"rows\": \(drawn.size.height)",
      "\"layout_ms\": \(rounded)",
    ]
    let line = "{" + fields.joined(separator: ", ") + "}\n"
    _ = Draw.write(Array(line.utf8), to: STDERR_FILENO)
  }

  /// Writes bytes and says whether somebody still reads them.
  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.write(descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written)
      }
      if count < 0 {
        if errno == EINTR { continue }
        return false
      }
      written += count
    }
    return true
  }
}
