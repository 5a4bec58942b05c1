/// What the engine notes on a node while a task runs.
struct EngineScratch {
  /// The task that the other fields belong to; 0 for none.
  var task: Int32 = 0
  /// How many gradients are still to come.
  var dependencies: Int32 = 0
  /// Whether gradients have come.
  var hasPending = false
  /// Whether the task needs the node at all.
  var isNeeded = false
  /// Whether the task wants gradients that arrive here.
  var isCaptured = false
  /// The gradient of the first forward output.
  var first: Tensor?
  /// The gradients of the others.
  var rest: [Tensor?] = []
}

/// The state of the running backward passes.
struct Engine {
  var depth = 0
}
