/// A parsed script.
public struct Module: Sendable {
  /// The statements at module level.
  public let body: [Statement]
  /// The comments, in order, kept apart from the statements.
  public let comments: [Comment]
}

/// An expression and the part of the source it was read from.
public struct Expression: Sendable {
  /// What the expression is.
  public let kind: Kind
  /// From its first to its last byte, parentheses around it left out.
  public let range: SourceRange
  /// The length of the longest way down to a leaf; the parser bounds it.
  let height: Int32

  /// The forms of an expression, named as in Python's `ast`.
  public indirect enum Kind: Sendable {
    /// `1`, `2.5`, `"text"`, `True`, `None`, `...`.
    case constant(Constant)
    /// `f"{x} is {y!r:>{width}}"`.
    case formattedString([FormattedPart])
    /// `x`.
    case name(String)
    /// `x.grad`.
    case attribute(Expression, String)
    /// `x[0]`, `x[1:, None]`; the second is a slice, or a tuple that holds slices, where they are.
    case subscription(Expression, Expression)
    /// `lower:upper:step` inside brackets.
    case slice(Expression?, Expression?, Expression?)
    /// `f(x, *rest, dim=0, **options)`; unpacked positional arguments are starred expressions.
    case call(Expression, [Expression], [Keyword])
    /// `-x`, `not x`.
    case unary(UnaryOperator, Expression)
    /// `a @ b`.
    case binary(Expression, BinaryOperator, Expression)
    /// `a and b and c`: two or more operands of one operator.
    case boolean(BooleanOperator, [Expression])
    /// `a < b <= c`: the first operand, then each operator with what follows it.
    case comparison(Expression, [Comparison])
    /// `body if test else otherwise`, in the order test, body, otherwise.
    case conditional(Expression, Expression, Expression)
    /// `lambda x, y=2: x + y`.
    case lambda(Parameters, Expression)
    /// `name := value`; the first is a name.
    case namedExpression(Expression, Expression)
    /// `a, b`, `()`.
    case tuple([Expression])
    /// `[a, *b]`.
    case list([Expression])
    /// `{a, *b}`.
    case set([Expression])
    /// `{a: b, **c}`.
    case dictionary([DictionaryItem])
    /// `[x for x in y if x]` and its three sisters.
    case comprehension(Comprehension)
    /// `*x` in a display, a call, a target or a subscript.
    case starred(Expression)
    /// `yield x`.
    case yield(Expression?)
    /// `yield from x`.
    case yieldFrom(Expression)
    /// `await x`.
    case await(Expression)
  }
}

/// A statement and the part of the source it was read from.
public struct Statement: Sendable {
  /// What the statement is.
  public let kind: Kind
  /// From its first byte (a decorated definition: its `def` or `class`) to its last.
  public let range: SourceRange

  /// The forms of a statement, named as in Python's `ast`.
  public indirect enum Kind: Sendable {
    /// An expression evaluated for its effect.
    case expression(Expression)
    /// `a = b, c = value`: one or more targets, left to right.
    case assign([Expression], Expression)
    /// `target += value`.
    case augmentedAssign(Expression, BinaryOperator, Expression)
    /// `target: annotation = value`; the flag says whether the target is a name without parentheses.
    case annotatedAssign(Expression, Expression, Expression?, Bool)
    /// `del a, b[0]`.
    case delete([Expression])
    /// `pass`.
    case pass
    /// `return value`.
    case `return`(Expression?)
    /// `raise exception from cause`.
    case raise(Expression?, Expression?)
    /// `break`.
    case `break`
    /// `continue`.
    case `continue`
    /// `import torch.nn as nn, math`.
    case `import`([ImportAlias])
    /// `from ..module import a as b, c`: the module, what is imported, the number of leading dots.
    case importFrom(String?, [ImportAlias], Int)
    /// `global a, b`.
    case global([String])
    /// `nonlocal a, b`.
    case nonlocal([String])
    /// `assert test, message`.
    case assert(Expression, Expression?)
    /// `if … elif … else`: the branches with a test, then the block of `else`, empty without one.
    case `if`([ConditionalBranch], [Statement])
    /// `while test: body else: otherwise`.
    case `while`(Expression, [Statement], [Statement])
    /// `for target in iterable: body else: otherwise`.
    case `for`(Expression, Expression, [Statement], [Statement])
    /// `try: … except E as e: … else: … finally: …`.
    case `try`(TryStatement)
    /// `with a as b, c: body`.
    case with([WithItem], [Statement])
    /// `def name(parameters): body`.
    case function(FunctionDefinition)
    /// `class Name(bases): body`.
    case `class`(ClassDefinition)
    /// `match subject: case pattern: …`.
    case match(Expression, [MatchCase])
  }
}
