/// The constants of tensor printing, as `torch.set_printoptions` changes them.
public struct PrintOptions: Sendable, Hashable {
  /// Digits after the point.
  public var precision = 4
  /// The number of elements above which a tensor is summarized; nil for never.
  public var threshold: Int? = 1000
  /// The elements that a summary shows at each end of a dimension.
  public var edgeItems = 3
  /// The columns of a line.
  public var lineWidth = 80
  /// Whether to use scientific notation; nil lets the values decide.
  public var scientific: Bool?

  /// PyTorch's defaults.
  public init() {}
}

extension PrintOptions {
  /// Sets the four numbers of a named profile.
  ///
  /// - Returns: Whether there is such a profile.
  @discardableResult
  public mutating func use(profile: String) -> Bool {
    switch profile {
    case "default": (precision, threshold, edgeItems, lineWidth) = (4, 1000, 3, 80)
    case "short": (precision, threshold, edgeItems, lineWidth) = (2, 1000, 2, 80)
    case "full": (precision, threshold, edgeItems, lineWidth) = (4, nil, 3, 80)
    default: return false
    }
    return true
  }
}
