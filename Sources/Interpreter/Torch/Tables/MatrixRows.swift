import Autograd

// Products of matrices and vectors, and look-ups by index.
extension TorchRow {
  /// Products.
  static let matrix: [TorchRow] = [
    TorchRow(
      "mm",
      "fmo Tensor self, Tensor mat2",
      tensor: { try $0.session.mm($0.tensor(0), $0.tensor(1)) }
    ),
    TorchRow(
      "mv",
      "fmo Tensor self, Tensor vec",
      tensor: { try $0.session.mv($0.tensor(0), $0.tensor(1)) }
    ),
    TorchRow(
      "dot",
      "fmo Tensor self, Tensor tensor",
      tensor: { try $0.session.dot($0.tensor(0), $0.tensor(1)) }
    ),
    TorchRow(
      "bmm",
      "fmo Tensor self, Tensor mat2",
      tensor: { try $0.session.bmm($0.tensor(0), $0.tensor(1)) }
    ),
    TorchRow(
      "matmul",
      "fmo Tensor self, Tensor other",
      tensor: { try $0.session.matmul($0.tensor(0), $0.tensor(1)) }
    ),
    TorchRow(
      "addmm",
      "mid Tensor self, Scalar beta, Scalar alpha, Tensor mat1, Tensor mat2",
      "fmio Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1",
      tensor: {
        let order = $0.overload == 0 ? (3, 4, 1, 2) : (1, 2, 3, 4)
        return try $0.session.addmm(
          $0.tensor(0),
          $0.tensor(order.0),
          $0.tensor(order.1),
          beta: $0.scalar(order.2, default: .int(1)),
          alpha: $0.scalar(order.3, default: .int(1))
        )
      },
      inPlace: {
        let order = $0.overload == 0 ? (3, 4, 1, 2) : (1, 2, 3, 4)
        return try $0.session.addmmInPlace(
          $0.tensor(0),
          $0.tensor(order.0),
          $0.tensor(order.1),
          beta: $0.scalar(order.2, default: .int(1)),
          alpha: $0.scalar(order.3, default: .int(1))
        )
      }
    ),
    TorchRow(
      "gather",
      "fmo Tensor self, int dim, Tensor index, *, bool sparse_grad=False",
      tensor: { try $0.session.gather($0.tensor(0), $0.int(1), $0.tensor(2)) }
    ),
    TorchRow(
      "index_put",
      "fmi Tensor self, TensorList indices, Tensor values, bool accumulate=False",
      tensor: {
        try $0.session.indexPut(
          $0.tensor(0),
          $0.optionalTensors(1),
          $0.tensor(2),
          accumulate: $0.bool(3)
        )
      },
      inPlace: {
        try $0.session.indexPutInPlace(
          $0.tensor(0),
          $0.optionalTensors(1),
          $0.tensor(2),
          accumulate: $0.bool(3)
        )
      }
    ),
  ]
}
