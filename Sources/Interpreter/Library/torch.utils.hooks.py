"""Handles that remove hooks, and the nodes that call the backward hooks of modules."""

import warnings

import torch


class RemovableHandle:
    """A place in a dict of hooks, to be taken out again."""

    next_id = 0

    def __init__(self, hooks_dict, *, extra_dict=None):
        self._dicts = [hooks_dict]
        if isinstance(extra_dict, dict):
            self._dicts.append(extra_dict)
        elif isinstance(extra_dict, list):
            self._dicts += extra_dict
        self.id = RemovableHandle.next_id
        RemovableHandle.next_id += 1

    def remove(self):
        for hooks in self._dicts:
            if self.id in hooks:
                del hooks[self.id]

    def __enter__(self):
        return self

    def __exit__(self, type, value, tb):
        self.remove()


class BackwardHookFunction(torch.autograd.Function):
    """An identity whose node has the hooks."""

    @staticmethod
    def forward(ctx, *args):
        ctx.mark_non_differentiable(*[arg for arg in args if not arg.requires_grad])
        return args

    @staticmethod
    def backward(ctx, *args):
        return args


class BackwardHook:
    """The backward hooks of one call of a module."""

    def __init__(self, module, user_hooks, user_pre_hooks):
        self.module = module
        self.user_hooks = user_hooks
        self.user_pre_hooks = user_pre_hooks
        self.grad_outputs = None
        self.inputs = None
        self.outputs = None
        self.input_count = 0

    @staticmethod
    def _spread(places, values, count):
        spread = [None] * count
        for place, value in zip(places, values):
            spread[place] = value
        return tuple(spread)

    @staticmethod
    def _attach(args, place_hook):
        places = [i for i, arg in enumerate(args) if isinstance(arg, torch.Tensor)]
        requires_grad = any(args[i].requires_grad for i in places)
        if not (requires_grad and torch.is_grad_enabled()):
            return args, None
        tensors = BackwardHookFunction.apply(*[args[i] for i in places])
        if not isinstance(tensors, tuple):
            tensors = (tensors,)
        for tensor in tensors:
            if tensor.grad_fn is not None:
                place_hook(tensor.grad_fn)
                break
        changed = list(args)
        for place, tensor in zip(places, tensors):
            changed[place] = tensor
        return tuple(changed), places

    def setup_input_hook(self, args):
        def hook(grad_inputs, _):
            if self.grad_outputs is None:
                return None
            result = self._spread(self.inputs, grad_inputs, self.input_count)
            for user_hook in self.user_hooks:
                changed = user_hook(self.module, result, self.grad_outputs)
                if changed is None:
                    continue
                if isinstance(changed, torch.Tensor):
                    changed = (changed,)
                if len(changed) != len(result):
                    raise RuntimeError(
                        "Backward hook returned an invalid number of grad_input, "
                        f"got {len(changed)}, but expected {len(result)}"
                    )
                result = changed
            self.grad_outputs = None
            return tuple(result[i] for i in self.inputs)

        self.input_count = len(args)
        args, self.inputs = self._attach(args, lambda node: node.register_hook(hook))
        return args

    def setup_output_hook(self, result):
        def hook(_, grad_outputs):
            self.grad_outputs = self._spread(self.outputs, grad_outputs, count)
            for user_hook in self.user_pre_hooks:
                changed = user_hook(self.module, self.grad_outputs)
                if changed is None:
                    continue
                if isinstance(changed, torch.Tensor):
                    changed = (changed,)
                if len(changed) != count:
                    raise RuntimeError(
                        "Backward pre hook returned an invalid number of grad_output, "
                        f"got {len(changed)}, but expected {count}"
                    )
                self.grad_outputs = changed
            kept = self.grad_outputs
            if self.inputs is None:
                warnings.warn(
                    "Full backward hook is firing when gradients are computed "
                    "with respect to module outputs since no inputs require gradients. See "
                    "https://docs.pytorch.org/docs/main/generated/torch.nn.Module.html"
                    "#torch.nn.Module.register_full_backward_hook for more details.",
                    stacklevel=5,
                )
                nothing = (None,) * self.input_count
                for user_hook in self.user_hooks:
                    changed = user_hook(self.module, nothing, self.grad_outputs)
                    if changed is not None and any(each is not None for each in changed):
                        raise RuntimeError(
                            "Backward hook for Modules where no input requires "
                            "gradient should always return None or None for all gradients."
                        )
                self.grad_outputs = None
            return tuple(kept[i] for i in self.outputs)

        results = result if isinstance(result, tuple) else (result,)
        count = len(results)
        results, self.outputs = self._attach(results, lambda node: node.register_hook(hook))
        return results if isinstance(result, tuple) else results[0]
