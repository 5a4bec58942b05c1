/// The value of a literal.
public enum Constant: Sendable, Hashable {
  /// `None`.
  case none
  /// `True`, `False`.
  case bool(Bool)
  /// `...`.
  case ellipsis
  /// An integer that fits 64 bits.
  case integer(Int)
  /// A larger integer: its digits in the radix, underscores and prefix removed.
  case bigInteger(String, radix: Int)
  /// `1.5`, `1e-3`.
  case float(Double)
  /// `2j`: the imaginary part.
  case imaginary(Double)
  /// A string, escapes resolved.
  case string(String)
  /// A bytes literal, escapes resolved.
  case bytes([UInt8])
}

/// A piece of an f-string.
public enum FormattedPart: Sendable {
  /// Text that stands for itself.
  case literal(String)
  /// A replacement field.
  case field(FormattedField)
}

/// A replacement field of an f-string, `{value!conversion:format}`.
///
/// The text that `{value=}` adds is a literal part of its own before the field.
public struct FormattedField: Sendable {
  /// The expression.
  public let value: Expression
  /// What is applied to the value before it is formatted; `{x=}` without a format has `repr`.
  public let conversion: Conversion?
  /// The format specification, itself made of parts.
  public let format: [FormattedPart]?

  /// `!s`, `!r`, `!a`.
  public enum Conversion: Sendable, Hashable {
    /// `!s`.
    case str
    /// `!r`.
    case repr
    /// `!a`.
    case ascii
  }
}

/// The operators with one operand.
public enum UnaryOperator: UInt8, Sendable, Hashable {
  /// `+x`.
  case plus
  /// `-x`.
  case minus
  /// `~x`.
  case invert
  /// `not x`.
  case not
}

/// The operators with two operands that have an augmented assignment.
public enum BinaryOperator: UInt8, Sendable, Hashable, CaseIterable {
  /// `a + b`.
  case add
  /// `a - b`.
  case subtract
  /// `a * b`.
  case multiply
  /// `a @ b`.
  case matrixMultiply
  /// `a / b`.
  case divide
  /// `a // b`.
  case floorDivide
  /// `a % b`.
  case modulo
  /// `a ** b`.
  case power
  /// `a << b`.
  case leftShift
  /// `a >> b`.
  case rightShift
  /// `a & b`.
  case bitAnd
  /// `a | b`.
  case bitOr
  /// `a ^ b`.
  case bitXor
}

/// The operators that evaluate their second operand only where it decides.
public enum BooleanOperator: Sendable, Hashable {
  /// `a and b`.
  case and
  /// `a or b`.
  case or
}

/// The operators of a comparison.
public enum ComparisonOperator: UInt8, Sendable, Hashable, CaseIterable {
  /// `a == b`.
  case equal
  /// `a != b`.
  case notEqual
  /// `a < b`.
  case less
  /// `a <= b`.
  case lessOrEqual
  /// `a > b`.
  case greater
  /// `a >= b`.
  case greaterOrEqual
  /// `a is b`.
  case `is`
  /// `a is not b`.
  case isNot
  /// `a in b`.
  case `in`
  /// `a not in b`.
  case notIn
}

/// One link of a chain of comparisons.
public struct Comparison: Sendable {
  /// The operator.
  public let comparator: ComparisonOperator
  /// The operand to its right.
  public let operand: Expression
}

/// An argument given by name, `name=value`, or a mapping of them, `**value`.
public struct Keyword: Sendable {
  /// The name; nil for `**value`.
  public let name: String?
  /// The value.
  public let value: Expression
  /// The argument, name included.
  public let range: SourceRange
}

/// `key: value` or, without a key, `**value` in a dictionary display.
public struct DictionaryItem: Sendable {
  /// The key; nil for `**value`.
  public let key: Expression?
  /// The value.
  public let value: Expression
}

/// A list, set or dictionary comprehension, or a generator expression.
public struct Comprehension: Sendable {
  /// Which of the four.
  public let form: Form
  /// The element; a dictionary's key.
  public let element: Expression
  /// A dictionary's value.
  public let value: Expression?
  /// The `for` clauses, one or more, outermost first.
  public let clauses: [ComprehensionClause]

  /// The four comprehensions.
  public enum Form: Sendable, Hashable {
    /// `[x for x in y]`.
    case list
    /// `{x for x in y}`.
    case set
    /// `{x: z for x in y}`.
    case dictionary
    /// `(x for x in y)`.
    case generator
  }
}

/// `for target in iterable if a if b` in a comprehension.
public struct ComprehensionClause: Sendable {
  /// What each element is assigned to.
  public let target: Expression
  /// What is iterated over.
  public let iterable: Expression
  /// The conditions, left to right.
  public let conditions: [Expression]
}

/// The parameters of a function.
public struct Parameters: Sendable {
  /// Those before `/`.
  public var positionalOnly: [Parameter] = []
  /// Those that may be given by position or by name.
  public var positional: [Parameter] = []
  /// `*args`.
  public var variadic: Parameter?
  /// Those after `*`, given by name alone.
  public var keywordOnly: [Parameter] = []
  /// `**options`.
  public var keywordVariadic: Parameter?
}

/// One parameter of a function.
public struct Parameter: Sendable {
  /// The name.
  public let name: String
  /// What stands after the colon.
  public let annotation: Expression?
  /// What stands after the equals sign.
  public let defaultValue: Expression?
  /// The name and the annotation.
  public let range: SourceRange
}

/// `name as asName` in an import.
public struct ImportAlias: Sendable {
  /// The name imported: dotted after `import`, `*` for everything.
  public let name: String
  /// The name it gets.
  public let asName: String?
  /// The whole alias.
  public let range: SourceRange
}

/// `if test: body` or `elif test: body`.
public struct ConditionalBranch: Sendable {
  /// The condition.
  public let test: Expression
  /// What runs where it holds.
  public let body: [Statement]
}

/// The parts of a `try` statement.
public struct TryStatement: Sendable {
  /// What is tried.
  public let body: [Statement]
  /// The `except` clauses.
  public let handlers: [ExceptHandler]
  /// The block of `else`, empty without one.
  public let otherwise: [Statement]
  /// The block of `finally`, empty without one.
  public let finally: [Statement]
}

/// `except type as name: body`.
public struct ExceptHandler: Sendable {
  /// The exceptions caught; nil catches all.
  public let type: Expression?
  /// What the exception is bound to.
  public let name: String?
  /// What handles it.
  public let body: [Statement]
  /// The clause.
  public let range: SourceRange
}

/// `context as target` in a `with` statement.
public struct WithItem: Sendable {
  /// The expression that gives the context manager.
  public let context: Expression
  /// What its `__enter__` result is assigned to.
  public let target: Expression?
}

/// The parts of a function definition.
public struct FunctionDefinition: Sendable {
  /// The name.
  public let name: String
  /// Where the name stands.
  public let nameRange: SourceRange
  /// The parameters.
  public let parameters: Parameters
  /// What stands after `->`.
  public let returns: Expression?
  /// The decorators, outermost first.
  public let decorators: [Expression]
  /// The block.
  public let body: [Statement]
}

/// The parts of a class definition.
public struct ClassDefinition: Sendable {
  /// The name.
  public let name: String
  /// Where the name stands.
  public let nameRange: SourceRange
  /// The bases; unpacked ones are starred expressions.
  public let bases: [Expression]
  /// `metaclass=…` and the others.
  public let keywords: [Keyword]
  /// The decorators, outermost first.
  public let decorators: [Expression]
  /// The block.
  public let body: [Statement]
}

/// `case pattern if guard: body`.
public struct MatchCase: Sendable {
  /// The pattern.
  public let pattern: Pattern
  /// The condition after `if`.
  public let condition: Expression?
  /// The block.
  public let body: [Statement]
}

/// A pattern of a `match` statement.
public struct Pattern: Sendable {
  /// What the pattern is.
  public let kind: Kind
  /// The part of the source it was read from.
  public let range: SourceRange

  /// The forms of a pattern, named as in Python's `ast`.
  public indirect enum Kind: Sendable {
    /// A literal or a dotted name, compared with `==`.
    case value(Expression)
    /// `None`, `True`, `False`, compared with `is`.
    case singleton(Constant)
    /// `[a, b, *rest]`.
    case sequence([Pattern])
    /// `{key: pattern, **rest}`: keys, their patterns, the name of the rest.
    case mapping([Expression], [Pattern], String?)
    /// `Class(a, x=b)`: the class, positional patterns, names and their patterns.
    case `class`(Expression, [Pattern], [String], [Pattern])
    /// `*name` in a sequence; nil for `*_`.
    case star(String?)
    /// `pattern as name`, a bare name (no pattern) or `_` (neither).
    case capture(Pattern?, String?)
    /// `a | b`.
    case or([Pattern])
  }
}

/// A comment, from its `#` to the end of the line.
public struct Comment: Sendable, Hashable {
  /// The line, counted from 1.
  public let line: Int
  /// The text, `#` included.
  public let text: String
}
