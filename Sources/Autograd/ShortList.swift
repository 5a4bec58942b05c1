/// A list that keeps its first two elements inline.
///
/// Most nodes have one or two edges, saved tensors and gradients; an array would cost each of them an
/// allocation.
struct ShortList<Element> {
  private(set) var count = 0
  private var first: Element?
  private var second: Element?
  private var rest: [Element] = []

  init() {}

  init(_ element: Element) {
    first = element
    count = 1
  }

  init(_ a: Element, _ b: Element) {
    first = a
    second = b
    count = 2
  }

  init(_ elements: some Sequence<Element>) {
    for element in elements { append(element) }
  }

  init(repeating element: Element, count: Int) {
    self.count = count
    if count > 0 { first = element }
    if count > 1 { second = element }
    if count > 2 { rest = Array(repeating: element, count: count - 2) }
  }
}

extension ShortList {
  var isEmpty: Bool { count == 0 }

  var indices: Range<Int> { 0..<count }

  mutating func append(_ element: Element) {
    switch count {
    case 0: first = element
    case 1: second = element
    default: rest.append(element)
    }
    count += 1
  }

  mutating func removeAll() {
    self = ShortList()
  }

  subscript(index: Int) -> Element {
    @inline(__always) get {
      if index == 0, let first { return first }
      if index == 1, let second { return second }
      return rest[index - 2]
    }
    @inline(__always) set {
      switch index {
      case 0: first = newValue
      case 1: second = newValue
      default: rest[index - 2] = newValue
      }
    }
  }

  /// The elements as an array.
  var array: [Element] {
    var elements: [Element] = []
    elements.reserveCapacity(count)
    for index in indices { elements.append(self[index]) }
    return elements
  }
}

extension ShortList {
  /// Takes an element out, leaving another in its place: the reference count does not grow.
  @inline(__always)
  mutating func exchange(_ index: Int, with element: Element) -> Element {
    switch index {
    case 0:
      if let taken = first.take() {
        first = element
        return taken
      }
    case 1:
      if let taken = second.take() {
        second = element
        return taken
      }
    default:
      var taken = element
      swap(&taken, &rest[index - 2])
      return taken
    }
    preconditionFailure("there is an element at the index")
  }
}
