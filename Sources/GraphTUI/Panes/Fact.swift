/// A line of the inspector: a label and what is to be said.
struct Fact: Hashable, Sendable {
  /// The label; empty for a line that goes on with what was said above.
  var label: String
  /// What is to be said; may have several lines.
  var value: String
  /// How it is shown.
  var role: Role = .text
  /// What it refers to, which Enter follows.
  var reference: Entity?
  /// Whether blanks in it matter, as in the text of a tensor.
  var isPreformatted = false
  /// Whether this step changed it.
  var isChanged = false
}
