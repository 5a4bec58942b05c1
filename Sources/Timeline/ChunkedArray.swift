/// An array in chunks, so that a copy shares all but the chunks that change afterwards.
///
/// A history keeps many states of tables that grow long and change little from one to the next. Copying
/// is O(1); the first write after it copies one chunk and the list of chunks.
struct ChunkedArray<Element: Sendable>: Sendable {
  private static var shift: Int { 6 }
  private static var chunkSize: Int { 1 << shift }

  private var chunks: [ContiguousArray<Element>] = []
  private(set) var count = 0

  init() {}
}

extension ChunkedArray: RandomAccessCollection {
  var startIndex: Int { 0 }
  var endIndex: Int { count }

  subscript(index: Int) -> Element {
    get { chunks[index >> Self.shift][index & (Self.chunkSize - 1)] }
    _modify { yield &chunks[index >> Self.shift][index & (Self.chunkSize - 1)] }
  }

  mutating func append(_ element: Element) {
    let place = count >> Self.shift
    if place == chunks.count {
      var chunk = ContiguousArray<Element>()
      chunk.reserveCapacity(Self.chunkSize)
      chunks.append(chunk)
    }
    chunks[place].append(element)
    count += 1
  }

  mutating func removeLast() {
    count -= 1
    chunks[count >> Self.shift].removeLast()
    if count & (Self.chunkSize - 1) == 0 { chunks.removeLast() }
  }

  /// Calls `body` with every element, faster than iterating over indices.
  @inline(__always)
  func visit(_ body: (Int, Element) -> Void) {
    var index = 0
    for chunk in chunks {
      for element in chunk {
        body(index, element)
        index += 1
      }
    }
  }
}

extension ChunkedArray: Equatable where Element: Equatable {
  static func == (a: ChunkedArray, b: ChunkedArray) -> Bool {
    a.count == b.count && a.chunks == b.chunks
  }
}
