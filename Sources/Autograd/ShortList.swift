/// What a ``ShortList`` may hold: something with a value that stands for nothing.
protocol ShortListElement {
  /// The value in places that are not used.
  static var nothing: Self { get }
}

/// A list that keeps its first two elements inline.
///
/// Most nodes have one or two edges, saved tensors and gradients; an array would cost each of them an
/// allocation.
struct ShortList<Element: ShortListElement> {
  private(set) var count = 0
  // Where every nanosecond counts these are read directly: a subscript of a class's property copies.
  var first = Element.nothing
  var second = Element.nothing
  var rest: [Element] = []

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

  /// As many places that hold nothing.
  init(count: Int) {
    self.count = count
    if count > 2 { rest = Array(repeating: .nothing, count: count - 2) }
  }
}

extension ShortList {
  var isEmpty: Bool { count == 0 }

  var indices: Range<Int> { 0..<count }

  @inline(__always)
  mutating func append(_ element: consuming Element) {
    switch count {
    case 0: first = element
    case 1: second = element
    default: rest.append(element)
    }
    count &+= 1
  }

  @inline(__always)
  mutating func removeAll() {
    self = ShortList()
  }

  subscript(index: Int) -> Element {
    @inline(__always) _read {
      precondition(index < count, "the index is one of the list's")
      if index == 0 {
        yield first
      } else if index == 1 {
        yield second
      } else {
        yield rest[index - 2]
      }
    }
    @inline(__always) _modify {
      precondition(index < count, "the index is one of the list's")
      if index == 0 {
        yield &first
      } else if index == 1 {
        yield &second
      } else {
        yield &rest[index - 2]
      }
    }
  }

  /// Takes an element out and leaves nothing in its place: the reference count does not grow.
  @inline(__always)
  mutating func take(_ index: Int) -> Element {
    var taken = Element.nothing
    swap(&taken, &self[index])
    return taken
  }

  /// The elements as an array.
  var array: [Element] {
    var elements: [Element] = []
    elements.reserveCapacity(count)
    for index in indices { elements.append(self[index]) }
    return elements
  }
}

extension Optional: ShortListElement where Wrapped == Tensor {
  static var nothing: Tensor? { nil }
}

extension Edge: ShortListElement {
  static var nothing: Edge { Edge(nil) }
}

extension SavedVariable: ShortListElement {
  static var nothing: SavedVariable { SavedVariable() }
}

extension InputMetadata: ShortListElement {
  static var nothing: InputMetadata { InputMetadata(sizes: [], dtype: nil, isValid: false) }
}

extension Operand: ShortListElement {
  static var nothing: Operand { .number(.int(0)) }
}
