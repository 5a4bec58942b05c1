@testable import Timeline

/// Where two JSON values differ, in words.
enum Difference {
  /// The first place where `got` is not what is wanted; nil where they agree.
  ///
  /// Numbers agree within 1e-4 relative or 1e-6 absolute; the order of members does not count.
  static func between(_ want: JSON, _ got: JSON, at place: String = "") -> String? {
    switch (want, got) {
    case (.object(let wanted), .object(let found)):
      return between(wanted, found, at: place)
    case (.array(let wanted), .array(let found)):
      for (index, pair) in zip(wanted, found).enumerated() {
        if let difference = between(pair.0, pair.1, at: "\(place)[\(index)]") { return difference }
      }
      if wanted.count == found.count { return nil }
      return "\(place): \(wanted.count) wanted, \(found.count) found"
    default:
      return agree(want, got) ? nil : "\(place): want \(brief(want)), got \(brief(got))"
    }
  }

  private static func between(
    _ wanted: [JSON.Member],
    _ found: [JSON.Member],
    at place: String
  ) -> String? {
    // Members come in the same order nearly always.
    var values: [String: JSON]?
    for (index, member) in wanted.enumerated() {
      var value: JSON?
      if index < found.count, found[index].key == member.key {
        value = found[index].value
      } else {
        let all = values ?? Dictionary(found.map { ($0.key, $0.value) }) { first, _ in first }
        values = all
        value = all[member.key]
      }
      guard let value else { return "\(place).\(member.key): missing, want \(brief(member.value))" }
      if let difference = between(member.value, value, at: "\(place).\(member.key)") {
        return difference
      }
    }
    if found.count == wanted.count { return nil }
    let known = Set(wanted.map(\.key))
    return "\(place): unexpected \(found.first { !known.contains($0.key) }?.key ?? "members")"
  }

  private static func agree(_ want: JSON, _ got: JSON) -> Bool {
    if want == got { return true }
    guard let a = number(want), let b = number(got) else { return false }
    let difference = (a - b).magnitude
    return a == b || difference <= max(1e-4 * max(a.magnitude, b.magnitude), 1e-6)
  }

  private static func number(_ value: JSON) -> Double? {
    switch value {
    case .int(let number): Double(number)
    case .double(let number): number
    default: nil
    }
  }

  private static func brief(_ value: JSON) -> String {
    let text = String(decoding: value.bytes, as: UTF8.self)
    return text.count < 160 ? text : text.prefix(157) + "..."
  }
}
