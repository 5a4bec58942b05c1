import Testing

@testable import Timeline

@Suite struct PythonNumberTests {
  // The texts are what CPython 3.11 prints.
  @Test(arguments: [
    (0.0, "0.0"), (-0.0, "-0.0"), (1.0, "1.0"), (-2.5, "-2.5"), (0.1, "0.1"), (100.0, "100.0"),
    (1e16, "1e+16"), (1e15, "1000000000000000.0"),
    (123_456_789_012_345_680, "1.2345678901234568e+17"),
    (0.0001, "0.0001"), (0.00001, "1e-05"), (1.5e-7, "1.5e-07"), (1e100, "1e+100"),
    (.leastNonzeroMagnitude, "5e-324"), (1.7976931348623157e308, "1.7976931348623157e+308"),
    (9_007_199_254_740_992, "9007199254740992.0"), (.infinity, "inf"), (-.infinity, "-inf"),
    (.nan, "nan"), (0.30000000000000004, "0.30000000000000004"),
    (1234567.125, "1234567.125"), (9.999999974752427e-07, "9.999999974752427e-07"),
  ])
  func `a float reads as Python writes it`(value: Double, text: String) {
    #expect(PythonNumber.text(value) == text)
  }
}
