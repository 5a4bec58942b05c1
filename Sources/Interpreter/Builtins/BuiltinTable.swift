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
