// Random tensors, with PyTorch's streams and checks.
extension Session {
  /// A new tensor of uniform numbers in [0, 1), `torch.rand`.
  ///
  /// - Throws: If the type is no floating point type, or a size is negative.
  public func rand(
    _ sizes: [Int],
    _ dtype: DType? = nil,
    _ generator: Generator? = nil
  ) throws(AutogradError) -> Tensor {
    try drawn("rand", sizes, dtype ?? defaultDType) { (x) throws(AutogradError) in
      try fillUniform(x, 0, 1, generator ?? self.generator)
    }
  }

  /// A new tensor of normal numbers, `torch.randn`.
  ///
  /// - Throws: As ``rand(_:_:_:)``.
  public func randn(
    _ sizes: [Int],
    mean: Double = 0,
    std: Double = 1,
    _ dtype: DType? = nil,
    _ generator: Generator? = nil
  ) throws(AutogradError) -> Tensor {
    try drawn("randn", sizes, dtype ?? defaultDType) { (x) throws(AutogradError) in
      try fillNormal(x, mean, std, generator ?? self.generator)
    }
  }

  /// A new tensor of integers in [low, high), `torch.randint`.
  ///
  /// - Throws: If the range is empty.
  public func randint(
    _ low: Int,
    _ high: Int,
    _ sizes: [Int],
    _ dtype: DType? = nil,
    _ generator: Generator? = nil
  ) throws(AutogradError) -> Tensor {
    try drawn("randint", sizes, dtype ?? .int64) { (x) throws(AutogradError) in
      try fillIntegers(x, low, high, generator ?? self.generator)
    }
  }

  /// The numbers below `count` in random order, `torch.randperm`.
  ///
  /// - Throws: If the count is negative.
  public func randperm(
    _ count: Int,
    _ dtype: DType? = nil,
    _ generator: Generator? = nil
  ) throws(AutogradError) -> Tensor {
    if count < 0 {
      throw .runtime("Trying to create tensor with negative dimension \(count): [\(count)]")
    }
    let order = (generator ?? self.generator).permutation(count)
    return try drawn("randperm", [count], dtype ?? .int64) { (x) throws(AutogradError) in
      var place = 0
      fillInMemoryOrder(x) {
        defer { place += 1 }
        return .int(order[place])
      }
    }
  }

  private func drawn(
    _ name: String,
    _ sizes: [Int],
    _ dtype: DType,
    _ fill: (Tensor) throws(AutogradError) -> Void
  ) throws(AutogradError) -> Tensor {
    let result = try unwatched { () throws(AutogradError) in
      let result = try empty(sizes, dtype)
      try fill(result)
      return result
    }
    result.storage.writes = 0
    finished(name, [], [result])
    return result
  }
}

// In place.
extension Session {
  /// `uniform_(from, to)`.
  ///
  /// - Throws: If the range is empty, the type is none of floating point, or the tensor may not be written.
  @discardableResult
  public func uniformInPlace(
    _ x: Tensor,
    _ from: Double,
    _ to: Double,
    _ generator: Generator? = nil
  ) throws(AutogradError) -> Tensor {
    try inPlace("uniform_", .zero("UniformBackward0"), x) { () throws(AutogradError) in
      try fillUniform(x, from, to, generator ?? self.generator)
    }
  }

  /// `normal_(mean, std)`.
  ///
  /// - Throws: As ``uniformInPlace(_:_:_:_:)``.
  @discardableResult
  public func normalInPlace(
    _ x: Tensor,
    _ mean: Double,
    _ std: Double,
    _ generator: Generator? = nil
  ) throws(AutogradError) -> Tensor {
    try inPlace("normal_", .zero("NormalBackward0"), x) { () throws(AutogradError) in
      try fillNormal(x, mean, std, generator ?? self.generator)
    }
  }

  /// `random_(from, to)`; without bounds as many integers as the type holds.
  ///
  /// - Throws: If the range is empty, or the tensor may not be written.
  @discardableResult
  public func randomInPlace(
    _ x: Tensor,
    _ from: Int = 0,
    _ to: Int? = nil,
    _ generator: Generator? = nil
  ) throws(AutogradError) -> Tensor {
    try inPlace("random_", .zero("RandomBackward2"), x) { () throws(AutogradError) in
      if let to { return try fillIntegers(x, from, to, generator ?? self.generator) }
      let source = generator ?? self.generator
      let dtype = x.dtype
      fillInMemoryOrder(x) {
        switch dtype {
        case .float32: .int(Int(source.random() % (1 << 24 + 1)))
        case .float64: .int(Int(source.random64() % (1 << 53 + 1)))
        case .int64: .int(Int(source.random64() % (1 << 63)))
        case .int32: .int(Int(source.random() % (1 << 31)))
        case .bool: .int(Int(source.random() & 1))
        }
      }
    }
  }

  /// `bernoulli_(p)`.
  ///
  /// - Throws: If the probability is none, or the tensor may not be written.
  @discardableResult
  public func bernoulliInPlace(
    _ x: Tensor,
    _ probability: Double,
    _ generator: Generator? = nil
  ) throws(AutogradError) -> Tensor {
    guard probability >= 0 && probability <= 1 else {
      throw .runtime(
        "bernoulli_ expects p to be in [0, 1], but got p=\(NumberText.general(probability, digits: 6))"
      )
    }
    return try inPlace("bernoulli_", .zero("BernoulliBackward2"), x) { () throws(AutogradError) in
      let source = generator ?? self.generator
      fillInMemoryOrder(x) { .bool(source.bernoulli(probability)) }
    }
  }

  /// `exponential_(lambd)`.
  ///
  /// - Throws: If the rate is not positive, or the tensor may not be written.
  @discardableResult
  public func exponentialInPlace(
    _ x: Tensor,
    _ rate: Double,
    _ generator: Generator? = nil
  ) throws(AutogradError) -> Tensor {
    guard rate > 0 else {
      throw .runtime(
        "exponential_ expects lambda > 0.0, but found lambda=\(NumberText.general(rate, digits: 6))"
      )
    }
    return try inPlace("exponential_", .zero("ExponentialBackward0"), x) {
      () throws(AutogradError) in
      let source = generator ?? self.generator
      fillInMemoryOrder(x) { .float(source.exponential(rate)) }
    }
  }
}

// Draws by probabilities that a tensor holds.
extension Session {
  /// Zeros and ones by probabilities, `torch.bernoulli`.
  ///
  /// - Throws: If an element is no probability.
  public func bernoulli(
    _ probabilities: Tensor,
    _ generator: Generator? = nil
  ) throws(AutogradError) -> Tensor {
    try observing("bernoulli", [probabilities]) { () throws(AutogradError) in
      let source = generator ?? self.generator
      var drawn: [Scalar] = []
      for element in elements(probabilities) {
        let probability = element.double
        guard probability >= 0 && probability <= 1 else {
          throw .runtime(
            "Expected p_in >= 0 && p_in <= 1 to be true, but got false.  (Could this error message be "
              + "improved?  If so, please report an enhancement request to PyTorch.)"
          )
        }
        let isOne =
          probabilities.dtype == .float32
          ? source.bernoulli(Float(probability)) : source.bernoulli(probability)
        drawn.append(.int(isOne ? 1 : 0))
      }
      let result = try unwatched { () throws(AutogradError) in
        try tensor(drawn, sizes: probabilities.sizes, probabilities.dtype)
      }
      try record(.zero("BernoulliBackward0"), probabilities, result: result)
      finished("bernoulli", [probabilities], [result])
      return result
    }
  }

  /// Indices drawn by weights, `torch.multinomial`.
  ///
  /// - Throws: If the weights are no distribution, or too many are drawn without replacement.
  public func multinomial(
    _ weights: Tensor,
    _ count: Int,
    replacement: Bool,
    _ generator: Generator? = nil
  ) throws(AutogradError) -> Tensor {
    try observing("multinomial", [weights]) { () throws(AutogradError) in
      guard weights.dim == 1 || weights.dim == 2 else {
        throw .runtime("prob_dist must be 1 or 2 dim")
      }
      guard weights.dtype.isFloatingPoint else {
        throw .runtime(
          "multinomial only supports floating-point dtypes for input, got: "
            + weights.dtype.scalarTypeName
        )
      }
      if count <= 0 { throw .runtime("cannot sample n_sample <= 0 samples") }
      let categories = weights.sizes.last ?? 0
      if !replacement && count > categories {
        throw .runtime("cannot sample n_sample > prob_dist.size(-1) samples without replacement")
      }
      let values = elements(weights).map(\.double)
      guard values.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
        throw .runtime("probability tensor contains either `inf`, `nan` or element < 0")
      }
      let rows = weights.dim == 1 ? 1 : weights.sizes[0]
      for row in 0..<rows
      where values[(row * categories)..<((row + 1) * categories)].allSatisfy({ $0 == 0 }) {
        throw .runtime("invalid multinomial distribution (sum of probabilities <= 0)")
      }
      let source = generator ?? self.generator
      let drawn =
        replacement && count > 1
        ? Self.withReplacement(values, rows, categories, count, weights.dtype, source)
        : Self.withoutReplacement(values, rows, categories, count, weights.dtype, source)
      let result = try unwatched { () throws(AutogradError) in
        try tensor(
          drawn.map { .int($0) },
          sizes: weights.dim == 1 ? [count] : [rows, count],
          .int64
        )
      }
      finished("multinomial", [weights], [result])
      return result
    }
  }

  // The greatest of weight / Exp(1), which is PyTorch's way for one draw and for draws without replacement.
  private static func withoutReplacement(
    _ values: [Double],
    _ rows: Int,
    _ categories: Int,
    _ count: Int,
    _ dtype: DType,
    _ source: Generator
  ) -> [Int] {
    let keys = values.map { value in
      dtype == .float32
        ? Double(Float(value) / Float(source.exponential(1))) : value / source.exponential(1)
    }
    var drawn: [Int] = []
    for row in 0..<rows {
      let order = (0..<categories).sorted { a, b in
        keys[row * categories + a] > keys[row * categories + b]
      }
      drawn += order.prefix(count)
    }
    return drawn
  }

  private static func withReplacement(
    _ values: [Double],
    _ rows: Int,
    _ categories: Int,
    _ count: Int,
    _ dtype: DType,
    _ source: Generator
  ) -> [Int] {
    func rounded(_ value: Double) -> Double { dtype == .float32 ? Double(Float(value)) : value }
    var drawn: [Int] = []
    for row in 0..<rows {
      var sums: [Double] = []
      var sum = 0.0
      for value in values[(row * categories)..<((row + 1) * categories)] {
        sum = rounded(sum + value)
        sums.append(sum)
      }
      for index in sums.indices { sums[index] = rounded(sums[index] / sum) }
      sums[categories - 1] = 1
      for _ in 0..<count {
        let mass = source.uniformDouble()
        var (low, high) = (0, categories)
        while low < high {
          let middle = low + (high - low) / 2
          if sums[middle] < mass { low = middle + 1 } else { high = middle }
        }
        drawn.append(low)
      }
    }
    return drawn
  }
}

// Filling memory.
extension Session {
  private func fillUniform(
    _ x: Tensor,
    _ from: Double,
    _ to: Double,
    _ source: Generator
  ) throws(AutogradError) {
    guard x.dtype.isFloatingPoint else {
      throw .notImplemented(
        "\"check_uniform_bounds\" not implemented for '\(x.dtype.scalarTypeName)'"
      )
    }
    guard from <= to else {
      throw .runtime(
        "uniform_ expects to return a [from, to) range, but found "
          + "from=\(NumberText.general(from, digits: 6)) > to=\(NumberText.general(to, digits: 6))"
      )
    }
    if x.dtype == .float32 {
      let (low, high) = (Float(from), Float(to))
      fillInMemoryOrder(x) { .float(Double(source.uniform(low, high))) }
    } else {
      fillInMemoryOrder(x) { .float(source.uniform(from, to)) }
    }
  }

  private func fillNormal(
    _ x: Tensor,
    _ mean: Double,
    _ std: Double,
    _ source: Generator
  ) throws(AutogradError) {
    guard std >= 0 else {
      throw .runtime(
        "normal expects std >= 0.0, but found std \(NumberText.general(std, digits: 6))"
      )
    }
    guard x.dtype.isFloatingPoint else {
      throw .notImplemented("\"normal_kernel_cpu\" not implemented for '\(x.dtype.scalarTypeName)'")
    }
    guard x.isContiguous && x.numel >= Generator.blockSize else {
      fillInMemoryOrder(x) { .float(source.normal(mean: mean, std: std)) }
      return
    }
    let offset = x.storageOffset * x.itemSize
    let count = x.numel
    write(x) { bytes in
      if x.dtype == .float32 {
        let start = (bytes + offset).assumingMemoryBound(to: Float.self)
        source.fillNormal(
          UnsafeMutableBufferPointer(start: start, count: count),
          mean: Float(mean),
          std: Float(std)
        )
      } else {
        let start = (bytes + offset).assumingMemoryBound(to: Double.self)
        source.fillNormal(
          UnsafeMutableBufferPointer(start: start, count: count),
          mean: mean,
          std: std
        )
      }
    }
  }

  private func fillIntegers(
    _ x: Tensor,
    _ low: Int,
    _ high: Int,
    _ source: Generator
  ) throws(AutogradError) {
    guard low < high else {
      throw .runtime(
        "random_ expects 'from' to be less than 'to', but got from=\(low) >= to=\(high)"
      )
    }
    let range = UInt64(bitPattern: Int64(high &- low))
    fillInMemoryOrder(x) { .int(source.integer(from: low, range: range)) }
  }

  /// Writes the elements in the order in which they lie in memory.
  private func fillInMemoryOrder(_ x: Tensor, _ next: () -> Scalar) {
    if x.numel == 0 { return }
    let dims = x.sizes.indices.sorted { x.strides[$0] > x.strides[$1] }
    let places = offsets(dims.map { x.sizes[$0] }, dims.map { x.strides[$0] })
    let size = x.itemSize
    let start = x.storageOffset
    let dtype = x.dtype
    write(x) { bytes in
      for place in places {
        withUnsafeBytes(of: dtype.encode(next())) {
          guard let source = $0.baseAddress else { return }
          (bytes + (start + place) * size).copyMemory(from: source, byteCount: size)
        }
      }
    }
  }
}
