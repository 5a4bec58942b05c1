import Glibc

/// Numbers as Python formats them.
public enum NumberText {
  /// The exact value with a number of digits after the point, as `'{:.4f}'` gives it.
  public static func fixed(_ value: Double, digits: Int) -> String {
    special(value) ?? formatted("%.*f", value, digits)
  }

  /// The exact value in scientific notation, as `'{:.4e}'` gives it.
  public static func scientific(_ value: Double, digits: Int) -> String {
    special(value) ?? formatted("%.*e", value, digits)
  }

  /// The value with a number of significant digits, as `'{:.6g}'` gives it.
  public static func general(_ value: Double, digits: Int) -> String {
    special(value) ?? formatted("%.*g", value, digits)
  }

  /// The text of `nan`, `inf` and `-inf`, which C writes with the sign of a NaN.
  static func special(_ value: Double) -> String? {
    if value.isFinite { return nil }
    return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf"
  }

  private static func formatted(_ format: String, _ value: Double, _ digits: Int) -> String {
    withVaList([Int32(clamping: digits), value]) { arguments in
      // The longest double has 309 digits before the point.
      String(unsafeUninitializedCapacity: max(digits, 0) + 330) { buffer in
        let room = buffer.count
        return buffer.withMemoryRebound(to: CChar.self) { characters in
          Int(vsnprintf(characters.baseAddress, room, format, arguments))
        }
      }
    }
  }
}
