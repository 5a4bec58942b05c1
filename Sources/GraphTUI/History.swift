import Interpreter
import Timeline

/// Where histories come from.
enum History {
  /// The history of a file.
  ///
  /// - Throws: `FileText.Unreadable`.
  static func read(_ path: String) throws(FileText.Unreadable) -> Timeline {
    if path == "sample.py" { return Timeline.sample() }
    let source = SourceText(name: path, text: try FileText.read(path))
    return TimelineBuilder(source: source).timeline
  }
}
