/// Sizes and strides.
public enum Shape {
  /// The number of elements.
  public static func numel(_ sizes: [Int]) -> Int {
    var count = 1
    for size in sizes { count &*= size }
    return count
  }

  /// The strides of elements that lie row by row.
  public static func contiguousStrides(_ sizes: [Int]) -> [Int] {
    switch sizes.count {
    case 0: return []
    case 1: return oneStride
    default:
      var strides = [Int](repeating: 1, count: sizes.count)
      for index in stride(from: sizes.count - 2, through: 0, by: -1) {
        strides[index] = strides[index + 1] &* max(sizes[index + 1], 1)
      }
      return strides
    }
  }

  private static let oneStride = [1]

  /// Whether elements lie row by row without gaps; strides of dimensions of size 1 do not matter.
  public static func isContiguous(sizes: [Int], strides: [Int]) -> Bool {
    var expected = 1
    for index in stride(from: sizes.count - 1, through: 0, by: -1) where sizes[index] != 1 {
      if sizes[index] == 0 { return true }
      if strides[index] != expected { return false }
      expected &*= sizes[index]
    }
    return true
  }

  /// Whether elements fill a block of memory, each place once, in whatever order.
  public static func isNonOverlappingAndDense(sizes: [Int], strides: [Int]) -> Bool {
    if sizes.contains(0) { return true }
    let order = sizes.indices.filter { sizes[$0] != 1 }.sorted { strides[$0] < strides[$1] }
    var expected = 1
    for index in order {
      if strides[index] != expected { return false }
      expected &*= sizes[index]
    }
    return true
  }

  /// The sizes as PyTorch prints them, `[2, 3]`.
  public static func text(_ sizes: [Int]) -> String {
    var text = "["
    for (index, size) in sizes.enumerated() {
      if index > 0 { text += ", " }
      text += String(size)
    }
    return text + "]"
  }

  /// Whether a shape broadcasts to another.
  public static func isExpandable(_ sizes: [Int], to target: [Int]) -> Bool {
    guard sizes.count <= target.count else { return false }
    for index in sizes.indices {
      let size = sizes[sizes.count - 1 - index]
      if size != 1 && size != target[target.count - 1 - index] { return false }
    }
    return true
  }
}
