@testable import Autograd

extension Session {
  /// A tensor of floats, one-dimensional unless sizes are given.
  func floats(
    _ elements: [Double],
    sizes: [Int]? = nil,
    _ dtype: DType = .float32,
    requiresGrad: Bool = false
  ) throws(AutogradError) -> Tensor {
    let result = try tensor(
      elements.map { .float($0) },
      sizes: sizes ?? [elements.count],
      dtype
    )
    return requiresGrad ? try requiringGrad(result) : result
  }

  /// A 0-dimensional float.
  func float(_ value: Double, requiresGrad: Bool = false) throws(AutogradError) -> Tensor {
    try floats([value], sizes: [], requiresGrad: requiresGrad)
  }

  /// A leaf of ones that requires grad.
  func leaf(_ sizes: Int...) throws(AutogradError) -> Tensor { try requiringGrad(ones(sizes)) }

  /// The elements as floating point numbers, row by row.
  func values(_ tensor: Tensor?) -> [Double]? { tensor.map { elements($0).map { $0.double } } }

  /// The name of a tensor's grad_fn, made anew if need be.
  func gradFnName(_ tensor: Tensor) throws(AutogradError) -> String? {
    try gradFn(of: tensor)?.typeName
  }

  /// The names of the nodes that a tensor's grad_fn leads to.
  func nextNames(_ tensor: Tensor) throws(AutogradError) -> [String?] {
    try gradFn(of: tensor)?.nextEdges.map { $0.function?.typeName } ?? []
  }
}

/// The message of the error that a closure throws.
func message(_ body: () throws(AutogradError) -> Void) -> String? {
  do {
    try body()
    return nil
  } catch {
    return error.message
  }
}
