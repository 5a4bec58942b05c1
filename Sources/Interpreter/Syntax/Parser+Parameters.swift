extension Parser {
  /// Where parameters stand.
  enum ParameterPlace {
    /// In the parentheses of a `def`.
    case definition
    /// Between `lambda` and its colon.
    case lambda
  }

  /// The parameters of a function, up to the closing parenthesis or the colon.
  mutating func parameters(_ place: ParameterPlace) throws(ParseFailure) -> Parameters {
    var list = ParameterList(place: place)
    while kind != list.closing {
      switch kind {
      case .name: try namedParameter(&list)
      case .slash: try slash(&list)
      case .star: try variadic(&list)
      case .doubleStar:
        try keywordVariadic(&list)
        return list.parameters
      default:
        if isDiagnosing { try diagnoseParenthesised(list) }
        throw .mismatch
      }
      guard take(.comma) else { break }
    }
    return list.parameters
  }

  private mutating func namedParameter(_ list: inout ParameterList) throws(ParseFailure) {
    let parameter = try parameter(list)
    if list.hasStar {
      list.parameters.keywordOnly.append(parameter)
      return
    }
    if parameter.defaultValue != nil {
      list.hasDefault = true
    } else if list.hasDefault {
      guard isDiagnosing, kind == .comma || kind == list.closing else { throw .mismatch }
      throw error("non-default argument follows default argument", parameter.range)
    }
    list.parameters.positional.append(parameter)
  }

  private mutating func parameter(
    _ list: ParameterList,
    isVariadic: Bool = false
  ) throws(ParseFailure) -> Parameter {
    let start = index
    let name = try name()
    var annotation: Expression?
    if list.place == .definition, take(.colon) {
      annotation = isVariadic && kind == .star ? try starred(.bitOr) : try expression()
    }
    let range = range(from: start)
    var defaultValue: Expression?
    if !isVariadic, kind == .equal {
      let sign = tokens[index]
      advance()
      if isDiagnosing, kind == .comma || kind == list.closing {
        throw error("expected default value expression", self.range(sign, sign))
      }
      defaultValue = try expression()
    }
    guard kind == .comma || kind == list.closing || isVariadic else { throw .mismatch }
    return Parameter(
      name: name,
      annotation: annotation,
      defaultValue: defaultValue,
      range: range
    )
  }

  private mutating func slash(_ list: inout ParameterList) throws(ParseFailure) {
    let mark = range(tokens[index], tokens[index])
    if list.hasStar {
      if isDiagnosing { throw error("/ must be ahead of *", mark) }
      throw .mismatch
    }
    if list.hasSlash {
      if isDiagnosing { throw error("/ may appear only once", mark) }
      throw .mismatch
    }
    if list.parameters.positional.isEmpty {
      if isDiagnosing, nextKind == .comma {
        throw error("at least one argument must precede /", mark)
      }
      throw .mismatch
    }
    advance()
    if isDiagnosing, kind == .star {
      throw error("expected comma between / and *", range(tokens[index], tokens[index]))
    }
    list.hasSlash = true
    list.parameters.positionalOnly = list.parameters.positional
    list.parameters.positional = []
  }

  private mutating func variadic(_ list: inout ParameterList) throws(ParseFailure) {
    let mark = index
    if list.hasStar {
      if isDiagnosing, nextKind == .comma || nextKind == .name {
        throw error("* argument may appear only once", range(tokens[mark], tokens[mark]))
      }
      throw .mismatch
    }
    advance()
    list.hasStar = true
    if kind == .comma || kind == list.closing {
      let isLast = kind == list.closing || nextKind == list.closing || nextKind == .doubleStar
      if isLast {
        if kind == .comma { furthest = max(furthest, index + 1) }
        guard isDiagnosing else { throw .mismatch }
        let message = "named arguments must follow bare *"
        if list.place == .lambda { throw errorAtLast(message) }
        throw error(message, range(tokens[mark], tokens[mark]))
      }
      return
    }
    list.parameters.variadic = try parameter(list, isVariadic: true)
    try refuseDefault("var-positional argument cannot have default value")
  }

  private mutating func keywordVariadic(_ list: inout ParameterList) throws(ParseFailure) {
    advance()
    list.parameters.keywordVariadic = try parameter(list, isVariadic: true)
    try refuseDefault("var-keyword argument cannot have default value")
    guard take(.comma), kind != list.closing else { return }
    guard isDiagnosing else { throw .mismatch }
    switch kind {
    case .name:
      let next = try parameter(list, isVariadic: true)
      throw error("arguments cannot follow var-keyword argument", next.range)
    case .star, .doubleStar, .slash:
      throw error(
        "arguments cannot follow var-keyword argument",
        range(tokens[index], tokens[index])
      )
    default: throw .mismatch
    }
  }

  private func refuseDefault(_ message: String) throws(ParseFailure) {
    guard kind == .equal else { return }
    if isDiagnosing { throw error(message, range(tokens[index], tokens[index])) }
    throw .mismatch
  }

  /// `def f((a, b))`.
  private mutating func diagnoseParenthesised(_ list: ParameterList) throws(ParseFailure) {
    guard kind == .leftParenthesis, !list.hasDefault, !list.hasStar, !list.hasSlash else { return }
    let opening = index
    advance()
    let inner = ParameterList(place: list.place, closing: .rightParenthesis)
    repeat {
      if kind == .rightParenthesis, index > opening + 1 { break }
      let parameter = try parameter(inner)
      if parameter.defaultValue != nil { throw .mismatch }
    } while take(.comma)
    try expect(.rightParenthesis)
    throw error(
      list.place == .lambda
        ? "Lambda expression parameters cannot be parenthesized"
        : "Function parameters cannot be parenthesized",
      range(from: opening)
    )
  }
}

/// The parameters that were read so far.
private struct ParameterList {
  let place: Parser.ParameterPlace
  /// What ends the list.
  let closing: Token.Kind
  var parameters = Parameters()
  var hasDefault = false
  var hasSlash = false
  var hasStar = false

  init(place: Parser.ParameterPlace, closing: Token.Kind? = nil) {
    self.place = place
    self.closing = closing ?? (place == .lambda ? .colon : .rightParenthesis)
  }
}
