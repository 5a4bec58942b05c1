/// What a text on the screen means; a theme decides what it looks like.
enum Role: UInt8, CaseIterable, Sendable {
  // Everywhere.
  case text
  case muted
  case heading
  case border
  case borderFocused
  case title
  case titleFocused
  case key
  case keyHelp
  case prompt

  // The source.
  case code
  case keyword
  case string
  case number
  case comment
  case lineNumber
  case lineNumberCurrent
  case sourceCurrent
  case breakpoint

  // The graph.
  case tensor
  case leaf
  case node
  case accumulateGrad
  case gradient
  case saved
  case broken
  case released
  case view
  case storage
  case version
  case edge
  case edgeActive
  case changed

  // What happened.
  case output
  case error
  case warning
  case finding
  case success

  // The time line.
  case timePast
  case timeFuture
  case timeNow
  case timeBackward
}

/// What a text stands on: the reason why a stretch of cells is set apart from its surroundings.
enum Ground: UInt8, CaseIterable, Sendable {
  /// Nothing special.
  case plain
  /// The statement that runs at this moment.
  case currentLine
  /// The expression of the statement that this step evaluates.
  case currentExpression
  /// What is selected in the pane that has the focus.
  case selected
  /// What is selected in another pane.
  case selectedAway
  /// What this step changed.
  case changed
  /// What a search found.
  case match
  /// A bar across the screen.
  case bar
}

/// The look of a cell, in words of meaning.
struct Style: Hashable, Sendable {
  /// What the text means.
  var role: Role
  /// What it stands on.
  var ground: Ground

  /// The look of a role on a ground.
  init(_ role: Role, on ground: Ground = .plain) {
    self.role = role
    self.ground = ground
  }
}
