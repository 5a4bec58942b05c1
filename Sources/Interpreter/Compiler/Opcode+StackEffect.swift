extension Instruction {
  /// How many values the instruction adds to the stack, where it does not jump.
  var stackEffect: Int {
    let a = Int(self.a)
    switch opcode {
    case .statement, .completed, .pulse, .nop, .deleteLocal, .deleteCell, .deleteGlobal,
      .deleteName,
      .loadAttribute, .unary, .swap, .jump, .getIterator, .listToTuple, .yieldValue,
      .matchException:
      return 0
    case .loadConstant, .loadLocal, .loadCell, .loadClosure, .loadGlobal, .loadName,
      .loadNameOrCell, .loadMethod, .copy, .pushUnbound, .forIterate, .loadBuildClass,
      .importName, .importFrom, .pushException, .loadAssertionError, .beforeWith,
      .withException:
      return 1
    case .storeLocal, .storeCell, .storeGlobal, .storeName, .deleteAttribute, .loadSubscript,
      .binary, .compare, .pop, .popJumpIfFalse, .popJumpIfTrue, .jumpIfFalseOrPop,
      .jumpIfTrueOrPop, .listAppend, .listExtend, .setAdd, .setUpdate, .dictUpdate, .dictMerge,
      .returnValue, .yieldFrom, .popException, .reraise:
      return -1
    case .storeAttribute, .deleteSubscript, .dictSet: return -2
    case .storeSubscript, .callSpread: return -3
    case .buildSlice, .buildTuple, .buildList, .buildSet, .buildString: return 1 - a
    case .buildDict: return 1 - 2 * a
    case .unpackSequence: return a - 1
    case .unpackStarred: return a + Int(b)
    case .formatValue: return b & 4 == 0 ? 0 : -1
    case .call: return -a - 1
    case .makeFunction: return 1 - (b & 7).nonzeroBitCount
    case .raise: return -Int(b)
    }
  }

  /// How many values the instruction adds to the stack where it jumps; nil for one that never does.
  var jumpEffect: Int? {
    switch opcode {
    case .jump, .jumpIfFalseOrPop, .jumpIfTrueOrPop: 0
    case .popJumpIfFalse, .popJumpIfTrue, .forIterate: -1
    default: nil
    }
  }

  /// Whether the instruction after this one is reached only by a jump.
  var endsStretch: Bool {
    switch opcode {
    case .jump, .returnValue, .raise, .reraise: true
    default: false
    }
  }
}
