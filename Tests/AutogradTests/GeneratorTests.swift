import Autograd
import Foundation
import Testing

@Suite struct GeneratorTests {
  /// The calls that PyTorch made after a seed, with the bit patterns of what it drew.
  static let lines = TestFile.text("Random/streams.txt").split(separator: "\n").map(String.init)

  @Test func `a seed gives the numbers of PyTorch, bit for bit`() throws {
    let generator = Generator()
    #expect(Self.lines.count > 100)
    for line in Self.lines {
      if line.hasPrefix("seed ") {
        generator.manualSeed(try #require(UInt64(line.dropFirst(5))))
        continue
      }
      let colon = try #require(line.firstIndex(of: ":"))
      let words = line[..<colon].split(separator: " ").map(String.init)
      let expected = line[line.index(after: colon)...].split(separator: " ")
        .compactMap { UInt64($0, radix: 16) }
      #expect(try Self.draw(words, generator) == expected, "\(line)")
    }
  }

  @Test func `a state restores the stream, the cached normal number too`() throws {
    let generator = Generator(seed: 3)
    _ = generator.normal(mean: 0, std: 1)
    let bytes = generator.state.bytes
    let first = (generator.normal(mean: 0, std: 1), generator.random())
    generator.state = try #require(Generator.State(bytes: bytes))
    #expect(first == (generator.normal(mean: 0, std: 1), generator.random()))
    #expect(generator.seed == 3)
  }

  private static func draw(_ words: [String], _ generator: Generator) throws -> [UInt64] {
    func number(_ index: Int) throws -> Double { try #require(Double(words[index])) }
    func integer(_ index: Int) throws -> Int { try #require(Int(words[index])) }
    func bits(_ values: [Int]) -> [UInt64] { values.map { UInt64(bitPattern: Int64($0)) } }
    switch words[0] {
    case "uniform", "normal":
      let isNormal = words[0] == "normal"
      let (a, b) = (try number(3), try number(4))
      if words[1] == "float32" {
        var values = [Float](repeating: 0, count: try integer(2))
        values.withUnsafeMutableBufferPointer {
          if isNormal {
            generator.fillNormal($0, mean: Float(a), std: Float(b))
          } else {
            generator.fillUniform($0, Float(a), Float(b))
          }
        }
        return values.map { UInt64($0.bitPattern) }
      }
      var values = [Double](repeating: 0, count: try integer(2))
      values.withUnsafeMutableBufferPointer {
        if isNormal {
          generator.fillNormal($0, mean: a, std: b)
        } else {
          generator.fillUniform($0, a, b)
        }
      }
      return values.map(\.bitPattern)
    case "randint":
      let (from, to) = (try integer(1), try integer(2))
      return bits(
        (0..<(try integer(3))).map { _ in generator.integer(from: from, range: UInt64(to - from)) }
      )
    case "randperm": return bits(generator.permutation(try integer(1)))
    case "bernoulli":
      let probability = try number(1)
      return bits((0..<(try integer(2))).map { _ in generator.bernoulli(probability) ? 1 : 0 })
    case "exponential":
      let lambda = try number(1)
      return (0..<(try integer(2))).map { _ in generator.exponential(lambda).bitPattern }
    default: return []
    }
  }
}
