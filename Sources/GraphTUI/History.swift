import Interpreter
import Timeline

/// Where histories come from.
enum History {
  /// The script that is explored when no file is named: a leaf changed in place, the error, the ways out.
  static var example: SourceText {
    SourceText(name: "leaf_in_place.py", bytes: PackageResources.leaf_in_place_py)
  }

  /// The script of a file.
  ///
  /// - Throws: `FileText.Unreadable`.
  static func source(_ path: String) throws(FileText.Unreadable) -> SourceText {
    SourceText(name: path == "-" ? "<stdin>" : path, bytes: try FileText.bytes(of: path))
  }
}

/// A step as the command line names it: `12`, `error`, `end`.
enum StepName: Hashable, Sendable {
  case number(Int)
  case error
  case end

  /// Reads the name of a step; nil if it is none.
  init?(_ text: String) {
    switch text {
    case "error": self = .error
    case "end": self = .end
    default:
      guard let number = Int(text), number >= 0 else { return nil }
      self = .number(number)
    }
  }

  /// The step of a history; the last one where there is no such step.
  func step(in timeline: Timeline) -> Int {
    let last = timeline.steps.count - 1
    switch self {
    case .number(let number): return min(number, last)
    case .error: return timeline.errorStep ?? last
    case .end: return last
    }
  }
}
