import Autograd

// `torch.linalg`, `torch.special` and the functions beneath `torch.nn.functional`.
extension Torch {
  /// `torch.linalg.NAME`.
  static var linalgEntries: [String: TorchEntry] {
    ["LinAlgError": .value { (torch) throws(PythonError) in .object(torch.types.linAlgError) }]
  }

  /// `torch.special.NAME`.
  static var specialEntries: [String: TorchEntry] { [:] }

  /// `torch._C._nn.NAME`.
  static var nnEntries: [String: TorchEntry] { [:] }
}
