extension Machine {
  /// Fills the tables of the built-in classes and functions.
  func installBuiltins() {
    for type in types.named { builtins[symbols.symbol(type.name)] = .object(type) }
    builtins[symbols.symbol("Ellipsis")] = .ellipsis
    builtins[symbols.symbol("NotImplemented")] = .notImplemented
    builtins[names.dunderDebug] = .bool(true)
    let error = Value.object(types.osError)
    builtins[symbols.symbol("EnvironmentError")] = error
    builtins[symbols.symbol("IOError")] = error
    installContainers()
    installValues()
    for rows in [
      NumberFunctions.rows, IterationFunctions.rows, ObjectFunctions.rows,
      ObjectFunctions.unsupported, ScopeFunctions.rows,
    ] {
      install(builtins: rows)
    }
  }

  private func installValues() {
    install(rows: StrType.rows, in: types.str)
    install(rows: BytesType.rows, in: types.bytes)
    install(rows: IntType.rows, in: types.int)
    install(attributes: IntType.attributes, in: types.int)
    install(rows: IntType.boolRows, in: types.bool)
    install(rows: FloatType.rows, in: types.float)
    install(attributes: FloatType.attributes, in: types.float)
    install(rows: RangeType.rows, in: types.range)
    install(attributes: RangeType.attributes, in: types.range)
    install(rows: SliceType.rows, in: types.slice)
    install(attributes: SliceType.attributes, in: types.slice)
    types.slice.members[names.dunderHash] = Value.none
    install(rows: IteratorTypes.enumerateRows, in: types.enumerate)
    install(rows: IteratorTypes.zipRows, in: types.zip)
    install(rows: IteratorTypes.mapRows, in: types.map)
    install(rows: IteratorTypes.filterRows, in: types.filter)
    install(rows: IteratorTypes.reversedRows, in: types.reversed)
    for type in [
      types.enumerate, types.zip, types.map, types.filter, types.reversed, types.callableIterator,
      types.strIterator, types.rangeIterator,
    ] {
      installIteration(in: type)
    }
  }

  private func installContainers() {
    install(rows: ListType.rows, in: types.list)
    install(rows: TupleType.rows, in: types.tuple)
    install(rows: DictType.rows, in: types.dict)
    for type in [types.dictKeys, types.dictValues, types.dictItems] {
      install(rows: DictViews.commonRows, in: type)
    }
    for type in [types.dictKeys, types.dictItems] {
      install(rows: DictViews.setRows, in: type)
    }
    for type in [types.set, types.frozenset] { install(rows: SetType.commonRows, in: type) }
    install(rows: SetType.rows, in: types.set)
    install(rows: SetType.frozenRows, in: types.frozenset)
    for type in [types.genericAlias, types.unionType] {
      install(rows: GenericAliasType.rows, in: type)
      install(attributes: GenericAliasType.attributes, in: type)
    }
    // Mutable containers, and views that compare like sets, have no hash.
    for type in [types.list, types.dict, types.set, types.dictKeys, types.dictItems] {
      type.members[names.dunderHash] = Value.none
    }
    for type in [
      types.listIterator, types.listReverseIterator, types.tupleIterator, types.dictKeyIterator,
      types.dictValueIterator, types.dictItemIterator, types.setIterator,
    ] {
      installIteration(in: type)
    }
  }
}
