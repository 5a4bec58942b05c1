import Glibc

/// The step that turns sixteen uniform numbers into normal ones: eight radii and eight angles.
///
/// In single precision PyTorch computes logarithm, sine and cosine by the polynomials of the Cephes
/// library in eight lanes, with every multiplication that feeds an addition fused; so does this.
enum NormalBlock {
  private static let half = Generator.blockSize / 2

  static func transform(
    _ elements: UnsafeMutableBufferPointer<Double>,
    at start: Int,
    mean: Double,
    std: Double
  ) {
    for index in start..<(start + half) {
      let radius = (-2 * Glibc.log(1 - elements[index])).squareRoot()
      let angle = 2 * Double.pi * elements[index + half]
      elements[index] = mean.addingProduct(radius * cos(angle), std)
      elements[index + half] = mean.addingProduct(radius * sin(angle), std)
    }
  }

  static func transform(
    _ elements: UnsafeMutableBufferPointer<Float>,
    at start: Int,
    mean: Float,
    std: Float
  ) {
    for index in start..<(start + half) {
      let radius = (-2 * logarithm(1 - elements[index])).squareRoot()
      let angle = 2 * Float(Double.pi) * elements[index + half]
      let (sine, cosine) = sineAndCosine(angle)
      elements[index] = mean.addingProduct(radius * cosine, std)
      elements[index + half] = mean.addingProduct(radius * sine, std)
    }
  }

  private static let logCoefficients: [Float] = [
    7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1,
    -1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
  ]

  private static func logarithm(_ value: Float) -> Float {
    let bits = max(value, Float.leastNormalMagnitude).bitPattern
    var exponent = Float(Int32(bits >> 23) - 0x7f) + 1
    var x = Float(bitPattern: bits & 0x807f_ffff | 0x3f00_0000)
    if x < 0.707_106_781_186_547_524 {
      exponent -= 1
      x = x - 1 + x
    } else {
      x -= 1
    }
    let square = x * x
    var y = logCoefficients[0]
    for coefficient in logCoefficients.dropFirst() { y = coefficient.addingProduct(y, x) }
    y *= x
    y = (exponent * -2.12194440e-4).addingProduct(y, square)
    y -= square * 0.5
    return (x + y).addingProduct(exponent, 0.693359375)
  }

  private static func sineAndCosine(_ value: Float) -> (Float, Float) {
    var x = value.magnitude
    let octant = (Int32(x * 1.27323954473516) + 1) & ~1
    let y = Float(octant)
    x = x.addingProduct(y, -0.78515625)
    x = x.addingProduct(y, -2.4187564849853515625e-4)
    x = x.addingProduct(y, -3.77489497744594108e-8)
    let square = x * x
    var cosine: Float = 2.443315711809948e-5
    cosine = Float(-1.388731625493765e-3).addingProduct(cosine, square)
    cosine = Float(4.166664568298827e-2).addingProduct(cosine, square)
    cosine *= square
    cosine = (-(square * 0.5)).addingProduct(cosine, square) + 1
    var sine: Float = -1.9515295891e-4
    sine = Float(8.3321608736e-3).addingProduct(sine, square)
    sine = Float(-1.6666654611e-1).addingProduct(sine, square)
    sine *= square
    sine = x.addingProduct(sine, x)
    let isDirect = octant & 2 == 0
    let first = isDirect ? sine : cosine
    let second = isDirect ? cosine : sine
    let flipsFirst = (value.sign == .minus) != (octant & 4 != 0)
    let flipsSecond = ~(octant - 2) & 4 != 0
    return (flipsFirst ? -first : first, flipsSecond ? -second : second)
  }
}
