@testable import Interpreter

/// Trees as short texts, for tests.
enum Outline {
  /// A simple statement.
  static func text(_ statement: Statement) -> String {
    switch statement.kind {
    case .expression(let value): text(value)
    case .assign(let targets, let value): (targets + [value]).map(text).joined(separator: " = ")
    case .augmentedAssign(let target, let name, let value):
      "\(text(target)) \(name)= \(text(value))"
    case .annotatedAssign(let target, let annotation, let value, let isSimple):
      (isSimple ? text(target) : "(\(text(target)))") + ": \(text(annotation))"
        + (value.map { " = " + text($0) } ?? "")
    case .delete(let targets): "del " + list(targets)
    case .raise(let exception, let cause):
      "raise" + (exception.map { " " + text($0) } ?? "") + (cause.map { " from " + text($0) } ?? "")
    case .import(let aliases): "import " + aliases.map(text).joined(separator: ", ")
    case .importFrom(let module, let aliases, let level):
      "from " + String(repeating: ".", count: level) + (module ?? "") + " import "
        + aliases.map(text).joined(separator: ", ")
    case .global(let names): "global " + names.joined(separator: ", ")
    case .assert(let test, let message):
      "assert " + text(test) + (message.map { ", " + text($0) } ?? "")
    default: "\(statement.kind)"
    }
  }

  private static func text(_ alias: ImportAlias) -> String {
    alias.asName.map { "\(alias.name) as \($0)" } ?? alias.name
  }

  private static func list(_ expressions: [Expression]) -> String {
    expressions.map(text).joined(separator: " ")
  }

  /// An expression.
  static func text(_ expression: Expression) -> String {
    switch expression.kind {
    case .name(let name): name
    case .constant(let value): text(value)
    case .formattedString(let parts): text(parts)
    case .attribute(let value, let name): "\(text(value)).\(name)"
    case .subscription(let value, let place): "sub(\(text(value)) \(text(place)))"
    case .slice(let a, let b, let c):
      "slice(" + [a, b, c].map { $0.map(text) ?? "" }.joined(separator: " ") + ")"
    case .call(let function, let arguments, let keywords):
      "call("
        + ([text(function)] + arguments.map(text)
        + keywords.map { ($0.name.map { $0 + "=" } ?? "**") + text($0.value) })
        .joined(separator: " ") + ")"
    case .unary(let name, let value): "(\(name) \(text(value)))"
    case .binary(let a, let name, let b): "(\(text(a)) \(name) \(text(b)))"
    case .boolean(let name, let values): "\(name)[\(list(values))]"
    case .comparison(let first, let rest):
      "cmp[\(text(first))" + rest.map { " \($0.comparator) \(text($0.operand))" }.joined() + "]"
    case .conditional(let test, let yes, let no): "if(\(list([test, yes, no])))"
    case .lambda(let parameters, let body):
      "lambda(\(text(parameters)): \(text(body)))"
    case .namedExpression(let target, let value): "(\(text(target)) := \(text(value)))"
    case .tuple(let elements): "tuple[\(list(elements))]"
    case .list(let elements): "list[\(list(elements))]"
    case .set(let elements): "set[\(list(elements))]"
    case .dictionary(let items):
      "{"
        + items.map { item in
          item.key.map { "\(text($0)): \(text(item.value))" } ?? "**" + text(item.value)
        }.joined(separator: " ") + "}"
    case .comprehension(let comprehension): text(comprehension)
    case .starred(let value): "*" + text(value)
    case .yield(let value): "yield" + (value.map { " " + text($0) } ?? "")
    case .yieldFrom(let value): "yield from " + text(value)
    case .await(let value): "await " + text(value)
    }
  }

  private static func text(_ comprehension: Comprehension) -> String {
    "\(comprehension.form)(" + text(comprehension.element)
      + (comprehension.value.map { ": " + text($0) } ?? "")
      + comprehension.clauses.map { clause in
        " for \(text(clause.target)) in \(text(clause.iterable))"
          + clause.conditions.map { " if " + text($0) }.joined()
      }.joined() + ")"
  }

  private static func text(_ parameters: Parameters) -> String {
    var words: [String] = []
    for parameter in parameters.inSlotOrder {
      var word = parameter.name
      if let value = parameter.defaultValue { word += "=" + text(value) }
      if parameter.name == parameters.variadic?.name { word = "*" + word }
      if parameter.name == parameters.keywordVariadic?.name { word = "**" + word }
      words.append(word)
    }
    // The rest stands before the names that follow it.
    if let rest = words.firstIndex(where: { $0.hasPrefix("*") && !$0.hasPrefix("**") }) {
      let place = parameters.positionalOnly.count + parameters.positional.count
      words.insert(words.remove(at: rest), at: place)
    }
    return words.joined(separator: " ")
  }

  private static func text(_ parts: [FormattedPart]) -> String {
    "f["
      + parts.map { part in
        switch part {
        case .literal(let text): text
        case .field(let field):
          "{" + text(field.value) + (field.conversion.map { "!\($0)" } ?? "")
            + (field.format.map { ":" + text($0) } ?? "") + "}"
        }
      }.joined() + "]"
  }

  private static func text(_ constant: Constant) -> String {
    switch constant {
    case .none: "None"
    case .bool(let value): value ? "True" : "False"
    case .integer(let value): "\(value)"
    case .string(let text): "'\(text)'"
    default: "\(constant)"
    }
  }
}
