"""Functions of functions."""

from _functools import _lru_cache_wrapper, cmp_to_key, partial, reduce
from collections import namedtuple

WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__", "__annotations__")
WRAPPER_UPDATES = ("__dict__",)


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """Make a wrapper look like what it wraps."""
    for name in assigned:
        try:
            value = getattr(wrapped, name)
        except AttributeError:
            pass
        else:
            setattr(wrapper, name, value)
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """A decorator that applies update_wrapper."""

    def decorate(wrapper):
        return update_wrapper(wrapper, wrapped, assigned, updated)

    return decorate


_CacheInfo = namedtuple("CacheInfo", ["hits", "misses", "maxsize", "currsize"], module="functools")


def _cached(function, maxsize, typed):
    cache = _lru_cache_wrapper(function, maxsize, typed)
    update_wrapper(cache, function)
    cache.cache_info = lambda: _CacheInfo(*cache._statistics())
    cache.cache_parameters = lambda: {"maxsize": maxsize, "typed": typed}
    return cache


def lru_cache(maxsize=128, typed=False):
    """A decorator that keeps the results used last."""
    if isinstance(maxsize, int):
        maxsize = max(0, maxsize)
    elif callable(maxsize) and isinstance(typed, bool):
        return _cached(maxsize, 128, typed)
    elif maxsize is not None:
        raise TypeError("Expected first argument to be an integer, a callable, or None")
    return lambda function: _cached(function, maxsize, typed)


def cache(user_function, /):
    """A decorator that keeps all results."""
    return lru_cache(maxsize=None)(user_function)


_missing = object()


class cached_property:
    """A property that is computed once."""

    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__

    def __set_name__(self, owner, name):
        self.attrname = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        values = instance.__dict__
        value = values.get(self.attrname, _missing)
        if value is _missing:
            value = self.func(instance)
            values[self.attrname] = value
        return value


class partialmethod:
    """A method with some arguments given beforehand."""

    def __init__(self, func, /, *args, **keywords):
        self.func, self.args, self.keywords = func, args, keywords

    def __get__(self, obj, cls=None):
        bound = self.func.__get__(obj, cls)
        return partial(bound, *self.args, **self.keywords)


def total_ordering(cls):
    """Add the comparisons that follow from one of them and equality."""
    roots = {
        name for name in ("__lt__", "__le__", "__gt__", "__ge__")
        if getattr(cls, name, None) is not getattr(object, name, None)
    }
    if not roots:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    root = max(roots)
    compare = getattr(cls, root)

    def derived(same, negated):
        """Whether the order is that of the root, turned round by `negated`; `same` counts equality in."""

        def method(self, other):
            result = compare(self, other)
            if result is NotImplemented:
                return result
            if same is None:
                return not result
            if same:
                return (not result if negated else result) or self == other
            return (not result if negated else result) and self != other

        return method

    rules = {
        "__lt__": {"__gt__": (False, True), "__le__": (True, False), "__ge__": (None, True)},
        "__le__": {"__ge__": (True, True), "__lt__": (False, False), "__gt__": (None, True)},
        "__gt__": {"__lt__": (False, True), "__ge__": (True, False), "__le__": (None, True)},
        "__ge__": {"__le__": (True, True), "__gt__": (False, False), "__lt__": (None, True)},
    }
    for name, (same, negated) in rules[root].items():
        if name not in roots:
            method = derived(same, negated)
            method.__name__ = name
            setattr(cls, name, method)
    return cls


def singledispatch(func):
    """A function with forms for the classes of its first argument."""
    registry = {object: func}

    def dispatch(cls):
        for base in cls.__mro__:
            if base in registry:
                return registry[base]
        return func

    def register(cls, form=None):
        if form is None:
            if isinstance(cls, type):
                return lambda form: register(cls, form)
            form = cls
            hints = {k: v for k, v in form.__annotations__.items() if k != "return"}
            cls = next(iter(hints.values()))
        registry[cls] = form
        return form

    @wraps(func)
    def wrapper(*args, **kw):
        if not args:
            raise TypeError(f"{func.__name__} requires at least 1 positional argument")
        return dispatch(args[0].__class__)(*args, **kw)

    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = registry
    return wrapper
