/// A drawing as lines of text.
public struct Picture: Sendable {
  private let graph: LaidOutGraph
  private let glyphs: LineGlyphs
  private let reveal: Reveal?

  /// The picture of a laid out graph.
  public init(_ graph: LaidOutGraph, glyphs: LineGlyphs = .unicode, showing reveal: Reveal? = nil) {
    self.graph = graph
    self.glyphs = glyphs
    self.reveal = reveal
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
    for y in 0..<rect.height {
      let start = y * rect.width
      var end = start + rect.width
      while end > start, cells.cells[end - 1].strokes.isEmpty, cells.cells[end - 1].node < 0 {
        end -= 1
      }
      var i = start
      while i < end {
        if label < labels.count, labels[label].cell == i {
          bytes += labels[label].text.utf8
          i += labels[label].width
          label += 1
          continue
        }
        let cell = cells.cells[i]
        if cell.strokes.isEmpty, cell.head.isEmpty {
          bytes.append(32)
          i += 1
          continue
        }
        let style = cell.node >= 0 ? graph.graph.nodes[cell.node].style : nil
        append(glyphs.glyph(cell, style: style), to: &bytes)
        i += 1
      }
      bytes.append(10)
    }
    return bytes
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
        if let i = cells.index(point) { labels.append((i, text, CellWidth.of(text))) }
      }
    }
    labels.sort { $0.cell < $1.cell }
    return labels
  }
}

extension LaidOutGraph {
  /// The lines of text of a node and the cells where they start: in the middle of its box.
  public func texts(ofNode v: Int, dot: Unicode.Scalar = "●") -> [(Point, String)] {
    let node = graph.nodes[v]
    let box = boxes[v]
    if node.style == .dot { return [(box.center, String(Character(dot)))] }
    let top = box.y + (box.height - node.lines.count) / 2
    return node.lines.enumerated().map { i, line in
      (Point(x: box.x + (box.width - CellWidth.of(line)) / 2, y: top + i), line)
    }
  }
}
