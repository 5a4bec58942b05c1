"""Types for annotations: they can be subscripted and shown, and do nothing else."""

import collections
import collections.abc

TYPE_CHECKING = False


def _name(value):
    if value is None or value is type(None):
        return "None"
    if value is ...:
        return "..."
    if isinstance(value, type):
        if value.__module__ == "builtins":
            return value.__qualname__
        return f"{value.__module__}.{value.__qualname__}"
    if isinstance(value, list):
        return "[" + ", ".join(_name(item) for item in value) + "]"
    return repr(value)


class _Form:
    """A special form or a generic alias, subscripted or not."""

    def __init__(self, name, origin=None, args=None):
        self._name = name
        self._origin = origin
        self.__args__ = args if args is not None else ()
        self._subscripted = args is not None
        self._is_class_var = name == "ClassVar"

    @property
    def __origin__(self):
        if not self._subscripted and self._origin is None:
            raise AttributeError("__origin__")
        return self._origin if self._origin is not None else self

    def __getitem__(self, item):
        args = item if isinstance(item, tuple) else (item,)
        if self._name == "Optional":
            return _union(args + (type(None),))
        if self._name == "Union":
            return _union(args)
        if self._name == "Literal":
            return _Literal(self._name, None, args)
        return _Form(self._name, self._origin, tuple(
            type(None) if arg is None else arg for arg in args
        ))

    def __call__(self, *args, **kwargs):
        if self._origin is None or not callable(self._origin):
            if self._subscripted:
                raise TypeError(f"Cannot instantiate {self!r}")
            raise TypeError(f"Cannot instantiate typing.{self._name}")
        if not self._subscripted:
            name = self._origin.__name__
            raise TypeError(f"Type {self._name} cannot be instantiated; use {name}() instead")
        return self._origin(*args, **kwargs)

    def __mro_entries__(self, bases):
        if self._origin is not None:
            return (self._origin,)
        return ()

    def __or__(self, other):
        return _union((self, other))

    def __ror__(self, other):
        return _union((other, self))

    def __eq__(self, other):
        if not isinstance(other, _Form):
            return NotImplemented
        if self._name == "Union":
            return other._name == "Union" and set(self.__args__) == set(other.__args__)
        return self._name == other._name and self.__args__ == other.__args__

    def __hash__(self):
        return hash(self._name)

    def __instancecheck__(self, instance):
        if self._name == "Union":
            return isinstance(instance, self.__args__)
        if self._subscripted:
            raise TypeError("Subscripted generics cannot be used with class and instance checks")
        if self._origin is None:
            raise TypeError(f"typing.{self._name} cannot be used with isinstance()")
        return isinstance(instance, self._origin)

    def __subclasscheck__(self, cls):
        if self._origin is None:
            raise TypeError(f"typing.{self._name} cannot be used with issubclass()")
        return issubclass(cls, self._origin)

    def __repr__(self):
        if not self._subscripted:
            return f"typing.{self._name}"
        args = self.__args__
        if self._name == "Union":
            rest = [arg for arg in args if arg is not type(None)]
            if len(rest) < len(args):
                if len(rest) == 1:
                    return f"typing.Optional[{_name(rest[0])}]"
        if self._name == "Callable" and len(args) == 2 and isinstance(args[0], list):
            return f"typing.Callable[{_name(args[0])}, {_name(args[1])}]"
        return f"typing.{self._name}[{', '.join(_name(arg) for arg in args)}]"


class _Literal(_Form):
    def __repr__(self):
        return f"typing.Literal[{', '.join(repr(arg) for arg in self.__args__)}]"


def _union(args):
    parts = []
    for arg in args:
        if arg is None:
            arg = type(None)
        if isinstance(arg, _Form) and arg._name == "Union" and arg._subscripted:
            parts.extend(arg.__args__)
        else:
            parts.append(arg)
    kept = []
    for part in parts:
        if part not in kept:
            kept.append(part)
    if len(kept) == 1:
        return kept[0]
    return _Form("Union", None, tuple(kept))


Any = _Form("Any")
Union = _Form("Union")
Optional = _Form("Optional")
Literal = _Form("Literal")
ClassVar = _Form("ClassVar")
Final = _Form("Final")
Annotated = _Form("Annotated")
NoReturn = _Form("NoReturn")
Never = _Form("Never")
Self = _Form("Self")
LiteralString = _Form("LiteralString")
TypeAlias = _Form("TypeAlias")
TypeGuard = _Form("TypeGuard")
Concatenate = _Form("Concatenate")
Required = _Form("Required")
NotRequired = _Form("NotRequired")
Unpack = _Form("Unpack")

List = _Form("List", list)
Dict = _Form("Dict", dict)
Set = _Form("Set", set)
FrozenSet = _Form("FrozenSet", frozenset)
Tuple = _Form("Tuple", tuple)
Type = _Form("Type", type)
DefaultDict = _Form("DefaultDict", collections.defaultdict)
OrderedDict = _Form("OrderedDict", collections.OrderedDict)
Counter = _Form("Counter", collections.Counter)
Deque = _Form("Deque", collections.deque)
ChainMap = _Form("ChainMap", collections.ChainMap)
Callable = _Form("Callable", collections.abc.Callable)
Iterable = _Form("Iterable", collections.abc.Iterable)
Iterator = _Form("Iterator", collections.abc.Iterator)
Generator = _Form("Generator", collections.abc.Generator)
Sequence = _Form("Sequence", collections.abc.Sequence)
MutableSequence = _Form("MutableSequence", collections.abc.MutableSequence)
Mapping = _Form("Mapping", collections.abc.Mapping)
MutableMapping = _Form("MutableMapping", collections.abc.MutableMapping)
AbstractSet = _Form("AbstractSet", collections.abc.Set)
MutableSet = _Form("MutableSet", collections.abc.MutableSet)
Collection = _Form("Collection", collections.abc.Collection)
Container = _Form("Container", collections.abc.Container)
Reversible = _Form("Reversible", collections.abc.Reversible)
Sized = _Form("Sized", collections.abc.Sized)
Hashable = _Form("Hashable", collections.abc.Hashable)
KeysView = _Form("KeysView", collections.abc.KeysView)
ValuesView = _Form("ValuesView", collections.abc.ValuesView)
ItemsView = _Form("ItemsView", collections.abc.ItemsView)
Awaitable = _Form("Awaitable")
Coroutine = _Form("Coroutine")
AsyncIterator = _Form("AsyncIterator")
AsyncIterable = _Form("AsyncIterable")
ContextManager = _Form("ContextManager")
IO = _Form("IO")
TextIO = _Form("TextIO")
Text = str


class TypeVar:
    """A variable for a type."""

    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False):
        self.__name__ = name
        self.__constraints__ = constraints
        self.__bound__ = bound
        self._sign = "+" if covariant else "-" if contravariant else "~"

    def __repr__(self):
        return self._sign + self.__name__

    def __or__(self, other):
        return _union((self, other))

    def __ror__(self, other):
        return _union((other, self))


class ParamSpec(TypeVar):
    @property
    def args(self):
        return self

    @property
    def kwargs(self):
        return self


class TypeVarTuple(TypeVar):
    def __iter__(self):
        yield self


AnyStr = TypeVar("AnyStr", bytes, str)
T = TypeVar("T")


class Generic:
    """The base of generic classes."""

    __slots__ = ()

    def __class_getitem__(cls, item):
        return cls


class Protocol(Generic):
    """The base of classes that only say what others must have."""

    __slots__ = ()
    _is_protocol = True


def runtime_checkable(cls):
    return cls


class SupportsFloat(Protocol):
    pass


class SupportsInt(Protocol):
    pass


class SupportsIndex(Protocol):
    pass


class SupportsAbs(Protocol):
    pass


class NewType:
    """A name for a type that counts as another one."""

    def __init__(self, name, tp):
        self.__name__ = name
        self.__supertype__ = tp

    def __call__(self, x):
        return x

    def __repr__(self):
        return f"__main__.{self.__name__}"

    def __or__(self, other):
        return _union((self, other))


class _NamedTupleMeta(type):
    def __new__(metacls, typename, bases, namespace):
        if not bases:
            return super().__new__(metacls, typename, bases, namespace)
        types = namespace.get("__annotations__", {})
        standard = {}
        for name in types:
            if name in namespace:
                standard[name] = namespace[name]
            elif standard:
                plural = "s" if len(standard) > 1 else ""
                raise TypeError(
                    f"Non-default namedtuple field {name} cannot follow default field{plural} "
                    + ", ".join(standard)
                )
        kept = {
            name: value for name, value in namespace.items()
            if name not in types and name not in ("__new__", "__slots__")
        }
        made = collections._named_tuple(
            typename, list(types), standard, namespace.get("__module__"), kept
        )
        return made


class _NamedTupleForm:
    """NamedTuple, as a base class and as a function."""

    def __mro_entries__(self, bases):
        return (_NamedTupleBase,)

    def __call__(self, typename, fields=None, /, **kwargs):
        pairs = list(fields) if fields is not None else list(kwargs.items())
        made = collections._named_tuple(typename, [name for name, _ in pairs], {}, None)
        made.__annotations__ = dict(pairs)
        return made

    def __repr__(self):
        return "<function NamedTuple>"


class _NamedTupleBase(metaclass=_NamedTupleMeta):
    pass


NamedTuple = _NamedTupleForm()


class _TypedDictMeta(type):
    def __new__(metacls, name, bases, namespace, total=True):
        made = type.__new__(metacls, name, (dict,), namespace)
        made.__total__ = total
        return made

    def __call__(cls, *args, **kwargs):
        return dict(*args, **kwargs)


class TypedDict(dict, metaclass=_TypedDictMeta):
    """A dict with known keys."""


def cast(typ, val):
    return val


def overload(func):
    return func


def final(f):
    return f


def no_type_check(arg):
    return arg


def override(method, /):
    return method


def assert_never(arg, /):
    raise AssertionError(f"Expected code to be unreachable, but got: {arg!r}")


def reveal_type(obj, /):
    return obj


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    if isinstance(obj, type):
        hints = {}
        for base in reversed(obj.__mro__):
            hints.update(base.__dict__.get("__annotations__", {}))
        return hints
    return dict(getattr(obj, "__annotations__", {}))


def get_origin(tp):
    return getattr(tp, "__origin__", None)


def get_args(tp):
    return tuple(getattr(tp, "__args__", ()))
