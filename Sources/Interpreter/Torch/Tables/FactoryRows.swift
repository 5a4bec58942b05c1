import Autograd

// Functions that make tensors.
extension TorchRow {
  /// Factories.
  static let factory: [TorchRow] = [
    TorchRow("zeros", "fot IntArrayRef size") { call in
      let sizes = try call.ints(0)
      if sizes.contains(where: { $0 < 0 }) {
        throw AutogradError.runtime("zeros: Dimension size must be non-negative.")
      }
      return try call.made(call.session.zeros(sizes, call.newDType))
    },
    TorchRow("ones", "fot IntArrayRef size") {
      try $0.made($0.session.ones($0.ints(0), $0.newDType))
    },
    TorchRow("empty", "fot IntArrayRef size, *, MemoryFormat? memory_format=None") {
      try $0.made($0.session.empty($0.ints(0), $0.newDType))
    },
    TorchRow("full", "fot IntArrayRef size, Scalar fill_value") {
      try $0.made($0.session.full($0.ints(0), $0.scalar(1), $0.newDType))
    },
    TorchRow(
      "arange",
      "fot Scalar end",
      "ft Scalar start, Scalar end",
      "fot Scalar start, Scalar end, Scalar step=1"
    ) {
      let hasStart = $0.overload > 0
      let start = hasStart ? try $0.scalar(0) : .int(0)
      let step = $0.overload == 2 ? try $0.scalar(2, default: .int(1)) : .int(1)
      return try $0.made($0.session.arange(start, $0.scalar(hasStart ? 1 : 0), step, $0.newDType))
    },
    TorchRow(
      "linspace",
      "fot Tensor start, Tensor end, int steps",
      "fot Scalar start, Tensor end, int steps",
      "fot Tensor start, Scalar end, int steps",
      "fot Scalar start, Scalar end, int steps"
    ) {
      try $0.made(
        $0.session.linspace($0.scalar(0).double, $0.scalar(1).double, $0.int(2), $0.newDType)
      )
    },
    TorchRow("eye", "fot int n", "fot int n, int m") {
      let columns = $0.overload == 1 ? try $0.int(1) : nil
      return try $0.made($0.session.eye($0.int(0), columns, $0.newDType))
    },
    TorchRow("zeros_like", "ft Tensor self, *, MemoryFormat? memory_format=None") {
      try $0.made($0.session.zerosLike($0.tensor(0), $0.newDType))
    },
    TorchRow("ones_like", "ft Tensor self, *, MemoryFormat? memory_format=None") {
      try $0.made($0.session.onesLike($0.tensor(0), $0.newDType))
    },
    TorchRow("empty_like", "ft Tensor self, *, MemoryFormat? memory_format=None") {
      try $0.made($0.session.zerosLike($0.tensor(0), $0.newDType))
    },
    TorchRow("full_like", "ft Tensor self, Scalar fill_value, *, MemoryFormat? memory_format=None")
    {
      try $0.made($0.session.fullLike($0.tensor(0), $0.scalar(1), $0.newDType))
    },
    TorchRow("new_zeros", "mt Tensor self, IntArrayRef size") {
      try $0.made($0.session.zeros($0.ints(1), $0.newDType ?? $0.ownDType))
    },
    TorchRow("new_ones", "mt Tensor self, IntArrayRef size") {
      try $0.made($0.session.ones($0.ints(1), $0.newDType ?? $0.ownDType))
    },
    TorchRow("new_empty", "mt Tensor self, IntArrayRef size") {
      try $0.made($0.session.empty($0.ints(1), $0.newDType ?? $0.ownDType))
    },
    TorchRow("new_full", "mt Tensor self, IntArrayRef size, Scalar fill_value") {
      try $0.made($0.session.full($0.ints(1), $0.scalar(2), $0.newDType ?? $0.ownDType))
    },
    TorchRow("new_tensor", "mt Tensor self, object data") {
      try $0.made($0.torch.copied($0[1], $0.newDType ?? $0.ownDType, isMethod: true))
    },
    TorchRow("tensor", "ft object data") {
      try $0.made($0.torch.copied($0[0], $0.newDType, isMethod: false))
    },
    TorchRow("as_tensor", "f object data, ScalarType? dtype=None, Device? device=None") {
      if let tensor = $0.torch.tensor($0[0]) {
        return $0.result(try $0.session.to(tensor, $0.dtype(1) ?? tensor.dtype))
      }
      return $0.result(try $0.torch.makeTensor($0[0], dtype: $0.dtype(1)))
    },
    TorchRow("scalar_tensor", "ft Scalar s") {
      try $0.made($0.session.full([], $0.scalar(0), $0.newDType ?? $0.session.defaultDType))
    },
  ]
}

extension TorchCall {
  /// The dtype among the options of a new tensor.
  var newDType: DType? { signature.options.flatMap { dtype(start + $0) } }

  /// The result of a factory: checked for the device, and requiring grad if asked for.
  func made(_ tensor: Tensor) throws -> Value {
    guard let options = signature.options else { return result(tensor) }
    if has(start + options + 2) { try torch.checkDevice(values[start + options + 2]) }
    if bool(start + options + 4) { _ = try session.requiringGrad(tensor) }
    return result(tensor)
  }

  fileprivate var ownDType: DType {
    get throws(PythonError) { try tensor(0).dtype }
  }

  private var start: Int { variant == .function ? 0 : 1 }
}

extension Torch {
  /// A new tensor of data; a tensor is copied, with PyTorch's warning.
  fileprivate func copied(_ data: Value, _ dtype: DType?, isMethod: Bool) throws -> Tensor {
    guard let source = tensor(data) else { return try makeTensor(data, dtype: dtype) }
    try warn(
      "To copy construct from a tensor, it is recommended to use sourceTensor.detach().clone() or "
        + "sourceTensor.detach().clone().requires_grad_(True), rather than "
        + (isMethod ? "tensor.new_tensor(sourceTensor)." : "torch.tensor(sourceTensor).")
    )
    return try session.withGradMode(false) { () throws(AutogradError) in
      try session.to(session.detach(source), dtype ?? source.dtype, copy: true)
    }
  }

  /// Whether a value names the one device that there is.
  func checkDevice(_ value: Value) throws(PythonError) {
    let device = try device(value)
    if device.kind == "cpu" { return }
    if device.kind == "cuda" {
      throw machine.error(machine.types.assertionError, "Torch not compiled with CUDA enabled")
    }
    throw machine.notSupported("the device '\(device.text)'")
  }

  /// The device that a value names.
  func device(_ value: Value) throws(PythonError) -> DeviceObject {
    if let device = value.object(DeviceObject.self) { return device }
    if case .int(let index) = value {
      return DeviceObject(kind: "cuda", index: index, type: types.device)
    }
    let text = machine.text(value) ?? ""
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let kinds =
      "cpu, cuda, ipu, xpu, mkldnn, opengl, opencl, ideep, hip, ve, fpga, maia, xla, lazy, vulkan, "
      + "mps, meta, hpu, mtia, privateuseone"
    let kind = parts.first ?? ""
    guard kinds.split(separator: " ").contains(where: { $0 == kind || $0 == kind + "," }) else {
      throw machine.runtimeError(
        "Expected one of \(kinds) device type at start of device string: \(kind)"
      )
    }
    if parts.count == 1 { return DeviceObject(kind: kind, index: nil, type: types.device) }
    guard parts.count == 2, let index = Int(parts[1]) else {
      throw machine.runtimeError("Invalid device string: '\(text)'")
    }
    return DeviceObject(kind: kind, index: index, type: types.device)
  }
}
