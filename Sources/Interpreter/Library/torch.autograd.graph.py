"""`torch.autograd.graph`: saved-tensor hooks, edges, hooks on several tensors."""

import contextlib
from collections import namedtuple

import torch


class GradientEdge(namedtuple("GradientEdge", ["node", "output_nr", "ownership_token"])):
    def __new__(cls, node, output_nr, ownership_token=None):
        return super().__new__(cls, node, output_nr, ownership_token)


def get_gradient_edge(tensor):
    if not tensor.requires_grad:
        raise RuntimeError(
            "It is not possible to get the gradient edge for a Tensor "
            "that does not require gradients"
        )
    node, output_nr = torch._C._gradient_edge(tensor)
    return GradientEdge(node, output_nr)


def increment_version(tensor):
    tensors = (tensor,) if isinstance(tensor, torch.Tensor) else tuple(tensor)
    torch._C._increment_version(tensors)


class saved_tensors_hooks:
    def __init__(self, pack_hook, unpack_hook):
        self.pack_hook = pack_hook
        self.unpack_hook = unpack_hook

    def __enter__(self):
        torch._C._autograd._push_saved_tensors_default_hooks(self.pack_hook, self.unpack_hook)

    def __exit__(self, *args):
        torch._C._autograd._pop_saved_tensors_default_hooks()


class save_on_cpu(saved_tensors_hooks):
    def __init__(self, pin_memory=False, device_type="cuda"):
        super().__init__(lambda tensor: tensor.detach().clone(), lambda packed: packed)


@contextlib.contextmanager
def disable_saved_tensors_hooks(error_message):
    previous = torch._C._autograd._saved_tensors_hooks_disable(error_message)
    try:
        yield
    finally:
        torch._C._autograd._saved_tensors_hooks_restore(previous)


class _MultiHandle:
    def __init__(self, handles):
        self.handles = handles

    def remove(self):
        for handle in self.handles:
            handle.remove()

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.remove()


def register_multi_grad_hook(tensors, fn, *, mode="all"):
    if mode not in ("all", "any"):
        raise ValueError(f"Expects mode to be one of ('all', 'any') but got {mode}")
    state = {}

    def make(index):
        def hook(grad):
            task = torch._C._current_graph_task_id()
            if task not in state:
                state.clear()
                state[task] = [[None] * len(tensors), set()]
            grads, seen = state[task]
            if mode == "any":
                if not seen:
                    seen.add(index)
                    fn(grad)
                return
            grads[index] = grad
            seen.add(index)
            if len(seen) == torch._C._will_execute(task, nodes):
                fn(grads)

        return hook

    nodes = [get_gradient_edge(tensor).node for tensor in tensors]
    return _MultiHandle([tensor.register_hook(make(i)) for i, tensor in enumerate(tensors)])
