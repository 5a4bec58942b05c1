"""Modes as context managers and decorators: `no_grad`, `enable_grad`, `set_grad_enabled`, `inference_mode`."""

import warnings

import torch


def _wraps(wrapper, function):
    """Gives a wrapper the names of the function, as `functools.wraps` does."""
    for name in ("__module__", "__name__", "__qualname__", "__doc__"):
        if hasattr(function, name):
            setattr(wrapper, name, getattr(function, name))
    wrapper.__dict__.update(getattr(function, "__dict__", {}))
    wrapper.__wrapped__ = function
    return wrapper


def _wrap_generator(make, function):
    def wrapper(*args, **kwargs):
        generator = function(*args, **kwargs)
        try:
            with make():
                answer = generator.send(None)
            while True:
                try:
                    request = yield answer
                except GeneratorExit:
                    with make():
                        generator.close()
                    raise
                except BaseException as error:
                    with make():
                        answer = generator.throw(error)
                else:
                    with make():
                        answer = generator.send(request)
        except StopIteration as end:
            return end.value

    return _wraps(wrapper, function)


class _Mode:
    """A context manager that also decorates functions, a fresh one for each call."""

    def __call__(self, function):
        if isinstance(function, type):
            warnings.warn(
                "Decorating classes is deprecated and will be disabled in "
                "future versions. You should only decorate functions or methods. "
                "To preserve the current behavior of class decoration, you can "
                "directly decorate the `__init__` method and nothing else.",
                FutureWarning,
                stacklevel=2,
            )
        if torch._C._is_generator_function(function):
            return _wrap_generator(self.clone, function)
        make = self.clone

        def decorate_context(*args, **kwargs):
            with make():
                return function(*args, **kwargs)

        return _wraps(decorate_context, function)

    def clone(self):
        return type(self)()


class no_grad(_Mode):
    def __new__(cls, orig_func=None):
        if orig_func is None:
            return super().__new__(cls)
        return cls()(orig_func)

    def __enter__(self):
        self.prev = torch.is_grad_enabled()
        torch._C._set_grad_enabled(False)

    def __exit__(self, exc_type, exc_value, traceback):
        torch._C._set_grad_enabled(self.prev)


class enable_grad(_Mode):
    def __new__(cls, orig_func=None):
        if orig_func is None:
            return super().__new__(cls)
        return cls()(orig_func)

    def __enter__(self):
        self.prev = torch.is_grad_enabled()
        torch._C._set_grad_enabled(True)

    def __exit__(self, exc_type, exc_value, traceback):
        torch._C._set_grad_enabled(self.prev)


class set_grad_enabled(_Mode):
    def __init__(self, mode):
        self.prev = torch.is_grad_enabled()
        self.mode = mode
        torch._C._set_grad_enabled(mode)

    def __call__(self, function):
        torch._C._set_grad_enabled(self.prev)
        return super().__call__(function)

    def __enter__(self):
        torch._C._set_grad_enabled(self.mode)

    def __exit__(self, exc_type, exc_value, traceback):
        torch._C._set_grad_enabled(self.prev)

    def __repr__(self):
        return f"torch.autograd.grad_mode.set_grad_enabled(mode={self.mode})"

    def clone(self):
        return type(self)(self.mode)


class inference_mode(_Mode):
    def __new__(cls, mode=True):
        if isinstance(mode, bool):
            return super().__new__(cls)
        return cls()(mode)

    def __init__(self, mode=True):
        self.mode = mode

    def __enter__(self):
        self.prev = torch._C._set_inference_mode(self.mode)

    def __exit__(self, exc_type, exc_value, traceback):
        torch._C._restore_inference_mode(self.prev)

    def clone(self):
        return type(self)(self.mode)


class set_multithreading_enabled(_Mode):
    def __init__(self, mode):
        self.mode = mode

    def __enter__(self):
        pass

    def __exit__(self, exc_type, exc_value, traceback):
        pass

    def clone(self):
        return type(self)(self.mode)


class detect_anomaly:
    def __init__(self, check_nan=True):
        self.prev = torch.is_anomaly_enabled()
        self.prev_check_nan = torch.is_anomaly_check_nan_enabled()
        self.check_nan = check_nan
        warnings.warn(
            "Anomaly Detection has been enabled. "
            "This mode will increase the runtime "
            "and should only be enabled for debugging.",
            stacklevel=2,
        )

    def __enter__(self):
        torch.set_anomaly_enabled(True, self.check_nan)

    def __exit__(self, *args):
        torch.set_anomaly_enabled(self.prev, self.prev_check_nan)


class set_detect_anomaly:
    def __init__(self, mode, check_nan=True):
        self.prev = torch.is_anomaly_enabled()
        self.prev_check_nan = torch.is_anomaly_check_nan_enabled()
        torch.set_anomaly_enabled(mode, check_nan)

    def __enter__(self):
        pass

    def __exit__(self, *args):
        torch.set_anomaly_enabled(self.prev, self.prev_check_nan)


def once_differentiable(function):
    """Makes a backward that is not differentiable itself."""

    def wrapper(ctx, *args):
        with no_grad():
            return function(ctx, *args)

    return _wraps(wrapper, function)
