import GraphLayout
import Interpreter
import Timeline

// Showing the state.
extension Explorer {
  /// The whole window as a canvas.
  func screen(glyphs: Glyphs) -> Canvas {
    var canvas = Canvas(rows: rows, columns: columns)
    draw(into: &canvas, glyphs: glyphs)
    return glyphs.isASCII ? canvas.inASCII : canvas
  }

  /// Draws the window.
  func draw(into canvas: inout Canvas, glyphs: Glyphs) {
    let layout = layout
    guard layout.kind != .tooSmall else {
      let words =
        "graphtui needs \(PaneLayout.leastColumns)x\(PaneLayout.leastRows), "
        + "has \(columns)x\(rows)"
      for (row, line) in TextFlow.wrapped(words, columns: max(1, columns)).enumerated() {
        canvas.put(line, row: row, column: 0, .warning)
      }
      return
    }
    switch overlay {
    case .none:
      drawFrame(layout, into: &canvas, glyphs)
      drawPanes(layout, into: &canvas, glyphs)
    case .help(let scroll):
      canvas.inset(canvas.bounds.inset(bottom: rows - layout.timeline.row)) { canvas in
        HelpPane(scroll: scroll).draw(into: &canvas, glyphs: glyphs)
      }
    case .text(let title, let lines, let scroll):
      canvas.inset(canvas.bounds.inset(bottom: rows - layout.timeline.row)) { canvas in
        canvas.put(title, row: 0, column: 1, .titleFocused)
        for (row, line) in lines.dropFirst(scroll).enumerated() {
          canvas.put(line, row: row + 2, column: 2, .text)
        }
      }
    }
    canvas.inset(layout.timeline) { canvas in
      TimelinePane(marks: marks.marks, step: cursor.step).draw(into: &canvas, glyphs: glyphs)
    }
    canvas.inset(layout.status) { canvas in status.draw(into: &canvas, glyphs: glyphs) }
    canvas.inset(layout.hints) { canvas in drawHints(layout, into: &canvas, glyphs) }
  }

  private var status: StatusLine {
    let step = step
    let role: Role =
      step.marks.contains(.error)
      ? .error
      : !step.marks.isDisjoint(with: [.brokenSaved, .silentChange])
        ? .finding : step.marks.contains(.warning) ? .warning : .text
    return StatusLine(
      step: step.index,
      last: lastStep,
      line: step.line,
      words: timeline.sentence(of: moment),
      role: role,
      isPlaying: isPlaying
    )
  }

  private func drawHints(_ layout: PaneLayout, into canvas: inout Canvas, _ glyphs: Glyphs) {
    if let prompt {
      let column = canvas.put(prompt.label, row: 0, column: 0, .prompt)
      canvas.put(prompt.text, row: 0, column: column, .text)
      let before = CellWidth.of(String(prompt.text.prefix(prompt.cursor)))
      canvas.place(cursorAtRow: 0, column: column + before, visible: true)
      let choices = prompt.completions
      if choices.count > 1, !prompt.text.isEmpty {
        let shown = "  " + choices.joined(separator: " ")
        let end = column + CellWidth.of(prompt.text)
        canvas.put(glyphs.fitted(shown, to: canvas.columns - end), row: 0, column: end, .muted)
      }
    } else if !note.isEmpty {
      canvas.put(glyphs.fitted(note, to: canvas.columns - 1), row: 0, column: 1, .heading)
    } else {
      let isSmall = layout.kind == .single && !isMaximized
      KeyHints.draw(into: &canvas, note: isSmall ? "small window, Tab: next pane" : "")
    }
  }

  // MARK: Panes

  private func drawFrame(_ layout: PaneLayout, into canvas: inout Canvas, _ glyphs: Glyphs) {
    var frame = Frame(rows: rows, columns: columns)
    for line in layout.separators {
      frame.addUpright(column: line.column, from: line.row, rows: line.rows)
    }
    for (_, rect) in layout.panes {
      let left = rect.column > 0 ? 1 : 0
      let right = rect.endColumn < columns ? 1 : 0
      frame.addLevel(
        row: rect.row,
        from: rect.column - left,
        columns: rect.columns + left + right
      )
    }
    frame.draw(into: &canvas, glyphs: glyphs)
    for (pane, rect) in layout.panes {
      let isFocused = pane == focus
      let role: Role = isFocused ? .titleFocused : .title
      let number = " \(pane.rawValue + 1) "
      var column = canvas.put(number, row: rect.row, column: rect.column + 1, .muted)
      column = canvas.put(pane.title + " ", row: rect.row, column: column, role)
      let detail = detail(of: pane)
      if !detail.isEmpty {
        let room = rect.endColumn - column - 2
        let text = glyphs.fitted(detail, to: room - 1)
        if room > 4 { canvas.put(text + " ", row: rect.row, column: column, .muted) }
      }
    }
  }

  /// What stands in a title after the pane's name.
  private func detail(of pane: Pane) -> String {
    switch pane {
    case .source:
      let frames = step.callStack.map(\.function)
      return frames.isEmpty ? timeline.source.name : "in " + frames.joined(separator: " > ")
    case .graph: return moment.backward.map { "backward \($0.pass)" } ?? ""
    case .tensor:
      guard let selection else { return "" }
      let title = Facts(moment: moment, timeline: timeline).title(of: selection)
      return pinned == nil ? title : title + ", held (Esc follows)"
    case .output: return ""
    }
  }

  private func drawPanes(_ layout: PaneLayout, into canvas: inout Canvas, _ glyphs: Glyphs) {
    for pane in Pane.allCases {
      guard let rect = layout.inside(pane) else { continue }
      canvas.inset(rect) { canvas in draw(pane, into: &canvas, glyphs) }
    }
  }

  private func draw(_ pane: Pane, into canvas: inout Canvas, _ glyphs: Glyphs) {
    switch pane {
    case .source:
      SourcePane(
        lines: lines,
        place: step.place,
        top: sourceTop,
        left: sourceLeft,
        cursorLine: focus == .source ? sourceCursor : nil,
        breakpoints: breakpoints,
        marks: marks.worst(upTo: cursor.step)
      ).draw(into: &canvas, glyphs: glyphs)
    case .graph:
      GraphPane(
        map: map,
        moment: moment,
        timeline: timeline,
        origin: origin,
        selected: selectedBox,
        isFocused: focus == .graph
      ).draw(into: &canvas, glyphs: glyphs)
    case .tensor:
      if selection == nil {
        canvas.put("nothing to inspect yet", row: 0, column: 1, .muted)
      }
      TensorPane(facts: facts, cursor: focus == .tensor ? factCursor : nil, top: factTop)
        .draw(into: &canvas, glyphs: glyphs)
    case .output:
      let said = timeline.transcript.prefix(moment.transcriptCount)
      var lines = OutputPane.lines(of: said, columns: canvas.columns - 2)
      let outcome = Self.words(for: timeline.outcome)
      if cursor.step == lastStep, !outcome.isEmpty {
        for line in TextFlow.wrapped(outcome, columns: canvas.columns - 2) {
          lines.append(OutputPane.Line(text: line, role: .warning))
        }
      }
      OutputPane(lines: lines, scroll: outputScroll).draw(into: &canvas, glyphs: glyphs)
    }
  }
}
