/// One step of the machine: an opcode and up to two operands, eight bytes in all.
struct Instruction {
  var opcode: Opcode
  /// The small operand, 0 where an opcode has none.
  var b: UInt16
  /// The main operand: an index, a count or a jump target.
  var a: Int32

  init(_ opcode: Opcode, _ a: Int = 0, b: Int = 0) {
    self.opcode = opcode
    self.a = Int32(a)
    self.b = UInt16(b)
  }
}

/// What the machine can do.
///
/// In the comments `[x, y]` is the stack before, top last, and `→` what is left.
///
/// The set follows CPython 3.11's, so that the order of evaluation, the unwinding and the errors agree.
enum Opcode: UInt8 {
  // Marks
  /// A statement begins: `a` indexes `Code.statements`. Counts a step, looks for cancellation.
  case statement
  /// A simple statement at module level is complete: `a` indexes `Code.statements`. The host takes its snapshot here.
  case completed
  /// A turn of a loop that has no statements: counts and looks as a statement does, but is none.
  case pulse
  case nop

  // Variables
  /// Python's `→ [constants[a]]`.
  case loadConstant
  /// `→ [locals[a]]`; UnboundLocalError when unbound.
  case loadLocal
  case storeLocal
  case deleteLocal
  /// Locals shared with closures: slot `a` of the frame holds a ``CellObject``. The first are the function's own
  /// (`Code.cells`), then those received from outside (`Code.freeNames`). The slots lie in
  /// `locals[localNames.count...]`.
  case loadCell
  case storeCell
  case deleteCell
  /// `→ [the cell object of slot a]`, for `makeFunction`.
  case loadClosure
  /// `a` is a slot of the module's namespace, which falls back on the built-ins.
  case loadGlobal
  case storeGlobal
  case deleteGlobal
  /// In a class body: `a` is a symbol; looks in the class namespace, then the module, then the built-ins.
  case loadName
  case storeName
  case deleteName
  /// In a class body inside a function: `b` is the cell slot to use when the class namespace lacks symbol `a`.
  case loadNameOrCell

  // Attributes and items
  /// `[object] → [object.a]`, `a` a symbol.
  case loadAttribute
  /// Python's `[value, object] →`.
  case storeAttribute
  /// Python's `[object] →`.
  case deleteAttribute
  /// `[object] → [function, object]` when it is a method found on the class, else `[attribute, unbound]`.
  case loadMethod
  /// Python's `[container, key] → [item]`.
  case loadSubscript
  /// Python's `[value, container, key] →`.
  case storeSubscript
  /// Python's `[container, key] →`.
  case deleteSubscript
  /// `[lower, upper] → [slice]` with a = 2, `[lower, upper, step] → [slice]` with a = 3.
  case buildSlice

  // Operators
  /// `[x] → [-x]` and so on; `a` is the raw value of a ``UnaryOperator``.
  case unary
  /// `[x, y] → [x op y]`; `a` is the raw value of a ``BinaryOperator``; b = 1 for the augmented assignment.
  case binary
  /// `[x, y] → [x op y]`; `a` is the raw value of a ``ComparisonOperator`` (also `is`, `in` and their negations).
  case compare

  // Stack
  case pop
  /// Pushes a copy of the `a`-th value from the top (1 is the top).
  case copy
  /// Exchanges the top with the `a`-th value from the top (2 is the one below).
  case swap
  /// Pushes `unbound`: after a callable that has no receiver, and for absent parts.
  case pushUnbound

  // Jumps; `a` is the index of an instruction in the same code.
  case jump
  case popJumpIfFalse
  case popJumpIfTrue
  case jumpIfFalseOrPop
  case jumpIfTrueOrPop

  // Iteration and unpacking
  /// Python's `[iterable] → [iterator]`.
  case getIterator
  /// `[iterator] → [iterator, next]`, or at the end `→` and jump to `a`.
  case forIterate
  /// `[iterable] → [item n, …, item 1]` (the first item on top); `a` items exactly.
  case unpackSequence
  /// The same with a starred target: `a` items before it, `b` after; the rest becomes a list.
  case unpackStarred

  // Building
  /// A set with b = 1 is built from a constant set, which decides the order of its members.
  case buildTuple, buildList, buildSet
  /// `[k1, v1, …, kn, vn] → [dict]`, `a` = n.
  case buildDict
  /// `[.., list, .. (a-1 values), item] →` appends to the list `a` below the item.
  case listAppend, listExtend, setAdd, setUpdate
  /// `[.., dict, .., key, value] →`, the dict `a` below the pair.
  case dictSet
  /// `[.., dict, .., mapping] →`, for `{**m}`.
  case dictUpdate
  /// The same for `f(**m)`: a repeated key is a TypeError that names the callable, which lies below the dict.
  case dictMerge
  case listToTuple
  /// Python's `[part 1, …, part a] → [string]`.
  case buildString
  /// `[value] → [text]` or, with b & 4, `[value, spec] → [text]`; b & 3: 0 none, 1 `!s`, 2 `!r`, 3 `!a`.
  case formatValue

  // Calls
  /// `[callable, receiver or unbound, argument 1, …, argument a] → [result]`; the last `keywordNames[b - 1].count`
  /// arguments are keywords when b > 0.
  case call
  /// Python's `[callable, receiver or unbound, positional list, keyword dict or unbound] → [result]`.
  case callSpread
  /// `[defaults tuple]? [keyword defaults dict]? [closure tuple]? → [function]`: `a` indexes `Code.inner`, b is a set
  /// of 1 defaults, 2 keyword defaults, 4 closure; pushed in that order.
  case makeFunction
  /// `→ [the function that makes classes]`; then called with (body function, name, bases…, keywords…).
  case loadBuildClass
  case returnValue
  /// `[value] → [sent value]`; gives the frame back to whoever called `next` or `send`.
  case yieldValue
  /// `[iterator, value to send] → [iterator, yielded]` is given out and resumed here, or at the end `[result]`.
  case yieldFrom

  // Imports
  /// `→ [module]`: `a` indexes `Code.imports` (the dotted name); b = 1 pushes the last part (`import a.b as c`), 0 the first.
  case importName
  /// `[module] → [module, attribute]`, `a` a symbol.
  case importFrom

  // Exceptions
  /// b = 0: raise again what is being handled; 1: `[exception] →`; 2: `[exception, cause] →`.
  case raise
  /// At the start of a handler, `[exception] → [previously handled, exception]`; it becomes the one being handled.
  case pushException
  /// `[previously handled] →`: handling ends.
  case popException
  /// Python's `[exception, type or tuple] → [exception, matches]`.
  case matchException
  /// `[exception] →` and goes on raising it, without a new traceback entry.
  case reraise
  /// Python's `→ [AssertionError]`.
  case loadAssertionError
  /// Python's `[manager] → [exit method, entered value]`.
  case beforeWith
  /// Python's `[exit method, previously handled, exception] → [exit method, previously handled, exception, result of exit]`.
  case withException
}
