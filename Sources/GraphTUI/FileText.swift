import Glibc

/// The text of a file, read without the weight of Foundation.
enum FileText {
  /// Why a file could not be read.
  struct Unreadable: Error, CustomStringConvertible {
    /// The path as it was given.
    let path: String
    /// The reason, in the system's words.
    let reason: String

    /// One line that says it.
    var description: String { "\(path): \(reason)" }
  }

  /// Reads a file of UTF-8; `-` is standard input.
  ///
  /// Bytes that are not UTF-8 become U+FFFD.
  ///
  /// - Throws: ``Unreadable``.
  static func read(_ path: String) throws(Unreadable) -> String {
    String(decoding: try bytes(of: path), as: UTF8.self)
  }

  /// Reads the bytes of a file; `-` is standard input.
  ///
  /// - Throws: ``Unreadable``.
  static func bytes(of path: String) throws(Unreadable) -> [UInt8] {
    let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path) }
    defer { if descriptor != STDIN_FILENO { close(descriptor) } }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count == 0 { break }
      guard count > 0 else { throw failure(path) }
      bytes += chunk[..<count]
    }
    return bytes
  }

  /// Writes a file of UTF-8, replacing what was there; `-` is standard output.
  ///
  /// - Throws: ``Unreadable``.
  static func write(_ text: String, to path: String) throws(Unreadable) {
    let isStandard = path == "-"
    let descriptor =
      isStandard ? STDOUT_FILENO : open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure(path) }
    defer { if !isStandard { close(descriptor) } }
    guard put(text, on: descriptor) else { throw failure(path) }
  }

  /// Writes a line on standard error.
  static func complain(_ line: String) {
    _ = put("graphtui: " + line + "\n", on: STDERR_FILENO)
  }

  private static func put(_ text: String, on descriptor: Int32) -> Bool {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  private static func failure(_ path: String) -> Unreadable {
    Unreadable(path: path, reason: String(cString: strerror(errno)))
  }
}
