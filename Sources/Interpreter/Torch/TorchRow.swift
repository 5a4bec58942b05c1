import Autograd

/// An operation of torch as one row of a table: its overloads and what it does.
///
/// From a row follow the function `torch.NAME`, the method `Tensor.NAME` and the in-place method `Tensor.NAME_`,
/// where an overload is marked for them; see ``TorchSignatureGroup`` for how overloads are written.
struct TorchRow: Sendable {
  /// Computes the result; errors of the engine and of Python pass alike.
  typealias Body = @Sendable (TorchCall) throws -> Value
  /// A short cut for calls without keywords: nil leaves the call to the parser.
  typealias ShortCut = @Sendable (Torch, Arguments) throws -> Value?

  let name: String
  let overloads: [String]
  let shortCut: ShortCut?
  let body: Body

  /// A row from its overloads and its body.
  init(_ name: String, _ overloads: String..., body: @escaping Body) {
    self.init(name, overloads, shortCut: nil, body)
  }

  /// A row whose result is a tensor.
  init(
    _ name: String,
    _ overloads: String...,
    tensor: @escaping @Sendable (TorchCall) throws -> Tensor
  ) {
    self.init(name, overloads, shortCut: nil) { $0.result(try tensor($0)) }
  }

  /// A row whose result is a tensor, with a form in place that does something else.
  init(
    _ name: String,
    _ overloads: String...,
    tensor: @escaping @Sendable (TorchCall) throws -> Tensor,
    inPlace: @escaping @Sendable (TorchCall) throws -> Tensor
  ) {
    self.init(name, overloads, shortCut: nil) {
      $0.result(try $0.isInPlace ? inPlace($0) : tensor($0))
    }
  }

  /// A row whose result is a tuple of tensors.
  init(
    _ name: String,
    _ overloads: String...,
    tensors: @escaping @Sendable (TorchCall) throws -> [Tensor]
  ) {
    self.init(name, overloads, shortCut: nil) { $0.result(try tensors($0)) }
  }

  /// A row whose calls without keywords may be cut short.
  init(
    _ name: String,
    _ overloads: [String],
    shortCut: ShortCut?,
    _ body: @escaping Body
  ) {
    self.name = name
    self.overloads = overloads
    self.shortCut = shortCut
    self.body = body
  }

  /// The same operation under another name.
  func named(_ name: String) -> TorchRow { TorchRow(name, overloads, shortCut: shortCut, body) }

  /// Whether some overload is marked for `variant`.
  func has(_ variant: TorchSignatureGroup.Variant) -> Bool {
    overloads.contains { $0.prefix { $0 != " " }.contains(variant.mark) }
  }
}

/// A callable made from a row.
final class TorchFunction {
  let row: TorchRow
  let variant: TorchSignatureGroup.Variant
  private var parsed: TorchSignatureGroup?

  init(_ row: TorchRow, _ variant: TorchSignatureGroup.Variant) {
    self.row = row
    self.variant = variant
  }

  /// The signatures, parsed at the first call.
  func group(_ machine: Machine) -> TorchSignatureGroup {
    if let parsed { return parsed }
    let made = TorchSignatureGroup(
      name: row.name,
      overloads: row.overloads,
      variant: variant,
      &machine.symbols
    )
    parsed = made
    return made
  }
}

extension Torch {
  /// The Python function of a row.
  func makeRow(_ row: TorchRow, _ variant: TorchSignatureGroup.Variant) -> BuiltinRow {
    let index = functions.count
    functions.append(TorchFunction(row, variant))
    let name = variant == .inPlace ? row.name + "_" : row.name
    let takesNothing =
      variant != .function && row.overloads.count == 1
      && row.overloads[0].drop { $0 != " " } == " Tensor self"
    return BuiltinRow(name, takesNothing ? 0...0 : nil, keywords: !takesNothing) {
      (machine, arguments) throws(PythonError) in
      try machine.requireTorch().call(index, arguments)
    }
  }

  /// Calls the function of that number.
  func call(_ index: Int, _ arguments: Arguments) throws(PythonError) -> Value {
    let function = functions[index]
    if let shortCut = function.row.shortCut, arguments.keywords.isEmpty {
      do {
        if let value = try shortCut(self, arguments) { return value }
      } catch {
        throw pythonError(error)
      }
    }
    return try parsedCall(function, arguments)
  }

  private func parsedCall(
    _ function: TorchFunction,
    _ arguments: Arguments
  ) throws(PythonError) -> Value {
    let group = function.group(machine)
    let start = group.isMethod ? 1 : 0
    let count = group.slotCount + start
    let slots = machine.stack.reserve(count)
    slots.initialize(repeating: .unbound, count: count)
    defer { machine.stack.release(slots, initialized: count, reserved: count) }
    if group.isMethod { slots[0] = arguments[0] }
    for signature in group.signatures {
      let mismatch = signature.bind(
        arguments,
        from: start,
        into: slots + start,
        takesNumbers: group.takesNumbers,
        self
      )
      if mismatch != nil { continue }
      let call = TorchCall(
        torch: self,
        name: group.name,
        overload: signature.overload,
        variant: function.variant,
        signature: signature,
        values: slots
      )
      do {
        guard let out = signature.out, !slots[start + out].isUnbound else {
          return try function.row.body(call)
        }
        return try callOut(function.row, call, slots[start + out])
      } catch {
        throw pythonError(error)
      }
    }
    throw mistake(group, arguments, from: start, slots)
  }

  private func mistake(
    _ group: TorchSignatureGroup,
    _ arguments: Arguments,
    from start: Int,
    _ slots: UnsafeMutablePointer<Value>
  ) -> PythonError {
    let error = TorchSignatureError(group, arguments, from: start, self)
    guard let signature = error.singledOut else { return machine.typeError(error.listing) }
    let mismatch = signature.bind(
      arguments,
      from: start,
      into: slots + start,
      takesNumbers: group.takesNumbers,
      self
    )
    guard let mismatch else { return machine.typeError(error.listing) }
    return machine.typeError(error.message(mismatch, in: signature))
  }
}
