/// The classes of torch.
final class TorchTypes {
  /// `torch._C.TensorBase`, whose methods the error texts name so.
  let tensorBase: TypeObject
  /// `torch.Tensor`.
  let tensor: TypeObject
  /// `torch.nn.Parameter`.
  let parameter: TypeObject
  /// `torch.Size`.
  let size: TypeObject
  /// `torch.dtype`.
  let dtype: TypeObject
  /// `torch.device`.
  let device: TypeObject
  /// `torch.layout`.
  let layout: TypeObject
  /// `torch.memory_format`.
  let memoryFormat: TypeObject
  /// `torch.Generator`.
  let generator: TypeObject
  /// `torch.UntypedStorage`.
  let storage: TypeObject
  /// The base of the classes of grad_fn nodes, which scripts do not see.
  let node: TypeObject
  /// The base of what forward and backward of custom Functions get as `ctx`.
  let functionContext: TypeObject
  /// `torch.autograd.Function`.
  let function: TypeObject
  /// `torch._C._autograd.SavedTensor`.
  let savedTensor: TypeObject
  /// `torch.utils.hooks.RemovableHandle`.
  let removableHandle: TypeObject
  /// `torch.finfo` and `torch.iinfo`.
  let finfo: TypeObject
  let iinfo: TypeObject
  /// `torch.linalg.LinAlgError`.
  let linAlgError: TypeObject

  init(_ machine: Machine) {
    func make(_ name: String, _ module: String = "torch", base: TypeObject? = nil) -> TypeObject {
      machine.makeType(name, module: module, base: base)
    }
    tensorBase = machine.makeType("TensorBase", module: "torch._C", layout: .tensor)
    tensor = machine.makeType("Tensor", module: "torch", base: tensorBase, layout: .tensor)
    tensor.allowsAttributes = true
    tensor.allowsMemberChanges = true
    parameter = machine.makeType(
      "Parameter",
      module: "torch.nn.parameter",
      base: tensor,
      layout: .tensor
    )
    parameter.allowsAttributes = true
    size = machine.makeType("Size", module: "torch", base: machine.types.tuple, layout: .tuple)
    dtype = make("dtype")
    device = make("device")
    layout = make("layout")
    memoryFormat = make("memory_format")
    generator = make("Generator", "torch._C")
    storage = make("UntypedStorage", "torch.storage")
    node = make("Node", "torch.autograd.graph")
    functionContext = make("FunctionCtx", "torch.autograd.function", base: node)
    functionContext.allowsAttributes = true
    function = make("Function", "torch.autograd.function", base: functionContext)
    savedTensor = make("SavedTensor", "torch._C._autograd")
    removableHandle = make("RemovableHandle", "torch.utils.hooks")
    finfo = make("finfo")
    iinfo = make("iinfo")
    linAlgError = machine.makeType(
      "LinAlgError",
      module: "torch._C",
      base: machine.types.runtimeError,
      layout: .exception
    )
    linAlgError.allowsAttributes = true
  }
}
