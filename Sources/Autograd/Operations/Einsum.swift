// Sums of products by labels.
extension Session {
  /// `torch.einsum(equation, operands)`.
  ///
  /// - Throws: If the equation and the operands do not fit.
  public func einsum(_ equation: String, _ operands: [Tensor]) throws(AutogradError) -> Tensor {
    let plan = try EinsumPlan(equation, operands)
    guard var result = plan.inputs.first.map({ (labels: $0, tensor: operands[0]) }) else {
      throw .runtime("einsum(): must provide at least one operand")
    }
    result = try collapsed(result.labels, result.tensor)
    for (place, tensor) in operands.enumerated().dropFirst() {
      let next = try collapsed(plan.inputs[place], tensor)
      let later = Set(plan.inputs[(place + 1)...].joined()).union(plan.output)
      result = try product(result, next, keeping: later)
    }
    let summed = result.labels.indices.filter { !plan.output.contains(result.labels[$0]) }
    if !summed.isEmpty {
      result.tensor = try sum(result.tensor, dims: summed, keepdim: false)
      result.labels = result.labels.filter { plan.output.contains($0) }
    }
    let order = plan.output.compactMap { label in result.labels.firstIndex(of: label) }
    return try order == Array(order.indices) ? result.tensor : permute(result.tensor, order)
  }

  /// Takes the diagonal of labels that repeat.
  private func collapsed(
    _ labels: [Character],
    _ tensor: Tensor
  ) throws(AutogradError) -> (labels: [Character], tensor: Tensor) {
    var (labels, tensor) = (labels, tensor)
    var place = 0
    while place < labels.count {
      guard let other = labels[(place + 1)...].firstIndex(of: labels[place]) else {
        place += 1
        continue
      }
      let label = labels[place]
      tensor = try diagonal(tensor, dim1: place, dim2: other)
      labels.remove(at: other)
      labels.remove(at: place)
      labels.append(label)
    }
    return (labels, tensor)
  }

  /// The product of two operands as one batched product of matrices.
  private func product(
    _ a: (labels: [Character], tensor: Tensor),
    _ b: (labels: [Character], tensor: Tensor),
    keeping later: Set<Character>
  ) throws(AutogradError) -> (labels: [Character], tensor: Tensor) {
    let a = try dropped(a, unless: later.union(b.labels))
    let b = try dropped(b, unless: later.union(a.labels))
    let common = a.labels.filter { b.labels.contains($0) }
    let batch = common.filter { later.contains($0) }
    let contracted = common.filter { !later.contains($0) }
    let left = a.labels.filter { !common.contains($0) }
    let right = b.labels.filter { !common.contains($0) }
    if contracted.isEmpty {
      let labels = batch + left + right
      let x = try aligned(a, labels)
      let y = try aligned(b, labels)
      return (labels, try mul(x, .tensor(y)))
    }
    func sizes(_ labels: [Character], _ operand: (labels: [Character], tensor: Tensor)) -> [Int] {
      labels.map { label in
        operand.labels.firstIndex(of: label).map { operand.tensor.sizes[$0] } ?? 1
      }
    }
    let x = try aligned(a, batch + left + contracted)
    let y = try aligned(b, batch + contracted + right)
    let count = sizes(batch, a).reduce(1, *)
    let inner = sizes(contracted, a).reduce(1, *)
    let rows = sizes(left, a)
    let columns = sizes(right, b)
    let product = try bmm(
      reshape(x, [count, rows.reduce(1, *), inner]),
      reshape(y, [count, inner, columns.reduce(1, *)])
    )
    return (batch + left + right, try view(product, sizes(batch, a) + rows + columns))
  }

  /// Sums labels that nothing needs any more.
  private func dropped(
    _ operand: (labels: [Character], tensor: Tensor),
    unless needed: Set<Character>
  ) throws(AutogradError) -> (labels: [Character], tensor: Tensor) {
    let gone = operand.labels.indices.filter { !needed.contains(operand.labels[$0]) }
    if gone.isEmpty { return operand }
    return (
      operand.labels.filter { needed.contains($0) },
      try sum(operand.tensor, dims: gone, keepdim: false)
    )
  }

  /// The operand with its dimensions in the order of labels, missing ones of size 1.
  private func aligned(
    _ operand: (labels: [Character], tensor: Tensor),
    _ labels: [Character]
  ) throws(AutogradError) -> Tensor {
    let order = labels.compactMap { operand.labels.firstIndex(of: $0) }
    var tensor = operand.tensor
    if order != Array(order.indices) { tensor = try permute(tensor, order) }
    for (place, label) in labels.enumerated() where !operand.labels.contains(label) {
      tensor = try unsqueeze(tensor, place)
    }
    return tensor
  }
}

/// The labels of an equation, dots spelled out as letters of their own.
private struct EinsumPlan {
  var inputs: [[Character]] = []
  var output: [Character] = []

  init(_ equation: String, _ operands: [Tensor]) throws(AutogradError) {
    let text = equation.filter { $0 != " " }
    let sides = text.split(separator: ">", omittingEmptySubsequences: false)
    let left = sides.count > 1 ? sides[0].dropLast() : sides[0]
    let terms = left.split(separator: ",", omittingEmptySubsequences: false)
    guard terms.count == operands.count else {
      throw .runtime(
        terms.count > operands.count
          ? "einsum(): fewer operands were provided than specified in the equation"
          : "einsum(): more operands were provided than specified in the equation"
      )
    }
    var most = 0
    for (term, operand) in zip(terms, operands) where term.contains(".") {
      most = max(most, operand.dim - (term.count - 3))
    }
    // Private letters stand for the dimensions under the dots.
    let hidden = (0..<most).compactMap { Unicode.Scalar(0xe000 + $0).map(Character.init) }
    var extents: [Character: Int] = [:]
    for (place, term) in terms.enumerated() {
      let operand = operands[place]
      var labels: [Character] = []
      var rest = Substring(term)
      while let letter = rest.popFirst() {
        if letter == "." {
          rest = rest.dropFirst(2)
          labels += hidden.suffix(operand.dim - (term.count - 3))
        } else {
          labels.append(letter)
        }
      }
      guard labels.count == operand.dim else {
        throw .runtime(
          "einsum(): the number of subscripts in the equation (\(labels.count)) does not match the number "
            + "of dimensions (\(operand.dim)) for operand \(place) and no ellipsis was given"
        )
      }
      for (label, size) in zip(labels, operand.sizes) {
        if let known = extents[label], known != size, known != 1, size != 1 {
          throw .runtime(
            "einsum(): subscript \(label) has size \(size) for operand \(place) which does not broadcast "
              + "with previously seen size \(known)"
          )
        }
        extents[label] = max(extents[label] ?? 1, size)
      }
      inputs.append(labels)
    }
    if sides.count > 1 {
      var rest = sides[1]
      while let letter = rest.popFirst() {
        if letter == "." {
          rest = rest.dropFirst(2)
          output += hidden
        } else {
          output.append(letter)
        }
      }
    } else {
      let all = inputs.joined()
      output =
        hidden
        + Set(all).subtracting(hidden).filter { label in
          all.count { $0 == label } == 1
        }.sorted()
    }
  }
}
