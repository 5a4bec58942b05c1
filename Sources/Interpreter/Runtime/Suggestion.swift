/// The "Did you mean" of a traceback, as CPython's `Python/suggestions.c` computes it.
enum Suggestion {
  private static let moveCost = 2
  private static let caseCost = 1
  private static let longestName = 40
  private static let mostCandidates = 750

  /// The candidate that `name` may have been meant for.
  static func closest(to name: String, among candidates: [String]) -> String? {
    if candidates.count >= mostCandidates { return nil }
    let wanted = Array(name.utf8)
    var best: String?
    var bestDistance = Int.max
    for candidate in candidates where candidate != name {
      let bytes = Array(candidate.utf8)
      var limit = (bytes.count + wanted.count + 3) * moveCost / 6
      limit = min(limit, bestDistance - 1)
      let distance = distance(wanted, bytes, limit)
      if distance <= limit, best == nil || distance < bestDistance {
        best = candidate
        bestDistance = distance
      }
    }
    return best
  }

  /// The edit distance, anything above `limit` where it is higher than that.
  private static func distance(_ a: [UInt8], _ b: [UInt8], _ limit: Int) -> Int {
    var (a, b) = (a[...], b[...])
    while let x = a.first, x == b.first {
      a = a.dropFirst()
      b = b.dropFirst()
    }
    while let x = a.last, x == b.last {
      a = a.dropLast()
      b = b.dropLast()
    }
    if a.isEmpty || b.isEmpty { return (a.count + b.count) * moveCost }
    if a.count > longestName || b.count > longestName { return limit + 1 }
    if b.count < a.count { swap(&a, &b) }
    if (b.count - a.count) * moveCost > limit { return limit + 1 }
    let short = Array(a)
    var row = (1...short.count).map { $0 * moveCost }
    var result = 0
    for (i, byte) in b.enumerated() {
      var diagonal = i * moveCost
      result = diagonal
      var least = Int.max
      for j in short.indices {
        let substitution = diagonal + cost(short[j], byte)
        diagonal = row[j]
        result = min(substitution, min(result, diagonal) + moveCost)
        row[j] = result
        least = min(least, result)
      }
      if least > limit { return limit + 1 }
    }
    return result
  }

  private static func cost(_ a: UInt8, _ b: UInt8) -> Int {
    if a == b { return 0 }
    return lowercased(a) == lowercased(b) ? caseCost : moveCost
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    (65...90).contains(byte) ? byte + 32 : byte
  }
}
