/// Who saved a tensor of which storage: lists linked through one table, so that noting one costs no allocation.
struct Savers {
  private struct Link {
    let place: SavedPlace
    let next: Int32
  }

  private var links: ContiguousArray<Link> = []
  /// The last link of each storage, -1 where there is none.
  private var heads: ContiguousArray<Int32> = []

  /// Notes a saved tensor of a storage.
  mutating func add(_ place: SavedPlace, on storage: StorageID) {
    while heads.count <= storage.index { heads.append(-1) }
    links.append(Link(place: place, next: heads[storage.index]))
    heads[storage.index] = Int32(truncatingIfNeeded: links.count - 1)
  }

  /// Takes the saved tensors of a storage out, those that `keep` returns true for stay.
  mutating func sift(on storage: StorageID, keep: (SavedPlace) -> Bool) {
    guard storage.index < heads.count, heads[storage.index] >= 0 else { return }
    var next = heads[storage.index]
    var kept: [SavedPlace] = []
    while next >= 0 {
      let link = links[Int(next)]
      if keep(link.place) { kept.append(link.place) }
      next = link.next
    }
    heads[storage.index] = -1
    for place in kept.reversed() { add(place, on: storage) }
  }
}
