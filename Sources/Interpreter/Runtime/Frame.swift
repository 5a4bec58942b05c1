/// One call under way of code written in Python.
///
/// A frame lies in the ``ValueStack``, or, for a generator, in memory of its own: first this header, then the
/// locals, the cells and the stack of values.
struct Frame {
  let body: UnsafeMutablePointer<CodeBody>
  let globals: UnsafeMutablePointer<Namespace.Body>
  /// The first local.
  let locals: UnsafeMutablePointer<Value>
  /// The end of the stack, valid while the frame is not the one that runs.
  var top: UnsafeMutablePointer<Value>
  /// The next instruction, valid whenever code outside the loop runs.
  var next: UnsafeMutablePointer<Instruction>
  /// What is being called.
  let function: FunctionObject
  /// The frame that called this one.
  var back: UnsafeMutablePointer<Frame>?
  /// The memory that the frame took from the stack; nil when a generator owns it.
  let region: UnsafeMutablePointer<Value>?
  /// The namespace of a class body.
  var classNames: AttributeTable?
  /// The new object, in a call of its `__init__` that stands for a call of the class.
  var instance: Value = .unbound
  /// The generator whose body this is.
  unowned(unsafe) var generator: GeneratorObject?
  /// The statement that runs, an index into `Code.statements`; -1 before the first.
  var statement: Int32 = -1
  /// Whether an exception was thrown into the generator and is to be raised where it stands.
  var isThrowing = false

  /// The values that the header takes of a frame's memory.
  static let headerSize =
    (MemoryLayout<Frame>.size + MemoryLayout<Value>.stride - 1) / MemoryLayout<Value>.stride

  /// The code that runs.
  var code: Code { function.code }

  /// The index of the instruction that runs.
  var position: Int { next - body.pointee.instructions - 1 }

  /// The range in the source of what runs.
  var range: SourceRange? {
    let ranges = function.code.ranges
    return ranges.indices.contains(position) ? ranges[position] : ranges.last
  }
}

/// Where a frame lies.
typealias FramePointer = UnsafeMutablePointer<Frame>

extension Machine {
  /// A frame for `function`, its slots not initialised, in memory from the stack or, for a generator, of its own.
  ///
  /// `region` is memory already taken from the stack that is given back with the frame.
  @inline(__always)
  func makeFrame(
    _ function: FunctionObject,
    _ body: UnsafeMutablePointer<CodeBody>,
    region: UnsafeMutablePointer<Value>? = nil
  ) -> FramePointer {
    let size = Frame.headerSize + body.pointee.frameSize
    let ownsMemory = body.pointee.isGenerator
    let memory =
      ownsMemory
      ? UnsafeMutablePointer<Value>.allocate(capacity: size) : stack.reserve(size)
    let frame = UnsafeMutableRawPointer(memory).assumingMemoryBound(to: Frame.self)
    let locals = memory + Frame.headerSize
    frame.initialize(
      to: Frame(
        body: body,
        globals: function.globals.body,
        locals: locals,
        top: locals + body.pointee.slotCount,
        next: body.pointee.instructions,
        function: function,
        back: nil,
        region: ownsMemory ? nil : (region ?? memory)
      )
    )
    return frame
  }

  /// Releases what `frame` holds, whose stack ends at `top`, and makes its caller the running frame.
  @inline(__always)
  func leave(_ frame: FramePointer, _ top: UnsafeMutablePointer<Value>) {
    self.frame = frame.pointee.back
    depth -= 1
    let locals = frame.pointee.locals
    locals.deinitialize(count: top - locals)
    guard let region = frame.pointee.region else {
      // A generator's frame is released by the generator.
      frame.pointee.top = locals
      return
    }
    let memory = UnsafeMutableRawPointer(frame).assumingMemoryBound(to: Value.self)
    frame.deinitialize(count: 1)
    if region != memory, !(stack.owns(memory) && stack.owns(region)) {
      stack.release(memory, initialized: 0, reserved: 0)
    }
    stack.release(region, initialized: 0, reserved: 0)
  }
}
