import GraphLayout
import Timeline

// Selecting and looking.
extension Explorer {
  /// Does what a command about panes and selections says.
  mutating func performInPane(_ command: Command.ID) {
    switch command {
    case .nextPane: changeFocus(by: 1)
    case .previousPane: changeFocus(by: -1)
    case .maximize: isMaximized.toggle()
    case .panLeft: pan(dx: -8, dy: 0)
    case .panRight: pan(dx: 8, dy: 0)
    case .panUp: pan(dx: 0, dy: -3)
    case .panDown: pan(dx: 0, dy: 3)
    case .center: center()
    case .zoom: zoom()
    case .inspect: inspect()
    case .left, .right, .up, .down: go(command)
    default: break
    }
  }

  /// Selects something by hand.
  mutating func pin(_ entity: Entity) {
    pinned = entity
    (factCursor, factTop) = (0, 0)
    settle()
  }

  private mutating func changeFocus(by change: Int) {
    let all = Pane.allCases
    focus = all[(focus.rawValue + change + all.count) % all.count]
    if focus == .source, let line = step.line { sourceCursor = line }
    settle()
  }

  private mutating func go(_ command: Command.ID) {
    let down = command == .down ? 1 : command == .up ? -1 : 0
    let right = command == .right ? 1 : command == .left ? -1 : 0
    switch focus {
    case .graph: selectNeighbour(dx: right, dy: down)
    case .source:
      sourceCursor = min(max(1, sourceCursor + down), lines.count)
      sourceLeft = max(0, sourceLeft + 4 * right)
      showSource(line: sourceCursor)
    case .tensor:
      factCursor = min(max(0, factCursor + down), max(0, facts.count - 1))
      showFact()
    case .output: outputScroll = max(0, outputScroll - down)
    }
  }

  private mutating func inspect() {
    switch focus {
    case .graph: focus = .tensor
    case .tensor:
      let facts = facts
      guard facts.indices.contains(factCursor), let reference = facts[factCursor].reference else {
        note = "this line refers to nothing"
        return
      }
      pin(reference)
    case .source: goTo("line \(sourceCursor)")
    case .output: break
    }
  }
}

// MARK: The graph

extension Explorer {
  /// The box of the selection, if it is on the screen's moment.
  var selectedBox: Int? {
    selection.flatMap { map.box(showing: $0, in: moment) }
  }

  /// Selects the nearest box in a direction.
  private mutating func selectNeighbour(dx: Int, dy: Int) {
    let now = cursor.step
    let visible = map.boxes.indices.filter { map.occupant(of: $0, at: now) != nil }
    guard let from = selectedBox else {
      if let first = visible.first, let entity = map.occupant(of: first, at: now)?.entity {
        pin(entity)
      } else {
        note = "nothing is in the graph now"
      }
      return
    }
    let start = map.drawing.boxes[from].center
    var best: (distance: Int, box: Int)?
    for box in visible where box != from {
      let place = map.drawing.boxes[box].center
      let ahead = dx != 0 ? (place.x - start.x) * dx : (place.y - start.y) * dy * 2
      let aside = dx != 0 ? abs(place.y - start.y) * 2 : abs(place.x - start.x)
      guard ahead > 0 else { continue }
      // Twice as far ahead is as good as once aside: keys go where they point.
      let distance = ahead + 2 * aside
      if best.map({ distance < $0.distance }) ?? true { best = (distance, box) }
    }
    if let best, let entity = map.occupant(of: best.box, at: now)?.entity { pin(entity) }
  }

  private mutating func pan(dx: Int, dy: Int) {
    origin = Point(x: origin.x + dx, y: origin.y + dy)
    clampOrigin()
  }

  private mutating func center() {
    guard let box = selectedBox, let rect = layout.inside(.graph) else { return }
    let middle = map.drawing.boxes[box].center
    origin = Point(x: middle.x - rect.columns / 2, y: middle.y - rect.rows / 2)
    clampOrigin()
  }

  private mutating func zoom() {
    let all = GraphMap.Detail.allCases
    map = GraphMap(plan, detail: all[(map.detail.rawValue + 1) % all.count])
    settle()
  }

  /// Chooses how much boxes say so that the graph fits its pane if it can.
  mutating func chooseDetail() {
    guard let rect = layout.inside(.graph) else { return }
    for detail in [GraphMap.Detail.full, .brief] {
      let candidate = detail == map.detail ? map : GraphMap(plan, detail: detail)
      let size = candidate.drawing.size
      if detail == .brief || (size.width <= rect.columns && size.height <= rect.rows) {
        map = candidate
        return
      }
    }
  }

  /// Keeps the window on the picture; a picture that is smaller stands in the middle.
  private mutating func clampOrigin() {
    guard let rect = layout.inside(.graph) else { return }
    let size = map.drawing.size
    origin.x =
      size.width <= rect.columns
      ? -(rect.columns - size.width) / 2 : min(max(0, origin.x), size.width - rect.columns)
    origin.y =
      size.height <= rect.rows
      ? -(rect.rows - size.height) / 2 : min(max(0, origin.y), size.height - rect.rows)
  }
}

// MARK: Keeping things in view

extension Explorer {
  /// Brings what matters into view, moving no more than needed.
  mutating func settle() {
    if let line = step.line { showSource(line: line) }
    if focus != .source, let line = step.line { sourceCursor = line }
    showSelection()
    factCursor = min(factCursor, max(0, facts.count - 1))
    showFact()
    outputScroll = 0
  }

  private mutating func showSelection() {
    clampOrigin()
    guard let rect = layout.inside(.graph), let box = selectedBox else { return }
    let place = map.drawing.boxes[box]
    if place.x < origin.x { origin.x = place.x - 1 }
    if place.endX > origin.x + rect.columns { origin.x = place.endX - rect.columns + 1 }
    if place.endY > origin.y + rect.rows { origin.y = place.endY - rect.rows + 1 }
    if place.y < origin.y { origin.y = place.y - 1 }
    clampOrigin()
  }

  private mutating func showSource(line: Int) {
    guard let rect = layout.inside(.source), rect.rows > 0 else { return }
    let margin = min(2, (rect.rows - 1) / 2)
    if line - margin < sourceTop { sourceTop = line - margin }
    if line + margin >= sourceTop + rect.rows { sourceTop = line + margin - rect.rows + 1 }
    sourceTop = max(1, min(sourceTop, lines.count - rect.rows + 1))
  }

  private mutating func showFact() {
    guard let rect = layout.inside(.tensor), rect.rows > 0 else { return }
    let facts = facts
    let line = TensorPane.line(of: factCursor, facts, columns: rect.columns)
    let count = TensorPane.lineCount(facts, columns: rect.columns)
    if focus != .tensor { factTop = 0 }
    if line < factTop { factTop = line }
    if line >= factTop + rect.rows { factTop = line - rect.rows + 1 }
    factTop = max(0, min(factTop, count - rect.rows))
  }
}
