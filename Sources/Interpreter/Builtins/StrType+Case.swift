/// The methods of `str` about the case and the kind of characters.
extension StrType {
  static let caseRows: [BuiltinRow] =
    [
      change("upper") { text in text.uppercased() },
      change("lower", lower),
      change("casefold", casefold),
      change("capitalize", capitalized),
      change("title", title),
      change("swapcase", swapped),
      test("isalpha") { scalar in scalar.isLetter },
      test("isdigit") { scalar in scalar.isDigit },
      test("isdecimal") { scalar in scalar.isDecimal },
      test("isnumeric") { scalar in scalar.isNumeric },
      test("isalnum") { scalar in scalar.isAlphanumeric },
      test("isspace") { scalar in scalar.isPythonSpace },
      test("isprintable", emptyIs: true) { scalar in scalar.isPrintable },
      test("isascii", emptyIs: true) { scalar in scalar.isASCII },
      ask("isupper") { text in
        var cased = false
        for scalar in text.unicodeScalars {
          if scalar.isLower || scalar.isTitle { return false }
          if scalar.isUpper { cased = true }
        }
        return cased
      },
      ask("islower") { text in
        var cased = false
        for scalar in text.unicodeScalars {
          if scalar.isUpper || scalar.isTitle { return false }
          if scalar.isLower { cased = true }
        }
        return cased
      },
      ask("istitle", isTitle),
      ask("isidentifier", isIdentifier),
    ]

  private static func change(
    _ name: String,
    _ body: @escaping @Sendable (String) -> String
  ) -> BuiltinRow {
    BuiltinRow(name, 0...0) { (machine, a) throws(PythonError) in
      machine.string(body(try machine.receiver(a, StringObject.self).text))
    }
  }

  private static func ask(
    _ name: String,
    _ body: @escaping @Sendable (String) -> Bool
  ) -> BuiltinRow {
    BuiltinRow(name, 0...0) { (machine, a) throws(PythonError) in
      .bool(body(try machine.receiver(a, StringObject.self).text))
    }
  }

  private static func test(
    _ name: String,
    emptyIs: Bool = false,
    _ body: @escaping @Sendable (Unicode.Scalar) -> Bool
  ) -> BuiltinRow {
    ask(name) { text in
      text.isEmpty ? emptyIs : text.unicodeScalars.allSatisfy(body)
    }
  }

  private static func lower(_ text: String) -> String {
    guard text.unicodeScalars.contains("Σ") else { return text.lowercased() }
    // A sigma at the end of a word has a form of its own.
    let scalars = Array(text.unicodeScalars)
    var result = ""
    for (i, scalar) in scalars.enumerated() {
      if scalar == "Σ" {
        let before = scalars[..<i].last { !$0.properties.isCaseIgnorable }
        let after = scalars[(i + 1)...].first { !$0.properties.isCaseIgnorable }
        result += (before?.isCased ?? false) && !(after?.isCased ?? false) ? "ς" : "σ"
      } else {
        result += scalar.properties.lowercaseMapping
      }
    }
    return result
  }

  private static func casefold(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar == "ς" {
        result += "σ"
      } else if scalar.properties.lowercaseMapping != String(scalar) {
        result += scalar.properties.lowercaseMapping
      } else if scalar.properties.uppercaseMapping.unicodeScalars.count > 1 {
        // Letters such as ß have a longer upper case, whose lower case is the folded form.
        result += scalar.properties.uppercaseMapping.lowercased()
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func capitalized(_ text: String) -> String {
    guard let first = text.unicodeScalars.first else { return "" }
    let rest = String(String.UnicodeScalarView(text.unicodeScalars.dropFirst()))
    return first.properties.titlecaseMapping + lower(rest)
  }

  private static func title(_ text: String) -> String {
    var result = ""
    var inWord = false
    for scalar in text.unicodeScalars {
      result += inWord ? scalar.properties.lowercaseMapping : scalar.properties.titlecaseMapping
      inWord = scalar.isCased
    }
    return result
  }

  private static func swapped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar.isUpper {
        result += scalar.properties.lowercaseMapping
      } else if scalar.isLower {
        result += scalar.properties.uppercaseMapping
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func isTitle(_ text: String) -> Bool {
    var cased = false
    var inWord = false
    for scalar in text.unicodeScalars {
      if scalar.isUpper || scalar.isTitle {
        if inWord { return false }
        inWord = true
        cased = true
      } else if scalar.isLower {
        if !inWord { return false }
        cased = true
      } else {
        inWord = false
      }
    }
    return cased
  }

  /// Whether `str.isidentifier` holds.
  static func isIdentifier(_ text: String) -> Bool {
    var isFirst = true
    for scalar in text.unicodeScalars {
      let fits =
        scalar == "_"
        || (isFirst ? scalar.properties.isXIDStart : scalar.properties.isXIDContinue)
      if !fits { return false }
      isFirst = false
    }
    return !isFirst
  }
}
