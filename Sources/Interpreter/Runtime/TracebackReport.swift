/// An uncaught exception as Python prints it.
public struct TracebackReport: Sendable, Equatable {
  /// The class of the exception, `RuntimeError`.
  public var type: String
  /// Its text, `str(e)`.
  public var message: String
  /// The innermost line of the script that it passed; nil where it passed none.
  public var line: Int?
  /// The innermost expression of the script that it passed.
  public var range: SourceRange?
  /// Everything that Python prints on standard error.
  public var text: String

  /// A report from its parts.
  public init(type: String, message: String, line: Int?, range: SourceRange?, text: String) {
    self.type = type
    self.message = message
    self.line = line
    self.range = range
    self.text = text
  }
}

extension Machine {
  /// The report of an exception that nothing caught.
  func report(_ exception: ExceptionObject) -> TracebackReport {
    let place = exception.traceback.first { !$0.code.isLibrary }
    return TracebackReport(
      type: (exception.type ?? types.exception).name,
      message: message(of: exception),
      line: place?.range.start.line,
      range: place?.range,
      text: render(exception)
    )
  }

  /// The text of an exception, as `traceback.format_exception` joins it.
  func render(_ exception: ExceptionObject) -> String {
    var chain: [(exception: ExceptionObject, link: String)] = []
    var seen: Set<ObjectIdentifier> = []
    var next: ExceptionObject? = exception
    var link = ""
    while let current = next, seen.insert(ObjectIdentifier(current)).inserted {
      chain.append((current, link))
      if let cause = current.cause {
        next = cause
        link = "The above exception was the direct cause of the following exception:"
      } else if let context = current.context, !current.suppressesContext {
        next = context
        link = "During handling of the above exception, another exception occurred:"
      } else {
        next = nil
      }
    }
    var text = ""
    for (i, entry) in chain.enumerated().reversed() {
      text += renderOne(entry.exception)
      if i > 0 { text += "\n\(entry.link)\n\n" }
    }
    return text
  }

  /// The text of an exception without what it came from.
  func renderOne(_ exception: ExceptionObject) -> String {
    var text = ""
    if !exception.traceback.isEmpty {
      text += "Traceback (most recent call last):\n" + frames(exception)
    }
    return text + lastLines(exception)
  }

  /// The last line of a traceback, and the notes below it.
  func lastLines(_ exception: ExceptionObject) -> String {
    let type = exception.type ?? types.exception
    var name = type.qualifiedName
    if type.module != "builtins", type.module != "__main__" { name = "\(type.module).\(name)" }
    let message = message(of: exception)
    var text = message.isEmpty ? name : "\(name): \(message)"
    if let suggestion = suggestion(exception) { text += ". Did you mean: '\(suggestion)'?" }
    text += "\n"
    if let notes = exception.attributes?[names.dunderNotes]?.object(ListObject.self) {
      for note in notes.items { text += (self.text(note) ?? "") + "\n" }
    }
    return text
  }

  private func frames(_ exception: ExceptionObject) -> String {
    var text = ""
    var repeats = 0
    var last: TracebackEntry?
    for entry in exception.traceback.reversed() {
      if let previous = last, previous.code.source === entry.code.source,
        previous.range.start.line == entry.range.start.line, previous.code.name == entry.code.name
      {
        repeats += 1
      } else {
        text += Self.repeated(repeats)
        repeats = 0
      }
      last = entry
      if repeats >= 3 { continue }
      let line = entry.range.start.line
      text += "  File \"\(entry.code.source.name)\", line \(line), in \(entry.code.name)\n"
      let source = entry.code.source.line(line).trimmingSpaces
      if !source.isEmpty { text += "    \(source)\n" }
    }
    return text + Self.repeated(repeats)
  }

  private static func repeated(_ repeats: Int) -> String {
    if repeats < 3 { return "" }
    let more = repeats - 2
    return "  [Previous line repeated \(more) more time\(more == 1 ? "" : "s")]\n"
  }

  private func message(of exception: ExceptionObject) -> String {
    let pending = (raised, stop)
    defer { (raised, stop) = pending }
    stop = nil
    do throws(PythonError) {
      return try str(.object(exception))
    } catch {
      return "<exception str() failed>"
    }
  }

  /// What the last line of the traceback proposes.
  private func suggestion(_ exception: ExceptionObject) -> String? {
    if let suggestion = exception.suggestion { return suggestion }
    guard let type = exception.type, type.isSubtype(of: types.attributeError),
      let name = exception.attributes?[names.name].flatMap({ text($0) }),
      let object = exception.attributes?[names.obj]
    else { return nil }
    return Suggestion.closest(to: name, among: attributeNames(of: object))
  }
}
