public import Autograd
public import Interpreter

/// What a snapshot asks of a running script: the names of the module and their tensors.
public protocol SnapshotSource: AnyObject {
  /// The session, which makes the grad_fn of a view anew when it is read; nil until `torch` is imported.
  var session: Session? { get }
  /// Calls `body` with the tensors bound to names of the module, and those of the named parameters of
  /// modules bound there, as `NAME.PARAM`; names that begin with two underscores are left out.
  func visitTensors(_ body: (_ name: String, _ tensor: Tensor) -> Void)
}

extension Interpreter: SnapshotSource {}

/// Writes the state after every statement of a module as one JSON object.
///
/// It holds `stdout`, `warnings`, `error` and `trace`, a record for every simple statement at module level that
/// completed, with `line`, `tensors` and `graph`. It reads the live state and not a timeline, since reading the
/// grad_fn of a view has effects in PyTorch.
public final class SnapshotWriter {
  /// Where tensors come from.
  public weak var source: (any SnapshotSource)?

  private var output: [UInt8] = []
  private var warnings: [JSON] = []
  private var trace: [JSON] = []

  /// A writer that has seen nothing yet.
  public init() {}
}

extension SnapshotWriter: Host {
  /// Statements are not announced.
  public var observesStatements: Bool { false }

  /// A snapshot is never cancelled.
  public var isCancelled: Bool { false }

  /// Takes what the script prints.
  public func write(_ text: String) { output += text.utf8 }

  /// Leaves what the script prints to `sys.stderr` out.
  public func writeError(_ text: String) {}

  /// Takes a warning.
  public func warn(_ warning: WarningReport) {
    warnings.append(
      .object([
        JSON.Member("category", .string(warning.category)),
        JSON.Member("message", .string(Self.withoutAddresses(warning.message))),
        JSON.Member("line", JSON(warning.line)),
      ])
    )
  }

  /// Does nothing.
  public func willExecute(_ place: ScriptPlace) {}

  /// Takes the state.
  public func didComplete(_ place: ScriptPlace) {
    guard let source else { return }
    guard let session = source.session else {
      trace.append(SnapshotRecord.empty(line: place.statement.start.line))
      return
    }
    var named: [(name: String, tensor: Tensor)] = []
    source.visitTensors { name, tensor in named.append((name, tensor)) }
    named.sort { $0.name.unicodeScalars.lexicographicallyPrecedes($1.name.unicodeScalars) }
    var snapshot = SnapshotRecord(named, session)
    trace.append(snapshot.record(line: place.statement.start.line))
  }
}

extension SnapshotWriter {
  /// The object, in one line of UTF-8.
  ///
  /// - Parameter error: The exception that ended the script.
  /// - Returns: The text.
  public func bytes(error: TracebackReport?) -> [UInt8] { json(error: error).bytes }

  /// The object.
  func json(error: TracebackReport?) -> JSON {
    let text = String(decoding: output, as: UTF8.self)
    return .object([
      JSON.Member("stdout", .string(Self.withoutAddresses(text))),
      JSON.Member("warnings", .array(warnings)),
      JSON.Member("error", error.map(Self.json) ?? .null),
      JSON.Member("trace", .array(trace)),
    ])
  }

  private static func json(_ error: TracebackReport) -> JSON {
    .object([
      JSON.Member("type", .string(error.type)),
      JSON.Member("message", .string(withoutAddresses(error.message))),
      JSON.Member("line", JSON(error.line)),
    ])
  }

  /// The text with every address of an object written `0xADDR`.
  static func withoutAddresses(_ text: String) -> String {
    var shown: [UInt8] = []
    let bytes = Array(text.utf8)
    shown.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "0"), index + 2 < bytes.count,
        bytes[index + 1] == UInt8(ascii: "x"), isDigit(bytes[index + 2])
      {
        shown += "0xADDR".utf8
        index += 2
        while index < bytes.count, isDigit(bytes[index]) { index += 1 }
      } else {
        shown.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: shown, as: UTF8.self)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }
}
