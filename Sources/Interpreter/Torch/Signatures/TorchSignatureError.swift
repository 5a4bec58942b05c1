import Autograd

/// The words of PyTorch's argument parser for calls that do not fit.
struct TorchSignatureError {
  let group: TorchSignatureGroup
  let positional: [Value]
  let keywords: [(name: String, value: Value)]
  let torch: Torch

  init(_ group: TorchSignatureGroup, _ arguments: Arguments, from start: Int, _ torch: Torch) {
    self.group = group
    self.torch = torch
    positional = arguments.positional(from: start)
    var keywords: [(name: String, value: Value)] = []
    for (index, symbol) in arguments.keywords.enumerated() {
      let value = arguments.values[arguments.positionalCount + index]
      keywords.append((torch.machine.symbols.name(symbol), value))
    }
    self.keywords = keywords
  }

  /// The signature whose particular mistake is told: the only one, or the only one of a fitting length.
  var singledOut: TorchSignature? {
    if group.signatures.count == 1 { return group.signatures[0] }
    let count = positional.count + keywords.count
    let plausible = group.signatures.filter {
      !$0.isHidden && count >= $0.minArguments && count <= $0.parameters.count
    }
    return plausible.count == 1 ? plausible[0] : nil
  }

  /// The message for a mistake in one signature.
  func message(_ mismatch: TorchSignature.Mismatch, in signature: TorchSignature) -> String {
    switch mismatch {
    case .tooMany: return tooMany(signature)
    case .missing(let index): return missing(signature, index)
    case .wrongType(let index, let position):
      return wrongType(signature.parameters[index], position)
    case .unexpectedKeyword: return unexpectedKeyword(signature)
    }
  }

  private func tooMany(_ signature: TorchSignature) -> String {
    let (least, most) = (signature.minArguments, signature.maxPositional)
    let given = positional.count
    if least != most {
      return
        "\(group.name)() takes from \(least) to \(most) positional arguments but \(given) were given"
    }
    return "\(group.name)() takes \(most) positional argument\(most == 1 ? "" : "s") but \(given) "
      + (given == 1 ? "was given" : "were given")
  }

  private func missing(_ signature: TorchSignature, _ index: Int) -> String {
    let names = signature.parameters[index...].filter { !$0.isOptional }.map { "\"\($0.text)\"" }
    // PyTorch has the plural the wrong way round.
    let plural = names.count == 1 ? "s" : ""
    return "\(group.name)() missing \(names.count) required positional argument\(plural): "
      + names.joined(separator: ", ")
  }

  private func wrongType(_ parameter: TorchParameter, _ position: Int?) -> String {
    let place = position.map { " (position \($0 + 1))" } ?? ""
    let value =
      position.map { positional[$0] }
      ?? keywords.first { $0.name == parameter.text }?.value ?? .none
    return "\(group.name)(): argument '\(parameter.text)'\(place) must be \(parameter.kind.text), "
      + "not \(torch.typeName(value))"
  }

  private func unexpectedKeyword(_ signature: TorchSignature) -> String {
    for keyword in keywords {
      guard let index = signature.parameters.firstIndex(where: { $0.text == keyword.name }) else {
        return "\(group.name)() got an unexpected keyword argument '\(keyword.name)'"
      }
      if index < positional.count {
        return "\(group.name)() got multiple values for argument '\(keyword.name)'"
      }
    }
    return "invalid keyword arguments"
  }
}

// The message that lists all signatures.
extension TorchSignatureError {
  /// The message when no signature fits.
  var listing: String {
    let options = group.signatures.filter { !$0.isHidden }
    var text = "\(group.name)() received an invalid combination of arguments - "
    if options.count == 1 {
      let option = Option(options[0])
      let unknown = unknownKeywords(option)
      if !unknown.isEmpty {
        return text + "got unrecognized keyword arguments: " + unknown.joined(separator: ", ")
      }
      text += "got " + (hasCount(option) ? marked(option) : plain)
      return text + ", but expected " + option.text
    }
    text += "got \(plain), but expected one of:\n"
    for signature in options {
      let option = Option(signature)
      text += " * \(option.text)\n"
      guard hasCount(option) else { continue }
      let unknown = unknownKeywords(option)
      text +=
        unknown.isEmpty
        ? "      didn't match because some of the arguments have invalid types: \(marked(option))\n"
        : "      didn't match because some of the keywords were incorrect: "
          + unknown.joined(separator: ", ") + "\n"
    }
    return text
  }

  /// A signature as PyTorch reads it back from its text: split at commas, so that a star counts as a parameter
  /// and one with a default has the default for its name.
  private struct Option {
    let text: String
    let parameters: [(type: Substring, name: Substring)]

    init(_ signature: TorchSignature) {
      let text = signature.description
      var parameters: [(type: Substring, name: Substring)] = []
      var rest = text.dropFirst().dropLast()
      while !rest.isEmpty {
        let (part, next) = Self.cut(rest)
        let space = part.lastIndex(of: " ")
        parameters.append(
          space.map { (part[..<$0], part[part.index(after: $0)...]) } ?? (part, part)
        )
        rest = next
      }
      self.text = text
      self.parameters = parameters
    }

    private static func cut(_ text: Substring) -> (part: Substring, rest: Substring) {
      guard let comma = text.firstIndex(of: ",") else { return (text, "") }
      return (text[..<comma], text[comma...].drop { $0 == "," || $0 == " " })
    }
  }

  // PyTorch walks a hash map here, which shows few keywords in reverse.
  private var shuffledKeywords: [(name: String, value: Value)] { keywords.reversed() }

  private var plain: String {
    var text = "("
    for value in positional { text += torch.typeName(value) + ", " }
    for keyword in shuffledKeywords { text += "\(keyword.name)=\(torch.typeName(keyword.value)), " }
    if !positional.isEmpty { text.removeLast(2) }
    return text + ")"
  }

  private func hasCount(_ option: Option) -> Bool {
    positional.count + keywords.count == option.parameters.count
  }

  private func unknownKeywords(_ option: Option) -> [String] {
    let start = max(0, option.parameters.count - keywords.count)
    return shuffledKeywords.map(\.name).filter { name in
      !option.parameters[start...].contains { $0.name == name }
    }
  }

  private func marked(_ option: Option) -> String {
    var text = "("
    for index in 0..<(positional.count + keywords.count) {
      let parameter = option.parameters[index]
      let isKeyword = index >= positional.count
      let value =
        isKeyword
        ? keywords.first { $0.name == parameter.name }?.value ?? .none : positional[index]
      let type = torch.typeName(value)
      let mark = parameter.type == type ? "" : "!"
      text += mark
      if isKeyword { text += parameter.name + "=" }
      text += elementTypes(value, type) + mark + ", "
    }
    if !positional.isEmpty { text.removeLast(2) }
    return text + ")"
  }

  private func elementTypes(_ value: Value, _ type: String) -> String {
    guard let items = torch.items(of: value) else { return type }
    let names = items.map { torch.typeName($0) }.joined(separator: ", ")
    if value.object(TupleObject.self) == nil { return "\(type) of [\(names)]" }
    return items.count == 1 ? "\(type) of (\(names),)" : "\(type) of (\(names))"
  }
}
