/// A drawing as lines of text.
public struct Picture: Sendable {
  private let graph: LaidOutGraph
  private let glyphs: LineGlyphs
  private let reveal: Reveal?
  private let paint: Paint?

  /// What is written before and after lines to colour them.
  public struct Paint: Sendable {
    /// What begins a colour; the lines from one node have one of them, from the next node the next.
    public var colors: [String]
    /// What ends a colour.
    public var end: String

    /// Some colours and the way to end them.
    public init(colors: [String], end: String) {
      self.colors = colors
      self.end = end
    }
  }

  /// The picture of a laid out graph.
  public init(
    _ graph: LaidOutGraph,
    glyphs: LineGlyphs = .unicode,
    showing reveal: Reveal? = nil,
    paint: Paint? = nil
  ) {
    self.graph = graph
    self.glyphs = glyphs
    self.reveal = reveal
    self.paint = paint
  }

  /// The whole picture, every line ended by a line break and without spaces before it.
  public var text: String {
    var bytes: [UInt8] = []
    write { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Hands the picture out in pieces of UTF-8, from above to below, keeping only a few rows of it
  /// at a time.
  public func write(_ body: ([UInt8]) -> Void) {
    let width = graph.size.width
    let rows = max(1, 1 << 16 / max(1, width))
    var y = 0
    while y < graph.size.height {
      let height = min(rows, graph.size.height - y)
      body(piece(Rect(x: 0, y: y, width: width, height: height)))
      y += height
    }
  }

  private func piece(_ rect: Rect) -> [UInt8] {
    let cells = graph.cells(in: rect, showing: reveal, notesEdges: false)
    let labels = self.labels(cells)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(rect.width * rect.height)
    var label = 0
    var color = -1
    for y in 0..<rect.height {
      let start = y * rect.width
      var end = start + rect.width
      while end > start, cells.cells[end - 1].isEmpty { end -= 1 }
      var i = start
      while i < end {
        if label < labels.count, labels[label].cell == i {
          change(&color, to: -1, &bytes)
          bytes += labels[label].text.utf8
          i += labels[label].width
          label += 1
          continue
        }
        let cell = cells.cells[i]
        change(&color, to: self.color(cell), &bytes)
        if cell.strokes.isEmpty, cell.head.isEmpty {
          bytes.append(32)
          i += 1
          continue
        }
        let style = cell.node >= 0 ? graph.layered.graph.nodes[cell.node].style : nil
        append(glyphs.glyph(cell, style: style), to: &bytes)
        i += 1
      }
      change(&color, to: -1, &bytes)
      bytes.append(10)
    }
    return bytes
  }

  /// The number of the colour of a cell, or -1.
  private func color(_ cell: Cell) -> Int {
    guard let paint, !paint.colors.isEmpty else { return -1 }
    guard cell.node < 0 || !cell.head.isEmpty else { return -1 }
    let net = cell.upright >= 0 ? cell.upright : cell.level
    return net < 0 ? -1 : graph.layered.nets[Int(net)].source % paint.colors.count
  }

  private func change(_ color: inout Int, to next: Int, _ bytes: inout [UInt8]) {
    guard color != next, let paint else { return }
    if color >= 0 { bytes += paint.end.utf8 }
    if next >= 0 { bytes += paint.colors[next].utf8 }
    color = next
  }

  private func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
    let value = scalar.value
    if value < 0x80 {
      bytes.append(UInt8(value))
    } else {
      for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { bytes.append(byte) }
    }
  }

  /// The texts of the rows by the cells where they start.
  private func labels(_ cells: Cells) -> [(cell: Int, text: String, width: Int)] {
    var labels: [(cell: Int, text: String, width: Int)] = []
    var last = -1
    var seen: Set<Int> = []
    for cell in cells.cells where cell.node >= 0 && cell.node != last {
      last = cell.node
      guard seen.insert(last).inserted else { continue }
      for (point, text) in graph.texts(ofNode: last, dot: glyphs.dot) {
        guard let i = cells.index(point) else { continue }
        let isStub = last >= graph.graph.nodes.count
        let shown =
          isStub ? String(text.map { $0 == LineGlyphs.stubMark ? glyphs.stub : $0 }) : text
        labels.append((i, shown, CellWidth.of(shown)))
      }
    }
    labels.sort { $0.cell < $1.cell }
    return labels
  }
}

extension LaidOutGraph {
  /// The columns of a node that its text takes.
  func textColumns(ofNode v: Int) -> Range<Int> {
    var low = boxes[v].center.x
    var end = low + 1
    for (point, text) in texts(ofNode: v) {
      low = min(low, point.x)
      end = max(end, point.x + CellWidth.of(text))
    }
    return low..<end
  }

  /// The lines of text of a node and the cells where they start: in the middle of its box.
  public func texts(ofNode v: Int, dot: Unicode.Scalar = "●") -> [(Point, String)] {
    let node = layered.graph.nodes[v]
    let box = boxes[v]
    if node.style == .dot { return [(box.center, String(Character(dot)))] }
    let top = box.y + (box.height - node.lines.count) / 2
    return node.lines.enumerated().map { i, line in
      (Point(x: box.x + (box.width - CellWidth.of(line)) / 2, y: top + i), line)
    }
  }
}
