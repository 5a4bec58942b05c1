"""`torch.autograd.functional`: Jacobians and Hessians by repeated backward passes."""

import torch


def _tuple(value):
    return (value,) if isinstance(value, torch.Tensor) else tuple(value)


def _prepare(inputs, create_graph):
    prepared = []
    for tensor in _tuple(inputs):
        if create_graph and tensor.requires_grad:
            prepared.append(tensor.view_as(tensor))
        else:
            prepared.append(tensor.detach().requires_grad_())
    return tuple(prepared)


def _finish(value, create_graph):
    return value if create_graph else value.detach()


def _run(func, inputs, create_graph):
    prepared = _prepare(inputs, create_graph)
    with torch.enable_grad():
        outputs = func(*prepared)
    return prepared, outputs


def vjp(func, inputs, v=None, create_graph=False, strict=False):
    prepared, outputs = _run(func, inputs, create_graph)
    results = _tuple(outputs)
    if v is None:
        if len(results) != 1 or results[0].numel() != 1:
            raise RuntimeError(
                "The vector v can only be None if the user-provided function returns a single "
                "Tensor with a single element."
            )
        vectors = None
    else:
        vectors = _tuple(v)
    grads = torch.autograd.grad(
        results, prepared, vectors, create_graph=create_graph, allow_unused=True
    )
    grads = [torch.zeros_like(t) if g is None else g for g, t in zip(grads, prepared)]
    grads = tuple(_finish(grad, create_graph) for grad in grads)
    results = tuple(_finish(result, create_graph) for result in results)
    return (
        results[0] if isinstance(outputs, torch.Tensor) else results,
        grads[0] if isinstance(inputs, torch.Tensor) else grads,
    )


def jacobian(func, inputs, create_graph=False, strict=False, vectorize=False, strategy="reverse-mode"):
    prepared, outputs = _run(func, inputs, create_graph)
    rows = []
    for out in _tuple(outputs):
        columns = [[] for _ in prepared]
        for element in out.reshape(-1):
            if element.requires_grad:
                grads = torch.autograd.grad(
                    element,
                    prepared,
                    retain_graph=True,
                    create_graph=create_graph,
                    allow_unused=True,
                )
            else:
                grads = [None] * len(prepared)
            for column, grad, tensor in zip(columns, grads, prepared):
                column.append(torch.zeros_like(tensor) if grad is None else grad)
        rows.append(
            tuple(
                _finish(torch.stack(column, dim=0).view(out.size() + tensor.size()), create_graph)
                for column, tensor in zip(columns, prepared)
            )
        )
    if isinstance(inputs, torch.Tensor):
        rows = [row[0] for row in rows]
    return rows[0] if isinstance(outputs, torch.Tensor) else tuple(rows)


def hessian(func, inputs, create_graph=False, strict=False, vectorize=False, outer_jacobian_strategy="reverse-mode"):
    def check(out):
        if not isinstance(out, torch.Tensor):
            raise RuntimeError(
                "The function given to hessian should return a single Tensor"
            )
        if out.numel() != 1:
            raise RuntimeError(
                "The Tensor returned by the function given to hessian should contain a single element"
            )
        return out.squeeze()

    def gradient(*args):
        single = isinstance(inputs, torch.Tensor)
        grads = jacobian(lambda *xs: check(func(*xs)), args[0] if single else args, create_graph=True)
        return grads

    return jacobian(gradient, inputs, create_graph=create_graph)


def hvp(func, inputs, v=None, create_graph=False, strict=False):
    prepared = _prepare(inputs, create_graph)
    with torch.enable_grad():
        out = func(*prepared)
        grads = torch.autograd.grad(out, prepared, create_graph=True, allow_unused=True)
        grads = [torch.zeros_like(t) if g is None else g for g, t in zip(grads, prepared)]
    vectors = [torch.ones_like(t) for t in prepared] if v is None else _tuple(v)
    products = torch.autograd.grad(
        grads, prepared, vectors, create_graph=create_graph, allow_unused=True
    )
    products = [torch.zeros_like(t) if g is None else g for g, t in zip(products, prepared)]
    products = tuple(_finish(product, create_graph) for product in products)
    return _finish(out, create_graph), products[0] if isinstance(inputs, torch.Tensor) else products
