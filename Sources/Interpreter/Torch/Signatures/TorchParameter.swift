/// A parameter of a ``TorchSignature``, as PyTorch's argument parser knows it.
struct TorchParameter {
  let name: Symbol
  /// The name as text, for messages.
  let text: String
  let kind: Kind
  /// Whether the call may leave it out.
  let isOptional: Bool
  /// Whether `None` stands for leaving it out.
  let allowsNone: Bool
  let isKeywordOnly: Bool
  /// For lists of ints: a single int stands for this many; 0 for lists only.
  let size: Int
  /// The default as signatures in messages print it.
  let defaultText: String
  /// The names that NumPy gives it, which are accepted as well: `axis` for `dim`.
  let numpyNames: [Symbol]

  /// What a parameter takes.
  enum Kind: UInt8 {
    case tensor, scalar, int, double, bool, ints, doubles, tensors, scalars, scalarType, layout
    case device, memoryFormat, generator, string, names, name, object

    /// The kind that a schema writes as `word`.
    init(schema word: Substring) {
      switch word {
      case "Tensor": self = .tensor
      case "Scalar": self = .scalar
      case "int64_t", "SymInt", "int": self = .int
      case "double", "float": self = .double
      case "bool": self = .bool
      case "IntArrayRef", "SymIntArrayRef": self = .ints
      case "ArrayRef<double>": self = .doubles
      case "TensorList": self = .tensors
      case "ArrayRef<Scalar>": self = .scalars
      case "ScalarType": self = .scalarType
      case "Layout": self = .layout
      case "Device": self = .device
      case "MemoryFormat": self = .memoryFormat
      case "Generator": self = .generator
      case "c10::string_view", "str": self = .string
      case "DimnameList": self = .names
      case "Dimname": self = .name
      default: self = .object
      }
    }

    /// The kind as messages name it.
    var text: String {
      switch self {
      case .tensor: "Tensor"
      case .scalar: "Number"
      case .int: "int"
      case .double: "float"
      case .bool: "bool"
      case .ints: "tuple of ints"
      case .doubles: "tuple of floats"
      case .tensors: "tuple of Tensors"
      case .scalars: "tuple of Scalars"
      case .scalarType: "torch.dtype"
      case .layout: "torch.layout"
      case .device: "torch.device"
      case .memoryFormat: "torch.memory_format"
      case .generator: "torch.Generator"
      case .string: "str"
      case .names: "tuple of names"
      case .name: "name"
      case .object: "object"
      }
    }
  }
}

extension TorchParameter {
  /// A parameter from its schema, `IntArrayRef[1]? dim=None`.
  init(_ schema: Substring, keywordOnly: Bool, _ symbols: inout SymbolTable) {
    let space = schema.firstIndex(of: " ") ?? schema.endIndex
    var type = schema[..<space]
    var rest = schema[space...].drop { $0 == " " }
    var allowsNone = false
    if type.hasSuffix("?") {
      allowsNone = true
      type = type.dropLast()
    }
    var size = 0
    if let bracket = type.firstIndex(of: "[") {
      size = Int(type[type.index(after: bracket)...].dropLast()) ?? 0
      type = type[..<bracket]
    }
    var defaultText = ""
    var isOptional = false
    if let equals = rest.firstIndex(of: "=") {
      isOptional = true
      defaultText = String(rest[rest.index(after: equals)...])
      rest = rest[..<equals]
      if defaultText == "None" { allowsNone = true }
    }
    text = String(rest)
    name = symbols.symbol(text)
    kind = Kind(schema: type)
    self.isOptional = isOptional
    self.allowsNone = allowsNone
    isKeywordOnly = keywordOnly
    self.size = size
    self.defaultText = defaultText
    numpyNames = (Self.numpyNames[text] ?? []).map { symbols.symbol($0) }
  }

  private static let numpyNames = [
    "dim": ["axis"], "keepdim": ["keepdims"], "input": ["x", "a", "x1"], "other": ["x2"],
  ]

  /// The parameter as signatures in messages print it.
  var description: String {
    let head = "\(kind.text) \(text)"
    return isOptional ? "\(head) = \(defaultText)" : head
  }
}
