import Autograd
import Interpreter

// What a moment keeps: compact rows that refer to each other by number. The states that people see are
// put together from them when asked for.

/// A tensor as a row of a table.
struct TensorRecord: Sendable, Equatable {
  var geometry: Geometry
  var storage: StorageID
  var counter: VersionCounterID?
  var gradFn: GradFn
  var base: TensorID?
  var grad: TensorID?
  var flags: TensorFlags
  /// The version at which the grad_fn of a view was right; nil for what is no view.
  var attrVersion: Int32?
  let createdAt: Int32
}

/// What is true of a tensor.
struct TensorFlags: OptionSet, Sendable, Hashable {
  let rawValue: UInt8

  static let alive = TensorFlags(rawValue: 1)
  static let requiresGrad = TensorFlags(rawValue: 2)
  static let retainsGrad = TensorFlags(rawValue: 4)
  static let inference = TensorFlags(rawValue: 8)
  static let view = TensorFlags(rawValue: 16)
}

/// A node as a row of a table.
struct NodeRecord: Sendable, Equatable {
  var name: String
  var edges: [NodeEdge?]
  var sequenceNr: Int?
  var variable: TensorID?
  var saved: [SavedRecord]
  var attributes: [NodeAttribute]
  var isReleased = false
  var isAlive = true
  let createdAt: Int32
  var callStack: CallStackID = .none
  var loops: LoopPathID = .none
  var line: Int32?
}

/// What a node keeps of a tensor.
struct SavedRecord: Sendable, Equatable {
  let label: String
  var tensor: TensorID?
  var number: SavedNumber?
  /// The counter and storage to compare with; nil where no tensor was saved.
  var reference: Reference?
  var savedVersion: Int32 = 0
  var savedWrites: Int32 = 0
  var isUsed = false

  struct Reference: Sendable, Equatable {
    let counter: VersionCounterID?
    let storage: StorageID
    let content: ContentID
    let geometry: Geometry
  }
}

/// A number that a node keeps, which equals itself even where it is NaN.
struct SavedNumber: Sendable, Equatable {
  let scalar: Scalar

  static func == (a: SavedNumber, b: SavedNumber) -> Bool { a.scalar.hasSameBits(as: b.scalar) }
}

/// A storage as a row of a table.
struct StorageRecord: Sendable, Equatable {
  let byteCount: Int
  var content: ContentID
  var writes: Int32
  var isAlive = true
  /// The first tensor and, where there are views and aliases, the others.
  var first: TensorID?
  var others: [TensorID] = []
}

/// Bytes that a storage had for a while: a place in the table of contents.
struct ContentID: Sendable, Hashable {
  let index: Int32

  init(index: Int) {
    self.index = Int32(truncatingIfNeeded: index)
  }
}

/// A stack of calls: a place in the table of stacks.
package struct CallStackID: Sendable, Hashable {
  let index: Int32
  package static let none = CallStackID(index: -1)
}

/// Rounds of loops: a place in the table of rounds.
package struct LoopPathID: Sendable, Hashable {
  let index: Int32
  package static let none = LoopPathID(index: -1)
}

/// A backward pass in progress, with what waits found by node.
struct BackwardRecord: Sendable, Equatable {
  let state: BackwardState
  /// A place in ``Births/positions``, -1 before the first node.
  var position: Int32 = -1
  var current = BackwardPosition()
  var waiting: [WaitingInput: WaitingSum] = [:]

  /// The state that people see.
  var shown: BackwardState {
    var shown = state
    shown.node = current.node
    shown.incoming = current.incoming
    shown.outgoing = current.outgoing
    for (input, sum) in waiting.sorted(by: {
      ($0.key.node, $0.key.inputNr) < ($1.key.node, $1.key.inputNr)
    }) {
      let arrived = WaitingGradients.Arrived(
        inputNr: Int(input.inputNr),
        tensor: sum.tensor,
        count: Int(sum.count)
      )
      if shown.waiting.last?.node == input.node {
        shown.waiting[shown.waiting.count - 1].gradients.append(arrived)
      } else {
        shown.waiting.append(WaitingGradients(node: input.node, gradients: [arrived]))
      }
    }
    return shown
  }
}

/// A step as a row of a table.
struct StepRecord: Sendable {
  var kind: Step.Kind
  var place: ScriptPlace?
  var callStack: CallStackID
  var loops: LoopPathID
  var marks: Step.Marks
  var endsStatement = false
  /// Where its changes begin; they end where those of the next step begin.
  let changeStart: UInt32
  /// Where its operands begin: inputs, then outputs.
  var operandStart: UInt32
  var inputCount: UInt16 = 0
  var outputCount: UInt16 = 0
}
