/// An interned name: equal names have equal numbers.
///
/// Attributes, keyword arguments and module variables are looked up by symbol, never by string.
struct Symbol: Hashable {
  /// The index of the name in its ``SymbolTable``.
  let number: Int32
}

/// The names of one interpreter, each stored once.
struct SymbolTable {
  private var numbers: [String: Int32] = [:]
  private(set) var names: [String] = []

  /// The symbol of `name`, made when it is new.
  mutating func symbol(_ name: String) -> Symbol {
    if let number = numbers[name] { return Symbol(number: number) }
    let number = Int32(names.count)
    names.append(name)
    numbers[name] = number
    return Symbol(number: number)
  }

  /// The symbol of `name` when it was interned before; a look-up that makes nothing.
  func existing(_ name: String) -> Symbol? { numbers[name].map(Symbol.init(number:)) }

  /// The text of `symbol`.
  func name(_ symbol: Symbol) -> String { names[Int(symbol.number)] }
}
