import GraphLayout
import Timeline

// Taking in events.
extension Explorer {
  /// Takes in an event.
  mutating func update(_ event: Event) -> Effect {
    switch event {
    case .key(let key):
      note = ""
      return press(key)
    case .mouse(let action, let row, let column):
      mouse(action, row: row, column: column)
    case .resize(let rows, let columns):
      (self.rows, self.columns) = (rows, columns)
      chooseDetail()
      settle()
    case .tick:
      guard isPlaying else { break }
      if cursor.step == lastStep { isPlaying = false } else { move(to: cursor.step + 1) }
    case .hangup: return .quit
    }
    return .none
  }

  private mutating func press(_ key: Key) -> Effect {
    if prompt != nil { return type(key) }
    guard let command = Command.command(for: key) else {
      if case .character(let digit) = key.code, let pane = paneNumbered(digit) { focus = pane }
      return .none
    }
    if case .none = overlay { return perform(command) }
    return performOnOverlay(command)
  }

  /// Panes are numbered in their titles; 0 is taken.
  private func paneNumbered(_ digit: Character) -> Pane? {
    digit.wholeNumberValue.flatMap { Pane(rawValue: $0 - 1) }
  }

  /// Does what a command says.
  mutating func perform(_ command: Command.ID) -> Effect {
    switch command {
    case .quit: return .quit
    case .suspend: return .suspend
    case .redraw: return .redraw
    case .mouse:
      takesMouse.toggle()
      note = takesMouse ? "the mouse selects here" : "the mouse selects text of the terminal"
      return .mouse(takesMouse)
    case .cancel: cancel()
    case .help: overlay = .help(scroll: 0)
    case .commandLine: prompt = Prompt(.command)
    case .goTo: prompt = Prompt(.goTo)
    case .search: prompt = Prompt(.search)
    case .explain: explain()
    case .whatIf, .actions, .branches, .fold, .foldAll, .changeView:
      note = "\(command.rawValue) is not possible in this history"
    default:
      if !performInTime(command) { performInPane(command) }
    }
    return .none
  }

  private mutating func cancel() {
    if isPlaying {
      isPlaying = false
    } else if pinned != nil {
      pinned = nil
      settle()
    } else {
      isMaximized = false
      settle()
    }
  }

  // MARK: What lies over the panes

  private mutating func performOnOverlay(_ command: Command.ID) -> Effect {
    switch command {
    case .quit, .cancel, .help, .inspect: overlay = .none
    case .suspend: return .suspend
    case .redraw: return .redraw
    case .down, .statementForward, .panDown: scrollOverlay(by: 1)
    case .up, .statementBack, .panUp: scrollOverlay(by: -1)
    case .play, .stepForward, .right: scrollOverlay(by: max(1, rows - 4))
    case .stepBack, .left: scrollOverlay(by: -max(1, rows - 4))
    case .first: scrollOverlay(by: -100_000)
    case .last: scrollOverlay(by: 100_000)
    default: overlay = .none
    }
    return .none
  }

  private mutating func scrollOverlay(by lines: Int) {
    switch overlay {
    case .none: break
    case .help(let scroll):
      let last = HelpPane.lastScroll(rows: rows - 1, columns: columns)
      overlay = .help(scroll: min(max(0, scroll + lines), last))
    case .text(let title, let text, let scroll):
      let last = max(0, text.count + 2 - rows)
      overlay = .text(title: title, lines: text, scroll: min(max(0, scroll + lines), last))
    }
  }

  // MARK: What is typed

  private mutating func type(_ key: Key) -> Effect {
    guard var prompt else { return .none }
    let outcome = prompt.update(key)
    switch outcome {
    case .typing:
      self.prompt = prompt
      return .none
    case .cancelled:
      self.prompt = nil
      return .none
    case .done(let text):
      self.prompt = nil
      guard !text.isEmpty else { return .none }
      return typed(text, prompt.purpose)
    }
  }

  private mutating func typed(_ text: String, _ purpose: Prompt.Purpose) -> Effect {
    switch purpose {
    case .goTo: goTo(text)
    case .search:
      search = text
      searchOn(forward: true)
    case .command:
      switch TypedCommand(text) {
      case .command(let id)?: return perform(id)
      case .goTo(let place)?: goTo(place)
      case .theme(let name)?:
        if let theme = Theme.named(name) { return .theme(theme) }
        note = "themes: " + Theme.all.map(\.name).joined(separator: ", ")
      case nil: note = "there is no command '\(text)'"
      }
    }
    return .none
  }

  // MARK: The mouse

  private mutating func mouse(_ action: Event.MouseAction, row: Int, column: Int) {
    guard prompt == nil, case .none = overlay else { return }
    let layout = layout
    switch action {
    case .release: break
    case .press:
      if layout.timeline.contains(row: row, column: column) {
        let pane = TimelinePane(marks: marks.marks, step: cursor.step)
        move(to: pane.step(atColumn: column, columns: layout.timeline.columns))
      } else if let pane = layout.pane(row: row, column: column), let rect = layout.inside(pane) {
        focus = pane
        click(pane, row: row - rect.row, column: column - rect.column)
      }
    case .wheelUp, .wheelDown:
      guard let pane = layout.pane(row: row, column: column) else { return }
      let before = focus
      focus = pane
      performInPane(
        pane == .graph
          ? (action == .wheelUp ? .panUp : .panDown)
          : action == .wheelUp ? .up : .down
      )
      focus = before
    }
  }

  private mutating func click(_ pane: Pane, row: Int, column: Int) {
    guard row >= 0 else { return }
    switch pane {
    case .source: sourceCursor = min(max(1, sourceTop + row), lines.count)
    case .graph:
      let point = Point(x: origin.x + column, y: origin.y + row)
      for box in map.boxes.indices where map.drawing.boxes[box].contains(point) {
        if let occupant = map.occupant(of: box, at: cursor.step) { pin(occupant.entity) }
      }
    case .tensor, .output: break
    }
  }
}
