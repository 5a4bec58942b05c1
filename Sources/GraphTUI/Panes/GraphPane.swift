import GraphLayout
import Timeline

/// The graph at a moment, seen through a window.
struct GraphPane: Sendable {
  /// The picture of the whole history.
  var map: GraphMap
  /// The moment.
  var moment: Moment
  /// The history.
  var timeline: Timeline
  /// The cell of the picture in the upper left corner.
  var origin: Point
  /// The box that is selected.
  var selected: Int?
  /// Whether the pane has the focus.
  var isFocused: Bool
}

extension GraphPane {
  /// Draws the pane.
  func draw(into canvas: inout Canvas, glyphs: Glyphs) {
    let lines: LineGlyphs = glyphs.isASCII ? .ascii : .unicode
    let reveal = map.reveal(at: moment.step)
    guard reveal.nodes.contains(true) else {
      drawEmpty(into: &canvas)
      return
    }
    let changed = changedBoxes
    let active = activeEdges(reveal)
    let rect = GraphLayout.Rect(
      x: origin.x,
      y: origin.y,
      width: canvas.columns,
      height: canvas.rows
    )
    let cells = map.drawing.cells(in: rect, showing: reveal)
    let writer = BoxWriter(
      moment: moment,
      timeline: timeline,
      detail: map.detail,
      glyphs: glyphs
    )
    var texts: [Int: BoxText] = [:]
    for box in map.boxes.indices where reveal.nodes[box] {
      guard map.drawing.boxes[box].intersects(rect),
        let occupant = map.occupant(of: box, at: moment.step)
      else { continue }
      texts[box] = writer.text(of: occupant.entity, kind: map.boxes[box].kind)
    }
    for row in 0..<canvas.rows {
      for column in 0..<canvas.columns {
        let (x, y) = (origin.x + column, origin.y + row)
        let cell = cells[x, y]
        guard cell.node >= 0 || !cell.strokes.isEmpty || !cell.head.isEmpty else { continue }
        var role = Role.edge
        var style: Graph.Node.Style?
        if cell.node >= 0 {
          role = texts[cell.node]?.outline ?? .edge
          style = map.drawing.graph.nodes[cell.node].style
          if changed.contains(cell.node) {
            role = role == .broken ? .broken : .changed
            style = .double
          }
        }
        if cell.node < 0 || !cell.head.isEmpty,
          cells.edges(x: x, y: y).contains(where: active.contains)
        {
          role = .edgeActive
        }
        let glyph = lines.glyph(cell, style: style)
        canvas.put(String(Character(glyph)), row: row, column: column, role)
      }
    }
    for (box, text) in texts {
      drawText(text, box: box, isChanged: changed.contains(box), into: &canvas, glyphs)
    }
    drawSigns(into: &canvas, glyphs)
  }

  private func drawText(
    _ text: BoxText,
    box: Int,
    isChanged: Bool,
    into canvas: inout Canvas,
    _ glyphs: Glyphs
  ) {
    let place = map.drawing.boxes[box]
    if map.detail == .dot {
      let ground: Ground = selected == box ? .selected : .plain
      canvas.put(
        glyphs.isASCII ? "o" : "●",
        row: place.y - origin.y,
        column: place.x - origin.x,
        isChanged ? .changed : text.outline,
        on: ground
      )
      return
    }
    let inside = Rect(
      row: place.y - origin.y + 1,
      column: place.x - origin.x + 1,
      rows: place.height - 2,
      columns: place.width - 2
    )
    // A box is as high as it ever gets; what it says now stands in its middle.
    let top = max(0, (inside.rows - text.lines.count) / 2)
    for (line, runs) in text.lines.prefix(inside.rows).enumerated() {
      let width = runs.reduce(0) { $0 + CellWidth.of($1.text) }
      var column = inside.column + max(0, (inside.columns - width) / 2)
      let end = inside.endColumn
      for run in runs where column < end {
        column = canvas.put(
          glyphs.fitted(run.text, to: end - column),
          row: inside.row + top + line,
          column: column,
          run.role,
          limit: end - column
        )
      }
    }
    if selected == box {
      let frame = inside.inset(left: 0)
      canvas.lay(
        isFocused ? .selected : .selectedAway,
        under: isFocused
          ? frame
          : Rect(row: frame.row + top, column: frame.column, rows: 1, columns: frame.columns)
      )
    }
  }

  /// Says where the picture goes on beyond the window.
  private func drawSigns(into canvas: inout Canvas, _ glyphs: Glyphs) {
    let size = map.drawing.size
    let middle = (row: canvas.rows / 2, column: canvas.columns / 2)
    if origin.y > 0 {
      canvas.put(glyphs.arrowUp, row: 0, column: middle.column, .muted)
    }
    if origin.y + canvas.rows < size.height {
      canvas.put(glyphs.arrowDown, row: canvas.rows - 1, column: middle.column, .muted)
    }
    if origin.x > 0 {
      canvas.put(glyphs.arrowLeft, row: middle.row, column: 0, .muted)
    }
    if origin.x + canvas.columns < size.width {
      canvas.put(glyphs.arrowRight, row: middle.row, column: canvas.columns - 1, .muted)
    }
  }

  private func drawEmpty(into canvas: inout Canvas) {
    let words =
      map.boxes.isEmpty
      ? ["There is no graph in this history:", "no tensor requires grad."]
      : ["The graph is empty at this moment."]
    for (row, line) in words.enumerated() {
      let column = max(0, (canvas.columns - line.count) / 2)
      canvas.put(line, row: canvas.rows / 2 - 1 + row, column: column, .muted)
    }
  }

  /// The boxes in which this step changed something.
  private var changedBoxes: Set<Int> {
    var changed: Set<Int> = []
    for change in moment.changes where change.field != .died {
      switch change.entity {
      case .tensor(let id): add(.tensor(id), to: &changed)
      case .node(let id): add(.node(id), to: &changed)
      case .storage(let id) where change.field == .values:
        for tensor in moment.storage(id)?.tensors ?? [] {
          if moment.tensor(tensor)?.isAlive ?? false { add(.tensor(tensor), to: &changed) }
        }
      case .backward:
        if let node = moment.backward?.node { add(.node(node), to: &changed) }
      default: break
      }
    }
    return changed
  }

  private func add(_ entity: Entity, to boxes: inout Set<Int>) {
    if let box = map.box(showing: entity, in: moment) { boxes.insert(box) }
  }

  /// The edges along which the node being applied sends gradients.
  private func activeEdges(_ reveal: Reveal) -> Set<Int> {
    guard let node = moment.backward?.node,
      moment.changes.contains(where: { $0.entity == .backward }),
      let box = map.box(of: .node(node), in: moment),
      let occupant = map.occupant(of: box, at: moment.step)
    else { return [] }
    return Set(occupant.edges.map(\.edge).filter { reveal.edges[$0] })
  }
}
