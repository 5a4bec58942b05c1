/// Why a graph was not laid out.
public enum LayoutError: Error, Sendable, Hashable {
  /// The nodes at these positions form a cycle, each pointing at the next and the last at the first.
  case cycle([Int])
  /// The work was cancelled.
  case cancelled
}
