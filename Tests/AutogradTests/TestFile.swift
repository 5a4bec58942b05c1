import Foundation

/// The text files beside the tests.
enum TestFile {
  /// The content of a file, named from the folder of these tests.
  static func text(_ name: String) -> String {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let url = folder.appendingPathComponent(name)
    return (try? String(contentsOf: url, encoding: .utf8)) ?? ""
  }
}
