/// A name and what it is bound to.
public struct Binding: Sendable, Hashable {
  /// The name; dotted for a parameter of a module, `net.fc.weight`.
  public let name: String
  /// The frame it belongs to: 0 is the module, higher numbers are functions being called.
  public var frame: Int { Int(storedFrame) }
  /// The line of the statement that bound it.
  public var line: Int { Int(storedLine) }
  /// What it is bound to.
  public let value: Value

  private let storedFrame: Int32
  private let storedLine: Int32

  /// A binding from its parts.
  public init(name: String, frame: Int = 0, line: Int, value: Value) {
    self.name = name
    storedFrame = Int32(truncatingIfNeeded: frame)
    storedLine = Int32(truncatingIfNeeded: line)
    self.value = value
  }
}

extension Binding {
  /// What a name is bound to.
  public enum Value: Sendable, Hashable {
    /// A tensor.
    case tensor(TensorID)
    /// `None`.
    case none
    /// A truth value.
    case bool(Bool)
    /// An int.
    case int(Int)
    /// A float.
    case float(Double)
    /// Anything else, as a short `repr`.
    case text(String)

    /// The tensor, if it is one.
    public var tensor: TensorID? {
      if case .tensor(let id) = self { id } else { nil }
    }

    /// The value in a few words, as Python writes it.
    public var shown: String {
      switch self {
      case .tensor(let id): id.description
      case .none: "None"
      case .bool(let value): value ? "True" : "False"
      case .int(let value): String(value)
      case .float(let value): PythonNumber.text(value)
      case .text(let text): text
      }
    }
  }
}

// A NaN equals itself: two moments with the same bits are the same.
extension Binding.Value {
  /// Whether both are the same, floats bit for bit.
  public static func == (a: Binding.Value, b: Binding.Value) -> Bool {
    switch (a, b) {
    case (.tensor(let a), .tensor(let b)): a == b
    case (.none, .none): true
    case (.bool(let a), .bool(let b)): a == b
    case (.int(let a), .int(let b)): a == b
    case (.float(let a), .float(let b)): a.bitPattern == b.bitPattern
    case (.text(let a), .text(let b)): a == b
    default: false
    }
  }

  /// Hashes what ``==(_:_:)`` compares.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .tensor(let id): hasher.combine(id)
    case .none: hasher.combine(0)
    case .bool(let value): hasher.combine(value)
    case .int(let value): hasher.combine(value)
    case .float(let value): hasher.combine(value.bitPattern)
    case .text(let text): hasher.combine(text)
    }
  }
}

/// A frame and its names at one moment.
public struct FrameState: Sendable, Hashable {
  /// The function's name; `<module>` for the outermost frame.
  public let function: String
  /// The names in the order in which they were bound first.
  public var bindings: [Binding]

  /// A frame from its parts.
  public init(function: String, bindings: [Binding] = []) {
    self.function = function
    self.bindings = bindings
  }
}
