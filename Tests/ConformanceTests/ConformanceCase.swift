import Foundation
import Interpreter
import Testing

@testable import Timeline

/// A script with what PyTorch did with it.
struct ConformanceCase: Sendable, CustomTestStringConvertible {
  /// The folder and the name, `inplace/add_on_leaf`.
  let name: String

  var testDescription: String { name }

  /// The folder of the cases.
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")

  /// All cases in order of their names.
  static let all: [ConformanceCase] = {
    let paths = FileManager.default.enumerator(atPath: folder.path)?.allObjects ?? []
    return paths.compactMap { $0 as? String }
      .filter { $0.hasSuffix(".py") }
      .map { ConformanceCase(name: String($0.dropLast(3))) }
      .sorted { $0.name < $1.name }
  }()

  /// Whether the list of known failures is to be written.
  static let isRecording = ProcessInfo.processInfo.environment["RECORD"] == "1"

  private static let listPath =
    folder.deletingLastPathComponent().appending(path: "known-failures.txt")

  /// Writes the list of known failures.
  static func writeKnownFailures(_ text: String) throws {
    try text.write(to: listPath, atomically: true, encoding: .utf8)
  }

  /// The cases that are known to fail, each with a word why.
  static let knownFailures: [String: String] = {
    let text = (try? String(contentsOf: listPath, encoding: .utf8)) ?? ""
    var failures: [String: String] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let words = line.split(separator: " ", maxSplits: 1)
      failures[String(words[0])] = words.count > 1 ? String(words[1]) : ""
    }
    return failures
  }()

  /// The script.
  func source() throws -> SourceText {
    let bytes = try Data(contentsOf: Self.folder.appending(path: name + ".py"))
    let file = name.split(separator: "/").last.map(String.init) ?? name
    return SourceText(name: file + ".py", bytes: Array(bytes))
  }

  /// What PyTorch did.
  func golden() throws -> JSON {
    let bytes = try Data(contentsOf: Self.folder.appending(path: name + ".json"))
    return try JSON(reading: Array(bytes))
  }
}
