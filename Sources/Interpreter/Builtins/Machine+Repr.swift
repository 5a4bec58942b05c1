/// Containers whose text is being made, so that one inside itself shows as `[...]`.
extension Machine {
  /// Marks `object` as being shown; false when it already is.
  func enterRepr(_ object: Object) -> Bool {
    for shown in shown where shown === object { return false }
    shown.append(object)
    return true
  }

  /// The end of what `enterRepr` began.
  func leaveRepr(_ object: Object) {
    if let place = shown.lastIndex(where: { $0 === object }) { shown.remove(at: place) }
  }
}
