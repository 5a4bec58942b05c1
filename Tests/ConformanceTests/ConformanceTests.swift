import Foundation
import Interpreter
import Testing

@testable import Timeline

@Suite struct CorpusTests {
  @Test(arguments: ConformanceCase.all)
  func `a script does what it does in PyTorch`(script: ConformanceCase) throws {
    let fault = try Self.fault(of: script)
    guard let why = ConformanceCase.knownFailures[script.name] else {
      #expect(fault == nil)
      return
    }
    #expect(fault != nil, "it works and is still listed as a known failure (\(why))")
  }

  @Test func `every known failure is a case`() {
    let names = Set(ConformanceCase.all.map(\.name))
    for name in ConformanceCase.knownFailures.keys { #expect(names.contains(name)) }
  }

  /// `RECORD=1` writes the list of known failures anew, and fails.
  @Test(.enabled(if: ConformanceCase.isRecording))
  func `the known failures are recorded`() throws {
    var lines = ["# Cases that fail, each with what falls short first; RECORD=1 writes this anew."]
    for script in ConformanceCase.all {
      guard let fault = try Self.fault(of: script) else { continue }
      lines.append("\(script.name) \(Self.brief(fault))")
    }
    try ConformanceCase.writeKnownFailures(lines.joined(separator: "\n") + "\n")
    Issue.record("known-failures.txt was written: \(lines.count - 1) cases")
  }

  /// A fault in a few words: what is not supported, or which half falls short.
  private static func brief(_ fault: String) -> String {
    if let start = fault.range(of: "notSupported("),
      let quote = fault[start.upperBound...].range(of: "), \"")
    {
      let what = fault[quote.upperBound...].prefix { $0 != "\"" }
      return "not supported: " + what.filter { $0 != "\\" }
    }
    return String(fault.prefix { $0 != ":" && $0 != ";" && $0 != "," }) + ":"
      + fault.drop { $0 != ":" }.dropFirst().prefix { $0 != ":" && $0 != "\n" && $0 != "," }
  }

  /// Why the program falls short; nil where it does not.
  private static func fault(of script: ConformanceCase) throws -> String? {
    let golden = try script.golden()
    let source = try script.source()
    if let fault = runFault(source, golden) { return "run: " + fault }
    if let fault = snapshotFault(source, golden) { return "snapshot: " + fault }
    return nil
  }
}

// A plain run: what Python prints.
extension CorpusTests {
  private static func runFault(_ source: SourceText, _ golden: JSON) -> String? {
    let host = CollectingHost()
    let outcome = Interpreter(source: source, host: host).run()
    let printed = SnapshotWriter.withoutAddresses(host.output)
    if let fault = Difference.between(golden["stdout"] ?? .null, .string(printed)) {
      return "stdout\(fault); \(outcome)"
    }
    let complaints = SnapshotWriter.withoutAddresses(host.errors + text(of: outcome))
    var rest = complaints[...]
    for warning in golden["warnings"]?.elements ?? [] {
      let line = shown(warning, source.name)
      guard let found = rest.range(of: line) else { return "no warning \(line) in \(complaints)" }
      rest = rest[found.upperBound...]
    }
    switch (golden["error"] ?? .null, outcome) {
    case (.null, .finished), (.null, .exited(0, _)): return nil
    case (.null, _): return "ended with \(outcome)"
    case (let error, .raised):
      let type = error["type"]?.text ?? ""
      let message = error["message"]?.text ?? ""
      let last = message.isEmpty ? type : "\(type): \(message)"
      let said = withoutSuggestion(complaints)
      return said.hasSuffix(trimmed(last)) ? nil : "ends \(said.suffix(200)), want \(last)"
    case (_, _): return "ended with \(outcome)"
    }
  }

  private static func text(of outcome: Interpreter.Outcome) -> String {
    switch outcome {
    case .raised(let report): report.text
    case .exited(_, let text), .interrupted(let text): text
    case .finished, .notSupported, .limit: ""
    }
  }

  private static func shown(_ warning: JSON, _ file: String) -> String {
    let text = "\(warning["category"]?.text ?? ""): \(warning["message"]?.text ?? "")"
    guard case .int(let line)? = warning["line"] else { return text }
    return "\(file):\(line): \(text)"
  }

  private static func trimmed(_ text: String) -> String {
    var text = text[...]
    while text.last == "\n" { text.removeLast() }
    return String(text)
  }

  /// The text without `. Did you mean: 'x'?` at its end.
  private static func withoutSuggestion(_ text: String) -> String {
    let text = trimmed(text)
    guard text.hasSuffix("'?"), let start = text.range(of: ". Did you mean: '", options: .backwards)
    else { return text }
    return String(text[..<start.lowerBound])
  }
}

// A snapshot: the state after every statement.
extension CorpusTests {
  private static func snapshotFault(_ source: SourceText, _ golden: JSON) -> String? {
    let writer = SnapshotWriter()
    let interpreter = Interpreter(source: source, host: writer)
    writer.source = interpreter
    let outcome = interpreter.run()
    var error: TracebackReport?
    if case .raised(let report) = outcome { error = report }
    let found = writer.json(error: error)
    let records = zip(golden["trace"]?.elements ?? [], found["trace"]?.elements ?? [])
    for (index, pair) in records.enumerated() {
      if let difference = Difference.between(pair.0, pair.1) {
        let line = pair.0["line"].map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
        return "record \(index), line \(line): \(difference)"
      }
    }
    return Difference.between(golden, found)
  }
}
