/// The instructions that the loop does not carry out itself.
extension Machine {
  /// Carries out `instruction` and gives the new end of the stack.
  @inline(never)
  func perform(
    _ instruction: Instruction,
    _ frame: FramePointer,
    _ top: UnsafeMutablePointer<Value>
  ) throws(PythonError) -> UnsafeMutablePointer<Value> {
    let a = Int(instruction.a)
    switch instruction.opcode {
    case .completed:
      if !frame.pointee.code.isLibrary { try completed(a, frame) }
      return top
    case .listAppend:
      let item = (top - 1).move()
      if case .object(let object) = (top - 1 - a).pointee {
        unsafeDowncast(object, to: ListObject.self).items.append(item)
      }
      return top - 1
    case .unary:
      let op = UnaryOperator(rawValue: UInt8(truncatingIfNeeded: a)) ?? .not
      (top - 1).pointee = try unary(op, top[-1])
      return top
    case .getIterator:
      (top - 1).pointee = try iter(top[-1])
      return top
    case .storeSubscript:
      try setItem(top[-2], top[-1], top[-3])
      return drop(3, top)
    case .deleteSubscript:
      try deleteItem(top[-2], top[-1])
      return drop(2, top)
    case .storeAttribute:
      try storeAttribute(top[-1], Symbol(number: instruction.a), top[-2])
      return drop(2, top)
    case .deleteAttribute:
      try deleteAttribute(top[-1], Symbol(number: instruction.a))
      return drop(1, top)
    case .buildSlice:
      let made = slice(top[-a], top[1 - a], a == 3 ? top[-1] : .none)
      return replace(a, top, made)
    case .buildTuple, .buildList, .buildSet, .buildDict, .buildString, .listToTuple,
      .listExtend, .setAdd, .setUpdate, .dictSet, .dictUpdate, .dictMerge, .formatValue:
      return try build(instruction, top)
    case .unpackSequence:
      return try unpack(a, top)
    case .unpackStarred:
      return try unpackStarred(a, Int(instruction.b), top)
    case .makeFunction:
      return makeFunction(instruction, frame, top)
    case .loadBuildClass:
      return push(buildClass, top)
    case .importName:
      return push(try importName(frame.pointee.code.imports[a], last: instruction.b == 1), top)
    case .importFrom:
      return push(try importFrom(top[-1], Symbol(number: instruction.a)), top)
    case .raise, .pushException, .popException, .matchException, .reraise,
      .loadAssertionError, .beforeWith, .withException:
      return try performException(instruction, top)
    default:
      return try performVariable(instruction, frame, top)
    }
  }

  /// Pushes a value.
  @inline(__always)
  func push(
    _ value: Value,
    _ top: UnsafeMutablePointer<Value>
  ) -> UnsafeMutablePointer<Value> {
    top.initialize(to: value)
    return top + 1
  }

  /// Drops `count` values.
  @inline(__always)
  func drop(
    _ count: Int,
    _ top: UnsafeMutablePointer<Value>
  ) -> UnsafeMutablePointer<Value> {
    (top - count).deinitialize(count: count)
    return top - count
  }

  /// Puts `value` in the place of the last `count` values.
  @inline(__always)
  func replace(
    _ count: Int,
    _ top: UnsafeMutablePointer<Value>,
    _ value: Value
  ) -> UnsafeMutablePointer<Value> {
    if count == 0 { return push(value, top) }
    // Assigned and not initialized anew: an optimized build has lost such an initialization.
    let end = drop(count - 1, top)
    (end - 1).pointee = value
    return end
  }

  private func completed(_ statement: Int, _ frame: FramePointer) throws(PythonError) {
    let range = frame.pointee.code.statements[statement].range
    host.didComplete(
      ScriptPlace(statement: range, expression: frame.pointee.range ?? range)
    )
  }

  private func unpack(
    _ count: Int,
    _ top: UnsafeMutablePointer<Value>
  ) throws(PythonError) -> UnsafeMutablePointer<Value> {
    let items = try unpacked(top[-1], atMost: count)
    if items.count < count {
      throw valueError("not enough values to unpack (expected \(count), got \(items.count))")
    }
    if items.count > count {
      throw valueError("too many values to unpack (expected \(count))")
    }
    var place = drop(1, top)
    var i = count
    while i > 0 {
      i -= 1
      place.initialize(to: items[i])
      place += 1
    }
    return place
  }

  private func unpackStarred(
    _ before: Int,
    _ after: Int,
    _ top: UnsafeMutablePointer<Value>
  ) throws(PythonError) -> UnsafeMutablePointer<Value> {
    let items = try unpacked(top[-1], atMost: nil)
    if items.count < before + after {
      throw valueError(
        "not enough values to unpack (expected at least \(before + after), got \(items.count))"
      )
    }
    var place = drop(1, top)
    for item in items.suffix(after).reversed() { place = push(item, place) }
    place = push(list(Array(items[before..<(items.count - after)])), place)
    for item in items.prefix(before).reversed() { place = push(item, place) }
    return place
  }

  /// The items to unpack, one more than `atMost` where there are too many.
  private func unpacked(_ value: Value, atMost: Int?) throws(PythonError) -> [Value] {
    if case .object(let object) = value {
      if object.type === types.tuple, let tuple = object as? TupleObject { return tuple.items }
      if object.type === types.list, let list = object as? ListObject { return list.items }
    }
    if type(of: value).find(names.dunderIter).isUnbound,
      type(of: value).find(names.dunderGetitem).isUnbound
    {
      throw typeError("cannot unpack non-iterable \(typeName(value)) object")
    }
    let iterator = try iterator(value)
    var items: [Value] = []
    while let item = try iterator.next(self) {
      items.append(item)
      if let atMost, items.count > atMost { break }
    }
    return items
  }

  private func makeFunction(
    _ instruction: Instruction,
    _ frame: FramePointer,
    _ top: UnsafeMutablePointer<Value>
  ) -> UnsafeMutablePointer<Value> {
    let running = frame.pointee.function
    let made = FunctionObject(
      code: running.code.inner[Int(instruction.a)],
      globals: running.globals,
      type: types.function
    )
    made.module = running.module
    if let documentation = made.code.documentation { made.documentation = string(documentation) }
    var top = top
    if instruction.b & 4 != 0 {
      for cell in top[-1].object(TupleObject.self)?.items ?? [] {
        if let cell = cell.object(CellObject.self) { made.closure.append(cell) }
      }
      top = drop(1, top)
    }
    if instruction.b & 2 != 0 {
      for entry in top[-1].object(DictObject.self)?.table.entries ?? [] {
        guard let name = text(entry.key) else { continue }
        made.keywordDefaults.append((symbols.symbol(name), entry.value))
      }
      top = drop(1, top)
    }
    if instruction.b & 1 != 0 {
      made.defaults = top[-1].object(TupleObject.self)?.items ?? []
      top = drop(1, top)
    }
    return push(.object(made), top)
  }

  private func performVariable(
    _ instruction: Instruction,
    _ frame: FramePointer,
    _ top: UnsafeMutablePointer<Value>
  ) throws(PythonError) -> UnsafeMutablePointer<Value> {
    let a = Int(instruction.a)
    let locals = frame.pointee.locals
    let cells = locals + frame.pointee.body.pointee.localCount
    switch instruction.opcode {
    case .deleteLocal:
      if locals[a].isUnbound { throw unboundLocal(frame, a) }
      locals[a] = .unbound
      return top
    case .storeCell:
      let value = (top - 1).move()
      cells[a].object(CellObject.self)?.value = value
      return top - 1
    case .deleteCell:
      guard let cell = cells[a].object(CellObject.self), !cell.value.isUnbound else {
        throw unboundCell(frame, a)
      }
      cell.value = .unbound
      return top
    case .loadClosure:
      return push(cells[a], top)
    case .deleteGlobal:
      let slots = frame.pointee.globals.pointee.slots
      if slots[a].isUnbound { throw undefinedGlobal(frame, a) }
      slots[a] = .unbound
      return top
    case .loadName, .loadNameOrCell:
      return push(try loadName(instruction, frame), top)
    case .storeName:
      let value = (top - 1).move()
      store(Symbol(number: instruction.a), value, frame)
      return top - 1
    case .deleteName:
      let symbol = Symbol(number: instruction.a)
      guard frame.pointee.classNames?.remove(symbol) == true else {
        throw undefinedName(symbol, in: frame)
      }
      return top
    default:
      preconditionFailure("The machine has no instruction \(instruction.opcode).")
    }
  }

  private func loadName(
    _ instruction: Instruction,
    _ frame: FramePointer
  ) throws(PythonError) -> Value {
    let symbol = Symbol(number: instruction.a)
    if let value = frame.pointee.classNames?[symbol] { return value }
    if instruction.opcode == .loadNameOrCell {
      let slot = frame.pointee.body.pointee.localCount + Int(instruction.b)
      if let cell = frame.pointee.locals[slot].object(CellObject.self), !cell.value.isUnbound {
        return cell.value
      }
      throw unboundCell(frame, Int(instruction.b))
    }
    if let value = frame.pointee.function.globals[symbol] { return value }
    if let value = builtins[symbol] { return value }
    throw undefinedName(symbol, in: frame)
  }

  private func store(_ symbol: Symbol, _ value: Value, _ frame: FramePointer) {
    if let names = frame.pointee.classNames {
      names.set(symbol, value)
    } else {
      frame.pointee.function.globals[symbol] = value
    }
  }
}
