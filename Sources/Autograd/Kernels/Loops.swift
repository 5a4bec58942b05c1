/// Runs over one row: `out[i * so] = f(x[i * sx])`, strides in elements.
typealias UnaryLoop =
  @Sendable (
    _ out: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ count: Int, _ so: Int, _ sx: Int
  ) -> Void

/// Runs over one row: `out[i * so] = f(a[i * sa], b[i * sb])`, strides in elements.
typealias BinaryLoop =
  @Sendable (
    _ out: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ count: Int,
    _ so: Int, _ sa: Int, _ sb: Int
  ) -> Void

/// The loops of an operation, one for each type that it computes in.
struct LoopTable<Loop: Sendable>: Sendable {
  private let loops: [Loop?]

  init(_ loop: (DType) -> Loop?) {
    loops = DType.allCases.map(loop)
  }

  @inline(__always)
  subscript(dtype: DType) -> Loop? { loops[Int(dtype.rawValue)] }
}

/// An element-wise function of one element of any type.
protocol UnaryKernel: SendableMetatype {
  static func apply<E: Element>(_ x: E) -> E
}

/// An element-wise function of a real number, computed in double precision.
protocol MathKernel: SendableMetatype {
  static func apply(_ x: Double) -> Double
}

/// A property of an element.
protocol PredicateKernel: SendableMetatype {
  static func apply<E: Element>(_ x: E) -> Bool
}

/// An element-wise function of two elements of one type.
protocol BinaryKernel: SendableMetatype {
  static func apply<E: Element>(_ a: E, _ b: E) -> E
}

/// An element-wise function of two real numbers, computed in double precision.
protocol BinaryMathKernel: SendableMetatype {
  static func apply(_ a: Double, _ b: Double) -> Double
}

/// An element-wise division or remainder, which differs for integers.
protocol DivisionKernel: SendableMetatype {
  static func apply<F: FloatElement>(float a: F, _ b: F) -> F
  static func apply<I: IntegerElement>(integer a: I, _ b: I) -> I
}

/// A relation of two elements.
protocol RelationKernel: SendableMetatype {
  static func apply<E: Element>(_ a: E, _ b: E) -> Bool
}

@inline(__always)
private func mapRow<In: BitwiseCopyable, Out: BitwiseCopyable>(
  _ out: UnsafeMutableRawPointer,
  _ x: UnsafeRawPointer,
  _ count: Int,
  _ so: Int,
  _ sx: Int,
  _ body: (In) -> Out
) {
  let out = out.assumingMemoryBound(to: Out.self)
  let x = x.assumingMemoryBound(to: In.self)
  if so == 1 && sx == 1 {
    for i in 0..<count { out[i] = body(x[i]) }
  } else {
    for i in 0..<count { out[i &* so] = body(x[i &* sx]) }
  }
}

@inline(__always)
private func zipRow<In: BitwiseCopyable, Out: BitwiseCopyable>(
  _ out: UnsafeMutableRawPointer,
  _ a: UnsafeRawPointer,
  _ b: UnsafeRawPointer,
  _ count: Int,
  _ so: Int,
  _ sa: Int,
  _ sb: Int,
  _ body: (In, In) -> Out
) {
  let out = out.assumingMemoryBound(to: Out.self)
  let a = a.assumingMemoryBound(to: In.self)
  let b = b.assumingMemoryBound(to: In.self)
  if so == 1 && sa == 1 && sb == 1 {
    for i in 0..<count { out[i] = body(a[i], b[i]) }
  } else if so == 1 && sa == 1 && sb == 0 {
    let b = b[0]
    for i in 0..<count { out[i] = body(a[i], b) }
  } else {
    for i in 0..<count { out[i &* so] = body(a[i &* sa], b[i &* sb]) }
  }
}

/// The loops of kernels, made for a type.
enum Loops {
  static func unary<K: UnaryKernel, E: Element>(_: K.Type, _: E.Type) -> UnaryLoop {
    { out, x, count, so, sx in
      mapRow(out, x, count, so, sx) { (x: E) -> E in K.apply(x) }
    }
  }

  static func math<K: MathKernel, F: FloatElement>(_: K.Type, _: F.Type) -> UnaryLoop {
    { out, x, count, so, sx in
      mapRow(out, x, count, so, sx) { (x: F) -> F in F(K.apply(Double(x))) }
    }
  }

  static func predicate<K: PredicateKernel, E: Element>(_: K.Type, _: E.Type) -> UnaryLoop {
    { out, x, count, so, sx in
      mapRow(out, x, count, so, sx) { (x: E) -> Bool in K.apply(x) }
    }
  }

  static func cast<From: Element, To: Element>(_: From.Type, _: To.Type) -> UnaryLoop {
    { out, x, count, so, sx in
      mapRow(out, x, count, so, sx) { (x: From) -> To in x.cast(to: To.self) }
    }
  }

  static func binary<K: BinaryKernel, E: Element>(_: K.Type, _: E.Type) -> BinaryLoop {
    { out, a, b, count, so, sa, sb in
      zipRow(out, a, b, count, so, sa, sb) { (a: E, b: E) -> E in K.apply(a, b) }
    }
  }

  static func math<K: BinaryMathKernel, F: FloatElement>(_: K.Type, _: F.Type) -> BinaryLoop {
    { out, a, b, count, so, sa, sb in
      zipRow(out, a, b, count, so, sa, sb) { (a: F, b: F) -> F in
        F(K.apply(Double(a), Double(b)))
      }
    }
  }

  static func division<K: DivisionKernel, F: FloatElement>(float _: K.Type, _: F.Type) -> BinaryLoop
  {
    { out, a, b, count, so, sa, sb in
      zipRow(out, a, b, count, so, sa, sb) { (a: F, b: F) -> F in K.apply(float: a, b) }
    }
  }

  static func division<K: DivisionKernel, I: IntegerElement>(
    integer _: K.Type,
    _: I.Type
  ) -> BinaryLoop {
    { out, a, b, count, so, sa, sb in
      zipRow(out, a, b, count, so, sa, sb) { (a: I, b: I) -> I in K.apply(integer: a, b) }
    }
  }

  static func relation<K: RelationKernel, E: Element>(_: K.Type, _: E.Type) -> BinaryLoop {
    { out, a, b, count, so, sa, sb in
      zipRow(out, a, b, count, so, sa, sb) { (a: E, b: E) -> Bool in K.apply(a, b) }
    }
  }
}

extension LoopTable where Loop == UnaryLoop {
  /// For all types but those left out.
  static func elements<K: UnaryKernel>(_ kernel: K.Type, bool: Bool = false) -> LoopTable {
    LoopTable { dtype -> UnaryLoop? in
      switch dtype {
      case .bool: bool ? Loops.unary(kernel, Bool.self) : nil
      case .int32: Loops.unary(kernel, Int32.self)
      case .int64: Loops.unary(kernel, Int.self)
      case .float32: Loops.unary(kernel, Float.self)
      case .float64: Loops.unary(kernel, Double.self)
      }
    }
  }

  /// For the floating point types.
  static func math<K: MathKernel>(_ kernel: K.Type) -> LoopTable {
    LoopTable { dtype -> UnaryLoop? in
      switch dtype {
      case .float32: Loops.math(kernel, Float.self)
      case .float64: Loops.math(kernel, Double.self)
      case .bool, .int32, .int64: nil
      }
    }
  }

  /// For all types; the result is bool.
  static func predicate<K: PredicateKernel>(_ kernel: K.Type) -> LoopTable {
    LoopTable { dtype -> UnaryLoop? in
      switch dtype {
      case .bool: Loops.predicate(kernel, Bool.self)
      case .int32: Loops.predicate(kernel, Int32.self)
      case .int64: Loops.predicate(kernel, Int.self)
      case .float32: Loops.predicate(kernel, Float.self)
      case .float64: Loops.predicate(kernel, Double.self)
      }
    }
  }
}

extension LoopTable where Loop == BinaryLoop {
  /// For all types; bool may be left out.
  static func elements<K: BinaryKernel>(_ kernel: K.Type, bool: Bool = true) -> LoopTable {
    LoopTable { dtype -> BinaryLoop? in
      switch dtype {
      case .bool: bool ? Loops.binary(kernel, Bool.self) : nil
      case .int32: Loops.binary(kernel, Int32.self)
      case .int64: Loops.binary(kernel, Int.self)
      case .float32: Loops.binary(kernel, Float.self)
      case .float64: Loops.binary(kernel, Double.self)
      }
    }
  }

  /// For the floating point types.
  static func math<K: BinaryMathKernel>(_ kernel: K.Type) -> LoopTable {
    LoopTable { dtype -> BinaryLoop? in
      switch dtype {
      case .float32: Loops.math(kernel, Float.self)
      case .float64: Loops.math(kernel, Double.self)
      case .bool, .int32, .int64: nil
      }
    }
  }

  /// For all types but bool.
  static func division<K: DivisionKernel>(_ kernel: K.Type) -> LoopTable {
    LoopTable { dtype -> BinaryLoop? in
      switch dtype {
      case .bool: nil
      case .int32: Loops.division(integer: kernel, Int32.self)
      case .int64: Loops.division(integer: kernel, Int.self)
      case .float32: Loops.division(float: kernel, Float.self)
      case .float64: Loops.division(float: kernel, Double.self)
      }
    }
  }

  /// For all types; the result is bool.
  static func relation<K: RelationKernel>(_ kernel: K.Type) -> LoopTable {
    LoopTable { dtype -> BinaryLoop? in
      switch dtype {
      case .bool: Loops.relation(kernel, Bool.self)
      case .int32: Loops.relation(kernel, Int32.self)
      case .int64: Loops.relation(kernel, Int.self)
      case .float32: Loops.relation(kernel, Float.self)
      case .float64: Loops.relation(kernel, Double.self)
      }
    }
  }
}

/// The loops that convert, by both types.
enum Casting {
  static let table: [LoopTable<UnaryLoop>] = DType.allCases.map { $0.visit(Row()) }

  private struct Row: ElementVisitor {
    func visit<From: Element>(_ type: From.Type) -> LoopTable<UnaryLoop> {
      LoopTable { $0.visit(Column<From>()) }
    }
  }

  private struct Column<From: Element>: ElementVisitor {
    func visit<To: Element>(_ type: To.Type) -> UnaryLoop { Loops.cast(From.self, To.self) }
  }

  static func loop(_ from: DType, _ to: DType) -> UnaryLoop {
    guard let loop = table[Int(from.rawValue)][to] else {
      preconditionFailure("every type converts")
    }
    return loop
  }
}
