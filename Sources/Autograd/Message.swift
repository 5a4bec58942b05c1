/// The texts of PyTorch that several places need.
enum Message {
  static let backwardTwice =
    "Trying to backward through the graph a second time (or directly access saved tensors after they "
    + "have already been freed). Saved intermediate values of the graph are freed when you call "
    + ".backward() or autograd.grad(). Specify retain_graph=True if you need to backward through the "
    + "graph a second time or if you need to access saved tensors after calling backward."

  static let inferenceSave =
    "Inference tensors cannot be saved for backward. Please do not use Tensors created in inference "
    + "mode in computation tracked by autograd. To work around this, you can make a clone to get a "
    + "normal tensor and use it in autograd, or use `torch.no_grad()` instead of "
    + "`torch.inference_mode()`."

  static let inferenceInPlace =
    "Inplace update to inference tensor outside InferenceMode is not allowed.You can make a clone to "
    + "get a normal tensor before doing inplace update.See "
    + "https://github.com/pytorch/rfcs/pull/17 for more details."

  static let packModifies =
    "A saved tensor pack hook is modifying its input in place. Tensors provided as input to pack hook "
    + "cannot be modified by in-place operations as this can lead to unexpected side-effects. Please "
    + "open an issue if you need to perform in-place operations on the input to a pack hook."

  static let hooksAlreadySet =
    "Calling register_hooks on a saved tensor whose hooks have already been set. Hint: only one pair "
    + "of hooks is allowed at a time."

  static let hooksAfterRelease =
    "Calling register_hooks on a saved tensor after it has been freed. Saved intermediate values of "
    + "the graph are freed when you call .backward() or autograd.grad(). Specify retain_graph=True if "
    + "you need to backward through the graph a second time or if you need to access saved variables "
    + "after calling backward."

  static let hooksOnNone =
    "Calling register_hooks on a saved tensor with value None is forbidden"

  static let savedThenDetached =
    "Trying to use a saved tensor that has been detached in-place, i.e. with .detach_().This is not "
    + "supported, please use out-of-place `.detach()` instead"

  static let leafInPlace =
    "a leaf Variable that requires grad is being used in an in-place operation."

  static let leafUsedInPlace =
    "a leaf Variable that requires grad has been used in an in-place operation."

  static let viewOfLeafInPlace =
    "a view of a leaf Variable that requires grad is being used in an in-place operation."

  static let detachView =
    "Can't detach views in-place. Use detach() instead. If you are using DistributedDataParallel "
    + "(DDP) for training, and gradient_as_bucket_view is set as True, gradients are views of DDP "
    + "buckets, and hence detach_() cannot be called on these gradients. To fix this error, please "
    + "refer to the Optimizer.zero_grad() function in torch/optim/optimizer.py as the solution."

  static let nonLeafRequiresGrad =
    "you can only change requires_grad flags of leaf variables."

  static let nonLeafRequiresGradHint =
    " If you want to use a computed variable in a subgraph that doesn't require differentiation use "
    + "var_no_grad = var.detach()."

  static let nonLeafGrad =
    "The .grad attribute of a Tensor that is not a leaf Tensor is being accessed. Its .grad attribute "
    + "won't be populated during autograd.backward(). If you indeed want the .grad field to be "
    + "populated for a non-leaf Tensor, use .retain_grad() on the non-leaf Tensor. If you access the "
    + "non-leaf Tensor by mistake, make sure you access the leaf Tensor instead. See "
    + "github.com/pytorch/pytorch/pull/30531 for more information."

  static let createGraph =
    "Using backward() with create_graph=True will create a reference cycle between the parameter and "
    + "its gradient which can cause a memory leak. We recommend using autograd.grad when creating the "
    + "graph to avoid this. If you have to use this function, make sure to reset the .grad fields of "
    + "your parameters to None after use to break the cycle and avoid the leak."

  static let scalarOnly = "grad can be implicitly created only for scalar outputs"

  static let overlapSelf =
    "unsupported operation: more than one element of the written-to tensor refers to a single memory "
    + "location. Please clone() the tensor before performing the operation."

  static let overlapPart =
    "unsupported operation: some elements of the input tensor and the written-to tensor refer to a "
    + "single memory location. Please clone() the tensor before performing the operation."

  static let gradDType =
    "The gradient must match the tensor's grad_dtype (defaults to the tensor's dtype). You can set the "
    + "tensor's grad_dtype attribute with a specific dtype, or None to allow any dtype. Set grad_dtype "
    + "with caution. Diverging the dtypes of a tensor and its gradient may break downstream systems "
    + "that assume they match."

  static let floatOnly = "Only Tensors of floating point and complex dtype can require gradients"
}

extension Message {
  /// The version error.
  static func modifiedInPlace(
    type: String,
    sizes: [Int],
    output: (nr: Int, name: String)?,
    current: Int,
    expected: Int,
    anomaly: Bool
  ) -> String {
    var text =
      "one of the variables needed for gradient computation has been modified by an inplace "
      + "operation: [\(type) \(Shape.text(sizes))]"
    if let output { text += ", which is output \(output.nr) of \(output.name)," }
    text += " is at version \(current); expected version \(expected) instead. "
    text +=
      anomaly
      ? "Hint: the backtrace further above shows the operation that failed to compute its gradient. "
        + "The variable in question was changed in there or anywhere later. Good luck!"
      : "Hint: enable anomaly detection to find the operation that failed to compute its gradient, "
        + "with torch.autograd.set_detect_anomaly(True, check_nan=False)."
    return text
  }

  /// The error about a view that may not be written, or (indirect) whose base or sibling was.
  ///
  /// The output is the number and the forward name of the view's node, if it has one.
  static func viewInPlace(
    _ creationMeta: CreationMeta,
    output: (nr: Int, name: String)?,
    indirect: Bool
  ) -> String {
    let object = indirect ? "its base or another view of its base has been" : "is being"
    let header: String
    if creationMeta == .inferenceMode || creationMeta == .noGradMode || output == nil {
      var prefix = "A view was created"
      if let output {
        prefix = "Output \(output.nr) of \(output.name) is a view of a view which was created"
      }
      header =
        creationMeta == .inferenceMode
        ? "\(prefix) in inference mode and \(object) modified inplace in normal mode."
        : "\(prefix) in no_grad mode and \(object) modified inplace with grad mode enabled."
    } else {
      let output = output ?? (0, "")
      header = "Output \(output.nr) of \(output.name) is a view and \(object) modified inplace."
    }
    return header + " " + tail(creationMeta)
  }

  private static func tail(_ creationMeta: CreationMeta) -> String {
    switch creationMeta {
    case .default: ""
    case .multiOutputNode:
      "This view is the output of a function that returns multiple views. Such functions do not allow "
        + "the output views to be modified inplace. You should replace the inplace operation by an "
        + "out-of-place one."
    case .inCustomFunction:
      "This view was created inside a custom Function (or because an input was returned as-is) and the "
        + "autograd logic to handle view+inplace would override the custom backward associated with "
        + "the custom Function, leading to incorrect gradients. This behavior is forbidden. You can "
        + "fix this by cloning the output of the custom Function."
    case .noGradMode: ambiguous("no_grad")
    case .inferenceMode: ambiguous("inference_mode")
    }
  }

  private static func ambiguous(_ block: String) -> String {
    "Given that this use case is ambiguous and error-prone, it is forbidden. You can clarify your code "
      + "by moving both the view and the inplace either both inside the \(block) block (if you don't "
      + "want the inplace to be tracked) or both outside (if you want the inplace to be tracked)."
  }
}

extension Message {
  static let negatedBool =
    "Negation, the `-` operator, on a bool tensor is not supported. If you are trying to invert a mask, "
    + "use the `~` or `logical_not()` operator instead."

  static let subtractedBools =
    "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or "
    + "`logical_xor()` operator instead."

  static let subtractedBool =
    "Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to invert a "
    + "mask, use the `~` or `logical_not()` operator instead."

  static let integerAlpha =
    "For integral input tensors, argument alpha must not be a floating point number."

  static let negativeIntegerPower = "Integers to negative integer powers are not allowed."

  static let dirtyView =
    "If your Function modifies inplace an input that is a view of another Tensor, your Function cannot "
    + "return more than one Tensor. This is not supported by the current autograd engine. You should "
    + "either make sure the input is not a view (using .clone() for example) or make your Function only "
    + "return one Tensor (potentially splitting it into two Functions: one doing the inplace that returns "
    + "a single Tensor and a second one that does the other operations). You can ask on the forum "
    + "https://discuss.pytorch.org/ if you need help to do this change."

  static let savedInputReturned =
    "A input that has been returned as-is as output is being saved for backward. This is not supported if "
    + "you override setup_context. You should return and save a view of the input instead, e.g. with "
    + "x.view_as(x) or setup ctx inside the forward function itself."
}
