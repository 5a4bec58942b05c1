/// One item of an index expression, `x[1, 2:5, None, ..., mask]`.
public enum TensorIndex {
  /// An int.
  case integer(Int)
  /// A slice; nil where a part was left out.
  case slice(start: Int?, stop: Int?, step: Int?)
  /// `None`, a new dimension.
  case newDimension
  /// `...`.
  case ellipsis
  /// A bool, which makes a new dimension of size 1 or 0.
  case bool(Bool)
  /// A tensor of ints or a mask; lists and ranges become one on the language side.
  case tensor(Tensor)
}
