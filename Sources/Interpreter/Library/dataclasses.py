"""Classes that are mostly their fields."""

import copy
from _library import define, keywords

__all__ = [
    "FrozenInstanceError", "InitVar", "KW_ONLY", "MISSING", "Field", "asdict", "astuple", "dataclass",
    "field", "fields", "is_dataclass", "make_dataclass", "replace",
]


class FrozenInstanceError(AttributeError):
    pass


class _Missing:
    def __repr__(self):
        return f"<dataclasses._MISSING_TYPE object at {hex(id(self))}>"


class _KeywordOnly:
    pass


class _HasFactory:
    def __repr__(self):
        return "<factory>"


MISSING = _Missing()
KW_ONLY = _KeywordOnly()
_HAS_DEFAULT_FACTORY = _HasFactory()


class InitVar:
    """A parameter of __init__ that is no field."""

    def __init__(self, type):
        self.type = type

    def __repr__(self):
        name = self.type.__name__ if isinstance(self.type, type) else repr(self.type)
        return f"dataclasses.InitVar[{name}]"

    def __class_getitem__(cls, type):
        return InitVar(type)


class Field:
    __slots__ = (
        "name", "type", "default", "default_factory", "repr", "hash", "init", "compare", "metadata",
        "kw_only", "_kind",
    )

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = {} if metadata is None else metadata
        self.kw_only = kw_only
        self._kind = None

    def __repr__(self):
        shown = [f"{n}={getattr(self, n)!r}" for n in (
            "name", "type", "default", "default_factory", "init", "repr", "hash", "compare",
            "metadata", "kw_only",
        )]
        return f"Field({','.join(shown)},_field_type={self._kind})"


def field(
    *, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True,
    metadata=None, kw_only=MISSING
):
    """Say more about a field than its type and default."""
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


def _is_class_var(type):
    if isinstance(type, str):
        return type.split("[")[0] in ("ClassVar", "typing.ClassVar")
    return getattr(type, "_is_class_var", False)


def _is_init_var(type):
    if isinstance(type, str):
        return type.split("[")[0] in ("InitVar", "dataclasses.InitVar")
    return type is InitVar or isinstance(type, InitVar)


def _is_kw_only(type):
    return type is KW_ONLY or type in ("KW_ONLY", "dataclasses.KW_ONLY")


def _collect(cls, kw_only):
    """The fields of the class itself, in order."""
    own = []
    for name, type in cls.__dict__.get("__annotations__", {}).items():
        if _is_kw_only(type):
            kw_only = True
            continue
        default = getattr(cls, name, MISSING)
        if isinstance(default, Field):
            made = default
        else:
            made = field(default=default)
        made.name, made.type = name, type
        made._kind = "_FIELD"
        if _is_class_var(type):
            made._kind = "_FIELD_CLASSVAR"
        elif _is_init_var(type):
            made._kind = "_FIELD_INITVAR"
        if made._kind != "_FIELD" and made.default_factory is not MISSING:
            raise TypeError(f"field {name} cannot have a default factory")
        if made.kw_only is MISSING:
            made.kw_only = kw_only
        if made._kind == "_FIELD" and made.default.__class__.__hash__ is None:
            raise ValueError(
                f"mutable default {made.default.__class__} for field {name} is not allowed: "
                "use default_factory"
            )
        own.append(made)
        if isinstance(default, Field):
            if made.default is MISSING:
                delattr(cls, name)
            else:
                setattr(cls, name, made.default)
    for name, value in list(cls.__dict__.items()):
        if isinstance(value, Field) and name not in cls.__dict__.get("__annotations__", {}):
            raise TypeError(f"{name!r} is a field but has no type annotation")
    return own


def _method(cls, name, parameters, lines, values):
    """A method made from its text."""
    body = "".join(f"    {line}\n" for line in lines) or "    pass\n"
    source = f"def {name}({', '.join(parameters)}):\n{body}"
    made = define(source, values)[name]
    made.__qualname__ = f"{cls.__qualname__}.{name}"
    made.__module__ = cls.__module__
    return made


def _add(cls, name, made):
    """Give the class a method unless it has its own; true where it has."""
    if name in cls.__dict__:
        return True
    setattr(cls, name, made)
    return False


def _initializer(cls, all_fields, frozen):
    values = {
        "_MISSING": MISSING, "_factory": _HAS_DEFAULT_FACTORY, "_set": object.__setattr__,
    }
    ordered = [f for f in all_fields if not f.kw_only]
    named = [f for f in all_fields if f.kw_only]
    seen_default = False
    for f in ordered:
        if f.init:
            if f.default is not MISSING or f.default_factory is not MISSING:
                seen_default = True
            elif seen_default:
                raise TypeError(f"non-default argument {f.name!r} follows default argument")
    me = "__dataclass_self__" if any(f.name == "self" for f in all_fields) else "self"
    parameters, lines = [me], []
    for group in (ordered, named):
        if group is named and any(f.init for f in named):
            parameters.append("*")
        for f in group:
            if not f.init:
                continue
            if f.default is not MISSING:
                values[f"_default_{f.name}"] = f.default
                parameters.append(f"{f.name}=_default_{f.name}")
            elif f.default_factory is not MISSING:
                parameters.append(f"{f.name}=_factory")
            else:
                parameters.append(f.name)
    for f in all_fields:
        if f._kind == "_FIELD_INITVAR":
            continue
        if f.default_factory is not MISSING:
            values[f"_make_{f.name}"] = f.default_factory
            value = f"_make_{f.name}()"
            if f.init:
                value = f"{value} if {f.name} is _factory else {f.name}"
        elif f.init:
            value = f.name
        elif f.default is not MISSING:
            continue
        else:
            continue
        lines.append(f"_set({me}, {f.name!r}, {value})" if frozen else f"{me}.{f.name} = {value}")
    if hasattr(cls, "__post_init__"):
        given = ", ".join(f.name for f in all_fields if f._kind == "_FIELD_INITVAR")
        lines.append(f"{me}.__post_init__({given})")
    made = _method(cls, "__init__", parameters, lines, values)
    made.__annotations__ = {f.name: f.type for f in all_fields if f.init}
    made.__annotations__["return"] = None
    return made


_shown = []


def _representation(shown):
    names = [f.name for f in shown]

    def __repr__(self):
        for other in _shown:
            if other is self:
                return "..."
        _shown.append(self)
        try:
            parts = ", ".join([f"{name}={getattr(self, name)!r}" for name in names])
            return f"{self.__class__.__qualname__}({parts})"
        finally:
            _shown.pop()

    return __repr__


def _tuple_of(name, compared):
    return "(" + "".join(f"{name}.{f.name}, " for f in compared) + ")"


def _comparison(cls, name, sign, compared):
    lines = [
        "if other.__class__ is self.__class__:",
        f"    return {_tuple_of('self', compared)} {sign} {_tuple_of('other', compared)}",
        "return NotImplemented",
    ]
    return _method(cls, name, ["self", "other"], lines, {})


def _freeze(cls, names):
    def __setattr__(self, name, value):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        super(cls, self).__setattr__(name, value)

    def __delattr__(self, name):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        super(cls, self).__delattr__(name)

    for made in (__setattr__, __delattr__):
        if _add(cls, made.__name__, made):
            raise TypeError(
                f"Cannot overwrite attribute {made.__name__} in class {cls.__name__}"
            )


def _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots):
    found = {}
    any_frozen = False
    has_bases = False
    for base in cls.__mro__[-1:0:-1]:
        inherited = getattr(base, "__dataclass_fields__", None)
        if inherited is not None and "__dataclass_fields__" in base.__dict__:
            has_bases = True
            found.update(inherited)
            if base.__dataclass_params__["frozen"]:
                any_frozen = True
    own = _collect(cls, kw_only)
    for f in own:
        found[f.name] = f
    if has_bases:
        if any_frozen and not frozen:
            raise TypeError("cannot inherit non-frozen dataclass from a frozen one")
        if not any_frozen and frozen:
            raise TypeError("cannot inherit frozen dataclass from a non-frozen one")
    cls.__dataclass_fields__ = found
    cls.__dataclass_params__ = {"frozen": frozen, "eq": eq, "order": order}
    has_explicit_hash = "__hash__" in cls.__dict__ and not (
        cls.__dict__["__hash__"] is None and "__eq__" in cls.__dict__
    )
    real = [f for f in found.values() if f._kind == "_FIELD"]
    initial = [f for f in found.values() if f._kind in ("_FIELD", "_FIELD_INITVAR")]
    if init:
        cls.__init__ = _initializer(cls, initial, frozen)
    if repr:
        made = _representation([f for f in real if f.repr])
        made.__qualname__ = f"{cls.__qualname__}.__repr__"
        _add(cls, "__repr__", made)
    compared = [f for f in real if f.compare]
    if eq:
        _add(cls, "__eq__", _comparison(cls, "__eq__", "==", compared))
    if order:
        if not eq:
            raise ValueError("eq must be true if order is true")
        for name, sign in (("__lt__", "<"), ("__le__", "<="), ("__gt__", ">"), ("__ge__", ">=")):
            if _add(cls, name, _comparison(cls, name, sign, compared)):
                raise TypeError(
                    f"Cannot overwrite attribute {name} in class {cls.__name__}. Consider using "
                    "functools.total_ordering"
                )
    if frozen:
        _freeze(cls, {f.name for f in real})
    hashed = [f for f in real if (f.compare if f.hash is None else f.hash)]
    if unsafe_hash or (eq and frozen and not has_explicit_hash):
        if unsafe_hash and has_explicit_hash:
            raise TypeError(f"Cannot overwrite attribute __hash__ in class {cls.__name__}")
        lines = [f"return hash({_tuple_of('self', hashed)})"]
        cls.__hash__ = _method(cls, "__hash__", ["self"], lines, {})
    elif eq and not has_explicit_hash:
        cls.__hash__ = None
    if match_args and "__match_args__" not in cls.__dict__:
        cls.__match_args__ = tuple(f.name for f in initial if f.init and not f.kw_only)
    if not getattr(cls, "__doc__", None):
        cls.__doc__ = cls.__name__
    if slots:
        cls.__slots__ = tuple(f.name for f in real)
    return cls


def dataclass(
    cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False,
    match_args=True, kw_only=False, slots=False, weakref_slot=False
):
    """Add __init__, __repr__, __eq__ and more to a class, made from its annotations."""

    def decorate(cls):
        return _process(
            cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots
        )

    return decorate if cls is None else decorate(cls)


def fields(class_or_instance):
    """The fields of a dataclass."""
    try:
        found = class_or_instance.__dataclass_fields__
    except AttributeError:
        raise TypeError("must be called with a dataclass type or instance") from None
    return tuple(f for f in found.values() if f._kind == "_FIELD")


def is_dataclass(obj):
    cls = obj if isinstance(obj, type) else type(obj)
    return hasattr(cls, "__dataclass_fields__")


def _is_instance(obj):
    return hasattr(type(obj), "__dataclass_fields__")


def asdict(obj, *, dict_factory=dict):
    """A dict of the fields, dataclasses inside included."""
    if not _is_instance(obj):
        raise TypeError("asdict() should be called on dataclass instances")
    return _inner(obj, lambda pairs: dict_factory(pairs), True)


def astuple(obj, *, tuple_factory=tuple):
    """A tuple of the fields, dataclasses inside included."""
    if not _is_instance(obj):
        raise TypeError("astuple() should be called on dataclass instances")
    return _inner(obj, lambda items: tuple_factory(items), False)


def _inner(obj, make, named):
    if _is_instance(obj):
        pairs = [(f.name, _inner(getattr(obj, f.name), make, named)) for f in fields(obj)]
        return make(pairs if named else [value for _, value in pairs])
    if isinstance(obj, tuple) and hasattr(obj, "_fields"):
        return type(obj)(*[_inner(value, make, named) for value in obj])
    if isinstance(obj, (list, tuple)):
        return type(obj)([_inner(value, make, named) for value in obj])
    if isinstance(obj, dict):
        return type(obj)(
            (_inner(key, make, named), _inner(value, make, named)) for key, value in obj.items()
        )
    return copy.deepcopy(obj)


def replace(obj, /, **changes):
    """A new instance with some fields changed."""
    if not _is_instance(obj):
        raise TypeError("replace() should be called on dataclass instances")
    for f in obj.__dataclass_fields__.values():
        if f._kind == "_FIELD_CLASSVAR":
            continue
        if not f.init:
            if f.name in changes:
                raise ValueError(
                    f"field {f.name} is declared with init=False, it cannot be specified with "
                    "replace()"
                )
            continue
        if f.name not in changes:
            if f._kind == "_FIELD_INITVAR" and f.default is MISSING:
                raise ValueError(f"InitVar {f.name!r} must be specified with replace()")
            changes[f.name] = getattr(obj, f.name)
    return obj.__class__(**changes)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, **options):
    """A dataclass made from the names, types and defaults of its fields."""
    namespace = {} if namespace is None else dict(namespace)
    annotations = {}
    for item in fields:
        if isinstance(item, str):
            name, type_ = item, "typing.Any"
        elif len(item) == 2:
            name, type_ = item
        else:
            name, type_, namespace[name] = item[0], item[1], item[2]
        if not isinstance(name, str) or not name.isidentifier():
            raise TypeError(f"Field names must be valid identifiers: {name!r}")
        if name in keywords:
            raise TypeError(f"Field names must not be keywords: {name!r}")
        if name in annotations:
            raise TypeError(f"Field name duplicated: {name!r}")
        annotations[name] = type_
    namespace["__annotations__"] = annotations
    return dataclass(type(cls_name, bases, namespace), **options)
