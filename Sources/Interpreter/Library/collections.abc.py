"""What kinds of containers there are, told by their methods."""

from abc import ABCMeta, abstractmethod


class _ByMethods(ABCMeta):
    """A class that every class with its methods counts as derived from."""

    def __subclasscheck__(cls, subclass):
        methods = cls.__dict__.get("_methods")
        if methods and all(getattr(subclass, name, None) is not None for name in methods):
            return True
        for kind in cls.__dict__.get("_kinds", ()):
            if issubclass(subclass, kind):
                return True
        return super().__subclasscheck__(subclass)


class Hashable(metaclass=_ByMethods):
    _methods = ("__hash__",)


class Iterable(metaclass=_ByMethods):
    _methods = ("__iter__",)

    def __class_getitem__(cls, item):
        return cls


class Iterator(Iterable):
    _methods = ("__iter__", "__next__")

    def __iter__(self):
        return self


class Generator(Iterator):
    _methods = ("__iter__", "__next__", "send", "throw", "close")


class Reversible(Iterable):
    _methods = ("__iter__", "__reversed__")


class Sized(metaclass=_ByMethods):
    _methods = ("__len__",)


class Container(metaclass=_ByMethods):
    _methods = ("__contains__",)


class Callable(metaclass=_ByMethods):
    _methods = ("__call__",)

    def __class_getitem__(cls, item):
        return cls


class Collection(Sized, Iterable, Container):
    _methods = ("__len__", "__iter__", "__contains__")


class Sequence(Reversible, Collection):
    _methods = ()
    _kinds = (list, tuple, str, range, bytes)

    def __iter__(self):
        for i in range(len(self)):
            yield self[i]

    def __contains__(self, value):
        return any(item is value or item == value for item in self)

    def __reversed__(self):
        for i in reversed(range(len(self))):
            yield self[i]

    def index(self, value):
        for i, item in enumerate(self):
            if item is value or item == value:
                return i
        raise ValueError

    def count(self, value):
        return sum(1 for item in self if item is value or item == value)


class MutableSequence(Sequence):
    _methods = ()
    _kinds = (list,)

    def append(self, value):
        self.insert(len(self), value)

    def extend(self, values):
        for value in values:
            self.append(value)

    def pop(self, index=-1):
        value = self[index]
        del self[index]
        return value

    def remove(self, value):
        del self[self.index(value)]


class Set(Collection):
    _methods = ()
    _kinds = (set, frozenset)


class MutableSet(Set):
    _methods = ()
    _kinds = (set,)


class Mapping(Collection):
    _methods = ()
    _kinds = (dict,)

    def get(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            return default

    def __contains__(self, key):
        try:
            self[key]
        except KeyError:
            return False
        return True

    def keys(self):
        return {key: None for key in self}.keys()

    def values(self):
        return [self[key] for key in self]

    def items(self):
        return [(key, self[key]) for key in self]

    def __eq__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        return dict(self.items()) == dict(other.items())


class MutableMapping(Mapping):
    _methods = ()
    _kinds = (dict,)
    _missing = object()

    def pop(self, key, default=_missing):
        try:
            value = self[key]
        except KeyError:
            if default is MutableMapping._missing:
                raise
            return default
        del self[key]
        return value

    def setdefault(self, key, default=None):
        if key not in self:
            self[key] = default
        return self[key]

    def update(self, other=(), /, **kwds):
        for key, value in dict(other, **kwds).items():
            self[key] = value

    def clear(self):
        for key in list(self):
            del self[key]


class KeysView(Set):
    _methods = ()
    _kinds = (type({}.keys()),)


class ItemsView(Set):
    _methods = ()
    _kinds = (type({}.items()),)


class ValuesView(Collection):
    _methods = ()
    _kinds = (type({}.values()),)
