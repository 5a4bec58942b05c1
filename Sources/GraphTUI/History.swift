import Interpreter
import Timeline

/// Where histories come from.
enum History {
  /// The history of a file.
  ///
  /// - Throws: `FileText.Unreadable`.
  static func read(_ path: String) throws(FileText.Unreadable) -> Timeline {
    Timeline.record(SourceText(name: path, text: try FileText.read(path)))
  }
}
