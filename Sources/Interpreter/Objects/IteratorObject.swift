/// Something that `next` can be called on.
///
/// Built-in iterators are subclasses with their own state; generators resume a frame.
class IteratorObject: Object {
  /// The next item, nil at the end.
  func next(_ machine: Machine) throws(PythonError) -> Value? { nil }
}
