import Autograd

// Random tensors.
extension TorchRow {
  /// Draws.
  static let random: [TorchRow] = [
    TorchRow("rand", "fot IntArrayRef size, *, Generator? generator", "fot IntArrayRef size") {
      try $0.made($0.session.rand($0.ints(0), $0.newDType, $0.drawGenerator(1)))
    },
    TorchRow("randn", "fot IntArrayRef size, *, Generator? generator", "fot IntArrayRef size") {
      try $0.made($0.session.randn($0.ints(0), $0.newDType, $0.drawGenerator(1)))
    },
    TorchRow(
      "randint",
      "fot int high, IntArrayRef size, *, Generator? generator",
      "fot int high, IntArrayRef size",
      "fot int low, int high, IntArrayRef size, *, Generator? generator",
      "fot int low, int high, IntArrayRef size"
    ) {
      let hasLow = $0.overload > 1
      let low = hasLow ? try $0.int(0) : 0
      let place = hasLow ? 1 : 0
      let generator = $0.overload % 2 == 0 ? $0.generator(place + 2) : $0.session.generator
      return try $0.made(
        $0.session.randint(low, $0.int(place), $0.ints(place + 1), $0.newDType, generator)
      )
    },
    TorchRow("randperm", "fot int n, *, Generator? generator", "fot int n") {
      try $0.made($0.session.randperm($0.int(0), $0.newDType, $0.drawGenerator(1)))
    },
    TorchRow("rand_like", "ft Tensor self, *, MemoryFormat? memory_format=None") {
      let x = try $0.tensor(0)
      return try $0.made($0.session.rand(x.sizes, $0.newDType ?? x.dtype))
    },
    TorchRow("randn_like", "ft Tensor self, *, MemoryFormat? memory_format=None") {
      let x = try $0.tensor(0)
      return try $0.made($0.session.randn(x.sizes, $0.newDType ?? x.dtype))
    },
    TorchRow(
      "randint_like",
      "ft Tensor self, int high, *, MemoryFormat? memory_format=None",
      "ft Tensor self, int low, int high, *, MemoryFormat? memory_format=None"
    ) {
      let x = try $0.tensor(0)
      let (low, high) = $0.overload == 0 ? (0, try $0.int(1)) : (try $0.int(1), try $0.int(2))
      return try $0.made($0.session.randint(low, high, x.sizes, $0.newDType ?? x.dtype))
    },
    TorchRow(
      "normal",
      "fo Tensor mean, Tensor std, *, Generator? generator=None",
      "fo Tensor mean, float std=1, *, Generator? generator=None",
      "fo float mean, Tensor std, *, Generator? generator=None",
      "fot float mean, float std, IntArrayRef size, *, Generator? generator=None",
      "i Tensor self, float mean=0, float std=1, *, Generator? generator=None"
    ) { try $0.normal() },
    TorchRow(
      "uniform",
      "i Tensor self, float from=0, float to=1, *, Generator? generator=None",
      tensor: {
        try $0.session.uniformInPlace(
          $0.tensor(0),
          $0.double(1),
          $0.double(2, default: 1),
          $0.generator(3)
        )
      }
    ),
    TorchRow(
      "random",
      "i Tensor self, *, Generator? generator=None",
      "i Tensor self, int from, int? to, *, Generator? generator=None",
      "i Tensor self, int to, *, Generator? generator=None",
      tensor: {
        switch $0.overload {
        case 0: try $0.session.randomInPlace($0.tensor(0), 0, nil, $0.generator(1))
        case 1:
          try $0.session.randomInPlace(
            $0.tensor(0),
            $0.int(1),
            $0.optionalInt(2),
            $0.generator(3)
          )
        default: try $0.session.randomInPlace($0.tensor(0), 0, $0.int(1), $0.generator(2))
        }
      }
    ),
    TorchRow(
      "bernoulli",
      "fmo Tensor self, *, Generator? generator=None",
      "fm Tensor self, float p, *, Generator? generator=None",
      "i Tensor self, Tensor p, *, Generator? generator=None",
      "i Tensor self, float p=0.5, *, Generator? generator=None",
      tensor: {
        let x = try $0.tensor(0)
        if $0.overload == 0 { return try $0.session.bernoulli(x, $0.generator(1)) }
        let copy = try $0.session.zerosLike(x)
        return try $0.session.bernoulliInPlace(copy, $0.double(1), $0.generator(2))
      },
      inPlace: {
        if $0.overload == 3 {
          return try $0.session.bernoulliInPlace(
            $0.tensor(0),
            $0.double(1, default: 0.5),
            $0.generator(2)
          )
        }
        let drawn = try $0.session.bernoulli($0.tensor(1), $0.generator(2))
        return try $0.session.copyInPlace($0.tensor(0), drawn)
      }
    ),
    TorchRow(
      "exponential",
      "i Tensor self, float lambd=1, *, Generator? generator=None",
      tensor: {
        try $0.session.exponentialInPlace(
          $0.tensor(0),
          $0.double(1, default: 1),
          $0.generator(2)
        )
      }
    ),
    TorchRow(
      "multinomial",
      "fmo Tensor self, int num_samples, bool replacement=False, *, Generator? generator=None",
      tensor: {
        try $0.session.multinomial(
          $0.tensor(0),
          $0.int(1),
          replacement: $0.bool(2),
          $0.generator(3)
        )
      }
    ),
  ]
}

extension TorchCall {
  /// The generator of a factory, which only the first overload names.
  fileprivate func drawGenerator(_ index: Int) -> Generator {
    overload == 0 ? generator(index) : session.generator
  }

  fileprivate func normal() throws -> Value {
    switch overload {
    case 3:
      return try made(
        session.randn(
          ints(2),
          mean: double(0),
          std: double(1),
          newDType,
          generator(3)
        )
      )
    case 4:
      return result(
        try session.normalInPlace(tensor(0), double(1), double(2, default: 1), generator(3))
      )
    default:
      let mean = overload == 2 ? nil : try tensor(0)
      let std = overload == 1 ? nil : try tensor(1)
      let sizes = mean?.sizes ?? std?.sizes ?? []
      let dtype = mean?.dtype ?? std?.dtype
      let noise = try session.randn(sizes, dtype, generator(2))
      let scaled = try session.mul(
        noise,
        std.map { .tensor($0) } ?? .number(scalar(1, default: .float(1)))
      )
      let center: Operand = try mean.map { .tensor($0) } ?? .number(scalar(0))
      return result(try session.add(scaled, center))
    }
  }
}
