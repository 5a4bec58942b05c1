import Autograd

// Views, copies, and what joins or takes apart.
extension TorchRow {
  /// Views of one tensor.
  static let view: [TorchRow] = [
    TorchRow(
      "view",
      "m Tensor self, ScalarType dtype",
      "m Tensor self, IntArrayRef size",
      tensor: {
        if $0.overload == 1 { return try $0.session.view($0.tensor(0), $0.ints(1)) }
        guard $0.dtype(1) == (try $0.tensor(0)).dtype else {
          throw $0.torch.machine.notSupported("torch.Tensor.view with a dtype")
        }
        return try $0.session.view($0.tensor(0), $0.tensor(0).sizes)
      }
    ),
    TorchRow(
      "reshape",
      "fm Tensor self, IntArrayRef shape",
      tensor: { try $0.session.reshape($0.tensor(0), $0.ints(1)) }
    ),
    TorchRow(
      "view_as",
      "m Tensor self, Tensor other",
      tensor: { try $0.session.view($0.tensor(0), $0.tensor(1).sizes) }
    ),
    TorchRow(
      "reshape_as",
      "m Tensor self, Tensor other",
      tensor: { try $0.session.reshape($0.tensor(0), $0.tensor(1).sizes) }
    ),
    TorchRow(
      "t",
      "fmi Tensor self",
      tensor: { try $0.session.t($0.tensor(0)) },
      inPlace: { try $0.session.tInPlace($0.tensor(0)) }
    ),
    TorchRow(
      "transpose",
      "fmi Tensor self, int dim0, int dim1",
      tensor: { try $0.session.transpose($0.tensor(0), $0.int(1), $0.int(2)) },
      inPlace: { try $0.session.transposeInPlace($0.tensor(0), $0.int(1), $0.int(2)) }
    ),
    TorchRow(
      "permute",
      "fm Tensor self, IntArrayRef dims",
      tensor: { try $0.session.permute($0.tensor(0), $0.ints(1)) }
    ),
    TorchRow(
      "unsqueeze",
      "fmi Tensor self, int dim",
      tensor: { try $0.session.unsqueeze($0.tensor(0), $0.int(1)) },
      inPlace: { try $0.session.unsqueezeInPlace($0.tensor(0), $0.int(1)) }
    ),
    TorchRow(
      "squeeze",
      "fmi Tensor self",
      "fmi Tensor self, int dim",
      "fmi Tensor self, IntArrayRef dim",
      tensor: { try $0.session.squeeze($0.tensor(0), $0.squeezed, isTuple: $0.overload == 2) },
      inPlace: {
        try $0.session.squeezeInPlace($0.tensor(0), $0.squeezed, isTuple: $0.overload == 2)
      }
    ),
    TorchRow(
      "expand",
      "m Tensor self, IntArrayRef size, *, bool implicit=False",
      tensor: { try $0.session.expand($0.tensor(0), $0.ints(1)) }
    ),
    TorchRow(
      "expand_as",
      "m Tensor self, Tensor other",
      tensor: { try $0.session.expand($0.tensor(0), $0.tensor(1).sizes) }
    ),
    TorchRow(
      "select",
      "fm Tensor self, int dim, int index",
      tensor: { try $0.session.select($0.tensor(0), $0.int(1), $0.int(2)) }
    ),
    TorchRow(
      "narrow",
      "fm Tensor self, int dim, Tensor start, int length",
      "fm Tensor self, int dim, int start, int length",
      tensor: { try $0.session.narrow($0.tensor(0), $0.int(1), $0.int(2), $0.int(3)) }
    ),
    TorchRow(
      "diagonal",
      "fm Tensor self, int offset=0, int dim1=0, int dim2=1",
      tensor: {
        try $0.session.diagonal(
          $0.tensor(0),
          offset: $0.int(1, default: 0),
          dim1: $0.int(2, default: 0),
          dim2: $0.int(3, default: 1)
        )
      }
    ),
    TorchRow(
      "unfold",
      "m Tensor self, int dimension, int size, int step",
      tensor: { try $0.session.unfold($0.tensor(0), $0.int(1), $0.int(2), $0.int(3)) }
    ),
    TorchRow(
      "as_strided",
      "fmi Tensor self, IntArrayRef size, IntArrayRef stride, int? storage_offset=None",
      tensor: {
        try $0.session.asStrided(
          $0.tensor(0),
          sizes: $0.ints(1),
          strides: $0.ints(2),
          storageOffset: $0.optionalInt(3)
        )
      },
      inPlace: {
        try $0.session.asStridedInPlace(
          $0.tensor(0),
          sizes: $0.ints(1),
          strides: $0.ints(2),
          storageOffset: $0.optionalInt(3)
        )
      }
    ),
    TorchRow(
      "flatten",
      "fm Tensor self, int start_dim=0, int end_dim=-1",
      tensor: {
        try $0.session.flatten($0.tensor(0), $0.int(1, default: 0), $0.int(2, default: -1))
      }
    ),
    TorchRow(
      "ravel",
      "fm Tensor self",
      tensor: { try $0.session.reshape($0.session.contiguous($0.tensor(0)), [-1]) }
    ),
    TorchRow(
      "detach",
      "fmi Tensor self",
      tensor: { $0.session.detach(try $0.tensor(0)) },
      inPlace: { try $0.session.detachInPlace($0.tensor(0)) }
    ),
  ]

  /// Several tensors out of one, and one out of several.
  static let splitting: [TorchRow] = [
    TorchRow(
      "unbind",
      "fm Tensor self, int dim=0",
      tensors: { try $0.session.unbind($0.tensor(0), $0.int(1, default: 0)) }
    ),
    TorchRow(
      "split",
      "fm Tensor self, int split_size, int dim=0",
      "fm Tensor self, IntArrayRef split_size, int dim=0",
      tensors: {
        let dim = try $0.int(2, default: 0)
        return $0.overload == 0
          ? try $0.session.split($0.tensor(0), $0.int(1), dim)
          : try $0.session.split($0.tensor(0), sizes: $0.ints(1), dim)
      }
    ),
    TorchRow(
      "split_with_sizes",
      "fm Tensor self, IntArrayRef split_sizes, int dim=0",
      tensors: { try $0.session.split($0.tensor(0), sizes: $0.ints(1), $0.int(2, default: 0)) }
    ),
    TorchRow(
      "chunk",
      "fm Tensor self, int chunks, int dim=0",
      tensors: { try $0.session.chunk($0.tensor(0), $0.int(1), $0.int(2, default: 0)) }
    ),
    TorchRow(
      "cat",
      "fo TensorList tensors, int dim=0",
      tensor: { try $0.session.cat($0.tensors(0), $0.int(1, default: 0)) }
    ),
    TorchRow(
      "stack",
      "fo TensorList tensors, int dim=0",
      tensor: { try $0.session.stack($0.tensors(0), $0.int(1, default: 0)) }
    ),
  ]

  /// Copies and casts.
  static let copy: [TorchRow] = [
    TorchRow(
      "clone",
      "fm Tensor self, *, MemoryFormat? memory_format=None",
      tensor: { try $0.session.clone($0.tensor(0)) }
    ),
    TorchRow(
      "contiguous",
      "m Tensor self, *, MemoryFormat memory_format=contiguous_format",
      tensor: { try $0.session.contiguous($0.tensor(0)) }
    ),
    TorchRow(
      "copy",
      "i Tensor self, Tensor other, bool non_blocking=False",
      tensor: { try $0.session.copyInPlace($0.tensor(0), $0.tensor(1)) }
    ),
    TorchRow(
      "type_as",
      "m Tensor self, Tensor other",
      tensor: { try $0.session.to($0.tensor(0), $0.tensor(1).dtype) }
    ),
    TorchRow(
      "to",
      "m Tensor self, Device device=None, ScalarType dtype=None, bool non_blocking=False, "
        + "bool copy=False, *, MemoryFormat? memory_format=None",
      "m Tensor self, ScalarType dtype, bool non_blocking=False, bool copy=False, *, "
        + "MemoryFormat? memory_format=None",
      "m Tensor self, Tensor other, bool non_blocking=False, bool copy=False, *, "
        + "MemoryFormat? memory_format=None",
      tensor: {
        let x = try $0.tensor(0)
        if $0.overload == 2 {
          return try $0.session.to(x, $0.tensor(1).dtype, copy: $0.bool(3))
        }
        if $0.overload == 1 {
          return try $0.session.to(x, $0.dtype(1) ?? x.dtype, copy: $0.bool(3))
        }
        if $0.has(1) { try $0.torch.checkDevice($0[1]) }
        return try $0.session.to(x, $0.dtype(2) ?? x.dtype, copy: $0.bool(4))
      }
    ),
    cast("float", .float32), cast("double", .float64), cast("long", .int64), cast("int", .int32),
    cast("bool", .bool),
    TorchRow(
      "cpu",
      "m Tensor self, *, MemoryFormat? memory_format=None",
      tensor: { try $0.tensor(0) }
    ),
    TorchRow(
      "requires_grad",
      "i Tensor self, bool requires_grad=True",
      tensor: { try $0.session.setRequiresGrad($0.tensor(0), $0.bool(1, default: true)) }
    ),
    TorchRow(
      "set",
      "i Tensor self, Tensor source",
      tensor: { try $0.session.set($0.tensor(0), $0.tensor(1)) }
    ),
    TorchRow(
      "resize",
      "i Tensor self, IntArrayRef size, *, MemoryFormat? memory_format=None",
      tensor: { try $0.session.resizeInPlace($0.tensor(0), $0.ints(1)) }
    ),
  ]

  private static func cast(_ name: String, _ dtype: DType) -> TorchRow {
    TorchRow(
      name,
      "m Tensor self, *, MemoryFormat? memory_format=None",
      tensor: { try $0.session.to($0.tensor(0), dtype) }
    )
  }
}

extension TorchCall {
  fileprivate var squeezed: [Int]? {
    get throws(PythonError) {
      overload == 0 ? nil : overload == 1 ? [try int(1)] : try ints(1)
    }
  }
}
