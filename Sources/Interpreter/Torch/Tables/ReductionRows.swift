import Autograd

// Reductions.
extension TorchRow {
  /// Sums, means, products, extrema and truth values.
  static let reduction: [TorchRow] = [
    TorchRow(
      "sum",
      "fm Tensor self, *, ScalarType? dtype=None",
      "fmo Tensor self, IntArrayRef[1]? dim, bool keepdim=False, *, ScalarType? dtype=None",
      tensor: {
        $0.overload == 0
          ? try $0.session.sum($0.tensor(0), dtype: $0.dtype(1))
          : try $0.session.sum(
            $0.tensor(0),
            dims: $0.optionalInts(1),
            keepdim: $0.bool(2),
            dtype: $0.dtype(3)
          )
      }
    ),
    TorchRow(
      "mean",
      "fmo Tensor self, *, ScalarType? dtype=None",
      "fmo Tensor self, IntArrayRef[1]? dim, bool keepdim=False, *, ScalarType? dtype=None",
      tensor: {
        $0.overload == 0
          ? try $0.session.mean($0.tensor(0), dtype: $0.dtype(1))
          : try $0.session.mean(
            $0.tensor(0),
            dims: $0.optionalInts(1),
            keepdim: $0.bool(2),
            dtype: $0.dtype(3)
          )
      }
    ),
    TorchRow(
      "prod",
      "fm Tensor self, *, ScalarType? dtype=None",
      "fmo Tensor self, int dim, bool keepdim=False, *, ScalarType? dtype=None",
      tensor: {
        $0.overload == 0
          ? try $0.session.prod($0.tensor(0), dtype: $0.dtype(1))
          : try $0.session.prod(
            $0.tensor(0),
            dim: $0.int(1),
            keepdim: $0.bool(2),
            dtype: $0.dtype(3)
          )
      }
    ),
    TorchRow(
      "max",
      "fmo Tensor self",
      "fmo Tensor self, Tensor other",
      "fmO Tensor self, int dim, bool keepdim=False"
    ) { try $0.extremum(greatest: true) },
    TorchRow(
      "min",
      "fmo Tensor self",
      "fmo Tensor self, Tensor other",
      "fmO Tensor self, int dim, bool keepdim=False"
    ) { try $0.extremum(greatest: false) },
    TorchRow(
      "amax",
      "fmo Tensor self, IntArrayRef[1] dim=None, bool keepdim=False",
      tensor: {
        try $0.session.extremum(
          $0.tensor(0),
          dims: $0.optionalInts(1) ?? [],
          keepdim: $0.bool(2),
          greatest: true
        )
      }
    ),
    TorchRow(
      "amin",
      "fmo Tensor self, IntArrayRef[1] dim=None, bool keepdim=False",
      tensor: {
        try $0.session.extremum(
          $0.tensor(0),
          dims: $0.optionalInts(1) ?? [],
          keepdim: $0.bool(2),
          greatest: false
        )
      }
    ),
    TorchRow(
      "argmax",
      "fmo Tensor self, int? dim=None, bool keepdim=False",
      tensor: {
        try $0.session.argExtremum(
          $0.tensor(0),
          dim: $0.optionalInt(1),
          keepdim: $0.bool(2),
          greatest: true
        )
      }
    ),
    TorchRow(
      "argmin",
      "fmo Tensor self, int? dim=None, bool keepdim=False",
      tensor: {
        try $0.session.argExtremum(
          $0.tensor(0),
          dim: $0.optionalInt(1),
          keepdim: $0.bool(2),
          greatest: false
        )
      }
    ),
    TorchRow(
      "all",
      "fmo Tensor self",
      "fmo Tensor self, IntArrayRef? dim=None, bool keepdim=False",
      "fmo Tensor self, int dim, bool keepdim=False",
      tensor: { try $0.truth(all: true) }
    ),
    TorchRow(
      "any",
      "fmo Tensor self",
      "fmo Tensor self, IntArrayRef? dim=None, bool keepdim=False",
      "fmo Tensor self, int dim, bool keepdim=False",
      tensor: { try $0.truth(all: false) }
    ),
  ]
}

extension TorchCall {
  fileprivate func extremum(greatest: Bool) throws -> Value {
    let x = try tensor(0)
    switch overload {
    case 0: return result(try session.extremum(x, greatest: greatest))
    case 1:
      let row = Rows.binary(greatest ? "maximum" : "minimum")
      return result(try session.binary(row, x, .tensor(tensor(1))))
    default:
      let (values, indices) = try session.extremum(
        x,
        dim: int(1),
        keepdim: bool(2),
        greatest: greatest
      )
      return torch.named(greatest ? "max" : "min", [("values", values), ("indices", indices)])
    }
  }

  fileprivate func truth(all: Bool) throws -> Tensor {
    let dims: [Int]? = overload == 0 ? nil : overload == 2 ? [try int(1)] : try optionalInts(1)
    return try session.truth(tensor(0), dims: dims, keepdim: overload > 0 && bool(2), all: all)
  }
}
