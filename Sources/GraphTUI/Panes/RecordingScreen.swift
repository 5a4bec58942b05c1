/// What is shown while a script runs for so long that somebody waits.
struct RecordingScreen: Sendable {
  /// The name of the script.
  var name: String
  /// How long it has been running, in seconds.
  var seconds: Int
  /// Whether it was asked to stop.
  var isStopping: Bool
}

extension RecordingScreen {
  /// Draws the screen.
  func draw(into canvas: inout Canvas, glyphs: Glyphs) {
    let words = isStopping ? "stopping" : "running"
    let lines = [
      "\(words) \(name)" + (seconds > 0 ? ", \(seconds) s" : ""),
      "Esc stops it and shows what was recorded, q quits",
    ]
    for (row, line) in lines.enumerated() {
      let text = glyphs.fitted(line, to: canvas.columns)
      canvas.put(
        text,
        row: max(0, canvas.rows / 2 - 1) + row,
        column: max(0, (canvas.columns - text.count) / 2),
        row == 0 ? .heading : .muted
      )
    }
  }
}
