import Glibc
import Testing

@testable import Interpreter

/// The programs of the folder `Programs` do what CPython recorded beside them, see its `record.py`.
@Suite struct ProgramTests {
  @Test(arguments: Program.all)
  func `a program prints what CPython prints`(program: Program) throws {
    let host = TextHost()
    let source = SourceText(name: program.file, bytes: try TestText.bytes(program.path))
    let interpreter = Interpreter(source: source, host: host)
    host.finish(interpreter.run())
    let recorded = String(decoding: try TestText.bytes(program.recording), as: UTF8.self)
    #expect(TestText.comparable(host.text) == recorded)
  }
}

/// One program with its recording.
struct Program: Sendable, CustomTestStringConvertible {
  /// The area and the situation, `calls/arguments`.
  let name: String
  private static let folder = TestText.folder + "/Programs"

  var path: String { "\(Self.folder)/\(name).py" }
  var recording: String { "\(Self.folder)/\(name).txt" }
  var file: String {
    String(name[name.index(after: name.firstIndex(of: "/") ?? name.startIndex)...]) + ".py"
  }
  var testDescription: String { name }

  /// Every program that has a recording.
  static let all: [Program] = TestText.names(in: folder).flatMap { area in
    TestText.names(in: "\(folder)/\(area)").filter { $0.hasSuffix(".txt") }.map {
      Program(name: "\(area)/\($0.dropLast(4))")
    }
  }
}

/// A host that keeps what a script prints as `record.py` writes it.
final class TextHost: Host {
  private var output = ""
  private var errors = ""
  private var ending = ""

  let observesStatements = false
  let isCancelled = false

  func write(_ text: String) { output += text }
  func writeError(_ text: String) { errors += text }
  func warn(_ warning: WarningReport) { errors += warning.text }
  func willExecute(_ place: ScriptPlace) {}
  func didComplete(_ place: ScriptPlace) {}

  /// Notes how the run ended.
  func finish(_ outcome: Interpreter.Outcome) {
    switch outcome {
    case .finished: break
    case .raised(let report):
      errors += report.text
      ending = "=== exit 1\n"
    case .exited(let status, let text):
      errors += text
      if status != 0 { ending = "=== exit \(status)\n" }
    case .notSupported(let place, let what):
      ending = "=== not supported in line \(place?.statement.start.line ?? 0): \(what)\n"
    case .interrupted: ending = "=== interrupted\n"
    case .limit(let limit, _): ending = "=== limit \(limit)\n"
    }
  }

  /// Standard output, standard error and the exit status.
  var text: String { output + (errors.isEmpty ? "" : "=== stderr\n" + errors) + ending }
}

/// Files of the tests, read without Foundation.
enum TestText {
  /// The folder of this file.
  static let folder = String(
    #filePath.prefix(upTo: #filePath.lastIndex(of: "/") ?? #filePath.endIndex)
  )

  struct Unreadable: Error {
    let path: String
  }

  static func bytes(_ path: String) throws -> [UInt8] {
    guard let file = fopen(path, "r") else { throw Unreadable(path: path) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }

  static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  /// The text with every address written `0xADDR`.
  static func comparable(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let start = rest.firstRange(of: "0x") {
      let digits = rest[start.upperBound...].prefix { $0.isHexDigit && !$0.isUppercase }
      result += rest[..<start.lowerBound] + (digits.isEmpty ? "0x" : "0xADDR")
      rest = rest[digits.endIndex...]
    }
    return result + rest
  }
}
