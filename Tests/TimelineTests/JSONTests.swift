import Testing

@testable import Timeline

@Suite struct JSONTests {
  @Test(arguments: [
    #"{"a":[1,-2.5,true,false,null],"b":{"c":"x\"y\\z\n\t"},"d":[]}"#,
    #"["ä€😀","\u001f",1e+16,1e-05,0.1,{}]"#,
    #"[NaN,Infinity,-Infinity]"#,
  ])
  func `what is read is written as Python writes it`(text: String) throws {
    let value = try JSON(reading: Array(text.utf8))
    #expect(String(decoding: value.bytes, as: UTF8.self) == text)
  }

  @Test func `escapes and spaces are read`() throws {
    let value = try JSON(reading: Array(#" { "a" : "\u00e4\ud83d\ude00\/" , "b" : [ ] } "#.utf8))
    #expect(value["a"]?.text == "ä😀/")
    #expect(value["b"] == .array([]))
  }

  @Test(arguments: ["", "{", "[1,]", "{\"a\" 1}", "tru", "1 2", "\"a"])
  func `a broken text is refused`(text: String) {
    #expect(throws: JSONError.self) { try JSON(reading: Array(text.utf8)) }
  }
}
