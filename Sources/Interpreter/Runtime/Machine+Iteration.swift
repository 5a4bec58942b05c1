extension Machine {
  /// What `for` and the like take items from; a script's iterator is wrapped.
  func iterator(_ value: Value) throws(PythonError) -> IteratorObject {
    let iterator = try iter(value)
    if let native = iterator.object(IteratorObject.self), !(native.type?.isUserDefined ?? false) {
      return native
    }
    return ScriptIterator(iterator)
  }

  /// Python's `iter(value)`.
  func iter(_ value: Value) throws(PythonError) -> Value {
    if case .object(let object) = value {
      if object.type === types.list, let list = object as? ListObject {
        return .object(ListIterator(list, type: types.listIterator))
      }
      if object.type === types.range, let range = object as? RangeObject {
        return .object(RangeIterator(range, type: types.rangeIterator))
      }
      if object.type === types.tuple, let tuple = object as? TupleObject {
        return .object(TupleIterator(tuple, type: types.tupleIterator))
      }
    }
    let type = type(of: value)
    let method = type.find(names.dunderIter)
    if method.isUnbound || method.isNone {
      if method.isUnbound, !type.find(names.dunderGetitem).isUnbound {
        return .object(SequenceIterator(value, type: types.iterator))
      }
      throw typeError("'\(type.name)' object is not iterable")
    }
    let iterator = try callMethod(method, value)
    if iterator.object(IteratorObject.self) != nil { return iterator }
    if self.type(of: iterator).find(names.dunderNext).isUnbound {
      throw typeError("iter() returned non-iterator of type '\(typeName(iterator))'")
    }
    return iterator
  }

  /// `next(iterator)`, nil at the end.
  func next(_ iterator: Value) throws(PythonError) -> Value? {
    if let native = iterator.object(IteratorObject.self), !(native.type?.isUserDefined ?? false) {
      return try native.next(self)
    }
    let method = type(of: iterator).find(names.dunderNext)
    guard !method.isUnbound else {
      throw typeError("'\(typeName(iterator))' object is not an iterator")
    }
    do throws(PythonError) {
      return try callMethod(method, iterator)
    } catch {
      _ = try caught(types.stopIteration)
      return nil
    }
  }

  /// All items of `iterable`.
  func items(_ iterable: Value) throws(PythonError) -> [Value] {
    if case .object(let object) = iterable {
      if object.type === types.list, let list = object as? ListObject { return list.items }
      if object.type === types.tuple, let tuple = object as? TupleObject { return tuple.items }
    }
    let iterator = try iterator(iterable)
    var items: [Value] = []
    while let item = try iterator.next(self) {
      items.append(item)
      if items.count & 0xfff == 0 { try pulse() }
    }
    return items
  }
}

/// An object of a script with `__next__`, as an iterator.
final class ScriptIterator: IteratorObject {
  private let iterator: Value

  init(_ iterator: Value) {
    self.iterator = iterator
    super.init(type: nil)
  }

  override func next(_ machine: Machine) throws(PythonError) -> Value? {
    try machine.next(iterator)
  }
}

/// The iterator of a class with `__getitem__` alone: asks for 0, 1, … until IndexError.
final class SequenceIterator: IteratorObject {
  private var sequence: Value
  private var position = 0

  init(_ sequence: Value, type: TypeObject?) {
    self.sequence = sequence
    super.init(type: type)
  }

  override func next(_ machine: Machine) throws(PythonError) -> Value? {
    if sequence.isUnbound { return nil }
    do throws(PythonError) {
      let item = try machine.item(sequence, .int(position))
      position += 1
      return item
    } catch {
      guard machine.stop == nil, let exception = machine.raised, let type = exception.type,
        type.isSubtype(of: machine.types.indexError)
          || type.isSubtype(of: machine.types.stopIteration)
      else { throw error }
      machine.raised = nil
      sequence = .unbound
      return nil
    }
  }
}

/// The iterator of a list, which sees what is appended on the way.
final class ListIterator: IteratorObject {
  /// The list; nil once the end was seen.
  private(set) var list: ListObject?
  /// The next index.
  var position = 0

  init(_ list: ListObject, type: TypeObject?) {
    self.list = list
    super.init(type: type)
  }

  override func next(_ machine: Machine) throws(PythonError) -> Value? { advance() }

  /// The next item, nil at the end.
  @inline(__always)
  func advance() -> Value? {
    guard let list else { return nil }
    if position < list.items.count {
      position += 1
      return list.items[position - 1]
    }
    self.list = nil
    return nil
  }
}

/// The iterator of a tuple.
final class TupleIterator: IteratorObject {
  private let tuple: TupleObject
  private var position = 0

  init(_ tuple: TupleObject, type: TypeObject?) {
    self.tuple = tuple
    super.init(type: type)
  }

  override func next(_ machine: Machine) throws(PythonError) -> Value? { advance() }

  /// The next item, nil at the end.
  @inline(__always)
  func advance() -> Value? {
    guard position < tuple.items.count else { return nil }
    position += 1
    return tuple.items[position - 1]
  }
}

/// The iterator of a range.
final class RangeIterator: IteratorObject {
  private var value: Int
  private var remaining: Int
  private let step: Int

  init(_ range: RangeObject, type: TypeObject?) {
    value = range.start
    remaining = range.count
    step = range.step
    super.init(type: type)
  }

  override func next(_ machine: Machine) throws(PythonError) -> Value? { advance() }

  /// The next item, nil at the end.
  @inline(__always)
  func advance() -> Value? {
    if remaining == 0 { return nil }
    remaining -= 1
    defer { value &+= step }
    return .int(value)
  }
}
