"""`torch.autograd.gradcheck`: gradients against finite differences."""

import warnings

import torch


class GradcheckError(RuntimeError):
    """The analytical gradient is not the numerical one."""


def _tensors(value):
    return (value,) if isinstance(value, torch.Tensor) else tuple(value)


def _check_inputs(inputs):
    found = False
    for index, tensor in enumerate(inputs):
        if isinstance(tensor, torch.Tensor) and tensor.requires_grad:
            if tensor.dtype != torch.float64:
                warnings.warn(
                    f"Input #{index} requires gradient and "
                    "is not a double precision floating point or complex. "
                    "This check will likely fail if all the inputs are "
                    "not of double precision floating point or complex. ",
                    stacklevel=3,
                )
            found = True
            if tensor.is_leaf:
                tensor.retain_grad()
    if not found:
        raise ValueError(
            "gradcheck expects at least one input tensor to require gradient, "
            "but none of the them have requires_grad=True."
        )


def _numerical(func, inputs, tensor, eps):
    """The derivative of every element of the outputs by every element of `tensor`."""
    columns = []
    with torch.no_grad():
        flat = tensor.data.view(-1)
        for i in range(flat.numel()):
            before = flat[i].item()
            flat[i] = before + eps
            above = [out.detach().clone() for out in _tensors(func(*inputs))]
            flat[i] = before - eps
            below = [out.detach().clone() for out in _tensors(func(*inputs))]
            flat[i] = before
            columns.append([(a - b).reshape(-1) / (2 * eps) for a, b in zip(above, below)])
    return columns


def gradcheck(
    func,
    inputs,
    *,
    eps=1e-6,
    atol=1e-5,
    rtol=1e-3,
    raise_exception=True,
    nondet_tol=0.0,
    check_undefined_grad=True,
    check_grad_dtypes=False,
    check_batched_grad=False,
    check_batched_forward_grad=False,
    check_forward_ad=False,
    check_backward_ad=True,
    fast_mode=False,
    masked=None,
):
    inputs = _tensors(inputs)
    _check_inputs(inputs)
    outputs = [out for out in _tensors(func(*inputs)) if out.requires_grad]
    places = [
        i for i, x in enumerate(inputs) if isinstance(x, torch.Tensor) and x.requires_grad
    ]
    for place in places:
        tensor = inputs[place]
        columns = _numerical(func, inputs, tensor, eps)
        for o, out in enumerate(outputs):
            analytical = torch.zeros(tensor.numel(), out.numel(), dtype=tensor.dtype)
            for j in range(out.numel()):
                seed = torch.zeros_like(out)
                seed.view(-1)[j] = 1
                grad = torch.autograd.grad(
                    out, tensor, seed, retain_graph=True, allow_unused=True
                )[0]
                if grad is not None:
                    analytical[:, j] = grad.reshape(-1)
            numerical = torch.zeros_like(analytical)
            for i, column in enumerate(columns):
                numerical[i] = column[o]
            if not torch.allclose(analytical, numerical, rtol, atol):
                if not raise_exception:
                    return False
                raise GradcheckError(
                    f"Jacobian mismatch for output {o} with respect to input {place},\n"
                    f"numerical:{numerical}\nanalytical:{analytical}\n"
                )
    return True


def gradgradcheck(func, inputs, grad_outputs=None, *, eps=1e-6, atol=1e-5, rtol=1e-3, **options):
    inputs = _tensors(inputs)
    if grad_outputs is None:
        outputs = _tensors(func(*inputs))
        grad_outputs = tuple(
            torch.randn_like(out).requires_grad_() for out in outputs if out.requires_grad
        )
    else:
        grad_outputs = _tensors(grad_outputs)
    count = len(grad_outputs)

    def gradient(*args):
        xs, seeds = args[:-count], args[-count:]
        outputs = [out for out in _tensors(func(*xs)) if out.requires_grad]
        wanted = [x for x in xs if isinstance(x, torch.Tensor) and x.requires_grad]
        grads = torch.autograd.grad(outputs, wanted, seeds, create_graph=True, allow_unused=True)
        return tuple(grad for grad in grads if grad is not None)

    return gradcheck(gradient, inputs + tuple(grad_outputs), eps=eps, atol=atol, rtol=rtol)
