import GraphLayout
import Interpreter
import Timeline

/// The state of the explorer; ``update(_:)`` changes it and ``draw(into:glyphs:)`` shows it.
///
/// Both are plain functions of values: a replay without a terminal calls the same two.
struct Explorer: Sendable {
  /// Where we are in the history.
  var cursor: Cursor
  /// The lines of the script.
  let lines: SourceLines
  /// What happened where.
  let marks: HistoryMarks
  /// What is in the picture of the graph.
  let plan: GraphPlan
  /// The picture of the graph.
  var map: GraphMap

  /// The size of the window.
  var rows = 24
  var columns = 80
  /// The pane with the focus.
  var focus = Pane.graph
  /// Whether that pane has the whole window.
  var isMaximized = false

  /// What was selected by hand; otherwise the selection follows what each step does.
  var pinned: Entity?
  /// The cell of the graph in the upper left corner of its pane.
  var origin = Point(x: 0, y: 0)
  /// The first line and column of the source that are shown.
  var sourceTop = 1
  var sourceLeft = 0
  /// The source pane's own cursor.
  var sourceCursor = 1
  /// The inspector's own cursor and first line.
  var factCursor = 0
  var factTop = 0
  /// How many lines the output is scrolled back.
  var outputScroll = 0
  /// The lines with breakpoints.
  var breakpoints: Set<Int> = []

  /// What lies over the panes.
  var overlay = Overlay.none
  /// What is being typed.
  var prompt: Prompt?
  /// What was searched for last.
  var search = ""
  /// What is to be said once.
  var note = ""

  /// Whether time is running, and how fast: a place in ``Explorer/speeds``.
  var isPlaying = false
  var speed = 3
  /// Whether the mouse is taken.
  var takesMouse = true

  /// What lies over the panes.
  enum Overlay: Sendable {
    case none
    case help(scroll: Int)
    case text(title: String, lines: [String], scroll: Int)
  }

  /// What an event asks of the world outside the state.
  enum Effect: Sendable {
    /// Nothing.
    case none
    /// The end.
    case quit
    /// A stop, until the shell's `fg`.
    case suspend
    /// Every cell anew.
    case redraw
    /// The mouse taken, or left to the terminal.
    case mouse(Bool)
    /// Another look.
    case theme(Theme)
  }

  /// An explorer of a history, at its first step.
  init(_ timeline: Timeline) {
    cursor = timeline.cursor()
    lines = SourceLines(timeline.source)
    marks = HistoryMarks(timeline)
    plan = GraphPlan(timeline)
    map = GraphMap(plan, detail: .full)
    chooseDetail()
    settle()
    note = Self.words(for: timeline.outcome)
  }

  /// What is to be said of a run that did not come to its end.
  static func words(for outcome: RunOutcome) -> String {
    switch outcome {
    case .running, .finished, .raised, .exited: return ""
    case .notSupported(let what, let place):
      let line = place.map { "line \($0.statement.start.line): " } ?? ""
      return "\(line)not supported: \(what)"
    case .interrupted: return "the run was stopped here; what came before is recorded"
    case .stopped(let limit): return "the run reached its limit of \(limit)"
    }
  }

  /// Milliseconds from step to step when time is running.
  static let speeds = [3000, 2000, 1200, 700, 400, 200, 100, 50, 20]

  /// How many milliseconds it waits for an event before a `.tick`; nil waits for ever.
  var patience: Int? { isPlaying ? Self.speeds[speed] : nil }
}

extension Explorer {
  /// The history.
  var timeline: Timeline { cursor.timeline }

  /// The state at the present step.
  var moment: Moment { cursor.moment }

  /// The present step.
  var step: Step { timeline.steps[cursor.step] }

  /// The number of the last step.
  var lastStep: Int { timeline.steps.count - 1 }

  /// Where everything is in the window.
  var layout: PaneLayout {
    PaneLayout(rows: rows, columns: columns, focus: focus, isMaximized: isMaximized)
  }

  /// What is selected: by hand, or by following what the step did.
  var selection: Entity? {
    if let pinned { return pinned }
    return followed
  }

  /// What the step did something to.
  private var followed: Entity? {
    switch step.kind {
    case .nodeApplied(let node), .released(let node): return .node(node)
    case .accumulated(let leaf): return .tensor(leaf)
    case .error:
      if let node = moment.error?.node { return .node(node) }
    default: break
    }
    if let tensor = step.outputs.first { return .tensor(tensor) }
    for change in moment.changes {
      if case .name(let name, let frame) = change.entity, moment.frames.indices.contains(frame),
        let value = moment.frames[frame].bindings.first(where: { $0.name == name })?.value.tensor
      {
        return .tensor(value)
      }
    }
    return lastFollowed
  }

  /// The last thing that a step did something to, for steps that touch nothing.
  private var lastFollowed: Entity? {
    var index = cursor.step - 1
    var looked = 0
    while index >= 0, looked < 64 {
      let step = timeline.steps[index]
      if case .nodeApplied(let node) = step.kind { return .node(node) }
      if let tensor = step.outputs.first { return .tensor(tensor) }
      index -= 1
      looked += 1
    }
    return nil
  }

  /// The facts about the selection.
  var facts: [Fact] {
    guard let selection else { return [] }
    return Facts(moment: moment, timeline: timeline).facts(about: selection)
  }
}
