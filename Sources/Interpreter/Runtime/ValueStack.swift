/// The memory in which frames and arguments lie, used strictly last in, first out.
///
/// One large piece of address space, of which the system provides only the pages that are touched; what does
/// not fit is allocated apart.
final class ValueStack {
  private let base: UnsafeMutablePointer<Value>
  private let end: UnsafeMutablePointer<Value>
  /// The first free place.
  private(set) var top: UnsafeMutablePointer<Value>

  init(capacity: Int = 1 << 20) {
    base = UnsafeMutablePointer<Value>.allocate(capacity: capacity)
    end = base + capacity
    top = base
  }

  deinit {
    base.deallocate()
  }

  /// Room for `count` values, not initialised.
  @inline(__always)
  func reserve(_ count: Int) -> UnsafeMutablePointer<Value> {
    let place = top
    if end - place < count { return UnsafeMutablePointer<Value>.allocate(capacity: count) }
    top = place + count
    return place
  }

  /// Whether `place` lies in the stack's own memory.
  func owns(_ place: UnsafeMutablePointer<Value>) -> Bool { place >= base && place < end }

  /// Gives back what `reserve` gave, of which the first values are initialised.
  @inline(__always)
  func release(_ place: UnsafeMutablePointer<Value>, initialized: Int, reserved: Int) {
    place.deinitialize(count: initialized)
    if owns(place) {
      top = place
    } else {
      place.deallocate()
    }
  }
}
