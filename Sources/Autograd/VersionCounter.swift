/// The version of a tensor's value: a base, its views and what `detach()` returns share one.
///
/// `.data` starts one of its own. A tensor without a counter is at version 0 and shares with nobody.
/// See <doc:Versions>.
public final class VersionCounter {
  /// How often the value was changed in place.
  public internal(set) var current: Int

  /// A slot for an observer: its note on this counter, which dies with it.
  public var note: AnyObject?

  init(current: Int = 0) {
    self.current = current
  }
}
