/// The loop that runs compiled code.
///
/// Python functions called by Python code run in the same loop: their frames are pushed, and the native stack
/// does not grow. A helper of the loop that throws leaves the stack of values as it was.
extension Machine {
  /// Runs `entry`, which is the running frame, until it returns or, as a generator's, yields.
  func execute(_ entry: FramePointer) throws(PythonError) -> Value {
    nativeDepth += 1
    defer { nativeDepth -= 1 }
    var frame = entry
    var next = frame.pointee.next
    var top = frame.pointee.top
    var locals = frame.pointee.locals
    var constants = frame.pointee.body.pointee.constants
    var instructions = frame.pointee.body.pointee.instructions
    let countdown = self.countdown

    while true {
      do throws(PythonError) {
        if frame.pointee.isThrowing {
          frame.pointee.isThrowing = false
          throw PythonError()
        }
        while true {
          let instruction = next.pointee
          next += 1
          switch instruction.opcode {
          case .statement:
            frame.pointee.statement = instruction.a
            countdown.pointee &-= 1
            if countdown.pointee < 0 {
              frame.pointee.next = next
              try statementPulse(frame)
            }

          case .pulse:
            countdown.pointee &-= 1
            if countdown.pointee < 0 {
              frame.pointee.next = next
              try countdownPulse()
            }

          case .nop:
            break

          // Variables
          case .loadConstant:
            top.initialize(to: constants[Int(instruction.a)])
            top += 1

          case .loadLocal:
            let slot = locals + Int(instruction.a)
            if case .unbound = slot.pointee {
              frame.pointee.next = next
              throw unboundLocal(frame, Int(instruction.a))
            }
            top.initialize(to: slot.pointee)
            top += 1

          case .storeLocal:
            top -= 1
            (locals + Int(instruction.a)).pointee = top.move()

          case .loadGlobal:
            let slot = Int(instruction.a)
            let globals = frame.pointee.globals
            if case .unbound = globals.pointee.slots[slot] {
              if case .unbound = globals.pointee.fallbacks[slot] {
                frame.pointee.next = next
                throw undefinedGlobal(frame, slot)
              }
              top.initialize(to: globals.pointee.fallbacks[slot])
            } else {
              top.initialize(to: globals.pointee.slots[slot])
            }
            top += 1

          case .storeGlobal:
            top -= 1
            frame.pointee.globals.pointee.slots[Int(instruction.a)] = top.move()

          case .loadCell:
            let slot = locals + frame.pointee.body.pointee.localCount + Int(instruction.a)
            guard case .object(let object) = slot.pointee else {
              frame.pointee.next = next
              throw unboundCell(frame, Int(instruction.a))
            }
            let value = unsafeDowncast(object, to: CellObject.self).value
            if case .unbound = value {
              frame.pointee.next = next
              throw unboundCell(frame, Int(instruction.a))
            }
            top.initialize(to: value)
            top += 1

          // Stack
          case .pop:
            top -= 1
            top.deinitialize(count: 1)

          case .copy:
            top.initialize(to: (top - Int(instruction.a)).pointee)
            top += 1

          case .swap:
            let last = (top - 1).pointee
            let other = top - Int(instruction.a)
            (top - 1).pointee = other.pointee
            other.pointee = last

          case .pushUnbound:
            top.initialize(to: .unbound)
            top += 1

          // Attributes and items
          case .loadAttribute:
            frame.pointee.next = next
            let symbol = Symbol(number: instruction.a)
            let value = try loadAttribute((top - 1).pointee, symbol)
            (top - 1).pointee = value

          case .loadMethod:
            frame.pointee.next = next
            top = try loadMethod(Symbol(number: instruction.a), top)

          case .loadSubscript:
            if case .int(let index) = (top - 1).pointee,
              case .object(let object) = (top - 2).pointee,
              object.type === types.list
            {
              let list = unsafeDowncast(object, to: ListObject.self)
              let count = list.items.count
              let place = index < 0 ? index + count : index
              if place >= 0, place < count {
                top -= 1
                (top - 1).pointee = list.items[place]
                continue
              }
            }
            frame.pointee.next = next
            let value = try item((top - 2).pointee, (top - 1).pointee)
            top -= 1
            top.deinitialize(count: 1)
            (top - 1).pointee = value

          // Operators
          case .binary:
            let op = BinaryOperator(rawValue: UInt8(truncatingIfNeeded: instruction.a)) ?? .add
            if case .int(let x) = (top - 2).pointee, case .int(let y) = (top - 1).pointee {
              if let result = Arithmetic.integers(op, x, y) {
                top -= 1
                (top - 1).initialize(to: result)
                continue
              }
            } else if case .float(let x) = (top - 2).pointee,
              case .float(let y) = (top - 1).pointee,
              let result = Arithmetic.floats(op, x, y)
            {
              top -= 1
              (top - 1).initialize(to: result)
              continue
            }
            frame.pointee.next = next
            let value = try binary(
              op,
              (top - 2).pointee,
              (top - 1).pointee,
              inPlace: instruction.b != 0
            )
            top -= 1
            top.deinitialize(count: 1)
            (top - 1).pointee = value

          case .compare:
            let op =
              ComparisonOperator(rawValue: UInt8(truncatingIfNeeded: instruction.a)) ?? .equal
            if let truth = Comparing.words(op, top) {
              top -= 2
              // A branch on the result needs no value.
              if next.pointee.opcode == .popJumpIfFalse {
                next = truth ? next + 1 : instructions + Int(next.pointee.a)
              } else {
                top.initialize(to: .bool(truth))
                top += 1
              }
              continue
            }
            frame.pointee.next = next
            let value = try compare(op, (top - 2).pointee, (top - 1).pointee)
            top -= 1
            top.deinitialize(count: 1)
            (top - 1).pointee = value

          // Jumps
          case .jump:
            next = instructions + Int(instruction.a)

          case .popJumpIfFalse:
            frame.pointee.next = next
            let truth = try truth((top - 1).pointee)
            top -= 1
            top.deinitialize(count: 1)
            if !truth { next = instructions + Int(instruction.a) }

          case .popJumpIfTrue:
            frame.pointee.next = next
            let truth = try truth((top - 1).pointee)
            top -= 1
            top.deinitialize(count: 1)
            if truth { next = instructions + Int(instruction.a) }

          case .jumpIfFalseOrPop:
            frame.pointee.next = next
            if try truth((top - 1).pointee) {
              top -= 1
              top.deinitialize(count: 1)
            } else {
              next = instructions + Int(instruction.a)
            }

          case .jumpIfTrueOrPop:
            frame.pointee.next = next
            if try truth((top - 1).pointee) {
              next = instructions + Int(instruction.a)
            } else {
              top -= 1
              top.deinitialize(count: 1)
            }

          // Iteration
          case .forIterate:
            frame.pointee.next = next
            if let value = try advance((top - 1).pointee) {
              top.initialize(to: value)
              top += 1
            } else {
              top -= 1
              top.deinitialize(count: 1)
              next = instructions + Int(instruction.a)
            }

          // Calls
          case .call:
            let count = Int(instruction.a)
            let base = top - count - 2
            frame.pointee.next = next
            var function: FunctionObject?
            var isInitializer = false
            if case .object(let callable) = base.pointee {
              if let plain = callable as? FunctionObject {
                function = plain
              } else if !(callable is BuiltinFunction) {
                function = arrange(callable, base, count, &isInitializer)
              }
            }
            if let function {
              let instance = isInitializer ? (base + 1).pointee : .unbound
              let keywords =
                instruction.b == 0
                ? [] : frame.pointee.code.keywordNames[Int(instruction.b) - 1]
              let called = try enter(function, base, count, keywords)
              if let called {
                called.pointee.instance = instance
                frame.pointee.top = base
                frame = called
                next = frame.pointee.next
                top = frame.pointee.top
                locals = frame.pointee.locals
                constants = frame.pointee.body.pointee.constants
                instructions = frame.pointee.body.pointee.instructions
              } else {
                // A generator, left in place of the callable.
                top = base + 1
              }
              continue
            }
            let value = try invoke(
              base,
              count,
              instruction.b == 0 ? [] : frame.pointee.code.keywordNames[Int(instruction.b) - 1]
            )
            (base + 1).deinitialize(count: count + 1)
            base.pointee = value
            top = base + 1

          case .callSpread:
            frame.pointee.next = next
            let base = top - 4
            switch try callSpread(base) {
            case .value(let value):
              base.deinitialize(count: 4)
              base.initialize(to: value)
              top = base + 1
            case .frame(let called):
              base.deinitialize(count: 4)
              frame.pointee.top = base
              frame = called
              next = frame.pointee.next
              top = frame.pointee.top
              locals = frame.pointee.locals
              constants = frame.pointee.body.pointee.constants
              instructions = frame.pointee.body.pointee.instructions
            }

          case .returnValue:
            top -= 1
            var value = top.move()
            if case .unbound = frame.pointee.instance {
            } else {
              if !value.isNone {
                top.initialize(to: value)
                top += 1
                frame.pointee.next = next
                throw badInitializer(value)
              }
              value = frame.pointee.instance
            }
            if frame == entry {
              finish(frame)
              leave(frame, top)
              return value
            }
            guard let back = frame.pointee.back else {
              preconditionFailure("A frame below the entry has lost its caller.")
            }
            leave(frame, top)
            frame = back
            next = frame.pointee.next
            top = frame.pointee.top
            locals = frame.pointee.locals
            constants = frame.pointee.body.pointee.constants
            instructions = frame.pointee.body.pointee.instructions
            top.initialize(to: value)
            top += 1

          case .yieldValue:
            top -= 1
            let value = top.move()
            suspend(frame, top, next)
            return value

          case .yieldFrom:
            frame.pointee.next = next
            if let yielded = try delegate((top - 2).pointee, (top - 1).pointee) {
              top -= 1
              top.deinitialize(count: 1)
              suspend(frame, top, next - 1)
              return yielded
            }
            top -= 1
            top.deinitialize(count: 1)
            (top - 1).pointee = delegated
            delegated = .unbound

          default:
            frame.pointee.next = next
            top = try perform(instruction, frame, top)
          }
        }
      } catch {
        frame.pointee.next = next
        while true {
          if let target = handler(in: frame, top) {
            top = target.top
            next = target.next
            break
          }
          let back = frame.pointee.back
          let isEntry = frame == entry
          if isEntry { finish(frame) }
          leave(frame, top)
          guard !isEntry, let back else { throw error }
          frame = back
          top = frame.pointee.top
          locals = frame.pointee.locals
          constants = frame.pointee.body.pointee.constants
          instructions = frame.pointee.body.pointee.instructions
        }
      }
    }
  }

  /// The truth of a value at a branch.
  @inline(__always)
  private func truth(_ value: Value) throws(PythonError) -> Bool {
    if case .bool(let truth) = value { return truth }
    return try isTrue(value)
  }

  /// The next item of the iterator on top of the stack.
  @inline(__always)
  private func advance(_ iterator: Value) throws(PythonError) -> Value? {
    if case .object(let object) = iterator {
      if let range = object as? RangeIterator { return range.advance() }
      if let list = object as? ListIterator { return list.advance() }
    }
    return try self.next(iterator)
  }
}

extension Comparing {
  /// The comparison of the two numbers on top of the stack; nil where they are not words or floats.
  @inline(__always)
  static func words(_ op: ComparisonOperator, _ top: UnsafeMutablePointer<Value>) -> Bool? {
    if case .int(let x) = (top - 2).pointee, case .int(let y) = (top - 1).pointee {
      return plain(op, .int(x), .int(y))
    }
    if case .float(let x) = (top - 2).pointee, case .float(let y) = (top - 1).pointee {
      return plain(op, .float(x), .float(y))
    }
    return nil
  }
}
