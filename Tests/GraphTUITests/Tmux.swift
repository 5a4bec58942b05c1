import Glibc
import Testing

/// A program in a real terminal: a window of tmux that a test types into and reads.
final class Tmux {
  private let socket: String
  private static let path = "/usr/bin/tmux"

  /// Whether tmux is installed; without it the tests of the terminal are skipped.
  static var isInstalled: Bool { access(path, X_OK) == 0 }

  /// The program under test, which is built beside the tests.
  static var program: String {
    get throws {
      var buffer = [CChar](repeating: 0, count: 4096)
      let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
      let own = String(
        decoding: buffer[..<max(0, count)].map(UInt8.init(bitPattern:)),
        as: UTF8.self
      )
      let arguments = [own] + CommandLine.arguments
      for path in arguments {
        guard let slash = path.lastIndex(of: "/") else { continue }
        let candidate = path[..<slash] + "/graphtui"
        if access(String(candidate), X_OK) == 0 { return String(candidate) }
      }
      throw Failure(what: "graphtui is not beside \(arguments)")
    }
  }

  /// Something that did not happen in time.
  struct Failure: Error, CustomStringConvertible {
    let what: String
    var description: String { what }
  }

  /// Opens a window and runs a shell in it.
  init(columns: Int = 80, rows: Int = 24, environment: [String] = []) throws {
    socket = "graphtui-test-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    let assignments = ["env", "-u", "NO_COLOR", "PS1=$ ", "LC_ALL=C.UTF-8"] + environment
    try run(
      ["-f", "/dev/null", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)"]
        + assignments + ["/bin/sh"]
    )
    try wait(for: "a prompt") { $0.contains("$") }
  }

  deinit { _ = try? run(["kill-server"]) }

  /// Runs a command of tmux and returns what it printed.
  @discardableResult
  func run(_ arguments: [String]) throws -> String {
    var pipes: [Int32] = [0, 0]
    guard pipe(&pipes) == 0 else { throw Failure(what: "no pipe") }
    // The server of tmux outlives the client and must not hold the pipe open.
    for end in pipes { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, pipes[1], 1)
    posix_spawn_file_actions_adddup2(&actions, pipes[1], 2)
    posix_spawn_file_actions_addclose(&actions, pipes[0])
    // Tests run on threads that block signals; what they start must not.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var unblocked = sigset_t()
    sigemptyset(&unblocked)
    posix_spawnattr_setsigmask(&attributes, &unblocked)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var words: [UnsafeMutablePointer<CChar>?] =
      ([Self.path, "-u", "-L", socket] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process = pid_t()
    let status = posix_spawn(&process, Self.path, &actions, &attributes, &words, environ)
    close(pipes[1])
    guard status == 0 else { throw Failure(what: "tmux does not start") }
    var output: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(pipes[0], &chunk, chunk.count)
      guard count > 0 else { break }
      output += chunk[..<count]
    }
    close(pipes[0])
    var code = Int32()
    waitpid(process, &code, 0)
    return String(decoding: output, as: UTF8.self)
  }

  /// The text on the screen.
  func screen() throws -> String { try run(["capture-pane", "-p"]) }

  /// The text on the screen with its colours.
  func coloredScreen() throws -> String { try run(["capture-pane", "-p", "-e"]) }

  /// A value of tmux, `#{alternate_on}`.
  func value(_ format: String) throws -> String {
    try run(["display-message", "-p", format]).replacing("\n", with: "")
  }

  /// Types a line and Return.
  func type(line: String) throws {
    try run(["send-keys", "-l", line])
    try run(["send-keys", "Enter"])
  }

  /// Presses keys, by tmux's names.
  func press(_ keys: String...) throws { try run(["send-keys"] + keys) }

  /// Waits until the screen is as wanted and returns it.
  @discardableResult
  func wait(
    for what: String,
    seconds: Double = 15,
    until condition: (String) throws -> Bool
  ) throws -> String {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    let end = Double(time.tv_sec) + Double(time.tv_nsec) / 1e9 + seconds
    var last = ""
    while Double(time.tv_sec) + Double(time.tv_nsec) / 1e9 < end {
      last = try screen()
      if try condition(last) { return last }
      usleep(20_000)
      clock_gettime(CLOCK_MONOTONIC, &time)
    }
    throw Failure(what: "waited in vain for \(what); the screen is\n\(last)")
  }
}
