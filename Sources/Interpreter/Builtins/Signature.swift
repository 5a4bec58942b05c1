/// The parameters of a built-in function that takes keywords, with CPython's errors for calls that do not fit.
struct Signature: Sendable {
  /// The function's name in errors.
  let function: String
  /// The names in order; empty for a positional-only parameter.
  let names: [String]
  /// How many of the first parameters must be given.
  let required: Int
  /// How many of the first parameters may be given by position.
  let positional: Int

  /// A signature; a parameter named "" is positional-only, and all may be given by position when
  /// `positional` is nil.
  init(_ function: String, _ names: [String], required: Int = 0, positional: Int? = nil) {
    self.function = function
    self.names = names
    self.required = required
    self.positional = positional ?? names.count
  }

  /// The values of the parameters, nil for those not given; the first `skipping` arguments are receivers.
  func bind(
    _ arguments: Arguments,
    skipping: Int = 0,
    _ machine: Machine
  ) throws(PythonError) -> [Value?] {
    let given = arguments.positionalCount - skipping
    let named = arguments.keywords.count
    if given + named > names.count { throw tooMany(given, named, machine) }
    if given > positional {
      if positional == 0 {
        throw machine.typeError("\(function)() takes no positional arguments")
      }
      let bound = required < positional ? "at most" : "exactly"
      throw machine.typeError(
        "\(function)() takes \(bound) \(positional) positional argument"
          + "\(positional == 1 ? "" : "s") (\(given) given)"
      )
    }
    var values = [Value?](repeating: nil, count: names.count)
    for i in 0..<given { values[i] = arguments[skipping + i] }
    for (i, symbol) in arguments.keywords.enumerated() {
      let name = machine.symbols.name(symbol)
      guard !name.isEmpty, let place = names.firstIndex(of: name) else {
        try checkPositionalOnly(values, given, machine)
        throw machine.typeError("'\(name)' is an invalid keyword argument for \(function)()")
      }
      if place < given {
        throw machine.typeError(
          "argument for \(function)() given by name ('\(name)') and position (\(place + 1))"
        )
      }
      values[place] = arguments.values[arguments.positionalCount + i]
    }
    try checkPositionalOnly(values, given, machine)
    for i in 0..<required where values[i] == nil {
      if function == "enumerate" {
        throw machine.typeError("enumerate() missing required argument '\(names[i])'")
      }
      throw machine.typeError(
        "\(function)() missing required argument '\(names[i])' (pos \(i + 1))"
      )
    }
    return values
  }

  private func tooMany(_ given: Int, _ named: Int, _ machine: Machine) -> PythonError {
    let bound = required < names.count ? "at most" : "exactly"
    return machine.typeError(
      "\(function)() takes \(bound) \(names.count) \(given == 0 ? "keyword " : "")argument"
        + "\(names.count == 1 ? "" : "s") (\(given + named) given)"
    )
  }

  private func checkPositionalOnly(
    _ values: [Value?],
    _ given: Int,
    _ machine: Machine
  ) throws(PythonError) {
    var least = 0
    while least < required, names[least].isEmpty { least += 1 }
    guard given < least else { return }
    let bound = least < positional ? "at least" : "exactly"
    throw machine.typeError(
      "\(function)() takes \(bound) \(least) positional argument\(least == 1 ? "" : "s") "
        + "(\(given) given)"
    )
  }
}

extension Arguments {
  /// Raises CPython's error when the call has keyword arguments; for bodies that check themselves.
  func refuseKeywords(_ function: String, _ machine: Machine) throws(PythonError) {
    if keywords.isEmpty { return }
    throw machine.typeError("\(function)() takes no keyword arguments")
  }
}
