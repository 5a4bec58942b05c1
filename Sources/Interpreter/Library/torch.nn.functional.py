"""`torch.nn.functional`: the functions beneath the modules."""

import warnings

import torch

linear = torch._C._nn.linear
bilinear = torch.bilinear
logsigmoid = torch._C._nn.log_sigmoid
softplus = torch._C._nn.softplus
gelu = torch._C._nn.gelu
hardshrink = torch.hardshrink
softshrink = torch._C._nn.softshrink
one_hot = torch._C._nn.one_hot
relu_ = torch.relu_
threshold_ = torch.threshold_
leaky_relu_ = torch._C._nn.leaky_relu_
elu_ = torch._C._nn.elu_
hardtanh_ = torch._C._nn.hardtanh_
selu_ = torch.selu_
celu_ = torch.celu_
prelu = torch.prelu
pairwise_distance = torch.pairwise_distance
cosine_similarity = torch.cosine_similarity


# Activations


def relu(input, inplace=False):
    return torch.relu_(input) if inplace else torch.relu(input)


def threshold(input, threshold, value, inplace=False):
    if inplace:
        return torch.threshold_(input, threshold, value)
    return torch.threshold(input, threshold, value)


def glu(input, dim=-1):
    if input.dim() == 0:
        raise RuntimeError("glu does not support scalars because halving size must be even")
    return torch._C._nn.glu(input, dim)


def hardtanh(input, min_val=-1.0, max_val=1.0, inplace=False):
    if min_val > max_val:
        raise ValueError("min_val cannot be greater than max_val")
    if inplace:
        return torch._C._nn.hardtanh_(input, min_val, max_val)
    return torch._C._nn.hardtanh(input, min_val, max_val)


def relu6(input, inplace=False):
    return torch._C._nn.relu6_(input) if inplace else torch._C._nn.relu6(input)


def elu(input, alpha=1.0, inplace=False):
    return torch._C._nn.elu_(input, alpha) if inplace else torch._C._nn.elu(input, alpha)


def selu(input, inplace=False):
    return torch.selu_(input) if inplace else torch.selu(input)


def celu(input, alpha=1.0, inplace=False):
    return torch.celu_(input, alpha) if inplace else torch.celu(input, alpha)


def leaky_relu(input, negative_slope=0.01, inplace=False):
    if inplace:
        return torch._C._nn.leaky_relu_(input, negative_slope)
    return torch._C._nn.leaky_relu(input, negative_slope)


def silu(input, inplace=False):
    return torch._C._nn.silu_(input) if inplace else torch._C._nn.silu(input)


def mish(input, inplace=False):
    return torch._C._nn.mish_(input) if inplace else torch._C._nn.mish(input)


def hardsigmoid(input, inplace=False):
    return torch._C._nn.hardsigmoid_(input) if inplace else torch._C._nn.hardsigmoid(input)


def hardswish(input, inplace=False):
    return torch._C._nn.hardswish_(input) if inplace else torch._C._nn.hardswish(input)


def tanhshrink(input):
    return input - input.tanh()


def softsign(input):
    return input / (input.abs() + 1)


def sigmoid(input):
    return input.sigmoid()


def tanh(input):
    return input.tanh()


def _softmax_dim(name, dimensions, level):
    warnings.warn(
        f"Implicit dimension choice for {name} has been deprecated. "
        "Change the call to include dim=X as an argument.",
        stacklevel=level,
    )
    return 0 if dimensions in (0, 1, 3) else 1


def softmax(input, dim=None, _stacklevel=3, dtype=None):
    if dim is None:
        dim = _softmax_dim("softmax", input.dim(), _stacklevel)
    return input.softmax(dim) if dtype is None else input.softmax(dim, dtype=dtype)


def softmin(input, dim=None, _stacklevel=3, dtype=None):
    if dim is None:
        dim = _softmax_dim("softmin", input.dim(), _stacklevel)
    return (-input).softmax(dim) if dtype is None else (-input).softmax(dim, dtype=dtype)


def log_softmax(input, dim=None, _stacklevel=3, dtype=None):
    if dim is None:
        dim = _softmax_dim("log_softmax", input.dim(), _stacklevel)
    return input.log_softmax(dim) if dtype is None else input.log_softmax(dim, dtype=dtype)


# Dropout and normalisation


def dropout(input, p=0.5, training=True, inplace=False):
    if p < 0.0 or p > 1.0:
        raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")
    if inplace:
        return torch.dropout_(input, p, training)
    return torch.dropout(input, p, training)


def alpha_dropout(input, p=0.5, training=False, inplace=False):
    if p < 0.0 or p > 1.0:
        raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")
    return torch.alpha_dropout(input, p, training)


def layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-5):
    return torch.layer_norm(input, normalized_shape, weight, bias, eps)


def rms_norm(input, normalized_shape, weight=None, eps=None):
    return torch.rms_norm(input, normalized_shape, weight, eps)


def batch_norm(
    input,
    running_mean,
    running_var,
    weight=None,
    bias=None,
    training=False,
    momentum=0.1,
    eps=1e-5,
):
    if training:
        count = input.size(0)
        for size in input.shape[2:]:
            count *= size
        if count == 1:
            raise ValueError(
                f"Expected more than 1 value per channel when training, got input size {input.size()}"
            )
    return torch.batch_norm(
        input, weight, bias, running_mean, running_var, training, momentum, eps, False
    )


def normalize(input, p=2.0, dim=1, eps=1e-12, out=None):
    return input / input.norm(p, dim, keepdim=True).clamp_min(eps).expand_as(input)


# Look-ups


def embedding(
    input,
    weight,
    padding_idx=None,
    max_norm=None,
    norm_type=2.0,
    scale_grad_by_freq=False,
    sparse=False,
):
    if padding_idx is not None:
        if padding_idx > 0 and padding_idx >= weight.size(0):
            raise AssertionError("Padding_idx must be within num_embeddings")
        if padding_idx < 0:
            padding_idx = weight.size(0) + padding_idx
    else:
        padding_idx = -1
    return torch.embedding(weight, input, padding_idx, scale_grad_by_freq, sparse)


# Losses


def _reduction(size_average, reduce, reduction):
    """The reduction that the two deprecated options stand for."""
    if size_average is None and reduce is None:
        return reduction
    size_average = True if size_average is None else size_average
    reduce = True if reduce is None else reduce
    result = "none" if not reduce else "mean" if size_average else "sum"
    warnings.warn(
        "size_average and reduce args will be deprecated, please use "
        f"reduction='{result}' instead.",
        stacklevel=3,
    )
    return result


def _number(reduction):
    if reduction == "none":
        return 0
    if reduction == "mean":
        return 1
    if reduction == "sum":
        return 2
    raise ValueError(f"{reduction} is not a valid value for reduction")


def _reduced(loss, reduction):
    if reduction == "mean":
        return loss.mean()
    if reduction == "sum":
        return loss.sum()
    return loss


def _warn_of_sizes(input, target, level=3):
    warnings.warn(
        f"Using a target size ({target.size()}) that is different to the input size "
        f"({input.size()}). This will likely lead to incorrect results due to broadcasting. "
        "Please ensure they have the same size.",
        stacklevel=level,
    )


def mse_loss(
    input, target, size_average=None, reduce=None, reduction="mean", weight=None
):
    if target.size() != input.size():
        _warn_of_sizes(input, target)
    reduction = _reduction(size_average, reduce, reduction)
    input, target = torch.broadcast_tensors(input, target)
    if weight is not None:
        return _reduced(torch.pow(input - target, 2) * weight, reduction)
    return torch._C._nn.mse_loss(input, target, _number(reduction))


def l1_loss(input, target, size_average=None, reduce=None, reduction="mean", weight=None):
    if target.size() != input.size():
        _warn_of_sizes(input, target)
    reduction = _reduction(size_average, reduce, reduction)
    input, target = torch.broadcast_tensors(input, target)
    if weight is not None:
        return _reduced(torch.abs(input - target) * weight, reduction)
    return torch._C._nn.l1_loss(input, target, _number(reduction))


def smooth_l1_loss(
    input, target, size_average=None, reduce=None, reduction="mean", beta=1.0
):
    if target.size() != input.size():
        _warn_of_sizes(input, target)
    reduction = _reduction(size_average, reduce, reduction)
    input, target = torch.broadcast_tensors(input, target)
    if beta == 0.0:
        return torch._C._nn.l1_loss(input, target, _number(reduction))
    return torch._C._nn.smooth_l1_loss(input, target, _number(reduction), beta)


def huber_loss(input, target, reduction="mean", delta=1.0, weight=None):
    if target.size() != input.size():
        _warn_of_sizes(input, target)
    input, target = torch.broadcast_tensors(input, target)
    if weight is None:
        return torch._C._nn.huber_loss(input, target, _number(reduction), delta)
    return _reduced(torch._C._nn.huber_loss(input, target, 0, delta) * weight, reduction)


def soft_margin_loss(input, target, size_average=None, reduce=None, reduction="mean"):
    reduction = _reduction(size_average, reduce, reduction)
    return torch._C._nn.soft_margin_loss(input, target, _number(reduction))


def binary_cross_entropy(
    input, target, weight=None, size_average=None, reduce=None, reduction="mean"
):
    reduction = _reduction(size_average, reduce, reduction)
    if target.size() != input.size():
        raise ValueError(
            f"Using a target size ({target.size()}) that is different to the input size "
            f"({input.size()}) is deprecated. Please ensure they have the same size."
        )
    return torch._C._nn.binary_cross_entropy(input, target, weight, _number(reduction))


def binary_cross_entropy_with_logits(
    input,
    target,
    weight=None,
    size_average=None,
    reduce=None,
    reduction="mean",
    pos_weight=None,
):
    reduction = _reduction(size_average, reduce, reduction)
    if target.size() != input.size():
        raise ValueError(
            f"Target size ({target.size()}) must be the same as input size ({input.size()})"
        )
    return torch.binary_cross_entropy_with_logits(
        input, target, weight, pos_weight, _number(reduction)
    )


def nll_loss(
    input,
    target,
    weight=None,
    size_average=None,
    ignore_index=-100,
    reduce=None,
    reduction="mean",
):
    reduction = _reduction(size_average, reduce, reduction)
    return torch._C._nn.nll_loss_nd(input, target, weight, _number(reduction), ignore_index)


def cross_entropy(
    input,
    target,
    weight=None,
    size_average=None,
    ignore_index=-100,
    reduce=None,
    reduction="mean",
    label_smoothing=0.0,
):
    reduction = _reduction(size_average, reduce, reduction)
    return torch._C._nn.cross_entropy_loss(
        input, target, weight, _number(reduction), ignore_index, label_smoothing
    )


def kl_div(
    input, target, size_average=None, reduce=None, reduction="mean", log_target=False
):
    if size_average is None and reduce is None and reduction == "mean":
        warnings.warn(
            "reduction: 'mean' divides the total loss by both the batch size and the support size."
            "'batchmean' divides only by the batch size, and aligns with the KL div math definition."
            "'mean' will be changed to behave the same as 'batchmean' in the next major release.",
            stacklevel=2,
        )
    number = 2 if reduction == "batchmean" else _number(_reduction(size_average, reduce, reduction))
    loss = torch.kl_div(input, target, number, log_target=log_target)
    if reduction == "batchmean" and input.dim() != 0:
        return loss / input.size()[0]
    return loss


def cosine_embedding_loss(
    input1, input2, target, margin=0, size_average=None, reduce=None, reduction="mean"
):
    reduction = _reduction(size_average, reduce, reduction)
    return torch.cosine_embedding_loss(input1, input2, target, margin, _number(reduction))


def margin_ranking_loss(
    input1, input2, target, margin=0, size_average=None, reduce=None, reduction="mean"
):
    reduction = _reduction(size_average, reduce, reduction)
    return torch.margin_ranking_loss(input1, input2, target, margin, _number(reduction))


def hinge_embedding_loss(
    input, target, margin=1.0, size_average=None, reduce=None, reduction="mean"
):
    reduction = _reduction(size_average, reduce, reduction)
    return torch.hinge_embedding_loss(input, target, margin, _number(reduction))
