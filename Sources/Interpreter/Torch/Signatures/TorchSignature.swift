/// One way to call a function of torch: the overloads of PyTorch's argument parser as data.
final class TorchSignature {
  /// The parameters, those that are keyword-only last.
  let parameters: [TorchParameter]
  /// How many parameters may be given by position.
  let maxPositional: Int
  /// How many parameters must be given.
  let minArguments: Int
  /// Whether messages leave it out: a form that is deprecated.
  let isHidden: Bool
  /// Where the row of the table has this overload, so that bodies know which one was called.
  let overload: Int
  /// Whether all positional arguments together may be one list of ints: `view(2, 3)`.
  let takesSpread: Bool
  /// Where the parameter `out` is, when there is one.
  let out: Int?
  /// Where the options of a new tensor begin, with `dtype`.
  let options: Int?

  /// A signature from a list of schemas, `Tensor input, *, Scalar alpha=1`.
  init(_ schema: Substring, overload: Int, isHidden: Bool, _ symbols: inout SymbolTable) {
    var parameters: [TorchParameter] = []
    var keywordOnly = false
    var minimum = 0
    var positional = 0
    for part in schema.split(separator: ",") {
      let part = part.drop { $0 == " " }
      if part == "*" {
        keywordOnly = true
        continue
      }
      let parameter = TorchParameter(part, keywordOnly: keywordOnly, &symbols)
      if !parameter.isOptional { minimum += 1 }
      if !keywordOnly { positional += 1 }
      parameters.append(parameter)
    }
    self.parameters = parameters
    maxPositional = positional
    minArguments = minimum
    self.isHidden = isHidden
    self.overload = overload
    takesSpread = positional == 1 && parameters[0].kind == .ints
    out = parameters.firstIndex { $0.text == "out" }
    options = parameters.firstIndex { $0.text == "layout" }.map { $0 - 1 }
  }

  /// The parameters in brackets, as messages print them.
  var description: String {
    var parts: [String] = []
    var keywordOnly = false
    for parameter in parameters {
      if parameter.isKeywordOnly && !keywordOnly {
        keywordOnly = true
        parts.append("*")
      }
      parts.append(parameter.description)
    }
    return "(" + parts.joined(separator: ", ") + ")"
  }
}

/// The signatures of one function, parsed when it is first called.
final class TorchSignatureGroup {
  /// The function's name in messages.
  let name: String
  /// The overloads in the order in which they are tried.
  let signatures: [TorchSignature]
  /// Whether numbers pass where tensors are asked for, as in the arithmetic operations.
  let takesNumbers: Bool
  /// Whether the first argument of a call is the tensor whose method it is.
  let isMethod: Bool
  /// The most parameters that an overload has.
  let slotCount: Int

  /// What of a row is meant: `torch.add`, `Tensor.add` or `Tensor.add_`.
  enum Variant: Sendable {
    case function, method, inPlace

    /// The letter that marks an overload which has this variant.
    var mark: Character {
      switch self {
      case .function: "f"
      case .method: "m"
      case .inPlace: "i"
      }
    }
  }

  /// The signatures of one variant of a row.
  ///
  /// Each overload is written `MARKS PARAMETERS`: the marks `f`, `m`, `i` say which variants have it, `o` that
  /// the function has a parameter `out`, `O` that it is a list of tensors, `t` that the options of a new tensor
  /// follow, from `dtype` to `requires_grad`, `d` that the form is deprecated. The first parameter of what can be
  /// a method is called `self`.
  init(name: String, overloads: [String], variant: Variant, _ symbols: inout SymbolTable) {
    let shown = variant == .inPlace ? name + "_" : name
    var signatures: [TorchSignature] = []
    for (index, overload) in overloads.enumerated() {
      let space = overload.firstIndex(of: " ") ?? overload.endIndex
      let marks = overload[..<space]
      guard marks.contains(variant.mark) else { continue }
      var schema = overload[space...].drop { $0 == " " }
      if let rest = Self.afterSelf(schema) {
        schema = variant == .function ? "Tensor input" + rest.head : rest.tail
      }
      var tail: [String] = []
      if variant == .function, marks.contains("o") { tail.append("Tensor out=None") }
      if variant == .function, marks.contains("O") { tail.append("TensorList out=None") }
      if marks.contains("t") { tail.append(Self.options) }
      if !tail.isEmpty {
        if !schema.contains("*") { tail.insert("*", at: 0) }
        if !schema.isEmpty { tail.insert(String(schema), at: 0) }
        schema = tail.joined(separator: ", ")[...]
      }
      signatures.append(
        TorchSignature(schema, overload: index, isHidden: marks.contains("d"), &symbols)
      )
    }
    self.name = shown
    self.signatures = signatures
    takesNumbers = Self.numberNames.contains(name)
    isMethod = variant != .function
    slotCount = signatures.map(\.parameters.count).max() ?? 0
  }

  /// What follows `Tensor self`, with and without the comma.
  private static func afterSelf(_ schema: Substring) -> (head: Substring, tail: Substring)? {
    guard schema.hasPrefix("Tensor self") else { return nil }
    let head = schema.dropFirst("Tensor self".count)
    return (head, head.drop { $0 == "," || $0 == " " })
  }

  private static let options =
    "ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=False, "
    + "bool? requires_grad=False"

  private static let numberNames: Set<String> = [
    "add", "sub", "subtract", "mul", "multiply", "div", "divide", "true_divide", "floor_divide",
    "to", "copy_", "__rsub__",
  ]
}
