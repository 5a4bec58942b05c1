/// What is wrong with a graph file, and where.
struct GraphFileError: Error, Equatable {
  /// The line, from 1; nil if the file could not be read at all.
  var place: Place?
  /// What is wrong, without the name of the file.
  var message: String

  /// A place in a file.
  struct Place: Equatable {
    /// The line, from 1.
    var line: Int
    /// The character in the line, from 1.
    var column: Int
  }

  /// The one line that is printed.
  func line(file: String) -> String {
    guard let place else { return "\(file): \(message)" }
    return "\(file):\(place.line):\(place.column): \(message)"
  }
}
